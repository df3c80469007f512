"""YouTube's items: what each row says, older forms included, which are JSON and pages."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from forethought.footprint.archives.decode import Located, UnreadableError, text_of
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.sheets import Row, Sheet, rows
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import moment, text, within
from forethought.footprint.item import Audience, Item, Level, Moment, Pointer, Removed, Who

TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*( UTC)?")
SEGMENTS = re.compile(r'\[?\s*\{\s*"(takeoutSegments|text)".*', re.DOTALL)
_AUDIENCES: dict[str, Who] = {
    "public": "public", "öffentlich": "public", "openbaar": "public", "público": "public", "publique": "public",
    "unlisted": "unlisted", "nicht gelistet": "unlisted", "verborgen": "unlisted", "oculto": "unlisted",
    "no listado": "unlisted", "non répertoriée": "unlisted",
    "private": "only me", "privat": "only me", "privé": "only me", "privado": "only me", "privée": "only me",
}  # fmt: skip


# Words, and who can read them


def words(cell: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a comment's cell, and the addresses that they link to.

    The cell is JSON with a list of segments, or segments after one another without a list, or the bare words.
    """
    if not SEGMENTS.match(cell):
        return cell, ()
    try:
        found = json.loads(cell if cell.startswith("[") else f"[{cell}]", strict=False)
    except (ValueError, RecursionError):
        return cell, ()
    parts = [part for each in found for part in each.get("takeoutSegments", [each])]
    links = tuple(text(within(part, "link", "linkUrl")) for part in parts)
    return "".join(str(part.get("text") or "") for part in parts), tuple(filter(None, links))


def _audience(raw: str, level: Level, source: str) -> Audience:
    known = _AUDIENCES.get(raw.strip().casefold(), "unknown")
    return Audience(known, level, source) if raw else Audience()


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _video(key: str) -> str:
    return f"https://www.youtube.com/watch?v={key}" if key else ""


# What each row says


def _comment(what: str, record: Row, pointer: Pointer) -> Iterator[Item]:
    said, links = words(record["text"])
    parent = text(record.get("parent"))
    facts = (("what", what), ("on post", text(record.get("postid"))), *(("link", link) for link in links))
    yield Item(
        "reply" if parent else "comment",
        "youtube",
        pointer,
        text=said,
        key=text(record["id"]),
        created=moment(record["created"]),
        reply_to=parent,
        address=_video(text(record.get("videoid"))),
        details=tuple(fact for fact in facts if fact[1]),
    )


def _post(record: Row, pointer: Pointer) -> Iterator[Item]:
    said, links = words(record["text"])
    details = tuple(("link", link) for link in links)
    key, created = text(record["id"]), moment(record.get("created"))
    yield Item("post", "youtube", pointer, text=said, key=key, created=created, details=details)


def _uploaded(record: Row, pointer: Pointer) -> Iterator[Item]:
    key, privacy = text(record["videoid"]), text(record.get("privacy"))
    said = _joined(record["title"], record.get("description", ""))
    yield _film(pointer, key, said, moment(record["created"]), privacy, "Privacy")


def _film(pointer: Pointer, key: str, said: str, created: Moment, privacy: str, source: str) -> Item:
    details = (("what", "video"), *((("privacy", privacy),) if privacy else ()))
    audience = _audience(privacy, "post", source)
    return Item(
        "post", "youtube", pointer, text=said, key=key, created=created, audience=audience, address=_video(key),
        details=details,
    )  # fmt: skip


def _channel(record: Row, pointer: Pointer) -> Iterator[Item]:
    key, privacy = text(record["channelid"]), text(record.get("privacy"))
    facts = (("name of the channel", text(record["channeltitle"])), ("country", text(record.get("country"))))
    audience = _audience(privacy, "channel", "Channel Visibility")
    details = tuple(fact for fact in facts if fact[1])
    yield Item("profile", "youtube", pointer, key=key, own_words=False, audience=audience, details=details)
    for name in ("channeltitle", "description"):
        if text(record.get(name)):
            yield Item("bio", "youtube", pointer, text=record[name], key=f"{key} {name}", audience=audience)


def _subscription(record: Row, pointer: Pointer) -> Iterator[Item]:
    yield _followed(pointer, text(record["channelid"]), text(record["channeltitle"]))


def _followed(pointer: Pointer, handle: str, name: str, created: Moment | None = None) -> Item:
    details = (("name", name), ("handle", handle), ("direction", "sent"), ("state", "following"))
    return Item("contact", "youtube", pointer, created=created or Moment(), own_words=False, details=details)


def playlists(member: Member, sheet: Sheet) -> Iterator[Located]:
    """Yield the playlists of a table; in older ones the films follow below, under a header of their own."""
    for locator, record in rows(member, sheet):
        if "title" not in record:
            return
        yield locator, record


def _playlist(record: Row, pointer: Pointer) -> Iterator[Item]:
    said = _joined(record["title"], record.get("description", ""))
    audience = _audience(text(record.get("privacy")), "post", "Playlist Visibility")
    key, created = text(record["playlistid"]), moment(record.get("created"))
    details = (("what", "playlist"),)
    yield Item("post", "youtube", pointer, text=said, key=key, created=created, audience=audience, details=details)


def feature(dropped: Dropped, record: Row, pointer: Pointer) -> Iterator[Removed]:
    """Count the coordinates that a channel's features hold, and yield nothing."""
    places = {column: "coordinates" for column in record if re.search(r"latitude|longitude|altitude", column)}
    dropped.cells(pointer, record, places)
    yield from ()


# Older forms: JSON as the platform's interface gives it, and pages of comments


def _json_video(record: Any, pointer: Pointer) -> Iterator[Item]:
    said = _joined(text(within(record, "snippet", "title")), text(within(record, "snippet", "description")))
    created, privacy = moment(within(record, "snippet", "publishedAt")), text(within(record, "status", "privacyStatus"))
    yield _film(pointer, text(record["id"]), said, created, privacy, "privacyStatus")


def _json_subscription(record: Any, pointer: Pointer) -> Iterator[Item]:
    handle = text(within(record, "snippet", "resourceId", "channelId"))
    created = moment(within(record, "snippet", "publishedAt"))
    yield _followed(pointer, handle, text(within(record, "snippet", "title")), created)


class _Listed(HTMLParser):
    """Gathers the items of a page's list, each as its links and its lines, of which the first is not the person's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[tuple[list[str], list[str]]] = []
        self.links: list[str] = []
        self.lines: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.finish()
            self.links, self.lines = [], [""]
        elif tag == "br" and self.lines is not None:
            self.lines.append("")
        elif tag == "a" and self.lines is not None:
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "ul"):
            self.finish()

    def handle_data(self, data: str) -> None:
        if self.lines is not None:
            self.lines[-1] += data

    def finish(self) -> None:
        if self.lines is not None:
            self.done.append((self.links, self.lines))
        self.lines = None


def page(member: Member) -> Iterator[Located]:
    """Yield each item of a page's list. Raises UnreadableError where the page ends within one."""
    parser, number = _Listed(), 0
    with text_of(member) as stream:
        for content in iter(partial(stream.read, 2**16), ""):
            parser.feed(content)
            for done in parser.done:
                number += 1
                yield f"li {number}", done
            parser.done.clear()
    if parser.lines is not None:
        raise UnreadableError(member.name, "it breaks off")


def _listed(record: tuple[list[str], list[str]], pointer: Pointer) -> Iterator[Item]:
    links, (about, *lines) = record
    time = TIME.search(about)
    if time is None:
        raise ValueError("an item without a time")
    queries = [parse_qs(urlsplit(link).query) for link in links]
    key = next((query["lc"][0] for query in queries if "lc" in query), "")
    said, address = "\n".join(lines).strip(), next(iter(links), "")
    details = (("from", "html"),)
    created = moment(time[0].rstrip(".,"))
    yield Item("comment", "youtube", pointer, text=said, key=key, created=created, address=address, details=details)


MAKERS: dict[str, Callable[[Any, Pointer], Iterator[Item]]] = {
    "channels": _channel,
    "comments": partial(_comment, ""),
    "live chats": partial(_comment, "live chat"),
    "posts": _post,
    "videos": _uploaded,
    "subscriptions": _subscription,
    "playlists": _playlist,
}
MAKERS_OF_OLDER: dict[str, Callable[[Any, Pointer], Iterator[Item]]] = {
    "pages": _listed,
    "videos json": _json_video,
    "subscriptions json": _json_subscription,
}
