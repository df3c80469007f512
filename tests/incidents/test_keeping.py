"""The ledger in the vault: what is added stays as it was, whatever is done after it and whatever goes wrong."""

import errno
import random
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from at_the_desk import DOOR, PASSPHRASE
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forethought.desk.views.front import opened
from forethought.incidents import keeping
from forethought.incidents.errors import AlreadyKeptError, EmptyItemError, NoRecordError
from forethought.incidents.fields import field, observed, said
from forethought.incidents.ledger import NotCanonicalError, heads_in
from forethought.incidents.models import Event, Incident
from forethought.vault import Vault
from forethought.vault import vault as vault_module
from forethought.vault.files import write_whole

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def incident(client: Client) -> Incident:
    """An incident with one item in it."""
    made = keeping.open_incident("Messages after the workshop", said(about="After the workshop"), NOW)
    keeping.add_item(DOOR.vault, made, [b"you will ", b"regret this"], said(title="First message"), NOW)
    return made


def kept(incident: Incident, number: int = 1) -> bytes:
    """Return the bytes of an item."""
    items = {item.value("number"): item for item in keeping.records(incident, "item")}
    return b"".join(keeping.original(DOOR.vault, items[number]))


def files() -> set[str]:
    """Return the records that have a sealed file, and what a cut-off write left."""
    return {path.name for path in DOOR.vault.folder.glob(f"sealed/{keeping.ITEM}/*")}


def everything() -> str:
    """Return all that the open database holds."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return str([cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables])


def test_whole(incident: Incident) -> None:
    """An incident that nobody touched has no fault, and its item comes back byte for byte."""
    assert [] == keeping.verify(DOOR.vault, incident)
    assert b"you will regret this" == kept(incident)


WORDS = st.text(st.characters(exclude_categories=()), max_size=30)
DOINGS = st.lists(
    st.tuples(st.sampled_from(("item", "note", "correct", "remove")), st.integers(0, 99), WORDS, st.binary(min_size=1)),
    max_size=25,
)


class Doing:
    """Operations on an incident, and what must be there after them."""

    def __init__(self) -> None:
        self.incident = keeping.open_incident("Random", {}, NOW)
        self.there: dict[str, list[str]] = {}  # the words of each record, oldest first
        self.items: dict[str, bytes] = {}
        self.gone: list[str] = []
        self.numbers: list[int] = []

    def do(self, what: str, which: int, words: str, content: bytes) -> None:
        """Do one thing, marked so that it can be searched for."""
        mark = uuid4().hex
        fields = said(words=f"{words} {mark}")
        if what == "item":
            event = keeping.add_item(DOOR.vault, self.incident, [content, mark.encode()], fields, NOW)
            self.items[event.record] = content + mark.encode()
            self.numbers.append(event.value("number"))
            self.there[event.record] = [mark]
        elif what == "note":
            self.there[keeping.add(self.incident, "note", fields, NOW).record] = [mark]
        elif self.there:
            record = sorted(self.there)[which % len(self.there)]
            if what == "correct":
                keeping.correct(self.incident, record, fields, NOW)
                self.there[record].append(mark)
            else:
                keeping.remove(DOOR.vault, self.incident, record, "asked to", NOW)
                self.gone += self.there.pop(record)
                self.items.pop(record, None)


@pytest.mark.usefixtures("client")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOINGS)
def test_whatever_is_done(doings: list[tuple[str, int, str, bytes]]) -> None:
    """After anything that can be done: no fault, originals whole, history readable, and nothing of what was removed."""
    doing = Doing()
    for each in doings:
        doing.do(*each)
    keeping.sweep(DOOR.vault)
    assert [] == keeping.verify(DOOR.vault, doing.incident, [keeping.head_of(doing.incident)])
    for record, marks in doing.there.items():
        history = [event.value("words")[-32:] for event in keeping.history(doing.incident, record)]
        assert marks == history
    for item in keeping.records(doing.incident, "item"):
        assert doing.items[item.record] == b"".join(keeping.original(DOOR.vault, item))
    assert {*doing.there} == {event.record for event in keeping.records(doing.incident, "item", "note")}
    assert [*range(1, len(doing.numbers) + 1)] == doing.numbers
    rows, sealed = everything(), files()
    assert not any(mark in rows for mark in doing.gone)
    assert all(mark in rows for marks in doing.there.values() for mark in marks)
    own = {event.record for event in doing.incident.events.filter(what="item")}
    assert {*doing.items} == sealed & own


def test_a_removal_says_what_it_was(incident: Incident) -> None:
    """What stays of an item is its number, its hash and why it went; another one gets another number."""
    item = keeping.records(incident, "item").get()
    gone = keeping.remove(DOOR.vault, incident, item.record, "it names a client", NOW)
    assert (1, item.digest, "it names a client") == tuple(map(gone.value, ("number", "sha256", "reason")))
    assert set() == files()
    assert 2 == keeping.add_item(DOOR.vault, incident, [b"you will regret this"], {}, NOW).value("number")
    for change in (keeping.correct, keeping.remove):
        given = (
            (DOOR.vault, incident, item.record, "again") if change is keeping.remove else (incident, item.record, {})
        )
        with pytest.raises(NoRecordError, match="was removed"):
            change(*given, NOW)


def test_a_correction_cannot_touch_what_was_seen(incident: Incident) -> None:
    """A correction keeps an item's number, hash and length, and what was read from its file, and can mend the rest."""
    fields = said(title="Old", remark="mistaken") | {"file: Date": field("1 May", "file")} | observed(client="perhaps")
    item = keeping.add_item(DOOR.vault, incident, [b"two"], fields, NOW)
    mended = said(remark="", client="no", sha256="0" * 64, number=7)
    new = keeping.correct(incident, item.record, mended, NOW)
    assert (2, item.digest, 3, "no") == tuple(map(new.value, ("number", "sha256", "length", "client")))
    assert ("1 May", "Old", "") == tuple(map(new.value, ("file: Date", "title", "remark")))
    assert (b"two", []) == (kept(incident, 2), keeping.verify(DOOR.vault, incident))


def test_a_title_that_was_corrected(incident: Incident) -> None:
    """The incident goes by the title that its ledger says, and saving it from an older page moves no head."""
    older = Incident.objects.get(pk=incident.pk)
    record = keeping.records(incident, "incident").get().record
    keeping.correct(incident, record, said(title="A new title"), NOW)
    keeping.correct(incident, record, said(about="More"), NOW)
    older.quiet_until = NOW.date()
    older.save()
    fresh = Incident.objects.get(pk=incident.pk)
    assert ("A new title", 4, NOW.date()) == (fresh.title, fresh.length, fresh.quiet_until)
    assert [] == keeping.verify(DOOR.vault, older)


def test_a_head_that_is_handed_out(incident: Incident) -> None:
    """The note of a head comes after it and says which it was; the chain leads through every head, and typed ones."""
    heads = [keeping.exported(incident, way, NOW) for way in ("printed", "saved")]
    notes = list(keeping.records(incident, "head"))
    assert [(head.length, head.hash) for head in heads] == [(n.value("length"), n.value("head")) for n in notes]
    assert [head.length + 1 for head in heads] == [note.number for note in notes]
    typed = heads_in("\n".join(head.text.upper() for head in heads))
    assert [] == keeping.verify(DOOR.vault, incident, typed)
    assert [] == keeping.verify(DOOR.vault, incident, [keeping.head_of(incident)])


def test_a_whole_incident_forgotten(incident: Incident) -> None:
    """Nothing of an incident is left, and a head of it tells that it is gone."""
    head, other = keeping.head_of(incident), keeping.open_incident("Another", {}, NOW)
    assert ["it belongs to another incident"] == [fault.what for fault in keeping.verify(DOOR.vault, other, [head])]
    keeping.forget(DOOR.vault, incident)
    assert (set(), 1) == (files(), Event.objects.count())
    assert "it was removed" in keeping.verify(DOOR.vault, other, [head])[0].what


def test_an_incident_forgotten_while_something_is_added(incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in while an incident is being forgotten leaves no file behind."""

    def add() -> None:
        with suppress(Incident.DoesNotExist):
            keeping.add_item(DOOR.vault, incident, [b"late"], {}, NOW)
        connections.close_all()

    def delete_late(self: Incident) -> None:
        coming.start()
        coming.join(0.5)
        delete(self)

    coming, delete = threading.Thread(target=add), Incident.delete
    monkeypatch.setattr(Incident, "delete", delete_late)
    keeping.forget(DOOR.vault, incident)
    coming.join()
    assert (set(), 0) == (files(), Event.objects.count())


def broken(error: Exception) -> Iterator[bytes]:
    """Yield some bytes, and fail."""
    yield b"half of it" * 20_000
    raise error


REFUSED: list[tuple[Callable[[], Iterable[bytes]], dict, type[Exception], str]] = [
    (lambda: [], said(name="shot.png"), EmptyItemError, "shot.png is empty"),
    (lambda: [b"", b""], {}, EmptyItemError, "the item is empty"),
    (lambda: [b"you will regret", b" this"], {}, AlreadyKeptError, "as item 1"),
    (lambda: broken(OSError(errno.EIO, "cannot be read")), {}, OSError, "cannot be read"),
    (lambda: broken(KeyboardInterrupt("stopped")), {}, KeyboardInterrupt, "stopped"),
    (lambda: [b"x"], said(words=1.5), NotCanonicalError, "float"),
    (lambda: [b"x"], {"words": field(None)}, NotCanonicalError, "NoneType"),
    (lambda: [b"x"], {"words": field([True])}, NotCanonicalError, "bool"),
]


@pytest.mark.parametrize(("content", "fields", "error", "words"), REFUSED)
def test_what_is_refused(incident: Incident, content: Any, fields: dict, error: Any, words: str) -> None:
    """Nothing is kept of an item that is empty, there already, cannot be read, or has fields that nobody else can."""
    before = files()
    with pytest.raises(error, match=words):
        keeping.add_item(DOOR.vault, incident, content(), fields, NOW)
    assert (before, 2) == (files(), incident.events.count())
    assert [] == keeping.verify(DOOR.vault, incident)
    assert 2 == keeping.add_item(DOOR.vault, incident, [b"next"], {}, NOW).value("number")


def test_a_disk_that_fills(incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at any write of a file leaves what was there, and nothing else."""

    def full(parts: Iterable[bytes], room: int) -> Iterator[bytes]:
        for number, part in enumerate(parts):
            if number == room:
                raise OSError(errno.ENOSPC, "No space left on device")
            yield part[: len(part) // 2] if number == room - 1 else part

    content, before = [random.Random(1).randbytes(300_000)], files()
    for room in range(6):
        with monkeypatch.context() as patched:
            patched.setattr(vault_module, "write_whole", lambda path, parts, n=room: write_whole(path, full(parts, n)))
            with pytest.raises(OSError, match="No space"):
                keeping.add_item(DOOR.vault, incident, content, {}, NOW)
        assert before == files()
        assert [] == keeping.verify(DOOR.vault, incident)
    keeping.add_item(DOOR.vault, incident, content, {}, NOW)
    assert content == [kept(incident, 2)]


def test_a_database_that_cannot_grow(incident: Incident) -> None:
    """Where there is room for a file and none for its entry, neither is there; once there is room, both are."""
    before, said_much = files(), said(words="x" * 200_000)
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DatabaseError, match="full"):
            keeping.add_item(DOOR.vault, incident, [b"more"], said_much, NOW)
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert (before, 2) == (files(), incident.events.count())
    assert [] == keeping.verify(DOOR.vault, incident)
    keeping.add_item(DOOR.vault, incident, [b"more"], said_much, NOW)
    assert b"more" == kept(incident, 2)


def test_a_large_item(incident: Incident) -> None:
    """An item of 300 MB is kept and checked in little memory."""
    chunk = random.Random(1).randbytes(1_000_000)
    tracemalloc.start()
    item = keeping.add_item(DOOR.vault, incident, (chunk for _ in range(300)), {}, NOW)
    faults, most = keeping.verify(DOOR.vault, incident), tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (300_000_000, []) == (item.value("length"), faults)
    assert most < 10_000_000


def test_any_clock(incident: Incident) -> None:
    """A clock set back or far ahead is remarked where it went back; the order holds, and that is no fault."""
    for days in (0, -400, -399, 20_000, 1):
        keeping.add(incident, "note", said(words=f"{days}"), NOW + timedelta(days=days))
    assert ["event 4", "event 7"] == [remark.where for remark in keeping.clock_remarks(incident)]
    assert [] == keeping.verify(DOOR.vault, incident)
    assert ["0", "-400", "-399", "20000", "1"] == [note.value("words") for note in keeping.records(incident, "note")]


def test_two_at_once(incident: Incident) -> None:
    """Where two threads add at once, all that they added is there, each item under a number of its own."""
    numbers: list[int] = []

    def add(which: int) -> None:
        mine = Incident.objects.get(pk=incident.pk) if which else incident
        for turn in range(12):
            item = keeping.add_item(DOOR.vault, mine, [b"%d %d" % (which, turn)], {}, NOW)
            numbers.append(item.value("number"))
            keeping.add(mine, "note", said(words=f"{which} {turn}"), NOW)
            keeping.sweep(DOOR.vault)
        connections.close_all()

    threads = [threading.Thread(target=add, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [*range(2, 26)] == sorted(numbers)
    assert 24 == keeping.records(incident, "note").count()
    assert [] == keeping.verify(DOOR.vault, incident)


def test_a_sweep_leaves_what_is_coming(incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep takes files without an entry, and leaves one that is just being kept, or whose mark was tampered with."""

    def seal_then_sweep(vault: Vault, kind: str, record: str, content: Iterable[bytes]) -> None:
        seal(vault, kind, record, content)
        keeping.sweep(vault)

    seal = Vault.seal
    DOOR.vault.seal(keeping.ITEM, "a" * 32, [b"left by a crash"])
    incident.events.update(current=False)
    monkeypatch.setattr(Vault, "seal", seal_then_sweep)
    keeping.add_item(DOOR.vault, incident, [b"coming"], {}, NOW)
    assert {event.record for event in incident.events.filter(what="item")} == files()


def test_a_removal_that_was_cut_short(incident: Incident, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the computer stops between a removal's entry and its file, the file is gone once the vault is opened."""
    record, vault = keeping.records(incident, "item").get().record, DOOR.vault
    with monkeypatch.context() as stopped:
        stopped.setattr(Vault, "discard", lambda *_: None)
        keeping.remove(vault, incident, record, "it was another's", NOW)
    keeping.add_item(vault, incident, [b"another"], {}, NOW)
    vault.seal(keeping.ITEM, "a" * 32, [b"of nobody"])
    assert record in files()
    opened()
    assert (False, 2) == (record in files(), len(files()))


def test_each_event_is_found_by_an_index(incident: Incident) -> None:
    """However long an incident is, adding, correcting and removing read a few of its events, and a list its own."""
    with CaptureQueriesContext(connection) as asked:
        event = keeping.add_item(DOOR.vault, incident, [b"another"], {}, NOW)
        keeping.correct(incident, event.record, said(remark="seen"), NOW)
        list(keeping.history(incident, event.record))
        keeping.remove(DOOR.vault, incident, event.record, "it was another's", NOW)
        list(keeping.records(incident, "account"))
    reading = [
        each["sql"] for each in asked if each["sql"].startswith(("SELECT", "UPDATE")) and "_event" in each["sql"]
    ]
    with connection.cursor() as cursor:
        plans = [str(cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in reading]
    few = ("(record=? AND incident_id=?)", "(digest=? AND incident_id=?)", "COVERING INDEX")
    slow = [
        (sql, plan) for sql, plan in zip(reading[:-1], plans, strict=False) if not any(each in plan for each in few)
    ]
    assert (True, []) == (len(plans) > 7, slow)
    assert "(incident_id=? AND what=?)" in plans[-1]


STRANGE = {
    "half a letter": ("a\ud83db", "a\ufffdb"),
    "NUL": ("a\0b", "a\ufffdb"),
    "marks of direction": ("\u202eabc\u202c\u200f\u2067 é", "\u202eabc\u202c\u200f\u2067 é"),
    "a megabyte": ("\"ß\\'" * 250_000, "\"ß\\'" * 250_000),
}


@pytest.mark.parametrize(("text", "stored"), STRANGE.values(), ids=STRANGE.keys())
def test_strange_text(incident: Incident, text: str, stored: str) -> None:
    """Any text can be kept, in a value, in a list and in the name of a field that a file has."""
    fields = said(words=text, to=[text]) | {f"file: {text}": field(text, "file")}
    event = keeping.add(incident, "action", fields, NOW)
    opened = keeping.open_incident(text[:100], {}, NOW)
    connections.close_all()
    DOOR.vault.lock()
    DOOR.vault.unlock(PASSPHRASE)
    again = Event.objects.get(pk=event.pk)
    assert (stored, [stored], stored) == tuple(map(again.value, ("words", "to", f"file: {stored}")))
    assert stored[:100] == Incident.objects.get(pk=opened.pk).title
    assert [] == keeping.verify(DOOR.vault, incident) + keeping.verify(DOOR.vault, opened)
