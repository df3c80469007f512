"""Meta's files: how each is opened and streamed, and which platform's it is."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from forethought.footprint.archives.decode import Assigned, Located, UnreadableError
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta_labels import RECORD
from forethought.footprint.archives.meta_messages import NAMED
from forethought.footprint.archives.values import mended

MOST_OPENED = 40  # files of unknown names that are opened to tell whose they are
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
