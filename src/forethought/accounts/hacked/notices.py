"""Notices after a hack, formal and short, filled from what is known; what is missing is asked for in brackets."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from forethought.errors import UnknownNameError
from forethought.guidance.schema import Schema, read, tables

FILE = Path(__file__).with_name("notices.toml")
PLACE = Schema({"id": str, "asks": str}, {})
NOTICE = Schema({"id": str, "title": str, "formal": str, "short": str}, {"neutral": bool})
_PLACE = re.compile(r"\{(\w+)\}")
# What would show somebody who opens a shared inbox that the sender is a therapist.
_SHOWS_WORK = re.compile(
    r"therap|counsel|psych|\bcbt\b|\bemdr\b|mental|clinic|client|patient|session|appointment|supervis|wellbeing|trauma"
    r"|anxi|depress|\bdr\b|\bb(?:ab|ac)p\b|\bukcp\b|\bncps\b|\bhcpc\b|\bnhs\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log: when, and what was done, in the person's words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a hack; whatever is empty is asked for. `platform` is its title, such as `Facebook`."""

    platform: str = ""
    handle: str = ""
    name: str = ""
    practice: str = ""
    happened: datetime | None = None
    aware: datetime | None = None
    regained: datetime | None = None
    what: str = ""
    posted: str = ""
    how_many: str = ""
    effect: str = ""
    measures: str = ""
    references: str = ""
    other_way: str = ""
    log: tuple[Logged, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A draft in two lengths, with the places for which something is still missing; nothing is ever sent."""

    id: str
    title: str
    formal: str
    short: str
    neutral: bool = False
    missing: tuple[str, ...] = ()


def notices(told: Told, wanted: Iterable[str] = ()) -> tuple[Notice, ...]:
    """Return the drafts with these ids (all, where none is given) in their order, filled from what is known.

    In a neutral notice, words that show the sender's work are left out and asked for anew. Raises UnknownNameError.
    """
    ids = {*wanted}
    known = [each.id for each in templates()]
    for each in sorted(ids - {*known}):
        raise UnknownNameError("notice", each, known)
    values = filled(told)
    return tuple(_drafted(each, values) for each in templates() if not ids or each.id in ids)


def filled(told: Told) -> Mapping[str, str]:
    """Return what goes into each place; one for which nothing is known is left out."""
    moments = {name: said(at) for name in ("happened", "aware", "regained") if (at := getattr(told, name))}
    words = {name: str(getattr(told, name) or "").strip() for name in places() if name not in (*moments, "log")}
    lines = "\n".join(f"- {said(each.at)}: {each.words.strip()}" for each in sorted(told.log, key=_instant))
    return {name: value for name, value in {**words, **moments, "log": lines}.items() if value}


def said(at: datetime) -> str:
    """Return a moment as a notice says it, with its zone where it has one."""
    return f"{at.day} {at:%B %Y}, {at:%H:%M} {at:%Z}".rstrip()


@cache
def places() -> Mapping[str, str]:
    """Return what is asked for at each place where nothing is known. Raises PackError, naming file and line."""
    entries = tables(FILE, read(FILE), "place")
    for each in entries:
        each.check(PLACE)
    return {each.values["id"]: each.values["asks"] for each in entries}


@cache
def templates() -> tuple[Notice, ...]:
    """Return the notices with their places unfilled, in order. Raises PackError, naming file and line."""
    found = []
    for entry in tables(FILE, read(FILE), "notice"):
        entry.check(NOTICE)
        for length in ("formal", "short"):
            for place in _PLACE.findall(entry.values[length]):
                if place not in places():
                    raise entry.fault(f"'{place}' is not a place. Use one that [[place]] names.", length)
        found.append(Notice(**entry.values))
    return tuple(found)


def _drafted(template: Notice, values: Mapping[str, str]) -> Notice:
    known = {name: words for name, words in values.items() if not (template.neutral and _SHOWS_WORK.search(words))}
    used = dict.fromkeys(_PLACE.findall(f"{template.formal} {template.short}"))
    formal, short = (_fill(words, known) for words in (template.formal, template.short))
    return replace(template, formal=formal, short=short, missing=tuple(each for each in used if each not in known))


def _fill(words: str, known: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: known.get(place[1]) or f"[{places()[place[1]]}]", words).strip()


def _instant(line: Logged) -> float:
    return line.at.timestamp()
