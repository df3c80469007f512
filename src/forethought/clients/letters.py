"""Names as letters: folded alike, with the families of given names and of surnames, and how a name sounds.

`families.txt` and `surnames.txt` are compilations of common facts made for this project; `words.txt` is taken from its
own posts.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forethought.reading.lexicon import names
from forethought.reading.tokens import fold

HERE = Path(__file__).parent
_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "n"}
_ALIKE = dict(zip("авекмнорстухіјѕ" + "αβεικνορτυχ", "abekmhopctyxijs" + "abeikvoptux", strict=True))  # to the eye
_PLAIN, _LOOK_ALIKE = str.maketrans(_LETTERS), str.maketrans(_ALIKE)
LEAST_MAC = 6  # letters of a surname of which Mac may be written Mc
_ASCII = re.compile("[a-z]")
_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"), (r"^wh", "w"), (r"^(?:wr|rh)", "r"), (r"^(?:kn|gn)", "n"), (r"(?<=.)gh", ""),
        (r"ck|q|x(?=.)", "k"), (r"sch|tch", "ch"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"z", "s"), (r"th", "t"),
        (r"dge?", "j"), (r"(?<=[aeiou])y|y|ie|ei|ee|ea", "i"), (r"ou|oo", "u"), (r"ai|ae", "a"),
        (r"(?<=.)h(?![aeiou])", ""), (r"w(?=[^aeiou]|$)", ""), (r"(?<=.{2})e$", ""), (r"(?<=.)e(?=s$)", ""),
        (r"ps$|mps", "ms"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@cache
def families() -> dict[str, frozenset[str]]:
    """Return, for each given name that is in a family, the heads of its families."""
    found: dict[str, set[str]] = {}
    for line in _lines("families.txt"):
        head, *others = (letters(word) for word in line.split())
        for name in (head, *others):
            found.setdefault(name, set()).add(head)
    return {name: frozenset(heads) for name, heads in found.items()}


@cache
def surnames() -> dict[str, str]:
    """Return, for each surname that is written in several ways, the spelling that stands for all."""
    lines = (line.split() for line in _lines("surnames.txt"))
    return {spelling: head for head, *others in lines for spelling in (head, *others)}


@cache
def common_words() -> frozenset[str]:
    """Return the words that are not taken for a name by themselves."""
    return frozenset(_lines("words.txt"))


@cache
def first_names() -> dict[str, bool]:
    """Return the given names that are known, and whether each is also a word and so needs a capital."""
    listed = {run[0]: also_word for run, also_word in names("first_names").items() if len(run) == 1}
    return {name: name in common_words() or len(name) < 3 for name in families()} | listed


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def letters(text: str) -> str:
    """Return the letters of a name alone: no case, accents, spaces or signs; letters that look Latin become so.

    Letters of another alphabet are read as Latin only where they stand among Latin ones, as somebody who hides does.
    """
    folded = fold(text).translate(_PLAIN)
    if not folded.isascii() and _ASCII.search(folded):
        folded = folded.translate(_LOOK_ALIKE)
    return "".join(letter for letter in folded if letter.isalpha())


def heads(given: str) -> tuple[str, ...]:
    """Return what a given name, as letters, is compared by: the heads of its families, or itself where it has none."""
    return tuple(sorted(families().get(given, (given,))))


def spelt(surname: str) -> str:
    """Return the spelling, as letters, that stands for a surname in all its spellings; Mac is Mc in any.

    >>> spelt("hussein"), spelt("macdonald"), spelt("threlfall")
    ('hussain', 'mcdonald', 'threlfall')
    """
    known = surnames().get(surname, surname)
    return f"mc{known[3:]}" if known.startswith("mac") and len(known) >= LEAST_MAC else known


def sound(name: str) -> str:
    """Return how a name, as letters, sounds in English, roughly; vowels stay, so that only like spellings meet.

    Made for this project, of common facts of English spelling.
    """
    for pattern, by in _SOUNDS:
        name = pattern.sub(by, name)
    return name


def without_one(word: str) -> tuple[str, ...]:
    """Return a word with each of its letters left out in turn, each result once."""
    return tuple(dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))
