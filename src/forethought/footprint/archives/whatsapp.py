"""WhatsApp chats: one text file a chat, with dates whose order is found out, and nothing kept of what others said."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from forethought.footprint.archives.decode import Located, text_lines
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.item import Audience, Item, Media, Moment, Pointer, Problem, Record

TITLES = {
    "whatsapp chat with": "en", "whatsapp chat - ": "en", "whatsapp-chat mit": "de", "chat de whatsapp con": "es",
    "discussion whatsapp avec": "fr", "conversa do whatsapp com": "pt", "chat whatsapp con": "it",
    "whatsapp-chat met": "nl",
}  # fmt: skip
AFTERNOON = frozenset("p pm 下午 오후 午後 م μμ nm em ip du odp".split())
MORNING = frozenset("a am 上午 오전 午前 ص πμ vm fm ap de dop".split())
DELETED = frozenset(
    (
        "you deleted this message", "du hast diese nachricht gelöscht", "eliminaste este mensaje",
        "vous avez supprimé ce message", "você apagou esta mensagem", "hai eliminato questo messaggio",
        "je hebt dit bericht verwijderd",
    )
)  # fmt: skip
ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}  # where year, month and day stand
AMBIGUOUS = (
    "no time is set, since the dates could be day and month or month and day. Say which, and read the chat again"
)
UNOWNED = "no line is taken for your own, since your name in the chat is not known. Give it as the chat shows it"
FIRST_YEAR, LAST_YEAR = 2009, 2099  # there was no WhatsApp before
_MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_GAP = rf"[\s{_MARKS}]*"
_HALF = rf"(?:{_GAP}([^\W\d_][^\d:\[\]\-–]{{0,8}}))?"
HEADER = re.compile(
    rf"[{_MARKS}\ufeff]*(\[?){_GAP}(\d{{1,4}}){_GAP}([/.\-]){_GAP}(\d{{1,2}}){_GAP}[/.\-]{_GAP}(\d{{1,4}})"
    rf"[.,]*{_HALF}{_GAP}(\d{{1,2}})[:.](\d{{2}})(?:[:.](\d{{2}}))?{_HALF}{_GAP}(?:\]|[-–] ){_GAP}(.*)",
    re.DOTALL,
)
_FILE = re.compile(
    r"\s?\u200e?<[^<>\n:]{2,30}: ([^<>:/\\\n]+\.\w{2,5})>|\A\u200e?([^<>:/\\\n]+\.\w{2,5}) \([^()\n]{3,40}\)\n?"
)
_MARKED = re.compile(rf"\s?\u200e<[^<>]*>[{_MARKS}]*$|\s?<This message was edited>$")
_OMITTED = re.compile(r"<[^<>\n]{3,60}>")


@dataclass(slots=True)
class Message:
    """A line that begins a message: where, its date and time as written and as fields, and what follows it."""

    line: int
    layout: str
    raw: str
    date: tuple[int, int, int]
    clock: tuple[int, int, int] | None
    body: str


@dataclass(slots=True)
class Dates:
    """Gathers, for each order that dates can be in, how many are no dates and how often they go back in time."""

    wrong: Counter[str] = field(default_factory=Counter)
    back: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)
    seen: int = 0

    def take(self, message: Message) -> None:
        """Look at one more message."""
        self.seen += 1
        for order in ORDERS:
            at = moment_in(message, order)
            if at is None:
                self.wrong[order] += 1
            else:
                self.back[order] += at < self.last.get(order, at)
                self.last[order] = at

    def order(self, day_first: bool | None) -> str:
        """Return the one order that fits, or nothing where more than one does and the person has not said."""
        fewest = min(self.wrong["day first"], self.wrong["month first"])
        if self.wrong["year first"] < fewest:
            return "year first"
        fits = [order for order in ("day first", "month first") if self.wrong[order] == fewest]
        forward = [order for order in fits if not self.back[order]]
        fits = forward if len(forward) == 1 else fits
        if len(fits) == 1:
            return fits[0]
        return "" if day_first is None else "day first" if day_first else "month first"


@dataclass(slots=True)
class Chat:
    """What is counted of a chat: no words and no names."""

    messages: int = 0
    own: int = 0
    people: set[int] = field(default_factory=set)
    first: Moment = field(default_factory=Moment)
    last: Moment = field(default_factory=Moment)


def recognise(files: Files) -> Recognition | None:
    """Return what some chats are taken for, or None."""
    found = _chats(files)
    if not found:
        return None
    first = _message(1, _opening(found[0]))
    named = any("whatsapp" in member.folded or member.base == "_chat.txt" for member in found)
    kind = "" if first is None else "iOS" if first.layout.startswith("[") else "Android"
    language = next((code for title, code in TITLES.items() if title in found[0].folded), "unknown")
    evidence = ("a line begins as a chat's does",) if first else ("the name of a chat",)
    return Recognition(
        "whatsapp", kind or "unknown", "txt", (0.95 if named else 0.7) if first else 0.5, evidence, language,
        missing=("other chats, each of which is exported by itself",),
        advice="Give your name as the chat shows it, so that your own lines are known.",
    )  # fmt: skip


def _chats(files: Files) -> list[Member]:
    """Return the text files that are chats by their beginning, or at least by name."""
    texts = [member for member in files if member.base.endswith(".txt")][:500]
    return [member for member in texts if member.base == "_chat.txt" or _named(member) or _message(1, _opening(member))]


def _named(member: Member) -> bool:
    return any(member.base.startswith(title) for title in TITLES)


def _opening(member: Member) -> str:
    """Return the first line that is not empty."""
    start = member.start(1024)
    return next((line for line in start.decode(_encoding(start), errors="replace").splitlines() if line.strip()), "")


def _encoding(start: bytes) -> str:
    return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield what can be told of each chat without its words and, where the person asked for them, their own lines."""
    dropped = Dropped()
    chats = list(_unnamed(_chats(files)))
    yield from table("messages", chats, partial(_records, options), partial(_made, dropped))
    yield from dropped.told()


def _unnamed(members: Iterable[Member]) -> Iterator[Member]:
    """Yield each chat under a name with nobody's in it: those of its file and folder mostly hold a person's."""
    numbers: Counter[str] = Counter()
    for member in members:
        numbers[member.source] += 1
        plain = member.name in ("_chat.txt", "chat.txt")
        yield member if plain else replace(member, name=f"chat {numbers[member.source]} of the file")


def _records(options: Options, member: Member) -> Iterator[Located]:
    """Yield the person's own lines, where they are asked for, and the chat as a whole."""
    order, layout = _looked_over(member, options.day_first)
    chat = Chat()
    owner = " ".join(options.owner.split()).casefold()
    for message in _messages(member, layout):
        when = _when(message, order)
        _count(chat, message, when, owner)
        if options.own_messages and owner and _sender(message.body, owner) == owner:
            yield f"line {message.line}", (message.body.split(":", owner.count(":") + 1)[-1], when)
    if chat.messages and not owner:
        yield "", UNOWNED
    if chat.messages and not order:
        yield "", AMBIGUOUS
    if member.size:
        yield "", chat


def _looked_over(member: Member, day_first: bool | None) -> tuple[str, str]:
    """Return the order of the dates and the form of the first header, which all others share."""
    dates, layout = Dates(), ""
    for message in _messages(member, ""):
        layout = layout or message.layout
        if message.layout == layout:
            dates.take(message)
    return (dates.order(day_first) if dates.seen else ""), layout


def _messages(member: Member, layout: str) -> Iterator[Message]:
    """Yield each message with its further lines; a header of another form is part of what somebody quoted."""
    held: Message | None = None
    for number, line in text_lines(member):
        message = _message(number, line)
        if message and (not layout or message.layout == layout):
            if held:
                yield held
            held = message
        elif held and len(held.body) < 2**20:
            held.body += line
    if held:
        yield held


def _message(number: int, line: str) -> Message | None:
    found = HEADER.match(line)
    if found is None:
        return None
    bracket, first, mark, second, third, before, hour, minute, seconds, after, body = found.groups()
    clock = _clock(int(hour), int(minute), int(seconds or 0), after or before or "")
    raw = line[found.start(2) : found.start(11)].strip(" -–]\u200e\u200f")
    return Message(number, bracket + mark, raw, (int(first), int(second), int(third)), clock, body)


def _clock(hour: int, minute: int, second: int, half: str) -> tuple[int, int, int] | None:
    """Return the time of day, or None where the letters beside it could mean either half of the day."""
    letters = "".join(letter for letter in half.casefold() if letter.isalpha())
    if letters in AFTERNOON:
        return hour % 12 + 12, minute, second
    if letters in MORNING:
        return hour % 12, minute, second
    return (hour, minute, second) if hour > 12 or not letters or letters in ("klo", "à", "um", "kl") else None


def moment_in(message: Message, order: str) -> datetime | None:
    """Return when a message was sent if its date is in this order, or None where it is then no date."""
    year, month, day = (message.date[place] for place in ORDERS[order])
    try:
        at = datetime(year + 2000 if year < 100 else year, month, day, *(message.clock or ()))
    except ValueError:
        return None
    return at if FIRST_YEAR <= at.year <= LAST_YEAR else None


def _when(message: Message, order: str) -> Moment:
    at = moment_in(message, order) if order and message.clock else None
    return Moment(message.raw, at, "device")


def _sender(body: str, owner: str) -> str:
    """Return who wrote a message, folded, or nothing for a line of the program's own; names may hold a colon."""
    head = body[:200].partition("\n")[0].lstrip("~ \u200e\u200f\u202f")
    if owner and head.casefold().startswith(owner + ":"):
        return owner
    return head.partition(": ")[0].casefold() if ": " in head else ""


def _count(chat: Chat, message: Message, when: Moment, owner: str) -> None:
    sender = _sender(message.body, owner)
    if sender:
        chat.messages += 1
        chat.own += bool(owner) and sender == owner
        chat.people.add(hash(sender))
    chat.first = chat.first if chat.first.raw else when
    chat.last = when


def _made(dropped: Dropped, record: Any, pointer: Pointer) -> Iterable[Item | Problem]:
    if isinstance(record, str):
        return [Problem(pointer, record)]
    return _whole(dropped, record, pointer) if isinstance(record, Chat) else _own(record[0], record[1], pointer)


def _whole(dropped: Dropped, chat: Chat, pointer: Pointer) -> Iterator[Item | Problem]:
    if not chat.first.raw:
        yield Problem(pointer, "no line begins as a line of a chat does. Export the chat from the phone once more")
        return
    facts = {"messages": chat.messages, "own": chat.own, "people": len(chat.people)}
    dropped.add(pointer, "other people's messages", count=chat.messages - chat.own)
    span = (("first", chat.first.raw), ("last", chat.last.raw))
    counts = tuple((name, str(number)) for name, number in facts.items())
    yield Item(
        "message", "whatsapp", pointer, key=f"chat from {chat.first.raw}", created=chat.first, own_words=False,
        audience=_audience(len(chat.people)), details=counts + span,
    )  # fmt: skip


def _audience(people: int) -> Audience:
    return Audience("group" if people > 2 else "named people", "channel", "the senders in the chat")


def _own(body: str, when: Moment, pointer: Pointer) -> Iterator[Item]:
    """Yield a line that the person sent, as they wrote it; marks of media and of deleted lines are none of it."""
    words = body.removeprefix(" ").rstrip("\r\n").replace("\r\n", "\n")
    media = tuple(Media((found[1] or found[2]).strip()) for found in _FILE.finditer(words))
    words = _MARKED.sub("", _FILE.sub("", words))
    if words.startswith("\u200e") or _OMITTED.fullmatch(words) or words.rstrip(".").casefold() in DELETED:
        words = ""
    if words.strip() or media:
        yield Item("message", "whatsapp", pointer, text=words, created=when, audience=_PRESENT, media=media)


_PRESENT = Audience("named people", "channel", "the senders in the chat")

WHATSAPP = Platform("whatsapp", "WhatsApp", recognise, read)
