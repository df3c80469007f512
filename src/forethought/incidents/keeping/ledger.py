"""The ledger in the vault: adding, correcting and removing, each whole or not at all."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, transaction

from forethought import __version__
from forethought.incidents.errors import AlreadyKeptError, EmptyItemError, NoRecordError
from forethought.incidents.fields import Fields, clean, field, observed, value_of
from forethought.incidents.ledger import Head, Link, committed, start
from forethought.incidents.models import Event, Incident
from forethought.vault import Vault

ITEM = "evidence"  # the kind of sealed file
FIXED = ("number", "length", "sha256", "software")  # what a correction of an item cannot touch
_coming: set[str] = set()  # records whose file is being sealed and not yet entered, which no sweep touches


def open_incident(title: str, fields: Fields, now: datetime) -> Incident:
    """Begin an incident; its first event commits to what it is, its title among it."""
    incident = Incident(key=uuid4().hex, title=clean(title), opened=now)
    incident.head = start(incident.key)
    with transaction.atomic():
        incident.save()
        add(incident, "incident", {"title": field(title)} | fields, now)
    return incident


def add(incident: Incident, what: str, fields: Fields, now: datetime, record: str = "") -> Event:
    """Add a record to an incident's ledger and return its event.

    Text is cleaned as `fields.clean` says; a fraction, true, false or nothing raises NotCanonicalError.
    """
    return _append(incident, "added", what, record or uuid4().hex, fields, now)


def correct(incident: Incident, record: str, fields: Fields, now: datetime) -> Event:
    """Add an event that gives a record other fields; those before stay as history. Raises NoRecordError.

    Its title, and what Forethought saw or read from a file, stay unless `fields` has them; an item's hash and number
    stay in any case.
    """
    with transaction.atomic():
        before = _current(_alone(incident), record)
        old = before.fields or {}
        stays = {name: value for name, value in old.items() if value["from"] != "said" or name == "title"}
        fixed = {name: old[name] for name in FIXED if before.what == "item" and name in old}
        return _append(incident, "corrected", before.what, record, stays | fields | fixed, now)


def remove(vault: Vault, incident: Incident, record: str, reason: str, now: datetime) -> Event:
    """Remove a record's content and file for good; its events stay, empty, with why and what its hash was.

    Raises NoRecordError.
    """
    with transaction.atomic():
        before = _current(_alone(incident), record)
        was = {name: before.fields[name] for name in ("number", "sha256") if before.digest and before.fields}
        event = _append(incident, "removed", before.what, record, was | {"reason": field(reason)}, now)
        emptied = incident.events.filter(record=record).exclude(pk=event.pk)
        emptied.update(salt="", fields=None, digest="", current=False)
        if before.what == "item":
            transaction.on_commit(lambda: vault.discard(ITEM, record))
    return event


def add_item(vault: Vault, incident: Incident, content: Iterable[bytes], fields: Fields, now: datetime) -> Event:
    """Keep an item: its bytes are hashed as they come, sealed as they are, and then entered in the ledger.

    Raises EmptyItemError, AlreadyKeptError, OSError and DatabaseError; nothing is kept then, and what was there stays.
    """
    record = uuid4().hex
    _coming.add(record)
    try:
        counted = Counted(content)
        vault.seal(ITEM, record, counted)
        return _enter(incident, record, counted, fields, now)
    except BaseException:
        _discard_unentered(vault, record)
        raise
    finally:
        _coming.discard(record)


def _enter(incident: Incident, record: str, counted: "Counted", fields: Fields, now: datetime) -> Event:
    """Enter an item whose file is sealed."""
    if not counted.length:
        raise EmptyItemError(value_of(fields, "name"))
    with transaction.atomic():
        kept = _alone(incident)
        _refuse_twice(kept, counted.sha256)
        number = kept.events.filter(what="item", did="added").count() + 1
        seen = observed(number=number, length=counted.length, sha256=counted.sha256, software=_software())
        return _append(incident, "added", "item", record, fields | seen, now)


def _discard_unentered(vault: Vault, record: str) -> None:
    """Remove a file that no event tells of; where even that cannot be found out it stays as a stray."""
    with suppress(DatabaseError, OSError):
        if not Event.objects.filter(record=record).exists():
            vault.discard(ITEM, record)


class Counted:
    """Bytes that are hashed and counted as they pass."""

    def __init__(self, content: Iterable[bytes]) -> None:
        """Take what to count; `length` is how much has passed so far."""
        self._content, self._hash, self.length = content, sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._content:
            self._hash.update(chunk)
            self.length += len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has passed so far, in hexadecimal."""
        return self._hash.hexdigest()


def _software() -> str:
    return f"Forethought {__version__}"


def _refuse_twice(incident: Incident, digest: str) -> None:
    same = incident.events.filter(digest=digest, current=True).first()  # only an item has one
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


def _append(incident: Incident, did: str, what: str, record: str, fields: Fields, now: datetime) -> Event:
    """Put one event at the end of an incident's chain, and move its head."""
    fields, salt = clean(fields), secrets.token_hex(32)
    with transaction.atomic():
        kept = _alone(incident)
        at = now.astimezone(UTC).isoformat(timespec="milliseconds")
        link = Link(kept.key, kept.length + 1, kept.head, at, did, what, record, committed(salt, fields))
        kept.events.filter(record=record, current=True).update(current=False)
        event = Event(
            incident=incident, number=link.number, previous=link.previous, at=at, did=did, what=what, record=record,
            content=link.content, hash=link.hash, salt=salt, fields=fields, digest=digest_of(what, did, fields),
            current=did != "removed",
        )  # fmt: skip
        event.save(force_insert=True)
        moved = {"head": link.hash, "length": link.number}
        if what == "incident" and did != "removed":
            moved["title"] = value_of(fields, "title")
        Incident.objects.filter(pk=incident.pk).update(**moved)
        for name, value in moved.items():
            setattr(incident, name, value)
    return event


def digest_of(what: str, did: str, fields: Fields) -> str:
    """Return the hash by which the file of an item is found again; empty for what has no file."""
    return str(value_of(fields, "sha256")) if what == "item" and did != "removed" else ""


def head_of(incident: Incident) -> Head:
    """Return the head of an incident's chain as it is now."""
    return _head(Incident.objects.get(pk=incident.pk))


def _head(incident: Incident) -> Head:
    return Head(incident.key, incident.length, incident.head)


def exported(incident: Incident, way: str, now: datetime) -> Head:
    """Return the head to hand out, and note in the chain that it was: `way` says how, such as "printed".

    The head is the one before the note, which can then say which head it was: an event cannot hold its own hash. The
    chain leads through it from then on. Only the note itself could be taken away unseen by whoever keeps that head.
    """
    with transaction.atomic():
        head = _head(_alone(incident))
        add(incident, "head", observed(length=head.length, head=head.hash, way=way), now)
    return head


def original(vault: Vault, event: Event) -> Iterator[bytes]:
    """Yield an item's bytes as they were kept. Raises DamagedVaultError and OSError."""
    return vault.unseal(ITEM, event.record)


def records(incident: Incident, *whats: str) -> Any:
    """Return the newest event of each record of these kinds that was not removed, oldest record first."""
    found = incident.events.filter(current=True)
    if len(whats) == 1:
        return found.filter(what=whats[0])  # by its index, in order; of several it would read every event
    return found.filter(what__in=whats) if whats else found


def history(incident: Incident, record: str) -> Any:
    """Return every event of a record, oldest first."""
    return incident.events.filter(record=record)


def forget(vault: Vault, incident: Incident) -> None:
    """Remove a whole incident with all its items for good."""
    with transaction.atomic():
        items = {*_alone(incident).events.filter(what="item").values_list("record", flat=True)}
        incident.delete()
    for record in items:
        vault.discard(ITEM, record)


def strays(vault: Vault) -> list[str]:
    """Return the files that no item owns: of items never entered, as when the computer stopped, or removed since.

    They could also be originals that are newer than a ledger which was put back, so nothing removes them unasked.
    """
    files = vault.sealed_records()  # looked at first: whatever is entered from here on is not among them
    coming = frozenset(_coming)
    items = Event.objects.filter(what="item")
    kept = set(items.filter(did="added").values_list("record", flat=True))
    kept -= set(items.filter(did="removed").values_list("record", flat=True))
    return [record for kind, record in files if kind == ITEM and record not in kept | coming]


def finish_removals(vault: Vault) -> None:
    """Remove the files of items that were removed while the computer stopped before the file was gone too."""
    removed = set(Event.objects.filter(what="item", did="removed").values_list("record", flat=True))
    for kind, record in vault.sealed_records() if removed else ():
        if kind == ITEM and record in removed:
            with suppress(OSError):  # nothing that cannot be removed now keeps a vault from opening
                vault.discard(ITEM, record)


def sweep(vault: Vault) -> int:
    """Remove the files that no item owns for good, and return how many those were."""
    found = strays(vault)
    for record in found:
        vault.discard(ITEM, record)
    return len(found)
