"""TikTok: one large object, whose lists are told by their own names, since every level above is renamed in time."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from forethought.footprint.archives.decode import fold_header
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped, Talks
from forethought.footprint.archives.tiktok_lists import LISTS, OBJECTS, WITHIN, blocks, folded, present, records
from forethought.footprint.archives.values import moment, text
from forethought.footprint.item import Audience, Item, Kind, Media, Pointer, Problem, Record, State, Table, Who

PRIVATE = ("viewing", "searches", "devices", "autofill", "location", "payment cards")
TOLD = tuple(dict.fromkeys(kind for kind, _ in (*OBJECTS, *LISTS) if kind not in PRIVATE))
# The files of the form in text, by their folded base names.
TEXTS: tuple[tuple[str, str], ...] = (
    ("profile", r"profileinfo(rmation)?"),
    ("posts", r"posts?|videos?"),
    ("deleted posts", r"recentlydeletedposts?"),
    ("comments", r"comments?"),
    ("likes", r"likelist|favoritevideos"),
    ("reposts", r"reposts?"),
    ("followers", r"followers?(list)?"),
    ("following", r"following(list)?"),
    ("blocked", r"block(list|edusers)?"),
    ("logins", r"loginhistory"),
    ("searches", r"search(es|history)"),
    ("viewing", r"(watch|videobrowsing)history"),
)
_CHAT_TEXT = re.compile(r"(directmessages?|chathistory|groupchat)\.txt")
_MARKS = (
    b'"Favorite Effects"', b'"FavoriteEffectsList"', b'"Video Browsing History"', b'"Watch History"', b'"App Settings"',
    b'"SettingsMap"', b'"FansList"', b'"ItemFavoriteList"', b'"ProfileMap"', b'"CommentsList"', b'"Tiktok Live"',
    b'"Off TikTok Activity"', b'"Likes and Favorites"', b'"Profile And Settings"', b'"Your Activity"', b'"Like List"',
    b'"ChatHistory"', b'"WhoCanView"',
)  # fmt: skip
_ERAS = (
    ("since 2026", (b'"Likes and Favorites"',)),
    ("since 2025", (b'"Your Activity"', b'"Profile And Settings"', b'"Profile Info"', b'"Posts"')),
    ("to 2024", (b'"Activity"', b'"App Settings"', b'"Video Browsing History"', b'"Videos"')),
)
_MOST_LOOSE = 50  # JSON files that are looked into where none has TikTok's name
_LOOK = 2**16
ADVICE = "TikTok's text form says less than its JSON form. Ask TikTok for your data once more and choose JSON."
UNREAD = "private messages in the text form, which are not counted"
_AUDIENCES: dict[str, Who] = {
    "public": "public", "everyone": "public", "friends": "friends", "mutual friends": "friends",
    "followers": "followers", "private": "only me", "only me": "only me", "only you": "only me", "self": "only me",
}  # fmt: skip
_PRIVATE_PROFILE = {
    "emailaddress": "e-mail addresses", "telephonenumber": "telephone numbers", "birthdate": "birth date",
    "profilephoto": "signed links", "profilevideo": "signed links",
}  # fmt: skip
_PROFILE = {"username": "handle", "displayname": "display name", "accountregion": "country"}
_LOGIN = {"devicemodel": "device", "devicesystem": "system", "networktype": "network", "carrier": "carrier"}
_POST = {
    "location": "place", "addyourstext": "add yours", "aigeneratedcontent": "made by AI", "sound": "sound",
    "datedeleted": "deleted",
}  # fmt: skip
_POSTED = frozenset({"title", "likes", "whocanview", "allowcomments", "datedeleted"})  # a film only watched has none
_REVIEW = ("review", "reviewtext", "reviewcontent", "comment", "content", "text")
_TEXT_COLUMNS = frozenset(
    {"date", "link", "comment", "photo", "url", "ip", "biodescription", "alternatetext", "coverimage"}
    | {*_PRIVATE_PROFILE, *_PROFILE, *_LOGIN, *_POST, *_POSTED}
)
_PUBLIC_LINK = re.compile(r"https?://(?:www\.)?tiktokv?\.com/[^?\s]*")
_CHAT_KEY = re.compile(r"\s*chat history with\s+(.*?)\s*:*\s*", re.IGNORECASE)

Row = Mapping[str, Any]


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None."""
    members = _objects(files)
    texts = [] if members else [member for member, _ in _texts(files)]
    if not members and len(texts) < 2:
        return None
    start = b"".join(member.start(_LOOK) for member in members)
    named = any("user_data" in member.base for member in members)
    return Recognition(
        "tiktok",
        _era(start) if members else "text",
        "json" if members else "txt",
        (0.95 if named else 0.75) if members else 0.6,
        tuple(member.name for member in members or texts),
        account=_account(start),
        advice="" if members else ADVICE,
    )


def _objects(files: Files) -> list[Member]:
    """Return the files that hold TikTok's object: by name and one mark, or by two marks whatever the name."""
    forms = [member for member in files if member.base.endswith(".json")]
    named = [member for member in forms if "user_data" in member.base]
    return [member for member in named or forms[:_MOST_LOOSE] if _marks(member) > (not named)]


def _marks(member: Member) -> int:
    start = member.start(_LOOK)
    return sum(mark in start for mark in _MARKS) if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") else 0


def _texts(files: Files) -> list[tuple[Member, str]]:
    """Return the files of the form in text, each with its kind."""
    found = []
    for member in files:
        stem, _, ending = member.base.rpartition(".")
        kinds = (kind for kind, pattern in TEXTS if re.fullmatch(pattern, fold_header(stem)))
        kind = next(kinds, "") if ending == "txt" else ""
        if kind and re.match(rb"(\xef\xbb\xbf)?\s*(Date|User ?name): ", member.start(200), re.IGNORECASE):
            found.append((member, kind))
    return found


def _era(start: bytes) -> str:
    return next((era for era, marks in _ERAS if any(mark in start for mark in marks)), "unknown")


def _account(start: bytes) -> str:
    found = re.search(rb'"userName"\s*:\s*"([^"\\]+)"', start)
    return found[1].decode(errors="replace") if found else ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the object holds, in one pass through it."""
    reader, tables = _Reader(options, options.owner or found.account), _Tables()
    makers = reader.makers()
    for member in _objects(files):
        for kind, run in groupby(records(member), key=itemgetter(0)):
            yield from tables.add(table(kind, (member,), partial(present, run), makers[kind]))
    if found.form == "txt":
        for member, kind in _texts(files):
            yield from tables.add(table(kind, (member,), partial(blocks, columns=_TEXT_COLUMNS), makers[kind]))
        yield from (Problem(each.at(), UNREAD) for each in files if _CHAT_TEXT.fullmatch(fold_header(each.base)))
    yield from reader.dropped.told()
    for each in tables.told():
        yield from reader.talks.told((each,), keyed=False) if each.name == "messages" else (each,)


class _Tables:
    """Puts together what became of each kind, of which a file, or several, may hold several lists."""

    def __init__(self) -> None:
        self.found: dict[str, Table] = {}

    def add(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass on the records but their tables, which are kept."""
        for record in records:
            if isinstance(record, Table):
                self.found[record.name] = _together(self.found.get(record.name), record)
            else:
                yield record

    def told(self) -> Iterator[Table]:
        """Yield the table of each kind; what was not met cannot be called absent where a file broke off."""
        broken = any(each.state in ("partial", "unreadable") for each in self.found.values())
        unmet: State = "unreadable" if broken else "absent"
        yield from (self.found.get(kind, Table(kind, unmet)) for kind in TOLD)


def _together(known: Table | None, new: Table) -> Table:
    if known is None:
        return new
    read = known.read + new.read
    if {"partial", "unreadable"} & {known.state, new.state}:
        return replace(new, read=read, state="partial" if read else "unreadable")
    return replace(new, read=read, state="present" if read else "empty")


# What each record says


class _Reader:
    """Makes items of records, counts what it drops, and gathers conversations."""

    def __init__(self, options: Options, owner: str) -> None:
        self.options, self.owner = options, owner.casefold()
        self.dropped = Dropped()
        self.talks = Talks("tiktok")

    def makers(self) -> dict[str, Callable[[Any, Pointer], Iterator[Item]]]:
        """Return what makes items of each kind of record, its names folded."""
        makers: dict[str, Callable[[Row, Pointer], Iterator[Item]]] = {
            "profile": self.profile,
            "posts": partial(self.post, "post"),
            "deleted posts": partial(self.post, "deleted"),
            "comments": self.comment,
            "live comments": _live,
            "reviews": _review,
            "likes": partial(_shared, "like"),
            "reposts": partial(_shared, "repost"),
            "followers": partial(_contact, "follower", "received"),
            "following": partial(_contact, "following", "sent"),
            "blocked": partial(_contact, "blocked", "sent"),
            "messages": self.message,
            "logins": self.login,
            "apps": _app,
            **{kind: partial(self.private, kind) for kind in PRIVATE},
        }
        return {**{kind: partial(_named, maker) for kind, maker in makers.items()}, "settings": _settings}

    def profile(self, row: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, row, _PRIVATE_PROFILE)
        yield Item("profile", "tiktok", pointer, key="profile", own_words=False, details=_filled(row, _PROFILE))
        if _said(row.get("biodescription")):
            yield Item("bio", "tiktok", pointer, text=_said(row["biodescription"]), key="bio")

    def post(self, kind: Kind, row: Row, pointer: Pointer) -> Iterator[Item]:
        if not _POSTED & row.keys():
            self.dropped.add(pointer, "viewing")
            return
        address = self.address(pointer, row)
        self.dropped.cells(pointer, row, {"coverimage": "signed links"})
        who, words, alt = text(row.get("whocanview")), _said(row.get("title")), _said(row.get("alternatetext"))
        known = _AUDIENCES.get(who.casefold(), "unknown")
        unknown = (("who can view", who),) if who and known == "unknown" else ()
        yield Item(
            kind,
            "tiktok",
            pointer,
            text=words,
            key=address.rstrip("/").rpartition("/")[2] or text(row.get("date")),
            created=moment(row.get("date")),
            own_words=bool(words or alt),
            audience=Audience(known, "post" if who else "none", "WhoCanView" if who else ""),
            address=address,
            media=(Media("", alt),) if alt else (),
            details=(*_filled(row, _POST), *unknown),
        )

    def comment(self, row: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, row, {"photo": "signed links"})
        words, address = _said(row["comment"]), self.address(pointer, row, "url")
        if words:
            yield Item("comment", "tiktok", pointer, text=words, created=moment(row.get("date")), address=address)

    def address(self, pointer: Pointer, row: Row, column: str = "link") -> str:
        """Return a link that leads to TikTok itself; any other carries a signature and is dropped."""
        link = text(row.get(column))
        public = _PUBLIC_LINK.match(link)
        if link and not public:
            self.dropped.add(pointer, "signed links")
        return public[0] if public else ""

    def message(self, row: Row, pointer: Pointer) -> Iterator[Item]:
        (box, key), sender, created = row[WITHIN], text(row["from"]), moment(row.get("date"))
        named = _CHAT_KEY.fullmatch(key)
        partner = named[1] if named else key
        group = "group" in box.casefold()
        mine = sender.casefold() == self.owner if group or self.owner else sender.casefold() != partner.casefold()
        talk = self.talks.hear(f"{box} {key}", pointer, created, mine=mine)
        talk.handles |= {sender} - {""} if group and not mine else set() if group else {partner}
        words = _said(row.get("content"))
        if words and mine and self.options.own_messages:
            yield Item("message", "tiktok", pointer, text=words, created=created)
        elif words:
            self.dropped.add(pointer, "messages' words")

    def login(self, row: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, row, {"ip": "IP addresses"})
        created, details = moment(row.get("date")), _filled(row, _LOGIN)
        yield Item("session", "tiktok", pointer, created=created, own_words=False, details=details)

    def private(self, kind: str, row: Row, pointer: Pointer) -> Iterator[Item]:
        if any(text(value) or isinstance(value, list | dict) for value in row.values()):
            self.dropped.add(pointer, kind)
        yield from ()


def _named(maker: Callable[[Row, Pointer], Iterator[Item]], record: Any, pointer: Pointer) -> Iterator[Item]:
    return maker({folded(name): value for name, value in record.items()}, pointer)


def _said(value: Any) -> str:
    """Return words as they were written; TikTok writes N/A where there are none."""
    return value if isinstance(value, str) and value.strip() not in ("", "N/A") else ""


def _filled(row: Row, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text(row[column])) for column, name in names.items() if text(row.get(column)))


def _live(row: Row, pointer: Pointer) -> Iterator[Item]:
    words = _said(row.get("commentcontent") or row.get("questioncontent"))
    created = moment(row.get("commenttime") or row.get("questiontime"))
    if words:
        yield Item("comment", "tiktok", pointer, text=words, created=created, details=(("what", "live"),))


def _review(row: Row, pointer: Pointer) -> Iterator[Item]:
    """Yield a review of a place; where its column is not known, the longest text is it."""
    texts = [value for name, value in row.items() if isinstance(value, str) and name not in ("date", "link", "url")]
    words = _said(next((row[name] for name in _REVIEW if _said(row.get(name))), max(texts, key=len, default="")))
    if words:
        created, details = moment(row.get("date")), (("what", "review"),)
        yield Item("comment", "tiktok", pointer, text=words, created=created, details=details)


def _shared(kind: Kind, row: Row, pointer: Pointer) -> Iterator[Item]:
    found = _PUBLIC_LINK.match(text(row.get("link")))
    address, created = found[0] if found else "", moment(row.get("date"))
    yield Item(kind, "tiktok", pointer, key=address, created=created, own_words=False, address=address)


def _contact(state: str, direction: str, row: Row, pointer: Pointer) -> Iterator[Item]:
    details = (("handle", text(row["username"])), ("direction", direction), ("state", state))
    yield Item("contact", "tiktok", pointer, created=moment(row.get("date")), own_words=False, details=details)


def _app(row: Row, pointer: Pointer) -> Iterator[Item]:
    details = _filled(row, {"source": "app", "event": "event"})
    yield Item("app", "tiktok", pointer, created=moment(row.get("timestamp")), own_words=False, details=details)


def _settings(record: Any, pointer: Pointer) -> Iterator[Item]:
    for name, value in _flat(record):
        details = (("setting", name), ("value", value))
        yield Item("setting", "tiktok", pointer, key=f"{pointer.locator} {name}", own_words=False, details=details)


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each setting with its value, those within others under both names."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _flat(each, f"{name}, {inner}" if name else inner)
    elif isinstance(value, list):
        yield from _flat(", ".join(filter(None, map(text, value))), name)
    elif isinstance(value, bool) or text(value):
        yield name, str(value)


TIKTOK = Platform("tiktok", "TikTok", recognise, read)
