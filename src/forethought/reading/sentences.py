"""Where sentences begin and end: at stops that end something, line breaks, emoji, and where a new one plainly opens.

One pass over the text, so that a draft of any size costs in proportion to its length.
"""

import re
from collections.abc import Iterator

from forethought.reading.model import Span

_TITLES = frozenset(
    "dr mr mrs ms mx prof rev fr sr st vs v cf eg ie e.g i.e approx fig vol pp tel ext hon sgt capt".split()
)
_SHORTENED = frozenset("jr rd ave etc est inc ltd dept a.m p.m am pm u.k n.b nb ph.d b.a m.a m.sc b.sc al p".split())
_END = re.compile(
    r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’)\]]*+(?=\s|$)"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?(?=\s+[A-Z\"“‘])"
    r"|(?<=[a-z0-9])\s(?=(?:The|This|That|There|It|He|She|They|We|My|Our|Your)\s[a-z])"
    r"|\n+"
)
_LONGEST = 1_000  # characters; a run without a full stop is cut here, so that no sentence is costly
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")


def sentence_spans(text: str) -> Iterator[Span]:
    """Yield the span of each sentence of `text`, without the white space around it."""
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _abbreviated(text, end.end()):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _abbreviated(text: str, stop: int) -> bool:
    """Say whether the full stop that ends at `stop` closes a title, an initial or a shortened word."""
    word = _LAST_WORD.search(text, max(0, stop - 12), stop)
    if not word or not text[stop : stop + 2].strip():
        return False
    if word[1].lower() in ("no", "nos"):
        return text[stop : stop + 2].strip()[:1].isdigit()
    if word[1].lower() in _TITLES or _initial(word[1], text[word.start(1) - 1 : word.start(1)]):
        return True
    return word[1].lower() in _SHORTENED and text[stop : stop + 2].strip()[:1].islower()


def _initial(word: str, before: str) -> bool:
    """Say whether a word is a letter that stands for a name, which the last of "A&E" does not."""
    return len(word) == 1 and word.isupper() and word != "I" and before != "&"


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield `text[start:end]` without its white space, cut where it is longer than any sentence is."""
    while start < end:
        stop = end if end - start <= _LONGEST else _cut(text, start)
        yield from _stripped(text, start, stop)
        start = stop


def _cut(text: str, start: int) -> int:
    """Return where to cut an endless sentence: at the last space within bounds, or at the bound."""
    return max(text.rfind(" ", start + 1, start + _LONGEST), 0) or start + _LONGEST


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
