"""Tampering by somebody who has the open database and the folder: each change is found, and named where it was made."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from at_the_desk import DOOR, PASSPHRASE
from django.db import connection, connections, transaction
from django.test import Client

from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.ledger import Head, canonical, committed
from forethought.incidents.models import Event, Incident

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
TEXTS = ("previous", "at", "did", "what", "record", "content", "hash", "salt", "digest", "fields")
TABLE = Event._meta.db_table


class Scene(NamedTuple):
    """Two incidents and the head of the first, as it was handed out."""

    incident: Incident
    other: Incident
    head: Head

    def faults(self, *heads: Head) -> list[str]:
        """Return what does not hold in the first."""
        return list(map(str, keeping.verify(DOOR.vault, self.incident, heads)))

    @property
    def events(self) -> list[Event]:
        """The events of the first."""
        return list(self.incident.events.all())


@pytest.fixture
def scene(client: Client) -> Scene:
    """An incident in which everything was done that can be done, and another one."""
    made = keeping.open_incident("Messages after the workshop", said(about="Zoë's “remarks” 😊\n2"), NOW)
    items = [
        keeping.add_item(DOOR.vault, made, [b"you will regret this %d" % n] * 9, said(title=f"Message {n}"), NOW)
        for n in range(4)
    ]
    keeping.add(made, "witness", said(name="A colleague", when="3 November"), NOW)
    keeping.correct(made, items[1].record, said(title="Second message"), NOW)
    keeping.correct(made, items[1].record, said(title="The second message", words="regret"), NOW)
    keeping.remove(DOOR.vault, made, items[2].record, "sent by mistake", NOW)
    keeping.add(made, "effect", said(words="I did not sleep"), NOW + timedelta(days=1))
    head = keeping.exported(made, "printed", NOW + timedelta(days=1))
    other = keeping.open_incident("Another", {}, NOW)
    run("PRAGMA ignore_check_constraints = ON")  # whoever tampers need not mind them
    return Scene(made, other, head)


def run(statement: str, *values: object) -> list[tuple]:
    """Run one statement on the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@contextmanager
def undone() -> Iterator[None]:
    """Undo afterwards whatever is done to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def flipped(stored: bytes, choice: random.Random) -> bytes:
    """Return bytes with one bit of one byte turned over, and a byte where there was none."""
    at = choice.randrange(len(stored) or 1)
    return stored[:at] + bytes([(stored[at] if stored else 0x40) ^ 1 << choice.randrange(8)]) + stored[at + 1 :]


def end_at(incident: Incident) -> None:
    """Let an incident's head and length match the events that are there."""
    last = run(f"SELECT number, hash FROM {TABLE} WHERE incident_id = %s ORDER BY number DESC LIMIT 1", incident.pk)[0]
    Incident.objects.filter(pk=incident.pk).update(length=last[0], head=last[1])


def put_at(event: Event, number: int, **changed: object) -> None:
    """Store an event once more, under another number, in place of whatever has it."""
    Event.objects.filter(incident=event.incident, number=number).delete()
    copy = Event(**{field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields})
    copy.pk, copy.number = None, number
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)


def shift(incident: Incident, first: int, by: int) -> None:
    """Move the numbers of the events from `first` on."""
    for aside in (1_000 + by, -1_000):
        floor = first if aside > 0 else 1_000
        run(f"UPDATE {TABLE} SET number = number + %s WHERE incident_id = %s AND number >= %s",
            aside, incident.pk, floor)  # fmt: skip


@pytest.mark.parametrize("column", TEXTS)
def test_a_flipped_letter(scene: Scene, column: str) -> None:
    """Sixty flips of one bit in each column of text, on any event, are each found and the event named."""
    choice = random.Random(column)
    for _ in range(60):
        event = choice.choice(scene.events)
        with undone():
            stored = run(f"SELECT CAST({column} AS BLOB) FROM {TABLE} WHERE id = %s", event.pk)[0][0] or b""
            turned = flipped(bytes(stored), choice)
            run(f"UPDATE {TABLE} SET {column} = CAST(%s AS TEXT) WHERE id = %s", turned, event.pk)
            assert any(fault.startswith(f"event {event.number}:") for fault in scene.faults()), (event.number, turned)
    assert [] == scene.faults(scene.head)


def test_a_flipped_number_or_mark(scene: Scene) -> None:
    """A hundred and twenty flips of an event's number and of its mark as the newest are found."""
    choice = random.Random(2)
    for _ in range(60):
        event, bit = choice.choice(scene.events), 1 << choice.randrange(4, 20)
        with undone():
            run(f"UPDATE {TABLE} SET number = %s WHERE id = %s", event.number ^ bit, event.pk)
            assert f"event {event.number ^ bit}: it was changed after it was written" in scene.faults()
        with undone():
            run(f"UPDATE {TABLE} SET current = %s WHERE id = %s", event.current ^ choice.choice((1, 2, 4)), event.pk)
            assert f"event {event.number}: its mark as the newest of its record was changed" in scene.faults()


def test_content_has_one_spelling(scene: Scene) -> None:
    """Content is stored in the very bytes that are hashed, so that there is none in it that could change unseen."""
    for event in scene.events:
        stored = run(f"SELECT CAST(fields AS BLOB) FROM {TABLE} WHERE id = %s", event.pk)[0][0]
        assert stored == (event.fields and canonical(event.fields))


def test_content_taken_out(scene: Scene) -> None:
    """Content that is emptied without a removal is named, and so is a removal that no longer says why."""
    for event in scene.events:
        with undone():
            Event.objects.filter(pk=event.pk).update(fields=None, salt="", digest="")
            named = f"event {event.number}: its content went missing without a removal" in scene.faults()
            assert named is (event.fields is not None)


def test_content_put_back(scene: Scene) -> None:
    """Content that was removed and is put back, as from an older copy, is named."""
    record = keeping.add(scene.incident, "note", said(words="to be removed"), NOW)
    keeping.remove(DOOR.vault, scene.incident, record.record, "asked to", NOW)
    assert [] == scene.faults()
    Event.objects.filter(pk=record.pk).update(fields=record.fields, salt=record.salt)
    assert [f"event {record.number}: it was removed, and its content is there again"] == scene.faults()


def test_the_incident_itself(scene: Scene) -> None:
    """Eighty flips in an incident's key, head and title, and any other length, are found."""
    choice, table = random.Random(3), Incident._meta.db_table
    for number in range(80):
        column = ("key", "head", "title")[number % 3]
        stored = getattr(scene.incident, column).encode()
        letter = stored.replace(b" ", b"_")[at := choice.randrange(len(stored))] ^ 1
        with undone():
            turned = stored[:at] + bytes([letter]) + stored[at + 1 :]
            run(f"UPDATE {table} SET {column} = CAST(%s AS TEXT) WHERE id = %s", turned, scene.incident.pk)
            assert scene.faults(), (column, turned)
    for length in {*range(30)} - {scene.incident.length}:
        with undone():
            run(f"UPDATE {table} SET length = %s WHERE id = %s", length, scene.incident.pk)
            assert any("the end of the chain" in fault for fault in scene.faults()), length


def removed(scene: Scene, choice: random.Random) -> None:
    """Take one event out of the middle."""
    Event.objects.filter(pk=choice.choice(scene.events[:-1]).pk).delete()


def removed_and_closed_up(scene: Scene, choice: random.Random) -> None:
    """Take one event out, and number the rest as if it had never been."""
    event = choice.choice(scene.events[:-1])
    Event.objects.filter(pk=event.pk).delete()
    shift(scene.incident, event.number + 1, -1)
    end_at(scene.incident)


def cut_off(scene: Scene, choice: random.Random) -> None:
    """Take away the newest events, all of them at times."""
    scene.incident.events.filter(number__gt=choice.randrange(scene.incident.length)).delete()


def reordered(scene: Scene, choice: random.Random) -> None:
    """Let two events change places."""
    one, two = choice.sample(scene.events, 2)
    put_at(one, two.number)
    put_at(two, one.number)


def inserted(scene: Scene, choice: random.Random) -> None:
    """Put an event with a true hash of its own in between."""
    before = choice.choice(scene.events[:-1])
    shift(scene.incident, before.number + 1, 1)
    salt, fields = "ab" * 32, said(words="made up")
    new = Event(
        incident=scene.incident, number=before.number + 1, previous=before.hash, at=before.at, did="added", what="note",
        record=f"{choice.getrandbits(128):032x}", content=committed(salt, fields), salt=salt, fields=fields,
        current=True,
    )  # fmt: skip
    new.hash = new.link.hash
    new.save()
    end_at(scene.incident)


def duplicated(scene: Scene, choice: random.Random) -> None:
    """Put an event once more at the end, and move the end with it."""
    put_at(choice.choice(scene.events), scene.incident.length + 1, current=False)
    end_at(scene.incident)


def content_swapped(scene: Scene, choice: random.Random) -> None:
    """Let two events change their content, and at times what they commit to as well."""
    one, two = choice.sample([event for event in scene.events if event.fields is not None], 2)
    names = ("salt", "fields", "digest", *(["content"] if choice.random() < 0.5 else []))
    for event, from_ in ((one, two), (two, one)):
        Event.objects.filter(pk=event.pk).update(**{name: getattr(from_, name) for name in names})


def hash_made_to_match(scene: Scene, choice: random.Random) -> None:
    """Change what an event says and when, and give it the hash that fits."""
    event = choice.choice(scene.events[:-1])
    event.at = event.at.replace("09:30", "07:30")
    event.fields = said(words=str(choice.random()))
    event.content = committed(event.salt, event.fields)
    event.hash = event.link.hash
    event.save()


STRUCTURES = (
    removed, removed_and_closed_up, cut_off, reordered, inserted, duplicated, content_swapped, hash_made_to_match,
)  # fmt: skip


@pytest.mark.parametrize("tamper", STRUCTURES)
def test_events_out_of_place(scene: Scene, tamper: Callable[[Scene, random.Random], None]) -> None:
    """Thirty times each: events removed, reordered, inserted, repeated, cut off or given other content are found."""
    choice = random.Random(tamper.__name__)
    for _ in range(30):
        with undone():
            tamper(scene, choice)
            faults = scene.faults()
            assert any(fault.startswith(("event", "the end of the chain")) for fault in faults), faults
    assert [] == scene.faults(scene.head)


def test_moved_to_another_incident(scene: Scene) -> None:
    """Any event that is moved to another incident is found there, even where both ends were made to match."""
    for event in scene.events:
        with undone():
            Event.objects.filter(pk=event.pk).update(incident=scene.other, number=scene.other.length + 1)
            end_at(scene.other)
            found = keeping.verify(DOOR.vault, scene.other)
            assert any("was changed after it was written" in str(fault) for fault in found)
            assert scene.faults()


def test_an_end_that_was_made_to_match(scene: Scene) -> None:
    """A chain cut off at any length, its end made to match, is found against a head that was handed out."""
    for length in range(1, scene.head.length):
        with undone():
            scene.incident.events.filter(number__gt=length).delete()
            end_at(scene.incident)
            assert any("or the newest were taken away" in fault for fault in scene.faults(scene.head))


def test_written_anew(scene: Scene) -> None:
    """A chain written anew from any event on, every hash made to fit, is found against a head and by nothing else."""
    for first in range(scene.head.length):
        with undone():
            events = scene.events
            previous = events[first].previous
            for event in events[first:]:
                event.at, event.previous = event.at.replace("2026", "2025"), previous
                previous = event.hash = event.link.hash
                event.save()
            end_at(scene.incident)
            assert [] == scene.faults()
            assert any("does not lead through it" in fault for fault in scene.faults(scene.head))


def sealed(scene: Scene) -> list[tuple[int, Path]]:
    """Return the number and sealed file of each item."""
    items = keeping.records(scene.incident, "item")
    return [(item.value("number"), DOOR.vault.sealed_file(keeping.ITEM, item.record)) for item in items]


def test_a_changed_file(scene: Scene) -> None:
    """Three hundred files flipped, cut, lengthened or taken away are each found, and the item named."""
    choice = random.Random(5)
    for number in range(300):
        item, path = choice.choice(sealed(scene))
        whole = path.read_bytes()
        cut = whole[: choice.randrange(len(whole))]
        longer = whole + choice.randbytes(choice.randint(1, 40))
        path.unlink()
        if number % 4:
            path.write_bytes((flipped(whole, choice), cut, longer)[number % 4 - 1])
        assert [f"item {item}"] == [fault.split(":")[0] for fault in scene.faults()]
        path.write_bytes(whole)
    assert [] == scene.faults()


def test_files_in_each_others_place(scene: Scene) -> None:
    """Two items' files that changed places are found, and so is other content that was sealed in an item's name."""
    (one, first), (two, second), *_ = sealed(scene)
    for source, target in ((first, first.with_name("aside")), (second, first), (first.with_name("aside"), second)):
        source.rename(target)
    assert {f"item {one}", f"item {two}"} == {fault.split(":")[0] for fault in scene.faults()}
    for path in (first, second):
        DOOR.vault.seal(keeping.ITEM, path.name, [b"made up"])
    assert [f"item {n}: its file is not the one that was kept" for n in (one, two)] == scene.faults()


def test_an_older_vault(scene: Scene, tmp_path: Path) -> None:
    """A whole vault put back as it was before a head was handed out is found against it, and by nothing else."""

    def swapped(source: Path, target: Path) -> None:
        connections.close_all()
        DOOR.vault.lock()
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        DOOR.vault.unlock(PASSPHRASE)

    swapped(DOOR.vault.folder, tmp_path / "older")
    keeping.add_item(DOOR.vault, scene.incident, [b"one more"], {}, NOW)
    later = keeping.exported(scene.incident, "printed", NOW)
    new = keeping.exported(keeping.open_incident("A third", {}, NOW), "printed", NOW)
    swapped(tmp_path / "older", DOOR.vault.folder)
    assert [] == scene.faults(scene.head)
    whats = scene.faults(later, new)
    assert f"the head of {later.length} events: there are 11 events: this is an older copy" in whats[0]
    assert "no incident here has it" in whats[1]
