"""What a stranger could learn about the practitioner from their own posts and profile, and which posts give it away."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
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


class Guesses:
    """What could be guessed about an author, as their posts go by; only the words that give it away are held."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._found: dict[str, dict[str, Given]] = {}

    def take(self, post: OwnPost) -> None:
        """Look at one more post."""
        for kind, start, end in post.own:
            if kind in TOPICS and says_something(post.text[start:end]):
                self._note(TOPICS[kind], post.text[start:end], post.id)
        opening = shorten(post.text, MOST, placeholder=" …")
        for rule in filter(BY_RULE.__contains__, post.rules if opening else ()):
            self._note(BY_RULE[rule], opening, post.id)

    def _note(self, topic: str, words: str, post: str) -> None:
        self._found.setdefault(topic, {}).setdefault(words.casefold(), Given(words, post))

    def told(self) -> list[Guess]:
        """Return what could be guessed so far, the most dangerous first."""
        return sorted((Guess(topic, tuple(given.values())) for topic, given in self._found.items()), key=_order)


def guessed(posts: Iterable[OwnPost]) -> list[Guess]:
    """Return what could be guessed about the author of some posts, the most dangerous first."""
    found = Guesses()
    for post in posts:
        found.take(post)
    return found.told()


def _order(guess: Guess) -> tuple[int, int, str]:
    return (FIRST.index(guess.topic) if guess.topic in FIRST else len(FIRST), -len(guess.given), guess.topic)
