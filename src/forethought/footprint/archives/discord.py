"""Discord packages: the person's own messages by channel, their profile, contacts, linked accounts and visits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from forethought.footprint.archives.decode import Located, csv_rows, json_items, json_lines, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import Logins, facts_of, object_of
from forethought.footprint.archives.platform import BROKEN, Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped, Span
from forethought.footprint.archives.values import many, moment, snowflake, text, within
from forethought.footprint.item import Audience, Item, Kind, Media, Moment, Pointer, Problem, Record

SINCE = 1420070400000
DIRECT = frozenset(("1", "3", "DM", "GROUP_DM"))  # types of channels that are no server's
RELATIONS: dict[str, tuple[Kind, str, str]] = {
    "1": ("contact", "", "accepted"), "FRIEND": ("contact", "", "accepted"),
    "2": ("contact", "sent", "blocked"), "BLOCKED": ("contact", "sent", "blocked"),
    "3": ("request", "received", "pending"), "PENDING_INCOMING": ("request", "received", "pending"),
    "4": ("request", "sent", "pending"), "PENDING_OUTGOING": ("request", "sent", "pending"),
}  # fmt: skip
PROFILE = {"username": "handle", "global_name": "name"}
SECRET = ("email", "phone", "ip", "payments", "payment_sources", "user_activity_application_statistics", "fingerprint")
_FOLDER = re.compile(r"(?:^|/)(?:c?\d{15,21})/[^/]+$")


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None; folders are found by their numbers, since names are localised."""
    channels = [member for member in files.named("channel.json") if _FOLDER.search(member.folded)]
    if not channels:
        return None
    user, messages = _user(files), _messages(files)
    form = "csv" if any(member.base.endswith(".csv") for member in messages[:50]) else "json"
    missing = (() if user else ("user.json",)) + (() if messages else ("messages",))
    evidence = ("numbered folders with channel.json", *(("user.json",) if user else ()))
    language = "en" if files.matching(r"messages/index\.json") and files.matching(r"account/user\.json") else "unknown"
    return Recognition(
        "discord", f"messages in {form}", form, 0.9 if user and messages else 0.75, evidence, language, missing=missing
    )


def _user(files: Files) -> list[Member]:
    """Return the profile, which lies higher than any other file of its name."""
    found = sorted(files.named("user.json"), key=lambda member: member.name.count("/"))
    return [member for member in found[:5] if b'"username"' in member.start(2**14)][:1]


def _messages(files: Files) -> list[Member]:
    numbered = [member for member in files if _FOLDER.search(member.folded) and member.base.endswith((".csv", ".json"))]
    return [member for member in numbered if member.base not in ("channel.json", "guild.json")]


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the profile and what belongs to it, the servers, the messages, and visits summed up."""
    dropped, user = Dropped(), _user(files)
    yield from table("profile", user, _whole, partial(_profile, dropped))
    yield from table("contacts", user, _under("relationships"), _relation)
    yield from table("apps", user, _under("connections"), partial(_app, dropped))
    yield from table("settings", user, _settings, _setting)
    servers = [member for member in files.named("guild.json") if _FOLDER.search(member.folded)]
    yield from table("servers", servers, _whole, _server)
    channels = {_place(member): member for member in files.named("channel.json")}
    lines = partial(_lines, channels, options.own_messages)
    yield from table("messages", _messages(files), lines, _message)
    yield from table("logins", files.matching(r"activity/.*events-[^/]*\.json"), _visits, _login)
    yield from dropped.told()


def _place(member: Member) -> str:
    """Return the number of a channel, which its folder is named by."""
    return member.folded.rpartition("/")[0].rpartition("/")[2].lstrip("c")


def _whole(member: Member) -> Iterator[Located]:
    yield "", object_of(member)


def _under(name: str) -> Callable[[Member], Iterator[Located]]:
    """Return what yields each element of a list of the profile."""

    def elements(member: Member) -> Iterator[Located]:
        for number, each in enumerate(many(object_of(member).get(name))):
            yield f"/{name}/{number}", each

    return elements


def _profile(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    for name in SECRET:
        dropped.add(pointer, name, record.get(name), len(many(record.get(name))))
    facts = {shown: text(record.get(name)) for name, shown in PROFILE.items()}
    about = text(record.get("bio") or within(record, "user_profile", "bio"))
    yield Item("profile", "discord", pointer, about, text(record.get("id")), details=facts_of(**facts))


def _relation(record: Any, pointer: Pointer) -> Iterator[Item]:
    kind, direction, state = RELATIONS.get(text(record.get("type")), ("contact", "", "unknown"))
    name, handle = text(record.get("nickname")), text(within(record, "user", "username"))
    facts = facts_of(name=name, handle=handle, direction=direction, state=state)
    yield Item(kind, "discord", pointer, created=moment(record.get("since")), own_words=False, details=facts)


def _app(dropped: Dropped, record: Any, pointer: Pointer) -> Iterator[Item]:
    for name in ("access_token", "refresh_token", "id"):
        dropped.add(pointer, f"{name} of a linked account", record.get(name))
    removed = "yes" if record.get("revoked") else ""
    facts = facts_of(app=text(record.get("type")), removed=removed, shown="yes" if record.get("visibility") else "no")
    yield Item("app", "discord", pointer, own_words=False, details=facts)


def _settings(member: Member) -> Iterator[Located]:
    """Yield each setting that is a plain value."""
    settings = object_of(member).get("settings")
    held = within(settings, "settings") if isinstance(within(settings, "settings"), dict) else settings
    for name, value in (held or {}).items():
        if isinstance(value, bool | int | str) and len(str(value)) <= 40:
            yield f"/settings/{name}", (name, str(value))


def _setting(record: Any, pointer: Pointer) -> Iterator[Item]:
    name, value = record
    yield Item("setting", "discord", pointer, own_words=False, details=facts_of(setting=name, value=value))


def _server(record: Any, pointer: Pointer) -> Iterator[Item]:
    facts = facts_of(setting="server joined", value=text(record["name"]))
    yield Item("setting", "discord", pointer, key=text(record.get("id")), own_words=False, details=facts)


@dataclass(slots=True)
class Channel:
    """Where messages were sent: a server's channel or a direct one, and how many there are."""

    key: str
    direct: bool = True
    group: str = ""
    name: str = ""
    people: int = 0
    count: int = 0
    span: Span = field(default_factory=Span)


def _lines(channels: dict[str, Member], own: bool, member: Member) -> Iterator[Located]:
    """Yield the messages of one channel: of a direct one only where they are asked for, and else their number."""
    place = _place(member)
    channel = _channel(place, channels.get(place))
    for locator, record in csv_rows(member) if member.base.endswith(".csv") else json_items(member):
        if isinstance(record, dict):
            record = {name.casefold(): value for name, value in record.items()}
            channel.count += 1
            channel.span.take(_when(record))
        if own or not channel.direct or not isinstance(record, dict):
            yield locator, (channel, record)
    if channel.direct:
        yield "", (channel, None)


def _channel(key: str, member: Member | None) -> Channel:
    """Return what is told of a channel; one of which nothing is told is taken for a direct one, which tells less."""
    try:
        record = json_whole(member) if member else {}
    except BROKEN:
        record = {}
    record = record if isinstance(record, dict) else {}
    kind, people = text(record.get("type")), len(many(record.get("recipients")))
    direct = "guild" not in record and (kind in DIRECT or not kind or people > 0)
    name = "" if direct else text(record.get("name"))
    return Channel(text(record.get("id")) or key, direct, text(within(record, "guild", "name")), name, people)


def _message(record: Any, pointer: Pointer) -> Iterator[Item | Problem]:
    channel, line = record
    if line is None:
        yield _conversation(channel, pointer)
        return
    words, files = text(line.get("contents")), tuple(_files(text(line.get("attachments"))))
    if words or files:
        facts = facts_of(group=channel.group, channel=channel.name)
        kind: Kind = "message" if channel.direct else "post"
        yield Item(
            kind, "discord", pointer, words, str(line.get("id") or ""), _when(line), audience=_audience(channel),
            media=files, details=facts,
        )  # fmt: skip


def _conversation(channel: Channel, pointer: Pointer) -> Item:
    facts = {"own": str(channel.count), "people": str(channel.people), **channel.span.facts()}
    return Item(
        "message", "discord", pointer, key=f"channel {channel.key}", created=channel.span.first, own_words=False,
        audience=_audience(channel), details=facts_of(**facts),
    )  # fmt: skip


def _audience(channel: Channel) -> Audience:
    if not channel.direct:
        return Audience("group", "channel", "channel.json guild")
    return Audience("group" if channel.people > 2 else "named people", "channel", "channel.json recipients")


def _files(links: str) -> Iterator[Media]:
    """Yield attached files by their names: the rest of each link is signed, and is dropped."""
    for link in links.split():
        yield Media(link.partition("?")[0].rpartition("/")[2])


def _when(line: dict[str, Any]) -> Moment:
    """Return when a message was sent: where no zone is written, the id's own clock tells it if the two agree."""
    found, clock = moment(line.get("timestamp")), snowflake(str(line.get("id") or ""), SINCE)
    if found.at is None or found.at.tzinfo or clock.at is None:
        return found
    near = abs((found.at - clock.at.replace(tzinfo=None)).total_seconds()) <= 2
    return Moment(found.raw, clock.at, "utc") if near else found


def _visits(member: Member) -> Iterator[Located]:
    """Yield the sum of a file of events, of which there may be millions."""
    logins = Logins()
    for locator, event in json_lines(member):
        if isinstance(event, dict):
            when = moment(text(event.get("timestamp")).strip('"'))
            logins.add(text(event.get("ip")), text(event.get("country_code")), when)
        else:
            yield locator, event
    yield "", logins


def _login(record: Any, pointer: Pointer) -> Iterator[Item]:
    if isinstance(record, Logins) and record.count:
        yield record.item("discord", pointer)


DISCORD = Platform("discord", "Discord", recognise, read, experimental=True)
