"""Tables that are held against the export's own counts, and what is kept of a private conversation."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from forethought.footprint.archives.decode import Located
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.platform import table
from forethought.footprint.item import Item, Pointer, Problem, Record, Removed, Table

Maker = Callable[[object, Pointer], Iterable[Item | Problem | Removed]]


def counted(
    name: str,
    members: Iterable[Member],
    records: Callable[[Member], Iterable[Located]],
    items: Maker,
    said: int | None = None,
) -> Iterator[Record]:
    """Read as `table` does, but count the records that were read, and tell what was removed once for each file."""
    read = 0
    removed: Counter[tuple[Pointer, str]] = Counter()

    def made(record: object, pointer: Pointer) -> list[Item | Problem | Removed]:
        nonlocal read
        out = list(items(record, pointer))
        read += 1
        return out

    for each in table(name, members, records, made):
        if isinstance(each, Removed):
            removed[replace(each.pointer, locator=""), each.field] += each.count
        elif isinstance(each, Table):
            yield from (Removed(pointer, field, count) for (pointer, field), count in removed.items())
            yield held_against(each, read, said)
        else:
            yield each


def held_against(found: Table, read: int, said: int | None) -> Table:
    """Return a table with the number of its records, and its state with regard to how many there should be."""
    state = found.state
    if state in ("partial", "unreadable"):
        state = "partial" if read else "unreadable"
    elif state != "absent":
        short = said is not None and read < said
        state = "partial" if short else "present" if read else "empty"
    return Table(found.name, state, read, said)


@dataclass(slots=True)
class Span:
    """A private conversation as far as it is kept: how many messages each way, from when to when, and with whom."""

    sent: int = 0
    received: int = 0
    first: str = ""
    last: str = ""
    others: set[str] = field(default_factory=set)

    def add(self, own: bool, when: str, others: Iterable[str] = ()) -> None:
        """Count one message, of a moment as ISO 8601 writes it, which sorts as text."""
        self.sent += own
        self.received += not own
        self.first = min(self.first or when, when or self.first)
        self.last = max(self.last, when)
        self.others.update(others)

    def details(self, sided: bool = True) -> tuple[tuple[str, str], ...]:
        """Return the counts, each way only where it is known which side is the person's, the span, and the handles."""
        total = ("messages", str(self.sent + self.received))
        ways = (("sent", str(self.sent)), ("received", str(self.received))) if sided else ()
        span = (("first", self.first), ("last", self.last)) if self.first else ()
        return (total, *ways, *span, *(("handle", other) for other in sorted(self.others)))


def veiled(key: str) -> str:
    """Return a key that stands for one which names somebody else, and that stays the same in every export."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()[:24] if key else ""
