"""Loading the platforms' check-ups, once, with every name in them checked."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from forethought.accounts.checkups.model import LEVEL_IDS, Area, Platform, Recovery, Setting
from forethought.accounts.vocabulary import SORTS
from forethought.errors import UnknownNameError
from forethought.guidance import load
from forethought.guidance.schema import Entry, Schema, read, tables, tuples

HERE = Path(__file__).parent
PLATFORMS = HERE.parent / "platforms"
MOST_DAYS = 183  # until a file is to be read again
SOURCE = {"source": str, "help": str, "read_on": date, "review_on": date}
AREA = Schema(required={"id": str, "title": str, "cites": list}, optional={})
HEAD = Schema(
    required={"id": str, "title": str, "sort": str, **SOURCE},
    optional={"sites": list, "checked_by": str, "export": list, "reset_note": str},
)
RECOVERY = Schema(
    required={"address": str, "regain": list, "sign_out": list, "apps": list}, optional={"forwarding": list}
)
SETTING = Schema(
    required={
        "id": str, "title": str, "area": str, "where": list, "exposes": str, "options": dict, "levels": dict,
        "undo": str,
    },
    optional={
        "floors": dict, "on_purpose": bool, "cites": list, "renamed_from": list, "since": date, "archive": dict,
        "checked_by": str, **SOURCE,
    },
)  # fmt: skip
LEFT_OUT: Mapping[str, Any] = {
    "floors": {}, "on_purpose": False, "cites": (), "renamed_from": (), "since": None, "archive": {},
}  # fmt: skip


@cache
def areas() -> Mapping[str, Area]:
    """Return what settings are about, by id, in the order of a check-up. Raises PackError, naming file and line."""
    return {each.id: each for each in map(_area, tables(HERE / "areas.toml", read(HERE / "areas.toml"), "area"))}


@cache
def checkups(folder: Path = PLATFORMS) -> Mapping[str, Platform]:
    """Return every platform's check-up by id, in the order of their titles. Raises PackError, naming file and line."""
    found = sorted(map(_platform, folder.glob("*.toml")), key=lambda each: each.title.casefold())
    return {each.id: each for each in found}


def checkup(id: str) -> Platform:
    """Return one platform's check-up, or raise UnknownNameError."""
    if id not in checkups():
        raise UnknownNameError("platform", id, checkups())
    return checkups()[id]


@cache
def _bodies() -> Mapping[str, frozenset[str]]:
    """Return the ids of pack and body behind each provision."""
    return {each.id: frozenset({each.pack, each.body}) for each in load().provisions()}


def _area(entry: Entry) -> Area:
    entry.check(AREA)
    entry.one_of("cites", _bodies())
    return Area(**tuples(entry.values))


def _platform(path: Path) -> Platform:
    data = read(path)
    head = Entry(path, "", 0, {key: value for key, value in data.items() if key not in ("setting", "recovery")})
    head.check(HEAD)
    head.one_of("sort", SORTS)
    _check_dates(head, head.values)
    if head.values["id"] != path.stem:
        raise head.fault(f"the id is '{head.values['id']}', and the file is called {path.name}. Call them alike.", "id")
    source = {key: head.values[key] for key in SOURCE} | {"checked_by": head.values.get("checked_by", "")}
    settings = tuple(_setting(entry, source) for entry in tables(path, data, "setting"))
    _check_once(head, (name for each in settings for name in (each.id, *each.renamed_from)))
    empty = {"sites": (), "checked_by": "", "export": (), "reset_note": ""}
    return Platform(
        **{**empty, **tuples(head.values)},
        recovery=_recovery(path, data.get("recovery", {})),
        settings={each.id: each for each in settings},
    )


def _recovery(path: Path, values: Mapping[str, Any]) -> Recovery:
    Entry(path, "recovery", 0, values).check(RECOVERY)
    return Recovery(**tuples(values))


def _setting(entry: Entry, source: Mapping[str, Any]) -> Setting:
    entry.check(SETTING)
    entry.one_of("area", areas())
    values = {**LEFT_OUT, **source, **tuples(entry.values)}
    _check_dates(entry, values)
    setting = Setting(**{**values, "area": areas()[values["area"]]})
    _check_levels(entry, setting)
    _check_options(entry, "archive", setting)
    _check_floors(entry, setting)
    return setting


def _check_levels(entry: Entry, setting: Setting) -> None:
    """Raise PackError unless every level has an option, none more open than that of the level before it."""
    if set(setting.levels) != set(LEVEL_IDS):
        raise entry.fault(f"levels has {', '.join(setting.levels)}. Give {', '.join(LEVEL_IDS)}.", "levels")
    _check_options(entry, "levels", setting)
    ranks = [setting.rank(setting.levels[level]) or 0 for level in LEVEL_IDS]
    if ranks != sorted(ranks):
        raise entry.fault(
            "a level is more open than the one before it. List options with the most open first.", "levels"
        )


def _check_options(entry: Entry, key: str, setting: Setting) -> None:
    for option in getattr(setting, key).values():
        if option not in setting.options:
            raise entry.fault(f"{key} '{option}' is not an option. Use one of {', '.join(setting.options)}.", key)


def _check_floors(entry: Entry, setting: Setting) -> None:
    """Raise PackError unless a provision of each floor's own body carries it."""
    _check_options(entry, "floors", setting)
    if "cites" in entry.values:
        entry.one_of("cites", _bodies())
    for body in setting.floors:
        if not any(body in _bodies()[each] for each in setting.provisions):
            raise entry.fault(
                f"floors names '{body}', and no provision of theirs is cited. Add one to cites.", "floors"
            )


def _check_dates(entry: Entry, values: Mapping[str, Any]) -> None:
    """Raise PackError unless the day of review follows the day of reading within half a year."""
    if not 0 < (values["review_on"] - values["read_on"]).days <= MOST_DAYS:
        raise entry.fault(f"review_on has to follow read_on within {MOST_DAYS} days. Bring it nearer.", "review_on")


def _check_once(head: Entry, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise head.fault(f"'{name}' is the id of two settings, or an earlier id too. Give each its own.", "setting")
        seen.add(name)
