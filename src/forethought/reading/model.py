"""What reading finds in a draft: sentences, mentions, subjects, frames, register and concerns.

Every offset counts Unicode code points of the text as it was given, end exclusive.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from forethought.reading.draft import Draft

TokenKind = Literal["word", "number", "hashtag", "handle", "link", "email", "emoji"]
MentionKind = Literal[
    "person", "place", "organisation", "school", "job", "age", "family", "condition", "event", "date",
    "ethnicity", "faith", "appearance", "hobby", "relationship", "contact",
]  # fmt: skip
Subject = Literal[
    "author", "client", "client-relative", "colleague", "trainee", "own-family", "public-figure",
    "fictional", "people", "nobody",
]  # fmt: skip
Frame = Literal[
    "negated", "quoted", "hypothetical", "invented", "own-therapy", "policy", "marketing", "counter-speech", "question",
]  # fmt: skip


LEAST_LEARNED = 0.001  # of the learned reader: probabilities below this are not worth naming


class Span(NamedTuple):
    """A stretch of the text: `text[start:end]`."""

    start: int
    end: int


class Named(NamedTuple):
    """One of the practitioner's own clients, met in a text: where, by what in words, and whether many share it.

    `slip` says that it was met by what it sounds like, or but for a letter, and so may be somebody else.
    """

    span: Span
    why: str
    weak: bool
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, hashtag, handle, link, e-mail address or emoji; `folded` is for matching only."""

    folded: str
    span: Span
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its tokens and the frames that it stands in."""

    span: Span
    tokens: tuple[Token, ...]
    frames: frozenset[Frame]


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed detail and who it is about."""

    kind: MentionKind
    span: Span
    subject: Subject
    sentence: int


@dataclass(frozen=True, slots=True)
class Concern:
    """What a stretch of the draft seems to do: a rule's id, how likely, and the words that carried it."""

    rule: str
    probability: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the learned reader makes of a draft.

    `severity` holds how likely the draft is at least `consider`, at least `pause`, and `stop`. `about` is how likely it
    is about one particular person met through work, and `kin` a direction near to that of the author's other posts
    about the same person: numbers of 16 bits, empty where the reader was taught none.
    """

    concerns: tuple[Concern, ...]
    severity: tuple[float, ...]
    mentions: tuple[Mention, ...]
    about: float = 0.0
    kin: bytes = b""


@dataclass(frozen=True, slots=True)
class Register:
    """How the draft speaks: `anger` and `irony` from 0 to 1, and whether it addresses somebody as you."""

    anger: float
    irony: float
    addresses: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft understood: what the rules look at.

    `concerns` are those of the lexical reader; `learned` is None where that reader worked alone.
    """

    draft: Draft
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    concerns: tuple[Concern, ...]
    register: Register
    learned: Learned | None = None

    def by_sentence(self) -> tuple[tuple[Mention, ...], ...]:
        """Return the mentions of each sentence."""
        return grouped(self.mentions, len(self.sentences))

    def sentences_at(self, span: Span) -> range:
        """Return the numbers of the sentences that `span` touches."""
        first = bisect_right(self.sentences, span.start, key=lambda sentence: sentence.span.end)
        last = bisect_left(self.sentences, span.end, key=lambda sentence: sentence.span.start)
        return range(first, last)

    def quote(self, span: Span) -> str:
        """Return the words at `span` as the person wrote them."""
        return self.draft.text[span.start : span.end]


def grouped(mentions: Iterable[Mention], sentences: int) -> tuple[tuple[Mention, ...], ...]:
    """Return `mentions` sorted into their sentences."""
    found: list[list[Mention]] = [[] for _ in range(sentences)]
    for mention in mentions:
        found[mention.sentence].append(mention)
    return tuple(map(tuple, found))
