"""The cues of a sentence: the words, pairs and triples that lexical concerns are weighed by, plain and made general.

Names are never cues, so that a client's name makes no difference: "Priya left" and "Helen left" both give
`<person> left`. "Dad" and "sister" share `@kin`, "said" and "told" share `@said`. Training and checking
both call `cues`, so that what was learned is what is seen.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from forethought.reading.lexicon import classes
from forethought.reading.model import Mention, Sentence
from forethought.reading.register import SHOUT

_GENERAL = (
    "client", "clients", "worker", "workers", "session", "kin", "person", "day", "month", "when", "said", "number",
    "condition", "therapy", "platform", "workplace",
)  # fmt: skip
_NAMED = frozenset(("person", "place", "job", "age", "condition", "event", "faith", "ethnicity", "hobby"))


def cues(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> set[str]:
    """Return the cues of `sentence`, given the whole text and the sentence's own mentions."""
    people = {m.span.start for m in mentions if m.kind == "person"}
    words = ["<person>" if token.span.start in people else token.folded for token in sentence.tokens]
    general = [_general().get(word) or ("#" if word[:1].isdigit() else word) for word in words]
    starts = {m.span.start: f"<{m.kind}>" for m in mentions if m.kind in _NAMED}
    named = [starts.get(token.span.start, word) for token, word in zip(sentence.tokens, general, strict=True)]
    found = {cue for line in (words, general, named) for cue in _runs(line)}
    found.update(f"{word[:5]}*" for word in words if len(word) > 6)
    found.update(f"frame:{frame}" for frame in sentence.frames)
    found.update(cue for m in mentions for cue in (f"about:{m.subject}", f"{m.kind}:{m.subject}"))
    found.update(_marks(text[sentence.span.start : sentence.span.end]))
    return found


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Yield each word, pair and triple, with the sentence's edges."""
    edged = ("^", *words, "$")
    yield from words
    yield from map(" ".join, pairwise(edged))
    yield from map(" ".join, zip(edged, edged[1:], edged[2:], strict=False))


def _marks(sentence: str) -> Iterator[str]:
    """Yield cues of manner: exclamations, a question, shouting, quotation marks."""
    if sentence.count("!") > 1:
        yield "mark:!!"
    if sentence.endswith("?"):
        yield "mark:?"
    if len(SHOUT.findall(sentence)) > 1:
        yield "mark:shout"
    if any(mark in sentence for mark in '"“”'):
        yield "mark:quote"


@cache
def _general() -> dict[str, str]:
    """Return the class that stands for each word, where it has one."""
    return {entry[0]: f"@{name}" for name in _GENERAL for entry in classes()[name] if len(entry) == 1}
