"""Single values are as platforms write them: what is unset is none, no zone is made up, letters are mended once."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from exports import broken
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.archives.values import (
    LONGEST_MOMENT,
    entities,
    epoch,
    many,
    mended,
    moment,
    snowflake,
    text,
    within,
    wrote,
)
from forethought.footprint.item import Moment

AT = datetime(2025, 2, 4, 8, 30)
EVENING = AT.replace(hour=20)
DAY = AT.replace(hour=0, minute=0)
SECONDS = 1738657800
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)

IN_UTC = (
    "Tue Feb 04 08:30:00 +0000 2025", "2025-02-04T08:30:00Z", "2025-02-04T08:30:00.000Z", "2025-02-04T08:30:00+00:00",
    "2025-02-04 08:30:00 UTC", "2025-02-04 08:30:00.000 UTC", "2025-02-04 08:30:00 +0000", "2025/02/04 08:30:00 UTC",
    "Tue Feb 04 08:30:00 UTC 2025", "Tue, 04 Feb 2025 08:30:00 GMT", "Tue, 04 Feb 2025 08:30:00 +0000",
    "Feb 4, 2025 8:30:00 AM UTC", " 2025-02-04 08:30:00  UTC ",
)  # fmt: skip
WITHOUT_ZONE = {
    "2025-02-04 08:30:00": AT, "2025-02-04T08:30:00": AT, "2025-02-04 08:30": AT, "2025/02/04 08:30:00": AT,
    "2/4/25, 8:30 AM": AT, "2/4/25, 8:30 PM": EVENING, "2/4/25, 8:30:00 PM": EVENING,
    "Feb 04, 2025, 8:30 AM": AT, "Feb 4, 2025, 8:30:00 PM": EVENING, "Feb 04, 2025 8:30:00 pm": EVENING,
    "Feb 4, 2025, 8:30\u202fPM": EVENING, "Feb 04, 2025 08:30:00": AT, "Tue, 04 Feb 2025 08:30:00 -0000": AT,
    "04 Feb 2025": DAY, "2025-02-04": DAY,
}  # fmt: skip
NO_MOMENT = (
    "", "N/A", "None", "null", "0000-00-00 00:00:00", "04/02/2025, 08:30", "Feb 2025", "Feb 4", "2025", "12", "0",
    "08:30",
    "yesterday", "2025-02-30 08:30:00", "2025-13-01", "1989-12-31", "2100-01-02", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "Feb 4, 2025 8:30 in the PM", "1" * 5000, "2025-02-04" + " " * 99 + "!",
)  # fmt: skip


@pytest.mark.parametrize("raw", IN_UTC)
def test_moments_that_name_utc_are_in_utc(raw: str) -> None:
    """In each form that platforms write; what was written is kept."""
    assert Moment(raw, AT.replace(tzinfo=UTC), "utc") == moment(raw)


@pytest.mark.parametrize("raw", WITHOUT_ZONE)
def test_a_zone_that_is_not_named_is_not_made_up(raw: str) -> None:
    """The moment is as on the clock where it was written, in the morning or the evening as it says."""
    assert Moment(raw, WITHOUT_ZONE[raw], "unknown") == moment(raw)


@pytest.mark.parametrize(
    "raw", ["2025-02-04T08:30:00+01:00", "Tue Feb 04 08:30:00 +0100 2025", "Tue, 04 Feb 2025 08:30:00 +0100"]
)
def test_an_offset_is_kept(raw: str) -> None:
    """It tells the instant, but not the zone."""
    assert Moment(raw, AT.replace(tzinfo=timezone(timedelta(hours=1))), "offset") == moment(raw)


@pytest.mark.parametrize("raw", NO_MOMENT)
def test_what_is_unset_or_could_be_two_things_is_no_moment(raw: str) -> None:
    """A date of which day and month cannot be told apart, a part of one, one that no platform can have, and others."""
    found = moment(raw)
    assert (None, "unknown") == (found.at, found.zone)
    assert len(found.raw) <= LONGEST_MOMENT
    assert raw.startswith(found.raw)


@given(JSON)
def test_anything_may_stand_where_a_moment_should(value: object) -> None:
    """And a time is only what lies in the years of platforms."""
    for found in (moment(value), epoch(value), epoch(value, 1000)):
        assert found.at is None or 1990 <= found.at.year <= 2100
        assert (found.at is not None and found.at.tzinfo is not None) == (found.zone in {"utc", "offset"})


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)),
    st.sampled_from(["%Y-%m-%d %H:%M:%S UTC", "%a %b %d %H:%M:%S +0000 %Y"]),
)
def test_every_moment_comes_back(at: datetime, form: str) -> None:
    """To the second, in UTC."""
    assert at.replace(microsecond=0, tzinfo=UTC) == moment(at.strftime(form)).at


@pytest.mark.parametrize(
    ("value", "per_second"),
    [(SECONDS, 1), (str(SECONDS), 1), (SECONDS * 1000, 1000), (float(SECONDS), 1), (SECONDS * 10**6, 10**6)],
)
def test_counts_since_1970_are_in_utc(value: object, per_second: int) -> None:
    """In seconds or parts of them, as numbers or as text."""
    assert Moment(str(value), AT.replace(tzinfo=UTC), "utc") == epoch(value, per_second)


@pytest.mark.parametrize(
    "value",
    [0, "0", -1, None, "", True, [], {}, float("nan"), float("inf"), 10**400, "9" * 5000, 2**62, SECONDS * 1000],
)
def test_a_count_that_is_unset_is_no_moment(value: object) -> None:
    """Zero, and what no platform can have written as seconds."""
    assert (None, "unknown") == (epoch(value).at, epoch(value).zone)


@pytest.mark.parametrize(("since", "name"), [(1288834974657, "x"), (1420070400000, "discord")])
def test_an_id_may_carry_its_moment(since: int, name: str) -> None:
    """Early ones, and what is no id, carry none."""
    key = str((SECONDS * 1000 - since) << 22)
    assert AT.replace(tzinfo=UTC) == snowflake(key, since).at, name
    for other in ("", "123456", "abc", "-5", "12.5", "9" * 5000, "9" * 20):
        assert snowflake(other, since).at is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Tea", "Tea"), (" Tea ", " Tea "), (12, "12"), (1.5, "1.5"), (0, "0"), (None, ""), (True, ""), ([], ""),
        ({"a": 1}, ""),
        ("N/A", ""), ("n/a", ""), ("None", ""), (" null ", ""), ("0000-00-00 00:00:00", ""),
        ("None of it", "None of it"),
        (" " * 99, " " * 99),
    ],
)  # fmt: skip
def test_a_field_that_is_unset_is_empty(value: object, expected: str) -> None:
    """Whatever stands for nothing there; numbers are text, and so ids stay what they are."""
    assert expected == text(value)


@pytest.mark.parametrize(("value", "expected"), [("N/A", "N/A"), ("None", "None"), (None, "")])
def test_words_are_what_the_person_wrote(value: object, expected: str) -> None:
    """Even where it is what elsewhere stands for nothing."""
    assert expected == wrote(value)


@pytest.mark.parametrize("value", [5, [], {"a": 1}, True])
def test_what_is_no_text_was_written_by_nobody(value: object) -> None:
    """A record of an unknown shape is met as one, rather than lost without a word."""
    with pytest.raises(TypeError):
        wrote(value)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, []), ([], []), ({"a": 1}, [{"a": 1}]), ([1, 2], [1, 2]), ("", [""]), (0, [0])]
)
def test_one_object_is_a_list_of_one(value: object, expected: list[object]) -> None:
    """And nothing is an empty list."""
    assert expected == many(value)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("a", "b"), 1),
        (("A", "B"), 1),
        (("list", "c"), 2),
        (("a", "x"), None),
        (("a", "b", "c"), None),
        (("none", "c"), None),
        ((), ...),
    ],
)
def test_a_value_is_found_within(keys: tuple[str, ...], expected: object) -> None:
    """Without case, and in the first of a list; what is not there is None."""
    value = {"a": {"b": 1}, "list": [{"C": 2}, {"C": 3}], "none": []}
    assert (value if expected is ... else expected) == within(value, *keys)


@given(JSON, st.lists(st.text(max_size=2), max_size=3))
def test_anything_may_be_looked_into(value: object, keys: list[str]) -> None:
    """Without an error."""
    within(value, *keys)


@pytest.mark.parametrize(
    ("value", "expected"), [("&amp;", "&"), ("&amp;amp;", "&amp;"), ("&lt;p&gt; &#39;", "<p> '"), ("R&D", "R&D")]
)
def test_entities_are_decoded_once(value: str, expected: str) -> None:
    """So that who writes about one keeps it."""
    assert expected == entities(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_broken_letters_are_mended(value: str) -> None:
    """Whatever was written, in texts and keys at any depth."""
    assert {value: [value, {"a": value}]} == mended(broken({value: [value, {"a": value}]}))


@pytest.mark.parametrize("value", ["café", "naïve 🌿", "Ã", "\xe2\x80", "日本", 5, None, True, 1.5])
def test_what_is_not_broken_stays_as_it_is(value: object) -> None:
    """Text that was right already, text that was cut within a letter, and what is no text."""
    assert value == mended(value)


def test_letters_are_mended_once() -> None:
    """Who writes of broken letters keeps them."""
    assert broken("café") == mended(broken(broken("café")))
