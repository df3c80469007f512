"""Threads: posts of one author that are about the same person, what they tell together, and of how many it could be.

Each post gives a clue. Two posts are linked by how near their directions are, by the seldom words that they share, by
he or she, and by how surely each is about somebody met through work; weights in `linking.json`, measured on timelines
of invented practitioners. Groups grow while what links them on average holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from forethought.footprint.jigsaw.clues import Clue, linking, odds
from forethought.footprint.jigsaw.population import Estimate
from forethought.footprint.jigsaw.telling import Said, narrowed, sex_of
from forethought.footprint.jigsaw.words import says_something, shared, weighed

UNLIKE = -9.0  # what links two posts that are not candidates together
LARGEST = 400  # posts that are grouped at once; of more, only the strongest links are followed
SIDES = {"man": 1.0, "woman": -1.0}


@dataclass(frozen=True, slots=True)
class Told:
    """A post as the search for threads takes it."""

    id: str
    text: str
    clue: Clue
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A detail of a thread: the post, its words there, and of what kind."""

    post: str
    words: str
    kind: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts that tell of one person together.

    `low` to `high` people could match, eight times in ten; `identifying` says that it is red by the rules on small
    counts, `recognise` that the person would know themselves. `pair` holds the two details that narrow it most, and
    `loosen` the smallest change that would help.
    """

    posts: tuple[str, ...]
    details: tuple[Shown, ...]
    about: str
    identifying: bool
    recognise: bool
    estimate: Estimate
    pair: tuple[Shown, ...] = ()
    loosen: str = ""


def worth_keeping(clue: Clue) -> bool:
    """Say whether a post may belong to a thread at all."""
    return clue.weight >= float(linking()["least"])


def threads(posts: Sequence[Told], place: str = "") -> list[Thread]:
    """Return the threads in some posts of one author, who lives or works in `place` where that is known."""
    told = [post for post in posts if worth_keeping(post.clue)]
    groups = grouped(len(told), links(told))
    return [_thread([told[number] for number in sorted(group)], place) for group in groups]


def links(told: Sequence[Told]) -> dict[tuple[int, int], float]:
    """Return how strongly each pair of posts is linked, as log-odds of being about the same person."""
    weights, bias = linking()["same"]["weights"], linking()["same"]["bias"]
    return {
        pair: bias + sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
        for pair, signs in pair_signs(told)
    }


def pair_signs(told: Sequence[Told]) -> Iterator[tuple[tuple[int, int], tuple[float, ...]]]:
    """Yield what speaks for and against each pair of posts being about the same person, as numbers."""
    words = weighed(post.text for post in told)
    sides = [SIDES.get(sex_of([post.text]), 0.0) for post in told]
    sure = [odds(post.clue.weight) for post in told]
    near = nearness(told)
    for one, other in combinations(range(len(told)), 2):
        both, best = shared(words[one], words[other])
        yield (one, other), (float(near[one][other]), both, best, sides[one] * sides[other], sure[one] + sure[other])


def nearness(told: Sequence[Told]) -> Any:
    """Return how near the directions of posts are to each other, from -1 to 1; nothing speaks where there are none."""
    if not told or not all(post.clue.kin for post in told):
        return [[0.0] * len(told) for _ in told]
    import numpy as np

    kin = np.array([np.frombuffer(post.clue.kin, np.float16) for post in told], np.float32)
    return kin @ kin.T


def grouped(count: int, strength: dict[tuple[int, int], float]) -> list[list[int]]:
    """Return the groups of two or more that hold together: the best-linked two are joined until no link is enough."""
    enough, lean = float(linking()["enough"]), float(linking()["lean"])
    groups = [[number] for number in range(count)]
    while len(groups) > 1:
        best = max(combinations(range(len(groups)), 2), key=lambda pair: _held(groups, pair, strength, lean))
        if _held(groups, best, strength, lean) < enough:
            break
        groups[best[0]] += groups.pop(best[1])
    return [group for group in groups if len(group) > 1]


def _held(
    groups: Sequence[Sequence[int]], pair: tuple[int, int], strength: dict[tuple[int, int], float], lean: float
) -> float:
    """Return what links two groups: their links on average, leaning towards the best of them."""
    between = [strength[min(a, b), max(a, b)] for a in groups[pair[0]] for b in groups[pair[1]]]
    return lean * max(between) + (1 - lean) * sum(between) / len(between)


def _thread(told: Sequence[Told], place: str) -> Thread:
    details = tuple(
        Shown(post.id, post.text[detail.span.start : detail.span.end], detail.kind, detail.span.start)
        for post in told
        for detail in post.clue.details
        if says_something(post.text[detail.span.start : detail.span.end])
    )
    said = narrowed([Said(each.kind, each.words) for each in details], sex_of(post.text for post in told), place)
    by_words = {each.words: each for each in reversed(details)}
    pair = tuple(by_words[words] for words in said.pair if words in by_words)
    return Thread(
        tuple(post.id for post in told),
        details,
        _about(details),
        said.identifying,
        any(each.kind in ("event", "date") for each in details) and len(details) > 1,
        said.estimate,
        pair,
        said.loosen,
    )


def _about(details: Sequence[Shown]) -> str:
    """Return what a thread is about in its own telling words, one of a kind."""
    kinds: dict[str, str] = {}
    for kind in ("job", "family", "condition", "event", "hobby", "place", "age", "school", "faith", "organisation"):
        words = next((each.words for each in details if each.kind == kind), "")
        kinds |= {kind: words} if words else {}
    told = "; ".join(list(kinds.values())[:3])
    return f"somebody met through work ({told})" if told else "somebody met through work"
