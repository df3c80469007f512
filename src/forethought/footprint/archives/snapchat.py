"""Snapchat downloads: friends, requests, conversations that are only counted, memories, the account and its visits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from forethought.footprint.archives.decode import Assigned, Located, UnreadableError, json_items
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import Logins, facts_of, object_of
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped, Span
from forethought.footprint.archives.values import entities, many, moment, text, within
from forethought.footprint.item import Audience, Item, Kind, Moment, Pointer, Problem, Record

SECTIONS: dict[str, tuple[Kind, str, str]] = {
    "friends": ("contact", "", "accepted"),
    "blocked users": ("contact", "sent", "blocked"),
    "deleted friends": ("contact", "sent", "removed"),
    "hidden friend suggestions": ("contact", "sent", "hidden"),
    "friend requests sent": ("request", "sent", "pending"),
    "pending requests": ("request", "received", "pending"),
    "ignored snapchatters": ("request", "received", "declined"),
}
BASIC = {"Username": "handle", "Name": "name", "Creation Date": "since", "Country": "country"}
CAPTIONS = ("Title", "Caption", "Description", "Text")
NAMES = (
    "friends.json",
    "chat_history.json",
    "snap_history.json",
    "memories_history.json",
    "account.json",
    "snap_pro.json",
)
PUBLIC = (
    "Only Spotlight and public stories can be seen by everyone, so this archive tells little of a public footprint."
)
_PAGE = re.compile(r"(?:html|^)/?(?:chat_history|friends|account|snap_history|memories_history)[^/]*\.html$")
_MARKS = {
    "friends.json": b'"Friends"', "chat_history.json": b'"IsSender"', "snap_history.json": b'"IsSender"',
    "memories_history.json": b'"Saved Media"', "account.json": b'"Basic Information"',
}  # fmt: skip


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    found = [name for name, mark in _MARKS.items() for member in files.named(name) if mark in member.start(2**14)]
    if found:
        missing = tuple(name for name in NAMES[:2] if not files.named(name))
        sure = 0.9 if len(found) > 1 or found[0] != "friends.json" else 0.6
        return Recognition("snapchat", "json", "json", sure, tuple(found), missing=missing, advice=PUBLIC)
    pages = [member for member in files if _PAGE.search(member.folded) and b"snapchat" in member.start().lower()]
    if not pages:
        return None
    advice = "These are pages to look at. Ask Snapchat for the archive again, and choose JSON."
    return Recognition("snapchat", "html", "html", 0.6, (pages[0].base,), missing=NAMES[:2], advice=advice)


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the account, friends, conversations, memories, public stories, apps and visits."""
    dropped = Dropped()
    if found.form == "html":
        yield Problem(next(member for member in files if _PAGE.search(member.folded)).at(), found.advice)
    account = files.named("account.json")
    yield from table("profile", account, _basic, partial(_profile, dropped))
    yield from table("contacts", files.named("friends.json"), _sections, _friend)
    chats = files.named("chat_history.json", "snap_history.json")
    yield from table("messages", chats, partial(_conversations, options.own_messages), partial(_message, dropped))
    yield from table("memories", files.named("memories_history.json"), _memories, partial(_memory, dropped))
    yield from table("stories", files.named("snap_pro.json"), _listed, partial(_story, dropped))
    yield from table("apps", files.named("connected_apps.json"), _listed, _app)
    yield from table("logins", account, _visits, _login)
    yield from dropped.told()


def _basic(member: Member) -> Iterator[Located]:
    yield "/Basic Information", within(object_of(member), "Basic Information") or {}


def _profile(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    facts = {shown: text(record.get(name)) for name, shown in BASIC.items()}
    for name in record.keys() - BASIC.keys():
        dropped.add(pointer, "other lines of the account", record[name])
    if any(facts.values()):
        yield Item("profile", "snapchat", pointer, key="profile", own_words=False, details=facts_of(**facts))


def _sections(member: Member) -> Iterator[Located]:
    """Yield each person of each list, by the list's place: its name may be anything."""
    for name, people in object_of(member).items():
        known = SECTIONS.get(name.casefold())
        for number, each in enumerate(many(people)):
            yield f"/{name}/{number}" if known else "a list that is not known", (known, each)


def _friend(record: Any, pointer: Pointer) -> Iterator[Item | Problem]:
    known, each = record
    unknown: tuple[Kind, str, str] = ("contact", "", "unknown")
    kind, direction, state = known or unknown
    facts = facts_of(
        name=text(each.get("Display Name")), handle=text(each["Username"]), direction=direction, state=state
    )
    yield Item(
        kind, "snapchat", pointer, created=moment(each.get("Creation Timestamp")), own_words=False, details=facts
    )


@dataclass(slots=True)
class Conversation:
    """What is counted of a conversation: no words and no names."""

    messages: int = 0
    own: int = 0
    people: set[int] = field(default_factory=set)
    media: int = 0
    span: Span = field(default_factory=Span)

    def add(self, record: dict[str, Any], when: Moment) -> None:
        """Count one message; they may run forward or back in time."""
        self.messages += 1
        self.own += bool(record.get("IsSender"))
        self.media += bool(text(record.get("Media IDs")))
        self.people.add(hash(text(record.get("From"))))
        self.span.take(when)


def _conversations(own: bool, member: Member) -> Iterator[Located]:
    """Yield each conversation, and its own lines where asked for, under its place: its name is a person's."""
    import ijson  # when an archive is read

    with member.open() as stream:
        try:
            for number, (_, lines) in enumerate(ijson.kvitems(Assigned(stream), "", use_float=True)):
                yield from _conversation(own, f"conversation {number}", many(lines))
        except (ijson.JSONError, UnicodeError, ValueError):
            raise UnreadableError(member.name, "it breaks off, or is not JSON") from None


def _conversation(own: bool, place: str, lines: list[Any]) -> Iterator[Located]:
    whole = Conversation()
    for number, line in enumerate(lines):
        if not isinstance(line, dict):
            yield f"{place}, {number}", line
            continue
        when = moment(line.get("Created"))
        whole.add(line, when)
        if own and line.get("IsSender"):
            yield f"{place}, {number}", (text(line.get("Content")), when)
    yield place, whole


def _message(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    audience = Audience("named people", "channel", "a conversation")
    if not isinstance(record, Conversation):
        words, when = record
        if words:
            yield Item("message", "snapchat", pointer, entities(words), created=when, audience=audience)
        return
    dropped.add(pointer, "other people's messages", count=record.messages - record.own)
    counts = {"messages": record.messages, "own": record.own, "people": len(record.people), "media": record.media}
    facts = {name: str(number) for name, number in counts.items()}
    key = f"from {record.span.first.raw}" if record.span.first.raw else ""
    yield Item(
        "message", "snapchat", pointer, key=key, created=record.span.first, own_words=False, audience=audience,
        details=facts_of(**facts, **record.span.facts()),
    )  # fmt: skip


def _memories(member: Member) -> Iterator[Located]:
    return json_items(member, "Saved Media")


def _memory(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    for name in ("Download Link", "Media Download Url", "Location"):
        dropped.add(pointer, name, record.get(name))
    facts = facts_of(media=text(record.get("Media Type")), place="precise" if record.get("Location") else "")
    yield Item("photo", "snapchat", pointer, created=moment(record.get("Date")), own_words=False, details=facts)


def _listed(member: Member) -> Iterator[Located]:
    """Yield each element of each list in a file whose lists are not known by name."""
    for name, held in object_of(member).items():
        if isinstance(held, list):
            for number, each in enumerate(held):
                yield f"/{name}/{number}", each


def _story(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    words = next((text(record[name]) for name in CAPTIONS if text(record.get(name))), "")
    when = next((moment(value) for name, value in record.items() if "date" in name.casefold()), Moment())
    for name in record:
        dropped.add(pointer, "links", record[name] if "url" in name.casefold() or "link" in name.casefold() else "")
    yield Item("story", "snapchat", pointer, entities(words), created=when)


def _app(record: Any, pointer: Pointer) -> Iterator[Item]:
    facts = facts_of(app=text(record["App"]), permissions=text(record.get("Type")))
    yield Item("app", "snapchat", pointer, created=moment(record.get("Time")), own_words=False, details=facts)


def _visits(member: Member) -> Iterator[Located]:
    logins = Logins()
    for each in many(within(object_of(member), "Login History")):
        logins.add(text(each.get("IP")), text(each.get("Country")), moment(each.get("Created")))
    yield "/Login History", logins


def _login(record: Any, pointer: Pointer) -> Iterator[Item]:
    if record.count:
        yield record.item("snapchat", pointer)


SNAPCHAT = Platform("snapchat", "Snapchat", recognise, read, experimental=True)
