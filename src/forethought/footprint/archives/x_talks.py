"""Private messages in an archive of X, and talks with its assistant: counted, and without words unless asked for."""

import re
from collections.abc import Iterator
from typing import Any

from forethought.footprint.archives.counted import Span, veiled
from forethought.footprint.archives.decode import Located
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.jsonlist import json_list
from forethought.footprint.archives.platform import BROKEN
from forethought.footprint.archives.values import entities, many, moment, text, within, wrote
from forethought.footprint.archives.x_facts import inner
from forethought.footprint.archives.x_posts import led
from forethought.footprint.item import Item, Pointer

_ASSISTANT = (("with", "the assistant of X"),)


def talk(account: str, own_words: bool, record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a conversation as counts and a span, and the person's own messages where they were asked for."""
    held = inner(record)
    key = text(held["conversationId"])
    sent = [each["messageCreate"] for each in many(held.get("messages")) if within(each, "messageCreate")]
    span = Span(others=set(key.split("-")) - {account} if re.fullmatch(r"\d+-\d+", key) else set())
    for message in sent:
        people = {text(message.get("senderId")), text(message.get("recipientId"))} - {account, ""}
        span.add(_own(account, message), text(message.get("createdAt")), people)
    details = span.details(sided=bool(account))
    yield Item("message", "x", pointer, "", veiled(key), moment(span.first), own_words=False, details=details)
    if own_words:
        yield from (_message(each, pointer) for each in sent if _own(account, each) and each.get("text"))


def _own(account: str, message: dict[str, Any]) -> bool:
    return bool(account) and text(message.get("senderId")) == account


def _message(message: dict[str, Any], pointer: Pointer) -> Item:
    words = entities(wrote(message["text"]))
    for link in many(message.get("urls")):
        words = led(words, link.get("url"), link.get("expanded"))
    return Item("message", "x", pointer, words, text(message.get("id")), moment(message.get("createdAt")))


def assistant_talks(member: Member) -> Iterator[Located]:
    """Yield each talk with the assistant as its counts, at the place of its first record, then what broke."""
    talks: dict[str, tuple[str, Span]] = {}
    broken: Exception | None = None
    try:
        for locator, record in json_list(member):
            if isinstance(record, dict):
                _, span = talks.setdefault(text(inner(record).get("chatId")), (locator, Span()))
                span.add(_by_person(inner(record)), text(inner(record).get("createdAt")))
    except BROKEN as error:
        broken = error
    yield from ((locator, (chat, span)) for chat, (locator, span) in talks.items())
    if broken:
        raise broken


def assistant_talk(record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield a talk with the assistant."""
    chat, span = record
    details = _ASSISTANT + span.details()
    yield Item(
        "message", "x", pointer, "", veiled(f"grok {chat}"), moment(span.first), own_words=False, details=details
    )


def prompt(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield what the person wrote to the assistant, never what it answered."""
    item = inner(record)
    if _by_person(item) and item.get("message"):
        words, made = wrote(item["message"]), moment(item.get("createdAt"))
        yield Item("message", "x", pointer, words, created=made, details=_ASSISTANT)


def _by_person(item: dict[str, Any]) -> bool:
    sender = within(item, "sender", "originalName") or within(item, "sender", "name")
    return text(sender).casefold() == "user"


def networks(member: Member) -> Iterator[Located]:
    """Yield how many networks the logins came from, in one record; their numbers are not kept."""
    seen: set[str] = set()
    span = Span()
    for _, record in json_list(member):
        if isinstance(record, dict):
            seen.add(text(inner(record).get("loginIp")))
            span.add(True, text(inner(record).get("createdAt")))
    if span.sent:
        yield "", {"networks": str(len(seen - {""})), "first": span.first, "last": span.last}


def network(record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield the number of networks, with the time that the logins span."""
    details = tuple((name, value) for name, value in record.items() if value)
    yield Item("session", "x", pointer, own_words=False, details=details)
