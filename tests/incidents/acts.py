"""What the tests of the plan's pages share: an incident, answers to every question, and a page as text."""

import html
from datetime import UTC, datetime
from typing import Any

from at_the_desk import DOOR

from forethought.incidents import keeping
from forethought.incidents.fields import field, said
from forethought.incidents.models import Incident

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ASKED = {
    "danger": ["no"], "urgent-signs": [], "fixation": ["repeated"], "nature": ["abuse"], "troll-or-critic": [],
    "grounds": [], "place": ["public"], "who": ["stranger"], "nation": ["England"], "about-work": [], "so-far": [],
}  # fmt: skip


def begun(**changed: list[str]) -> Incident:
    """Return an incident with every question answered: unkind posts in public by a stranger, or with changes."""
    incident = keeping.open_incident(
        "Posts after the talk", said(title="Posts after the talk", about="Unkind posts began."), NOW
    )
    incident.answers = {"asked": ASKED | {id.replace("_", "-"): chosen for id, chosen in changed.items()}}
    incident.save()
    return incident


def item(incident: Incident, words: bytes, **told: Any) -> str:
    """Keep an item and return its record; `name` is what its file was called."""
    name = {"name": field(told.pop("name"), "file")} if "name" in told else {}
    return keeping.add_item(DOOR.vault, incident, [words], said(kind="message", **told) | name, NOW).record


def text(answer: Any) -> str:
    """Return a page as text."""
    return html.unescape(answer.content.decode())
