"""What was said of a person, as figures: a word for a kind of work, an age, an event and its time, and what each means.

A detail that no table here holds is not dropped: it gets the range of its kind, and says that no figure is at hand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from forethought.footprint.jigsaw.ages import Profile, ages, profile, women
from forethought.footprint.jigsaw.matching import Attribute, Range
from forethought.footprint.jigsaw.published import published
from forethought.footprint.jigsaw.wording import kind_of, longest, names, phrase, plain_names, tables

RESIDENTS = 67_000  # of the United Kingdom, in thousands: what the tables' thousands are thousands of
NO_TIME = (1.0, 10.0)  # years that an event is looked back on where nothing is said of its time: own estimate
ANY_KIND: dict[str, Any] = {"town": 0.3, "unknown": [0.001, 0.5]}
NAME_SPREAD = 0.7  # registered births cover half of the people, the young more than the old: own estimate
NUMBER = re.compile(r"\d[\d,]*")
UNIQUE = re.compile(
    r"^(?!.*\bfamily\b)(?:the |an? |their |our )?(?:only|first|sole)\b.*\b(?:to|in|at|of|on|who|ever)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of a detail: a share of residents, a number of people, or a category of the census tables.

    `short` and `words` are how it is named and how a step of the basis says it.
    `ages` weighs each age from 0 to 100 by how common the detail is at it, `women` is the share who are women; each is
    None where nothing is known. `town` is how much the share differs between towns, as a log spread.
    """

    kind: str
    name: str
    short: str
    words: str
    source: str
    town: float
    share: Range | None = None
    count: Range | None = None
    category: str = ""
    among: float = 1.0
    women: float | None = None
    ages: Profile | None = None

    @property
    def key(self) -> str:
        """How the tables of pairs call it."""
        return f"{self.kind} {self.name}"

    @property
    def table(self) -> str:
        """The census table that its category stands in."""
        return "partnership" if self.kind == "family" else self.kind


@cache
def read(detail: Attribute) -> Figure:
    """Return the figure for a detail, known or not."""
    kind = kind_of(detail.kind)
    reader = {"age": _age, "name": _name}.get(kind, _listed)
    return reader(kind, detail.value) or _unknown(kind, detail.value)


def _listed(kind: str, value: str) -> Figure | None:
    if kind == "unique" or (UNIQUE.search(value.casefold()) and "only child" not in value.casefold()):
        return _entry("unique", value, {})
    for near in (kind, *tables()["elsewhere"].get(kind, ())):
        name = longest(names(near), value)
        if name:
            return _entry(near, name, tables()[near][name], value)
    return _sized(kind, value)


def _sized(kind: str, value: str) -> Figure | None:
    """Return a group that is only told by how many it has."""
    return _entry(kind, value, {}, value) if _size(kind, value) else None


def _size(kind: str, value: str) -> Range | None:
    number = NUMBER.search(value) if kind in ("workplace", "group") else None
    people = int(number[0].replace(",", "")) if number else 0
    return Range.between(0.8 * people, 1.25 * people) if people else None


def _entry(kind: str, name: str, entry: Mapping[str, Any], value: str = "") -> Figure:
    held = tables()[kind]["_"] | entry
    short = name.title() if held.get("proper") else name
    return Figure(
        kind,
        name,
        short,
        held["phrase"].format(short),
        _source(held),
        float(held["town"]),
        share=_share(held, value),
        count=_size(kind, value) or (None if _shared(held) else _between(held.get("count"))),
        category=held.get("is", ""),
        among=float(held.get("among", 1)),
        women=held.get("women"),
        ages=profile(held.get("ages", "")),
    )


def _source(held: Mapping[str, Any]) -> str:
    source, year = held.get("source", tables()["own"]), held.get("year", 0)
    return str(source) if not year or str(year) in str(source) or source == tables()["own"] else f"{source}, {year}"


def _shared(held: Mapping[str, Any]) -> bool:
    return any(name in held for name in ("share", "thousands", "yearly", "is"))


def _share(held: Mapping[str, Any], value: str) -> Range | None:
    yearly = _between(held.get("yearly"), RESIDENTS * 1000)
    if yearly:
        return yearly * _years(value)
    return _between(held.get("share")) or _between(held.get("thousands"), RESIDENTS)


def _between(ends: list[float] | None, whole: float = 1.0) -> Range | None:
    return Range.between(ends[0] / whole, ends[1] / whole) if ends else None


def _years(value: str) -> Range:
    """Return for how many years an event is looked back on, by what is said of its time."""
    said = longest(plain_names("year"), value)
    if said:
        return Range(tables()["year"][said], 0.1)
    return Range(1.0, 0.1) if re.search(r"\b(?:19|20)\d\d\b", value) else Range.between(*NO_TIME)


def _unknown(kind: str, value: str) -> Figure:
    held = ANY_KIND | tables().get(kind, {}).get("_", {})
    words = f"“{value}” ({kind})"
    if "count" in held:
        low, high = held["count"]
        source = f"no figure at hand, so taken as anything from {low:,.0f} to {high:,.0f} people"
        return Figure(kind, value, value, words, source, float(held["town"]), count=Range.between(low, high))
    low, high = held["unknown"]
    source = f"no figure at hand, so taken as anything from 1 in {1 / high:,.0f} to 1 in {1 / low:,.0f} people"
    return Figure(kind, value, value, words, source, float(held["town"]), share=Range.between(low, high))


def _age(kind: str, value: str) -> Figure | None:
    span = ages(value)
    if span is None:
        return None
    words = f"aged {span.first}" + (f" to {span.last}" if span.last > span.first else "")
    entry = replace(_entry(kind, words, {}), source=published().source(kind))
    return replace(entry, ages=span.weights, women=women(span.weights))


def _name(kind: str, value: str) -> Figure | None:
    first = next(iter(phrase(value)), "")
    woman, man = (published().births(sex, first) for sex in ("woman", "man"))
    if not woman + man:
        return None
    entry = replace(_entry(kind, first.title(), {}), source=published().source("names"), women=woman / (woman + man))
    return replace(entry, share=Range((woman + man) / 2e6, NAME_SPREAD))
