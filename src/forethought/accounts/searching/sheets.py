"""Sheets for those who look a person up for them, each told no more than they need, and one for family and friends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forethought.accounts.searching.queries import Me
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Quote, Table, Terms
from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, load
from forethought.guidance.schema import Entry, PackError, Schema, read, tables
from forethought.pages.wording import body_name
from forethought.policy.citing import cited, lines
from forethought.policy.separation import TONES, note

FILE = Path(__file__).parent / "sheets.toml"
WORDS = {"id": str, "title": str, "opening": str, "asks": list, "after": str, "cites": list}
SCHEMA = Schema(required={**WORDS, "shows": list, "steps": list}, optional={})
ROWS = 10  # to write in
FAMILY = Schema(required={key: kind for key, kind in WORDS.items() if key != "id"}, optional={})
SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "names": "Name",
        "old_names": "Earlier names",
        "nicknames": "Nicknames",
        "handles": "Accounts for work",
        "private_handles": "Other accounts",
        "towns": "Town",
        "professions": "Profession",
        "workplaces": "Workplace",
        "phones": "Telephone",
        "mails": "E-mail",
        "homes": "Home address",
    }
)  # what a sheet may tell about a person, in this order
LIMITS = "Nobody sees everything, and what is not found may still be there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet for one who helps: what it shows of the person (fields of Me), what to do and what to ask."""

    id: str
    title: str
    opening: str
    shows: tuple[str, ...]
    steps: tuple[str, ...]
    asks: tuple[str, ...]
    after: str
    cites: tuple[str, ...]


@cache
def sheets(path: Path = FILE) -> Mapping[str, Sheet]:
    """Return the sheets by id, in reading order. Raises PackError, naming file and line."""
    return MappingProxyType({each.id: each for each in map(_sheet, tables(path, read(path), "sheet"))})


def sheet(id: str, me: Me, guidance: Guidance) -> Document:
    """Return a sheet to print, with what its reader needs and nothing else of `me`; raises UnknownNameError."""
    if id not in sheets():
        raise UnknownNameError("sheet", id, sheets())
    told = sheets()[id]
    blocks = [
        Paragraph(told.opening),
        *_person(told.shows, me),
        *_listed("What to do", told.steps, numbered=True),
        *_listed("What to ask yourself", told.asks),
        _room("What you found", ("Where you saw it", "What you saw", "What a client may make of it")),
        Terms((("Who looked", "…" * 12), ("On which day", "…" * 12))),
        *_listed("Why this is asked", lines(cited(told.cites, guidance), guidance)),
        Note(f"{told.after} {LIMITS}"),
    ]
    return Document(told.title, tuple(blocks))


def family(guidance: Guidance) -> Document:
    """Return the sheet for family and friends, with the note in each tone and room for who was told when."""
    told = _family()
    blocks: list[Block] = [Paragraph(told["opening"])]
    for tone in TONES:
        blocks += [Heading(2, f"A note in a {tone} tone"), Quote(note(tone))]
    blocks += [
        *_listed("To look at together", told["asks"]),
        _room("Whom you told", ("Who", "When", "What you agreed")),
        *_listed("Who asks for it", lines(cited(told["cites"], guidance), guidance)),
        *_differ(guidance),
        Note(told["after"]),
    ]
    return Document(told["title"], tuple(blocks))


def _person(shows: Sequence[str], me: Me) -> Iterator[Block]:
    rows = ((SHOWN[key], "; ".join(getattr(me, key))) for key in SHOWN if key in shows)
    if given := tuple(row for row in rows if row[1]):
        yield from (Heading(2, "Whom to look up"), Terms(given))


def _listed(heading: str, items: Sequence[str], numbered: bool = False) -> Iterator[Block]:
    if items:
        yield from (Heading(2, heading), Listing(tuple(items), numbered))


def _room(caption: str, heads: tuple[str, ...]) -> Table:
    """Return a table to write in by hand, its rows numbered."""
    empty = ("",) * len(heads)
    return Table(caption, ("Number", *heads), tuple((str(number), *empty) for number in range(1, ROWS + 1)))


def _differ(guidance: Guidance) -> Iterator[Block]:
    names = {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
    names |= {pack.body: body_name(pack) for pack in guidance.packs}
    for point in guidance.differences_on(["family-and-friends"]):
        yield Heading(2, f"Where the documents differ: {point.topic}")
        yield Terms(tuple((names[each.of], each.says) for each in point.positions))


def _sheet(entry: Entry) -> Sheet:
    entry.check(SCHEMA)
    entry.one_of("shows", {each.name for each in fields(Me)})
    entry.one_of("cites", {each.id for each in load().provisions()})
    values: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in entry.values.items()
    }
    return Sheet(**values)


@cache
def _family() -> Mapping[str, Any]:
    values = read(FILE).get("family")
    if not isinstance(values, dict):
        raise PackError(FILE, None, "no [family] was found. Write it under its own [family] line.")
    entry = Entry(FILE, "family", 0, values)
    entry.check(FAMILY)
    entry.one_of("cites", {each.id for each in load().provisions()})
    return values
