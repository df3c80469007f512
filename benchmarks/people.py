"""Draw made-up populations whose every count is known, to measure the estimate of how many people match on.

Details depend on one another in threes and fours, and through a way of living that no table shows: on purpose not in
the pairs of which the estimate is made. Nothing here describes real people; the shares only look like the country's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from forethought.footprint.jigsaw.matching import Attribute, Counts

Column = NDArray[np.int64]
PLACES, LIVES = 30, 4  # places, and ways of living: city young, suburb family, country, seaside retired
NAMES: Mapping[str, tuple[str, ...]] = {
    "place": tuple(f"place {number}" for number in range(PLACES)),
    "age": tuple(f"{start}-{start + 4}" for start in range(0, 90, 5)),
    "sex": ("man", "woman"),
    "ethnicity": tuple(
        "British,Irish,other White,Indian,Pakistani,Bangladeshi,African,Caribbean,Chinese,mixed".split(",")
    ),
    "religion": ("none", "Christian", "Muslim", "Hindu", "Sikh", "Buddhist", "Jewish"),
    "qualification": ("none", "school", "college", "degree"),
    "occupation": tuple(
        "none,manager,professional,nurse,teacher,office,trades,carer,sales,driver,cleaner,police".split(",")
    ),
    "partnership": ("single", "married", "divorced", "widowed"),
}
# Of each ethnicity, how likely each religion is, in the order above.
FAITHS = np.array([
    [48, 46, 0.3, 0.05, 0.02, 0.3, 0.4], [25, 70, 0.2, 0.05, 0.02, 0.3, 0.3], [35, 55, 5, 0.1, 0.02, 0.3, 1.2],
    [8, 10, 13, 45, 23, 0.3, 0.1], [3, 1, 94, 0.2, 0.1, 0.05, 0.05], [2.5, 0.6, 95, 1, 0.05, 0.2, 0.05],
    [8, 68, 22, 0.1, 0.02, 0.1, 0.1], [24, 70, 2, 0.3, 0.02, 0.2, 0.1], [62, 20, 0.5, 0.1, 0.02, 16, 0.1],
    [45, 38, 10, 1, 0.6, 0.7, 0.7],
])  # fmt: skip
# Of each ethnicity, how common it is in each way of living.
ROOTS = np.array([
    [45, 1.5, 14, 6, 5, 4, 9, 5, 3, 6], [76, 1, 5, 5, 4, 1, 2, 1, 1, 2.5],
    [95, 0.6, 2, 0.3, 0.2, 0.1, 0.2, 0.1, 0.3, 0.8], [92, 1, 3, 0.7, 0.4, 0.3, 0.5, 0.3, 0.5, 1],
])  # fmt: skip
# Of each occupation but none: at each qualification, then how much likelier for a woman than for a man.
WORK = np.array([
    [3, 9, 10, 13], [0.5, 3, 9, 45], [0.1, 0.3, 2.5, 6], [0.1, 0.2, 1.5, 8], [6, 17, 15, 9], [14, 15, 20, 3],
    [10, 13, 11, 3], [13, 14, 10, 4], [15, 9, 6, 1], [36, 17, 9, 2], [0.2, 0.8, 1.5, 0.9],
])  # fmt: skip
WOMEN = np.array([0.6, 0.95, 8, 3, 2.8, 0.06, 5, 1.6, 0.12, 1.1, 0.5])


@dataclass(frozen=True, slots=True)
class People:
    """A population: for each feature, the number of each person's category."""

    columns: Mapping[str, Column]

    def attributes(self, person: int, features: tuple[str, ...]) -> tuple[Attribute, ...]:
        """Return what holds for a person."""
        return tuple(Attribute(feature, NAMES[feature][self.columns[feature][person]]) for feature in features)

    def matching(self, attributes: tuple[Attribute, ...]) -> int:
        """Count the people for whom all of it holds."""
        hits = np.ones(len(self.columns["sex"]), dtype=bool)
        for kind, value in attributes:
            hits &= self.columns[kind] == NAMES[kind].index(value)
        return int(hits.sum())

    def tables(self) -> Counts:
        """Count each category, and each pair of categories, and nothing more."""
        single = {key: count for feature in NAMES for key, count in self._single(feature).items()}
        pairs = {key: count for two in combinations(NAMES, 2) for key, count in self._pairs(*two).items()}
        return Counts(len(self.columns["sex"]), single, pairs)

    def _single(self, feature: str) -> dict[Attribute, float]:
        counts = np.bincount(self.columns[feature], minlength=len(NAMES[feature]))
        return {Attribute(feature, name): float(count) for name, count in zip(NAMES[feature], counts, strict=True)}

    def _pairs(self, one: str, other: str) -> dict[frozenset[Attribute], float]:
        wide = len(NAMES[other])
        counts = np.bincount(self.columns[one] * wide + self.columns[other], minlength=len(NAMES[one]) * wide)
        return {
            frozenset((Attribute(one, NAMES[one][at // wide]), Attribute(other, NAMES[other][at % wide]))): float(count)
            for at, count in enumerate(counts)
        }


def draw(size: int, seed: int) -> People:
    """Return `size` people, drawn with a fixed seed: the way of living first, which is then forgotten."""
    rng = np.random.default_rng(seed)
    place = _pick(rng, np.tile(1 / np.arange(1, PLACES + 1) ** 0.8, (size, 1)))
    life = _pick(rng, rng.dirichlet(np.full(LIVES, 0.8), PLACES)[place])
    roots = ROOTS * rng.lognormal(0, 0.5, (1, ROOTS.shape[1]))
    local = roots[None] * rng.lognormal(0, 0.7, (PLACES, 1, ROOTS.shape[1]))
    ethnicity = _pick(rng, local[place, life])
    age = _ages(rng, life, ethnicity)
    sex = (rng.random(size) < 0.49 + 0.012 * np.maximum(age - 12, 0) + 0.02 * (life == 3)).astype(np.int64)
    religion = _religions(rng, ethnicity, age, life, sex)
    qualification = _qualifications(rng, age, ethnicity, life, sex)
    occupation = _occupations(rng, age, sex, qualification, religion, ethnicity)
    partnership = _partnerships(rng, age, sex, religion, qualification)
    found = (place, age, sex, ethnicity, religion, qualification, occupation, partnership)
    return People(dict(zip(NAMES, found, strict=True)))


def _pick(rng: np.random.Generator, weights: NDArray[np.float64]) -> Column:
    """Draw a column of each row, by its weights."""
    edges = np.cumsum(weights, axis=1)
    drawn: Column = (rng.random((len(edges), 1)) * edges[:, -1:] > edges[:, :-1]).sum(axis=1, dtype=np.int64)
    return drawn


def _ages(rng: np.random.Generator, life: Column, ethnicity: Column) -> Column:
    """Young in the city, old by the sea; younger where a family has come more lately, but not by the sea."""
    middle = np.array([5.0, 7.0, 9.0, 12.0])[life] - 1.5 * ((ethnicity > 2) & (life < 3))
    wide = np.array([3.0, 4.5, 4.8, 4.0])[life]
    return np.asarray(np.clip(rng.normal(middle, wide), 0, 17.9), dtype=np.int64)


def _religions(rng: np.random.Generator, ethnicity: Column, age: Column, life: Column, sex: Column) -> Column:
    """None is likelier for the young of some roots only, and for men of the city."""
    weights = FAITHS[ethnicity].copy()
    drift = np.where(ethnicity < 3, np.exp(0.13 * (8 - age)), np.exp(0.04 * (8 - age)))
    weights[:, 0] *= drift * np.where((life == 0) & (sex == 0), 1.5, 1.0)
    weights[:, 6] *= np.where(life == 1, 2.5, 0.6)
    return _pick(rng, weights)


def _qualifications(rng: np.random.Generator, age: Column, ethnicity: Column, life: Column, sex: Column) -> Column:
    """Degrees are for the young of the city, and for women once they are under fifty."""
    level = (
        0.8 * (life == 0) - 0.5 * (life == 3) + 0.35 * np.isin(ethnicity, (3, 6, 8)) + 0.3 * ((sex == 1) & (age < 10))
    )
    level = level + np.where(age < 4, -2.5, -0.12 * (age - 7)) + rng.logistic(0, 1, len(age))
    return np.where(age < 3, 0, np.digitize(level, (-1.4, 0.0, 0.9))).astype(np.int64)


def _occupations(
    rng: np.random.Generator, age: Column, sex: Column, qualification: Column, religion: Column, ethnicity: Column
) -> Column:
    """Work by qualification and sex; mothers of young children, and some faiths' women, are less often in work."""
    weights = WORK.T[qualification] * np.where(sex[:, None] == 1, WOMEN, 1.0)
    weights[:, 2] *= np.where(np.isin(ethnicity, (3, 6)) & (sex == 1), 2.0, 1.0)
    weights[:, 8] *= np.where((ethnicity == 4) & (sex == 0), 4.0, 1.0)
    away = np.where(age < 13, 0.25, 8.0) + 0.6 * ((sex == 1) & (age < 9) & (religion == 2)) + 0.15 * (sex == 1)
    idle = weights.sum(axis=1, keepdims=True) * np.where(age < 4, 30.0, away)[:, None]
    return np.where(age < 3, 0, _pick(rng, np.hstack((idle, weights))))


def _partnerships(
    rng: np.random.Generator, age: Column, sex: Column, religion: Column, qualification: Column
) -> Column:
    """Marriage comes earlier in some faiths and later with a degree; widows are older women."""
    start = 6.2 - 1.2 * np.isin(religion, (2, 3, 4)) + 0.5 * (qualification == 3) - 0.3 * sex
    married = 1 / (1 + np.exp(-(age - start)))
    parted = 0.25 * married * np.where(np.isin(religion, (2, 3, 4)), 0.4, 1.0) * np.clip((age - 6) / 5, 0, 1)
    left = np.exp(0.55 * (age - 17.0)) * np.where(sex == 1, 1.8, 0.7)
    weights = np.stack((np.where(age < 4, 1e6, 1.02 - married), married, parted, left), axis=1)
    return _pick(rng, weights)
