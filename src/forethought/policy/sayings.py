"""What a policy from elsewhere says and should not: help lines' old or wrong numbers, and sentences of a few kinds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from forethought.guidance import Guidance, Provision
from forethought.policy.citing import cited
from forethought.tables import table

FILE = Path(__file__).parent / "sayings.toml"
BESIDE = 60  # characters after a line's name in which its number is looked for
_CURLY = str.maketrans("’‘“”", "''\"\"")
_NUMBER = re.compile(r"(?<![\w.])0?\d[\d ()-]{1,16}\d(?!\w)")
_BESIDE = re.compile(rf"(?s:.{{0,{BESIDE}}})[\d ()-]{{0,20}}")
_HOURS = re.compile(r"\b24(?:/7|[ -]?(?:hours?|hrs?))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences of one kind that a policy has, why they are worth a thought, what instead, and who speaks to it."""

    id: str
    title: str
    sentences: tuple[str, ...]
    why: str
    instead: str
    provisions: tuple[Provision, ...]


def wrong_numbers(text: str) -> tuple[str, ...]:
    """Return what to tell of each number in a text that is a help line's no longer, or stands beside another's name."""
    told = (each for line in _data()["line"] for each in (*_old(line, text), *_beside(line, text)))
    return tuple(dict.fromkeys(told))


def sayings(plain: Mapping[str, str], guidance: Guidance) -> tuple[Said, ...]:
    """Return the kinds of sentence that the active documents speak to, of sentences with each evened."""
    told = (_said(each, plain, guidance) for each in _data()["saying"])
    return tuple(each for each in told if each.sentences and each.provisions)


def evened(sentence: str) -> str:
    """Return a sentence in small letters, with straight quotation marks and single spaces."""
    return " ".join(sentence.casefold().translate(_CURLY).split())


def _said(kind: Mapping[str, Any], plain: Mapping[str, str], guidance: Guidance) -> Said:
    found = tuple(sentence for sentence, words in plain.items() if _is(kind, words))
    told = {key: kind[key] for key in ("id", "title", "why", "instead")}
    return Said(sentences=found, provisions=cited(kind["cites"], guidance), **told)


def _is(kind: Mapping[str, Any], words: str) -> bool:
    every = all(re.search(each, words) for each in kind["shows"])
    return every and not any(re.search(each, words) for each in kind["unless"])


def _old(line: Mapping[str, Any], text: str) -> Iterator[str]:
    """Yield the numbers of a text that were a line's once."""
    for number in _numbers(text):
        if _digits(number) in map(_digits, line.get("old", ())):
            yield f"This number is no longer the one of {line['name']}: {number}. {line['now']}"


def _beside(line: Mapping[str, Any], text: str) -> Iterator[str]:
    """Yield the first number after each naming of a line, where it is none of the line's, new or old."""
    known = {*map(_digits, line["numbers"]), *map(_digits, line.get("old", ()))}
    for named in re.finditer(rf"\b(?:{line['named']})\b", text):
        after = _HOURS.sub("", next(_BESIDE.finditer(text, named.end()))[0])
        beside = re.split(_others(line["named"]), after, maxsplit=1)[0]
        number = next(_numbers(beside), "")
        if number and _digits(number) not in known:
            yield f"This number is not the one of {line['name']}: {number}. {line['now']}"


def _numbers(text: str) -> Iterator[str]:
    return (found[0].strip() for found in _NUMBER.finditer(text) if len(_digits(found[0])) > 2)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _others(named: str) -> str:
    """Return a pattern for the end of what belongs to a line: another one's name, a stop, "or", or a blank line."""
    return "|".join(
        (r"\n\s*\n|[.;]\s|\b(?:or|999|111)\b", *(each["named"] for each in _data()["line"] if each["named"] != named))
    )


@cache
def _data() -> Mapping[str, Any]:
    return table(FILE)
