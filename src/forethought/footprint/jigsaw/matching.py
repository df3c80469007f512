"""How many people match several details at once, told from the share of each and of each pair, and from nothing higher.

Details are joined in a tree along their strongest ties: of all pairs, those that are furthest from independence at
just these values. That keeps within three times the truth where plain multiplying no longer does, and takes no
table that official statistics do not print. What a tie leaves out widens the range.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, Protocol

EIGHTY = 1.2816  # standard deviations to either side that hold 80 % of a bell curve: what every range here means
OFF_TREE = 0.17  # log spread of a known pair that the tree leaves out, as measured on made-up populations
NO_TABLE = 0.2  # log spread of a pair that no table tells of: own estimate
MOST = 8  # details that are joined; where there are more, the commonest are left out, for they narrow least
LEAST = 0.5  # people: what a pair counts for that nobody was found in


class Attribute(NamedTuple):
    """A detail of a person: its kind, such as `occupation`, and what was said, such as `nurse`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with how sure it is: the standard deviation of its natural logarithm."""

    best: float
    spread: float = 0.0

    @classmethod
    def between(cls, low: float, high: float) -> "Range":
        """Return the figure that lies between the two eight times in ten: their geometric mean."""
        return cls(math.sqrt(low * high), math.log(high / low) / (2 * EIGHTY))

    @property
    def low(self) -> float:
        """The lower end; one time in ten the truth is below it."""
        return self.best * math.exp(-EIGHTY * self.spread)

    @property
    def high(self) -> float:
        """The upper end; one time in ten the truth is above it."""
        return self.best * math.exp(EIGHTY * self.spread)

    def __mul__(self, other: "Range") -> "Range":
        return Range(self.best * other.best, math.hypot(self.spread, other.spread))

    def wider(self, spread: float) -> "Range":
        """Return the same figure, less sure."""
        return Range(self.best, math.hypot(self.spread, spread))


class Told(NamedTuple):
    """A step of an estimate in plain words, the source of its figure, which is never empty, and a short name for it."""

    words: str
    source: str
    short: str


class Tables(Protocol):
    """What is known of a population: how many people, the share of each detail, and how pairs go together."""

    @property
    def people(self) -> Range:
        """How many people there are."""

    @property
    def place(self) -> "Told":
        """Where they are."""

    @property
    def pairing(self) -> str:
        """Whence it is known how details go together."""

    def told(self, detail: Attribute) -> "Told":
        """Return how the detail is said, and whence its figure is."""

    def share(self, detail: Attribute) -> Range:
        """Return the share of people, 0 to 1, for whom the detail holds."""

    def lift(self, one: Attribute, other: Attribute) -> Range | None:
        """Return how many times likelier two details are together than apart, or None where no table tells."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Tables that were counted: people in all, of each detail, and of each pair of details."""

    total: int
    single: Mapping[Attribute, float]
    pairs: Mapping[frozenset[Attribute], float]

    @property
    def people(self) -> Range:
        """How many people were counted."""
        return Range(self.total)

    @property
    def place(self) -> Told:
        """Everyone who was counted."""
        return Told("people in all", "counted", "all")

    @property
    def pairing(self) -> str:
        """Pairs were counted too."""
        return "counted pairs"

    def told(self, detail: Attribute) -> Told:
        """Return the detail as it is."""
        return Told(f"{detail.kind} {detail.value}", "counted", detail.value)

    def share(self, detail: Attribute) -> Range:
        """Return the share that was counted."""
        return Range(max(self.single[detail], LEAST) / self.total)

    def lift(self, one: Attribute, other: Attribute) -> Range | None:
        """Return how much commoner the pair is than chance would have it; None for a pair that was not counted."""
        both = self.pairs.get(frozenset((one, other)))
        if both is None:
            return None
        return Range(max(both, LEAST) / self.total / self.share(one).best / self.share(other).best)


class Match(NamedTuple):
    """How many people match: the ends of the range, and the best guess between them."""

    low: float
    best: float
    high: float


class _Tie(NamedTuple):
    one: int
    other: int
    log: float
    variance: float
    known: bool


class Matches:
    """The people who match any choice among some details; a choice is a set of their numbers, from 0."""

    def __init__(self, tables: Tables, details: Sequence[Attribute]) -> None:
        self._people = tables.people
        self._shares = [tables.share(detail) for detail in details]
        numbers = combinations(range(len(details)), 2)
        ties = (self._tie(one, other, tables.lift(details[one], details[other])) for one, other in numbers)
        self._ties = sorted(ties, key=lambda tie: abs(tie.log), reverse=True)
        self._found: dict[frozenset[int], Match] = {}

    def _tie(self, one: int, other: int, lift: Range | None) -> _Tie:
        if lift is None:
            return _Tie(one, other, 0.0, NO_TABLE**2, False)
        most = 1 / max(self._shares[one].best, self._shares[other].best)  # a pair is no commoner than either of it
        return _Tie(one, other, math.log(min(lift.best, most)), lift.spread**2, True)

    def among(self, chosen: frozenset[int]) -> Match:
        """Return how many match all that is chosen: never more than match any part of it."""
        rarest = sorted(chosen, key=lambda number: self._shares[number].best)[:MOST]
        return self._least(frozenset(rarest))

    def _least(self, chosen: frozenset[int]) -> Match:
        if chosen not in self._found:
            count = self._joined(chosen)
            parts = [self._least(chosen - {number}) for number in chosen]
            best = min([count.best, *(part.best for part in parts)])
            high = min([count.high, *(part.high for part in parts)])
            self._found[chosen] = Match(min(count.low, best), best, max(high, best))
        return self._found[chosen]

    def _joined(self, chosen: frozenset[int]) -> Range:
        """Multiply the shares, and along the tree what their ties make of them."""
        log = math.log(self._people.best) + sum(math.log(self._shares[number].best) for number in chosen)
        variance = self._people.spread**2 + sum(self._shares[number].spread ** 2 for number in chosen)
        trees = {number: number for number in chosen}
        for tie in (tie for tie in self._ties if tie.one in trees and tie.other in trees):
            joins = trees[tie.one] != trees[tie.other]
            log += tie.log if joins else 0.0
            variance += tie.variance if joins or not tie.known else OFF_TREE**2
            if joins:
                trees = {number: trees[tie.one] if tree == trees[tie.other] else tree for number, tree in trees.items()}
        return Range(math.exp(log), math.sqrt(variance))

    def tied(self, number: int, others: frozenset[int], least: float = 1.25) -> tuple[int, ...]:
        """Return those of the others that a detail goes with, or against, by `least` times or more."""
        strong = (tie for tie in self._ties if abs(tie.log) >= math.log(least))
        ends = [{tie.one, tie.other} for tie in strong]
        return tuple(other for other in sorted(others) if {number, other} in ends)
