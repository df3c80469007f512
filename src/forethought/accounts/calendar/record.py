"""The yearly record of reasonable care: what was reviewed and mended, by whom, what is due, and which guidance asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forethought.accounts.calendar.due import Due
from forethought.accounts.calendar.rhythm import Rhythm, later, rhythms
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table
from forethought.guidance import Guidance, Provision
from forethought.pages.wording import day_words
from forethought.policy.citing import cited, lines

CARE = ("BABCP-66", "BABCP-67", "GPIA-31", "GPIA-33", "GPIA-142", "BACP2-43")  # provisions that ask for care as such
LIMITS = (
    "This shows what was done and noted. It does not show that nothing was missed, and whether the care taken was "
    "reasonable is for your body, or whoever else asks, to decide."
)
TAKEN_OVER = "taken-over"  # the kind of an entry that is no review
KEPT_OUT = "[left out]"
_SECRET = re.compile(
    r"""\S+@\S+                           # an e-mail address, or a handle with its server
      | (?i:\bhttps?://\S+|\bwww\.\S+)    # a link
      | (?<![\w-])[+(]?\d[\d\s().-]{7,}\d # a telephone number, as against a day such as 2026-11-29
    """,
    re.VERBOSE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One review that was made: the day, its kind (an id of a rhythm), of what, by whom, and what came of it.

    Of the kind TAKEN_OVER it is an account that was taken over, with how it ended and the stages that were noted.

    `changed` is what had changed since the review before, and `mended` what was put right; titles do, and what a
    review found in detail stays where it is.
    """

    on: date
    kind: str
    of: str = ""
    by: str = "you"
    changed: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def record(entries: Iterable[Entry], dues: Iterable[Due], until: date, guidance: Guidance) -> Document:
    """Return the record of the twelve months that end on a day, to print.

    E-mail addresses, links and telephone numbers are left out of what was noted; the record holds no password.
    """
    own = _within(entries, until)
    answered = _provisions(own, guidance)
    reviews = [each for each in own if each.kind != TAKEN_OVER]
    counted = f"{len(reviews)} {'review' if len(reviews) == 1 else 'reviews'}"
    blocks = [
        Paragraph(f"From {day_words(_start(until))} to {day_words(until)}: {counted}."),
        *_reviewed(reviews),
        *_taken_over(each for each in own if each.kind == TAKEN_OVER),
        *_items("Not reviewed in these months", (kind.title for kind in _missing(own))),
        *_items("Due next", (f"{plain(each.title)}: {day_words(each.on)}" for each in _ordered(dues))),
        *_items("What these reviews answer", lines(answered, guidance)),
        *_items("What asks for care as such", lines(cited(CARE, guidance), guidance)),
        Note(LIMITS),
    ]
    return Document("A year of care for your accounts", tuple(blocks))


def data(entries: Iterable[Entry], dues: Iterable[Due], until: date, guidance: Guidance) -> dict[str, Any]:
    """Return the same record as data, for `--format json`."""
    own = _within(entries, until)
    return {
        "from": _start(until).isoformat(),
        "until": until.isoformat(),
        "reviews": [_entry(each) for each in own if each.kind != TAKEN_OVER],
        "taken_over": [_entry(each) for each in own if each.kind == TAKEN_OVER],
        "not_reviewed": [kind.id for kind in _missing(own)],
        "due": [{"id": each.id, "title": plain(each.title), "on": each.on.isoformat()} for each in _ordered(dues)],
        "provisions": [each.id for each in _provisions(own, guidance)],
        "care": [each.id for each in cited(CARE, guidance)],
        "limits": LIMITS,
    }


def plain(words: str) -> str:
    """Return words without the e-mail addresses, links and telephone numbers in them.

    >>> plain("Took 07700 900123 off the page on 2026-11-29")
    'Took [left out] off the page on 2026-11-29'
    """
    return _SECRET.sub(lambda found: found[0] if _DAY.fullmatch(found[0]) else KEPT_OUT, words)


def _within(entries: Iterable[Entry], until: date) -> tuple[Entry, ...]:
    start = _start(until)
    return tuple(sorted((each for each in entries if start <= each.on <= until), key=lambda each: each.on))


def _start(until: date) -> date:
    return later(until + timedelta(days=1), -12)


def _ordered(dues: Iterable[Due]) -> Sequence[Due]:
    return sorted(dues, key=lambda each: (each.on, each.title))


def _missing(entries: Sequence[Entry]) -> tuple[Rhythm, ...]:
    made = {each.kind for each in entries}
    return tuple(kind for id, kind in rhythms().items() if id not in made)


def _provisions(entries: Sequence[Entry], guidance: Guidance) -> tuple[Provision, ...]:
    """Return the active provisions behind the kinds of review that were made, but for plain facts."""
    kinds = (rhythms()[each.kind] for each in entries if each.kind in rhythms())
    found = cited({id for kind in kinds for id in kind.cites}, guidance)
    return tuple(each for each in found if each.standing != "silent")


def _reviewed(entries: Sequence[Entry]) -> Iterator[Block]:
    if entries:
        heads = ("When", "What", "By whom", "What had changed", "What was mended")
        yield Table("What was reviewed", heads, tuple(_row(each) for each in entries))


def _taken_over(entries: Iterable[Entry]) -> Iterator[Block]:
    if rows := tuple((day_words(each.on), plain(each.of), _told(each.mended), _told(each.changed)) for each in entries):
        yield Table("Accounts that were taken over", ("Since", "What", "Stages with a note", "How it stands"), rows)


def _row(each: Entry) -> tuple[str, ...]:
    return (day_words(each.on), _what(each), plain(each.by), _told(each.changed), _told(each.mended))


def _what(each: Entry) -> str:
    title = rhythms()[each.kind].title if each.kind in rhythms() else each.kind
    return plain(f"{title}: {each.of}" if each.of else title)


def _told(words: Iterable[str]) -> str:
    return "; ".join(plain(each) for each in words) or "Nothing noted"


def _items(heading: str, items: Iterable[str]) -> Iterator[Block]:
    if told := tuple(items):
        yield from (Heading(2, heading), Listing(told))


def _entry(each: Entry) -> dict[str, Any]:
    return {
        "on": each.on.isoformat(),
        "kind": each.kind,
        "of": plain(each.of),
        "by": plain(each.by),
        "changed": [plain(words) for words in each.changed],
        "mended": [plain(words) for words in each.mended],
    }
