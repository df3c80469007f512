"""The small language in which rule files say how a breach looks, matched in linear time.

A phrase is words with spaces between: `my client|patient ~ said|told`. Each part matches folded tokens:

    word            that word                       a|b|c     any of these
    cry*            any word that begins so         @kin      any entry of that word class
    <person>        a word inside such a mention    part?     the part may be left out
    ~  ~6           up to three (six) other words   ^  $      the sentence begins (ends) here

A phrase never crosses a sentence, and no sentence is longer than a thousand characters. Matching keeps the
set of places reached so far and never turns back, so the cost of a text, however hostile, grows as its length.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from forethought.errors import ForethoughtError
from forethought.reading.model import MentionKind, Span, Token

Classes = Mapping[str, frozenset[tuple[str, ...]]]
_GAP = 3
_KINDS = frozenset(get_args(MentionKind))
_STEM = 3  # letters of a word's beginning that phrases are filed under
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
    """One part of a phrase: the words, runs of words (by their first), beginnings and mention kinds that it takes."""

    words: frozenset[str] = frozenset()
    runs: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
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
        for run in self.runs.get(word, ()):
            if line.words[at : at + len(run)] == run:
                yield at + len(run)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as phrases see it: folded words, their spans, the mention kinds each stands in, and its keys.

    The keys of a word are what a part that takes it may be filed under: itself, `beg*` for its first letters,
    and `<kind>` for each mention it stands in.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    kinds: tuple[frozenset[str], ...]
    keys: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], kinds: Sequence[frozenset[str]]) -> "Line":
        """Make a line of a sentence's tokens."""
        words = tuple(token.folded for token in tokens)
        keys = (
            frozenset((word, f"{word[:_STEM]}*", *(f"<{kind}>" for kind in stands)))
            for word, stands in zip(words, kinds, strict=True)
        )
        return cls(words, tuple(token.span for token in tokens), tuple(kinds), tuple(keys))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase made ready: `source` as written, its parts, and the keys of the words that it may begin with."""

    source: str
    parts: tuple[Part, ...]
    opening: frozenset[str]

    def starts(self, line: Line) -> Iterable[int]:
        """Return the tokens at which a match may begin."""
        if not self.opening:
            return range(len(line.words))
        return [at for at, keys in enumerate(line.keys) if not self.opening.isdisjoint(keys)]

    def match(self, line: Line, start: int) -> int | None:
        """Return the furthest token end of a match that begins at token `start`, or None."""
        places: Iterable[int] = set(self.parts[0].ends(line, start))
        for part in self.parts[1:]:
            places = {end for at in places for end in part.ends(line, at)}
            if not places:
                return None
        return max(places, default=None)


def compile_phrase(source: str, classes: Classes, made: dict[str, Part] | None = None) -> Phrase:
    """Read one phrase; `made` keeps parts to share between the phrases of a book.

    Raises `PhraseError` where it names an unknown class or has no word to begin with.
    """
    made = {} if made is None else made
    pieces = source.split()
    for piece in pieces:
        if piece not in made:
            made[piece] = _part(piece, source, classes)
    parts = tuple(made[piece] for piece in pieces)
    solid = [part for part in parts if not part.edge]
    if not solid or solid[0].gap or solid[0].optional:
        raise PhraseError(f"The phrase '{source}' must begin with a word that is always there.")
    return Phrase(source, parts, _needed(pieces[0], source, classes))


def _tells(piece: str) -> bool:
    """Say whether keys can tell that a sentence lacks `piece`: not for a gap, an edge, or what may be left out."""
    stems = (choice for choice in piece.split("|") if choice[-1:] == "*") if "*" in piece else ()
    return piece[0] not in "~^$" and piece[-1] != "?" and all(len(stem) > _STEM for stem in stems)


def _needed(piece: str, source: str, classes: Classes) -> frozenset[str]:
    """Return the keys of which a sentence must hold one for `piece`; empty where keys cannot tell."""
    keys = set[str]()
    for choice in piece.split("|") if _tells(piece) else ():
        if choice[:1] == "@":
            keys.update(entry[0] for entry in _named(choice[1:], source, classes))
        else:
            keys.add(f"{choice[:_STEM]}*" if choice[-1:] == "*" else choice)
    return frozenset(keys)


def _part(piece: str, source: str, classes: Classes) -> Part:
    if piece in ("^", "$"):
        return Part(edge=piece)
    if piece[0] == "~":
        if piece != "~" and (not piece[1:].isdecimal() or int(piece[1:]) == 0):
            raise PhraseError(f"The phrase '{source}' has a gap '{piece}'. Write ~ alone or with a number, such as ~6.")
        return Part(gap=int(piece[1:] or _GAP))
    choices = piece.rstrip("?").split("|")
    if not all(choice.strip("*@<>") for choice in choices):
        raise PhraseError(
            f"The phrase '{source}' has a choice with nothing in it at '{piece}'. Take out the extra mark."
        )
    entries = [entry for choice in choices if choice[0] == "@" for entry in _named(choice[1:], source, classes)]
    words = {choice for choice in choices if choice[0] not in "@<" and choice[-1] != "*"}
    words |= {entry[0] for entry in entries if len(entry) == 1}
    runs = _by_first(entry for entry in entries if len(entry) > 1)
    stems = tuple(choice[:-1] for choice in choices if choice[-1] == "*")
    kinds = frozenset(choice.strip("<>") for choice in choices if choice[0] == "<")
    if unknown := kinds - _KINDS:
        raise PhraseError(f"The phrase '{source}' uses <{min(unknown)}>. Use <{'>, <'.join(sorted(_KINDS))}>.")
    return Part(frozenset(words), runs, stems, kinds, piece.endswith("?"))


def _by_first(entries: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in entries:
        runs[entry[0]] = (*runs.get(entry[0], ()), entry)
    return runs


def _named(name: str, source: str, classes: Classes) -> frozenset[tuple[str, ...]]:
    if name not in classes:
        raise PhraseError(
            f"The phrase '{source}' uses @{name}, which is not a word class. Use @{', @'.join(sorted(classes))}."
        )
    return classes[name]


@dataclass(slots=True)
class _Filed:
    """A phrase in a book: whose it is, and once it was wanted, itself and the sets of keys it cannot do without."""

    owner: str
    source: str
    needs: tuple[frozenset[str], ...] | None = None
    phrase: Phrase | None = None


class PhraseBook:
    """Many phrases at once: each is tried only in sentences that hold a key of every part that must be there.

    A phrase is filed under the keys of its rarest part, so that one that begins with `my` or `the` costs
    nothing in the many sentences that hold those and nothing else of it, and is made ready when first wanted.
    """

    def __init__(self, sources: Iterable[tuple[str, str]], classes: Classes) -> None:
        """Take pairs of an owner's name and a phrase as written, and the word classes that phrases name."""
        self._classes = classes
        self._parts: dict[str, Part] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._by_key: dict[str, list[_Filed]] = {}
        self._always: list[_Filed] = []
        for owner, source in sources:
            self._file(_Filed(owner, source))

    def matches(self, line: Line) -> Iterator[tuple[str, Phrase, Span]]:
        """Yield owner, phrase and the span in the text of every match in one sentence."""
        for filed in self._candidates(frozenset().union(*line.keys)):
            phrase = filed.phrase = filed.phrase or compile_phrase(filed.source, self._classes, self._parts)
            for start in phrase.starts(line):
                end = phrase.match(line, start)
                if end is not None and end > start:
                    yield filed.owner, phrase, Span(line.spans[start].start, line.spans[end - 1].end)

    def _file(self, filed: _Filed) -> None:
        """File a phrase under the keys of its rarest piece, or with those that are always tried."""
        telling = [piece for piece in filed.source.split() if _tells(piece)]
        if not telling:
            self._always.append(filed)
            return
        for key in self._keys_of(min(telling, key=self._commonness), filed.source):
            self._by_key.setdefault(key, []).append(filed)

    def _commonness(self, piece: str) -> int:
        """Return roughly how often a sentence holds something that `piece` takes."""
        if piece in _EVERYDAY:
            return _COMMON
        named = (choice[1:] for choice in piece.split("|") if choice[0] == "@") if "@" in piece else ()
        return 1 + piece.count("|") + sum(len(self._classes.get(name, ())) for name in named)

    def _keys_of(self, piece: str, source: str) -> frozenset[str]:
        if piece not in self._keys:
            self._keys[piece] = _needed(piece, source, self._classes)
        return self._keys[piece]

    def _met(self, filed: _Filed, present: frozenset[str]) -> bool:
        """Say whether a sentence holds a key of every piece that must be there."""
        if filed.needs is None:
            keys = (self._keys_of(piece, filed.source) for piece in filed.source.split())
            filed.needs = tuple(filter(None, keys))
        return not any(map(present.isdisjoint, filed.needs))

    def _candidates(self, present: frozenset[str]) -> Iterator[_Filed]:
        """Yield, once each, the phrases all of whose needs are met by the keys of a sentence."""
        tried = set[int]()
        for key in present:
            for filed in self._by_key.get(key, ()):
                if id(filed) not in tried:
                    tried.add(id(filed))
                    if self._met(filed, present):
                        yield filed
        yield from self._always
