"""What is only counted: private conversations without their words, and values that were dropped without the values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forethought.footprint.archives.values import text
from forethought.footprint.item import Item, Moment, Pointer, Record, Removed, State, Table

_FILLED: dict[State, State] = {"empty": "present", "unreadable": "partial"}


class Dropped:
    """Secrets and other people's data that files held, counted by file and field; a value is never kept."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.counts: Counter[tuple[str, str, str]] = Counter()

    def note(self, pointer: Pointer, field: str, count: int = 1) -> None:
        """Count something that was dropped from a file."""
        self.counts[pointer.source, pointer.member, field] += count

    def cells(self, pointer: Pointer, record: Mapping[str, Any], fields: Mapping[str, str]) -> None:
        """Count each of these columns that the record fills, under the name that people see."""
        for column, name in fields.items():
            if text(record.get(column)):
                self.note(pointer, name)

    def told(self) -> Iterator[Removed]:
        """Yield one record for each file and field."""
        for (source, member, name), count in self.counts.items():
            yield Removed(Pointer(source, member), name, count)


@dataclass(slots=True)
class Talk:
    """One private conversation: where it begins, with whom, how many messages, and over what time."""

    pointer: Pointer
    first: Moment
    last: Moment
    names: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    messages: int = 0
    sent: int = 0

    def hear(self, created: Moment, mine: bool) -> None:
        """Count one message."""
        self.messages += 1
        self.sent += mine
        self.first = _outer(self.first, created, earlier=True)
        self.last = _outer(self.last, created, earlier=False)

    def details(self) -> tuple[tuple[str, str], ...]:
        """Return the partners, the counts and the span of time."""
        partners = [("name", each) for each in sorted(self.names)] + [("handle", each) for each in sorted(self.handles)]
        counts = [("messages", str(self.messages)), ("sent", str(self.sent))]
        return (*partners, *counts, ("first", self.first.raw), ("last", self.last.raw))


def _outer(known: Moment, new: Moment, *, earlier: bool) -> Moment:
    if known.at is None or new.at is None:
        return new if known.at is None else known
    before = new.at.replace(tzinfo=None) < known.at.replace(tzinfo=None)
    return new if before is earlier else known


class Talks:
    """The private conversations of an archive, told as one item each once all their messages have gone by."""

    def __init__(self, platform: str) -> None:
        """Take the platform's name."""
        self.platform = platform
        self.talks: dict[str, Talk] = {}

    def hear(self, key: str, pointer: Pointer, created: Moment, *, mine: bool) -> Talk:
        """Count one message of the conversation with this key, and return the conversation."""
        talk = self.talks.setdefault(key, Talk(pointer, created, created))
        talk.hear(created, mine)
        return talk

    def told(self, records: Iterable[Record], *, keyed: bool = True) -> Iterator[Record]:
        """Pass on the records, and before their Table the conversations, which it then counts.

        Without `keyed` the key names a person, so the first moment and a number stand for it.
        """
        for record in records:
            if isinstance(record, Table) and self.talks:
                yield from self._items(keyed)
                state = _FILLED.get(record.state, record.state)
                record = replace(record, read=record.read + len(self.talks), state=state)
            yield record

    def _items(self, keyed: bool) -> Iterator[Item]:
        begun: Counter[str] = Counter()
        for key, talk in self.talks.items():
            begun[talk.first.raw] += 1
            yield self._item(key if keyed else f"{talk.first.raw} {begun[talk.first.raw]}", talk)

    def _item(self, key: str, talk: Talk) -> Item:
        return Item(
            "message", self.platform, talk.pointer, key=key, created=talk.first, own_words=False, details=talk.details()
        )


def untabled(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records but their Table, for a kind of which nothing is kept and the count is told apart."""
    return (record for record in records if not isinstance(record, Table))
