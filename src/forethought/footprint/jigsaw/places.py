"""Places: how many people live where somebody is said to live, named or told only by its sort."""

import re
from dataclasses import dataclass

from forethought.footprint.jigsaw.matching import Range
from forethought.footprint.jigsaw.published import WHOLE, published
from forethought.footprint.jigsaw.wording import longest, plain_names, tables

PLACE_FACTOR = 1.25  # how far a place's people are off, either way: bounds differ between lists, and years pass
NAMESAKE = 4  # times fewer people than the largest of its name, and another place is not thought of
PART = (0.02, 0.3)  # of a town's people: a district of it that no list here holds
ANYWHERE = (500, 150_000)  # people of a place whose name no list here holds: own estimate
NEAR = re.compile(r",|\bnear\b|\boutside\b|\bin\b|\bof\b")
CENSUS = "censuses of 2021 and 2022, ONS, NRS and NISRA, rounded"
NOT_KNOWN = "size not known, own estimate of what it may be"
ARTICLE = re.compile(r"^(?:the|an?|some|their|our|my|her|his)\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where people are counted: its name, how many live there, the region whose shares hold, and the source."""

    name: str
    people: Range
    region: str
    source: str
    town: bool = True


def place_of(text: str | None) -> Place:
    """Return the place that a text means: a nation, a named place, one told only by its sort, or the whole kingdom."""
    whole, *parts = [_plain(part) for part in [text or WHOLE, *NEAR.split((text or "").casefold())]]
    first, wider = parts[0], [found for found in map(_named, parts[1:]) if found]
    within = wider[0] if wider else None
    return _named(whole) or _named(first, within) or _sort_of(first, within) or _unlisted(first, within)


def _plain(text: str) -> str:
    plain = ARTICLE.sub("", text.casefold().replace("’", "'").strip())
    return str(tables()["alias"].get(plain, plain))


def _named(name: str, within: Place | None = None) -> Place | None:
    if name in published().people:
        return Place(_title(name), Range(published().people[name], 0.02), name, CENSUS, town=False)
    places = published().places
    found = places.get(name) or places.get(name.replace(" ", "-")) or []
    held = [place for place in found if within is None or within.region in (place[1], WHOLE)] or found
    if not held:
        return None
    most, region = max(held)
    if not most:  # the list knows of it, and counted nobody: in practice a village
        return Place(_title(name), Range.between(*tables()["somewhere"]["village"]), region, NOT_KNOWN)
    sizes = [people for people, _ in held if people * NAMESAKE > most]
    people = Range.between(min(sizes) / PLACE_FACTOR, most * PLACE_FACTOR)
    namesakes = "; the largest place of that name" if len(sizes) < len(found) else ""
    return Place(_title(name), people, region, published().source("places") + namesakes)


def _sort_of(name: str, within: Place | None) -> Place | None:
    """Return a village, a town and so on that is not named."""
    sort = longest(plain_names("somewhere"), name)
    if not sort:
        return None
    region = within.region if within else WHOLE
    return Place(f"a place told only as “{name}”", Range.between(*tables()["somewhere"][sort]), region, NOT_KNOWN)


def _unlisted(name: str, within: Place | None) -> Place:
    """Return a place that no list here holds: a part of one that is listed, or anywhere."""
    if within is None:
        return Place(_title(name), Range.between(*ANYWHERE), WHOLE, NOT_KNOWN)
    people = within.people * Range.between(*PART)
    return Place(f"{_title(name)}, {within.name}", people, within.region, f"own estimate of a part of {within.name}")


def _title(name: str) -> str:
    small = ("of", "and", "the", "with", "upon", "on", "under", "in", "by", "le", "cum")
    return re.sub(r"[^\W\d_]+(?:'\w+)?", lambda word: word[0] if word[0] in small else word[0].capitalize(), name)
