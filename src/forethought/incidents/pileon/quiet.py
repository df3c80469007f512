"""Quiet mode: for each platform what to turn down, where, what it does and how to undo it; and a sheet for a helper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from forethought.documents import Block, Document, Heading, Listing, Note, Terms
from forethought.errors import UnknownNameError
from forethought.guidance.schema import Entry, Schema, read, tables

FILE = Path(__file__).parent / "quiet.toml"
KIND = Schema(required={"id": str, "title": str, "does": str, "undo": str}, optional={})
PLATFORM = Schema(required={"id": str, "title": str, "source": str, "read": date, "where": dict}, optional={})
SHEET = Schema(required={"steps": list}, optional={})


@dataclass(frozen=True, slots=True)
class Setting:
    """Something to turn down: where it is, what it does and does not do, and how to undo it."""

    id: str
    title: str
    where: str
    does: str
    undo: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one platform offers, in the order in which to take it, with who says so and when that was read."""

    id: str
    title: str
    settings: tuple[Setting, ...]
    source: str
    read: date


@cache
def checklists(path: Path = FILE) -> Mapping[str, Checklist]:
    """Return every platform's checklist, by id; `other` fits any that is not listed. Raises PackError."""
    data = read(path)
    kinds = tables(path, data, "kind")
    for kind in kinds:
        kind.check(KIND)
    return {each.id: each for each in (_checklist(entry, kinds) for entry in tables(path, data, "platform"))}


def checklist(platform: str) -> Checklist:
    """Return the checklist of a platform. Raises UnknownNameError where there is none of that name."""
    if platform not in checklists():
        raise UnknownNameError("platform", platform, checklists())
    return checklists()[platform]


@cache
def sheet(path: Path = FILE) -> tuple[str, ...]:
    """Return what to ask of the person who keeps watch. Raises PackError."""
    (entry,) = tables(path, read(path), "sheet")
    entry.check(SHEET)
    return tuple(entry.values["steps"])


def _checklist(entry: Entry, kinds: tuple[Entry, ...]) -> Checklist:
    entry.check(PLATFORM)
    given = dict(entry.values)
    where = given.pop("where")
    for name in where.keys() - {kind.values["id"] for kind in kinds}:
        raise entry.fault(f"'{name}' is not a kind of setting. Add a [[kind]] of that id, or take it out.", name)
    settings = (Setting(**kind.values, where=where[kind.values["id"]]) for kind in kinds if kind.values["id"] in where)
    return Checklist(**given, settings=tuple(settings))


def document(platform: str) -> Document:
    """Return a platform's checklist, with the sheet, as a document. Raises UnknownNameError."""
    return Document(f"Quiet mode: {checklist(platform).title}", tuple(_blocks(checklist(platform))))


def _blocks(found: Checklist) -> Iterator[Block]:
    yield Note("Keep what has come in before you hide, block or report it.")
    for setting in found.settings:
        yield Heading(2, setting.title)
        yield Terms((("Where", setting.where), ("What it does", setting.does), ("To undo it", setting.undo)))
    yield Heading(2, "For the person who keeps watch")
    yield Listing(sheet(), numbered=True)
    yield Note(
        f"Where settings are: {found.source}; {found.read.day} {found.read:%B %Y}. Platforms move their settings."
    )
