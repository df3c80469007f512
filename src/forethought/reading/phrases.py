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
from dataclasses import dataclass, field

from forethought.errors import ForethoughtError
from forethought.reading.model import Span, Token

Classes = Mapping[str, frozenset[tuple[str, ...]]]
_PART = re.compile(r"~\d*|\^|\$|[^\s~^$]+")
_GAP = 3
_COMMON = 40
_EVERYDAY = frozenset(
    "a an the i me my we our you your he she they him her them his their it its this that these those and or but if of "
    "to in on at for with from by as is are was were am be been 's have has had do does did not no so about who what "
    "when how all one just up out can will would".split()
)


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

    needed: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out `needed`: the words of which a sentence must hold one, empty where words alone cannot tell."""
        untold = self.optional or self.stems or self.kinds
        object.__setattr__(self, "needed", frozenset() if untold else self.words | {run[0] for run in self.runs})

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
    needs: tuple[frozenset[str], ...]

    def starts(self, line: Line) -> Iterable[int]:
        """Return the tokens at which a match may begin."""
        opening = self.parts[0].needed
        return [at for at, word in enumerate(line.words) if word in opening] if opening else range(len(line.words))

    def match(self, line: Line, start: int) -> int | None:
        """Return the furthest token end of a match that begins at token `start`, or None."""
        places: Iterable[int] = set(self.parts[0].ends(line, start))
        for part in self.parts[1:]:
            places = {end for at in places for end in part.ends(line, at)}
            if not places:
                return None
        return max(places, default=None)


def compile_phrase(source: str, classes: Classes) -> Phrase:
    """Read one phrase. Raises `PhraseError` where it names an unknown class or has no word to begin with."""
    parts = tuple(_part(piece, source, classes) for piece in _PART.findall(source))
    solid = [part for part in parts if not part.edge]
    if not solid or solid[0].gap or solid[0].optional:
        raise PhraseError(f"The phrase '{source}' must begin with a word that is always there.")
    return Phrase(source, parts, tuple(needed for part in parts if (needed := part.needed)))


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
    """Many phrases at once: each is tried only in sentences that hold a word of every part that must be there.

    A phrase is filed under the words of its rarest part, so that one that begins with `my` or `the` costs
    nothing in the many sentences that hold those and nothing else of it.
    """

    def __init__(self, phrases: Iterable[tuple[str, Phrase]]) -> None:
        """Take pairs of an owner's name and a phrase."""
        self._filed: dict[str, list[tuple[str, Phrase]]] = {}
        self._always: list[tuple[str, Phrase]] = []
        for entry in phrases:
            rarest = min(entry[1].needs, key=_commonness, default=None)
            if rarest is None:
                self._always.append(entry)
            for word in rarest or ():
                self._filed.setdefault(word, []).append(entry)

    def matches(self, line: Line) -> Iterator[tuple[str, Phrase, Span]]:
        """Yield owner, phrase and the span in the text of every match in one sentence."""
        present = frozenset(line.words)
        for owner, phrase in self._candidates(present):
            for start in phrase.starts(line):
                end = phrase.match(line, start)
                if end is not None and end > start:
                    yield owner, phrase, Span(line.spans[start].start, line.spans[end - 1].end)

    def _candidates(self, present: frozenset[str]) -> Iterator[tuple[str, Phrase]]:
        """Yield, once each, the phrases all of whose needs are met by the words of a sentence."""
        tried = set[int]()
        for word in present:
            for entry in self._filed.get(word, ()):
                if id(entry) not in tried:
                    tried.add(id(entry))
                    if not any(map(present.isdisjoint, entry[1].needs)):
                        yield entry
        yield from self._always


def _commonness(words: frozenset[str]) -> int:
    """Return roughly how often some of `words` stands in a sentence."""
    return sum(_COMMON if word in _EVERYDAY else 1 for word in words)
