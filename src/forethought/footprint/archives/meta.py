"""What Facebook, Instagram and Threads share: whose each file is, what it holds, and how that is read."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from forethought.footprint.archives.decode import Assigned, Located, UnreadableError, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta_html import blocks, item_of
from forethought.footprint.archives.meta_items import Made, contact
from forethought.footprint.archives.meta_labels import RECORD, entries, language_of, said, shaped
from forethought.footprint.archives.meta_messages import NAMED, conversations, names_of
from forethought.footprint.archives.platform import BROKEN, ODD, Options, Recognition, table
from forethought.footprint.archives.values import many, mended, text, within
from forethought.footprint.item import Kind, Pointer, Problem, Record, Removed, Table

Maker = Callable[[str, Any, Pointer], Iterable[Made]]

MOST_TWICE = 2**22  # bytes of a file that is looked through for further keys
MOST_OPENED = 40  # files of unknown names that are opened to tell whose they are
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
# Names that only one of the platforms uses, and the folders that only it has.
MARKS = {
    "threads": re.compile(
        r"(^|/)your_instagram_activity/threads/|(^|/)threads_and_replies(_\d+)?\.(json|html)$|"
        r"(^|/)threads/(personal_information|follow\w+|liked_threads|threads_viewed|\w+_profiles|\w+_requests)\.\w+$"
    ),
    "facebook": re.compile(
        r"(^|/)(your_facebook_activity|your_activity_across_facebook|comments_and_reactions|friends_and_followers)/|"
        r"(^|/)(profile_information|(your|profile)_posts(_[^/]*)?|(your_)?friends|group_posts_and_comments)"
        r"\.(json|html)$"
    ),
    "instagram": re.compile(
        r"(^|/)(your_instagram_activity|account_information|apps_and_websites_off_of_instagram)/|"
        r"(^|/)(posts_\d+|post_comments(_\d+)?|followers_\d+|stories|reels|login_activity)\.(json|html)$|"
        r"(^|/)(personal_information/)+personal_information\.(json|html)$|^([^/]+/)?(media|connections)\.json$"
    ),
}
UNSURE = "unsure"  # the share of files that could be either's
_ROOTS = re.compile(
    r"(^|.*?/)(?=(your_\w+|connections|personal_information|security_and_login_information|preferences|ads_information|"
    r"logged_information|apps_and_websites\w*|media|content|posts|comments|messages|threads)/)"
)
# The keys and the shapes that only one of them has, whatever the file is called.
_KEYS = {
    "threads": re.compile(r"text_post_app_\w+"),
    "instagram": re.compile(
        r"profile_user|ig_\w+|comments_(media|reels)_comments|relationships_\w+|likes_(media|comment)_likes|"
        r"saved_saved_\w+|account_history_\w+|media_comments"
    ),
    "facebook": re.compile(
        r"(profile|comments|friends|group_posts|group_comments|groups_joined|reactions|other_photos|videos|"
        r"(received|sent|rejected)_requests|installed_apps|off_facebook_activity)_v\d"
    ),
}
_SHAPES = {
    "facebook": re.compile(
        rb'(?s)(?=.*"timestamp"\s*:\s*\d)(?=.*"(data|attachments)"\s*:\s*[\[{])'
        rb'(?=.*"(post|update_timestamp|comment|external_context|media)"\s*:)'
    ),
    "instagram": re.compile(rb'"string_(list|map)_data"|"media"\s*:\s*[\[{](?s:.{0,400})"creation_timestamp"'),
}
_NAME = re.compile(r"^(.*?)(?: ?\(\d+\))?\.(json|html)$")
_FIELD = re.compile(rb'"((?:[^"\\]|\\.)*)"\s*:\s*([\[{"\-\w])')


def stem_of(member: Member) -> tuple[str, str]:
    """Return a file's name without a copy's number, and its form: json, html, or none."""
    found = _NAME.match(member.base)
    return (found[1], found[2]) if found else (member.base, "")


def start_of(member: Member) -> bytes:
    """Return the first bytes, from the first that counts."""
    return member.start().lstrip(b"\xef\xbb\xbf \r\n\t")


def wrapper(start: bytes) -> tuple[str, bool]:
    """Return the key that wraps the records of a file, and whether they are a list, not one object.

    No key is given where they stand at the top, or the file is one record itself.
    """
    for key, opened in _FIELD.findall(start) if start[:1] == b"{" else ():
        if key.decode(errors="replace") in RECORD:
            return "", False
        if opened in (b"[", b"{"):
            return unquoted(f'"{key.decode(errors="replace")}"'), opened == b"["
    return "", start[:1] == b"["


def unquoted(written: str) -> str:
    """Return a JSON string's letters; one that is broken stays as it is."""
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        return written.strip('"')


def data_of(members: Iterable[Member]) -> list[Member]:
    """Return the files of data that are no conversations."""
    told = ((member, stem_of(member)) for member in members)
    return [member for member, (stem, form) in told if form == "json" and not NAMED.fullmatch(stem)]


def first_keys(start: bytes) -> set[str]:
    """Return the names of the fields at the start of a file."""
    return {key.decode(errors="replace") for key, _ in _FIELD.findall(start)}


def records(member: Member) -> Iterator[Located]:
    """Yield each record, mended, whether the file is a list, one record, or wraps either in a key or two."""
    key, listed = wrapper(start_of(member))
    for locator, record in _streamed(member, key, listed):
        for within_it, each in _unwrapped(locator, record):
            yield within_it, mended(each)


def _streamed(member: Member, key: str, listed: bool) -> Iterator[Located]:
    """Yield the elements of the list under a key, or what stands there, with five times the speed of `json_items`."""
    import ijson  # when an archive is read

    prefix = ".".join(part for part in (key, "item" if listed else "") if part)
    at = f"/{key}" if key else ""
    with member.open() as stream:
        try:
            for number, record in enumerate(ijson.items(Assigned(stream), prefix, use_float=True)):
                yield f"{at}/{number}" if listed else at, record
        except (ijson.JSONError, UnicodeError, ValueError):
            raise UnreadableError(member.name, "it breaks off, or is not JSON") from None


def _unwrapped(locator: str, record: Any) -> Iterator[Located]:
    """Yield the records in an object that is only a further wrapper, or else the record."""
    key = next(iter(record)) if isinstance(record, dict) and len(record) == 1 else ""
    inner = record[key] if key not in RECORD and re.fullmatch(r"[a-z_]+(_v\d)?", key) else None
    if isinstance(inner, list) and inner and all(isinstance(each, dict) for each in inner):
        yield from ((f"{locator}/{key}/{number}", each) for number, each in enumerate(inner))
    else:
        yield locator, record


# Whose each file is.

# Told once for all three platforms. Only names are kept: a Member leads back to its Files, which would then never go.
_shared: WeakKeyDictionary[Files, dict[tuple[str, str], str]] = WeakKeyDictionary()


def share(files: Files) -> dict[str, list[Member]]:
    """Return the files of each platform. The folder decides, then the rest of the input, then content."""
    if files not in _shared:
        told = _share(files)
        _shared[files] = {(member.source, member.name): name for name, members in told.items() for member in members}
    owners = _shared[files]
    shares: dict[str, list[Member]] = {name: [] for name in (*MARKS, UNSURE)}
    for member in files:
        owner = owners.get((member.source, member.name))
        if owner:
            shares[owner].append(member)
    return shares


def _share(files: Files) -> dict[str, list[Member]]:
    shares: dict[str, list[Member]] = {name: [] for name in (*MARKS, UNSURE)}
    groups: dict[tuple[str, str], list[Member]] = defaultdict(list)
    sizes = Counter(member.source for member in files)
    for member in files:
        if member.base.endswith((".json", ".html")) or member.base == "no-data.txt":
            groups[(member.source if sizes[member.source] > 1 else "", _wrapping(member))].append(member)
    unsure: list[Member] = []
    for group in groups.values():
        unsure.extend(_told(group, shares))
    _opened(unsure, shares)
    return shares


def _wrapping(member: Member) -> str:
    found = _ROOTS.match(member.folded)
    return found[1] if found else ""


def _told(group: list[Member], shares: dict[str, list[Member]]) -> list[Member]:
    """Share out the files of one export by their names, and return those that no name tells."""
    marked = {member.folded: _marked(member) for member in group}
    homes = set(marked.values()) - {"", "threads"}
    unsure: list[Member] = []
    for member in group:
        owner = marked[member.folded] or (next(iter(homes)) if len(homes) == 1 else "")
        (shares[owner] if owner else unsure).append(member)
    return unsure


def _marked(member: Member) -> str:
    return next((name for name, mark in MARKS.items() if mark.search(member.folded)), "")


def _opened(unsure: list[Member], shares: dict[str, list[Member]]) -> None:
    """Share out files by what they hold; what tells nothing goes to the only platform there is."""
    sealed: list[Member] = []
    opened = 0
    for member in unsure:
        stem, form = stem_of(member)
        plain = form == "json" and not NAMED.fullmatch(stem) and opened < MOST_OPENED
        opened += plain
        owner = owner_of(start_of(member)) if plain else ""
        (shares[owner] if owner else sealed).append(member)
    present = [name for name in ("facebook", "instagram") if shares[name]]
    shares[present[0] if len(present) == 1 else UNSURE] += sealed


def owner_of(start: bytes) -> str:
    """Return the platform whose records a file begins with, or none."""
    key, _ = wrapper(start)
    by_key = next((name for name, pattern in _KEYS.items() if key and pattern.fullmatch(key)), "")
    if not key and {"biography", "username"} <= first_keys(start):
        return "instagram"
    return by_key or next((name for name, shape in _SHAPES.items() if not key and shape.search(start)), "")


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
