"""The posts of a Mastodon archive: what each is, for whom it was, its words out of HTML, and its pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from forethought.footprint.archives.counted import Span, veiled
from forethought.footprint.archives.decode import words_of
from forethought.footprint.archives.pictures import Pictures
from forethought.footprint.archives.values import many, moment, text, within, wrote
from forethought.footprint.item import Audience, Item, Media, Pointer, Record, Table, Who

PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
PASSED_OVER = {"Accept", "Add", "Delete", "EmojiReact", "Follow", "Like", "Reject", "Remove", "Undo", "Update"}
VISIBILITY: dict[str, Who] = {
    "public": "public",
    "unlisted": "unlisted",
    "private": "followers",
    "direct": "named people",
}
DIRECT: Who = "named people"
_SIMPLE = re.compile(r"(?:[^<>]|</?(?:p|br|a|span|b|i|u|em|strong|del|code)\b[^<>]*>)*")
_LINE = re.compile(r"</?(?:p|br)\b[^<>]*>")
_BREAK = re.compile(r"<br\s*/>")
_TAG = re.compile(r"<[^<>]*>")
_ADDED = re.compile(r'<p class="quote-inline">.*?</p>', re.DOTALL)  # a link that servers add before a quoted post


@dataclass(slots=True)
class Timeline:
    """What the reader of a post needs to know, and the private conversations that it meets on its way."""

    pictures: Pictures
    own_messages: bool = False
    talks: dict[str, tuple[Pointer, Span]] = field(default_factory=dict)


def activity(timeline: Timeline, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield what an entry of the outbox is. Raises ValueError where its type is not known."""
    kind = record["type"]
    audience = _audience(record)
    if kind == "Announce":
        yield _boost(record["object"], record.get("published"), audience, pointer, text(record.get("id")))
    elif kind == "Create":
        yield from _note(timeline, record["object"], record, audience, pointer)
    elif kind not in PASSED_OVER:
        raise ValueError


def _audience(record: dict[str, Any]) -> Audience:
    """Return for whom a post was, from its addresses."""
    to, copies = many(record.get("to")), many(record.get("cc"))
    if not PUBLIC.isdisjoint(to):
        return Audience("public", "post", "to")
    if not PUBLIC.isdisjoint(copies):
        return Audience("unlisted", "post", "cc")
    followers = [name for name, held in (("to", to), ("cc", copies)) for each in held if _of_followers(each)]
    return Audience("followers", "post", followers[0]) if followers else Audience(DIRECT, "post", "to")


def _of_followers(address: object) -> bool:
    return text(address).rstrip("/").endswith("/followers")


def _boost(boosted: Any, when: Any, audience: Audience, pointer: Pointer, key: str) -> Item:
    """Return a boost as the address of what was boosted; where that is the person's own post, it stands elsewhere."""
    address = text(within(boosted, "id") or within(boosted, "url") if isinstance(boosted, dict) else boosted)
    return Item("repost", "mastodon", pointer, "", key, moment(when), False, audience, address=address)


def _note(
    timeline: Timeline, note: dict[str, Any], around: dict[str, Any], audience: Audience, pointer: Pointer
) -> Iterator[Item]:
    """Yield a post, or count it as a private message."""
    words, when = _words(note), note.get("published") or around.get("published")
    key = text(note.get("id"))
    if audience.who == DIRECT:
        _remember(timeline, note, around, text(when), pointer)
        if timeline.own_messages and words:
            yield Item("message", "mastodon", pointer, words, key, moment(when), audience=audience)
        return
    answered, quoted = _address(note.get("inReplyTo")), _quoted(note)
    yield Item(
        "reply" if answered else "quote" if quoted else "post",
        "mastodon",
        pointer,
        words,
        key,
        moment(when),
        audience=audience,
        reply_to=answered,
        address=_address(note.get("url")) or key,
        media=tuple(_media(timeline.pictures, note)),
        details=tuple(_further(note, quoted)),
    )


def _words(note: dict[str, Any]) -> str:
    """Return what the person wrote: the content warning, the post, and a poll's choices, each on lines of their own."""
    content = wrote(note.get("content") or next(iter((note.get("contentMap") or {}).values()), ""))
    choices = [wrote(each.get("name")) for each in many(note.get("oneOf")) + many(note.get("anyOf"))]
    body = quick_words(_ADDED.sub("", content))
    return "\n".join(filter(None, (wrote(note.get("summary")), body, *choices)))


def quick_words(html: str) -> str:
    """Return the visible words of HTML, ten times as fast for the few tags that nearly every post is made of."""
    if not _SIMPLE.fullmatch(html):
        return words_of(_BREAK.sub("<br>", html))
    lines = _TAG.sub("", _LINE.sub("\n", " ".join(html.split()))).split("\n")
    plain = "\n".join(" ".join(unescape(line).split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def _address(value: Any) -> str:
    """Return an address that is written as text, as an object, or as a list of them."""
    first = value[0] if isinstance(value, list) and value else value
    return text(first.get("href") or first.get("id") or first.get("url")) if isinstance(first, dict) else text(first)


def _quoted(note: dict[str, Any]) -> str:
    names = ("quote", "quoteUrl", "quoteUri", "_misskey_quote")
    return next((address for name in names if (address := _address(note.get(name)))), "")


def _media(pictures: Pictures, note: dict[str, Any]) -> Iterator[Media]:
    for each in many(note.get("attachment")):
        if address := _address(each.get("url")):
            yield Media(pictures.find(address), wrote(each.get("name")))


def _further(note: dict[str, Any], quoted: str) -> Iterator[tuple[str, str]]:
    if quoted:
        yield "quotes", quoted
    if text(note.get("updated")) and note["updated"] != note.get("published"):
        yield "edited", text(note["updated"])
    languages = list(note.get("contentMap") or ())
    if languages:
        yield "language", ", ".join(languages)


def _remember(timeline: Timeline, note: dict[str, Any], around: dict[str, Any], when: str, pointer: Pointer) -> None:
    """Count a private message in its conversation; its addresses are kept as handles only."""
    own = _address(around.get("actor"))
    people = {text(each) for each in many(note.get("to")) + many(note.get("cc"))} - {own, ""}
    key = text(note.get("conversation")) or text(note.get("context")) or " ".join(sorted(people))
    _, span = timeline.talks.setdefault(key, (pointer, Span()))
    span.add(True, when, map(handle, people))


def handle(address: str) -> str:
    """Return the handle that an account's address stands for, as lists of contacts write it."""
    parts = urlsplit(address)
    return f"{parts.path.rstrip('/').rpartition('/')[2].removeprefix('@')}@{parts.netloc}" if parts.netloc else address


def messages(timeline: Timeline) -> Iterator[Record]:
    """Yield each private conversation as counts, once the outbox was read, and their table."""
    for key, (pointer, span) in timeline.talks.items():
        details = (("sent", str(span.sent)), *(pair for pair in span.details(sided=False) if pair[0] != "messages"))
        yield Item("message", "mastodon", pointer, "", veiled(key), moment(span.first), False, details=details)
    yield Table("messages", "present" if timeline.talks else "empty", len(timeline.talks))


def status(timeline: Timeline, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield a post as the server's programming interface writes it, which is how mastodon-archive keeps it."""
    who = VISIBILITY.get(text(record.get("visibility")))
    audience = Audience(who, "post", "visibility") if who else Audience()
    if record.get("reblog"):
        key = text(record.get("uri") or record.get("id"))
        yield _boost(record["reblog"].get("url"), record.get("created_at"), audience, pointer, key)
        return
    people = [text(each.get("url")) for each in many(record.get("mentions"))]
    around = {"actor": within(record, "account", "url")}
    yield from _note(timeline, _as_note(record, people), around, audience, pointer)


def _as_note(record: dict[str, Any], people: list[str]) -> dict[str, Any]:
    """Return a post of the programming interface as the outbox would write it."""
    choices = many(within(record, "poll", "options"))
    pictures = many(record.get("media_attachments"))
    return {
        "id": record.get("uri") or record["id"],
        "url": record.get("url"),
        "published": record.get("created_at"),
        "updated": record.get("edited_at"),
        "content": record["content"],
        "contentMap": {record["language"]: ""} if text(record.get("language")) else {},
        "summary": record.get("spoiler_text"),
        "inReplyTo": record.get("in_reply_to_id"),
        "oneOf": [{"name": each.get("title")} for each in choices],
        "attachment": [{"url": each.get("url"), "name": each.get("description")} for each in pictures],
        "to": people,
    }


def pointed_at(form: str, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield a like or a bookmark, of which only the address is told."""
    address = text(record.get("url") or record.get("id") if isinstance(record, dict) else record)
    if address:
        yield Item(
            "like",
            "mastodon",
            pointer,
            "",
            f"{form} {address}",
            own_words=False,
            address=address,
            details=(("form", form),),
        )
