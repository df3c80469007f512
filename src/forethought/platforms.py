"""What fits on each platform: how many characters a message, a comment, a connection note or a profile may have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from forethought.errors import UnknownNameError
from forethought.tables import table

Place = Literal["message", "comment", "note", "profile"]
FILE = Path(__file__).parent / "platforms.toml"


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform with its limits in characters, 0 where it has no such place or none is known; and who says so when."""

    id: str
    title: str
    source: str
    read: date
    message: int = 0
    comment: int = 0
    note: int = 0
    profile: int = 0

    def limit(self, place: Place) -> int:
        """Return how many characters fit in a place, 0 where no limit is known."""
        limit: int = getattr(self, place)
        return limit


@cache
def platforms() -> Mapping[str, Platform]:
    """Return the platforms whose limits are known, by id."""
    return {each["id"]: Platform(**each) for each in table(FILE)["platform"]}


def limit(platform: str, place: Place) -> int:
    """Return how many characters fit in a place on a platform, 0 where no limit is known.

    Raises UnknownNameError for a platform whose limits nobody wrote down.
    """
    if platform not in platforms():
        raise UnknownNameError("platform", platform, platforms())
    return platforms()[platform].limit(place)


def fitted(sentences: Iterable[str], most: int) -> str:
    """Return as many of the sentences, from the first on, as fit in `most` characters; 0 means that all do.

    >>> fitted(("I do not connect here.", "It is the same for everyone."), 30)
    'I do not connect here.'
    """
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if most and len(longer) > most:
            break
        text = longer
    return text
