"""What to search for about oneself, and the addresses of the searches, which are prepared here and opened by a person.

Nothing here asks an engine anything. Whoever opens an address sends its words to the engine, and their network address
with them, so an address, a number or an e-mail address is searched for by itself and never beside a name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args
from urllib.parse import quote

from forethought.errors import UnknownNameError
from forethought.guidance.schema import Entry, Schema, read, tables

Kind = Literal["words", "pictures", "look"]
FILE = Path(__file__).parent / "engines.toml"
WORDS = "{words}"
SCHEMA = Schema(
    required={
        "id": str, "kind": str, "title": str, "address": str, "learns": str, "source": str, "read_on": date,
        "review_on": date,
    },
    optional={"steps": list},
)  # fmt: skip
WHAT: Mapping[str, str] = MappingProxyType(
    {
        "name": "Your name",
        "old-name": "A name that you had before",
        "nickname": "A nickname",
        "handle": "What an account is called",
        "town": "Your name and a town",
        "profession": "Your name and your profession",
        "workplace": "Your name and a workplace",
        "phone": "A telephone number",
        "mail": "An e-mail address",
        "home": "Your home address",
    }
)  # what is searched for, in this order
TELLING = frozenset({"phone", "mail", "home"})  # what the engine may not know yet, and learns by the search
PICTURED = frozenset({"name", "old-name", "handle"})  # what pictures are searched for by
LEAST = 3  # characters without which a search finds everything and nothing
_UK = re.compile(r"(?:(?:\+|00)44\s*(?:\(0\))?|0)\s*([1-9][\d\s()./-]+)")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Me:
    """What a person gives to be searched for; it stays in memory, and is never in an error's words.

    `handles` are those of accounts for work, and `private_handles` those of all others.
    """

    names: tuple[str, ...] = ()
    old_names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    private_handles: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    workplaces: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A search engine: its address with a place for the words, what it learns from a search, and when it was read.

    One of the kind `look` takes a picture by hand: its page is opened as it stands, and `steps` say how.
    """

    id: str
    kind: Kind
    title: str
    address: str
    learns: str
    source: str
    read_on: date
    review_on: date
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, a key of WHAT, and the words with their quotation marks."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Search:
    """A search that a person may open: what for, with which words, where, and the address; opening it tells the engine.

    `telling` says that the engine may learn something from it that it did not know.
    """

    what: str
    words: str
    engine: Engine
    address: str

    @property
    def telling(self) -> bool:
        """Whether the words are themselves private."""
        return self.what in TELLING


@cache
def engines(path: Path = FILE) -> Mapping[str, Engine]:
    """Return the engines by id, in reading order. Raises PackError, naming file and line."""
    found: dict[str, Engine] = {}
    for entry in tables(path, read(path), "engine"):
        engine = _engine(entry)
        if engine.id in found:
            raise entry.fault(f"'{engine.id}' is the id of two engines. Give each its own.", "id")
        found[engine.id] = engine
    return MappingProxyType(found)


def searches(me: Me, wanted: Iterable[str] = ()) -> tuple[Search, ...]:
    """Return the searches for a person in these engines, or in all; their addresses are prepared and not opened.

    Each engine for words has every search, one for pictures those by name. Raises UnknownNameError for an engine that
    is not in the list.
    """
    chosen = [_known(id) for id in wanted] or list(engines().values())
    return tuple(
        Search(query.what, query.words, engine, engine.address.replace(WORDS, quote(query.words, safe="")))
        for query in queries(me)
        for engine in chosen
        if engine.kind == "words" or (engine.kind == "pictures" and query.what in PICTURED)
    )


def looks(wanted: Iterable[str] = ()) -> tuple[Engine, ...]:
    """Return the image searches by hand among these engines, or all. Raises UnknownNameError as `searches` does."""
    chosen = [_known(id) for id in wanted] or list(engines().values())
    return tuple(each for each in chosen if each.kind == "look")


def queries(me: Me) -> tuple[Query, ...]:
    """Return what to search for, each once, in the order of WHAT; words that are too short to find anything are not."""
    found: dict[str, Query] = {}
    for what, words in _each(me):
        found.setdefault(words.casefold(), Query(what, words))
    return tuple(found.values())


def phone_forms(number: str) -> tuple[str, ...]:
    """Return the ways in which people write a number; one that is not from the United Kingdom is given in two.

    >>> phone_forms("+44 7700 900123")
    ('07700 900123', '07700900123', '07700 900 123', '+44 7700 900123', '+447700900123')
    """
    match = _UK.fullmatch(number.strip())
    if not match:
        bare = re.sub(r"[^\d+]", "", number)
        return tuple(dict.fromkeys((" ".join(number.split()), bare)))
    digits = re.sub(r"\D", "", match[1])
    local = [" ".join(_cut(f"0{digits}", sizes)) for sizes in _sizes(digits)]
    main = local[0]
    return tuple(dict.fromkeys((main, f"0{digits}", *local[1:], f"+44 {main[1:]}", f"+44{digits}")))


def _sizes(digits: str) -> Sequence[tuple[int, ...]]:
    """Return how a number of the United Kingdom is grouped, from its digits without the first 0.

    Grouping after Ofcom's numbering plan, from general knowledge: 020 4 4; 0113 and 0121 3 4; others 5 and the rest.
    """
    if digits[0] == "2":
        return ((3, 4, 4),)
    if digits[0] in "389" or re.match(r"1(1\d|\d1)", digits):
        return ((4, 3, 4),)
    return ((5, 6), (5, 3, 3))


def _cut(digits: str, sizes: Sequence[int]) -> Iterator[str]:
    for size in sizes[:-1]:
        part, digits = digits[:size], digits[size:]
        yield part
    yield digits


def _each(me: Me) -> Iterator[tuple[str, str]]:
    """Yield what is searched for with its words, in the order of WHAT."""
    names = (*me.names, *me.old_names)
    yield from _quoted("name", me.names)
    yield from _quoted("old-name", me.old_names)
    yield from _quoted("nickname", me.nicknames)
    yield from _quoted("handle", (each.strip().lstrip("@") for each in (*me.handles, *me.private_handles)))
    for what, beside in (("town", me.towns), ("profession", me.professions), ("workplace", me.workplaces)):
        for name, other in product(names, beside):
            if _exact(name) and _exact(other):
                yield what, f"{_exact(name)} {_exact(other)}"
    yield from _quoted("phone", (form for each in me.phones for form in phone_forms(each)))
    yield from _quoted("mail", me.mails)
    yield from _quoted("home", me.homes)


def _quoted(what: str, given: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((what, words) for words in map(_exact, given) if words)


def _exact(words: str) -> str:
    """Return words on one line, as a phrase in quotation marks; nothing where they are too short to find anything."""
    line = " ".join(re.sub(r'["“”„]', " ", words).split())
    return f'"{line}"' if len(line) >= LEAST else ""


def _known(id: str) -> Engine:
    if id not in engines():
        raise UnknownNameError("search engine", id, engines())
    return engines()[id]


def _engine(entry: Entry) -> Engine:
    entry.check(SCHEMA)
    entry.one_of("kind", get_args(Kind))
    by_hand, address = entry.values["kind"] == "look", entry.values["address"]
    if not address.startswith("https://"):
        raise entry.fault("the address does not begin with https://. Give one that does.", "address")
    if (address.count(WORDS) == 1) is by_hand:
        raise entry.fault(f"an address for words takes {WORDS} once, and one by hand does not. Mend it.", "address")
    if by_hand is not bool(entry.values.get("steps")):
        raise entry.fault("a search by hand has steps, and no other has. Add them, or take them out.", "steps")
    values: dict[str, Any] = {**entry.values, "steps": tuple(entry.values.get("steps", ()))}
    return Engine(**values)
