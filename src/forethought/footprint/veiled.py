"""What of a record goes into the vault: the person's own words as they are, of other people fingerprints alone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from forethought.footprint.item import WRITING, Item, Problem
from forethought.vault.fingerprints import fingerprint

NAMES = frozenset({"name", "handle"})  # of other people: kept as fingerprints alone
OTHERS = frozenset({"message", "contact", "request"})  # whose files may be named after other people
CHATS = frozenset({"whatsapp"})  # platforms whose exports are named after the person at the other end
TALKS = re.compile(
    r"(^|/)(inbox|messages|archived_threads|filtered_threads|message_requests|e2ee_cutover|chats?|conversations?)/",
    re.IGNORECASE,
)  # folders in which files and folders are named after other people
NUMBERED = frozenset({"plain"})  # whose ids hold within one file alone, so that another's may be the same
WEB = ("https://", "http://")  # addresses that a page may link to
KEY = 24  # digits of an item's id
_SPOILT = re.compile("[\0\ud800-\udfff]")  # halves of characters and zeros, which no database takes


def fields_of(item: Item, key: bytes) -> dict[str, Any]:
    """Return what is kept of an item, by the names of an entry's fields; `key` makes the fingerprints.

    What somebody else wrote, and where it stands, is not kept.
    """
    own = item.own_words or item.kind == "profile"
    theirs = not own or item.kind not in {*WRITING, "profile"}
    details = _veiled(item.details, key) if theirs else dict(item.details)
    written = {
        "text": item.text,
        "address": item.address if item.address.startswith(WEB) else "",
        "answers": details.pop("answers", ""),
        "media": [[each.name, each.alt, each.gives, each.words] for each in item.media],
        "gives": any(each.gives for each in item.media),
    }
    kept = {
        "key": _key(item, key, own),
        "kind": item.kind,
        "platform": item.platform,
        "created": _aware(item.created.at),
        "raw": item.created.raw[:120],
        "zone": item.created.zone,
        "own_words": item.own_words,
        "who": item.audience.who,
        "who_from": item.audience.source[:120],
        "details": details,
        "source": item.pointer.source,
        "member": fingerprint(key, item.pointer.member) if item.kind in OTHERS else item.pointer.member,
        "locator": item.pointer.locator,
    }
    return {name: storable(value) for name, value in (kept | (written if own else {})).items()}


def _key(item: Item, key: bytes, own: bool) -> str:
    """Return what an item is known again by; one made of another's name cannot be tried out without the vault's key."""
    plain = replace(item, key="") if item.platform in NUMBERED else item
    return plain.id if own else fingerprint(key, plain.id)[:KEY]


def _veiled(details: Iterable[tuple[str, str]], key: bytes) -> dict[str, str]:
    """Return details with a fingerprint in place of each name; those of one kind stand side by side."""
    kept: dict[str, str] = {}
    for name, value in details:
        shown = fingerprint(key, value) if name in NAMES else value
        kept[name] = f"{kept[name]} {shown}" if name in kept and name in NAMES else shown
    return kept


def _aware(at: datetime | None) -> datetime | None:
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


def trouble_of(problem: Problem, key: bytes) -> dict[str, str]:
    """Return what is kept of a problem; a file that may be named after somebody is named by its fingerprint."""
    pointer, what = problem.pointer, problem.what
    member = pointer.member
    if TALKS.search(member):
        veiled = f"a conversation ({fingerprint(key, member)[:8]})"
        member, what = veiled, what.replace(member, veiled)
    kept = {"source": pointer.source, "member": member, "locator": pointer.locator, "what": what}
    return {name: storable(value) for name, value in kept.items()}


def name_of(names: Iterable[str], platform: str) -> str:
    """Return what an export's files are called; a chat is not called after whom it was with."""
    shown = ["a chat" if platform in CHATS else name for name in names]
    return str(storable(", ".join(dict.fromkeys(shown)))[:255])


def storable(value: Any) -> Any:
    """Return a value whose text any database takes, every character in its place."""
    if isinstance(value, str):
        return _SPOILT.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {storable(name): storable(each) for name, each in value.items()}
    return [storable(each) for each in value] if isinstance(value, list) else value
