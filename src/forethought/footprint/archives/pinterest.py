"""Pinterest exports: pages or data of boards, pins and comments, in files of unknown names; read with reserve."""

import re
from collections.abc import Iterator
from functools import partial

from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.saved import page_item, pages, writing_item, writings
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.item import Record

ADVICE = (
    "What Pinterest exports is not well known, so pins and comments may be missing. Secret boards are not told apart."
)
MOST_LOOKED_AT = 20
_TITLE = re.compile(rb"(?i)<title>[^<]*pinterest")


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None: only what names Pinterest, since nothing else is known of it."""
    found = _pages(files) + _data(files)
    if not found or not (any("pinterest" in member.folded for member in found) or _titled(_pages(files))):
        return None
    form = "html" if _pages(files) else "json"
    evidence = ("a name or a title with Pinterest in it",)
    return Recognition("pinterest", "unknown", form, 0.5, evidence, "unknown", missing=("dates",), advice=ADVICE)


def _titled(found: list[Member]) -> bool:
    return any(_TITLE.search(member.start()) for member in found[:MOST_LOOKED_AT])


def _pages(files: Files) -> list[Member]:
    return [member for member in files if member.base.endswith((".html", ".htm"))]


def _data(files: Files) -> list[Member]:
    return [member for member in files if member.base.endswith(".json")]


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield what the pages show, and what the data holds of writing."""
    dropped = Dropped()
    yield from table("pages", _pages(files), pages, partial(page_item, "pinterest"))
    yield from table("data", _data(files), partial(writings, dropped), partial(writing_item, "pinterest"))
    yield from dropped.told()


PINTEREST = Platform("pinterest", "Pinterest", recognise, read, experimental=True)
