"""What a room brings to the desk: a Django app in a folder of its own, whose module `room` holds a `Room`.

Its pages are in `urls`, its templates in `templates/<room>/`, and its models are migrated and exported with the rest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """Something that needs attention today, or was found: what it is, where it lies, and a remark."""

    title: str
    address: str
    remark: str = ""


def nothing() -> Iterable[Item]:
    """Return no items: a room that never needs attention."""
    return ()


def nothing_found(words: str) -> Iterable[Item]:
    """Return no items: a room in which nothing can be searched for."""
    return ()


@dataclass(frozen=True, slots=True)
class Room:
    """What a room brings: its name in addresses, its title, and what it has for the first page and for a search.

    `opened` is called when the vault has been opened. `always` are the names of its pages that hold nothing of the
    person's and are there for everybody, locked or not, such as what to do in danger.
    """

    name: str
    title: str
    today: Callable[[], Iterable[Item]] = nothing
    search: Callable[[str], Iterable[Item]] = nothing_found
    opened: Callable[[], object] = nothing
    always: tuple[str, ...] = ()
