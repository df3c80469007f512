"""Tumblr exports: pages of posts and a payload of data, whose shapes nobody has written down; read with reserve."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.saved import page_item, pages, writing_item, writings
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.item import Item, Pointer, Record

ADVICE = "What Tumblr exports is not well known, so posts may be missing, and other people's words stand among them."


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    posts, payload = _posts(files), _payload(files)
    if not posts and not (payload and files.matching(r"conversations[^/]*(?:/.*)?")):
        return None
    evidence = (("posts/html with numbered pages",) if posts else ()) + tuple(member.base for member in payload[:1])
    missing = (() if posts else ("posts",)) + (() if payload else ("payload-0.json",))
    sure = 0.7 if posts and payload else 0.5
    return Recognition("tumblr", "unknown", "html", sure, evidence, "unknown", missing=missing, advice=ADVICE)


def _posts(files: Files) -> list[Member]:
    return files.matching(r"posts/html/\d+\.html")


def _payload(files: Files) -> list[Member]:
    return files.matching(r"payload-\d+\.json")


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the posts, and what the payload holds of writing; conversations are only counted."""
    dropped = Dropped()
    yield from table("posts", _posts(files), pages, _post)
    yield from table("payload", _payload(files), partial(writings, dropped), partial(writing_item, "tumblr"))
    for member in files.matching(r"conversations[^/]*(?:/.*)?"):
        dropped.add(member.at(), "conversations")
    yield from dropped.told()


def _post(html: Any, pointer: Pointer) -> Iterable[Item]:
    key = pointer.member.rpartition("/")[2].partition(".")[0]
    return page_item("tumblr", html, pointer, key)


TUMBLR = Platform("tumblr", "Tumblr", recognise, read, experimental=True)
