"""Conversations of Facebook and Instagram: counted and dated; words only the person's own, and only when asked for."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from forethought.footprint.archives.decode import Located, json_items
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.platform import Options, table
from forethought.footprint.archives.values import epoch, many, mended, moment, text, within
from forethought.footprint.item import Item, Moment, Pointer, Problem, Record, Table

NAMED = re.compile(r"message_\d+")  # the stem of a file of messages
NEVER = Moment()
_PARTS = ("participants", "messages", "title", "threadName", "thread_path")


@dataclass(slots=True)
class Talk:
    """One conversation, so far."""

    pointer: Pointer
    key: str
    names: dict[str, None] = field(default_factory=dict)
    messages: int = 0
    sent: int = 0
    first: Moment = NEVER
    last: Moment = NEVER

    def add(self, at: Moment, own: bool) -> None:
        """Count a message."""
        self.messages += 1
        self.sent += own
        if at.at and (self.first.at is None or at.at < self.first.at):
            self.first = at
        if at.at and (self.last.at is None or at.at > self.last.at):
            self.last = at

    def item(self, platform: str, owner: frozenset[str]) -> Item:
        """Return the conversation as an item: partners, counts and time span, and no words."""
        partners = [name for name in self.names if name.casefold() not in owner]
        facts = [("messages", str(self.messages)), ("partners", str(len(partners)))]
        if owner:
            facts += [("sent", str(self.sent)), ("received", str(self.messages - self.sent))]
        facts += [(name, at.at.isoformat()) for name, at in (("first", self.first), ("last", self.last)) if at.at]
        details = (*facts, *(("name", name) for name in partners))
        return Item("message", platform, self.pointer, "", self.key, self.first, own_words=False, details=details)


def conversations(platform: str, members: list[Member], owner: frozenset[str], options: Options) -> Iterator[Record]:
    """Yield one item for each conversation and, when asked for, the person's own words in it."""
    talks: dict[str, Talk] = {}

    def took(record: Any, pointer: Pointer) -> Iterator[Item | Problem]:
        talk = talks.setdefault(key_of(pointer), Talk(pointer, key_of(pointer)))
        own = list(_take(talk, mended(record), pointer, owner))
        yield from (replace(each, platform=platform) for each in own if options.own_messages)

    for record in table("messages", members, _parts, took):
        if not isinstance(record, Table):
            yield record
            continue
        if options.own_messages and members and not owner:
            yield Problem(
                members[0].at(), "the account's own name is not known, so no sent words were read. Say who owns it."
            )
        yield from (talk.item(platform, owner) for talk in talks.values())
        broken = record.state in ("unreadable", "partial")
        yield Table("messages", ("partial" if broken else "present") if talks else record.state, len(talks))


def key_of(pointer: Pointer) -> str:
    """Return a conversation's key, in which no name is left: its number, or a digest of where it lies."""
    folder = pointer.member.rpartition("/")[0].rpartition("/")[2]
    number = re.search(r"_(\d{6,})$", folder)
    return (
        number[1] if number else hashlib.sha256((folder or pointer.source + pointer.member).encode()).hexdigest()[:16]
    )


def _parts(member: Member) -> Iterator[Located]:
    if member.start(64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"[":
        return json_items(member)
    return json_items(member, *_PARTS)


def _take(talk: Talk, record: Any, pointer: Pointer, owner: frozenset[str]) -> Iterator[Item]:
    """Count what stands at the pointer: a partner, a message, or (before 2020) a whole conversation."""
    part = pointer.locator.split("/")[1] if pointer.locator.startswith("/") else ""
    if part == "participants":
        talk.names |= {name: None for name in (text(record), text(within(record, "name"))) if name}
    elif part == "messages":
        yield from _message(talk, record, pointer, owner)
    elif isinstance(record, dict) and "conversation" in record:
        yield from _whole(talk, record, pointer, owner)


def _whole(talk: Talk, record: Any, pointer: Pointer, owner: frozenset[str]) -> Iterator[Item]:
    talk.names.update(dict.fromkeys(map(text, many(record.get("participants")))))
    for number, each in enumerate(many(record["conversation"])):
        yield from _message(talk, each, replace(pointer, locator=f"{pointer.locator}/conversation/{number}"), owner)


def _message(talk: Talk, record: Any, pointer: Pointer, owner: frozenset[str]) -> Iterator[Item]:
    sender = _first(record, "sender_name", "senderName", "sender")
    stamp = record.get("timestamp_ms") or record.get("timestamp")
    at = epoch(stamp, 1000) if stamp else moment(record.get("created_at"))
    own = sender.casefold() in owner
    talk.add(at, own)
    words = _first(record, "content", "text")
    if own and words:
        yield Item("message", "", pointer, words, created=at, details=(("conversation", talk.key),))


def _first(record: Any, *keys: str) -> str:
    return next((text(record[key]) for key in keys if text(record.get(key))), "")


def names_of(profile: Iterable[str]) -> frozenset[str]:
    """Return a person's names as they are compared."""
    return frozenset(name.casefold() for name in profile if name)
