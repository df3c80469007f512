"""The labelled posts: every record whole, every label of the vocabulary, every mark inside its post, no post twice."""

from collections import Counter
from functools import cache
from importlib import import_module
from typing import Any, get_args

import pytest

from forethought.reading import ACCOUNTS, AUDIENCES, ROLES
from forethought.reading.model import MentionKind, Subject
from forethought.rules import VERDICTS, rules

CONSENT = "confidentiality/consent-claimed"
EASED = {"confidentiality/client-case", "confidentiality/client-named"}
SEVERITY = {rule.id: rule.severity for rule in rules()}
LEFT_ALONE, SHORTEST, LONGEST = 0.45, 3, 2_500


@cache
def posts() -> list[dict[str, Any]]:
    """Return every labelled post."""
    return list(import_module("posts").load())


def severities(post: dict[str, Any]) -> set[str]:
    """Return the verdicts that expected rules can give: the gravest, self-disclosure counted as measured or as raw."""
    eased = dict.fromkeys(EASED, "pause") if CONSENT in post["expect"] else {}
    usual = [eased.get(rule, SEVERITY[rule]) for rule in post["expect"]]
    either = ["consider", "pause"] if "boundaries/self-disclosure" in post["expect"] else ["clear"]
    return {max([*usual, one], key=VERDICTS.index) for one in either}


def faulty(test: Any) -> list[str]:
    """Return the ids of the posts that fail a test."""
    return [post["id"] for post in posts() if not test(post)]


class TestRecords:
    def test_every_post_has_an_id_of_its_own(self) -> None:
        """No two posts share an id, and an id begins with its hand."""
        assert len(posts()) == len({post["id"] for post in posts()})
        assert [] == faulty(lambda post: post["id"].startswith(f"{post['hand']}-"))

    def test_contexts_are_of_the_vocabulary(self) -> None:
        """Roles, accounts and audiences are those that a draft may have."""
        known = {"role": ROLES, "account": ACCOUNTS, "audience": AUDIENCES}
        assert [] == faulty(lambda post: all(post["context"][key] in names for key, names in known.items()))

    def test_rules_are_of_the_vocabulary(self) -> None:
        """Every label is a rule, and none is both expected and merely allowed."""
        assert [] == faulty(lambda post: {*post["expect"], *post["allow"]} <= SEVERITY.keys())
        assert [] == faulty(lambda post: not {*post["expect"]} & {*post["allow"]})

    def test_the_verdict_follows_from_the_rules(self) -> None:
        """A post's verdict is that of its gravest expected rule."""
        assert [] == faulty(lambda post: post["verdict"] in severities(post))

    def test_posts_are_of_a_length(self) -> None:
        """No post is empty, and none is a book."""
        assert [] == faulty(lambda post: SHORTEST <= len(post["text"]) <= LONGEST)

    def test_marks_lie_inside(self) -> None:
        """Marked words lie inside their post, and carry rules that the post breaks."""
        for post in posts():
            for rule, spans in post.get("carried", {}).items():
                assert rule in post["expect"], post["id"]
                assert all(0 <= start < end <= len(post["text"]) for start, end in spans), post["id"]

    def test_details_are_typed(self) -> None:
        """Each detail has a kind and a subject of the vocabulary, and lies inside its post."""
        kinds, subjects = get_args(MentionKind), get_args(Subject)
        for post in posts():
            for kind, start, end, subject in post.get("details", ()):
                assert kind in kinds and subject in subjects, post["id"]  # noqa: PT018
                assert 0 <= start < end <= len(post["text"]), post["id"]


class TestWhole:
    def test_there_are_enough(self) -> None:
        """There are thousands of posts, by many hands, and no hand wrote more than a small share."""
        hands = Counter(post["hand"] for post in posts())
        assert len(posts()) >= 8_000
        assert max(hands.values()) / len(posts()) < 0.05

    def test_nearly_half_are_left_alone(self) -> None:
        """Nearly half of the posts raise nothing, so that alarm does not pay."""
        assert sum(not post["expect"] for post in posts()) / len(posts()) >= LEFT_ALONE

    @pytest.mark.parametrize("rule", sorted(SEVERITY))
    def test_every_rule_is_shown(self, rule: str) -> None:
        """Every rule is broken in at least a hundred posts."""
        assert sum(rule in post["expect"] for post in posts()) >= 100

    def test_no_post_stands_twice(self) -> None:
        """No two posts are the same but for capitals and spaces."""
        assert [] == [
            text for text, n in Counter(" ".join(p["text"].lower().split()) for p in posts()).items() if n > 1
        ]

    def test_writers_are_kept_apart(self) -> None:
        """What is learned from, chosen on and measured on are by different hands, and together are everything."""
        module = import_module("posts")
        parts = (
            module.training_part(posts()),
            module.by_hands(posts(), module.CHOOSING),
            module.by_hands(posts(), module.MEASURING),
        )
        hands = [{post["hand"] for post in part} for part in parts]
        assert all(hands)
        assert len(posts()) == sum(map(len, parts))
        assert sum(map(len, hands)) == len(set().union(*hands))
