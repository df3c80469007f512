"""A post as far as it can tell whether its account's owner wrote it, and the posts of an archive as such."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from forethought.footprint.item import WRITING, Item

APP, PLACE = ("app", "source", "client", "application"), ("place", "location", "coordinates")  # names of details


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a sent message: a key to find it by, its words, and when, from which app and where, if known."""

    key: str
    text: str
    at: datetime | None = None
    app: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What the person says is usual for them, which then counts for nothing; hours are from 0 to 23."""

    languages: frozenset[str] = frozenset()
    apps: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()


def from_items(items: Iterable[Item]) -> Iterator[Post]:
    """Yield what was written or sent in an archive, by the item's id; reposts and likes are left out."""
    for item in items:
        if item.text.strip() and item.own_words and (item.kind in WRITING or item.kind == "message"):
            details = {name.lower(): value for name, value in item.details}
            app, place = (next((details[name] for name in names if name in details), "") for names in (APP, PLACE))
            yield Post(item.id, item.text, item.created.at, app, place)
