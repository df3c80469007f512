"""YouTube, as Google Takeout gives it: tables in any language, their columns told by header or else by their cells."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from forethought.footprint.archives.decode import fold_header, json_items
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.sheets import Sheet, first_rows, rows, rows_before_a_break, sorted_out
from forethought.footprint.archives.tally import Dropped, untabled
from forethought.footprint.archives.values import text
from forethought.footprint.archives.youtube_rows import (
    MAKERS,
    MAKERS_OF_OLDER,
    SEGMENTS,
    TIME,
    feature,
    page,
    playlists,
)
from forethought.footprint.item import Problem, Record

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
_COMMENT_ID, _CHANNEL_ID, _VIDEO_ID = (
    re.compile(shape) for shape in (r"Ug(?!k)[\w.-]{5,}", r"UC[\w-]{5,}", r"[\w-]{11}")
)
_COMMON = (("channelid", _CHANNEL_ID), ("created", TIME))
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "comments",
        ("id", "created", "text"),
        "comments|kommentare|reacties|comentarios|commentaires",
        aliases=_ALIASES,
        shapes=(
            ("id", _COMMENT_ID), ("parent", _COMMENT_ID), *_COMMON, ("text", SEGMENTS), ("videoid", _VIDEO_ID),
        ),
        full=frozenset({"id", "created"}),
    ),
    Sheet(
        "live chats",
        ("id", "created", "text"),
        "livechats?",
        aliases={"livechatid": "id", "livechatcreatetimestamp": "created", "livechattext": "text"},
        shapes=(*_COMMON, ("text", SEGMENTS), ("videoid", _VIDEO_ID), ("id", re.compile(r"[\w%=+/-]{12,}"))),
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
        shapes=(("id", re.compile(r"Ugk[\w.-]{4,}")), ("created", TIME), ("text", re.compile(r".*\s.*", re.DOTALL))),
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
_OLDER = {"comments": "pages", "videos": "videos json", "subscriptions": "subscriptions json"}
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
    if found == ["posts"] and not any("youtube" in member.folded for member in held["posts"]):
        return None  # an id and a text are what anybody's table has
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
            return text(record.get("channeltitle"))
    return ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the tables and pages hold, except what was watched or searched for."""
    held = _held(files)
    dropped = Dropped()
    older = {kind: name for kind, name in _OLDER.items() if held[name]}
    for name, maker in MAKERS.items():
        if held[name] or name not in older:
            records = partial(playlists if name == "playlists" else rows, sheet=_BY_NAME[name])
            yield from table(name, held[name], records, maker)
    for kind, name in older.items():
        yield from table(
            name if held[kind] else kind, held[name], page if name == "pages" else json_items, MAKERS_OF_OLDER[name]
        )
    features = partial(rows, sheet=_BY_NAME["features"])
    yield from untabled(table("features", held["features"], features, partial(feature, dropped)))
    yield from (Problem(member.at(), HISTORY) for member in held["history"])
    yield from dropped.told()


YOUTUBE = Platform("youtube", "YouTube", recognise, read)
