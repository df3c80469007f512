"""The hash chain: each event names the hash of the one before, so no event can be changed or moved unseen.

An event holds no content. It commits to it: `content` is the hash of a secret salt and the fields, so that a chain can
be handed over whole while what one recipient does not need stays at home, and a removal leaves nothing readable.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

from forethought.incidents.ledger.canonical import canonical

Did = Literal["added", "corrected", "removed"]


@dataclass(frozen=True, slots=True)
class Link:
    """One event of an incident: which it is, what it follows, when by this computer's clock, and what it did to what.

    `at` is UTC in ISO 8601; `record` is the id of the record concerned, and `content` what it commits to.
    """

    incident: str
    number: int
    previous: str
    at: str
    did: str
    what: str
    record: str
    content: str

    @property
    def hash(self) -> str:
        """The SHA-256 of its canonical form, in hexadecimal."""
        return sha256(canonical(asdict(self))).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.where}: {self.what}"


def start(incident: str) -> str:
    """Return what the first event of an incident follows, so that no chain can begin with another's events."""
    return sha256(f"forethought incident {incident}".encode()).hexdigest()


def committed(salt: str, fields: Mapping[str, Any]) -> str:
    """Return the hash that commits to fields; without the salt nobody can guess them from it."""
    return sha256(canonical({"fields": dict(fields), "salt": salt})).hexdigest()


def check(links: Iterable[tuple[Link, str]], incident: str) -> Iterator[Fault]:
    """Yield what does not hold in a chain, given each link in order with the hash that was kept for it."""
    previous, expected = start(incident), 1
    for link, kept in links:
        where = f"event {link.number}"
        if link.number != expected:
            yield Fault(where, _misplaced(link.number, expected))
        if link.previous != previous:
            yield Fault(where, "it does not follow the event before it: one was changed, removed or put in between")
        if link.incident != incident:
            yield Fault(where, "it belongs to another incident")
        if link.hash != kept:
            yield Fault(where, "it was changed after it was written")
        previous, expected = kept, link.number + 1


def _misplaced(number: int, expected: int) -> str:
    if number > expected:
        gone = f"event {expected}" if number == expected + 1 else f"events {expected} to {number - 1}"
        return f"{gone} before it went missing"
    return f"it stands where event {expected} should"


def turned_back(links: Iterable[Link]) -> Iterator[Fault]:
    """Yield where this computer's clock went back between two events; the order of the events holds all the same.

    A clock that ran far ahead shows where it was put right, so that one of the two times is wrong.
    """
    before = ""
    for link in links:
        if link.at < before:
            words = f"the computer's clock went back before it, from {before} to {link.at}: one of the two may be wrong"
            yield Fault(f"event {link.number}", words)
        before = link.at
