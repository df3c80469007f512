"""Ages: what `early thirties`, `year 9` or `pensioner` mean in years, and how a detail is spread over the ages."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from forethought.footprint.jigsaw.wording import longest, plain_names, tables

YEARS = 101  # ages 0 to 100 and over
OLDEST = 120  # what is above is no age
SPAN = re.compile(r"\b(\d{1,3})\s*(?:-|–|to|or|and)\s*(\d{1,3})\b")
TENS = re.compile(r"(?:\b(early|mid|late)\W+)?\b(?:(\d0)['’]?s\b|(\w+ties)\b)")
SCHOOL_YEAR = re.compile(r"\byear\s+(\d{1,2})\b")
NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
Profile = tuple[float, ...]


class Span(NamedTuple):
    """Ages, both included."""

    first: int
    last: int

    @property
    def weights(self) -> Profile:
        """The ages as a profile: 1 within, 0 without."""
        return tuple(float(self.first <= year <= self.last) for year in range(YEARS))


def ages(value: str) -> Span | None:
    """Return the ages that a text means, such as `34`, `early thirties`, `30-39`, `year 9` or `pensioner`."""
    text = value.casefold()
    span = SPAN.search(text)
    if span:
        return _span(int(span[1]), int(span[2]))
    tens = _tens(text)
    if tens:
        return tens
    year = SCHOOL_YEAR.search(text)
    if year:
        return _span(int(year[1]) + 4, int(year[1]) + 5)
    number = NUMBER.search(text)
    if number:
        return _span(int(number[0]), int(number[0]))
    said = longest(plain_names("life"), text)
    return Span(*tables()["life"][said]) if said else None


def _tens(text: str) -> Span | None:
    found = TENS.search(text)
    start = int(found[2]) if found and found[2] else tables()["tens"].get(found[3]) if found else None
    first, last = tables()["part"].get(found[1], (0, 9)) if found else (0, 9)
    return Span(start + first, start + last) if start else None


def _span(first: int, last: int) -> Span | None:
    low, high = sorted((first, last))
    return Span(min(low, YEARS - 1), min(high, YEARS - 1)) if low <= OLDEST else None


@cache
def profile(name: str) -> Profile | None:
    """Return a profile of ages year by year, or None for no name."""
    return steps(tables()["ages"][name]) if name else None


def steps(points: Iterable[tuple[int, float]]) -> Profile:
    """Return the value at each age, where each point holds from its age until the next."""
    values = [0.0] * YEARS
    for start, value in points:
        values[start:] = [value] * (YEARS - start)
    return tuple(values)


def women(weights: Profile) -> float:
    """Return the share of people of these ages who are women."""
    shares = steps(tables()["women_by_age"]["steps"])
    return sum(share * weight for share, weight in zip(shares, weights, strict=True)) / sum(weights)
