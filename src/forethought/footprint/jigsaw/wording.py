"""Words as they are looked up: what a phrase of a detail stands for in the hand-written tables."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from forethought.tables import table

HERE = Path(__file__).parent
WORD = re.compile(r"[^\W_]+")
Phrase = tuple[str, ...]


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Return the hand-written tables."""
    return table(HERE / "details.toml") | table(HERE / "occupations.toml")


def kind_of(word: str) -> str:
    """Return the kind that a word for it means: `job` is `occupation`."""
    plain = word.strip().casefold().replace("-", " ").replace("_", " ")
    return str(tables()["other"].get(plain, plain))


def phrase(text: str) -> Phrase:
    """Return the words of a text as they are compared, without case or hyphens."""
    return tuple(WORD.findall(text.casefold()))


def singular(words: Phrase) -> Phrase:
    """Return the words without an `s` at the end of the longer ones."""
    return tuple(word.removesuffix("s") if len(word) > 3 else word for word in words)


def known_as(said: Iterable[tuple[str, str]]) -> dict[Phrase, str]:
    """Return what each phrase stands for, as it is, and in the singular where that means nothing else."""
    exact = {phrase(words): name for words, name in said}
    return {singular(words): name for words, name in exact.items()} | exact


def longest(known: Mapping[Phrase, str], text: str) -> str:
    """Return what the longest known phrase within the text stands for, or nothing."""
    words = phrase(text)
    runs = (words[at : at + size] for size in range(len(words), 0, -1) for at in range(len(words) - size + 1))
    found = (known.get(run) or known.get(singular(run)) for run in runs)
    return next((name for name in found if name), "")


@cache
def names(kind: str) -> dict[Phrase, str]:
    """Return the phrases that mean each entry of a kind."""
    entries = tables().get(kind, {}).items()
    return known_as((word, name) for name, entry in entries for word in _said(name, entry))


def plain_names(which: str) -> dict[Phrase, str]:
    """Return the phrases of a table that has no other words for its entries."""
    return known_as((word, word) for word in tables()[which])


def _said(name: str, entry: Any) -> Iterable[str]:
    also = entry.get("also", "") if isinstance(entry, dict) else ""
    return (word for word in (name, *also.split(",")) if word.strip(" _"))
