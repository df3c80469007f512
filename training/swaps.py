"""The same post about somebody else: another name, faith, ethnicity, sex, region or school of therapy.

What is said stays the same, so the verdict should too. Training reads posts now in one form and now in another, and
the model card counts how many verdicts change, with words that training never swapped in.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from forethought.reading.lexicon import names

LEARNING, MEASURING = 0, 1  # each swaps in every other word of a group, so that what is measured was not learned
NAMES = (
    "Oliver Emily Mohammed Aisha Priya Arjun Kwame Abena Siobhan Declan Agnieszka Piotr Wei Mei Rhys Cerys Callum "
    "Eilidh Rivka Yusuf Harpreet Gurdeep Doreen Keith Chidi Ngozi Fatima Bogdan Ioana Leroy"
).split()


class Group(NamedTuple):
    """Words that may stand for each other; those that are written with a capital are meant only with one."""

    axis: str
    words: tuple[str, ...]

    def holds(self, word: str) -> bool:
        """Say whether `word` is one of them, as it is written."""
        return word in self.words or (word.lower() in self.words and word.istitle())


def _group(axis: str, words: str) -> Group:
    return Group(axis, tuple(words.split()))


GROUPS = (
    _group("faith", "Muslim Christian Jewish Hindu Sikh Buddhist Catholic Methodist"),
    _group("faith", "mosque church synagogue gurdwara chapel mandir"),
    _group("faith", "imam vicar rabbi priest"),
    _group("ethnicity", "Polish Nigerian Pakistani Jamaican Chinese Irish Indian Somali Turkish Ghanaian Romanian"),
    _group("region", "Leeds Hull Cardiff Glasgow Belfast Norwich Truro Leicester Luton Carlisle Swansea Derby"),
    _group("region", "Yorkshire Kent Cornwall Fife Antrim Powys Lancashire Norfolk Devon"),
    _group("modality", "psychodynamic person-centred integrative systemic humanistic existential"),
    _group("modality", "CBT EMDR DBT ACT IPT"),
)
_SEX = (
    ("he", "she"), ("himself", "herself"), ("man", "woman"), ("men", "women"), ("husband", "wife"), ("mum", "dad"),
    ("mother", "father"), ("son", "daughter"), ("brother", "sister"), ("boy", "girl"), ("lad", "lass"),
    ("uncle", "aunt"), ("grandad", "grandma"), ("gentleman", "lady"), ("boyfriend", "girlfriend"),
    ("widow", "widower"), ("his", "her"),
)  # fmt: skip
_OTHER_SEX = {one: other for pair in _SEX for one, other in (pair, pair[::-1])} | {"him": "her"}
_PRONOUNS = frozenset(("he", "she", "him", "his", "her"))
_OWNED = re.compile(  # after `her`, a word that can be hers
    r" (?!(?:to|that|and|or|but|about|in|on|for|at|when|how|if|again|off|up|out|from|with|not|was|is|a|an|the|her|his|"
    r"she|he|i|we|you|they|it|so|because|as|by|of|what|why|who|today|then|there|here|back|down|over|through|into)\b)[a-z]"
)
AXES = ("name", "sex", *dict.fromkeys(group.axis for group in GROUPS))
_WORD = re.compile(r"[A-Za-z]\w*(?:-[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Swapped:
    """A post's text in another form, and where each place of the old text lies in the new one."""

    text: str
    edits: tuple[tuple[int, int, int], ...]  # start and end in the old text, and how much longer the new words are

    def moved(self, place: int) -> int:
        """Return the new place of an old one."""
        return place + sum(longer for _, end, longer in self.edits if end <= place)


def swapped(text: str, axes: Sequence[str], seed: int, half: int = LEARNING) -> Swapped:
    """Return `text` with what stands on any of `axes` swapped; the same seed gives the same swap."""
    choice = random.Random(f"{seed}:{text}")
    chosen: dict[str, str] = {}
    edits, parts, last = [], [], 0
    for match in _WORD.finditer(text):
        word = match[0]
        other = chosen.get(word) or _instead(text, match, axes, _pool(half, choice, set(chosen.values())))
        if word.lower() not in _PRONOUNS:
            chosen[word] = other
        if other != word:
            parts += [text[last : match.start()], other]
            last = match.end()
            edits.append((match.start(), match.end(), len(other) - len(word)))
    return Swapped("".join((*parts, text[last:])), tuple(edits))


def _pool(half: int, choice: random.Random, taken: set[str]) -> Sequence[Group]:
    """Return what may be swapped in: half of each group, in an order by chance, and no name for two people."""
    halves = [Group("name", tuple(name for name in NAMES[half::2] if name not in taken))]
    halves += [Group(group.axis, group.words[half::2]) for group in GROUPS]
    return [Group(group.axis, tuple(choice.sample(group.words, len(group.words)))) for group in halves]


def _instead(text: str, match: re.Match[str], axes: Sequence[str], pool: Sequence[Group]) -> str:
    """Return what is to stand in place of a word: itself where no axis holds it."""
    word = match[0]
    if "name" in axes and _is_name(word):
        return next((name for name in pool[0].words if name != word), word)
    if "sex" in axes and (other := _other_sex(text, match)):
        return other[0].upper() + other[1:] if word[0].isupper() else other
    for group, offered in zip(GROUPS, pool[1:], strict=True):
        if group.axis in axes and group.holds(word):
            other = next((other for other in offered.words if other.lower() != word.lower()), word)
            return other[0].upper() + other[1:] if word[0].isupper() else other
    return word


def _is_name(word: str) -> bool:
    return word[0].isupper() and names("first_names").get((word.lower(),), True) is False


def _other_sex(text: str, match: re.Match[str]) -> str:
    word = match[0].lower()
    if match[0] != word and word not in _PRONOUNS:  # "the Isle of Man", "Lady Lane"
        return ""
    if word == "her":
        return "his" if _OWNED.match(text, match.end()) else "him"
    return _OTHER_SEX.get(word, "")


def in_other_words(
    post: dict[str, Any], seed: int, keep: Callable[[str], bool] = lambda axis: True, half: int = LEARNING
) -> dict[str, Any]:
    """Return a labelled post, and what it answers, with everything swapped that can be, its marks moved along."""
    answered = post["context"]["reply_to"]
    before = "" if answered is None else f"{answered}\n"
    new = swapped(before + post["text"], [axis for axis in AXES if keep(axis)], seed, half)
    first = new.moved(len(before))

    def moved(start: int, end: int) -> list[int]:
        return [new.moved(len(before) + place) - first for place in (start, end)]

    marked = post.get("carried", {}).items()
    carried = {rule: [moved(*span) for span in spans] for rule, spans in marked}
    context = post["context"] if answered is None else post["context"] | {"reply_to": new.text[: first - 1]}
    other = {**post, "text": new.text[first:], "context": context, "carried": carried}
    if "details" in post:
        other["details"] = [[kind, *moved(start, end), who] for kind, start, end, who in post["details"]]
    return other
