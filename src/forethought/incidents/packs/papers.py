"""What is to be read in a pack: the cover sheet, the chronology in parts, likely challenges, and plain text files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template
from textwrap import fill
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Terms
from forethought.guidance.schema import Schema, read, tables
from forethought.incidents.fields import ITEM_KINDS, WHATS, title_of, value_of
from forethought.incidents.packs.model import Case, Selection, Told

HERE = Path(__file__).parent
MOST_ENTRIES, MOST_LETTERS = 150, 150_000  # in one part of the chronology
WHEN = ("posted", "when", "began", "time", "captured")  # the fields that say when it happened, the best first
UNSHOWN = ("token", "roots")  # of a stamp: they lie in files of their own
ORIGIN_WORDS = (
    "[observed] was seen by Forethought itself, [said] was written by the person who keeps this, and [file] was read "
    "from the item's own file."
)
CLOCK = "by the clock of the sender's computer"
SENDER = "From, and how to reach the sender (to be filled in by hand): " + "." * 60
WIDTH = 110  # letters of a line in README.txt
LINE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of file that can be written here: for what is read, and for the chronology, which may be edited too."""

    for_reading: tuple[str, ...]
    for_work: tuple[str, ...]


@cache
def kinds() -> Kinds:
    """Return PDF and Word where their writers are installed; a page for any browser in place of a PDF."""
    reading = "pdf" if find_spec("typst") else "html"
    return Kinds((reading,), (reading, "docx") if find_spec("docx") else (reading,))


def cover(case: Case, selection: Selection, made: datetime) -> Document:
    """Return the cover sheet for a recipient."""
    title = next((value_of(each.fields, "title") for each in selection.told if each.kept.what == "incident"), "")
    covered = sum(each.covered for each in selection.going)
    rows = [("For", selection.recipient.title), ("About", title), ("Made", told_time(made))]
    rows += [
        ("Items", f"{len(selection.going)}, of them {covered} with parts covered"),
        ("Held back", _held(selection)),
    ]
    rows += [("Incident", case.incident), ("Events in the chain", str(len(case.links))), ("Head", case.head.hash)]
    return Document(
        "Cover sheet",
        (
            Terms(tuple((name, words) for name, words in rows if words)),
            Listing(selection.recipient.cover),
            Paragraph(SENDER),
            Heading(2, "Pack number"),
            Paragraph(
                "The pack number is the line in the file seal.txt. It depends on every other file, this one too, so it "
                "cannot stand here. Compare it with the number that the sender told you in another way."
            ),
            Heading(2, "What this pack shows"),
            *map(Paragraph, statement(case).strip().split("\n\n")),
            Note("README.txt says how to check the pack, with or without the program that made it."),
        ),
    )


def _held(selection: Selection) -> str:
    """Return how many items are held back and why, without which."""
    reasons = [each.why for each in selection.held]
    return "; ".join(f"{reasons.count(why)}: {why}" for why in dict.fromkeys(reasons))


def told_time(at: datetime) -> str:
    """Return a moment for paper."""
    return f"{at.astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")


def parts(selection: Selection) -> tuple[tuple[Told, ...], ...]:
    """Return what is told, in the order in which it happened as far as that is known, cut into parts."""
    found: list[list[Told]] = [[]]
    letters = 0
    for each in sorted(selection.told, key=_when):
        letters += sum(len(str(field["value"])) for field in each.fields.values())
        if len(found[-1]) >= MOST_ENTRIES or (letters > MOST_LETTERS and found[-1]):
            found.append([])
            letters = 0
        found[-1].append(each)
    return tuple(map(tuple, found))


def _when(told: Told) -> tuple[datetime, int]:
    """Return when something happened, else when it was kept; a time without a zone is taken for UTC."""
    for name in WHEN:
        try:
            at = datetime.fromisoformat(str(value_of(told.fields, name)))
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), told.kept.event
        except (ValueError, OverflowError):
            continue
    return datetime.fromisoformat(told.began), told.kept.event


def chronology(part: tuple[Told, ...], number: int, of: int) -> Document:
    """Return one part of the chronology."""
    blocks: list[Block] = [
        Paragraph(
            "Entries are in the order of the time given in each, or where none can be told, of the time when it was "
            "kept. The number of each event is its place in the chain, whose order cannot be changed unseen."
        ),
        Paragraph(f"Where each value is from: {ORIGIN_WORDS}"),
    ]
    for each in part:
        blocks += [Heading(2, _headed(each)), Terms(tuple(_rows(each)))]
    return Document(f"Chronology, part {number} of {of}" if of > 1 else "Chronology", tuple(blocks))


def _headed(told: Told) -> str:
    kept = told.kept
    what = f"Item {kept.number}" if kept.kind == "item" and kept.number else WHATS[kept.what].capitalize()
    did = ", removed" if kept.did == "removed" else ""
    title = LINE.sub(" ", str(value_of(told.fields, "title"))).strip()[:200]
    return f"{what} (event {kept.event}{did}){f': {title}' if title else ''}"


def _rows(told: Told) -> Iterator[tuple[str, str]]:
    if told.file:
        yield "File in this pack", told.file
    yield "Kept", f"{told.began} {CLOCK}"
    if told.kept.at != told.began:
        yield "Last added to", f"{told.kept.at} {CLOCK}; what it said before is in the sender's ledger"
    for name, field in told.fields.items():
        if name not in UNSHOWN:
            yield f"{title_of(told.kept.kind, name)} [{field['from']}]", shown(name, field["value"])
    if not told.whole:
        yield "Left out", "fields that this recipient does not need; the rest cannot be checked against the chain"


def shown(name: str, value: Any) -> str:
    """Return a field's value for a reader."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return ITEM_KINDS.get(value, value) if name == "kind" else str(value)


def statement(case: Case) -> str:
    """Return what the pack shows and what it does not, in plain words."""
    last = max(case.stamps, key=lambda each: each.head_length, default=None)
    clock = (
        "The times here are those of the sender's computer. The chain fixes the order. Nobody outside confirmed them."
    )
    if last is None:
        return _filled("statement.txt", stamped=clock)
    stamped = (
        f"Every event up to number {last.head_length}, and so each item that was kept by then, existed no later than "
        f"{told_time(last.at)}, according to {last.authority}, and has not changed since. For later events: {clock}"
    )
    return _filled("statement.txt", stamped=stamped)


def readme(case: Case, kinds: Kinds) -> str:
    """Return how to check the pack and what each result means."""
    missing = [
        "The part that writes PDF files was not installed, so pages for a browser (.html) stand in their place.\n"
        * ("pdf" not in kinds.for_reading),
        "The part that writes Word files was not installed, so there is no .docx.\n" * ("docx" not in kinds.for_work),
    ]
    names = [f"stamps/{at:02}" for at, _ in enumerate(case.stamps, 1)]
    stamps = "".join(f"    openssl ts -verify -data {n}-head.txt -in {n}.tsr -CAfile {n}-roots.pem\n" for n in names)
    return _filled(
        "readme.txt",
        statement="\n\n".join(fill(each, WIDTH) for each in statement(case).strip().split("\n\n")),
        missing="".join(missing),
        stamps=stamps or "    (this pack has no timestamp)\n",
        head=case.head.hash,
    )


def _filled(name: str, **values: str) -> str:
    return Template((HERE / name).read_text(encoding="utf-8")).substitute(values)


@cache
def _challenges() -> tuple[Mapping[str, str], ...]:
    """Return the likely challenges, each with its answer. Raises PackError."""
    path = HERE / "challenges.toml"
    entries = tables(path, read(path), "challenge")
    for entry in entries:
        entry.check(Schema({"id": str, "says": str, "answer": str}, {"stamped": str}))
    return tuple(entry.values for entry in entries)


def challenges(case: Case) -> Document:
    """Return the page of likely challenges with honest answers; some differ where there is a timestamp."""
    blocks: list[Block] = [Paragraph("What may be said against this pack, and what it can and cannot answer.")]
    for each in _challenges():
        answer = each.get("stamped", each["answer"]) if case.stamps else each["answer"]
        blocks += [Heading(2, each["says"]), Paragraph(answer)]
    return Document("Likely challenges", tuple(blocks))
