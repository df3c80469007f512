"""Clues: how likely a post tells of somebody met through work, the details of them, and those of the author."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_posts import ORDINARY, PILOT, WEAVER, reviewed

from forethought.footprint.jigsaw.clues import (
    ODDS_ALONE,
    OWN,
    PLAIN,
    RULES,
    Clue,
    by_rules,
    chance,
    clue,
    every_mention,
    likely,
    linking,
    odds,
    signs,
    weight,
)
from forethought.footprint.jigsaw.threads import worth_keeping
from forethought.reading import Reading
from forethought.review import ReaderName, Report

READERS: tuple[ReaderName, ...] = ("learned", "lexical")
MINE = "My mum was a weaver in Hawick, and I have asthma."
TEXTS = st.text(max_size=80) | st.lists(st.sampled_from((*WEAVER, PILOT, MINE, "😡", "\n")), max_size=3).map(" ".join)


def reading(text: str, reader: ReaderName = "learned") -> Reading:
    """Return what a reader makes of a text."""
    found = reviewed(text, reader).reading
    assert found
    return found


class TestWeight:
    @pytest.mark.parametrize("reader", READERS)
    def test_a_person_met_through_work(self, reader: ReaderName) -> None:
        """A client's story is worth keeping, and bread and rain are not."""
        assert all(worth_keeping(clue(reviewed(text, reader))) for text in (*WEAVER, PILOT))
        assert not any(worth_keeping(clue(reviewed(text, reader))) for text in (*ORDINARY, MINE))

    def test_by_words_alone(self) -> None:
        """Without the learned reader the rules have to be surer."""
        found = reading(WEAVER[0], "lexical")
        assert odds(by_rules(found)) + ODDS_ALONE == pytest.approx(odds(weight(found)))

    @pytest.mark.parametrize(
        "text",
        [
            "My client lost two hives in the frost, the beekeeper, and cried in our session.",
            "A client of mine told me today that her husband has left.",
        ],
    )
    def test_what_is_said_plainly(self, text: str) -> None:
        """A post that plainly tells of a client is worth keeping, whatever its other signs say."""
        found = signs(reading(text))
        assert found[RULES] == odds(by_rules(reading(text)))
        against = {"bias": -50.0, "weights": [0.0] * len(found)}
        assert likely(found, against) >= linking()["least"]
        assert worth_keeping(clue(reviewed(text)))

    @given(st.floats(-9, 9))
    def test_what_the_rules_say_is_the_least(self, rules: float) -> None:
        """A post is at least as likely as a share of what the rules say, and as its signs where that is more."""
        nothing = len(linking()["telling"]["weights"])
        found = [rules if place == RULES else 0.0 for place in range(nothing)]
        for bias in (-50.0, 0.0, 50.0):
            told = {"bias": bias, "weights": [0.0] * nothing}
            assert likely(found, told) == max(chance(bias), PLAIN * chance(rules))

    def test_what_speaks_for_it_is_weighed(self) -> None:
        """Every number that speaks for or against a post has its weight."""
        assert len(linking()["telling"]["weights"]) == len(signs(reading(WEAVER[0])))

    @settings(max_examples=30, deadline=None)
    @given(TEXTS, st.sampled_from(READERS))
    def test_any_text(self, text: str, reader: ReaderName) -> None:
        """Any text gives a probability, and details that lie inside it."""
        found = clue(reviewed(text, reader))
        assert 0 <= found.weight <= 1
        assert all(0 <= each.span.start < each.span.end <= len(text) for each in (*found.details, *found.own))


class TestDetails:
    def words(self, text: str, own: bool, reader: ReaderName = "learned") -> set[str]:
        """Return the words of the details of others, or of the author's own."""
        found = clue(reviewed(text, reader))
        return {text[each.span.start : each.span.end] for each in (found.own if own else found.details)}

    def test_exact_words(self) -> None:
        """What is told of a client are the words that tell it."""
        assert {"weaver", "her son"} <= self.words(WEAVER[0], own=False)

    def test_own_are_apart(self) -> None:
        """What an author tells of themselves and their family is theirs, and is no detail of anybody met at work."""
        assert {"My mum"} <= self.words(MINE, own=True)
        assert set() == self.words(MINE, own=False)

    @pytest.mark.parametrize("text", [*WEAVER, PILOT, MINE])
    def test_both_readers(self, text: str) -> None:
        """Where both readers found a detail the learned one's stays, and no two overlap."""
        found = every_mention(reading(text))
        learned = reading(text).learned
        assert learned
        assert set(learned.mentions) <= set(found)
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))
        assert len(clue(reviewed(text)).own) == sum(each.subject in OWN for each in found)


class TestDirection:
    def test_with_each_reader(self) -> None:
        """The learned reader gives 128 numbers of 16 bits, and words alone give none."""
        assert [256, 0] == [len(clue(reviewed(WEAVER[0], reader)).kin) for reader in READERS]

    def test_no_reading(self) -> None:
        """A report that kept no reading gives nothing."""
        assert Clue(0.0, (), ()) == clue(Report("clear", (), (), (), "learned"))


class TestOdds:
    @given(st.floats(0, 1))
    def test_there_and_back(self, probability: float) -> None:
        """Log-odds lead back to the probability, kept off certainty."""
        assert chance(odds(probability)) == pytest.approx(min(max(probability, 1e-4), 1 - 1e-4))

    @given(st.floats(allow_nan=False))
    def test_any_number(self, number: float) -> None:
        """Log-odds of any size give a probability."""
        assert 0 <= chance(number) <= 1


class TestMeasured:
    def test_the_file(self) -> None:
        """What was measured has a finite weight for each sign, and direction counts for nothing where there is none."""
        held = linking()
        assert [5, 5] == [len(held[name]["weights"]) for name in ("same", "alone")]
        assert 0 == held["alone"]["weights"][0]
        numbers = [n for name in ("telling", "same", "alone") for n in (*held[name]["weights"], held[name]["bias"])]
        assert all(map(math.isfinite, numbers))
        assert 0 < held["least"] < 1
        assert 0 <= held["lean"] <= 1

    def test_what_joins(self) -> None:
        """Pointing the same way and sharing seldom words both speak for the same person."""
        assert all(weight > 0 for weight in linking()["same"]["weights"][:2])
