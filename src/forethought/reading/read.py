"""From a draft to a Reading, in one pass of small steps: sentences, frames, mentions, register, concerns."""

import re
from collections.abc import Sequence

from forethought.reading.concerns import concerns
from forethought.reading.draft import Draft
from forethought.reading.lexicon import book, whole_draft_frames
from forethought.reading.mentions import Found, carried, mentions
from forethought.reading.model import Frame, Mention, Reading, Sentence, Span, Subject, Token
from forethought.reading.phrases import Line
from forethought.reading.register import register
from forethought.reading.sentences import sentence_spans
from forethought.reading.tokens import tokens

_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{1,600})[\"”»]|(?<!\w)[‘']([^'’\n]{12,600})['’](?!\w)")
_MOSTLY = 0.5


def read(draft: Draft) -> Reading:
    """Read `draft` and return what rules look at. Any text at all gives a Reading; none raises."""
    quotes = [Span(*match.span()) for match in _QUOTED.finditer(draft.text)]
    sentences: list[Sentence] = []
    details: list[Mention] = []
    spans = tuple(sentence_spans(draft.text))
    words = [tuple(tokens(draft.text, *span)) for span in spans]
    found = [_found(line) for line in words]
    person = _first_person(found)
    for number, span in enumerate(spans):
        sentences.append(Sentence(span, words[number], _frames(span, found[number], quotes)))
        details += mentions(draft.text, number, words[number], found[number], person)
        person = carried(found[number], person)
    framed = _with_whole_frames(sentences)
    weighed = concerns(draft.text, draft.context, framed, details)
    return Reading(draft, framed, tuple(details), weighed, register(draft.text, framed))


def _found(words: Sequence[Token]) -> Found:
    """Return the lexicon's phrases that a sentence holds, as owner and span."""
    line = Line.of(words, [frozenset()] * len(words))
    return [(owner, span) for owner, _, span in book().matches(line)]


def _first_person(found: Sequence[Found]) -> Subject:
    """Return whom a pronoun means before anybody is named: a client, where the draft speaks of the work."""
    return "client" if any(owner == "setting clinical" for line in found for owner, _ in line) else "nobody"


def _frames(span: Span, found: Found, quotes: Sequence[Span]) -> frozenset[Frame]:
    """Return how a sentence means its words; one that is mostly inside quotation marks is quoted."""
    frames = {owner[6:] for owner, _ in found if owner.startswith("frame ")}
    inside = sum(max(0, min(span.end, q.end) - max(span.start, q.start)) for q in quotes)
    if inside > _MOSTLY * (span.end - span.start):
        frames.add("quoted")
    return frozenset(frames)  # type: ignore[arg-type]


def _with_whole_frames(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Spread the frames that hold for a whole draft, such as an invented vignette, to every sentence."""
    everywhere = frozenset(f for s in sentences for f in s.frames if f in whole_draft_frames())
    if not everywhere:
        return tuple(sentences)
    return tuple(Sentence(s.span, s.tokens, s.frames | everywhere) for s in sentences)
