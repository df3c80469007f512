"""What a pack is made from and for whom: the case, the recipient, and what of the one goes to the other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forethought.incidents.fields import Fields, value_of
from forethought.incidents.ledger import Head, Link

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """The content of one event of the chain, with the salt that its commitment was made with."""

    event: int
    did: str
    what: str
    record: str
    salt: str
    fields: Fields
    at: str

    @property
    def kind(self) -> str:
        """What its fields are titled as: a removal has fields of its own."""
        return "removal" if self.did == "removed" else self.what

    def value(self, name: str) -> Any:
        """Return a field's value, empty where it has none."""
        return value_of(self.fields, name)

    @property
    def number(self) -> int:
        """The number of an item, 0 for anything else."""
        return int(self.value("number") or 0)


@dataclass(frozen=True, slots=True)
class StampFile:
    """A timestamp as an authority gave it: `token` is the whole reply (DER), `roots` its root certificates (PEM).

    It was made over the text of the chain's head (`Head.text`) when the chain had `head_length` events.
    """

    at: datetime
    authority: str
    head_length: int
    token: bytes
    roots: bytes


@dataclass(frozen=True, slots=True)
class Case:
    """An incident as a pack takes it: its whole chain, what is still kept of its content, and how to open an item.

    `links` are in order, each with the hash that was kept for it; `kept` has every event whose content is there,
    oldest first. `open` takes the id of an item's record and yields its bytes.
    """

    incident: str
    title: str
    links: tuple[tuple[Link, str], ...]
    kept: tuple[Kept, ...]
    open: Callable[[str], Iterator[bytes]]
    stamps: tuple[StampFile, ...] = ()

    @property
    def head(self) -> Head:
        """The chain's head."""
        return self.head_at(len(self.links))

    def head_at(self, length: int) -> Head:
        """Return the head that the chain had when it was so long."""
        return Head(self.incident, length, self.links[length - 1][1])


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom a pack can be handed: which fields of which records they need, what the cover says.

    `needs` names fields by kind of record; `*` stands for all. `cautions` are for the sender, before the pack is made.
    `whole` gives all there is, earlier versions and held-back items with it.
    """

    id: str
    title: str
    cover: tuple[str, ...]
    cautions: tuple[str, ...]
    needs: Mapping[str, tuple[str, ...]]
    whole: bool = False

    def may_have(self, kept: Kept) -> Fields:
        """Return the fields of a record that this recipient needs."""
        needed = self.needs.get(kept.kind, ())
        if self.whole or "*" in needed:
            return dict(kept.fields)
        return {name: each for name, each in kept.fields.items() if _needs(needed, name, each)}


def _needs(needed: tuple[str, ...], name: str, field: Mapping[str, Any]) -> bool:
    """Say whether a field is needed; `file` stands for all that was read from a file, since it can be read there again.

    That an item shows no client, or could not be read, tells nothing, so it never keeps a record back.
    """
    plain = name in needed or (name.startswith("file: ") and "file" in needed)
    return plain or (bool(needed) and (name == "read" or (name, field["value"]) == ("client", "no")))


@dataclass(frozen=True, slots=True)
class Going:
    """An item that goes into the pack, and the name of its file there; `covered` says that it is a redacted copy."""

    kept: Kept
    file: str
    covered: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An item that stays at home, and why."""

    kept: Kept
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is told of in the chronology: `fields` are those that the recipient needs.

    `whole` says that these are all it has, so that they can be checked against the chain; `began` is when the record
    was first kept, and `file` its item's.
    """

    kept: Kept
    fields: Fields
    whole: bool
    began: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a case goes to a recipient, what is held back, and what is told."""

    recipient: Recipient
    going: tuple[Going, ...]
    held: tuple[Held, ...]
    told: tuple[Told, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the items that go."""
        return tuple(each.kept.number for each in self.going)
