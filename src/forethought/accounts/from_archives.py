"""What imported archives tell of accounts, as proposals for the register: nothing that the person said is replaced."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from forethought.accounts.places import OTHER, places

QUIET = timedelta(days=365)  # after which an account counts as no longer used
CALLED = MappingProxyType({"feeds": "blog", "plain": OTHER})  # what the register calls a kind of archive
HANDLES = ("handle", "username", "address", "login")  # names of a profile's details, the best first
NAMES = ("name", "display name", "name of the channel", "site")
OTHERS = ("former handle", "previous name", "other name", "maiden name")
NAMED_AFTER = frozenset({"linkedin", "youtube"})  # whose archives are named after a person or channel, not a handle
LONGEST = {"name": 120, "handle": 200, "public_name": 200}
LINKED = frozenset({"field", "website", "websites"})  # details in which an address may stand without its beginning
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\",;]+", re.IGNORECASE)
_BARE = re.compile(r"(?<!\S)(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;]*)?(?!\S)", re.IGNORECASE)

Fields = Mapping[str, Any]  # values by the names of an account's fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an account's archives tell of it: its profile's details, the oldest first, its bio, its newest own item.

    `archives` are their keys, and `brought` is the day on which the newest was read in: it tells nothing of later use.
    """

    archives: tuple[int, ...]
    platform: str
    title: str
    account: str = ""
    kind: str = "professional"
    audience: str = "public"
    brought: date
    newest: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an archive would add: to the account with the key `account`, or as a new one where that is None.

    `fields` are to be filled, which were empty. `differs` holds what the archive says otherwise than the person did:
    pairs of what the register has and what the archive says, of which nothing is taken unless the person says so.
    """

    told: Told
    account: int | None
    fields: Fields
    differs: Mapping[str, tuple[Any, Any]]


def proposals(told: Sequence[Told], register: Sequence[Fields]) -> tuple[Proposal, ...]:
    """Return what the archives would add to the register, those that add nothing and differ in nothing left out.

    Each account of the register comes with its fields and its key as `pk`.
    """
    found = (_proposal(each, register) for each in told)
    return tuple(each for each in found if each.account is None or each.fields or each.differs)


def _proposal(told: Told, register: Sequence[Fields]) -> Proposal:
    fields, own = said(told), matching(told, register)
    if own is None:
        return Proposal(told, None, fields, {})
    given = {name: value for name, value in fields.items() if name != "name" and value != own[name]}
    empty = {name: value for name, value in given.items() if is_empty(own[name])}
    differs = {name: (own[name], value) for name, value in given.items() if name not in empty}
    return Proposal(told, own["pk"], empty, {name: pair for name, pair in differs.items() if _is_worth(name, *pair)})


def _is_worth(name: str, mine: Any, theirs: Any) -> bool:
    """Return whether a difference is to be shown: not a setting of the import, a shorter list, or an older day."""
    if name == "last_used":
        return bool(theirs > mine)
    if isinstance(theirs, list):
        return not {*theirs} <= {*mine}
    return name not in ("audience", "platform") and (name != "kind" or theirs == "dormant")


def is_empty(value: Any) -> bool:
    """Return whether a field holds nothing that anybody said."""
    return value is None or value in ("", [], {})


def matching(told: Told, register: Sequence[Fields]) -> Fields | None:
    """Return the account that an archive is of: that of its handle, or the only one on its platform with none."""
    platform, handle = _platform(told), folded(_handle(told))
    there = [each for each in register if each["platform"] == platform]
    same = [each for each in there if handle and folded(each["handle"]) == handle]
    open_ = [each for each in there if not each["handle"] or not handle]
    return same[0] if same else open_[0] if len(open_) == 1 else None


def folded(handle: str) -> str:
    """Return a handle as it is compared."""
    return handle.strip().lstrip("@").rstrip("/").casefold()


def said(told: Told) -> dict[str, Any]:
    """Return what an archive says of its account, by the names of the register's fields; what it does not say is left.

    An account is put down as no longer used where the archive holds nothing of the person's own from the year before it
    was brought in: an older export may make it look so.
    """
    handle, public = _handle(told), _public_name(told)
    found: dict[str, Any] = {
        "name": f"{told.title} ({handle or public})" if handle or public else told.title,
        "platform": _platform(told),
        "handle": handle,
        "kind": "dormant" if told.newest and told.brought - told.newest > QUIET else told.kind,
        "audience": told.audience,
        "public_name": public,
        "names": _every(told, OTHERS),
        "bio": told.bio.strip(),
        "links": _links(told),
        "last_used": told.newest,
    }
    cut = {name: value[: LONGEST[name]] if name in LONGEST else value for name, value in found.items()}
    return {name: value for name, value in cut.items() if not is_empty(value)}


def _platform(told: Told) -> str:
    named = dict(told.facts).get("platform", "").casefold() if told.platform == "plain" else ""
    name = named or CALLED.get(told.platform, told.platform)
    return name if name in dict(places()) else OTHER


def _handle(told: Told) -> str:
    """Return the handle of the profile, or what the archive is named after where that is one, with its server."""
    known = _newest(told, HANDLES).strip()
    is_handle = told.platform not in NAMED_AFTER and not told.account.startswith("did:")
    whole = is_handle and (not known or told.account.startswith(f"{known}@"))
    return (told.account if whole else known).strip().lstrip("@")


def _public_name(told: Told) -> str:
    facts = dict(told.facts)
    parts = " ".join(filter(None, (facts.get("first name"), facts.get("last name"))))
    return (_newest(told, NAMES) or parts or (told.account if told.platform in NAMED_AFTER else "")).strip()


def _newest(told: Told, names: Sequence[str]) -> str:
    """Return the last value of the first of these details that there is."""
    return next((facts[name] for facts in [dict(told.facts)] for name in names if facts.get(name)), "")


def _every(told: Told, names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for name, value in told.facts if name in names and value.strip()))


def _links(told: Told) -> list[str]:
    """Return the addresses that a profile's details hold, but for its own."""
    facts = ((_BARE if name in LINKED else _LINK, value) for name, value in told.facts if name != "address")
    return list(dict.fromkeys(link for pattern, value in facts for link in pattern.findall(value)))
