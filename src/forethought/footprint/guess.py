"""What a stranger could learn about the practitioner from their own posts and profile, and which posts give it away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from forethought.footprint.jigsaw.words import says_something

# What details of oneself add up to, by the kind of detail.
TOPICS: Mapping[str, str] = {
    "place": "Where you live or go",
    "family": "Your family and the people close to you",
    "relationship": "Your family and the people close to you",
    "person": "Names of people and pets close to you",
    "school": "Your schools",
    "organisation": "Where you work or belong",
    "job": "Where you work or belong",
    "condition": "Your health",
    "age": "Your age and your dates",
    "date": "Your age and your dates",
    "contact": "How to reach you",
    "faith": "Your faith and origins",
    "ethnicity": "Your faith and origins",
    "hobby": "What you do in your free time",
    "appearance": "What you look like",
    "event": "What has happened to you",
}
# What rules say of a whole post.
BY_RULE: Mapping[str, str] = {
    "safety/security-quiz": "Answers to security questions",
    "safety/personal-details": "Answers to security questions",
    "safety/whereabouts": "Where you are, and when your home is empty",
    "boundaries/self-disclosure": "What has happened to you",
}
MOST = 120  # characters of a post that are shown
FIRST = (
    "Answers to security questions", "How to reach you", "Where you are, and when your home is empty",
    "Where you live or go", "Your family and the people close to you", "Names of people and pets close to you",
    "Your health",
)  # fmt: skip


class Given(NamedTuple):
    """Words that give something away, and the post that they stand in; `0` is the profile."""

    words: str
    post: str


class Guess(NamedTuple):
    """What can be learned, and what gives it away, the most telling words first."""

    topic: str
    given: tuple[Given, ...]


class OwnPost(NamedTuple):
    """A post as far as it tells of its author: its id and text, own details as kind, start and end, and its rules."""

    id: str
    text: str
    own: Sequence[tuple[str, int, int]]
    rules: Sequence[str]


def guessed(posts: Iterable[OwnPost]) -> list[Guess]:
    """Return what could be guessed about the author, the most dangerous first."""
    found: dict[str, dict[str, Given]] = {}
    for post in posts:
        for kind, start, end in post.own:
            words = post.text[start:end]
            if not says_something(words):
                continue
            found.setdefault(TOPICS.get(kind, ""), {}).setdefault(words.casefold(), Given(words, post.id))
        for rule in post.rules:
            words = " ".join(post.text.split())[:MOST]
            if rule in BY_RULE and words:
                found.setdefault(BY_RULE[rule], {}).setdefault(words.casefold(), Given(words, post.id))
    guesses = [Guess(topic, tuple(given.values())) for topic, given in found.items() if topic]
    return sorted(guesses, key=_order)


def _order(guess: Guess) -> tuple[int, int, str]:
    return (FIRST.index(guess.topic) if guess.topic in FIRST else len(FIRST), -len(guess.given), guess.topic)
