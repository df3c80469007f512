"""Which language a short text is in, as far as its letters and little words show."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from forethought.guidance.schema import Schema, read, tables

FILE = Path(__file__).with_name("languages.toml")
LANGUAGE = Schema({"id": str, "title": str, "words": str}, {})
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEW, ENOUGH = 4, 2  # words below which nothing is said, and little words that it takes
LONG = 7  # words from which a text without a little word of English is in some other language


def language(text: str) -> str:
    """Return the id of a text's language, or of its script; empty where too little shows it.

    `other` is a language of our letters that is not known here.
    """
    if script := _script(text):
        return script
    words = [each.lower().replace("’", "'") for each in WORD.findall(text)]
    hits = Counter(language for each in words for language in _known().get(each, ()))
    english = hits.pop("en", 0)
    best, found = max(hits.items(), key=lambda each: each[1], default=("", 0))
    if len(words) < FEW:
        return ""
    if found >= ENOUGH and found > english * 1.5:
        return best
    if english >= ENOUGH:
        return "en"
    return "other" if len(words) >= LONG and not english and not found else ""


def titled(id: str) -> str:
    """Return what a page calls a language or a script."""
    return _titles().get(id, "another language" if id == "other" else f"{id} letters")


def _script(text: str) -> str:
    """Return the script of most letters where that is not the Latin one."""
    letters = [each for each in text if each.isalpha()]
    foreign = [each for each in letters if each > "\u036f" and not "\u1e00" <= each <= "\u1eff"]
    if not foreign or len(foreign) * 2 < len(letters):
        return ""
    names = Counter(unicodedata.name(each, "OTHER").split()[0].capitalize() for each in foreign[:60])
    (name, _), *_ = names.most_common(1)
    return "" if name in ("Mathematical", "Fullwidth", "Modifier", "Latin") else name


@cache
def _titles() -> Mapping[str, str]:
    return {each.values["id"]: each.values["title"] for each in tables(FILE, read(FILE), "language")}


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that have each little word."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in tables(FILE, read(FILE), "language"):
        entry.check(LANGUAGE)
        for word in entry.values["words"].split():
            found[word] = (*found.get(word, ()), entry.values["id"])
    return found
