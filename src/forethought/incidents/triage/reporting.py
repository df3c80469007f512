"""A route's warnings before its number is used, the draft of a report to it, and what holds a release back."""

import re
from collections.abc import Mapping
from datetime import date

from forethought.incidents.triage.load import routes
from forethought.incidents.triage.model import GATED, Offence, Route, Support

# Each place in a draft, with what is asked for where the person has nothing to put there.
PLACES: Mapping[str, str] = {
    "what": "what happened",
    "when": "when it happened",
    "where": "where it was posted or sent, with the address",
    "who": "who did it, as far as you know, with the account",
    "items": "what you kept, by number",
    "references": "report numbers that you have, and their dates",
    "effect": "what it did to you",
    "asked": "what you ask for",
}


def warnings(row: Route | Support | Offence, today: date) -> tuple[str, ...]:
    """Return what to know before relying on a row: that nobody checked it, or that its day of review has passed."""
    found = []
    if not row.checked_by:
        found.append("Nobody has checked this against its source yet. Look there before you rely on it.")
    if today > row.review_on:
        day = f"{row.review_on.day} {row.review_on:%B %Y}"
        found.append(f"This was to be looked at again by {day}. It may have changed since.")
    return tuple(found)


def drafted(route: Route, filled: Mapping[str, str]) -> str:
    """Return the draft of a report with what is known filled in; a place with nothing asks for it in brackets.

    Empty where no written report is sensible.
    """
    return re.sub(r"\{(\w+)\}", lambda place: _filled(place[1], filled), route.draft)


def _filled(place: str, filled: Mapping[str, str]) -> str:
    return filled.get(place, "").strip() or f"[{PLACES[place]}]"


def unchecked_on_the_danger_path() -> tuple[Route, ...]:
    """Return the routes for danger, stalking, intimate images and hate that nobody has checked: none, for a release."""
    return tuple(each for each in routes() if each.path in GATED and not each.checked_by)
