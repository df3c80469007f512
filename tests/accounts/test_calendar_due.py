"""Which reviews fall due and when: gently, and never twice a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.calendar.due import STALE, Diary, Due, Known, due, nags
from forethought.accounts.calendar.news import news
from forethought.accounts.calendar.rhythm import WHERE, later, rhythms
from forethought.accounts.checkups.load import checkups
from forethought.guidance import load

TODAY = date(2026, 12, 1)
BABCP = load().active(["babcp"])
PERSON = [id for id, each in rhythms().items() if each.of == "person"]
DONE = dict.fromkeys(PERSON, TODAY)
DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


def account(id: str = "7", kind: str = "personal", **days: date | None) -> Known:
    """Return an account on Facebook, of a kind and with the days given."""
    return Known(id=id, title="Facebook", platform="facebook", kind=kind, **days)


def found(dues: tuple[Due, ...], id: str) -> Due:
    """Return the one review with this id."""
    (only,) = [each for each in dues if each.id == id]
    return only


def test_a_new_platform_is_due_from_the_first_day() -> None:
    """An account that was never reviewed falls due on the day on which the calendar began, and says so."""
    began = date(2026, 11, 20)
    each = found(due([account()], DONE, TODAY, BABCP, Diary(began)), "settings:7")
    assert (each.on, each.since, each.where) == (began, None, "checkups")
    assert "not been done yet" in each.why
    assert found(due([account()], DONE, TODAY, BABCP), "settings:7").on == TODAY


def test_a_review_falls_due_by_the_bodys_rhythm() -> None:
    """Three months after the last review for one body, and six for a document that asks for less."""
    known = [account(last_reviewed=date(2026, 11, 30))]
    assert found(due(known, {}, TODAY, BABCP, Diary(TODAY)), "settings:7").on == date(2027, 2, 28)
    gentler = load().active(["bacp-gpia-040"])
    assert found(due(known, DONE, TODAY, gentler, Diary(TODAY)), "settings:7").on == date(2027, 5, 30)


def test_the_later_of_two_notes_of_a_review_counts() -> None:
    """A review in the diary counts for an account as well as one in the register."""
    known = [account(last_reviewed=date(2026, 1, 1))]
    each = found(due(known, {"settings:7": date(2026, 11, 30)}, TODAY, BABCP), "settings:7")
    assert each.since == date(2026, 11, 30)


def test_every_review_says_why_who_and_where() -> None:
    """Each has a reason, a place that pages know, and only active documents behind it."""
    for each in due([account(last_used=TODAY)], {}, TODAY, BABCP):
        assert each.why.endswith(".")
        assert each.where in WHERE
        assert {stand.body for stand in each.stands} <= {"babcp"}


def test_an_unused_account_is_asked_about_and_its_settings_are_left() -> None:
    """One given up is looked at from its last use on; one in use only once it has lain idle."""
    known = [account("7", "dormant", last_used=date(2025, 1, 1)), account("8", last_used=date(2026, 11, 1))]
    dues = due(known, DONE, TODAY, BABCP)
    assert found(dues, "unused:7").on == date(2025, 7, 1)
    assert found(dues, "unused:8").on == date(2027, 5, 1)
    assert not [each for each in dues if each.id == "settings:7"]
    assert not [each for each in due([account("9")], DONE, TODAY, BABCP) if each.id == "unused:9"]


def test_a_review_of_settings_does_not_hide_that_an_account_lies_idle() -> None:
    """Only use, or a look at just that question, puts it off for an account that is kept."""
    known = [account(last_used=date(2026, 1, 1), last_reviewed=date(2026, 11, 1))]
    assert found(due(known, DONE, TODAY, BABCP), "unused:7").on == date(2026, 7, 1)
    assert found(due(known, {**DONE, "unused:7": TODAY}, TODAY, BABCP), "unused:7").on == date(2027, 6, 1)


def test_nothing_falls_due_before_the_calendar_began() -> None:
    """What lay idle for years is not years late on the first day."""
    known = [account("7", "dormant", last_used=date(2015, 1, 1))]
    assert found(due(known, DONE, TODAY, BABCP, Diary(TODAY)), "unused:7").on == TODAY


def test_what_falls_within_a_fortnight_is_gathered_on_its_first_day() -> None:
    """Two reviews thirteen days apart share the earlier day; one that is fourteen days off keeps its own."""
    days = {"7": date(2026, 11, 1), "8": date(2026, 11, 14), "9": date(2026, 11, 15)}
    known = [account(id, last_reviewed=day) for id, day in days.items()]
    dues = due(known, DONE, TODAY, BABCP)
    assert [found(dues, f"settings:{id}").on for id in days] == [
        date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 15),
    ]  # fmt: skip


@given(st.lists(DAYS, max_size=8), DAYS, DAYS)
def test_no_two_days_of_regular_reviews_lie_within_a_fortnight(days: list[date], last: date, today: date) -> None:
    """Whatever was done when, days are a fortnight apart, nothing is late by gathering, and all are in order."""
    known = [account(str(number), last_reviewed=day) for number, day in enumerate(days)]
    dues = due(known, dict.fromkeys(PERSON, last), today, BABCP)
    regular = sorted({each.on for each in dues if each.id.partition(":")[0] in rhythms()})
    assert all(after - before >= timedelta(days=14) for before, after in pairwise(regular))
    assert [each.on for each in dues] == sorted(each.on for each in dues)
    assert len({each.id for each in dues}) == len(dues)


@given(st.lists(DAYS, max_size=6), DAYS, st.integers(0, 400))
def test_a_day_once_given_stays_as_time_goes_by(days: list[date], began: date, gone: int) -> None:
    """With nothing done in between, another day's look gives the very same dates."""
    known = [account(str(number), last_reviewed=min(day, began)) for number, day in enumerate(days)]
    diary = Diary(began)
    assert due(known, {}, began, BABCP, diary) == due(known, {}, began + timedelta(days=gone), BABCP, diary)


def test_putting_off_moves_one_review_and_says_so() -> None:
    """What is put off waits until its day, undisturbed by others, and a day already gone changes nothing."""
    known = [account(last_reviewed=date(2026, 8, 1))]
    until = date(2026, 12, 10)
    each = found(due(known, {}, TODAY, BABCP, Diary(TODAY, {"settings:7": until})), "settings:7")
    assert each.on == until
    assert each.why.endswith("You put it off until 10 December 2026.")
    over = found(due(known, {}, TODAY, BABCP, Diary(TODAY, {"settings:7": date(2026, 9, 1)})), "settings:7")
    assert "put it off" not in over.why


def test_a_clock_that_was_wrong_hides_no_review() -> None:
    """Days that lie ahead, noted before the clock was put back, hold nothing up, in the calendar or its reminders."""
    wrong = TODAY + timedelta(days=900)
    dues = due([account(last_reviewed=wrong)], DONE | {"passwords": wrong}, TODAY, BABCP, Diary(wrong))
    assert [TODAY, TODAY] == [found(dues, id).on for id in ("settings:7", "passwords")]
    assert dues[0] in nags(dues, {dues[0].id: wrong}, TODAY)


def test_nothing_nags_twice_a_day() -> None:
    """What is due is shown once a day, again the next day, and never before its day."""
    dues = due([account(last_reviewed=date(2026, 11, 30))], {}, TODAY, BABCP)
    first = nags(dues, {}, TODAY)
    assert {each.id for each in first} == set(PERSON)
    shown = {each.id: TODAY for each in first}
    assert nags(dues, shown, TODAY) == ()
    assert nags(dues, shown, TODAY + timedelta(days=1)) == first


def test_news_come_together_and_only_after_the_last_reading() -> None:
    """What came since is one review a day, and reading the changes on that day settles it."""
    came = max(max(each.on, each.read_on) for each in news())
    before = {**DONE, "law": came - timedelta(days=1)}
    (told,) = [each for each in due([], before, TODAY, load()) if each.id.startswith("news:")]
    assert (told.id, told.on, told.where) == (f"news:{came}", came, "law")
    assert all(each.title in told.why for each in news() if max(each.on, each.read_on) == came)
    assert not [each for each in due([], {**DONE, "law": came}, TODAY, load()) if each.id.startswith("news:")]
    noted = {**before, told.id: came}
    assert not [each for each in due([], noted, TODAY, load()) if each.id.startswith("news:")]


def test_news_of_other_nations_are_left_out() -> None:
    """A person in Wales is not sent to read Scotland's law."""
    title = "The Hate Crime and Public Order (Scotland) Act 2021 began"
    done = {**DONE, "law": date(2026, 1, 1)}
    for nation, told in (("Scotland", True), ("Wales", False), ("", True)):
        words = " ".join(each.why for each in due([], done, TODAY, load(), Diary(nation=nation)))
        assert (title in words) is told


def test_data_past_its_day_of_review_is_named_once_for_what_is_used() -> None:
    """The check-ups of one's own platforms and documents are named from the day after, and again after a while."""
    day = checkups()["facebook"].review_on
    done = {**DONE, STALE: day}
    each = found(due([account()], done, day, BABCP), STALE)
    assert each.on == later(day, 3)
    assert checkups()["facebook"].title in each.why
    assert checkups()["tumblr"].title not in each.why
    first = min([day, *(item.review_on for item in news()), *(pack.review for pack in BABCP.packs)])
    assert found(due([account()], DONE, TODAY, BABCP), STALE).on == first + timedelta(days=1)


@pytest.mark.parametrize("last", [date(2028, 2, 29), date(2027, 12, 31), date(2028, 1, 31)])
def test_leap_days_and_year_ends_lead_to_real_days(last: date) -> None:
    """A review made on 29 February or at a month's end falls due on a day that exists, not later than its month."""
    each = found(due([account(last_reviewed=last)], dict.fromkeys(PERSON, last), last, BABCP), "settings:7")
    assert (each.on.year * 12 + each.on.month) - (last.year * 12 + last.month) == 3
