"""Checking an incident's ledger: the chain, the content it commits to, the files, and heads kept elsewhere."""

from collections.abc import Callable, Iterable, Iterator

from django.db import DatabaseError, transaction

from forethought.incidents.keeping.ledger import ITEM, Counted, digest_of
from forethought.incidents.ledger import Fault, Head, NotCanonicalError, check, committed, start
from forethought.incidents.ledger.chain import turned_back
from forethought.incidents.models import Event, Incident
from forethought.vault import DamagedVaultError, Vault

Tell = Callable[[int], None]
TEXTS = ("previous", "at", "did", "what", "record", "content", "hash", "salt", "digest")


def verify(vault: Vault, incident: Incident, heads: Iterable[Head] = (), tell: Tell = lambda done: None) -> list[Fault]:
    """Return what does not hold: in the chain, its events' content, the items' files, and against heads kept elsewhere.

    `tell` is called with the number of items read so far. An incident's triage answers and dates of keeping are no part
    of the chain. Raises Incident.DoesNotExist where it is gone, and DatabaseError where the database cannot be read.
    """
    with transaction.atomic():  # its events and its head as they are at one moment
        kept = Incident.objects.get(pk=incident.pk)
        events, found = _read(kept)
        marked = set(kept.events.filter(current=True).values_list("pk", flat=True))
    newest = {event.record: event for event in events}
    found += check(((event.link, event.hash) for event in events), kept.key)
    found += _end(kept, events)
    found += _contents(events)
    found += _marks(events, newest, marked)
    found += _title(kept, newest)
    found += _against(kept, events, heads)
    return [*found, *_files(vault, [event for event in events if newest[event.record] is event], tell)]


def clock_remarks(incident: Incident) -> list[Fault]:
    """Return where this computer's clock went back; that is a remark, since the order holds without it."""
    return list(turned_back(event.link for event in incident.events.all()))


def _read(incident: Incident) -> tuple[list[Event], list[Fault]]:
    """Return an incident's events in order, and which of them cannot be read at all."""
    try:
        events = list(incident.events.all())
    except (ValueError, DatabaseError):
        events = [*_one_by_one(incident)]
    readable = [event for event in events if _readable(event)]
    lost = {*incident.events.values_list("number", flat=True)} - {event.number for event in readable}
    return readable, [Fault(f"event {number}", "it cannot be read") for number in sorted(lost, key=str)]


def _one_by_one(incident: Incident) -> Iterator[Event]:
    for key in incident.events.values_list("pk", flat=True):
        try:
            yield incident.events.get(pk=key)
        except (ValueError, DatabaseError):
            continue


def _readable(event: Event) -> bool:
    """Say whether each column holds the kind of value that was written there."""
    texts = all(isinstance(getattr(event, name), str) for name in TEXTS)
    return texts and isinstance(event.number, int) and isinstance(event.fields, dict | None)


def _end(incident: Incident, events: list[Event]) -> Iterator[Fault]:
    """Yield where the chain does not end as the incident says; each has an event, since opening it is one."""
    last = (events[-1].number, events[-1].hash) if events else (0, start(incident.key))
    if not events:
        yield Fault("the chain", "all of its events went missing")
    if (incident.length, incident.head) != last:
        yield Fault("the end of the chain", "events after the last one went missing, or its head was changed")


def _contents(events: list[Event]) -> Iterator[Fault]:
    """Yield the events whose content is not what they commit to; it is empty before a removal, and nowhere else."""
    removed = {event.record: event.number for event in events if event.did == "removed"}
    for event in events:
        where, emptied = f"event {event.number}", event.number < removed.get(event.record, 0)
        if event.fields is None and not emptied:
            yield Fault(where, "its content went missing without a removal")
        elif event.fields is None and event.salt:
            yield Fault(where, "its salt was changed")
        elif event.fields is not None and not _holds(event):
            yield Fault(where, "its content was changed")
        elif event.fields is not None and emptied:
            yield Fault(where, "it was removed, and its content is there again")


def _holds(event: Event) -> bool:
    try:
        return bool(committed(event.salt, event.fields or {}) == event.content)
    except NotCanonicalError:
        return False


def _marks(events: list[Event], newest: dict[str, Event], marked: set[int]) -> Iterator[Fault]:
    """Yield the events whose marks, by which records and files are found, are not what their content makes them.

    `marked` are those that the database takes for the newest: it does so with any number but nought.
    """
    for event in events:
        right = newest[event.record] is event and event.did != "removed"
        if {event.current, event.pk in marked} != {right}:
            yield Fault(f"event {event.number}", "its mark as the newest of its record was changed")
        if event.digest != (digest_of(event.what, event.did, event.fields) if event.fields else ""):
            yield Fault(f"event {event.number}", "the hash by which its file is found was changed")


def _title(incident: Incident, newest: dict[str, Event]) -> Iterator[Fault]:
    """Yield a title that is not the one in the ledger."""
    own = [event.value("title") for event in newest.values() if event.what == "incident" and event.did != "removed"]
    if own and own[-1] != incident.title:
        yield Fault("the title", "it was changed outside the ledger")


def _against(incident: Incident, events: list[Event], heads: Iterable[Head]) -> Iterator[Fault]:
    """Yield the heads kept elsewhere that this chain does not lead through."""
    hashes = {event.number: event.hash for event in events}
    for head in heads:
        where = f"the head of {head.length} events"
        if head.incident != incident.key:
            yield Fault(where, _elsewhere(head))
        elif head.length > incident.length:
            words = f"there are {incident.length} events: this is an older copy, or the newest were taken away"
            yield Fault(where, words)
        elif hashes.get(head.length, start(incident.key)) != head.hash:
            words = "this chain does not lead through it: it was written anew since then, or the head was typed wrongly"
            yield Fault(where, words)


def _elsewhere(head: Head) -> str:
    if Incident.objects.filter(key=head.incident).exists():
        return "it belongs to another incident"
    return "no incident here has it: it was removed, this is an older copy of the vault, or it was typed wrongly"


def _files(vault: Vault, newest: list[Event], tell: Tell) -> Iterator[Fault]:
    """Yield the items whose file is missing or not the one that was kept."""
    items = [event for event in newest if event.what == "item" and event.did != "removed"]
    for done, event in enumerate(items, 1):
        if words := _wrong(vault, event):
            yield Fault(f"item {event.value('number')}", words)
        tell(done)


def _wrong(vault: Vault, event: Event) -> str:
    """Return what is wrong with an item's file; a record that was tampered with may be no name of a file at all."""
    if not event.record.isalnum():
        return "its file is missing"
    counted = Counted(vault.unseal(ITEM, event.record))
    try:
        for _ in counted:
            pass
    except FileNotFoundError:
        return "its file is missing"
    except (DamagedVaultError, OSError):
        return "its file was changed, or cannot be read"
    kept = (event.value("length"), event.value("sha256"))
    return "" if (counted.length, counted.sha256) == kept else "its file is not the one that was kept"
