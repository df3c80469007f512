"""What is only counted: private conversations without their words, and values that were dropped without the values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from forethought.footprint.archives.values import text
from forethought.footprint.item import Item, Moment, Pointer, Record, Removed, State, Table

_FILLED: dict[State, State] = {"empty": "present", "unreadable": "partial"}


class Dropped:
    """Secrets and other people's data that files held, counted by file and field; a value is never kept."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.counts: Counter[tuple[Pointer, str]] = Counter()

    def add(self, pointer: Pointer, name: str, value: Any = True, count: int = 1) -> None:
        """Count a field of the record at `pointer` that was dropped, unless its value is empty."""
        if value not in (None, "", [], {}) and count:
            self.counts[replace(pointer, locator=""), name] += count

    def cells(self, pointer: Pointer, record: Mapping[str, Any], fields: Mapping[str, str]) -> None:
        """Count each of these columns that the record fills, under the name that people see."""
        for column, name in fields.items():
            self.add(pointer, name, text(record.get(column)))

    def told(self) -> Iterator[Removed]:
        """Yield one record for each file and field."""
        for (pointer, name), count in self.counts.items():
            yield Removed(pointer, name, count)


@dataclass(slots=True)
class Span:
    """The first and the last of some moments, in whatever order they come."""

    first: Moment = field(default_factory=Moment)
    last: Moment = field(default_factory=Moment)

    def take(self, when: Moment) -> None:
        """Look at one more moment."""
        if when.at:
            self.first = when if not self.first.at or _bare(when) < _bare(self.first) else self.first
            self.last = when if not self.last.at or _bare(when) > _bare(self.last) else self.last

    def facts(self) -> dict[str, str]:
        """Return both as written."""
        return {"first": self.first.raw, "last": self.last.raw}


def _bare(when: Moment) -> datetime:
    """Return a moment as it is compared where some zones are known and others are not."""
    return when.at.replace(tzinfo=None) if when.at else datetime.min


@dataclass(slots=True)
class Talk:
    """One private conversation: where it begins, with whom, how many messages, and over what time."""

    pointer: Pointer
    span: Span
    names: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    messages: int = 0
    sent: int = 0

    def hear(self, created: Moment, mine: bool) -> None:
        """Count one message."""
        self.messages += 1
        self.sent += mine
        self.span.take(created)

    def details(self) -> tuple[tuple[str, str], ...]:
        """Return the partners, the counts and the span of time."""
        partners = [("name", each) for each in sorted(self.names)] + [("handle", each) for each in sorted(self.handles)]
        counts = [("messages", str(self.messages)), ("sent", str(self.sent))]
        return (*partners, *counts, *self.span.facts().items())


class Talks:
    """The private conversations of an archive, told as one item each once all their messages have gone by."""

    def __init__(self, platform: str) -> None:
        """Take the platform's name."""
        self.platform = platform
        self.talks: dict[str, Talk] = {}

    def hear(self, key: str, pointer: Pointer, created: Moment, *, mine: bool) -> Talk:
        """Count one message of the conversation with this key, and return the conversation."""
        talk = self.talks.setdefault(key, Talk(pointer, Span(created, created)))
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
            begun[talk.span.first.raw] += 1
            yield self._item(key if keyed else f"{talk.span.first.raw} {begun[talk.span.first.raw]}", talk)

    def _item(self, key: str, talk: Talk) -> Item:
        return Item(
            "message",
            self.platform,
            talk.pointer,
            key=key,
            created=talk.span.first,
            own_words=False,
            details=talk.details(),
        )


def untabled(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records but their Table, for a kind of which nothing is kept and the count is told apart."""
    return (record for record in records if not isinstance(record, Table))
