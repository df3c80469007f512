"""The small records of an archive of X: profile, settings, apps, logins and contacts, each kind described as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forethought.footprint.archives.values import entities, many, moment, text, within, wrote
from forethought.footprint.item import Item, Kind, Moment, Pointer, Removed

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """How a kind of small record is read: what it becomes, which fields are kept under which names, which are dropped.

    Fields are paths with dots. Whatever is neither kept nor dropped is passed over, so that nothing unforeseen is kept.
    """

    name: str
    kind: Kind
    keep: Pairs = ()
    drop: tuple[str, ...] = ()
    when: tuple[str, ...] = ("createdAt",)
    key: str = ""
    add: Pairs = ()


def _people(name: str, direction: str, state: str, who: str = "accountId") -> Fact:
    return Fact(name, "contact", ((who, "handle"),), add=(("direction", direction), ("state", state)))


FACTS: dict[str, Fact] = {
    "account": Fact(
        "account",
        "profile",
        (("username", "handle"), ("accountDisplayName", "name"), ("createdVia", "created with")),
        ("email",),
        key="accountId",
    ),
    "screennamechange": Fact(
        "former names",
        "profile",
        (("screenNameChange.changedFrom", "former handle"), ("screenNameChange.changedTo", "handle")),
        when=("screenNameChange.changedAt",),
    ),
    "professionaldata": Fact(
        "professional profile",
        "profile",
        (("professionalType", "professional type"), ("categoryName", "category"), ("categoryNames", "category")),
        when=("creationTime", "createdAt"),
    ),
    "emailaddresschange": Fact(
        "e-mail changes",
        "setting",
        drop=("emailChange.changedFrom", "emailChange.changedTo"),
        when=("emailChange.changedAt",),
        add=(("setting", "e-mail address changed"),),
    ),
    "accounttimezone": Fact("time zone", "setting", (("timeZone", "time zone"),)),
    "verified": Fact("verification", "setting", (("verified", "verified"),)),
    "protectedhistory": Fact(
        "protected posts", "setting", (("action", "protected posts"),), when=("protectedAt", "createdAt")
    ),
    "accountsuspension": Fact("suspensions", "setting", (("action", "suspension"),), when=("timestamp", "timeStamp")),
    "personalization": Fact(
        "inferred interests",
        "setting",
        (
            ("interests.interests", "inferred interests"),
            ("interests.shows", "inferred programmes"),
            ("demographics.languages", "inferred languages"),
            ("demographics.genderInfo.gender", "inferred gender"),
            ("locationHistory", "inferred places"),
        ),
        ("inferredAgeInfo.age", "inferredAgeInfo.birthDate"),
    ),
    "ageinfo": Fact("age", "setting", drop=("ageInfo.age", "ageInfo.birthDate")),
    "phonenumber": Fact("phone number", "setting", drop=("phoneNumber",)),
    "savedsearch": Fact("saved searches", "setting", drop=("query",)),
    "connectedapplication": Fact(
        "connected apps",
        "app",
        (("name", "name"), ("organization.name", "by"), ("permissions", "permissions")),
        when=("approvedAt",),
        key="id",
    ),
    "app": Fact("apps on the phone", "app", (("appNames", "name"),), key="appId", add=(("state", "on the phone"),)),
    "sso": Fact("sign-in services", "app", (("associationMethodType", "name"),), ("ssoId", "ssoEmail")),
    "ipaudit": Fact("logins", "session", drop=("loginIp", "loginPortNumber"), add=(("event", "login"),)),
    "accountcreationip": Fact("creation of the account", "session", drop=("userCreationIp",)),
    "devicetoken": Fact(
        "devices",
        "session",
        (("clientApplicationName", "app"), ("lastSeenAt", "last seen")),
        ("token",),
        add=(("event", "device"),),
    ),
    "nidevice": Fact(
        "notified devices",
        "session",
        (("pushDevice.deviceType", "device"),),
        ("pushDevice.token", "pushDevice.udid", "messagingDevice.phoneNumber"),
        when=("pushDevice.createdDate", "messagingDevice.createdDate"),
    ),
    "keyregistry": Fact("keys", "session", drop=("registeredDevices.deviceMetadataList",)),
    "follower": _people("followers", "received", "accepted"),
    "following": _people("following", "sent", "accepted"),
    "block": _people("blocked", "sent", "blocked"),
    "mute": _people("muted", "sent", "muted"),
    "listsmember": _people("lists that hold the person", "received", "listed", "url"),
    "listssubscribed": _people("lists that are followed", "sent", "list followed", "url"),
    "listscreated": Fact("lists", "setting", (("url", "list"),)),
    "contact": Fact("address book", "contact", drop=("emails", "phoneNumbers")),
}
_OLD = (("screen_name", "handle"), ("full_name", "name"), ("location", "location"), ("url", "website"))
_PICTURED = (("avatarMediaUrl", "picture"), ("headerMediaUrl", "banner"))


def inner(record: object) -> dict[str, Any]:
    """Return a record without the object of one key that newer archives wrap it in. Raises TypeError."""
    if not isinstance(record, dict):
        raise TypeError
    only = next(iter(record.values())) if len(record) == 1 else None
    return only if isinstance(only, dict) else record


def at_path(record: object, path: str) -> Any:
    """Return what lies at a path with dots."""
    return within(record, *path.split("."))


def facts(fact: Fact, record: object, pointer: Pointer) -> Iterator[Item | Removed]:
    """Yield what is kept of a small record, and what was dropped from it."""
    content = inner(record)
    kept = tuple((name, value) for path, name in fact.keep if (value := _said(at_path(content, path))))
    created = next((found for path in fact.when if (found := moment(at_path(content, path))).raw), Moment())
    if kept or created.raw:
        key = text(at_path(content, fact.key)) if fact.key else ""
        yield Item(fact.kind, "x", pointer, "", key, created, own_words=False, details=kept + fact.add)
    for path in fact.drop:
        count = sum(1 for each in many(at_path(content, path)) if each)
        if count:
            yield Removed(pointer, path.rpartition(".")[2], count)


def _said(value: Any) -> str:
    """Return a value as words: a list of texts joined, a list of records as how many they are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        return entities(text(value))
    if any(isinstance(each, dict) for each in value):
        return str(len(value))
    return ", ".join(filter(None, map(text, value)))


def profile(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a profile's facts and its bio."""
    content = inner(record)
    about = content.get("description") or {}
    kept = tuple((name, said) for name in ("website", "location") if (said := entities(text(about.get(name)))))
    pictured = tuple((name, "set") for key, name in _PICTURED if content.get(key))
    if kept or pictured:
        yield Item("profile", "x", pointer, own_words=False, details=kept + pictured)
    if about.get("bio"):
        yield Item("bio", "x", pointer, entities(wrote(about["bio"])))


def old_profile(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a profile of the first generation, and its bio."""
    content = inner(record)
    details = tuple((name, said) for key, name in _OLD if (said := entities(text(content.get(key)))))
    made = moment(content.get("created_at"))
    yield Item("profile", "x", pointer, "", text(content.get("id")), made, own_words=False, details=details)
    if content.get("bio"):
        yield Item("bio", "x", pointer, entities(wrote(content["bio"])))
