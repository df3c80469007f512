"""The search for threads as simply as it can be said, pair by pair: slow, and what the quick one is held against."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from forethought.footprint.jigsaw.clues import odds
from forethought.footprint.jigsaw.telling import sex_of
from forethought.footprint.jigsaw.words import weighed

SIDES = {"man": 1.0, "woman": -1.0}
Strength = dict[tuple[int, int], float]


def strengths(
    texts: Sequence[str], weights: Sequence[float], kin: Sequence[bytes], same: Mapping[str, Any]
) -> Strength:
    """Return what links each pair of posts."""
    words = weighed(texts)
    sides = [SIDES.get(sex_of([text]), 0.0) for text in texts]
    sure = [odds(weight) for weight in weights]
    points = [np.frombuffer(each, np.float16).astype(float) for each in kin]
    found: Strength = {}
    for one, other in combinations(range(len(texts)), 2):
        both = [weight for word, weight in words[one].items() if word in words[other]]
        near = float(points[one] @ points[other]) if kin[one] and kin[other] else 0.0
        signs = (near, sum(both), max(both, default=0.0), sides[one] * sides[other], sure[one] + sure[other])
        found[one, other] = same["bias"] + sum(a * b for a, b in zip(same["weights"], signs, strict=True))
    return found


def joined(count: int, strength: Strength, linking: Mapping[str, Any]) -> list[list[int]]:
    """Return the groups: the best-linked two are joined until no link is enough, and a mere pair is linked better."""
    groups = [[number] for number in range(count)]
    while len(groups) > 1:
        best = max(combinations(groups, 2), key=lambda pair: held(*pair, strength, linking))
        if held(*best, strength, linking) < linking["enough"]:
            break
        best[0].extend(best[1])
        groups.remove(best[1])
    made = sorted(sorted(group) for group in groups if len(group) > 1)
    return [group for group in made if len(group) > 2 or strength[group[0], group[1]] >= linking["pair"]]


def held(one: Sequence[int], other: Sequence[int], strength: Strength, linking: Mapping[str, Any]) -> float:
    """Return what links two groups: their links on average, leaning towards the best, less what crowding takes."""
    between = [strength[min(a, b), max(a, b)] for a in one for b in other]
    crowd = max(0, len(one) + len(other) - linking["few"])
    lean = linking["lean"]
    return lean * max(between) + (1 - lean) * sum(between) / len(between) - linking["crowding"] * crowd
