"""Where sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading.sentences import sentence_spans

# Each text is written with a bar where one sentence ends and the next begins.
BROKEN = {
    "full stops": "I walked.| I sat.",
    "a question": "Is it?| Yes!| Good.",
    "marks together": "What?!| No!!!| Well.",
    "no full stop": "just some words",
    "a line break": "one\n|two\n\n|three",
    "carriage returns": "one\r\n|two",
    "three dots": "Wait...| what?",
    "an ellipsis": "Well…| all right then.",
    "emoji before the stop": "Lovely 😀.| Next.",
    "emoji in place of a stop": "Lovely 😀 and on",
    "a quotation": "“I can't.”| Then she left.",
    "two quotations": "“Hello.”| “Goodbye.”",
    "brackets": "(Yes.)| No.",
    "Chinese": "。日本。| 語",
    "a number": "It cost 3.50 in all.| Good.",
    "an address": "See www.example.org for more.| Thanks.",
    "no space after": "He left.She stayed.",
    "I at the end": "So did I.| You know.",
    "letters joined by a sign": "Go to A&E.| They help.",
}
WHOLE = {
    "Dr": "Dr. Shah spoke first.",
    "Mrs": "We thanked Mrs. Okafor.",
    "Prof": "It was Prof. Lind who wrote it.",
    "an initial": "I met J. Smith there.",
    "two initials": "I read P. D. James on trains.",
    "for example": "Small things, e.g. tea, help.",
    "that is": "The frame, i.e. time and place, holds.",
    "versus": "It is rest vs. work.",
    "a house number": "We met at No. 5 that day.",
    "morning": "I start at 9 a.m. on most days.",
    "and so on": "Pens, paper, etc. are there.",
}
PIECES = st.sampled_from(
    ["Dr.", "J.", "e.g.", "a.m.", "word", "Word", " ", "  ", "\n", "\r\n", ".", "...", "…", "?!", "!", '"', "”",
     "’", ")", "😀", "3.50", "www.example.org", "\t", "\u00a0", "\u2028", "x" * 400, "long words " * 60]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` as they stand in it."""
    return [text[span.start : span.end] for span in sentence_spans(text)]


class TestEnds:
    @pytest.mark.parametrize("barred", BROKEN.values(), ids=BROKEN)
    def test_broken(self, barred: str) -> None:
        """A sentence ends where a reader would end it, and carries no white space around it."""
        assert [part.strip() for part in barred.split("|")] == sentences(barred.replace("|", ""))

    @pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
    def test_abbreviations(self, text: str) -> None:
        """The full stop of a title, an initial or a shortened word ends nothing."""
        assert [text, "Next."] == sentences(f"{text} Next.")

    def test_shortened_word_at_the_end(self) -> None:
        """A shortened word ends its sentence when a capital follows."""
        assert ["I start at 9 a.m.", "Then tea."] == sentences("I start at 9 a.m. Then tea.")

    def test_no(self) -> None:
        """The word no ends a sentence as any other word does."""
        assert ["I said no.", "Then I left."] == sentences("I said no. Then I left.")

    def test_abbreviation_that_ends_the_text(self) -> None:
        """An abbreviation with nothing after it ends the last sentence."""
        assert ["Ask the Dr."] == sentences("Ask the Dr.")

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \r\n"], ids=["empty", "space", "lines", "mixed"])
    def test_nothing(self, text: str) -> None:
        """A text without a word or mark has no sentence."""
        assert [] == sentences(text)


class TestLongRuns:
    @pytest.mark.parametrize("size", [999, 1_000, 1_001, 2_000, 2_500])
    def test_without_a_space(self, size: int) -> None:
        """A run without a space is cut at every thousandth character."""
        assert [1_000] * (size // 1_000) + [size % 1_000] * (size % 1_000 > 0) == [
            len(s) for s in sentences("x" * size)
        ]

    def test_at_a_space(self) -> None:
        """Where there are spaces, an endless sentence is cut at one of them, so that no word is broken."""
        assert {"word"} == {word for sentence in sentences("word " * 900) for word in sentence.split()}


class TestCover:
    @given(TEXTS)
    def test_in_order_and_inside(self, text: str) -> None:
        """Sentences lie inside the text, in order, and do not overlap."""
        spans = list(sentence_spans(text))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))

    @given(TEXTS)
    def test_nothing_is_left_out(self, text: str) -> None:
        """Every character that is not white space lies in a sentence."""
        assert "".join(text.split()) == "".join("".join(sentences(text)).split())

    @given(TEXTS)
    def test_trimmed_and_bounded(self, text: str) -> None:
        """No sentence begins or ends with white space, and none is longer than a thousand characters."""
        assert all(sentence == sentence.strip() and len(sentence) <= 1_000 for sentence in sentences(text))
