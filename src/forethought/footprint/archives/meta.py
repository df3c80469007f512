"""What Facebook, Instagram and Threads share: what each file holds, how it is read, and how an export is told."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from forethought.footprint.archives.decode import Located, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta_html import blocks, item_of
from forethought.footprint.archives.meta_items import Made, contact
from forethought.footprint.archives.meta_labels import RECORD, entries, language_of, said, shaped
from forethought.footprint.archives.meta_messages import NAMED, conversations, names_of
from forethought.footprint.archives.meta_open import (
    MARKS,
    MOST_OPENED,
    data_of,
    owner_of,
    records,
    share,
    start_of,
    stem_of,
    unquoted,
    wrapper,
)
from forethought.footprint.archives.platform import BROKEN, ODD, Options, Recognition, table
from forethought.footprint.archives.values import many, mended, text, within
from forethought.footprint.item import Kind, Pointer, Problem, Record, Removed, Table

Maker = Callable[[str, Any, Pointer], Iterable[Made]]

MOST_TWICE = 2**22  # bytes of a file that is looked through for further keys
JSON_ADVICE = (
    "This is the HTML copy, of which only posts and comments are read, without their zone of time. For the rest, "
    "ask again in the Accounts Centre, under Your information and permissions, Export your information, format JSON."
)
NO_POSTS = "This export holds no posts. Ask again with all available information and the date range All time."

# Further keys that are understood or knowingly left; any other is counted as not understood.
_LEFT = frozenset(
    "name href value description cross_post_source media_metadata place external_context update_timestamp backup_uri "
    "place_name text caption path taken_at location".split()
)


# What kind of record each file holds.


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record: its table, the names of its files, the keys that wrap it, and how an item is made of it.

    `stems` and `keys` are patterns. `shape` tells a bare list in a file of another name; `folder` is where a note
    stands that there is nothing; `page` is the kind of the items of an HTML copy, where that is read.
    """

    table: str
    stems: str
    keys: str
    make: Maker
    folder: str = r"\?"
    shape: bytes = b""
    page: Kind | None = None
    records: Callable[[Member], Iterator[Located]] = records


@dataclass(slots=True)
class Sorted:
    """The files of each source, those of messages, and those of no kind that is read."""

    data: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    pages: dict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    messages: list[Member] = field(default_factory=list)
    other: list[Member] = field(default_factory=list)


def sort(members: Iterable[Member], sources: tuple[Source, ...]) -> Sorted:
    """Sort files by kind: by the key that wraps their records, then by name, then by shape."""
    found = Sorted()
    for member in members:
        stem, form = stem_of(member)
        if not form:
            _sort_note(member, sources, found)
        elif NAMED.fullmatch(stem) or stem == "messages":
            (found.messages if form == "json" else found.pages["messages"]).append(member)
        elif form == "html":
            source = _by(sources, "stems", stem)
            (found.pages[source.table] if source else found.other).append(member)
        else:
            _sort_data(member, stem, sources, found)
    return found


def _sort_note(member: Member, sources: tuple[Source, ...], found: Sorted) -> None:
    folder = member.folded.rpartition("/")[0].rpartition("/")[2]
    for source in sources:
        if re.fullmatch(source.folder, folder):
            found.data[source.table].append(member)


def _sort_data(member: Member, stem: str, sources: tuple[Source, ...], found: Sorted) -> None:
    start = start_of(member)
    key, _ = wrapper(start)
    if key in ("participants", "messages") or (not key and b'"participants"' in start):
        found.messages.append(member)
        return
    source = (_by(sources, "keys", key) if key else None) or _by(sources, "stems", stem) or _shaped(sources, key, start)
    (found.data[source.table] if source else found.other).append(member)


def _by(sources: tuple[Source, ...], what: str, name: str) -> Source | None:
    return next((source for source in sources if re.fullmatch(getattr(source, what), name)), None)


def _shaped(sources: tuple[Source, ...], key: str, start: bytes) -> Source | None:
    shaped = (source for source in sources if source.shape and re.search(source.shape, start))
    return None if key else next(shaped, None)


# Reading.


def read_all(
    platform: str, members: list[Member], sources: tuple[Source, ...], options: Options, talks: bool = True
) -> Iterator[Record]:
    """Yield everything that the files hold: each kind of record, then the conversations, then what was left."""
    found = sort(members, sources)
    unknown: set[str] = set()
    for source in sources:
        yield from _data(platform, source, found, unknown)
    if talks:
        yield from _talks(platform, found, options)
    if found.other:
        yield Problem(found.other[0].at(), f"{count(len(found.other), 'file')} of kinds that are not used, left unread")
    if unknown:
        yield Problem(
            members[0].at(), f"{count(len(unknown), 'key')} not understood, in records that were read otherwise"
        )


def _talks(platform: str, found: Sorted, options: Options) -> Iterator[Record]:
    if found.pages["messages"] and not found.messages:
        yield from _unread("messages", found.pages["messages"][:1])
        return
    names = {name for member in found.data["profile"] for name in owners(member)}
    yield from conversations(platform, found.messages, names_of({*names, options.owner}), options)


def count(number: int, name: str) -> str:
    """Return a number of things in words."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def _data(platform: str, source: Source, found: Sorted, unknown: set[str]) -> Iterator[Record]:
    """Yield one kind of record, and sum up what each file had dropped; an HTML copy counts only without JSON."""
    data, pages = found.data[source.table], found.pages[source.table]
    if pages and not data:
        yield from _pages(platform, source, pages)
        return
    dropped: Counter[tuple[str, str, str]] = Counter()

    def made(record: Any, pointer: Pointer) -> Iterator[Made]:
        if isinstance(record, dict) and source.page:
            unknown.update(record.keys() - RECORD - _LEFT)
            if record.keys().isdisjoint(RECORD):
                raise KeyError("none of the fields that such a record has")
        for each in source.make(platform, record, pointer):
            if isinstance(each, Removed):
                name = "a field whose name is hidden" if shaped(each.field) else each.field
                dropped[pointer.source, pointer.member, name] += each.count
            else:
                yield each

    for record in table(source.table, data, partial(_records, source), made):
        if isinstance(record, Table):
            yield from (Removed(Pointer(of, member), name, count) for (of, member, name), count in dropped.items())
        yield record


def _records(source: Source, member: Member) -> Iterator[Located]:
    """Yield a file's records; where its own shape is not known, what is wrong with it."""
    if member.base == "no-data.txt":
        return
    try:
        yield from source.records(member)
        if source.records is records and member.size <= MOST_TWICE:
            yield from _further(source, member)
    except ODD as error:
        yield "", error


def _further(source: Source, member: Member) -> Iterator[Located]:
    """Yield the records under a second key of the same kind, and an error for each list under any other."""
    key, _ = wrapper(start_of(member))
    held = json_whole(member) if key else None
    for name, value in held.items() if isinstance(held, dict) else ():
        if name == key or not value or not isinstance(value, list | dict):
            continue
        if re.fullmatch(source.keys, name):
            yield from ((f"/{name}/{number}", mended(each)) for number, each in enumerate(many(value)))
        else:
            yield "", KeyError("records under a key that is not known")


def _pages(platform: str, source: Source, pages: list[Member]) -> Iterator[Record]:
    kind = source.page
    if kind is None:
        yield from _unread(source.table, pages)
        return
    for record in table(source.table, pages, blocks, partial(item_of, platform, kind)):
        yield replace(record, state="partial") if isinstance(record, Table) and record.read else record


def _unread(name: str, pages: list[Member]) -> Iterator[Record]:
    yield from (Problem(page.at(), "an HTML copy of what is read from JSON only") for page in pages)
    yield Table(name, "unreadable")


def owners(member: Member) -> Iterator[str]:
    """Yield the names that the account goes by, by which its own messages are told."""
    try:
        for _, record in records(member):
            name = within(record, "name")
            yield from map(text, (within(name, "full_name"), name, within(record, "username")))
            fields = entries(record)
            yield from (said(fields, "name"), said(fields, "username"))
    except (*BROKEN, *ODD):
        return


# Recognition.


def recognition(
    platform: str, files: Files, sources: tuple[Source, ...], root: str, generation: Callable[[list[Member]], str]
) -> Recognition | None:
    """Return what the platform's share of the files is taken for, or None where nothing in it tells."""
    members = share(files)[platform]
    named = [member for member in members if MARKS[platform].search(member.folded) and stem_of(member)[1]]
    rooted = [member for member in named if re.search(rf"(^|/)({root})/", member.folded)]
    data = data_of(named or members)[:MOST_OPENED]
    proven = next((member for member in data if _proves(member, platform, sources, bool(named))), None)
    form = "json" if any(stem_of(member)[1] == "json" for member in members) else "html"
    if not proven and not rooted and (form == "json" or len(named) < 2):
        return None
    confidence = (0.95 if rooted and proven else 0.85 if proven and named else 0.7) if form == "json" else 0.6
    shown = [member for member in named if not NAMED.fullmatch(stem_of(member)[0])]  # a conversation's folder is a name
    evidence = tuple(dict.fromkeys(member.name for member in (proven, *shown) if member))[:3]
    missing = _missing(members, sources)
    return Recognition(
        platform, generation(members), form, confidence, evidence, language_in(data), _account(members, sources),
        missing, JSON_ADVICE if form == "html" else NO_POSTS if "posts" in missing else "",
    )  # fmt: skip


def _proves(member: Member, platform: str, sources: tuple[Source, ...], named: bool) -> bool:
    """Say whether a file's content is the platform's; what others hold too counts only under a name of its own."""
    start = start_of(member)
    key, _ = wrapper(start)
    shared = b'"label_values"' in start or (bool(key) and _by(sources, "keys", key) is not None)
    return owner_of(start) == platform or (named and shared)


def _missing(members: list[Member], sources: tuple[Source, ...]) -> tuple[str, ...]:
    """Return which of the kinds that matter most there are no files of."""
    held = sort(members, sources)
    tables = {name.removeprefix("flat ") for held_as in (held.data, held.pages) for name in held_as if held_as[name]}
    expected = {source.table for source in sources}
    return tuple(name for name in ("profile", "posts", "comments") if name in expected and name not in tables)


_ACCOUNT = re.compile(rb'"(?:[Uu]sername|full_name)"\s*:\s*(?:\{[^}]*?"value"\s*:\s*)?("(?:[^"\\]|\\.)+")')


def _account(members: list[Member], sources: tuple[Source, ...]) -> str:
    """Return the account's handle or name, as the profile gives it."""
    for member in members:
        source = _by(sources, "stems", stem_of(member)[0])
        if source and source.table == "profile":
            names = _ACCOUNT.findall(member.start(2**16))
            if names:
                return str(mended(unquoted(names[-1].decode(errors="replace"))))
    return ""


def language_in(members: Iterable[Member]) -> str:
    """Return the language of the first file whose field names tell one."""
    for member in list(members)[:8]:
        start = start_of(member).decode(errors="replace")
        labels = re.findall(r'"label"\s*:\s*("(?:[^"\\]|\\.)*")|("(?:[^"\\]|\\.)*")\s*:\s*\{', start)
        names = (mended(unquoted(label or key)) for label, key in labels)
        found = language_of(names)
        if found != "unknown":
            return found
    return "unknown"


# The table, the names of its files, the keys that wrap its records, the kind of item, its direction and its state.
Directed = tuple[tuple[str, str, str, Kind, str, str], ...]


def directed(rows: Directed) -> tuple[Source, ...]:
    """Return the sources of contacts and requests."""
    return tuple(
        Source(name, stems, keys, partial(contact, kind=kind, direction=direction, state=state))
        for name, stems, keys, kind, direction, state in rows
    )
