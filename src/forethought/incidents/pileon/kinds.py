"""A first sorting of hostile posts by what they hold, with the rules that drafts are checked by; to be looked over."""

import re
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
    "threat": "May be a threat",
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
_THREAT = re.compile(
    r"\b(?:(?:i|we)(?:'ll|'m going to|'re going to| will| am going to| are going to)|gonna|going to)\s(?:\w+\s){0,2}"
    r"(?:kill|hurt|harm|find|get|beat|stab|shoot|rape|burn|hunt|end|smash|ruin|visit|come (?:for|to|round|after))\b"
    r"(?=.{0,60}\b(?:you|your|her|him|them)\b|\W*$)"
    r"|\b(?:you(?:'re| are) dead|you(?:'ll| will) (?:die|pay|regret|be sorry)|coming (?:for|after|to) you|"
    r"(?:i|we) know where (?:you|she|he|they)|watch your back|see you outside|"
    r"(?:kill|stab|shoot|burn|rape) (?:you|her|him|them)\b|(?:your|her|his|their) (?:home )?address)",
    re.I,
)  # said plainly; it takes too much rather than too little, as somebody looks at each
GRAVE = frozenset(
    ("threat", "respect/abusive", "respect/doxxing", "respect/incitement")
)  # may hold a threat, or somebody's door
BAIT = "respect/feeding-trolls"  # whose file lists what provokes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content with the number of posts that hold it; a post may hold several."""

    id: str
    title: str
    posts: int


def sorted_out(posts: Sequence[HostilePost]) -> tuple[tuple[Kind, ...], tuple[HostilePost, ...]]:
    """Return how many posts hold each kind of content, the most frequent first, and the posts to look at first.

    The same words are read once. First come those in which a threat or private details may be, in their order.
    """
    found = {words: kinds_of(words) for words in dict.fromkeys(post.words for post in posts)}
    held = Counter(kind for post in posts for kind in found[post.words])
    grave = tuple(post for post in posts if GRAVE.intersection(found[post.words]))
    return tuple(Kind(kind, TITLES[kind], number) for kind, number in held.most_common()), grave


def kinds(posts: Sequence[HostilePost]) -> tuple[Kind, ...]:
    """Return how many posts hold each kind of content, the most frequent first."""
    return sorted_out(posts)[0]


def kinds_of(words: str) -> tuple[str, ...]:
    """Return the kinds of content in some words; `none` where nothing is recognised."""
    reading = read(Draft(words, Context(account="personal")))
    among = [rule for rule in rules() if rule.id in TITLES]
    found = [finding.rule.id for finding in find(reading, among)]
    threat = ["threat"] * bool(_THREAT.search(" ".join(words.replace("\u2019", "'").split())))
    return tuple(threat + found + ["bait"] * _baits(reading)) or ("none",)


def _baits(reading: Reading) -> bool:
    return any(next(_bait().matches(line), None) for line in lines(reading))


@cache
def _bait() -> PhraseBook:
    lists = next(rule.lists for rule in rules() if rule.id == BAIT)
    return PhraseBook((("bait", phrase) for phrase in lists["provokes"]), classes())
