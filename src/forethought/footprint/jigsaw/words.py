"""How much two posts of one author share in words that are seldom used: by everybody, and by that author."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from forethought.reading.learned import FOLDER

WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
REMEMBERED = 50_000  # words; posts use the same ones again and again
COMMON, RAREST = 150, 60_000  # ranks: words used more often say nothing, and none is rarer than the last
VOCABULARY = "vocabulary.txt"
LISTS = ("english_wikipedia", "us_tv_and_film")  # zxcvbn's counts of English words
ENDINGS = (("s",), ("ing", "ie", "ed", "ly", "er"), ("e",))  # that are taken off one after the other, one of each
SHORTEST = 4  # letters that a stem keeps


@cache
def ranks() -> Mapping[str, int]:
    """Return each English word's place in order of how often it is used, 1 first.

    Source: zxcvbn's lists. A word that is a common password or a name stands in none of its English ones, so for such
    words the place among the pieces of the learned reader is taken, which stand in about the same order.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # when threads are looked for

    found: dict[str, int] = {}
    for name in LISTS:
        words = FREQUENCY_LISTS[name]
        for rank, word in enumerate(words.split(",") if isinstance(words, str) else words, 1):
            found[word] = min(rank, found.get(word, rank))
    for rank, piece in enumerate((FOLDER / VOCABULARY).read_text(encoding="utf-8").split(), 1):
        found.setdefault(piece, rank)
    return found


@lru_cache(maxsize=REMEMBERED)
def rarity(word: str) -> float:
    """Return how seldom a word is used: 0 for the commonest to 1 for words that no list holds."""
    rank = ranks().get(word, RAREST)
    return max(0.0, math.log(rank / COMMON) / math.log(RAREST / COMMON))


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """Return a word without its endings, so that `weavers`, `weaver's` and `weaving` are one."""
    bare = re.sub(r"['’]s?$", "", word)
    for endings in ENDINGS:
        ending = next((each for each in endings if bare.endswith(each) and not bare.endswith("ss")), "")
        bare = bare.removesuffix(ending) if len(bare) - len(ending) >= SHORTEST else bare
    return bare


def telling_words(text: str) -> dict[str, float]:
    """Return the stems of a text's seldom words, with how seldom each is in the commonest form that stands there."""
    found: dict[str, float] = {}
    for word in WORD.findall(text.casefold()):
        rare = rarity(word)
        if rare:
            found[stem(word)] = min(rare, found.get(stem(word), 1.0))
    return found


def says_something(text: str) -> bool:
    """Say whether some words are more than the commonest ones."""
    return any(word.isdecimal() or rarity(word) for word in WORD.findall(text.casefold()))


def weighed(posts: Iterable[str]) -> list[dict[str, float]]:
    """Return each post's seldom words, those weighed less that the author uses in many posts."""
    every = [telling_words(text) for text in posts]
    uses = Counter(word for words in every for word in words)
    least: dict[str, float] = {}
    for words in every:
        least |= {word: min(rare, least.get(word, 1.0)) for word, rare in words.items()}
    most = math.log(len(every) + 1)
    telling = {word: rare * math.log((len(every) + 1) / uses[word]) / most for word, rare in least.items()}
    return [{word: telling[word] for word in words} for words in every]
