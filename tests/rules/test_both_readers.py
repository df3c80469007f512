"""The rule files' own examples by both readers: no rule is lost or let loose by joining them.

The readers learn from these examples too, so this shows that the parts agree, and not that they generalise; for that
there is `training/MODEL_CARD.md`.
"""

from collections import Counter
from typing import Any

import pytest

from forethought.reading import Context, Draft, read
from forethought.reading.learned import reader
from forethought.rules import find, load_examples, rules
from forethought.rules.load import HERE

SHARE, LEAST = 0.9, 0.6  # of all examples, and of those of any one rule


def met(rule: str, example: dict[str, Any]) -> bool:
    """Say whether an example raises its rule, or leaves it alone, as it says."""
    named = {key: example[key] for key in ("role", "account", "audience", "reply_to") if key in example}
    found = find(read(Draft(example["text"], Context(**named)), reader()))
    return (rule in {finding.rule.id for finding in found}) == ("marks" in example)


@pytest.fixture(scope="module")
def shares() -> dict[str, dict[bool, float]]:
    """For each rule, the share of examples met: of those that raise it and of those that do not."""
    table: dict[str, dict[bool, float]] = {}
    for rule in rules():
        told = [example for example in load_examples(HERE / f"{rule.id}.toml") if "images" not in example]
        counts = Counter(("marks" in each, met(rule.id, dict(each))) for each in told if "known" not in each)
        sides = {side: counts[side, True] + counts[side, False] for side in (True, False)}
        table[rule.id] = {side: counts[side, True] / total for side, total in sides.items() if total}
    return table


@pytest.mark.parametrize("raised", [True, False], ids=["raised", "left-alone"])
def test_nearly_all_examples_are_met(shares: dict[str, dict[bool, float]], raised: bool) -> None:
    """Over all the rules, at least nine examples in ten are raised, or left alone, as they say."""
    of_each = [sides[raised] for sides in shares.values() if raised in sides]
    assert sum(of_each) / len(of_each) >= SHARE


@pytest.mark.parametrize("rule", [rule.id for rule in rules() if rule.id != "reach/missing-alt-text"])
def test_no_rule_is_lost_or_let_loose(rule: str, shares: dict[str, dict[bool, float]]) -> None:
    """No rule alone falls far behind the rest on either side."""
    assert min(shares[rule].values()) >= LEAST
