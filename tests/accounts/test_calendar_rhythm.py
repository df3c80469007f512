"""How often each kind of review falls due, and whose words decide it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.calendar.rhythm import OWN, later, pace, rhythms, stands
from forethought.accounts.searching.household import EVERY
from forethought.guidance import load
from forethought.guidance.schema import PackError

RHYTHM = """
[[rhythm]]
id = "settings"
of = "account"
title = "Settings"
why = "They change."
every = "yearly"
where = "checkups"
cites = ["BACP1-19"]
source = "our own suggestion"
asked = { bacp-social-media-1 = "quarterly" }
"""


def test_every_kind_of_review_is_there() -> None:
    """What guidance asks to look at again, and a household besides, each has a rhythm of its own."""
    assert set(rhythms()) == {
        "settings", "passwords", "self-search", "checker", "archive", "household", "upkeep", "family", "law", "unused",
        "policy",
    }  # fmt: skip


@pytest.mark.parametrize("id", rhythms())
def test_no_rhythm_is_more_often_than_monthly_or_passed_off_as_guidance(id: str) -> None:
    """Each figure is at least a month and owned to as our suggestion, and each document that asks is cited."""
    rhythm = rhythms()[id]
    packs = {each.id: each.pack for each in load().provisions()}
    assert all(EVERY[every] >= 1 for every in (rhythm.every, *rhythm.asked.values()))
    assert "our own suggestion" in rhythm.source
    assert {*rhythm.asked} <= {packs[each] for each in rhythm.cites}
    assert rhythm.why.endswith(".")


@pytest.mark.parametrize(
    ("bodies", "id", "months"),
    [
        (("babcp",), "settings", 3),
        (("bacp-gpia-040",), "settings", 6),
        ((), "settings", 3),
        (("bacp-gpia-040",), "self-search", 6),
        (("bacp-social-media-1",), "self-search", 12),
        (("bps-dcp",), "self-search", 12),
        (("babcp",), "unused", 6),
    ],
)
def test_the_strictest_active_document_decides(bodies: tuple[str, ...], id: str, months: int) -> None:
    """The fewest months among the active documents hold, or our own where none of them speaks."""
    assert pace(rhythms()[id], load().active(bodies)).months == months


def test_where_documents_differ_it_says_who_decides_over_whom() -> None:
    """Both sides are named where their words come to different months, and nobody is overruled where they agree."""
    says = pace(rhythms()["settings"], load().active(["babcp", "bacp-gpia-040"])).says
    stricter, _, other = says.partition("The stricter decides over ")
    assert "BABCP" in stricter
    assert "no figure is given" in stricter
    assert other == "BACP, Social media, digital technology and the counselling professions."
    assert "decides" not in pace(rhythms()["settings"], load().active(["babcp"])).says


def test_a_silent_body_is_not_quoted_as_asking() -> None:
    """Where no active document speaks, the figure is given as our own and no document stands behind it."""
    told = pace(rhythms()["family"], load().active(["babcp"]))
    assert OWN in told.says
    assert told.stands == ()


def test_a_stated_fact_asks_for_nothing_regular() -> None:
    """A document that merely states a fact is shown as silent, without months."""
    (stand,) = stands(["BABCP-61"], load())
    assert (stand.standing, stand.months) == ("silent", None)


def test_regular_password_changes_stand_beside_the_other_advice() -> None:
    """Both provisions that ask for changes by the calendar are named beside the advice against it."""
    beside = rhythms()["passwords"].beside
    assert all(words in beside for words in ("BABCP-62", "GPIA-115", "National Cyber Security Centre", "you decide"))


@pytest.mark.parametrize(
    ("day", "months", "becomes"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 1), -12, date(2025, 12, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_are_counted_over_short_months_and_year_ends(day: date, months: int, becomes: date) -> None:
    """A day that its month lacks becomes that month's last, and December leads into January."""
    assert later(day, months) == becomes


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_a_later_day_is_the_right_month_and_no_later_in_it(day: date, months: int) -> None:
    """For any day, the month is exactly so many on, and the day the same unless that month is shorter."""
    found = later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('every = "yearly"', 'every = "weekly"', "every 'weekly' is not known"),
        ('= "quarterly"', '= "weekly"', "asked 'weekly' is not known"),
        ("bacp-social-media-1", "babcp-social-media", "nothing that it asks is cited"),
        ('["BACP1-19"]', '["BACP1-22"]', "nothing that it asks is cited"),
        ('of = "account"', 'of = "cat"', "of 'cat' is not known"),
        ('where = "checkups"', 'where = "attic"', "where 'attic' is not known"),
        ('"BACP1-19"', '"BACP1-999"', "cites 'BACP1-999' is not known"),
    ],
)
def test_a_faulty_rhythm_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """A word that is not known, and a document said to ask what it does not, are named with file and line."""
    path = tmp_path / "rhythm.toml"
    path.write_text(RHYTHM.replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackError, match=told) as caught:
        rhythms(path)
    assert caught.value.line


def test_two_rhythms_of_one_id_are_told(tmp_path: Path) -> None:
    """The second rhythm of the same id is named, rather than taking the first one's place."""
    path = tmp_path / "rhythm.toml"
    path.write_text(RHYTHM + RHYTHM, encoding="utf-8")
    with pytest.raises(PackError, match="'settings' is the id of two rhythms"):
        rhythms(path)
