"""Counting a pile-on: posts over time, accounts, the earliest of those kept, bursts and the same words said by many."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import groupby

from forethought.incidents.pileon.model import HostilePost

STEPS = {
    "minute": timedelta(minutes=1), "ten minutes": timedelta(minutes=10), "hour": timedelta(hours=1),
    "six hours": timedelta(hours=6), "day": timedelta(days=1), "week": timedelta(weeks=1),
    "four weeks": timedelta(weeks=4), "year": timedelta(weeks=52),
}  # fmt: skip
MOST_BARS = 72
BURST_TIMES, BURST_POSTS = 3, 5  # a burst has at least so many times the usual step's posts, and so many posts
FEWEST_WORDS = 4  # shorter posts are alike by chance
_ASIDE = re.compile(r"https?://\S+|@[\w.\-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of time: when it begins, how many posts it has, and how many accounts posted for the first time."""

    start: datetime
    posts: int
    new_accounts: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Steps next to each other with far more posts than usual."""

    start: datetime
    end: datetime
    posts: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its handle as first seen, its number if known, how many posts, and when the first of them was."""

    handle: str
    account_id: str
    posts: int
    first: datetime | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same words from several accounts: as first written, and how many posts and accounts."""

    words: str
    posts: int
    accounts: int
    first: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted. `accounts` and `repeats` begin with the most active; `unnamed` posts name no account.

    `earliest` holds the posts that may be the first of those kept: more than one where the times cannot tell.
    """

    posts: int
    timed: int
    unnamed: int
    step: str
    steps: tuple[Step, ...]
    bursts: tuple[Burst, ...]
    accounts: tuple[Account, ...]
    earliest: tuple[HostilePost, ...]
    repeats: tuple[Repeat, ...]

    def share(self, account: Account) -> float:
        """Return an account's part of all posts, from 0 to 1."""
        return account.posts / self.posts


def count(posts: Sequence[HostilePost], zone: tzinfo | None) -> Counts:
    """Return the counts of some posts, their times in `zone`; how long it went on decides the step of time."""
    timed = sorted((post for post in posts if post.at), key=_at)
    step, steps = _steps(timed, zone or UTC)
    return Counts(
        len(posts), len(timed), sum(not post.account for post in posts), step, steps,
        tuple(_bursts(steps, STEPS[step])), _accounts(posts), tuple(_earliest(timed)), _repeats(posts),
    )  # fmt: skip


def _at(post: HostilePost) -> datetime:
    return post.at or datetime.max.replace(tzinfo=UTC)


def _steps(timed: Sequence[HostilePost], zone: tzinfo) -> tuple[str, tuple[Step, ...]]:
    """Return the name of the step, and each step from the first post to the last, empty ones included."""
    if not timed:
        return "day", ()
    times = [_at(post).astimezone(zone).replace(tzinfo=None) for post in timed]
    name = _step(max(times) - min(times), max(post.time.within for post in timed))
    width, base = STEPS[name], _floor(min(times), STEPS[name])
    places = [(each - base) // width for each in times]
    new = Counter({post.account: place for post, place in reversed(list(zip(timed, places, strict=True)))}.values())
    held = Counter(places)
    starts = (base + place * width for place in range(max(places) + 1))
    return name, tuple(Step(start.replace(tzinfo=zone), held[n], new[n]) for n, start in enumerate(starts))


def _step(span: timedelta, within: timedelta) -> str:
    """Return the finest step that gives few enough bars and is no finer than the times are known."""
    return next((name for name, width in STEPS.items() if width >= within and span / width < MOST_BARS), "year")


def _floor(at: datetime, width: timedelta) -> datetime:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (at - day) // width * width


def _bursts(steps: Sequence[Step], width: timedelta) -> Iterator[Burst]:
    """Yield each run of steps that have several times the posts of the usual one: the mean over all steps."""
    least = max(BURST_POSTS, BURST_TIMES * sum(step.posts for step in steps) / max(1, len(steps)))
    for busy, run in groupby(steps, key=lambda step: step.posts >= least):
        if busy:
            held = list(run)
            yield Burst(held[0].start, held[-1].start + width, sum(step.posts for step in held))


def _accounts(posts: Sequence[HostilePost]) -> tuple[Account, ...]:
    by: dict[str, list[HostilePost]] = defaultdict(list)
    for post in posts:
        by[post.account].append(post)
    named = (Account(held[0].handle, held[0].account_id, len(held), _first(held)) for key, held in by.items() if key)
    return tuple(sorted(named, key=lambda account: -account.posts))


def _first(posts: Sequence[HostilePost]) -> datetime | None:
    return min((post.at for post in posts if post.at), default=None)


def _earliest(timed: Sequence[HostilePost]) -> Iterator[HostilePost]:
    """Yield each post that may be the first, by how exactly its time is known."""
    latest = min((_at(post) + post.time.within for post in timed), default=None)
    for post in timed:
        if latest is not None and _at(post) - post.time.within <= latest:
            yield post


def _repeats(posts: Sequence[HostilePost]) -> tuple[Repeat, ...]:
    """Return the words that two accounts or more wrote alike, apart from case, marks, links and names."""
    by: dict[str, list[HostilePost]] = defaultdict(list)
    for post in posts:
        by[plain(post.words)].append(post)
    alike = ((held, {post.account for post in held} - {""}) for key, held in by.items() if _long_enough(key))
    found = [Repeat(held[0].words, len(held), len(who), _first(held)) for held, who in alike if len(who) > 1]
    return tuple(sorted(found, key=lambda repeat: (-repeat.accounts, -repeat.posts)))


def _long_enough(words: str) -> bool:
    return len(words.split()) >= FEWEST_WORDS


def plain(words: str) -> str:
    """Return words as they are compared: without case, marks, links, names and spare spaces."""
    return " ".join(_ASIDE.sub(" ", unicodedata.normalize("NFKC", words)).casefold().split())
