"""Posts out of JSON and JSON Lines, each with the exact text of its record, as far as the JSON is whole."""

import json
import re
from bisect import bisect_right
from collections.abc import Generator, Mapping
from datetime import datetime
from typing import Any

from forethought.footprint.archives.decode import fold_header
from forethought.incidents.pileon.model import Found
from forethought.incidents.pileon.tables import WANTED, post_of, text_in
from forethought.incidents.pileon.times import day_comes_first

PERSON = ("author", "user", "account", "from", "sender")  # where a record may hold an account as a record of its own
LISTS = frozenset("posts comments messages replies tweets items data statuses feed results".split())
BROKEN = "the JSON breaks off here, and nothing is read up to the next line that begins a record"
Element = tuple[int, int, Any]  # where a record begins and ends, and its value; one that breaks off ends where it began
_SPACE = re.compile(r"\s*")
_KEY = re.compile(r'\s*,?\s*(?=")')
_DECODER = json.JSONDecoder()


class _BrokenError(Exception):
    """The JSON is not whole at `at`."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def read_json(source: str, now: datetime, day_first: bool | None = None) -> Found:
    """Return what JSON or JSON Lines hold: a list, one object a line, or a list under a name such as `posts`."""
    posts, left = [], []
    known = day_comes_first(source)
    breaks = [found.start() for found in re.finditer("\n", source)]
    for start, end, value in _elements(source):
        where = f"line {bisect_right(breaks, start) + 1}"
        cells = _cells(value) if isinstance(value, dict) else {}
        if text_in(cells.get("words")):
            posts.append(post_of(cells, source[start:end], now, day_first if known is None else known))
            left += [f"{where}: the list '{name}' inside this record is not read" for name in _inside(value)]
        else:
            left.append(f"{where}: {'this record has no words' if end > start else BROKEN}")
    return Found(tuple(posts), tuple(left))


def _inside(value: Mapping[str, Any]) -> list[str]:
    return [name for name, held in value.items() if fold_header(name) in LISTS and isinstance(held, list) and held]


def _cells(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record says under the names that are looked for; an account may be a record of its own."""
    values = {fold_header(name): held for name, held in value.items()}
    person: Mapping[str, Any] = next((values[name] for name in PERSON if isinstance(values.get(name), dict)), {})
    inner = {fold_header(name): held for name, held in person.items()}
    found = {name: _first(values, name) for name in WANTED}
    found["handle"] = found["handle"] or _first(inner, "handle") or text_in(inner.get("name"))
    found["account_id"] = found["account_id"] or _first(inner, "account_id") or text_in(inner.get("id"))
    return found


def _first(values: Mapping[str, Any], name: str) -> str:
    return next((said for known in WANTED[name] if (said := text_in(values.get(known)))), "")


def _elements(source: str) -> Generator[Element, None, None]:
    """Yield each record; after one that breaks off, reading goes on where a line begins with a brace."""
    at = _skip(source, 0)
    while at < len(source):
        try:
            at = yield from _value(source, at)
        except _BrokenError as error:
            yield error.at, error.at, None
            at = source.find("\n{", max(at, error.at)) + 1 or len(source)
        at = _skip(source, at)


def _value(source: str, at: int) -> Generator[Element, None, int]:
    """Yield the records of one value at the top, and return where it ends."""
    if source[at] == "[":
        return (yield from _list(source, at))
    inside = _list_in(source, at) if source[at] == "{" else None
    if inside is not None:
        yield from _list(source, inside)
    value, end = _decoded(source, at)
    if inside is None or text_in(_cells(value).get("words")):
        yield at, end, value
    return end


def _list(source: str, at: int) -> Generator[Element, None, int]:
    at = _skip(source, at + 1)
    while source[at : at + 1] != "]":
        value, end = _decoded(source, at)
        yield at, end, value
        at = _skip(source, end)
        if source[at : at + 1] == ",":
            at = _skip(source, at + 1)
        elif source[at : at + 1] != "]":
            raise _BrokenError(min(at, len(source) - 1))
    return at + 1


def _list_in(source: str, at: int) -> int | None:
    """Return where the list of records begins that an object holds, or None where the object is a record itself."""
    at += 1
    while key := _KEY.match(source, at):
        name, end = _decoded(source, key.end())
        at = _skip(source, _skip(source, end) + 1)
        folded, opening = fold_header(str(name)), source[at : at + 1]
        if folded in WANTED["words"] and opening == '"':
            return None
        if folded in LISTS and opening == "[":
            return at
        if folded in LISTS and opening == "{" and (inside := _list_in(source, at)):
            return inside
        at = _decoded(source, at)[1]
    return None


def _decoded(source: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(source, at)
    except (ValueError, RecursionError):
        raise _BrokenError(min(at, len(source) - 1)) from None


def _skip(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at
