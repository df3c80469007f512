"""Mastodon and close relatives: the archive that a server makes, the lists beside it, and mastodon-archive's copy."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from forethought.footprint.archives import mastodon_posts as posts
from forethought.footprint.archives.counted import Maker, counted
from forethought.footprint.archives.decode import Located, fold_header, text_of
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.jsonlist import json_list
from forethought.footprint.archives.pictures import Pictures
from forethought.footprint.archives.platform import Options, Platform, Recognition
from forethought.footprint.archives.values import many, moment, text, within, wrote
from forethought.footprint.item import Item, Pointer, Record

MOST_START = 16384  # bytes; an actor begins with a long context
MOST_LOOKED_AT = 40  # JSON files of other names that are looked into
ARCHIVE = ("actor", "outbox", "likes", "bookmarks")
LISTS = {
    "following": ("following_accounts.csv", "follows.csv", "following.csv"),
    "muted": ("muted_accounts.csv", "mutes.csv"),
    "blocked": ("blocked_accounts.csv", "blocks.csv"),
    "blocked servers": ("blocked_domains.csv", "domain_blocks.csv"),
    "listed": ("lists.csv",),
    "bookmarks list": ("bookmarks.csv",),
}
STATES = {"following": "accepted", "muted": "muted", "blocked": "blocked", "listed": "listed"}
SETTINGS = (
    ("manuallyApprovesFollowers", "approves followers"),
    ("locked", "approves followers"),
    ("discoverable", "can be discovered"),
    ("indexable", "posts can be searched"),
)
NAMES = (
    ("name", "name"),
    ("display_name", "name"),
    ("preferredUsername", "handle"),
    ("acct", "handle"),
    ("movedTo", "moved to"),
    ("url", "address"),
)
_COLLECTION = re.compile(rb'"id"\s*:\s*"[^"]*?(outbox|likes|bookmarks)(?:\.json)?"')
_ACTOR = re.compile(rb'"(?:actor|attributedTo)"\s*:\s*"(https?://[^"]+)"')
_HOST = re.compile(rb'"(?:id|uri|url)"\s*:\s*"https?://([^"/]+)/')
_USER = re.compile(rb'"(?:preferredUsername|username)"\s*:\s*"([^"]+)"')
_ADDRESS = re.compile(r"\s*[^\s,@]+@[^\s,@]+\s*(,|$)")
_MEDIUM = re.compile(r"(media_attachments/.+)$")

Held = dict[str, list[Member]]


def sorted_out(files: Files) -> Held:
    """Return the files of each role; a file of the right name that says nothing counts only beside one that does."""
    held: Held = defaultdict(list)
    silent: Held = defaultdict(list)
    looked = 0
    for member in files:
        named = member.base.removesuffix(".json")
        if member.base.endswith(".csv"):
            held[_list_role(member)].append(member)
        elif member.base.endswith(".json") and member.folded.count("/") <= 1:
            looked += named not in ARCHIVE
            role = _role(member) if named in ARCHIVE or looked <= MOST_LOOKED_AT else ""
            (held if role or named not in ARCHIVE else silent)[role or named].append(member)
    if any(held[role] for role in ARCHIVE):
        for role, members in silent.items():
            held[role] += members
    return held


def _role(member: Member) -> str:
    """Return what a JSON file of an archive is, by what it says of itself rather than by its name."""
    start = member.start(MOST_START)
    if b'"OrderedCollection"' in start or b'"orderedItems"' in start:
        said = _COLLECTION.search(start)
        named = member.base.removesuffix(".json")
        return said[1].decode() if said else named if named in ARCHIVE else "outbox"
    if b'"preferredUsername"' in start and b'"inbox"' in start:
        return "actor"
    if b'"custom_filters"' in start[:200]:
        return "filters"
    return "copy" if b'"account"' in start[:100] and b'"acct"' in start and b'"statuses"' in start else ""


def _list_role(member: Member) -> str:
    """Return which list a table is: by its header where the list has one, or else by its name and first cell."""
    start = member.start(400)
    head = start.decode(errors="replace").lstrip("\ufeff").partition("\n")[0]
    folded = fold_header(head)
    if folded.startswith("accountaddress"):
        return "muted" if "hidenotifications" in folded else "following"
    role = next((role for role, names in LISTS.items() if member.base in names), "")
    first = head.partition(",")[0].strip()
    fits = {
        "listed": bool(_ADDRESS.match(head.partition(",")[2])),
        "blocked servers": first.startswith("#") or ("." in first and "/" not in first and "@" not in first),
        "bookmarks list": first.startswith("https://"),
    }
    return role if role and fits.get(role, bool(_ADDRESS.match(head))) else ""


def recognise(files: Files) -> Recognition | None:
    """Return what kind of Mastodon's files these are, or None."""
    held = sorted_out(files)
    archive = [member for role in (*ARCHIVE, "copy") for member in held[role]]
    lists = [member for role in (*LISTS, "filters") for member in held[role]]
    if not archive and not lists:
        return None
    whole = bool(held["outbox"] and held["actor"])
    return Recognition(
        "mastodon",
        _generation(held),
        "json" if archive else "csv",
        0.97 if whole else 0.85 if archive else 0.6,
        tuple(member.name for member in (archive or lists)[:3]),
        account=_account(held),
        missing=tuple(f"{role}.json" for role in ARCHIVE if not held[role]) if not held["copy"] else (),
        advice=_advice(held),
    )


def _generation(held: Held) -> str:
    if held["copy"]:
        return "copy by mastodon-archive"
    starts = b"".join(member.start(MOST_START) for member in held["actor"][:1])
    if b"litepub" in starts:
        return "Pleroma"
    if not starts:
        return "archive" if held["outbox"] else "lists"
    return "since 4.2" if b'"indexable"' in starts else "before 4.2"


def _account(held: Held) -> str:
    """Return the person's handle, by the profile or by who wrote the first post."""
    for member in held["actor"] + held["copy"] + held["outbox"]:
        start = member.start(MOST_START)
        host, user, actor = _HOST.search(start), _USER.search(start), _ACTOR.search(start)
        if host and user:
            return f"{user[1].decode()}@{host[1].decode()}"
        if actor:
            return posts.handle(actor[1].decode())
    return ""


def _advice(held: Held) -> str:
    if held["outbox"] or held["copy"]:
        return ""
    return "These files hold no posts. On the server, choose Import and export, then Request your archive."


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the files hold."""
    held = sorted_out(files)
    pictures = Pictures(files, lambda name: tail[1] if (tail := _MEDIUM.search(name)) else "")
    timeline = posts.Timeline(pictures, options.own_messages)
    if held["copy"]:
        yield from _copy(held["copy"], timeline)
    if held["actor"] or not held["copy"]:
        yield from counted("profile", held["actor"], json_list, _actor)
    if held["outbox"] or not held["copy"]:
        yield from counted("posts", held["outbox"], _ordered, partial(posts.activity, timeline))
    yield from posts.messages(timeline)
    yield from counted("likes", held["likes"], _ordered, partial(posts.pointed_at, "like"))
    yield from counted("bookmarks", held["bookmarks"], _ordered, partial(posts.pointed_at, "bookmark"))
    for role in LISTS:
        if held[role]:
            yield from counted(role, held[role], _rows, _list_maker(role))
    if held["filters"]:
        yield from counted("filters", held["filters"], partial(json_list, key="custom_filters"), _filter)
    yield from pictures.table()


def _copy(members: list[Member], timeline: posts.Timeline) -> Iterator[Record]:
    """Yield what a copy that mastodon-archive made holds."""
    yield from counted("profile", members, partial(json_list, key="account"), _actor)
    yield from counted("posts", members, partial(json_list, key="statuses"), partial(posts.status, timeline))
    favourites = partial(json_list, key="favourites")
    yield from counted("favourites", members, favourites, partial(posts.pointed_at, "favourite"))


def _ordered(member: Member) -> Iterator[Located]:
    return json_list(member, "orderedItems")


def _actor(record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield the profile, the bio, and each setting that the profile tells."""
    key = text(record.get("id"))
    facts = tuple((name, text(record.get(field))) for field, name in NAMES if text(record.get(field)))
    other = tuple(("also known as", text(each)) for each in many(record.get("alsoKnownAs")) if text(each))
    fields = many(record.get("attachment")) or many(record.get("fields"))
    said = tuple(
        ("field", f"{text(each.get('name'))}: {posts.quick_words(text(each.get('value')))}") for each in fields
    )
    made = moment(record.get("published") or record.get("created_at"))
    yield Item("profile", "mastodon", pointer, "", key, made, False, details=facts + other + said)
    bio = posts.quick_words(wrote(record.get("summary") or record.get("note")))
    if bio:
        yield Item("bio", "mastodon", pointer, bio, key)
    for field, name in SETTINGS:
        if isinstance(record.get(field), bool):
            value = "yes" if record[field] else "no"
            yield Item("setting", "mastodon", pointer, own_words=False, details=(("setting", name), ("value", value)))


def _rows(member: Member) -> Iterator[Located]:
    """Yield each row of a list as its cells; most lists have no header."""
    with text_of(member) as stream:
        for number, row in enumerate(csv.reader(line.replace("\0", "") for line in stream)):
            if row and row[0].strip() and fold_header(row[0]) != "accountaddress" and not row[0].startswith("#"):
                yield f"row {number}", row


def _list_maker(role: str) -> Maker:
    return {"blocked servers": _server, "bookmarks list": _bookmark}.get(role, partial(_person, role))


def _person(role: str, row: Any, pointer: Pointer) -> Iterator[Item]:
    handle = row[1] if role == "listed" else row[0]
    about = (("direction", "sent"), ("state", STATES[role])) + ((("list", row[0]),) if role == "listed" else ())
    yield Item("contact", "mastodon", pointer, own_words=False, details=(("handle", handle.strip()), *about))


def _server(row: Any, pointer: Pointer) -> Iterator[Item]:
    yield Item("setting", "mastodon", pointer, own_words=False, details=(("blocked server", row[0].strip()),))


def _bookmark(row: Any, pointer: Pointer) -> Iterator[Item]:
    return posts.pointed_at("bookmark", row[0].strip(), pointer)


def _filter(record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield that there is a filter, of how many words; the words say what the person will not see, and are not kept."""
    words = many(within(record, "keywords_attributes"))
    places = ", ".join(map(text, many(within(record, "context"))))
    details = (
        ("setting", "filter"),
        ("words", str(len(words))),
        ("places", places),
        ("action", text(record["action"])),
    )
    yield Item("setting", "mastodon", pointer, own_words=False, details=details)


MASTODON = Platform("mastodon", "Mastodon", recognise, read)
