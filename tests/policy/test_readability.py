"""Reading ages: worked out by hand from the published formulas, and never out of bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Document, Heading, Listing, Note, Paragraph, Quote, Table, Terms
from forethought.policy.readability import OLDEST, YOUNGEST, of_document, readability


class TestAges:
    @pytest.mark.parametrize(
        ("word", "words", "sentences", "ages"),
        [
            ("cat", 6, 1, (9, 9)),
            # 4.71 * 5 + 0.5 * 12 - 21.43 = 8.12, and 5.88 * 5 - 29.6 / 12 - 15.8 = 11.13; five years are added to each.
            ("carts", 12, 1, (13, 16)),
            # 4.71 * 5 + 0.5 * 4 - 21.43 = 4.12, and 5.88 * 5 - 29.6 / 4 - 15.8 = 6.2.
            ("carts", 4, 3, (9, 11)),
            ("incomprehensibilities", 20, 1, (18, 18)),
        ],
        ids=["easy", "long-sentence", "short-sentences", "hard"],
    )
    def test_by_hand(self, word: str, words: int, sentences: int, ages: tuple[int, int]) -> None:
        """Both formulas give what their published coefficients give by hand, within the ages that help."""
        found = readability([" ".join([word] * words) + "."] * sentences)
        assert ages == (found.index_age, found.coleman_liau_age)

    @given(st.lists(st.text(max_size=80), max_size=8))
    def test_any_sentences(self, sentences: list[str]) -> None:
        """Any sentences at all can be measured, and no age is beyond the bounds."""
        found = readability(sentences)
        ages = {found.index_age, found.coleman_liau_age}
        assert ages == {0} if not found.words else min(ages) >= YOUNGEST and max(ages) <= OLDEST
        assert found.says

    def test_longer_words_need_an_older_reader(self) -> None:
        """The same sentences in longer words never come out as easier."""
        short, long = readability(["We meet at my home."] * 9), readability(["Consultations happen in residences."] * 9)
        assert (short.index_age, short.coleman_liau_age) < (long.index_age, long.coleman_liau_age)


class TestWords:
    def test_nothing_to_measure(self) -> None:
        """Signs without a letter are no words, and it is said that there is nothing."""
        assert "There are no words to measure." == readability(["...", "", "—"]).says

    def test_a_few_words_are_very_rough(self) -> None:
        """Below the length for which the formulas were made, that is said."""
        assert "very rough" in readability(["We meet on Tuesdays."]).says
        assert "very rough" not in readability(["We meet on Tuesdays."] * 30).says

    def test_two_formulas_that_agree_are_told_once(self) -> None:
        """One age is given where both come to the same, and a range where they do not."""
        assert "about school year 5 (age 9);" in readability(["We go to it."]).says
        assert "about school years 9 to 12 (ages 13 to 16);" in readability([" ".join(["carts"] * 12)]).says

    def test_what_the_formulas_cannot_tell(self) -> None:
        """It says what was counted, and that hard words were not."""
        says = readability(["Eschew obfuscation."]).says
        assert "letters, words and sentences alone" in says
        assert "cannot tell whether words are hard" in says

    @pytest.mark.parametrize(("words", "long"), [(25, 0), (26, 1)])
    def test_long_sentences_are_listed(self, words: int, long: int) -> None:
        """A sentence is listed from the 26th word on."""
        assert long == len(readability([" ".join(["word"] * words), "Short."]).long_sentences)


class TestSources:
    def test_a_document_is_measured_by_what_it_says(self) -> None:
        """Titles, headings and tables are no sentences; every other block is."""
        blocks = (
            Heading(2, "no no no"), Paragraph("one."), Note("two."), Listing(("three.", "four.")),
            Terms((("no", "five."),)), Quote("six."), Table("no", ("no",), (("no",),)),
        )  # fmt: skip
        found = of_document(Document("no", blocks))
        assert (6, 6) == (found.words, found.sentences)
