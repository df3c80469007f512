"""What was done about an incident, as its ledger has it: the steps that were noted, each with its day and reference."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from forethought.guidance.schema import Entry, Schema, read, tables
from forethought.incidents.fields import Fields, said
from forethought.pages.wording import day_words

FILE = Path(__file__).with_name("noting.toml")
SCHEMA = Schema(required={"id": str, "did": str}, optional={})
STEP = "step of the plan"  # the field of an action that holds a step's id, so that the plan knows it again


class Record(Protocol):
    """A record of the ledger as it is now, out of the vault or out of a case."""

    @property
    def what(self) -> str:
        """What kind of record it is."""

    @property
    def at(self) -> str:
        """When it was entered, by this computer's clock, in ISO 8601."""

    def value(self, name: str) -> Any:
        """Return a field's value, empty where it has none."""


def deeds(records: Iterable[Record]) -> Mapping[str, tuple[Record, ...]]:
    """Return the actions that were noted for each step, by the step's id, those entered first in front."""
    found: dict[str, list[Record]] = defaultdict(list)
    for each in sorted(records, key=lambda record: record.at):
        if each.what == "action" and (step := each.value(STEP)):
            found[step].append(each)
    return {step: tuple(held) for step, held in found.items()}


@cache
def doings() -> Mapping[str, str]:
    """Return what the ledger says of each step once it is done, by the step's id. Raises PackError."""
    return dict(map(_doing, tables(FILE, read(FILE), "deed")))


def _doing(entry: Entry) -> tuple[str, str]:
    entry.check(SCHEMA)
    return entry.values["id"], entry.values["did"]


def deed(step: str, words: str, done: bool = True, **told: Any) -> Fields:
    """Return the fields of an action: what was done in words, or that it was not, what else was said, and the step."""
    return said(step=words if done else f"Not done: {words[:1].lower()}{words[1:]}", **told, **{STEP: step})


def day(value: Any) -> str:
    """Return a day or moment in ISO 8601 as a page writes it; whatever else was written stays as it is.

    >>> day("2026-11-03"), day("2026-11-03T21:05:00+00:00"), day("early that week")
    ('3 November 2026', '3 November 2026, 21:05', 'early that week')
    """
    words = str(value).strip()
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        return words
    return day_words(at) if len(words) <= len("2026-11-03") else f"{day_words(at)}, {at:%H:%M}"


def entered(record: Record) -> str:
    """Return when a record was entered, in the time of this device."""
    return day(datetime.fromisoformat(record.at).astimezone().isoformat(timespec="minutes"))
