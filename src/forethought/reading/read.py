"""From a draft to a Reading, in one pass of small steps: sentences, frames, mentions, register, concerns."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from forethought.reading.concerns import concerns
from forethought.reading.draft import Draft
from forethought.reading.lexicon import book, whole_draft_frames
from forethought.reading.mentions import Found, carried, mentions, met
from forethought.reading.model import Frame, Learned, Mention, Reading, Sentence, Span, Subject, Token
from forethought.reading.phrases import Line
from forethought.reading.register import register
from forethought.reading.sentences import sentence_spans
from forethought.reading.tokens import tokens

_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{1,600})[\"”»]|(?<!\w)[‘']([^'’\n]{12,600})['’](?!\w)")
_MOSTLY = 0.5
_TAKEN_BACK = frozenset(("negated", "hypothetical", "marketing"))
_TURNS = frozenset(("but", "so", "however", "except", "anyway", "yet"))


class Encoder(Protocol):
    """What reads a draft by what it has learned, given the sentences of the draft."""

    def read(self, draft: Draft, sentences: Sequence[Sentence]) -> Learned:
        """Return what it makes of `draft`."""


def read(draft: Draft, encoder: Encoder | None = None) -> Reading:
    """Return what rules look at in `draft`: by phrases and cues alone, or with an `encoder` by that as well.

    Any text at all gives a Reading; none raises.
    """
    reading = _by_words(draft)
    if encoder is None:
        return reading
    learned = encoder.read(draft, reading.sentences)
    return replace(reading, learned=learned, mentions=_together(reading.mentions, learned.mentions))


def _together(listed: Sequence[Mention], learned: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of both readers in order of place; where two overlap, what was learned stands."""
    kept = [mention for mention in listed if not _touches(mention.span, learned)]
    return tuple(sorted((*kept, *learned), key=lambda mention: (mention.span, mention.kind)))


def _touches(span: Span, among: Sequence[Mention]) -> bool:
    """Say whether `span` overlaps any of these mentions, which are in order and apart."""
    at = bisect_right(among, span.start, key=lambda mention: mention.span.end)
    return at < len(among) and among[at].span.start < span.end


def _by_words(draft: Draft) -> Reading:
    """Return the lexical reading of `draft`."""
    quotes = [Span(*match.span()) for match in _QUOTED.finditer(draft.text)]
    sentences: list[Sentence] = []
    details: list[Mention] = []
    person: Subject = "nobody"
    for number, span in enumerate(sentence_spans(draft.text)):
        words = tuple(tokens(draft.text, *span))
        found = _found(words)
        asks = draft.text.endswith("?", span.start, span.end)
        sentences.append(Sentence(span, words, _frames(span, words, found, quotes, asks)))
        person = met(found, person)
        details += mentions(draft.text, number, words, found, person)
        person = carried(found, person)
    framed = _with_whole_frames(sentences)
    weighed = concerns(draft.text, draft.context, framed, details)
    return Reading(draft, framed, tuple(details), weighed, register(draft.text, framed))


def _found(words: Sequence[Token]) -> Found:
    """Return the lexicon's phrases that a sentence holds, as owner and span."""
    line = Line.of(words, [frozenset()] * len(words))
    return [(owner, span) for owner, _, span in book().matches(line)]


def _frames(span: Span, words: Sequence[Token], found: Found, quotes: Sequence[Span], asks: bool) -> frozenset[Frame]:
    """Return how a sentence means its words; one that is mostly inside quotation marks is quoted."""
    frames = {owner[6:] for owner, at in found if owner.startswith("frame ") and not _turned(owner[6:], at, words)}
    if _quoted(span, quotes) > _MOSTLY * (span.end - span.start):
        frames.add("quoted")
    if asks:
        frames.add("question")
    return frozenset(frames)  # type: ignore[arg-type]


def _turned(frame: str, at: Span, words: Sequence[Token]) -> bool:
    """Say whether a `but` takes back what a frame promised: "I'd never share this, but my client ..."."""
    return frame in _TAKEN_BACK and any(w.folded in _TURNS and w.span.start >= at.end for w in words)


def _quoted(span: Span, quotes: Sequence[Span]) -> int:
    """Return how many characters of `span` stand inside quotation marks; `quotes` are in order and apart."""
    inside = 0
    for at in range(bisect_right(quotes, span.start, key=lambda quote: quote.end), len(quotes)):
        if quotes[at].start >= span.end:
            break
        inside += min(span.end, quotes[at].end) - max(span.start, quotes[at].start)
    return inside


def _with_whole_frames(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Spread the frames that hold for a whole draft, such as an invented vignette, to every sentence."""
    everywhere = frozenset(f for s in sentences for f in s.frames if f in whole_draft_frames())
    if not everywhere:
        return tuple(sentences)
    return tuple(Sentence(s.span, s.tokens, s.frames | everywhere) for s in sentences)
