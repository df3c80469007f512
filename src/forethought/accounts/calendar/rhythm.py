"""How often each kind of review falls due: our reading of each document's words, and the stricter where they differ."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from forethought.accounts.searching.household import EVERY
from forethought.guidance import Guidance, Pack, Provision, load
from forethought.guidance.model import standing_of
from forethought.guidance.schema import Entry, Schema, read, tables
from forethought.guidance.vocabulary import Standing
from forethought.pages.wording import body_name, joined

Of = Literal["account", "unused", "person"]
HERE = Path(__file__).parent
SCHEMA = Schema(
    required={
        "id": str, "of": str, "title": str, "why": str, "every": str, "where": str, "cites": list, "source": str,
        "asked": dict,
    },
    optional={"beside": str},
)  # fmt: skip
WHERE: Mapping[str, str] = MappingProxyType(
    {
        "checkups": "Privacy check-ups",
        "passwords": "Passwords",
        "search": "Search for yourself",
        "sheets": "Sheets for those who help",
        "archive": "Your archives",
        "household": "Devices and the house",
        "upkeep": "Website and directories",
        "law": "Changes to follow",
        "accounts": "Your accounts",
        "policy": "Your policy",
    }
)  # where a review is made, and what a page calls it
OWN = "None of your documents speaks of it, so this is Forethought's own suggestion."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A kind of review: of each account in use, of each that is no longer used, or of the person; and how often.

    `every` and the values of `asked`, which goes by pack, are keys of EVERY, so none is more often than monthly.
    `beside` is what another authority says of the same point.
    """

    id: str
    of: Of
    title: str
    why: str
    every: str
    asked: Mapping[str, str]
    where: str
    cites: tuple[str, ...]
    source: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one active document stands on a review: how strongly, what it says, and our reading of it in months.

    `months` is None where it asks for nothing regular.
    """

    pack: str
    body: str
    standing: Standing
    months: int | None
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many months lie between two reviews, who decides it, and why in a sentence."""

    months: int
    says: str
    stands: tuple[Stand, ...]


@cache
def rhythms(path: Path = HERE / "rhythm.toml") -> Mapping[str, Rhythm]:
    """Return the kinds of review by id, in reading order. Raises PackError, naming file and line."""
    found: dict[str, Rhythm] = {}
    for entry in tables(path, read(path), "rhythm"):
        rhythm = _rhythm(entry)
        if rhythm.id in found:
            raise entry.fault(f"'{rhythm.id}' is the id of two rhythms. Give each its own.", "id")
        found[rhythm.id] = rhythm
    return MappingProxyType(found)


def pace(rhythm: Rhythm, guidance: Guidance) -> Pace:
    """Return how often a review falls due under the active documents; the strictest of them decides."""
    found = stands(rhythm.cites, guidance, rhythm.asked)
    asking = {each.pack: each.months for each in found if each.months}
    if not asking:
        return Pace(EVERY[rhythm.every], f"{_often(EVERY[rhythm.every])}. {OWN}", found)
    months = min(asking.values())
    strictest = _names((pack for pack, each in asking.items() if each == months), guidance)
    others = _names((pack for pack, each in asking.items() if each != months), guidance)
    says = f"{_often(months)}, as we read the words of {strictest}: no figure is given."
    return Pace(months, f"{says} The stricter decides over {others}." if others else says, found)


def stands(cites: Iterable[str], guidance: Guidance, asked: Mapping[str, str] | None = None) -> tuple[Stand, ...]:
    """Return where each active document that is cited stands, with its months where `asked` has them."""
    wanted = {*cites}
    found = ((pack, tuple(each for each in pack.provisions if each.id in wanted)) for pack in guidance.packs)
    return tuple(_stand(pack, own, asked or {}) for pack, own in found if own)


def later(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day where it is shorter.

    >>> later(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _stand(pack: Pack, own: tuple[Provision, ...], asked: Mapping[str, str]) -> Stand:
    months = EVERY[asked[pack.id]] if pack.id in asked else None
    return Stand(pack.id, pack.body, standing_of(own), months, own)


def _names(packs: Iterable[str], guidance: Guidance) -> str:
    told = (guidance.pack(each) for each in packs)
    return joined(f"{body_name(each)}, {each.title}" for each in told)


def _often(months: int) -> str:
    return {1: "Monthly", 12: "Yearly"}.get(months, f"Every {months} months")


def _rhythm(entry: Entry) -> Rhythm:
    entry.check(SCHEMA)
    entry.one_of("of", get_args(Of))
    entry.one_of("every", EVERY)
    entry.one_of("where", WHERE)
    entry.one_of("cites", {each.id for each in load().provisions()})
    values: dict[str, Any] = {**entry.values, "cites": tuple(entry.values["cites"])}
    for pack, every in values["asked"].items():
        _check_asked(entry, pack, every)
    return Rhythm(**values)


def _check_asked(entry: Entry, pack: str, every: str) -> None:
    """Raise PackError unless the pack exists, asks for it in a provision that is cited, and names a known rhythm."""
    if every not in EVERY:
        raise entry.fault(f"asked '{every}' is not known. Use one of {', '.join(EVERY)}.", "asked")
    asking = {each.id for each in load().provisions() if each.pack == pack and each.standing != "silent"}
    if asking.isdisjoint(entry.values["cites"]):
        raise entry.fault(
            f"asked names '{pack}', and nothing that it asks is cited. Add a provision to cites.", "asked"
        )
