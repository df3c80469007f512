"""A first sorting of hostile posts by what they hold, with the rules that drafts are checked by; to be looked over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from forethought.incidents.pileon.model import HostilePost
from forethought.reading import Context, Draft, Reading, read
from forethought.reading.lexicon import classes
from forethought.reading.phrases import PhraseBook
from forethought.rules import find, rules
from forethought.rules.engine import lines

TITLES = {
    "respect/abusive": "Insults, threats or setting people on you",
    "respect/discriminatory": "Runs people down for who they are",
    "respect/doxxing": "Private details made public",
    "respect/incitement": "Encourages harm",
    "respect/demeaning-clients": "Mocks or blames clients",
    "bait": "Taunts and bait",
    "none": "Not sorted",
}
CAUTION = (
    "This is a first sorting by words alone. It misses irony, odd spellings and pictures, and it takes some posts for "
    "what they are not. Look the posts over yourself before you rely on a number."
)
BAIT = "respect/feeding-trolls"  # whose file lists what provokes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content with the number of posts that hold it; a post may hold several."""

    id: str
    title: str
    posts: int


def kinds(posts: Sequence[HostilePost]) -> tuple[Kind, ...]:
    """Return how many posts hold each kind of content, the most frequent first; the same words are read once."""
    held: Counter[str] = Counter()
    for words, number in Counter(post.words for post in posts).items():
        for kind in kinds_of(words):
            held[kind] += number
    return tuple(Kind(kind, TITLES[kind], number) for kind, number in held.most_common())


def kinds_of(words: str) -> tuple[str, ...]:
    """Return the kinds of content in some words; `none` where nothing is recognised."""
    reading = read(Draft(words, Context(account="personal")))
    among = [rule for rule in rules() if rule.id in TITLES]
    found = [finding.rule.id for finding in find(reading, among)]
    return tuple(found + ["bait"] * _baits(reading)) or ("none",)


def _baits(reading: Reading) -> bool:
    return any(next(_bait().matches(line), None) for line in lines(reading))


@cache
def _bait() -> PhraseBook:
    lists = next(rule.lists for rule in rules() if rule.id == BAIT)
    return PhraseBook((("bait", phrase) for phrase in lists["provokes"]), classes())
