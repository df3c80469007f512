"""The searches for oneself, and what they found, as documents and as data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from forethought.accounts.searching.queries import WHAT, Engine, Search
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table, Terms
from forethought.guidance import Guidance
from forethought.policy.citing import cited, lines

CITES = ("GPIA-112", "GPIA-113", "BACP1-24", "BACP1-25", "BACP2-11", "BACP2-12")  # provisions on searching for oneself
OPENED = (
    "Forethought opens none of these addresses and asks no engine anything. When you open one, the engine gets its "
    "words and your network address."
)
TELLING = "The engine may not know these words yet. Leave them out if you would rather not tell it."
BEFORE = (
    "Use a private window, signed out of every account, so that you see what others see.",
    "Look at three pages of results at least, and at pictures too.",
    "Open nothing that asks you to sign in, and do not ask to follow anybody.",
    "Note what you find, and mend the page itself before you ask an engine to forget it.",
)
LIMITS = "Engines show different people different things, so what you do not find may be found by others."


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a search found: where, what it was, and what was done about it, empty where nothing was yet."""

    where: str
    what: str
    done: str = ""


def document(searches: Sequence[Search], looks: Sequence[Engine], guidance: Guidance, today: date) -> Document:
    """Return the searches to open one by one, what each engine learns, and how to search by picture."""
    used = {each.id: each for each in (*(search.engine for search in searches), *looks)}
    blocks = [
        Note(OPENED),
        Heading(2, "Before you begin"),
        Listing(BEFORE),
        *_searches(searches),
        *(block for each in looks for block in _look(each)),
        Heading(2, "What each engine learns"),
        Terms(tuple((each.title, _learns(each, today)) for each in used.values())),
        *_grounds(guidance),
        Note(LIMITS),
    ]
    return Document("A search for yourself", tuple(blocks))


def _searches(searches: Sequence[Search]) -> Iterator[Block]:
    """Yield the searches by what they are for, and by their words."""
    for what, group in groupby(searches, lambda each: each.what):
        yield Heading(2, WHAT[what])
        members = tuple(group)
        if members[0].telling:
            yield Note(TELLING)
        for words, same in groupby(members, lambda each: each.words):
            yield Heading(3, words)
            yield Terms(tuple((each.engine.title, each.address) for each in same))


def _look(engine: Engine) -> Iterator[Block]:
    yield Heading(2, engine.title)
    yield Paragraph(engine.address)
    yield Listing(engine.steps, numbered=True)


def _learns(engine: Engine, today: date) -> str:
    day = engine.review_on
    stale = f" This was to be looked at again by {day.day} {day:%B %Y}." if today > day else ""
    return f"{engine.learns}{stale}"


def _grounds(guidance: Guidance) -> Iterator[Block]:
    if told := lines(cited(CITES, guidance), guidance):
        yield from (Heading(2, "Who asks for it"), Listing(told))


def findings(found: Iterable[Found], made: date, guidance: Guidance) -> Document:
    """Return what a search on a day found and what was done about it, what is still to do first."""
    rows = sorted(found, key=lambda each: bool(each.done))
    left = sum(not each.done for each in rows)
    told = "Nothing was noted." if not rows else f"{len(rows)} noted, {left} of them still to deal with."
    blocks: list[Block] = [Paragraph(f"Searched on {made.day} {made:%B %Y}. {told}")]
    if rows:
        cells = tuple((each.where, each.what, each.done or "Still to do") for each in rows)
        blocks.append(Table("What was found", ("Where", "What", "What was done"), cells))
    return Document("What a search for yourself found", (*blocks, *_grounds(guidance), Note(LIMITS)))


def record(searches: Iterable[Search]) -> list[dict[str, Any]]:
    """Return the searches as data, for `--format json`."""
    return [
        {
            "what": each.what,
            "words": each.words,
            "engine": each.engine.id,
            "address": each.address,
            "telling": each.telling,
        }
        for each in searches
    ]
