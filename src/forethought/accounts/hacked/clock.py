"""The 72 hours after a breach of clients' details became known, and the questions by which its risk is weighed.

The hours are as read in part in the regulator's self-assessment, the rest from memory: see the source `ico`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from forethought.accounts.hacked.load import questions
from forethought.errors import ForethoughtError, UnknownNameError

HOURS = timedelta(hours=72)
Risk = Literal["unknown", "unlikely", "possible", "high"]
RISK_WORDS: Mapping[Risk, str] = {
    "unknown": "Not every question that decides is answered yet. The clock runs all the same.",
    "unlikely": "On these answers a risk to people seems unlikely, and the risk test may not be met. Write down why: "
    "you may be asked.",
    "possible": "On these answers the risk test may be met. Where you find that it is, tell the Information "
    "Commissioner within the 72 hours.",
    "high": "On these answers the risk test may be met, and the risk may be high. Where you find that it is, tell the "
    "Information Commissioner within the 72 hours, and the people concerned without delay.",
}
MANY = 3  # reasons for harm from which a risk may be high, beside details of therapy or health


class NoZoneError(ForethoughtError):
    """A moment without its time zone, from which no hours can be counted."""

    def __init__(self) -> None:
        super().__init__("the hours cannot be counted from a time without its zone. Give the zone as well.")


class NotYetError(ForethoughtError):
    """Becoming aware lies in the future."""

    def __init__(self) -> None:
        super().__init__("the hour at which you became aware has not come yet. Check the day, the hour and the zone.")


@dataclass(frozen=True, slots=True)
class Clock:
    """When the person became aware, when the hours end, and what is left; below zero once past."""

    aware: datetime
    due: datetime
    left: timedelta

    @property
    def past(self) -> bool:
        """Whether the hours are over."""
        return self.left <= timedelta(0)

    @property
    def words(self) -> str:
        """What is left, in whole hours and minutes, or for how long they have been over."""
        hours, minutes = divmod(int(abs(self.left).total_seconds()) // 60, 60)
        told = f"{hours} hours and {minutes} minutes"
        end = f"{self.due:%H:%M} on {self.due.day} {self.due:%B %Y}"
        if self.past:
            return (
                f"The 72 hours ended at {end}, {told} ago. Where the risk test is met, report it now all the same, "
                "and say why it is late."
            )
        return f"{told} are left, until {end}, where the risk test is met. Nights and weekends count."


def clock(became_aware: datetime, now: datetime) -> Clock:
    """Return how the 72 hours stand; they are hours as they pass, whatever the clocks are put to meanwhile.

    Both moments know their zone. The end is told in the zone of `became_aware` where that has a name; a bare distance
    from UTC does not know when the clocks change, so that it is told in the time of this device. Raises NoZoneError,
    and NotYetError where `now` is before the person became aware.
    """
    if became_aware.utcoffset() is None or now.utcoffset() is None:
        raise NoZoneError
    began, at = became_aware.astimezone(UTC), now.astimezone(UTC)
    if at < began:
        raise NotYetError
    due, zone = began + HOURS, became_aware.tzinfo
    return Clock(became_aware, due.astimezone(zone if isinstance(zone, ZoneInfo) else None), due - at)


def weigh(answers: Mapping[str, bool]) -> Risk:
    """Return what yes and no to the questions point to, by id; a question that is left out is not answered.

    It is a help to think and decides nothing. Raises UnknownNameError for a question that is not asked.
    """
    says = {each.id: each.says for each in questions()}
    for each in answers:
        if each not in says:
            raise UnknownNameError("question", each, says)
    yes = {each for each, so in answers.items() if so}
    if "contacted" not in yes and (answers.get("reached") is False or "encrypted" in yes):
        return "unlikely"
    worse = [each for each in says if says[each] == "worse"]
    grave = [each for each in worse if each in yes]
    if "reached" in yes and (("therapy" in yes and len(grave) > 1) or len(grave) >= MANY):
        return "high"
    if not {*says} <= {*answers}:
        return "unknown"
    return "possible"
