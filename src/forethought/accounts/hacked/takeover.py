"""Posts that may not be the person's own, found by comparing an archive with itself. The person judges each of them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forethought.accounts.hacked.posts import Post, Usual
from forethought.accounts.hacked.signs import SIGNS, Signs, signs
from forethought.guidance.schema import Schema, read, tables

FILE = Path(__file__).with_name("takeover.toml")
SIGN = Schema({"id": str, "weight": str, "says": str}, {})
LEAST = 0.5  # what a sign adds to the score to be given as a reason
JUDGE = (
    "Only you know whether you wrote it. What is listed here differs from your other posts, and that is all it says."
)


@dataclass(frozen=True, slots=True)
class Odd:
    """A post that differs from the others: how surely, from 0 to 1, and why, the weightiest reason first."""

    post: Post
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign weighs and how it is said, what every post begins with, and from which score it is shown."""

    base: float
    threshold: float
    weight: Mapping[str, float]
    says: Mapping[str, str]


def suspicious(posts: Iterable[Post], usual: Usual | None = None) -> tuple[Odd, ...]:
    """Return the posts that differ from the others of their archive, the most surely different first.

    `usual` is what the person says is usual for them. On made archives more than nine in ten planted posts are found
    and fewer than one in a hundred of the person's own are shown; a real archive may differ.
    """
    every = list(posts)
    found = (
        Odd(post, score(row), reasons(row)) for post, row in zip(every, signs(every, usual or Usual()), strict=True)
    )
    return tuple(sorted((each for each in found if each.score >= weights().threshold), key=lambda each: -each.score))


def score(row: Signs) -> float:
    """Return from 0 to 1 how surely a post with these signs is not its owner's, as far as made archives tell."""
    total = weights().base + sum(weights().weight[name] * row[name].strength for name in SIGNS)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def reasons(row: Signs) -> tuple[str, ...]:
    """Return what speaks for it in words, the weightiest first; the weightiest alone where all are slight."""
    adds = sorted(((weights().weight[name] * row[name].strength, name) for name in SIGNS), reverse=True)
    told = [name for added, name in adds if added >= LEAST] or [adds[0][1]]
    return tuple(weights().says[name].format(value=row[name].seen) for name in told)


@cache
def weights() -> Weights:
    """Return the weights. Raises PackError, naming file and line."""
    data = read(FILE)
    entries = tables(FILE, data, "sign")
    for each in entries:
        each.check(SIGN)
        each.one_of("id", SIGNS)
    values = [each.values for each in entries]
    return Weights(
        float(data["base"]), float(data["threshold"]),
        {each["id"]: float(each["weight"]) for each in values}, {each["id"]: each["says"] for each in values},
    )  # fmt: skip
