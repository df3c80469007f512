"""The posts of an archive of X, of every generation: what each is, its whole words, and its pictures."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forethought.footprint.archives.files import Member
from forethought.footprint.archives.jsonlist import json_list
from forethought.footprint.archives.pictures import Pictures
from forethought.footprint.archives.platform import BROKEN, ODD
from forethought.footprint.archives.values import entities, many, moment, snowflake, text, within, wrote
from forethought.footprint.archives.x_facts import inner
from forethought.footprint.item import Audience, Item, Kind, Media, Moment, Pointer

EPOCH = 1288834974657  # of the ids of X, in milliseconds
FIRST = datetime(2006, 3, 1, tzinfo=UTC)  # no post is older
SAME = 60  # characters in which a long post and its cut copy agree
APART = 2  # seconds between them at most

_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_TAG = re.compile(r"<[^>]*>")  # the app that a post came from is written as a link
_WRITTEN = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$")
_REPOST = re.compile(r"RT @\w+:")
_STATUS = re.compile(r"(?:twitter|x)\.com/(?:\w+|i/web)/status(?:es)?/(\d+)")
_MENTIONS = re.compile(r"(?:@\w+\s+)+")
_ROW = (
    ("tweetid", "id_str"),
    ("text", "text"),
    ("timestamp", "created_at"),
    ("inreplytostatusid", "in_reply_to_status_id_str"),
)


@dataclass(slots=True)
class Timeline:
    """What the reader of a post needs to know of the whole: the person's handle, the long posts and the pictures."""

    handle: str
    long: "LongPosts"
    pictures: Pictures


class LongPosts:
    """The long posts, each found by how the cut copy of it among the posts begins, and by its moment."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Read them; what cannot be read is told when they are read as items."""
        self.starts: dict[str, list[tuple[datetime, str, str]]] = defaultdict(list)
        self.joined: set[str] = set()
        for member in members:
            try:
                for _, record in json_list(member):
                    self._keep(record)
            except BROKEN:
                continue

    def _keep(self, record: object) -> None:
        try:
            note = inner(record)
            raw, at = entities(wrote(within(note, "core", "text"))), moment(note.get("createdAt")).at
            if at and at.tzinfo:
                self.starts[_start(raw)].append((at, text(note.get("noteTweetId")), _whole(note)))
        except ODD:
            return

    def find(self, raw: str, at: datetime | None) -> str:
        """Return the whole words of a post that is cut, or nothing where it is not."""
        held = self.starts.get(_start(raw)) if self.starts and len(raw) >= SAME else None
        if not held or at is None or not at.tzinfo:
            return ""
        apart, key, words = min((abs((each[0] - at).total_seconds()), *each[1:]) for each in held)
        if apart > APART:
            return ""
        self.joined.add(key)
        return words


def _start(raw: str) -> str:
    mentions = _MENTIONS.match(raw)
    return raw[mentions.end() if mentions else 0 :][:SAME]


def _whole(note: dict[str, Any]) -> str:
    """Return the words of a long post, its short links as they lead."""
    core = note["core"]
    words = entities(wrote(core["text"]))
    for link in many(core.get("urls")):
        full = link.get("expandedUrl") or link.get("expanded_url")
        words = led(words, link.get("shortUrl") or link.get("url"), full)
    return words


def led(words: str, short: Any, full: Any) -> str:
    """Return words with a short link as it leads, where both are told."""
    short, full = text(short), text(full)
    return words.replace(short, full) if short and full else words


def from_row(row: Any) -> dict[str, Any]:
    """Return a row of the first generation's table as its monthly files would write it. Raises KeyError."""
    return {new: row[old] for old, new in _ROW} | {"in_reply_to_user_id_str": row.get("inreplytouserid")}


def post(timeline: Timeline, kind: Kind, audience: Audience, record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a post. Raises KeyError where the record has no words."""
    tweet = inner(record)
    raw = entities(wrote(tweet["full_text"] if "full_text" in tweet else tweet["text"]))
    key = text(tweet.get("id_str") or tweet.get("id"))
    created = when(tweet.get("created_at"), key)
    answered = text(tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_status_id"))
    quoted = _quoted(tweet, key)
    again = bool(_REPOST.match(raw))
    yield Item(
        _becomes(kind, again, bool(answered or text(tweet.get("in_reply_to_user_id_str"))), bool(quoted)),
        "x",
        pointer,
        _written(tweet, timeline.long.find(raw, created.at) or raw),
        key,
        created,
        not again,
        audience,
        answered,
        f"https://x.com/{timeline.handle or 'i/web'}/status/{key}" if key else "",
        tuple(_media(timeline.pictures, tweet, key)),
        tuple(_further(tweet, key, created, quoted)),
    )


def _becomes(kind: Kind, again: bool, answers: bool, quotes: bool) -> Kind:
    if kind != "post":
        return kind
    return "repost" if again else "reply" if answers else "quote" if quotes else "post"


def when(written: Any, key: str) -> Moment:
    """Return when a post was made: as it says, or, where that cannot be, as its id tells."""
    raw = text(written)
    told = moment(_iso(raw))
    if told.at is None or told.at.tzinfo is None or told.at < FIRST:
        told = snowflake(key, EPOCH)
    return Moment(raw, told.at, told.zone)


def _iso(raw: str) -> str:
    """Return a moment as posts write it in the order of ISO 8601, which is read ten times as fast."""
    found = _WRITTEN.match(raw)
    return (
        f"{found[5]}-{_MONTHS[found[1]]:02}-{found[2]}T{found[3]}{found[4]}" if found and found[1] in _MONTHS else raw
    )


def _entities_of(tweet: dict[str, Any], name: str) -> list[Any]:
    """Return the links or the pictures that a post's entities list, the fuller list first."""
    fuller, plain = tweet.get("extended_entities") or {}, tweet.get("entities") or {}
    return many(fuller.get(name)) or many(plain.get(name))


def _quoted(tweet: dict[str, Any], key: str) -> str:
    for link in _entities_of(tweet, "urls"):
        address = text(link.get("expanded_url"))
        found = _STATUS.search(address)
        if found and found[1] != key:
            return address
    return ""


def _written(tweet: dict[str, Any], words: str) -> str:
    """Return words with each short link as it leads, and without the links that X adds for pictures."""
    if "t.co/" not in words:
        return words
    for link in _entities_of(tweet, "urls"):
        words = led(words, link.get("url"), link.get("expanded_url"))
    bare = words
    for picture in _entities_of(tweet, "media"):
        bare = bare.replace(text(picture.get("url")), "")
    return bare.rstrip() if bare != words else words


def _media(pictures: Pictures, tweet: dict[str, Any], key: str) -> Iterator[Media]:
    for each in _entities_of(tweet, "media"):
        alt = wrote(each.get("ext_alt_text") or each.get("alt_text") or each.get("altText"))
        if name := _file(each):
            yield Media(pictures.find(f"{key}-{name}"), entities(alt))


def _file(picture: dict[str, Any]) -> str:
    """Return the last part of a picture's address, or of the largest film's."""
    films = many((picture.get("video_info") or {}).get("variants"))
    rated = [(int(text(film["bitrate"])), text(film.get("url"))) for film in films if text(film.get("bitrate"))]
    address = max(rated)[1] if rated else text(picture.get("media_url_https") or picture.get("media_url"))
    return address.partition("?")[0].rpartition("/")[2]


def _further(tweet: dict[str, Any], key: str, created: Moment, quoted: str) -> Iterator[tuple[str, str]]:
    """Yield what else a post tells."""
    if quoted:
        yield "quotes", quoted
    if text(tweet.get("in_reply_to_user_id_str")) and not text(tweet.get("in_reply_to_status_id_str")):
        yield "answers", "a post that is gone"
    for field, name in (("community_id_str", "community"), ("deleted_at", "deleted")):
        if field in tweet and text(tweet[field]):
            yield name, text(tweet[field])
    if app := _TAG.sub("", text(tweet.get("source"))).strip():
        yield "app", app
    if tweet.get("edit_info"):
        yield from _edits(tweet["edit_info"], key)
    if tweet.get("place") or tweet.get("geo") or tweet.get("coordinates"):
        yield from _places(tweet)
    born = snowflake(key, EPOCH).at
    if born and created.at and abs((born - created.at).total_seconds()) > APART:
        yield "time by its id", born.isoformat()


def _edits(info: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield of which post a row is a later version, or how many versions its post has."""
    versions = many(within(info, "initial", "editTweetIds"))
    first = text(within(info, "edit", "initialTweetId")) or text(versions[0] if versions else "")
    if first and first != key:
        yield "edit of", first
    elif len(versions) > 1:
        yield "versions", str(len(versions))


def _places(tweet: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where a post says that it was made: coordinates to a tenth of a degree, in whichever order they stand."""
    if text(within(tweet, "place", "full_name")):
        yield "place", text(within(tweet, "place", "full_name"))
    point = within(tweet, "geo", "coordinates") or within(tweet, "coordinates", "coordinates")
    if isinstance(point, list) and len(point) == 2:
        yield "coordinates", " ".join(f"{float(each):.1f}" for each in point)


def long_post(timeline: Timeline, kind: Kind, record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a long post that no cut copy was found of; the others were told whole among the posts."""
    note = inner(record)
    key = text(note.get("noteTweetId"))
    if key not in timeline.long.joined:
        yield Item(kind, "x", pointer, _whole(note), f"long {key}" if key else "", moment(note.get("createdAt")))


def gone(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a deleted post of which only the header is there."""
    header = inner(record)
    key, deleted = text(header["tweet_id"]), text(header.get("deleted_at"))
    details = (("deleted", deleted),) if deleted else ()
    yield Item("deleted", "x", pointer, "", key, when(header.get("created_at"), key), False, details=details)


def article(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield an article: its title, and its blocks as lines."""
    held = inner(record)
    content = held.get("content")
    lines = (
        [content] if isinstance(content, str) else [within(each, "text") for each in many(within(content, "blocks"))]
    )
    words = entities("\n".join(filter(None, map(wrote, (held.get("title"), *lines)))))
    key = text(held.get("id") or held.get("articleId"))
    if words:
        made, details = moment(held.get("createdAt")), (("form", "article"),)
        yield Item("post", "x", pointer, words, f"article {key}" if key else "", made, details=details)


def community_note(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a note that the person wrote about somebody's post."""
    held = inner(record)
    words = entities(wrote(held.get("summary") or held.get("text") or held.get("noteText")))
    key, about = text(held.get("noteId") or held.get("id")), text(held.get("tweetId"))
    if words:
        made, details = moment(held.get("createdAt")), (("form", "community note"),)
        key = f"note {key}" if key else ""
        yield Item("comment", "x", pointer, words, key, made, reply_to=about, details=details)


def like(record: object, pointer: Pointer) -> Iterator[Item]:
    """Yield a like, which has no date, and whose words are somebody else's."""
    held = inner(record)
    words, address = entities(text(held.get("fullText"))), text(held.get("expandedUrl"))
    yield Item("like", "x", pointer, words, text(held["tweetId"]), own_words=False, address=address)
