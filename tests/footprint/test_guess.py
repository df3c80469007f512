"""What a stranger learns: every topic with the words that give it away, the most dangerous first."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.guess import BY_RULE, FIRST, TOPICS, Given, Guess, OwnPost, guessed
from forethought.reading.model import MentionKind
from forethought.rules import rules

HEALTH, PLACE, HOBBY = "Your health", "Where you live or go", "What you do in your free time"


def post(id: str, text: str, *own: tuple[str, str], rules: tuple[str, ...] = ()) -> OwnPost:
    """Return a post with details of its author, each a kind and words of the text."""
    return OwnPost(id, text, [(kind, text.index(words), text.index(words) + len(words)) for kind, words in own], rules)


class TestTopics:
    @pytest.mark.parametrize("kind", get_args(MentionKind))
    def test_every_kind_of_detail(self, kind: str) -> None:
        """Every kind of detail that reading knows belongs to a topic."""
        assert [Guess(TOPICS[kind], (Given("Hawick", "1"),))] == guessed([post("1", "Hawick", (kind, "Hawick"))])

    def test_every_rule_is_one(self) -> None:
        """The rules that give something away are rules, and every dangerous topic is one that can be found."""
        assert BY_RULE.keys() <= {rule.id for rule in rules()}
        assert set(FIRST) <= {*TOPICS.values(), *BY_RULE.values()}

    def test_a_kind_that_is_not_known(self) -> None:
        """A detail of an unknown kind, as of a later version, is left out."""
        assert [] == guessed([post("1", "Hawick", ("shoe size", "Hawick"))])


class TestGiven:
    def test_exact_words_and_their_post(self) -> None:
        """The words are those of the post that they stand in."""
        found = guessed([post("7", "I run in Hawick.", ("place", "Hawick"))])
        assert [Guess(PLACE, (Given("Hawick", "7"),))] == found

    def test_words_are_given_once(self) -> None:
        """The same words are given once, as they were first written."""
        posts = [post("1", "Hawick rain", ("place", "Hawick")), post("2", "HAWICK sun", ("place", "HAWICK"))]
        assert [Guess(PLACE, (Given("Hawick", "1"),))] == guessed(posts)

    @pytest.mark.parametrize("words", ["her", "the", "😡", " "])
    def test_never_empty_words(self, words: str) -> None:
        """Words that say nothing are not shown."""
        assert [] == guessed([post("1", f"{words} x", ("family", words))])

    def test_a_rule_gives_the_post(self) -> None:
        """What a rule says of a whole post is shown by its first words, in one line."""
        text = "Away till\n\nMonday!  " + "Palma " * 60
        (found,) = guessed([post("1", text, rules=("safety/whereabouts", "respect/heat-of-moment"))])
        assert BY_RULE["safety/whereabouts"] == found.topic
        assert found.given[0].words.startswith("Away till Monday! Palma")
        assert len(found.given[0].words) <= 120

    @pytest.mark.parametrize("text", ["", " \n"])
    def test_a_post_of_a_picture_alone(self, text: str) -> None:
        """A post without words, such as a picture, gives no empty words."""
        assert [] == guessed([post("1", text, rules=("safety/whereabouts",))])


class TestOrder:
    def test_the_most_dangerous_first(self) -> None:
        """Dangerous topics come in order of danger, and then those that most words give away."""
        posts = [
            post("1", "Knitting, choir, chess", ("hobby", "Knitting"), ("hobby", "choir"), ("hobby", "chess")),
            post("2", "Asthma in Hawick, a redhead", ("condition", "Asthma"), ("place", "Hawick")),
            post("3", "A redhead", ("appearance", "redhead")),
            post("4", "Beach till Monday", rules=("safety/whereabouts",)),
            post("5", "My first pet was Rex", rules=("safety/security-quiz",)),
        ]
        expected = [
            BY_RULE["safety/security-quiz"], BY_RULE["safety/whereabouts"], PLACE, HEALTH, HOBBY, "What you look like",
        ]  # fmt: skip
        assert expected == [each.topic for each in guessed(posts)]

    def test_nothing(self) -> None:
        """No posts, and posts that tell nothing, give nothing away."""
        assert [] == guessed([])
        assert [] == guessed([post("1", "Rain.")])

    @given(
        st.lists(
            st.builds(
                OwnPost,
                st.text(max_size=3),
                st.text(max_size=30),
                st.lists(st.tuples(st.sampled_from((*TOPICS, "?")), st.integers(0, 9), st.integers(0, 20)), max_size=3),
                st.lists(st.sampled_from((*BY_RULE, "?")), max_size=2),
            ),
            max_size=5,
        )
    )
    def test_any_posts(self, posts: list[OwnPost]) -> None:
        """Whatever the posts, no topic is empty or named twice, and no words are."""
        found = guessed(posts)
        assert len(found) == len({each.topic for each in found})
        assert all(each.topic and each.given for each in found)
        assert all(given.words.strip() for each in found for given in each.given)
