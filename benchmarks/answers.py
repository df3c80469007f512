"""Ask how many of a made-up population match, and mark the answers against the counts."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from people import NAMES, People

from forethought.footprint.jigsaw.matching import Attribute, Counts
from forethought.footprint.jigsaw.population import Estimate, estimate, level

FACTOR, RED = 3, 10


class Asked(NamedTuple):
    """A query answered: what was estimated, what independence would say, and how many there are."""

    found: Estimate
    alone: float
    truth: int


def asked(people: People, tables: Counts, features: int, queries: int, seed: int) -> Iterator[Asked]:
    """Yield answers to queries of so many features, drawn with a fixed seed."""
    chance = random.Random(seed * 10 + features)
    for _ in range(queries):
        chosen = tuple(chance.sample(list(NAMES), features))
        details = people.attributes(chance.randrange(tables.total), chosen)
        yield Asked(estimate(details, tables=tables), independent(tables, details), people.matching(details))


def independent(tables: Counts, details: tuple[Attribute, ...]) -> float:
    """Return how many would match, were every detail independent of the others."""
    people = float(tables.total)
    for detail in details:
        people *= tables.share(detail).best
    return people


def scores(answers: list[Asked]) -> Counter[str]:
    """Count right answers: near the truth, within the range, and alarms that are right and wrong."""
    score = Counter[str](asked=len(answers))
    for found, alone, truth in answers:
        few, alarm = truth < RED, level(found) == "red"
        score["near"] += truth / FACTOR <= found.best <= truth * FACTOR
        score["near alone"] += truth / FACTOR <= alone <= truth * FACTOR
        score["within"] += found.low <= truth <= found.high
        score["few"] += few
        score["few found"] += few and alarm
        score["false alarms"] += alarm and not few
    return score
