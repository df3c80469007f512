"""Plain timelines: the program's own JSON, JSON Lines, and tables with a column of text."""

from collections.abc import Iterator
from typing import Any

from forethought.footprint.archives.decode import Located, csv_rows, json_items, json_lines, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.values import moment, text, within, wrote
from forethought.footprint.item import Audience, Item, Pointer, Record

TEXT, WHEN, KEY = ("text", "post", "content", "body"), ("created", "date", "time", "createdat"), ("id", "key")
PROFILE = ("name", "bio", "location", "role", "account", "platform")


def recognise(files: Files) -> Recognition | None:
    """Return what a plain timeline is taken for, or None."""
    for member in files:
        form = _form(member)
        if form:
            return Recognition("plain", "timeline", form, 0.6, (member.name,), language="unknown")
    return None


def _form(member: Member) -> str:
    start = member.start()
    if member.base.endswith(".json") and b'"posts"' in start and b"{" in start[:8]:
        return "json"
    if member.base.endswith((".jsonl", ".ndjson")) and b'"text"' in start:
        return "jsonl"
    if member.base.endswith((".csv", ".tsv")) and any(_header(row) for row in _first_row(member)):
        return "csv"
    return ""


def _first_row(member: Member) -> Iterator[list[str]]:
    for _, row in csv_rows(member):
        yield list(row)
        return


def _header(row: list[str]) -> bool:
    return any(name in row for name in TEXT)


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the profile and the posts."""
    held = {form: [member for member in files if _form(member) == form] for form in ("json", "jsonl", "csv")}
    if held["json"]:
        yield from table("profile", held["json"], _profiles, _profile)
    posts = [member for members in held.values() for member in members]
    yield from table("posts", posts, _records, _post)


def _profiles(member: Member) -> Iterator[Located]:
    profile = within(json_whole(member), "profile")
    if profile:
        yield "/profile", profile


def _profile(record: Any, pointer: Pointer) -> Iterator[Item]:
    facts = tuple((name, text(record.get(name))) for name in PROFILE if text(record.get(name)))
    yield Item("profile", "plain", pointer, text=text(record.get("bio")), key="profile", details=facts)


def _records(member: Member) -> Iterator[Located]:
    form = _form(member)
    if form == "json":
        return json_items(member, "posts")
    return json_lines(member) if form == "jsonl" else csv_rows(member, _header)


def _post(record: Any, pointer: Pointer) -> Iterator[Item]:
    written = wrote(_first(record, TEXT))
    if written.strip():
        answered = text(record.get("reply_to") or record.get("replyto"))
        yield Item(
            "reply" if answered else "post",
            "plain",
            pointer,
            text=written,
            key=text(_first(record, KEY)),
            created=moment(_first(record, WHEN)),
            audience=_audience(text(record.get("audience"))),
            details=(("answers", answered),) if answered else (),
            address=text(record.get("address") or record.get("url")),
        )


def _audience(who: str) -> Audience:
    known = {"public": "public", "followers": "followers", "friends": "friends", "group": "group"}
    return Audience(known[who], "post", "audience") if who in known else Audience()  # type: ignore[arg-type]


def _first(record: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


PLAIN = Platform("plain", "A plain timeline", recognise, read)
