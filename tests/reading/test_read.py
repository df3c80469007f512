"""A whole reading: any text at all gives one, and its parts fit together."""

import json
from collections.abc import Callable, Sequence
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.reading import (
    ACCOUNTS,
    AUDIENCES,
    PLATFORMS,
    ROLES,
    Context,
    Draft,
    Learned,
    Mention,
    Reading,
    Sentence,
    Span,
    read,
)
from forethought.reading.model import grouped

PIECES = st.sampled_from(
    ["my client", "A client of mine", "told me", "She", "he said", "My sister", "I", "would never share", "Asha's",
     "May", "in Leeds", "34 years old", "14yo", "midwife", "fictional", "What if", '"', "“", "”", "'", "‘", "’", ".",
     "...", "!!", "?", "\n", " ", "\t", "@asha_t", "#sad", "www.example.org", "jo@example.org", "07700900123", "😡",
     "👨‍👩‍👧", "𝖈𝖑𝖎𝖊𝖓𝖙", "cli\u00adent", "\u202e", "\u0336", "שלום", "THE WORST", "x" * 1_200, "\x00"]
)  # fmt: skip
TEXTS = st.text(max_size=100) | st.lists(PIECES, max_size=15).map(" ".join) | st.lists(PIECES, max_size=15).map("".join)
CONTEXTS = st.builds(
    Context,
    role=st.sampled_from(ROLES),
    account=st.sampled_from(ACCOUNTS),
    audience=st.sampled_from(AUDIENCES),
    platform=st.sampled_from(PLATFORMS),
    reply_to=st.none() | st.text(max_size=20),
)
# Texts made to cost more than their length; each is one piece to be repeated.
HOSTILE = {
    "openings of phrases": "my client my client ",
    "gaps": "a young man i saw ",
    "people and details": "my client a midwife my sister ",
    "joiners": "c\u200dl\u200di\u200de\u200dn\u200dt ",
    "marks on marks": "e" + "\u0301" * 30 + " ",
    "dots": ". ",
    "dots together": "....",
    "digits": "1,1.1:",
    "handles": "@a.b ",
    "half addresses": "a@a.a@",
    "half links": "a.a-a.",
    "apostrophes": "a'",
    "single quotation marks": "‘ ",
    "no space": "x",
    "short lines": "a\n",
}


def spans(reading: Reading) -> list[Span]:
    """Return every span of a reading."""
    return [
        *(sentence.span for sentence in reading.sentences),
        *(token.span for sentence in reading.sentences for token in sentence.tokens),
        *(mention.span for mention in reading.mentions),
        *(span for concern in reading.concerns for span in concern.spans),
    ]


class TestAnyText:
    @given(TEXTS, CONTEXTS)
    @settings(max_examples=150)
    def test_inside(self, text: str, context: Context) -> None:
        """Any text in any context gives a reading, and all that it points at lies inside the text."""
        reading = read(Draft(text, context))
        assert [] == [span for span in spans(reading) if not 0 <= span.start < span.end <= len(text)]

    @given(TEXTS)
    @settings(max_examples=60)
    def test_parts_fit(self, text: str) -> None:
        """Tokens and details lie within their sentence, and the draft comes back as it was given."""
        draft = Draft(text)
        reading = read(draft)
        assert draft is reading.draft
        parts = [(s.span, token.span) for s in reading.sentences for token in s.tokens]
        parts += [(reading.sentences[mention.sentence].span, mention.span) for mention in reading.mentions]
        assert [] == [
            (outer, inner) for outer, inner in parts if not outer.start <= inner.start < inner.end <= outer.end
        ]

    @given(TEXTS)
    @settings(max_examples=40)
    def test_twice(self, text: str) -> None:
        """The same draft gives the same reading each time."""
        assert read(Draft(text)) == read(Draft(text))

    @pytest.mark.parametrize("text", ["", " \n ", "\x00", "\ufeff", "\U0010ffff", "\r"], ids=ascii)
    def test_hardly_a_text(self, text: str) -> None:
        """What is hardly a text gives a reading without a detail."""
        assert () == read(Draft(text)).mentions

    @pytest.mark.parametrize(
        "pad", ["😀 ", "𝖆 ", "é ", "\U0001f468\u200d\U0001f469 "], ids=["emoji", "styled", "accent", "joined"]
    )
    def test_code_points(self, pad: str) -> None:
        """Offsets count code points, whatever stands before."""
        reading = read(Draft(f"{pad * 5}Asha came."))
        assert ["Asha"] == [reading.quote(m.span) for m in reading.mentions if m.kind == "person"]


class TestReading:
    def test_by_sentence(self) -> None:
        """Details are sorted into their sentences, of which some have none."""
        reading = read(Draft("Asha came. It rained. We met in Leeds on Tuesday."))
        assert [1, 0, 2] == [len(within) for within in reading.by_sentence()]
        assert reading.mentions == tuple(m for within in reading.by_sentence() for m in within)

    def test_grouped_nothing(self) -> None:
        """Sentences without details are empty groups."""
        assert ((), ()) == grouped((), 2)

    def test_quote(self) -> None:
        """A span is quoted as the person wrote it."""
        assert "Ⓐsha" == read(Draft("so Ⓐsha came")).quote(Span(3, 7))

    def test_reply_is_not_read(self) -> None:
        """What a draft replies to is none of its own words."""
        reading = read(Draft("Hello.", Context(reply_to="My client Asha lives in Leeds.")))
        assert ((), 1) == (reading.mentions, len(reading.sentences))

    def test_plain_values(self) -> None:
        """Spans are plain pairs, fit to be written out."""
        assert "[0, 4]" == json.dumps(read(Draft("Asha")).sentences[0].span)

    def test_frozen(self) -> None:
        """A reading cannot be changed."""
        with pytest.raises(FrozenInstanceError):
            read(Draft("Asha")).mentions = ()  # type: ignore[misc]


class TestCost:
    @pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
    def test_in_proportion(self, calls: Callable[[Callable[[], object]], int], piece: str) -> None:
        """A text that is twice as long, however hostile, is about twice the work."""
        size = 2_000 // len(piece)
        read(Draft(piece * 2 * size))  # what is kept from the first time is not counted in the second
        work = {times: calls(lambda times=times: read(Draft(piece * times))) for times in (size, 2 * size)}
        assert work[2 * size] <= 2.4 * work[size]

    def test_many_quotations(self, calls: Callable[[Callable[[], object]], int]) -> None:
        """Twice as many quotations are about twice the work."""
        read(Draft('"a"\n' * 400))
        work = {times: calls(lambda times=times: read(Draft('"a"\n' * times))) for times in (200, 400)}
        assert work[400] <= 2.4 * work[200]


class Says:
    """An encoder that says what it is given to say."""

    def __init__(self, *mentions: Mention) -> None:
        """Take the mentions."""
        self.mentions = mentions

    def read(self, _draft: Draft, _sentences: Sequence[Sentence]) -> Learned:
        """Return the mentions and nothing else."""
        return Learned((), (0.0, 0.0, 0.0), self.mentions)


class TestTogether:
    TEXT = "My client Priya moved to Leeds in March."

    def test_what_was_learned_stands_where_both_speak(self) -> None:
        """Of two mentions of the same words the learned one is kept, and the rest of the lists' stay."""
        start = self.TEXT.index("Priya")
        told = Mention("person", Span(start, start + 5), "client", 0)
        found = {m.span: m for m in read(Draft(self.TEXT), Says(told)).mentions}
        assert told == found[told.span]
        assert "Leeds" in {self.TEXT[span.start : span.end] for span in found}

    def test_they_stand_in_order_and_apart(self) -> None:
        """Mentions of both stand in order of place, and no learned one overlaps one from a list."""
        told = [Mention("place", Span(a, b), "client", 0) for a, b in ((3, 15), (16, 24))]
        spans = [m.span for m in read(Draft(self.TEXT), Says(*told)).mentions]
        assert spans == sorted(spans)
        for one in told:
            assert [one.span] == [span for span in spans if span.start < one.span.end and one.span.start < span.end]

    def test_without_an_encoder_nothing_is_learned(self) -> None:
        """A reading by words alone says so."""
        assert read(Draft(self.TEXT)).learned is None
        assert read(Draft(self.TEXT), Says()).mentions == read(Draft(self.TEXT)).mentions
