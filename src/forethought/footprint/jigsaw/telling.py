"""From what a thread tells to how many people it could be: what is counted, what narrows it, what would loosen it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from forethought.footprint.jigsaw.matching import Attribute
from forethought.footprint.jigsaw.population import Estimate, estimate

COUNTED = (
    "age", "job", "place", "family", "condition", "event", "faith", "ethnicity", "hobby", "appearance", "school",
    "organisation",
)  # fmt: skip
FEWEST = 10  # people: where the range reaches below this somebody could be told, by the rules on small counts
MOST = 6  # details that are counted: those that narrow most; every further one would only be guessed at
_HE = re.compile(r"\b(he|him|his|himself|man|bloke|chap|lad|boy|dad|father|husband|grandad|widower|gentleman)\b", re.I)
_SHE = re.compile(r"\b(she|her|hers|herself|woman|lady|girl|lass|mum|mother|wife|gran|widow)\b", re.I)


class Said(NamedTuple):
    """A detail as it was said: its kind and its words."""

    kind: str
    words: str


class Narrowed(NamedTuple):
    """How many people could match, whether that is red, the words of the two details that did, and what would help."""

    estimate: Estimate
    identifying: bool
    pair: tuple[str, ...]
    loosen: str


def sex_of(texts: Iterable[str]) -> str:
    """Return `man` or `woman` where the posts speak clearly more of one, else nothing."""
    he = she = 0
    for text in texts:
        he, she = he + len(_HE.findall(text)), she + len(_SHE.findall(text))
    if he > 2 * she:
        return "man"
    return "woman" if she > 2 * he else ""


def narrowed(details: Sequence[Said], sex: str, place: str) -> Narrowed:
    """Return what details tell together of somebody who lives or comes to `place`, where that is known."""
    used = counted(details, place)
    whole = _estimate(used, sex, place)
    loosest = max(
        used, key=lambda each: _estimate([other for other in used if other != each], sex, place).best, default=None
    )
    return Narrowed(
        whole, whole.low < FEWEST, tuple(each.words for each in used[:2]), _advice(loosest, used, sex, place)
    )


def people(low: int, high: int) -> str:
    """Return a range of people in words; below ten it says no figure, since none could be sure."""
    if high < FEWEST:
        return "fewer than 10 people"
    return f"up to {high:,} people" if low < FEWEST else f"about {low:,} to {high:,} people"


def counted(details: Sequence[Said], place: str) -> list[Said]:
    """Return the details that are counted: the first of each kind, those that narrow most by themselves first."""
    firsts = {kind: next((each for each in details if each.kind == kind), None) for kind in COUNTED}
    known = [each for each in firsts.values() if each is not None]
    return sorted(known, key=lambda each: _estimate([each], "", place).best)[:MOST]


def _estimate(details: Iterable[Said], sex: str, place: str) -> Estimate:
    said = [Attribute(each.kind, each.words) for each in details]
    own = [each for each in said if each.kind == "place"]
    return estimate([*([Attribute("sex", sex)] if sex else []), *said], None if own else place or None)


def _advice(loosest: Said | None, used: Sequence[Said], sex: str, place: str) -> str:
    """Return the smallest change that loosens it most, and to how many people."""
    if loosest is None:
        return ""
    left = _estimate([each for each in used if each != loosest], sex, place)
    if left.high < FEWEST:
        return "no single detail would do; at most one of these posts can stay."
    return f"take out “{loosest.words}”, and {people(left.low, left.high)} could match."
