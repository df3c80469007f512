"""Changes of law and of platforms that guidance asks to follow, as dated data; each says how it was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from forethought.guidance import load
from forethought.guidance.schema import Entry, Schema, read, tables

Kind = Literal["law", "service", "platform"]
State = Literal["happened", "planned"]
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
MOST_DAYS = 183  # until an entry is to be read again
HERE = Path(__file__).parent
SCHEMA = Schema(
    required={
        "id": str, "kind": str, "state": str, "title": str, "on": date, "nations": list, "says": str, "steps": list,
        "cites": list, "source": str, "read_on": date, "review_on": date,
    },
    optional={"checked_by": str},
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change: the day it came or is planned for, the nations where it holds, what it says and what to do now.

    `source` tells how it was seen, and `checked_by` is empty until somebody has compared it with the official page.
    """

    id: str
    kind: Kind
    state: State
    title: str
    on: date
    nations: tuple[str, ...]
    says: str
    steps: tuple[str, ...]
    cites: tuple[str, ...]
    source: str
    read_on: date
    review_on: date
    checked_by: str = ""


@cache
def news(path: Path = HERE / "news.toml") -> tuple[News, ...]:
    """Return the changes, the latest first. Raises PackError, naming file and line."""
    found: dict[str, News] = {}
    for entry in tables(path, read(path), "news"):
        item = _news(entry)
        if item.id in found:
            raise entry.fault(f"'{item.id}' is the id of two entries. Give each its own.", "id")
        found[item.id] = item
    return tuple(sorted(found.values(), key=lambda each: each.on, reverse=True))


def _news(entry: Entry) -> News:
    entry.check(SCHEMA)
    entry.one_of("kind", get_args(Kind))
    entry.one_of("state", get_args(State))
    entry.one_of("nations", NATIONS)
    entry.one_of("cites", {each.id for each in load().provisions()})
    _check_days(entry, entry.values)
    values: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in entry.values.items()
    }
    return News(**values)


def _check_days(entry: Entry, values: Mapping[str, Any]) -> None:
    """Raise PackError unless what happened was read about afterwards, and is read again within half a year."""
    if values["state"] == "happened" and values["on"] > values["read_on"]:
        raise entry.fault("this is said to have happened after it was read. Call it planned, or mend the day.", "on")
    if not 0 < (values["review_on"] - values["read_on"]).days <= MOST_DAYS:
        raise entry.fault(f"review_on has to follow read_on within {MOST_DAYS} days. Bring it nearer.", "review_on")
