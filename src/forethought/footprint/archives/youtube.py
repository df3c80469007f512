"""YouTube, as Google Takeout gives it: tables in any language, their columns told by header or else by their cells."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from forethought.footprint.archives.decode import Located, UnreadableError, fold_header, json_items, text_of
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.sheets import Row, Sheet, first_rows, rows, rows_before_a_break, sorted_out
from forethought.footprint.archives.tally import Dropped, untabled
from forethought.footprint.archives.values import moment, text, within
from forethought.footprint.item import Audience, Item, Level, Moment, Pointer, Problem, Record, Removed, Who

# The names of a comment's columns in other languages; folded, as every column's name is.
COMMENT_COLUMNS: dict[str, dict[str, str]] = {
    "en": {
        "commentid": "id", "commentcreatetimestamp": "created", "parentcommentid": "parent", "commenttext": "text",
        "toplevelcommentid": "top", "channelid": "channelid", "videoid": "videoid", "postid": "postid",
    },
    "de": {
        "kommentarid": "id", "zeitstempeldererstellungdeskommentars": "created", "übergeordnetekommentarid": "parent",
        "kommentartext": "text", "kommentaridderoberstenebene": "top", "kanalid": "channelid", "beitragsid": "postid",
    },
    "nl": {
        "reactieid": "id", "reactiecreatietijdstempel": "created", "tijdstempelvanhetaanmakenvandereactie": "created",
        "bovenliggendereactieid": "parent", "idvanbovenliggendereactie": "parent", "reactietekst": "text",
        "idvanreactieophethoogsteniveau": "top", "kanaalid": "channelid", "berichtid": "postid",
    },
    "fr": {
        "idducommentaire": "id", "horodatagedecréationducommentaire": "created", "idducommentaireparent": "parent",
        "texteducommentaire": "text", "iddelachaîne": "channelid", "iddelavidéo": "videoid",
        "iddelapublication": "postid",
    },
    "pt": {
        "idcomentário": "id", "iddocomentário": "id", "iddocomentárioprincipal": "parent", "textodocomentário": "text",
        "iddocomentáriodenívelsuperior": "top", "iddovídeo": "videoid", "iddapostagem": "postid",
    },
}  # fmt: skip
_ALIASES = {header: column for columns in COMMENT_COLUMNS.values() for header, column in columns.items()}
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*( UTC)?")
_COMMENT_ID, _CHANNEL_ID, _VIDEO_ID = (
    re.compile(shape) for shape in (r"Ug(?!k)[\w.-]{5,}", r"UC[\w-]{5,}", r"[\w-]{11}")
)
_SEGMENTS = re.compile(r'\[?\s*\{\s*"(takeoutSegments|text)".*', re.DOTALL)
_COMMON = (("channelid", _CHANNEL_ID), ("created", _TIME))
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "comments",
        ("id", "created", "text"),
        "comments|kommentare|reacties|comentarios|commentaires",
        aliases=_ALIASES,
        shapes=(
            ("id", _COMMENT_ID), ("parent", _COMMENT_ID), *_COMMON, ("text", _SEGMENTS), ("videoid", _VIDEO_ID),
        ),
        full=frozenset({"id", "created"}),
    ),
    Sheet(
        "live chats",
        ("id", "created", "text"),
        "livechats?",
        aliases={"livechatid": "id", "livechatcreatetimestamp": "created", "livechattext": "text"},
        shapes=(*_COMMON, ("text", _SEGMENTS), ("videoid", _VIDEO_ID), ("id", re.compile(r"[\w%=+/-]{12,}"))),
        full=frozenset({"id", "created"}),
    ),
    Sheet(
        "posts",
        ("id", "text"),
        "posts|beiträge",
        aliases={
            "postid": "id", "postcreatetimestamp": "created", "posttext": "text", "beitragsid": "id",
            "textdesbeitrags": "text",
        },
        shapes=(("id", re.compile(r"Ugk[\w.-]{4,}")), ("created", _TIME), ("text", re.compile(r".*\s.*", re.DOTALL))),
        full=frozenset({"id"}),
    ),
    Sheet(
        "videos",
        ("videoid", "created", "title"),
        "videos",
        aliases={
            "videotitle(original)": "title", "videotitle": "title", "title": "title",
            "videodescription(original)": "description", "videodescription": "description",
            "videocreatetimestamp": "created", "videopublishtimestamp": "published",
        },
        shapes=(
            ("videoid", _VIDEO_ID), *_COMMON, ("title", re.compile(r".*\S \S.*")),
        ),
        full=frozenset({"videoid", "channelid", "title"}),
    ),
    Sheet(
        "channels",
        ("channelid", "channeltitle"),
        "channels?",
        aliases={
            "channeltitle(original)": "channeltitle", "channeldescription(original)": "description",
            "channelvisibility": "privacy", "channelcountry": "country",
        },
    ),
    Sheet(
        "subscriptions",
        ("channelid", "channelurl", "channeltitle"),
        "subscriptions|abos|abonnementen|suscripciones|abonnements",
        shapes=(
            ("channelid", _CHANNEL_ID),
            ("channelurl", re.compile(r"https?://\S*youtube\.com/channel/\S+")),
            ("channeltitle", re.compile(r".+")),
        ),
        full=frozenset({"channelid", "channelurl"}),
    ),
    Sheet(
        "playlists",
        ("playlistid", "title"),
        "playlists",
        aliases={
            "playlisttitle(original)": "title", "playlisttitle": "title", "title": "title",
            "playlistdescription(original)": "description", "playlistdescription": "description",
            "description": "description", "playlistvisibility": "privacy", "visibility": "privacy",
            "playlistcreatetimestamp": "created", "timecreated": "created",
        },
    ),
    Sheet("features", ("channelid",), "channelfeaturedata", named=True),
)  # fmt: skip
_BY_NAME = {sheet.name: sheet for sheet in SHEETS}
_FORMS = (".csv", ".html", ".json")
_MOST_LOOSE = 300  # files outside YouTube's folder that are looked into
_JSON_KINDS = {"subscriptions json": b"youtube#subscription", "videos json": b"youtube#video"}
_AUDIENCES: dict[str, Who] = {
    "public": "public", "öffentlich": "public", "openbaar": "public", "público": "public", "publique": "public",
    "unlisted": "unlisted", "nicht gelistet": "unlisted", "verborgen": "unlisted", "oculto": "unlisted",
    "no listado": "unlisted", "non répertoriée": "unlisted",
    "private": "only me", "privat": "only me", "privé": "only me", "privado": "only me", "privée": "only me",
}  # fmt: skip
HISTORY = "what was watched or searched for is private, so this file is left out on purpose"
ADVICE = (
    "Comments of this age come as a web page, which says less than the table of today. Ask Google Takeout for a new "
    "export of YouTube."
)


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None."""
    held = _held(files)
    found = [name for name in held if held[name] and name not in ("history", "features")]
    if not found and not any("youtube" in member.folded for member in held["history"]):
        return None
    forms = {member.base.rpartition(".")[2] for name in found or ["history"] for member in held[name]}
    missing = tuple(name for name in ("comments", "videos", "subscriptions") if not held[name])
    old = bool(held["pages"]) and not held["comments"]
    return Recognition(
        "youtube",
        _era(held, old),
        "csv" if "csv" in forms else min(forms),
        0.45 if found == ["pages"] else min(0.95, 0.7 + 0.1 * len(found)),
        tuple(member.name for name in found for member in held[name]),
        language=_language(held["comments"]),
        account=_account(held["channels"]),
        missing=() if old else missing,
        advice=ADVICE if old else "",
    )


def _held(files: Files) -> dict[str, list[Member]]:
    """Return YouTube's files by kind, told by what is in them."""
    forms = [member for member in files if member.base.endswith(_FORMS)]
    loose = [member for member in forms if "youtube" not in member.folded][:_MOST_LOOSE]
    likely = [member for member in forms if "youtube" in member.folded] + loose
    held = sorted_out(likely, SHEETS)
    told = [(member, _kind(member)) for member in likely if not member.base.endswith(".csv")]
    for kind in ("pages", "history", *_JSON_KINDS):
        held[kind] = [member for member, each in told if each == kind]
    return held


def _kind(member: Member) -> str:
    """Return what a page or a JSON file is: comments are items of a list, a history has Google's grid or its titles."""
    start = member.start(2**14)
    if member.base.endswith(".html"):
        listed = b"<li" in start and b"youtube.com/" in start and ("youtube" in member.folded or b"lc=" in start)
        return "history" if b"mdl-" in start else "pages" if listed else ""
    if b'"titleUrl"' in start:
        return "history"
    return next((kind for kind, mark in _JSON_KINDS.items() if mark in start), "")


def _era(held: Mapping[str, list[Member]], old: bool) -> str:
    if old:
        return "to 2023"
    cells = {cell for member in held["comments"] + held["live chats"] for row in first_rows(member) for cell in row}
    return "2023 to 2024" if any("takeoutSegments" in cell for cell in cells) else "since 2024"


def _language(members: list[Member]) -> str:
    """Return the language whose names the comments' columns have most of."""
    headers = {fold_header(cell) for member in members for row in first_rows(member)[:1] for cell in row}
    score = {language: len(headers & columns.keys()) for language, columns in COMMENT_COLUMNS.items()}
    best = max(score, key=lambda language: score[language])
    return best if score[best] > 1 else "unknown"


def _account(members: list[Member]) -> str:
    for member in members:
        for record in rows_before_a_break(member, _BY_NAME["channels"]):
            return text(record["channeltitle"])
    return ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the tables and pages hold, except what was watched or searched for."""
    held = _held(files)
    dropped = Dropped()
    older = {kind: name for kind, name in _OLDER.items() if held[name]}
    for name, maker in _MAKERS.items():
        if held[name] or name not in older:
            records = _playlists if name == "playlists" else partial(rows, sheet=_BY_NAME[name])
            yield from table(name, held[name], records, maker)
    for kind, name in older.items():
        records = _page if name == "pages" else json_items
        yield from table(name if held[kind] else kind, held[name], records, _MAKERS_OF_OLDER[name])
    features = partial(rows, sheet=_BY_NAME["features"])
    yield from untabled(table("features", held["features"], features, partial(_feature, dropped)))
    yield from (Problem(member.at(), HISTORY) for member in held["history"])
    yield from dropped.told()


# Words, and who can read them


def words(cell: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a comment's cell, and the addresses that they link to.

    The cell is JSON with a list of segments, or segments after one another without a list, or the bare words.
    """
    if not _SEGMENTS.match(cell):
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


def _playlists(member: Member) -> Iterator[Located]:
    """Yield the playlists of a table; in older ones the films follow below, under a header of their own."""
    for locator, record in rows(member, _BY_NAME["playlists"]):
        if "title" not in record:
            return
        yield locator, record


def _playlist(record: Row, pointer: Pointer) -> Iterator[Item]:
    said = _joined(record["title"], record.get("description", ""))
    audience = _audience(text(record.get("privacy")), "post", "Playlist Visibility")
    key, created = text(record["playlistid"]), moment(record.get("created"))
    details = (("what", "playlist"),)
    yield Item("post", "youtube", pointer, text=said, key=key, created=created, audience=audience, details=details)


def _feature(dropped: Dropped, record: Row, pointer: Pointer) -> Iterator[Removed]:
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


def _page(member: Member) -> Iterator[Located]:
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
    time = _TIME.search(about)
    if time is None:
        raise ValueError("an item without a time")
    queries = [parse_qs(urlsplit(link).query) for link in links]
    key = next((query["lc"][0] for query in queries if "lc" in query), "")
    said, address = "\n".join(lines).strip(), next(iter(links), "")
    details = (("from", "html"),)
    created = moment(time[0].rstrip(".,"))
    yield Item("comment", "youtube", pointer, text=said, key=key, created=created, address=address, details=details)


_MAKERS: dict[str, Callable[[Any, Pointer], Iterator[Item]]] = {
    "channels": _channel,
    "comments": partial(_comment, ""),
    "live chats": partial(_comment, "live chat"),
    "posts": _post,
    "videos": _uploaded,
    "subscriptions": _subscription,
    "playlists": _playlist,
}
_MAKERS_OF_OLDER: dict[str, Callable[[Any, Pointer], Iterator[Item]]] = {
    "pages": _listed,
    "videos json": _json_video,
    "subscriptions json": _json_subscription,
}
_OLDER = {"comments": "pages", "videos": "videos json", "subscriptions": "subscriptions json"}

YOUTUBE = Platform("youtube", "YouTube", recognise, read)
