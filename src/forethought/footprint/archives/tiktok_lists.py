"""TikTok's records: found in one pass through its object by the names of their lists, or in its files of text."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

from forethought.footprint.archives.decode import (
    MOST_DEEP,
    Assigned,
    Located,
    UnreadableError,
    fold_header,
    text_lines,
)
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.platform import BROKEN

# Each kind of record and the end of the path to its list, folded; the first that fits counts.
LISTS: tuple[tuple[str, str], ...] = (
    ("viewing", r"(watchhistory|videobrowsinghistory)/videolist"),
    ("posts", r"videolist"),
    ("deleted posts", r"postlist"),
    ("comments", r"commentslist"),
    ("live comments", r"watchlivemap/[^/]+/(comments|questions)"),
    ("reviews", r"reviewslist"),
    ("likes", r"itemfavoritelist|favoritevideolist"),
    ("reposts", r"repostlist"),
    ("followers", r"fanslist|followerlist"),
    ("following", r"following(list)?/following(list)?"),
    ("blocked", r"blocklist"),
    ("messages", r"chathistory|groupchat"),
    ("logins", r"loginhistorylist"),
    ("devices", r"statuslist"),
    ("apps", r"offtiktokactivitydatalist"),
    ("searches", r"searchlist"),
    ("location", r"locationdata"),
)
OBJECTS: tuple[tuple[str, str], ...] = (
    ("profile", r"profilemap"),
    ("settings", r"settingsmap"),
    ("autofill", r"autofill"),
    ("location", r"locationdata"),
    ("payment cards", r"paycard|paymentcard"),
)
_BOX = r"(?:chat ?history|group ?chat)"
_CHAT = re.compile(rf"((?:[^.]*\.)*?{_BOX}(?:\.{_BOX})?)\.(.+)", re.IGNORECASE)
WITHIN = "\0chat"  # under which a message carries its chat's box and key, until it is counted

Found = tuple[str, str, Any]  # a kind, a locator, and the record there; None where a list is empty


def present(run: Iterable[Found], _: Member) -> Iterator[Located]:
    """Yield the records of a run, and raise the error where the file broke off within it."""
    for _kind, locator, record in run:
        if isinstance(record, UnreadableError):
            raise record
        if record is not None:
            yield locator, record


def records(member: Member) -> Iterator[Found]:
    """Yield each record of the kinds that are known, in the file's order; where it breaks off, the error comes last."""
    import ijson  # when an archive is read

    kind = OBJECTS[0][0]
    try:
        for kind, locator, record in _walked(member):
            yield kind, locator, record
    except (*BROKEN, ijson.JSONError, ValueError):
        yield kind, "", UnreadableError(member.name, "it breaks off, or is not JSON")


def _walked(member: Member) -> Iterator[Found]:
    """Build each object of a known kind from the stream of the file's events."""
    import ijson
    from ijson.common import ObjectBuilder

    builder, places, at, kind, depth = None, _Places(), "", "", 0
    with member.open() as stream:
        for prefix, event, value in ijson.parse(Assigned(stream), use_float=True):
            depth += _DEEPER.get(event, 0)
            if depth > MOST_DEEP:
                raise ValueError("nested too deep")
            if builder is None:
                if event == "start_map" and (kind := places.kind(prefix)):
                    at, builder = prefix, ObjectBuilder()
                    builder.event(event, value)
                elif event in _EMPTY and (empty := places.holder(prefix)):
                    yield empty, "", None
                elif event in _BARE and prefix.endswith(".item") and (kind := places.kind(prefix)):
                    yield kind, places.locator(prefix), value
                continue
            builder.event(event, value)
            if event == "end_map" and prefix == at:
                yield kind, places.locator(at), places.within(kind, at, builder.value)
                builder = None


_DEEPER = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}
_EMPTY = ("start_map", "start_array", "null")
_BARE = ("string", "number", "boolean", "null", "start_array")  # what stands in a list where an object should


class _Places:
    """Tells kinds by where an object stands, and makes locators without the key of a chat, which is somebody's name."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.holders: dict[str, str] = {}
        self.numbers: Counter[str] = Counter()
        self.chats: dict[str, int] = {}

    def kind(self, prefix: str) -> str:
        """Return the kind of the object here: one of a known list, or one that is known itself."""
        if prefix not in self.kinds:
            path = prefix.removesuffix(".item")
            chat = path != prefix and _CHAT.fullmatch(path)
            self.kinds[prefix] = "messages" if chat else _kind(path, OBJECTS if path == prefix else LISTS)
        return self.kinds[prefix]

    def holder(self, prefix: str) -> str:
        """Return the kind of what should be here, where there is a list, or nothing."""
        if prefix not in self.holders:
            self.holders[prefix] = _kind(prefix, LISTS + OBJECTS)
        return self.holders[prefix]

    def locator(self, prefix: str) -> str:
        """Return the JSON Pointer to an object; in it a chat is told by its number among the chats, from 0."""
        path = prefix.removesuffix(".item")
        chat = _CHAT.fullmatch(path) if path != prefix else None
        self.numbers[path] += 1
        number = f"/{self.numbers[path] - 1}" if path != prefix else ""
        if chat:
            return f"/{chat[1].replace('.', '/')}/chat {self.chats.setdefault(path, len(self.chats))}{number}"
        return f"/{path.replace('.', '/')}{number}"

    def within(self, kind: str, prefix: str, record: Any) -> Any:
        """Return the record, a message with the box and key of its chat."""
        chat = _CHAT.fullmatch(prefix.removesuffix(".item")) if kind == "messages" else None
        return {**record, WITHIN: (chat[1], chat[2])} if chat else record


@lru_cache(4096)
def folded(name: str) -> str:
    """Return a name as it is compared: without case, spaces, hyphens and underscores."""
    return fold_header(name)


def _kind(path: str, rules: tuple[tuple[str, str], ...]) -> str:
    names = "/".join(map(folded, path.split(".")))
    return next((kind for kind, end in rules if re.fullmatch(rf"(?:.*/)?(?:{end})", names)), "")


def blocks(member: Member, columns: Container[str]) -> Iterator[Located]:
    """Yield the records of a text file: one begins where a name comes again; other lines go on with a text."""
    record: dict[str, str] = {}
    begun, last = 1, ""
    for number, line in text_lines(member):
        name, colon, value = line.rstrip("\r\n").partition(":")
        column = folded(name.strip()) if colon and len(name) < 40 else ""
        if column not in columns:
            if last:
                record[last] += f"\n{line.rstrip()}"
            continue
        if column in record:
            yield f"line {begun}", _stripped(record)
            record = {}
        begun = begun if record else number
        record[column], last = value.strip(), column
    if record:
        yield f"line {begun}", _stripped(record)


def _stripped(record: dict[str, str]) -> dict[str, str]:
    return {column: value.rstrip("\n") for column, value in record.items()}
