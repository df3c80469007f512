"""A post as far as it can tell whether its account's owner wrote it, and the posts of an archive as such."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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


def post(key: str, text: str, at: datetime | None, details: Mapping[str, object]) -> Post:
    """Return a post of an archive, with the app and the place that its details tell."""
    told = {name.lower(): str(value) for name, value in details.items()}
    app, place = (next((told[name] for name in names if name in told), "") for names in (APP, PLACE))
    return Post(key, text, at, app, place)
