"""Items that Facebook, Instagram and Threads have in common: contacts, logins, apps, settings, metadata."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from forethought.footprint.archives.meta_labels import (
    RECORD,
    Entry,
    entries,
    everywhere,
    handle_of,
    kept,
    link_of,
    said,
    secret,
    time_of,
)  # fmt: skip
from forethought.footprint.archives.values import epoch, many, text, within
from forethought.footprint.item import Item, Kind, Moment, Pointer, Problem, Removed

Made = Item | Problem | Removed


def contact(
    platform: str, record: Any, pointer: Pointer, kind: Kind = "contact", direction: str = "", state: str = "accepted"
) -> Iterator[Item]:
    """Yield a contact or a request; the other's name stands in the details only, where the store replaces it."""
    fields = entries(record)
    plain = text(record.get("name"))
    name = plain or said(everywhere(fields), "name")
    handle = "" if plain else handle_of(record, fields)
    facts = (("name", name), ("handle", handle), ("direction", direction), ("state", state))
    if name or handle:
        details = tuple((what, value) for what, value in facts if value)
        yield Item(kind, platform, pointer, created=time_of(record, fields), own_words=False, details=details)


_DEVICE = re.compile(r"iPhone|iPad|iPod|Android|Windows|Macintosh|CrOS|Linux|PlayStation|Xbox")
_SESSION = {"action", "city", "region", "country", "country_code", "name", "type", "os", "browser", "app", "event"}


def session(platform: str, record: Any, pointer: Pointer, event: str = "") -> Iterator[Made]:
    """Yield a login or a device: when, roughly where, and which sort of device. All else is dropped and counted."""
    fields = _leaves(record)
    facts = [("event", event)] if event else []
    for each in (every for every in fields if every.value):
        device = _DEVICE.search(each.value)
        if device:
            facts.append(("device", device[0]))
        elif each.label in _SESSION and not secret(each.label, each.value):
            facts.append((each.label, each.value))
        elif each.role != "time" and each.label not in ("title", "href") and "timestamp" not in each.label:
            yield Removed(pointer, each.label if each.label else "a field without a name", 1)
    when = time_of(record, fields)
    yield Item("session", platform, pointer, created=when, own_words=False, details=tuple(dict.fromkeys(facts)))


def _leaves(record: Any) -> list[Entry]:
    """Return every field of a record, of Meta's shapes or plain, and those in lists and objects within it."""
    found = list(everywhere(entries(record)))
    inner = [value for key, value in record.items() if key not in RECORD or key in ("data", "attachments")]
    for each in (each for value in inner for each in many(value)):
        found += _leaves(each) if isinstance(each, dict) else []
    return found


def app(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield an app that was connected, or a site that reported visits: its name, its times and how many events."""
    fields = entries(record)
    name = text(record.get("name")) or text(record.get("title")) or said(fields, "name") or _first_value(fields)
    events = [epoch(within(each, "timestamp")) for each in many(record.get("events"))]
    times = sorted(each.at.isoformat() for each in events if each.at)
    facts = [("app", name), ("category", text(record.get("category")))]
    facts += [("removed", _iso(epoch(record.get("removed_timestamp")))), ("events", str(len(events)) if events else "")]
    facts += [("first", times[0]), ("last", times[-1])] if times else []
    added = record.get("added_timestamp")
    if name:
        created = epoch(added) if added else time_of(record, fields)
        details = tuple((what, value) for what, value in facts if value)
        yield Item("app", platform, pointer, created=created, own_words=False, details=details)
    if record.get("user_app_scoped_id"):
        yield Removed(pointer, "user_app_scoped_id", 1)


def _first_value(fields: list[Entry]) -> str:
    return next((each.value for each in fields if each.value and not secret(each.label, each.value)), "")


def _iso(at: Moment) -> str:
    return at.at.isoformat() if at.at else ""


def setting(platform: str, record: Any, pointer: Pointer, name: str = "") -> Iterator[Made]:
    """Yield a setting, or a change of one: its fields as they are named, without secrets."""
    fields = _leaves(record)
    plain = [each for each in fields if each.value and each.label != "title" and each.role != "time"]
    facts, dropped = kept(plain, pointer)
    yield from dropped
    if facts:
        details = ((("setting", name),) if name else ()) + facts
        yield Item("setting", platform, pointer, created=time_of(record, fields), own_words=False, details=details)


def withheld(platform: str, record: Any, pointer: Pointer, name: str = "") -> Iterator[Removed]:
    """Count a record that is dropped whole, such as another's number from an address book."""
    yield Removed(pointer, name, 1)


def photo_facts(metadata: Any, pointer: Pointer) -> tuple[tuple[tuple[str, str], ...], list[Removed]]:
    """Return where a picture was taken, to about ten kilometres, and count the addresses and devices it carries."""
    facts: dict[str, str] = {}
    dropped: list[Removed] = []
    for each in _deep(metadata):
        if each.label in ("latitude", "longitude"):
            facts.setdefault(each.label, coarse(each.value))
        elif secret(each.label):
            dropped.append(Removed(pointer, each.label, 1))
    return tuple(facts.items()), dropped


def _deep(value: Any) -> Iterator[Entry]:
    """Yield the plain fields at any depth."""
    for each in many(value):
        if not isinstance(each, dict):
            continue
        for name, inner in each.items():
            if isinstance(inner, dict | list):
                yield from _deep(inner)
            elif text(inner):
                yield Entry(name, text(inner))


def coarse(value: Any) -> str:
    """Return a coordinate to one decimal."""
    return f"{float(value):.1f}"


_BROKEN_LETTERS = re.compile(r"[\x80-\x9f]")


def broken_letters(words: str, pointer: Pointer) -> Iterator[Problem]:
    """Yield a problem where letters are broken beyond mending, and were kept as they are."""
    if _BROKEN_LETTERS.search(words):
        yield Problem(pointer, "some letters are broken in the export itself, and were kept as they are")


def address_of(fields: Iterable[Entry]) -> str:
    """Return the first address among the fields and within them."""
    return link_of(everywhere(fields))
