"""The small language in which rule files say how a breach looks, matched in linear time.

A phrase is words with spaces between: `my client|patient ~ said|told`. Each part matches folded tokens:

    word            that word                       a|b|c     any of these
    cry*            any word that begins so         @kin      any entry of that word class
    <person>        a word inside such a mention    part?     the part may be left out
    ~  ~6           up to three (six) other words   ^  $      the sentence begins (ends) here

A phrase never crosses a sentence. Matching keeps the set of places reached so far and never turns
back, so no text, however hostile, costs more than its length times the length of the phrase.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forethought.errors import ForethoughtError
from forethought.reading.model import Span, Token

Classes = Mapping[str, frozenset[tuple[str, ...]]]
_PART = re.compile(r"~\d*|\^|\$|[^\s~^$]+")
_GAP = 3


class PhraseError(ForethoughtError):
    """A phrase that the language cannot read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a phrase: the words, beginnings, classes and mention kinds that it takes."""

    words: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    stems: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0
    edge: str = ""

    def ends(self, line: "Line", at: int) -> Iterator[int]:
        """Yield each place that this part can reach from token `at`."""
        if self.edge:
            if at == (0 if self.edge == "^" else len(line.words)):
                yield at
            return
        if self.gap:
            yield from range(at, min(at + self.gap, len(line.words)) + 1)
            return
        if self.optional:
            yield at
        if at < len(line.words):
            yield from self._taken(line, at)

    def _taken(self, line: "Line", at: int) -> Iterator[int]:
        word = line.words[at]
        if word in self.words or (self.stems and word.startswith(self.stems)) or (self.kinds & line.kinds[at]):
            yield at + 1
        for run in self.runs:
            if word == run[0] and line.words[at : at + len(run)] == run:
                yield at + len(run)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as phrases see it: folded words, their spans, and the mention kinds each stands in."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    kinds: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], kinds: Sequence[frozenset[str]]) -> "Line":
        """Make a line of a sentence's tokens."""
        return cls(tuple(t.folded for t in tokens), tuple(t.span for t in tokens), tuple(kinds))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase made ready: `source` as written, and its parts."""

    source: str
    parts: tuple[Part, ...]

    def match(self, line: Line, start: int) -> int | None:
        """Return the furthest token end of a match that begins at token `start`, or None."""
        places = {start}
        for part in self.parts:
            places = {end for at in places for end in part.ends(line, at)}
            if not places:
                return None
        return max(places)


def compile_phrase(source: str, classes: Classes) -> Phrase:
    """Read one phrase. Raises `PhraseError` where it names an unknown class or has no word to begin with."""
    parts = tuple(_part(piece, source, classes) for piece in _PART.findall(source))
    solid = [part for part in parts if not part.edge]
    if not solid or solid[0].gap or solid[0].optional:
        raise PhraseError(f"The phrase '{source}' must begin with a word that is always there.")
    return Phrase(source, parts)


def _part(piece: str, source: str, classes: Classes) -> Part:
    if piece in "^$":
        return Part(edge=piece)
    if piece[0] == "~":
        return Part(gap=int(piece[1:] or _GAP))
    optional = piece.endswith("?")
    words, runs, stems, kinds = set[str](), set[tuple[str, ...]](), list[str](), set[str]()
    for choice in piece.rstrip("?").split("|"):
        if choice.startswith("@"):
            for entry in _named(choice[1:], source, classes):
                (words.add(entry[0]) if len(entry) == 1 else runs.add(entry))
        elif choice.startswith("<"):
            kinds.add(choice.strip("<>"))
        elif choice.endswith("*"):
            stems.append(choice[:-1])
        else:
            words.add(choice)
    return Part(frozenset(words), frozenset(runs), tuple(stems), frozenset(kinds), optional)


def _named(name: str, source: str, classes: Classes) -> frozenset[tuple[str, ...]]:
    if name not in classes:
        raise PhraseError(f"The phrase '{source}' uses @{name}, which is not a word class. Use @{', @'.join(sorted(classes))}.")
    return classes[name]


class PhraseBook:
    """Many phrases at once, found by the word that each begins with."""

    def __init__(self, phrases: Iterable[tuple[str, Phrase]]) -> None:
        """Take pairs of an owner's name and a phrase."""
        self._by_word: dict[str, list[tuple[str, Phrase]]] = {}
        self._by_other: list[tuple[str, Phrase]] = []
        for owner, phrase in phrases:
            first = next(part for part in phrase.parts if not part.edge)
            if first.stems or first.kinds:
                self._by_other.append((owner, phrase))
            for word in {*first.words, *(run[0] for run in first.runs)} if not (first.stems or first.kinds) else ():
                self._by_word.setdefault(word, []).append((owner, phrase))

    def matches(self, line: Line) -> Iterator[tuple[str, Phrase, Span]]:
        """Yield owner, phrase and the span in the text of every match in one sentence."""
        for start, word in enumerate(line.words):
            for owner, phrase in (*self._by_word.get(word, ()), *self._by_other):
                end = phrase.match(line, start)
                if end is not None and end > start:
                    yield owner, phrase, Span(line.spans[start].start, line.spans[end - 1].end)
