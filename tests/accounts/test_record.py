"""The yearly record of care: what was done, what is due and who asks, and nothing secret."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.calendar.due import Due
from forethought.accounts.calendar.record import KEPT_OUT, LIMITS, TAKEN_OVER, Entry, data, plain, record
from forethought.accounts.calendar.rhythm import rhythms
from forethought.documents import Table
from forethought.documents.markdown import markdown
from forethought.guidance import load

UNTIL = date(2026, 12, 31)
ENTRIES = (
    Entry(date(2026, 9, 1), "passwords", mended=("three that were used twice",)),
    Entry(date(2026, 3, 1), "settings", "Facebook", changed=("Who sees your posts",), mended=("Who sees your posts",)),
    Entry(date(2026, 5, 1), "checker", by="a colleague"),
    Entry(date(2025, 12, 31), "archive"),
    Entry(date(2027, 1, 1), "family"),
)
DUES = (
    Due("passwords", "Passwords and two-step sign-in", "It is time.", None, date(2027, 3, 1), (), "passwords"),
    Due("settings:7", "Privacy settings: Facebook", "It is time.", None, date(2027, 1, 5), (), "checkups"),
)
SECRET = "write to mira@example.org or +44 7700 900123, see https://example.org/x and www.example.org"


def test_what_was_reviewed_stands_in_order_with_who_and_what_came_of_it() -> None:
    """Each review of the twelve months is a row, the earliest first, and those before and after are not."""
    (table,) = [block for block in record(ENTRIES, DUES, UNTIL, load()).blocks if isinstance(block, Table)]
    assert table.rows == (
        ("1 March 2026", "Privacy settings: Facebook", "you", "Who sees your posts", "Who sees your posts"),
        ("1 May 2026", "Somebody else looks", "a colleague", "Nothing noted", "Nothing noted"),
        ("1 September 2026", "Passwords and two-step sign-in", "you", "Nothing noted", "three that were used twice"),
    )


def test_what_was_not_done_is_not_hidden() -> None:
    """Kinds of review that were not made in these months are named, and what is due comes by its day."""
    text = markdown(record(ENTRIES, DUES, UNTIL, load()))
    missing = text.partition("Not reviewed in these months")[2].partition("Due next")[0]
    assert rhythms()["archive"].title in missing
    assert rhythms()["passwords"].title not in missing
    assert text.index("Privacy settings: Facebook: 5 January") < text.index("two-step sign-in: 1 March 2027")
    assert LIMITS in text.replace("\\", "")


def test_it_answers_the_provisions_of_what_was_done_and_of_the_active_documents() -> None:
    """Provisions behind the reviews made are named, those behind others and plain facts are not."""
    found = data(ENTRIES, DUES, UNTIL, load().active(["babcp"]))
    assert {"BABCP-57", "BABCP-62", "BABCP-79"} <= {*found["provisions"]}
    assert not {"BABCP-56", "BABCP-80", "GPIA-115"} & {*found["provisions"]}
    assert found["care"] == ["BABCP-66", "BABCP-67"]


def test_a_year_without_reviews_is_told_as_it_is() -> None:
    """Nothing done is no table and no provision answered."""
    told = record((), (), UNTIL, load())
    assert not [block for block in told.blocks if isinstance(block, Table)]
    text = markdown(told)
    assert "0 reviews" in text
    assert "What these reviews answer" not in text


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (date(2026, 12, 31), "2026-01-01"),
        (date(2028, 2, 29), "2027-03-01"),
        (date(2029, 2, 28), "2028-03-01"),
        (date(2028, 2, 28), "2027-02-28"),
    ],
)
def test_twelve_months_end_on_the_day_over_leap_days_too(until: date, first: str) -> None:
    """The months begin the day after the same day a year before, so that none is counted in two records."""
    assert data((), (), until, load())["from"] == first


def test_nothing_secret_stands_in_it() -> None:
    """Addresses, numbers and links are left out of every word that a person noted, on paper and in data."""
    entry = Entry(date(2026, 3, 1), "settings", SECRET, SECRET, (SECRET,), (SECRET,))
    due = Due("settings:7", f"Privacy settings: {SECRET}", "It is time.", None, date(2027, 1, 5), (), "checkups")
    for text in (
        markdown(record((entry,), (due,), UNTIL, load())).replace("\\", ""),
        json.dumps(data((entry,), (due,), UNTIL, load())),
    ):
        assert KEPT_OUT in text
        assert not [each for each in ("mira@", "900123", "example.org") if each in text]


@pytest.mark.parametrize(
    ("words", "becomes"),
    [
        ("07700900123", KEPT_OUT),
        ("(020) 7946 0123 is gone", f"{KEPT_OUT} is gone"),
        ("from 2026-01-01 to 2026-12-31", "from 2026-01-01 to 2026-12-31"),
        ("3 of 12 settings, 2026", "3 of 12 settings, 2026"),
        ("HTTPS://EXAMPLE.ORG/a gone", f"{KEPT_OUT} gone"),
        ("@mira@social.example", KEPT_OUT),
    ],
)
def test_numbers_are_told_from_days(words: str, becomes: str) -> None:
    """A number that one can ring is left out; a day, a year and a count stay."""
    assert plain(words) == becomes


@given(st.from_regex(r"0[0-9]{10}", fullmatch=True), st.text("abc ,.", max_size=8))
def test_any_number_is_left_out(number: str, around: str) -> None:
    """Whatever stands around it, the digits of a telephone number are gone."""
    assert number not in plain(f"{around} {number} {around}")


def test_the_data_is_json_and_says_what_the_paper_says() -> None:
    """Reviews, gaps and what is due come back out of JSON."""
    found = json.loads(json.dumps(data(ENTRIES, DUES, UNTIL, load())))
    assert [each["kind"] for each in found["reviews"]] == ["settings", "checker", "passwords"]
    assert "archive" in found["not_reviewed"]
    assert [each["id"] for each in found["due"]] == ["settings:7", "passwords"]


def test_an_account_that_was_taken_over_is_no_review() -> None:
    """It has a table of its own, is not counted as a review, and gives no e-mail address away."""
    entry = Entry(date(2026, 5, 2), TAKEN_OVER, "jo@example.net", changed=("Not closed yet",), mended=("Get it back",))
    told = record((entry,), (), UNTIL, load())
    (table,) = [block for block in told.blocks if isinstance(block, Table)]
    assert table.rows == (("2 May 2026", "[left out]", "Get it back", "Not closed yet"),)
    assert "0 reviews" in markdown(told)
    kept = data((entry,), (), UNTIL, load())
    assert ([], 1) == (kept["reviews"], len(kept["taken_over"]))
