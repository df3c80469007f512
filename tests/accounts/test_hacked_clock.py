"""The 72 hours: as they pass, over changes of the clocks too; and the questions about risk."""

import time
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.hacked.clock import RISK_WORDS, NotYetError, NoZoneError, clock, weigh
from forethought.accounts.hacked.load import questions
from forethought.errors import UnknownNameError

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(LONDON))


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        ("2026-11-27T17:30", "2026-11-30T17:30"),
        ("2027-03-26T12:00", "2027-03-29T13:00"),  # the clocks go forward on 28 March
        ("2026-10-23T12:00", "2026-10-26T11:00"),  # and back on 25 October
        ("2028-02-27T08:00", "2028-03-01T08:00"),
    ],
)
def test_due(aware: str, due: str) -> None:
    """The end is 72 hours on as they pass, told in the zone in which the person became aware."""
    began = datetime.fromisoformat(aware).replace(tzinfo=LONDON)
    assert clock(began, began).due.strftime("%Y-%m-%dT%H:%M") == due


@given(MOMENTS, st.integers(0, 10**6))
def test_hours_as_they_pass(aware: datetime, seconds: int) -> None:
    """What is left and what has passed always make 72 hours, and past means that none is left."""
    now = aware.astimezone(UTC) + timedelta(seconds=seconds)
    found = clock(aware, now)
    assert found.left + timedelta(seconds=seconds) == timedelta(hours=72)
    assert found.past == (seconds >= 72 * 3600)


def test_words() -> None:
    """The words tell what is left and that a test decides; once past, that it is late and still to be done."""
    aware = datetime(2026, 11, 27, 17, 30, tzinfo=LONDON)
    soon, late = clock(aware, aware + timedelta(hours=5, minutes=10)), clock(aware, aware + timedelta(hours=80))
    assert "66 hours and 50 minutes are left, until 17:30 on 30 November 2026" in soon.words
    assert "8 hours and 0 minutes ago" in late.words
    assert all("where the risk test is met" in each.words.lower() for each in (soon, late))


def test_the_end_is_told_as_this_device_tells_it_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a bare distance to UTC, as a system gives it, the end is told in the clocks' time of that day."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        summer = datetime.fromisoformat("2026-10-23T12:00+01:00")
        found = clock(summer, summer)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert ("11:00", timedelta(hours=72)) == (f"{found.due:%H:%M}", found.left)


def test_refused() -> None:
    """A moment without a zone, and one that has not come, are refused."""
    at = datetime(2026, 11, 27, tzinfo=UTC)
    with pytest.raises(NoZoneError):
        clock(at.replace(tzinfo=None), at)
    with pytest.raises(NoZoneError):
        clock(at, at.replace(tzinfo=None))
    with pytest.raises(NotYetError):
        clock(at, at - timedelta(seconds=1))


NO = {each.id: False for each in questions()}


@pytest.mark.parametrize(
    ("answers", "risk"),
    [
        ({}, "unknown"),
        ({"reached": True}, "unknown"),
        ({"reached": False}, "unlikely"),
        ({"reached": True, "encrypted": True}, "unlikely"),
        ({"reached": True, "encrypted": True, "contacted": True}, "unknown"),
        (NO | {"reached": True}, "possible"),
        (NO | {"reached": True, "therapy": True}, "possible"),
        (NO | {"reached": True, "therapy": True, "harm": True}, "high"),
        (NO | {"reached": True, "harm": True, "contacted": True, "vulnerable": True}, "high"),
    ],
)
def test_weigh(answers: dict[str, bool], risk: str) -> None:
    """What the answers point to: an open question is never taken for a no."""
    assert weigh(answers) == risk


def test_every_set_of_answers_has_words() -> None:
    """Whatever is answered, there are words for it, and none decides for the person."""
    for given_ in product((True, False, None), repeat=len(questions())):
        answers = {each.id: so for each, so in zip(questions(), given_, strict=True) if so is not None}
        assert RISK_WORDS[weigh(answers)]
    assert all("may" in RISK_WORDS[risk] for risk in ("unlikely", "possible", "high"))
    with pytest.raises(UnknownNameError):
        weigh({"reachd": True})
