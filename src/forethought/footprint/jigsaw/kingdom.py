"""The United Kingdom as tables: the people of a place, how common a detail is there, and which details go together.

Pairs are known in three ways: both depend on age, both depend on sex, or a table says how common one is among the
people of the other. Where a figure is the nation's and the place is a town, it gets wider by as much as towns differ.
"""

import math
from functools import cache

from forethought.footprint.jigsaw.ages import Profile
from forethought.footprint.jigsaw.details import Figure, read
from forethought.footprint.jigsaw.matching import Attribute, Range, Told
from forethought.footprint.jigsaw.places import Place
from forethought.footprint.jigsaw.published import published
from forethought.footprint.jigsaw.wording import tables

UNSURE = 0.25  # of the logarithm of a pair's lift, where it follows from ages and sex
ORIGIN = 0.3  # log spread of a pair that is told through a common origin: own estimate
LEAST_LIFT, MOST_SHARE = 0.001, 0.95
ORIGINS = ("ethnicity", "birth country")  # kinds through which two others may be tied


@cache
def _given() -> dict[tuple[str, str], Range]:
    """Return how common one category is among the people of another."""
    rows = tables()["given"].items()
    return {(one, other): Range.between(*ends) for one, row in rows if one != "source" for other, ends in row.items()}


@cache
def _origins(left: str, right: str) -> tuple[tuple[Attribute, Range, Range], ...]:
    """Return the categories of origin among whose people it is known how common both are, and how common."""
    given = _given()
    return tuple(
        (Attribute(kind, one.removeprefix(kind).strip()), given[one, left], given[one, right])
        for one in dict.fromkeys(one for one, _ in given)
        for kind in ORIGINS
        if one.startswith(kind) and (one, left) in given and (one, right) in given
    )


class Kingdom:
    """Tables of one place in the United Kingdom."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._ages = published().bands(place.region)
        self._women = published().share("sex", "woman", place.region)

    @property
    def people(self) -> Range:
        """How many people live there."""
        return self._place.people

    @property
    def place(self) -> Told:
        """Where, and whence its number of people is."""
        return Told(f"people in {self._place.name}", self._place.source, self._place.name)

    @property
    def pairing(self) -> str:
        """Few official tables of pairs are at hand."""
        return "own estimate of how they go together"

    def told(self, detail: Attribute) -> Told:
        """Return how the detail is said, and the source of its share."""
        figure = read(detail)
        return Told(figure.words, self._source(figure), figure.short)

    def _source(self, figure: Figure) -> str:
        if self._local(figure):
            return str(tables()["local"]["source"])
        tabled = figure.category or figure.kind == "age"
        return published().source(figure.table, self._place.region) if tabled else figure.source

    def share(self, detail: Attribute) -> Range:
        """Return how common the detail is among the place's people."""
        figure = read(detail)
        local = self._local(figure)
        if local:
            return Range(local, 0.1)
        found = self._figure(figure).wider(figure.town if self._place.town else 0.03)
        return found if found.best < MOST_SHARE else Range(MOST_SHARE, min(found.spread, 0.03))

    def _figure(self, figure: Figure) -> Range:
        if figure.count:
            return Range(figure.count.best / self.people.best, math.hypot(figure.count.spread, self.people.spread))
        if figure.category:
            return Range(figure.among * published().share(figure.table, figure.category, self._place.region))
        return figure.share or Range(self._mean(figure.ages or self._ages))

    def _local(self, figure: Figure) -> float:
        return float(tables()["local"].get(self._place.name.casefold(), {}).get(figure.key, 0.0))

    def lift(self, one: Attribute, other: Attribute) -> Range | None:
        """Return how many times likelier two details are together than apart, or None where nothing tells."""
        left, right = read(one), read(other)
        if left.key == right.key:
            return Range(1 / self.share(one).best)
        for first, then, share in ((left, right, self.share(other)), (right, left, self.share(one))):
            given = _given().get((first.key, then.key)) or _given().get((first.kind, then.kind))
            if given:
                return Range(given.best / share.best, given.spread)
        return self._through(one, other) or self._implied(left, right)

    def _through(self, one: Attribute, other: Attribute) -> Range | None:
        """Return what a common origin makes of a pair: Polish at home and Catholic, by those born in Poland."""
        left, right = read(one).key, read(other).key
        shares = self.share(one).best, self.share(other).best
        both = [self._mixed(*found, shares) for found in _origins(left, right)]
        return Range(max(both) / math.prod(shares), ORIGIN) if both else None

    def _mixed(self, origin: Attribute, left: Range, right: Range, shares: tuple[float, float]) -> float:
        """Return the share for whom both hold, where each is independent of the other within and without the origin."""
        among = self.share(origin).best
        without = [max(share - among * held.best, 0.0) for share, held in zip(shares, (left, right), strict=True)]
        return among * left.best * right.best + math.prod(without) / (1 - among)

    def _implied(self, left: Figure, right: Figure) -> Range | None:
        """Return what follows from the ages and the sex of each."""
        by_age = self._by_age(left.ages, right.ages) if left.ages and right.ages else None
        by_sex = None if left.women is None or right.women is None else self._by_sex(left.women, right.women)
        if by_age is None and by_sex is None:
            return None
        best = max((1.0 if by_age is None else by_age) * (1.0 if by_sex is None else by_sex), LEAST_LIFT)
        return Range(best, UNSURE * min(abs(math.log(best)), 1.0))

    def _by_age(self, left: Profile, right: Profile) -> float:
        both = tuple(one * other for one, other in zip(left, right, strict=True))
        return self._mean(both) / (self._mean(left) * self._mean(right))

    def _mean(self, weights: Profile) -> float:
        return sum(age * weight for age, weight in zip(self._ages, weights, strict=True)) / sum(self._ages)

    def _by_sex(self, left: float, right: float) -> float:
        return left * right / self._women + (1 - left) * (1 - right) / (1 - self._women)
