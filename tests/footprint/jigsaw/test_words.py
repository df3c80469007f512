"""Seldom words: which words say something, and how much two posts that share them have in common."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.jigsaw.words import rarity, says_something, stem, telling_words, weighed

TEXTS = st.text(max_size=60) | st.lists(st.sampled_from("the loom knitted knitting otter's 1987 😡 Ärger".split())).map(
    " ".join
)


class TestRarity:
    @pytest.mark.parametrize("word", ["the", "and", "you", "about"])
    def test_common(self, word: str) -> None:
        """The commonest words say nothing."""
        assert 0 == rarity(word)

    def test_from_common_to_unknown(self) -> None:
        """The seldomer a word, the more it says, and most of all one that no list holds."""
        found = [rarity(word) for word in ("the", "mother", "lantern", "zzyzx")]
        assert sorted(found) == found
        assert len(set(found)) == len(found)
        assert 1 == found[-1]

    @pytest.mark.parametrize("word", ["mother", "police", "doctor", "teacher", "winter", "money", "john"])
    def test_passwords_and_names(self, word: str) -> None:
        """A common word is common although people take it for a password or a name."""
        assert rarity(word) < 0.5

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("the and of", False), ("", False), ("😡 !?", False), ("her loom", True), ("34", True), ("HIS", False),
            ("Hawick", True),
        ],
    )  # fmt: skip
    def test_says_something(self, text: str, expected: bool) -> None:
        """Numbers and words beyond the commonest say something."""
        assert expected == says_something(text)


class TestStems:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("knitting", "knitted"), ("weavers", "weaver's"), ("weaver", "weaver’s"), ("shuttles", "shuttle's"),
            ("trawlers'", "trawlers"), ("weaving", "weavers"), ("churches", "church"),
        ],
    )  # fmt: skip
    def test_one_word_in_two_forms(self, one: str, other: str) -> None:
        """Two forms of one word have one stem."""
        assert stem(one) == stem(other)

    @pytest.mark.parametrize("word", ["bus", "ring", "bed", "loss", "press", "fly"])
    def test_short_words_stay(self, word: str) -> None:
        """What only looks like an ending stays."""
        assert word == stem(word)

    def test_no_case(self) -> None:
        """Capitals make no other word, and the commonest words are left out."""
        assert telling_words("The LOOM and the otter") == telling_words("loom otter")
        assert {"loom", "otter"} == telling_words("The LOOM and the otter").keys()


class TestWeighed:
    def test_what_is_used_often_says_less(self) -> None:
        """A word that the author uses in many posts says less than one just as seldom that stands in two."""
        first = weighed(["zzloom zzpilot", "zzloom zzpilot", "zzloom", "zzloom", "quiet"])[0]
        assert first["zzpilot"] > first["zzloom"] > 0

    def test_a_word_says_the_same_in_every_post(self) -> None:
        """A word weighs the same in every post, whatever form it has there, so that neither post comes first."""
        one, other = weighed(["She knitted.", "Knitting again."])
        assert one == other

    def test_nothing(self) -> None:
        """No posts have no words, and one post still has its own."""
        assert [] == weighed([])
        assert [{"loom"}] == [words.keys() for words in weighed(["loom"])]

    @given(st.lists(TEXTS, max_size=8), st.integers(0, 99))
    def test_any_texts(self, texts: list[str], seed: int) -> None:
        """Any texts give weights from 0 to 1, the same in any order."""
        found = weighed(texts)
        assert all(0 < weight <= 1 for words in found for weight in words.values())
        order = random.Random(seed).sample(range(len(texts)), len(texts))
        assert [found[number] for number in order] == weighed([texts[number] for number in order])
