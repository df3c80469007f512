"""What to look at besides accounts: devices, the house, traces and shared places, and one's website and directories."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forethought.guidance import load
from forethought.guidance.schema import Entry, Schema, read, tables

HERE = Path(__file__).parent
SCHEMA = Schema(
    required={"id": str, "places": list, "title": str, "why": str, "steps": list, "every": str, "cites": list},
    optional={},
)
AROUND: Mapping[str, str] = MappingProxyType(
    {
        "computer": "Computers",
        "phone": "Phones and tablets",
        "home": "Things in the house",
        "shared": "What others use too",
        "online": "Services and what they keep",
    }
)  # where a check of the household is made
PUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        "website": "Your website",
        "directory": "Directory entries",
        "profile": "Profiles for work",
    }
)  # where a check of what is published is made
EVERY: Mapping[str, int] = MappingProxyType(
    {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
)  # how often a check is made, in months; Forethought's own rhythm, since the bodies name none


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: where, why it matters to a therapist, what to do, how often, and who asks for it.

    `every` is a key of EVERY, and `cites` are provisions.
    """

    id: str
    places: tuple[str, ...]
    title: str
    why: str
    steps: tuple[str, ...]
    every: str
    cites: tuple[str, ...]

    @property
    def months(self) -> int:
        """How many months go by between two looks."""
        return EVERY[self.every]


@cache
def household() -> Mapping[str, Check]:
    """Return what is looked at around a person, by id, in reading order. Raises PackError, naming file and line."""
    return checks(HERE / "household.toml", AROUND)


@cache
def upkeep() -> Mapping[str, Check]:
    """Return what is looked at on a website, in directories and in profiles for work, as `household` does."""
    return checks(HERE / "upkeep.toml", PUBLISHED)


def checks(path: Path, places: Mapping[str, str]) -> Mapping[str, Check]:
    """Return the checks in a file, made in these places. Raises PackError, naming file and line."""
    found: dict[str, Check] = {}
    for entry in tables(path, read(path), "check"):
        check = _check(entry, places)
        if check.id in found:
            raise entry.fault(f"'{check.id}' is the id of two checks. Give each its own.", "id")
        found[check.id] = check
    return MappingProxyType(found)


def _check(entry: Entry, places: Mapping[str, str]) -> Check:
    entry.check(SCHEMA)
    for key in ("places", "steps", "cites"):
        if not entry.values[key]:
            raise entry.fault(f"{key} is empty. Name one or more.", key)
    entry.one_of("places", places)
    entry.one_of("every", EVERY)
    entry.one_of("cites", {each.id for each in load().provisions()})
    values: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in entry.values.items()
    }
    return Check(**values)
