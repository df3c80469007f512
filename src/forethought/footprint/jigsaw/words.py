"""How much two posts of one author share in words that are seldom used: by everybody, and by that author."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
COMMON, RAREST = 150, 60_000  # ranks: words used more often say nothing, and none is rarer than the last
LISTS = ("english_wikipedia", "us_tv_and_film")  # zxcvbn's counts of English words
ENDINGS = ("ing", "ies", "ed", "es", "ly", "er", "s")
SHORTEST = 4  # letters that a stem keeps


@cache
def ranks() -> Mapping[str, int]:
    """Return each English word's place in order of how often it is used, 1 first. Source: zxcvbn's lists."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # when threads are looked for

    found: dict[str, int] = {}
    for name in LISTS:
        words = FREQUENCY_LISTS[name]
        for rank, word in enumerate(words.split(",") if isinstance(words, str) else words, 1):
            found[word] = min(rank, found.get(word, rank))
    return found


def rarity(word: str) -> float:
    """Return how seldom a word is used: 0 for the commonest to 1 for words that no list holds."""
    rank = ranks().get(word, RAREST)
    return max(0.0, math.log(rank / COMMON) / math.log(RAREST / COMMON))


def stem(word: str) -> str:
    """Return a word without its ending, so that `knitted` and `knitting` are one."""
    bare = re.sub(r"['’]s?$", "", word)
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST and not bare.endswith("ss"):
            return bare[: -len(ending)]
    return bare


def telling_words(text: str) -> dict[str, float]:
    """Return the stems of a text's seldom words, with how seldom each is."""
    found: dict[str, float] = {}
    for word in WORD.findall(text.casefold()):
        rare = rarity(word)
        if rare:
            found[stem(word)] = max(rare, found.get(stem(word), 0.0))
    return found


def says_something(text: str) -> bool:
    """Say whether some words are more than the commonest ones."""
    return any(word.isdecimal() or rarity(word) for word in WORD.findall(text.casefold()))


def weighed(posts: Iterable[str]) -> list[dict[str, float]]:
    """Return each post's seldom words, those weighed less that the author uses in many posts."""
    every = [telling_words(text) for text in posts]
    uses = Counter(word for words in every for word in words)
    most = math.log(len(every) + 1)
    return [
        {word: rare * math.log((len(every) + 1) / uses[word]) / most for word, rare in words.items()} for words in every
    ]


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, float]:
    """Return how much two posts share in all, and by the most telling word that they share."""
    both: Sequence[float] = [weight for word, weight in one.items() if word in other]
    return sum(both), max(both, default=0.0)
