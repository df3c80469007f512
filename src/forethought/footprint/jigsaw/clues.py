"""What one post gives to a thread: how likely it tells of one particular person, and the details that it tells."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from forethought.reading import Mention, Reading, Span
from forethought.review import Report

# The rules whose breach tells of somebody met through work, and how much of a rule's probability counts.
TELLING = {
    "confidentiality/client-case": 1.0,
    "confidentiality/client-named": 1.0,
    "confidentiality/consent-claimed": 1.0,
    "confidentiality/identifying-details": 1.0,
    "confidentiality/workplace-confidence": 0.5,
    "boundaries/power-imbalance": 0.7,
    "standing/testimonial": 0.5,
}
SUBJECTS = (
    "client", "client-relative", "own-family", "author", "fictional", "public-figure", "people", "colleague", "trainee",
)  # fmt: skip
RULES = 1  # where among the signs stands what the rules say
FRAMES = ("invented", "own-therapy", "quoted")
OWN = frozenset({"author", "own-family"})
LEAST = 1e-4  # probabilities are kept this far from 0 and 1 before their odds are taken
MOST_OF_ONE = 2  # mentions of one subject beyond these say no more
PLAIN = 0.4  # of the probability that such a rule is broken: a post that says it plainly is at least so likely
ODDS_ALONE = -1.0  # of the words alone: how much surer they must be where no learned reader is there


@dataclass(frozen=True, slots=True)
class Detail:
    """Words that tell something of somebody: what kind of thing, and where they stand in the post."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Clue:
    """What a post gives: how likely it tells of a person met through work, what of them, and what of the author.

    `kin` is a direction near to that of other posts about the same person: numbers of 16 bits, or nothing.
    """

    weight: float
    details: tuple[Detail, ...]
    own: tuple[Detail, ...]
    kin: bytes = b""


@cache
def linking() -> dict[str, Any]:
    """Return the weights that `training/linking.py` measured."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("linking.json").read_text(encoding="utf-8"))
    return found


def clue(report: Report) -> Clue:
    """Return what a reviewed post gives."""
    reading = report.reading
    if reading is None:
        return Clue(0.0, (), ())
    mentions = every_mention(reading)
    others = details_of(mention for mention in mentions if mention.subject not in OWN)
    own = details_of(mention for mention in mentions if mention.subject in OWN)
    return Clue(weight(reading), others, own, reading.learned.kin if reading.learned else b"")


def weight(reading: Reading) -> float:
    """Return how likely a post tells of a person met through work; without the learned reader, by words alone."""
    if reading.learned is None or not reading.learned.kin:
        return chance(odds(by_rules(reading)) + ODDS_ALONE)
    return likely(signs(reading), linking()["telling"])


def likely(told: Sequence[float], telling: Mapping[str, Any]) -> float:
    """Return how likely a post with these signs tells of a person met through work, by the weights in `telling`."""
    weighed = chance(telling["bias"] + sum(a * b for a, b in zip(telling["weights"], told, strict=True)))
    return max(weighed, PLAIN * chance(told[RULES]))


def signs(reading: Reading) -> list[float]:
    """Return what speaks for and against a post being about somebody met through work, as numbers."""
    learned = reading.learned
    assert learned
    by_learned: Counter[str] = Counter(mention.subject for mention in learned.mentions)
    by_words = {mention.subject for mention in reading.mentions}
    frames = {frame for sentence in reading.sentences for frame in sentence.frames}
    said = {each.rule: each.probability for each in learned.concerns}
    return [
        odds(learned.about),
        odds(by_rules(reading)),
        said.get("boundaries/self-disclosure", 0.0),
        *(float(min(MOST_OF_ONE, by_learned[subject])) for subject in SUBJECTS),
        *(float(subject in by_words) for subject in SUBJECTS),
        *(float(frame in frames) for frame in FRAMES),
    ]


def by_rules(reading: Reading) -> float:
    """Return how likely at least one of the rules is broken whose breach tells of somebody met through work."""
    concerns = reading.learned.concerns if reading.learned else reading.concerns
    missed = 1.0
    for each in concerns:
        missed *= 1 - TELLING.get(each.rule, 0.0) * each.probability
    return 1 - missed


def odds(probability: float) -> float:
    """Return log-odds, kept within reason."""
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def chance(log_odds: float) -> float:
    """Return a probability from log-odds."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds))))


def every_mention(reading: Reading) -> list[Mention]:
    """Return the mentions of both readers, in order; where two overlap the learned reader's stays."""
    learned = list(reading.learned.mentions) if reading.learned else []
    taken = [mention.span for mention in learned]
    lexical = [mention for mention in reading.mentions if not any(_meet(mention.span, span) for span in taken)]
    return sorted([*learned, *lexical], key=lambda mention: mention.span)


def details_of(mentions: Iterable[Mention]) -> tuple[Detail, ...]:
    """Return the details that mentions are."""
    return tuple(Detail(mention.kind, mention.span) for mention in mentions)


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
