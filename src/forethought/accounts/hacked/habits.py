"""What is usual for a person, counted from their own posts: how odd a value is, judged by the other weeks alone.

A takeover fills a few days. So a value counts once a week, however often it was used, and the week of the post that is
judged never speaks for it: a burst cannot make itself usual.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from statistics import median

from forethought.accounts.hacked.posts import Post

MOST = 4.0  # the oddest that one sign can be
FEW = 4  # weeks below which nothing is called unusual
BLOCK = 8  # posts without a day that count as a week
SPREAD = 1.3  # hours by which somebody's habits shift from day to day


def weeks(posts: Sequence[Post]) -> list[Hashable]:
    """Return in which week each post was made; those without a day go by their place among the others."""
    return [each.at.date().isocalendar()[:2] if each.at else ("-", n // BLOCK) for n, each in enumerate(posts)]


class Habit:
    """In how many weeks each value was used, of all weeks in which any was."""

    def __init__(self, values: Iterable[tuple[Hashable, Collection[str]]]) -> None:
        """Take each post's week and values; a post without one says nothing."""
        self._weeks: dict[str, set[Hashable]] = defaultdict(set)
        self._all: set[Hashable] = set()
        for week, found in values:
            if found:
                self._all.add(week)
            for value in found:
                self._weeks[value].add(week)

    @property
    def known(self) -> bool:
        """Whether there are weeks enough to call anything unusual."""
        return len(self._all) > FEW

    def is_new(self, value: str, week: Hashable) -> bool:
        """Return whether a value was used in no other week."""
        return not self._weeks[value] - {week}

    def oddness(self, value: str, week: Hashable) -> float:
        """Return from 0 to MOST how unusual a value is by the other weeks; 0 where those are too few."""
        others = len(self._all) - (week in self._all)
        if not value or others < FEW:
            return 0.0
        with_it = len(self._weeks[value]) - (week in self._weeks[value])
        return min(MOST, -math.log((with_it + 0.1) / (others + 0.1)))


class Hours:
    """At which hours of the day somebody writes, each hour counted once a week."""

    def __init__(self, posts: Sequence[Post], at_weeks: Sequence[Hashable]) -> None:
        """Count them."""
        self._by_week: dict[Hashable, set[int]] = defaultdict(set)
        for post, week in zip(posts, at_weeks, strict=True):
            if post.at:
                self._by_week[week].add(post.at.hour)
        self._all = Counter(hour for hours in self._by_week.values() for hour in hours)

    def oddness(self, hour: int, week: Hashable) -> float:
        """Return from 0 to MOST how seldom somebody writes at this hour, by the other weeks."""
        own = self._by_week[week]
        counts = {each: count - (each in own) for each, count in self._all.items()}
        total = sum(counts.values())
        if len(self._by_week) - 1 < FEW:
            return 0.0
        near = sum(count * _near(hour, each) for each, count in counts.items())
        return min(MOST, max(0.0, -math.log((near + 0.15) * 24 / (total + 3.6))))


def _near(one: int, other: int) -> float:
    """Return how much a post at one hour says of another, as a share of all hours."""
    apart = min((one - other) % 24, (other - one) % 24)
    return math.exp(-0.5 * (apart / SPREAD) ** 2) / (SPREAD * math.sqrt(2 * math.pi))


class Spread:
    """How far measured values lie from the person's middle, in units that a few outliers cannot move."""

    def __init__(self, rows: Sequence[Mapping[str, float]]) -> None:
        """Take the measures of every post."""
        self._middle = {name: median(row[name] for row in rows) for name in (rows[0] if rows else ())}
        self._width = {
            name: median(abs(row[name] - middle) for row in rows) * 1.48 for name, middle in self._middle.items()
        }

    def middle(self, name: str) -> float:
        """Return the person's middle."""
        return self._middle[name]

    def distance(self, name: str, value: float, least: float) -> float:
        """Return the distance of a value, up to 6; `least` is the smallest width that is believed."""
        return min(6.0, abs(value - self._middle[name]) / max(self._width[name], least))
