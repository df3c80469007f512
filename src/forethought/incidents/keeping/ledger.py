"""The ledger in the vault: adding, correcting and removing, each whole or not at all, and checking all of it."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db import transaction

from forethought import __version__
from forethought.incidents.errors import AlreadyKeptError, EmptyItemError, NoRecordError
from forethought.incidents.fields import Fields, observed, value_of
from forethought.incidents.ledger import Fault, Head, Link, check, committed, start
from forethought.incidents.ledger.chain import turned_back
from forethought.incidents.models import Event, Incident
from forethought.vault import DamagedVaultError, Vault

ITEM = "evidence"  # the kind of sealed file
Tell = Callable[[int], None]


def open_incident(title: str, fields: Fields, now: datetime) -> Incident:
    """Begin an incident; its first event commits to what it is."""
    incident = Incident(key=uuid4().hex, title=title, opened=now)
    incident.head = start(incident.key)
    with transaction.atomic():
        incident.save()
        add(incident, "incident", fields, now)
    return incident


def add(incident: Incident, what: str, fields: Fields, now: datetime, record: str = "") -> Event:
    """Add a record to an incident's ledger and return its event."""
    return _append(incident, "added", what, record or uuid4().hex, fields, now)


def correct(incident: Incident, record: str, fields: Fields, now: datetime) -> Event:
    """Add an event that gives a record other fields; those before stay as history. Raises NoRecordError."""
    before = _current(incident, record)
    return _append(incident, "corrected", before.what, record, fields, now)


def remove(vault: Vault, incident: Incident, record: str, reason: str, now: datetime) -> Event:
    """Remove a record's content and file for good; its events stay, empty, with why and what its hash was.

    Raises NoRecordError.
    """
    before = _current(incident, record)
    fields = observed(sha256=before.value("sha256")) if before.digest else {}
    fields |= {"reason": {"from": "said", "value": reason}}
    with transaction.atomic():
        event = _append(incident, "removed", before.what, record, fields, now)
        emptied = incident.events.filter(record=record).exclude(pk=event.pk)
        emptied.update(salt="", fields=None, digest="", current=False)
    vault.discard(ITEM, record)
    return event


def add_item(vault: Vault, incident: Incident, content: Iterable[bytes], fields: Fields, now: datetime) -> Event:
    """Keep an item: its bytes are hashed as they come, sealed as they are, and then entered in the ledger.

    Raises EmptyItemError, AlreadyKeptError and OSError; nothing is kept then, and what was there stays.
    """
    record = uuid4().hex
    counted = _Counted(content)
    try:
        vault.seal(ITEM, record, counted)
        if not counted.length:
            raise EmptyItemError(value_of(fields, "name"))
        with transaction.atomic():
            kept = _alone(incident)
            _refuse_twice(kept, counted.sha256)
            number = kept.events.filter(what="item", did="added").count() + 1
            seen = observed(number=number, length=counted.length, sha256=counted.sha256, software=_software())
            return _append(incident, "added", "item", record, fields | seen, now, counted.sha256)
    except BaseException:
        vault.discard(ITEM, record)
        raise


class _Counted:
    """Bytes that are hashed and counted as they pass."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content, self._hash, self.length = content, sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._content:
            self._hash.update(chunk)
            self.length += len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _software() -> str:
    return f"Forethought {__version__}"


def _refuse_twice(incident: Incident, digest: str) -> None:
    same = incident.events.filter(current=True, what="item", digest=digest).first()
    if same:
        raise AlreadyKeptError(same.value("number"))


def _current(incident: Incident, record: str) -> Event:
    found = incident.events.filter(record=record, current=True).first()
    if found is None:
        raise NoRecordError
    return found


def _alone(incident: Incident) -> Incident:
    """Return an incident as it is now, which nothing else can add to before this transaction ends."""
    return Incident.objects.select_for_update().get(pk=incident.pk)


def _append(
    incident: Incident, did: str, what: str, record: str, fields: Fields, now: datetime, digest: str = ""
) -> Event:
    """Put one event at the end of an incident's chain, and move its head."""
    with transaction.atomic():
        kept = _alone(incident)
        salt = secrets.token_hex(32)
        at = now.astimezone(UTC).isoformat(timespec="milliseconds")
        link = Link(kept.key, kept.length + 1, kept.head, at, did, what, record, committed(salt, fields))
        kept.events.filter(record=record, current=True).update(current=False)
        event = Event(
            incident=incident, number=link.number, previous=link.previous, at=at, did=did, what=what, record=record,
            content=link.content, hash=link.hash, salt=salt, fields=fields, digest=digest or _digest(kept, record, did),
            current=did != "removed",
        )  # fmt: skip
        event.save(force_insert=True)
        Incident.objects.filter(pk=incident.pk).update(head=link.hash, length=link.number)
        incident.head, incident.length = link.hash, link.number
    return event


def _digest(incident: Incident, record: str, did: str) -> str:
    """Return the hash of the file that belongs to a record which is corrected."""
    if did != "corrected":
        return ""
    return incident.events.filter(record=record).exclude(digest="").values_list("digest", flat=True).first() or ""


def head_of(incident: Incident) -> Head:
    """Return the head of an incident's chain as it is now."""
    return Head(incident.key, incident.length, incident.head)


def verify(vault: Vault, incident: Incident, heads: Iterable[Head] = (), tell: Tell = lambda done: None) -> list[Fault]:
    """Return what does not hold: in the chain, its events' content, the items' files, and against heads kept elsewhere.

    `tell` is called with the number of items read so far.
    """
    events = list(incident.events.select_related("incident"))
    found = list(check(((event.link, event.hash) for event in events), incident.key))
    if (incident.length, incident.head) != _end(incident, events):
        found.append(Fault("the end of the chain", "events after the last one went missing, or its head was changed"))
    found += _contents(events)
    found += _against(incident, events, heads)
    return [*found, *_files(vault, events, tell)]


def clock_remarks(incident: Incident) -> list[Fault]:
    """Return where this computer's clock went back; that is a remark, since the order holds without it."""
    return list(turned_back(event.link for event in incident.events.select_related("incident")))


def _end(incident: Incident, events: list[Event]) -> tuple[int, str]:
    return (events[-1].number, events[-1].hash) if events else (0, start(incident.key))


def _contents(events: list[Event]) -> Iterator[Fault]:
    """Yield the events whose content is not what they commit to; removed content is empty, and known as removed."""
    removed = {event.record for event in events if event.did == "removed"}
    for event in events:
        if event.fields is None:
            if event.record not in removed:
                yield Fault(f"event {event.number}", "its content went missing without a removal")
        elif committed(event.salt, event.fields) != event.content:
            yield Fault(f"event {event.number}", "its content was changed")


def _against(incident: Incident, events: list[Event], heads: Iterable[Head]) -> Iterator[Fault]:
    """Yield the heads kept elsewhere that this chain does not lead through."""
    hashes = {event.number: event.hash for event in events}
    for head in heads:
        where = f"the head of {head.length} events"
        if head.incident != incident.key:
            yield Fault(where, "it belongs to another incident")
        elif head.length > len(events):
            yield Fault(where, f"there are {len(events)} events: this is an older copy, or the newest were taken away")
        elif hashes.get(head.length) != head.hash:
            yield Fault(where, "this chain does not lead through it: it was written anew since then")


def _files(vault: Vault, events: list[Event], tell: Tell) -> Iterator[Fault]:
    """Yield the items whose file is missing or not the one that was kept."""
    items = [event for event in events if event.what == "item" and event.current]
    for done, event in enumerate(items, 1):
        where = f"item {event.value('number')}"
        try:
            whole = _hash(vault.unseal(ITEM, event.record))
        except FileNotFoundError:
            yield Fault(where, "its file is missing")
        except (DamagedVaultError, OSError):
            yield Fault(where, "its file was changed, or cannot be read")
        else:
            if whole != (event.value("length"), event.value("sha256")):
                yield Fault(where, "its file is not the one that was kept")
        tell(done)


def _hash(content: Iterable[bytes]) -> tuple[int, str]:
    counted = _Counted(content)
    for _ in counted:
        pass
    return counted.length, counted.sha256


def original(vault: Vault, event: Event) -> Iterator[bytes]:
    """Yield an item's bytes as they were kept. Raises DamagedVaultError and OSError."""
    return vault.unseal(ITEM, event.record)


def records(incident: Incident, *whats: str) -> Any:
    """Return the newest event of each record of these kinds that was not removed, oldest record first."""
    found = incident.events.filter(current=True)
    return found.filter(what__in=whats) if whats else found


def history(incident: Incident, record: str) -> Any:
    """Return every event of a record, oldest first."""
    return incident.events.filter(record=record)


def forget(vault: Vault, incident: Incident) -> None:
    """Remove a whole incident with all its items for good."""
    items = list(incident.events.filter(what="item").values_list("record", flat=True).distinct())
    incident.delete()
    for record in items:
        vault.discard(ITEM, record)


def tidy(vault: Vault) -> None:
    """Remove the files of items that were never entered in the ledger, as when the computer stopped in between."""
    known = set(Event.objects.filter(what="item", current=True).values_list("record", flat=True))
    for kind, record in vault.sealed_records():
        if kind == ITEM and record not in known:
            vault.discard(ITEM, record)
