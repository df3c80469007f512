"""What an archive yields: items, each with a pointer to its record, and what could not be read, each with a reason."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal[
    "post", "comment", "reply", "repost", "quote", "like", "message", "bio", "story", "deleted", "draft",
    "profile", "photo", "contact", "request", "app", "session", "setting",
]  # fmt: skip
WRITING: frozenset[Kind] = frozenset({"post", "comment", "reply", "quote", "bio", "story", "deleted", "draft", "photo"})
Zone = Literal["utc", "offset", "device", "unknown"]
State = Literal["present", "empty", "absent", "unreadable", "partial"]
Who = Literal[
    "public", "unlisted", "followers", "friends", "connections", "group", "named people", "paid", "only me", "unknown"
]
Level = Literal["post", "account", "channel", "none"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a record lies: the SHA-256 of the input file, the member's name as stored, and a locator within it.

    The locator is a JSON Pointer, `row N` of a table, `line N`, an element's id or a repository's key, and refers to
    the file as it is, before anything was unwrapped.
    """

    source: str
    member: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was made: as written, the instant where one can be told, and what is known of its zone.

    `at` is aware where the zone is `utc` or `offset`, and naive otherwise: an unknown zone is never made up.
    """

    raw: str = ""
    at: datetime | None = None
    zone: Zone = "unknown"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who could see an item, at which level that is said, and the record that says it."""

    who: Who = "unknown"
    level: Level = "none"
    source: str = ""


UNKNOWN = Audience()


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, recording or film that goes with an item: its name in the archive, and the words that describe it.

    `gives` tells what the file still gives away, where it was looked into and that is something; `words` are those to
    be seen in it, where they were read.
    """

    name: str
    alt: str = ""
    gives: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that the archive's owner wrote or did there.

    `key` is the platform's own id where it has one. `own_words` holds only for what the person wrote. `details` are
    further facts as pairs of name and value, such as a group's name, a profile's field or a contact's direction.
    """

    kind: Kind
    platform: str
    pointer: Pointer
    text: str = ""
    key: str = ""
    created: Moment = Moment()
    own_words: bool = True
    audience: Audience = UNKNOWN
    reply_to: str = ""
    address: str = ""
    media: tuple[Media, ...] = ()
    details: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The same for the same item in every export: from the platform's id, or else from time, words and details."""
        folded = " ".join(unicodedata.normalize("NFC", self.text).split())
        details = (f"{name}={value}" for name, value in self.details)
        parts = (self.key,) if self.key else (self.created.raw, folded, *details)
        return hashlib.sha256("\x1f".join((self.platform, self.kind, *parts)).encode(errors="replace")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, or was left out on purpose: where, and what, never with a value in it."""

    pointer: Pointer
    what: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Secrets, or other people's data, that a file held and that were dropped: the field's name and how many."""

    pointer: Pointer
    field: str
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """What became of one kind of record: its state, how many were read, and how many the export says it holds."""

    name: str
    state: State
    read: int = 0
    said: int | None = None


Record = Item | Problem | Removed | Table
