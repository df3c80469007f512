"""Telling an unhappy client or critic from a troll, by the signs that a person ticks."""

from collections.abc import Collection
from typing import Literal

from forethought.incidents.triage.load import questions


def leaning(signs: Collection[str]) -> Literal["criticism", "trolling"]:
    """Return what the ticked signs of `troll-or-critic` point to.

    One sign of a real concern is enough for criticism, and so is having no sign of a troll: being heard comes first.
    """
    choices = next(each.choices for each in questions() if each.id == "troll-or-critic")
    points = {each.points for each in choices if each.id in signs}
    return "trolling" if points == {"trolling"} else "criticism"
