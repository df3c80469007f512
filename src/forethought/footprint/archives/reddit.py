"""Reddit: a zip of tables, checked against the sums that Reddit sends with them."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from forethought.footprint.archives.files import Files, Member, fold
from forethought.footprint.archives.platform import BROKEN, Options, Platform, Recognition, table
from forethought.footprint.archives.sheets import Row, Sheet, rows, rows_before_a_break, sorted_out, unread
from forethought.footprint.archives.tally import Dropped, Talks, untabled
from forethought.footprint.archives.values import moment, text
from forethought.footprint.item import Item, Kind, Pointer, Problem, Record

_ITEM = ("id", "permalink", "date", "subreddit")
_MESSAGE = ("id", "threadid", "from", "to")
SHEETS: tuple[Sheet, ...] = (
    Sheet("posts", (*_ITEM, "title", "body"), "posts"),
    Sheet("comments", (*_ITEM, "link", "parent", "body"), "comments"),
    Sheet("posts without words", (*_ITEM, "title"), "postheaders"),
    Sheet("comments without words", (*_ITEM, "link", "parent"), "commentheaders"),
    Sheet("drafts", ("id", "title", "body", "subreddit", "created"), "drafts"),
    Sheet("scheduled posts", ("scheduledpostid", "title", "body"), "scheduledposts"),
    Sheet("votes", ("id", "permalink", "direction"), "(post|comment)votes"),
    Sheet("saved", ("id", "permalink"), "saved(posts|comments)|hiddenposts", named=True),
    Sheet("messages", (*_MESSAGE, "body"), "messages(archive)?"),
    Sheet("messages without words", _MESSAGE, "messages?(archive)?headers"),
    Sheet("chats", ("messageid", "username", "channelurl"), "chathistory"),
    Sheet("friends", ("username", "note"), "friends"),
    Sheet("statistics", ("statistic", "value"), "statistics"),
    Sheet("settings", ("preference", "value"), "userpreferences"),
    Sheet("advertising settings", ("type", "preference"), "sensitiveadspreferences"),
    Sheet("communities", ("subreddit",), "(subscribed|moderated|approvedsubmitter)subreddits", named=True),
    Sheet("multireddits", ("id", "displayname", "privacy"), "multireddits"),
    Sheet("apps", ("issuerid", "subjectid"), "linkedidentities"),
    Sheet("twitter", ("username",), "twitter", named=True),
    Sheet("sessions", ("date", "ip"), "iplogs"),
    # Of the three kinds below nothing is told: nothing in them is written by the person, or about contacts.
    Sheet("announcements", ("announcementid",), "announcements"),
    Sheet("awards", (), "gildedcontent|goldreceived", named=True),
    Sheet("poll votes", ("postid",), "pollvotes", named=True),
    Sheet("birth date", ("birthdate",), "birthdate", named=True),
    Sheet("gender", ("accountgender",), "accountgender"),
    Sheet("telephone number", ("phonenumber",), "linkedphonenumber", named=True),
    Sheet("payments", (), "purchases|subscriptions|payouts|stripe", named=True),
    Sheet("identity checks", ("personainquiryid",), "persona"),
    Sheet("check sums", ("filename", "sha256"), "checkfile"),
)
_BY_NAME = {sheet.name: sheet for sheet in SHEETS}
PRIVATE = ("birth date", "gender", "telephone number", "payments", "identity checks")
_WORDLESS = {
    "posts": "posts without words", "comments": "comments without words", "messages": "messages without words",
}  # fmt: skip
_TELLING = ("posts", "comments", "posts without words", "comments without words", "messages", "chats", "multireddits")
_SECRET = re.compile(r"\b(ip|e-?mail|phone|birth\w*)\b", re.IGNORECASE)
_ADDRESSES = {"ip": "IP addresses"}


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None."""
    held = sorted_out(files, SHEETS)
    found = [name for name in _TELLING if held[name]]
    account = _account(held["statistics"])
    if not found and not (account and held["check sums"]):
        return None
    missing = tuple(name for name in ("posts", "comments", "statistics") if not held[name])
    whole = any(held[name] for name in ("posts", "comments"))
    return Recognition(
        "reddit",
        "since 2021" if whole else "since 2021, without words",
        "csv",
        min(0.98, 0.7 + 0.07 * len(found) + 0.15 * bool(account)),
        tuple(member.name for name in (*found, "statistics") for member in held[name]),
        account=account,
        missing=missing,
        advice=""
        if whole
        else "Posts and comments have no words here. Add posts.csv and comments.csv of the same export.",
    )


def _account(members: list[Member]) -> str:
    """Return the account's name, which is one row of the statistics."""
    for member in members:
        for record in rows_before_a_break(member, _BY_NAME["statistics"]):
            if text(record["statistic"]).replace("_", " ").casefold() == "account name":
                return text(record["value"])
    return ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the tables hold."""
    held = sorted_out(files, SHEETS)
    reader = _Reader(options, options.owner or found.account)
    for name, maker in reader.makers().items():
        yield from _told(name, held, reader, maker)
    yield from _checked(files, held["check sums"])
    yield from reader.dropped.told()
    yield from unread(files, held)


def _told(
    name: str, held: Mapping[str, list[Member]], reader: "_Reader", maker: Callable[[Any, Pointer], Iterator[Item]]
) -> Iterator[Record]:
    """Yield one kind; the tables that repeat it without words stand in only where it is wholly absent."""
    stand_in = _WORDLESS.get(name, name)
    kind = name if held[name] else stand_in
    told = table(name, held[kind], partial(rows, sheet=_BY_NAME[kind]), maker)
    talks = reader.talks.get(name)
    told = talks.told(told) if talks else told
    yield from untabled(told) if name in PRIVATE else told


def _checked(files: Files, members: list[Member]) -> Iterator[Problem]:
    """Yield a problem for each file that is not as Reddit sent it, and each that is not there."""
    anywhere = {member.base: member for member in files}
    for member in members:
        beside = {each.base: each for each in files if each.source == member.source}
        for record in rows_before_a_break(member, _BY_NAME["check sums"]):
            name = fold(text(record["filename"])).rpartition("/")[2]
            listed = beside.get(name) or anywhere.get(name)
            if listed is None:
                yield Problem(member.at(), "a file that the export lists is not there")
            elif listed is not member and _sum(listed) != text(record["sha256"]).casefold():
                yield Problem(listed.at(), "the file is not as Reddit sent it: its check sum differs")


def _sum(member: Member) -> str:
    found = hashlib.sha256()
    try:
        with member.open() as stream:
            while content := stream.read(2**16):
                found.update(content)
    except BROKEN:
        return ""
    return found.hexdigest()


class _Reader:
    """Makes items of rows, counts what it drops, and gathers conversations."""

    def __init__(self, options: Options, owner: str) -> None:
        self.options, self.owner = options, owner
        self.dropped = Dropped()
        self.talks = {"messages": Talks("reddit"), "chats": Talks("reddit")}

    def makers(self) -> dict[str, Callable[[Any, Pointer], Iterator[Item]]]:
        """Return what makes items of each kind of row, in the order of reading."""
        return {
            "statistics": self.profile,
            "posts": self.post,
            "comments": self.comment,
            "drafts": partial(self.draft, "created"),
            "scheduled posts": partial(self.draft, "submissiontime"),
            "votes": _vote,
            "saved": _saved,
            "friends": self.friend,
            "messages": self.message,
            "chats": self.chat,
            "settings": partial(_setting, "preference", "value"),
            "advertising settings": partial(_setting, "type", "preference"),
            "communities": _community,
            "multireddits": _multireddit,
            "apps": self.app,
            "twitter": _twitter,
            "sessions": self.session,
            **{name: partial(self.private, name) for name in PRIVATE},
        }

    def profile(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        name = text(record["statistic"])
        if _SECRET.search(name):
            self.dropped.add(pointer, "account details")
        elif name and text(record["value"]):
            details = ((name, text(record["value"])),)
            yield Item("profile", "reddit", pointer, key=name, own_words=False, details=details)

    def post(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _ADDRESSES)
        yield _written("post", record, pointer, words=_joined(record.get("title"), record.get("body")))

    def comment(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _ADDRESSES)
        parent = text(record.get("parent"))
        yield _written("reply" if parent else "comment", record, pointer, words=record.get("body", ""), reply_to=parent)

    def draft(self, when: str, record: Row, pointer: Pointer) -> Iterator[Item]:
        key = text(record.get("id") or record.get("scheduledpostid"))
        words = _joined(record.get("title"), record.get("body"))
        created, details = moment(record.get(when)), _group(record)
        yield Item("draft", "reddit", pointer, text=words, key=key, created=created, details=details)

    def friend(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, {"note": "notes on others"})
        details = (("handle", text(record["username"])), ("state", "following"), ("direction", "sent"))
        yield Item("contact", "reddit", pointer, own_words=False, details=details)

    def message(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _ADDRESSES)
        thread = text(record["threadid"]) or text(record["id"])
        others = {text(record["from"]), text(record["to"])}
        yield from self._heard("messages", thread, record, pointer, others, ("from", "date", "body", "id"))

    def chat(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        others = {text(record["username"])}
        columns = ("username", "createdat", "message", "messageid")
        yield from self._heard("chats", text(record["channelurl"]), record, pointer, others, columns)

    def _heard(
        self, kind: str, key: str, record: Row, pointer: Pointer, others: set[str], columns: tuple[str, str, str, str]
    ) -> Iterator[Item]:
        sender, when, body, number = columns
        created, words = moment(record.get(when)), record.get(body, "")
        mine = bool(self.owner) and text(record[sender]).casefold() == self.owner.casefold()
        talk = self.talks[kind].hear(key, pointer, created, mine=mine)
        talk.handles |= {each for each in others if each and each.casefold() != self.owner.casefold()}
        if words and mine and self.options.own_messages:
            yield Item("message", "reddit", pointer, text=words, key=text(record.get(number)), created=created)
        elif words:
            self.dropped.add(pointer, "messages' words")

    def app(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, {"subjectid": "account numbers elsewhere"})
        issuer = text(record["issuerid"])
        yield Item("app", "reddit", pointer, own_words=False, details=(("app", issuer), ("what", "sign-in")))

    def session(self, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.cells(pointer, record, _ADDRESSES)
        date = text(record["date"])
        details = () if date[:1].isdigit() else (("what", date),)
        yield Item("session", "reddit", pointer, created=moment(date), own_words=False, details=details)

    def private(self, name: str, record: Row, pointer: Pointer) -> Iterator[Item]:
        self.dropped.add(pointer, name)
        yield from ()


def _joined(*parts: str | None) -> str:
    """Return a title and what stands below it as one text."""
    return "\n\n".join(part for part in parts if part)


def _group(record: Row) -> tuple[tuple[str, str], ...]:
    group = text(record.get("subreddit"))
    return (("group", group),) if group else ()


def _written(kind: Kind, record: Row, pointer: Pointer, *, words: str, reply_to: str = "") -> Item:
    link, media = text(record.get("url")), text(record.get("media")).partition("?")[0]
    links = (("link", link), ("media", media))
    return Item(
        kind,
        "reddit",
        pointer,
        text=words,
        key=text(record["id"]),
        created=moment(record["date"]),
        own_words=bool(words),
        reply_to=reply_to,
        address=text(record["permalink"]),
        details=(*_group(record), *(each for each in links if each[1])),
    )


def _vote(record: Row, pointer: Pointer) -> Iterator[Item]:
    details = (("vote", text(record["direction"])),)
    yield _liked(record, pointer, details)


def _saved(record: Row, pointer: Pointer) -> Iterator[Item]:
    what = "hidden" if "hidden" in fold(pointer.member) else "saved"
    yield _liked(record, pointer, (("vote", what),))


def _liked(record: Row, pointer: Pointer, details: tuple[tuple[str, str], ...]) -> Item:
    key, address = f"{text(record['id'])} {details[0][1]}", text(record["permalink"])
    return Item("like", "reddit", pointer, key=key, own_words=False, address=address, details=details)


def _setting(name: str, value: str, record: Row, pointer: Pointer) -> Iterator[Item]:
    details = (("setting", text(record[name])), ("value", text(record[value])))
    yield Item("setting", "reddit", pointer, key=text(record[name]), own_words=False, details=details)


def _community(record: Row, pointer: Pointer) -> Iterator[Item]:
    role = fold(pointer.member).rpartition("/")[2].partition("_")[0]
    details = (*_group(record), ("what", role))
    yield Item("profile", "reddit", pointer, own_words=False, details=details)


def _multireddit(record: Row, pointer: Pointer) -> Iterator[Item]:
    words = _joined(record["displayname"], record.get("description"))
    details = (("privacy", text(record["privacy"])), ("what", "list of communities"))
    created, key = moment(record.get("date")), text(record["id"])
    yield Item("bio", "reddit", pointer, text=words, key=key, created=created, details=details)


def _twitter(record: Row, pointer: Pointer) -> Iterator[Item]:
    details = (("app", "X (Twitter)"), ("account", text(record["username"])))
    yield Item("app", "reddit", pointer, own_words=False, details=details)


REDDIT = Platform("reddit", "Reddit", recognise, read)
