"""Kills a process that adds to incidents, again and again, and looks after each kill at what is there."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import connections

from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.models import Event, Incident
from forethought.vault import Vault

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
EACH = 10  # kills after which a new incident is begun, so that checking all of one stays quick
Known = dict[str, bytes | None]  # each record that was reported, with an item's bytes


def content(seed: int) -> bytes:
    """Return an item's bytes, from a few to three hundred thousand."""
    choice = random.Random(seed)
    return choice.randbytes(choice.choice((9, 9_000, 300_000)))


def add_on(vault: Vault, key: int, seed: int, reports: Any) -> None:
    """Add items and records without end, and report each once it is kept, and each removal before it is begun."""
    incident, choice = Incident.objects.get(pk=key), random.Random(seed)
    reports.send(("ready", "", 0))
    for number in count(seed):
        item = keeping.add_item(vault, incident, [content(number)], said(title=f"Message {number}"), NOW)
        reports.send(("item", item.record, number))
        note = keeping.add(incident, "note", said(words=f"Note {number}"), NOW)
        reports.send(("note", note.record, number))
        if choice.random() < 0.3:
            keeping.correct(incident, item.record, said(title="Corrected"), NOW)
        if choice.random() < 0.2:
            reports.send(("leaving", item.record, number))
            keeping.remove(vault, incident, item.record, "a mistake", NOW)


def killed(vault: Vault, incident: Incident, seed: int, after: float) -> list[tuple[str, str, int]]:
    """Let a process add to an incident, kill it `after` seconds once it is ready, and return what it reported."""
    fork = multiprocessing.get_context("fork")
    heard, reports = fork.Pipe(duplex=False)
    process = fork.Process(target=add_on, args=(vault, incident.pk, seed, reports))
    process.start()
    reports.close()
    told = [heard.recv()]
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    try:
        while True:
            told.append(heard.recv())
    except EOFError:
        return told


def looked_at(vault: Vault, incident: Incident, known: Known, leaving: str) -> Counter[str]:
    """Check everything after a kill, and count what was found; raises AssertionError where something was lost."""
    before = {record for kind, record in vault.sealed_records() if kind == keeping.ITEM}
    keeping.sweep(vault)
    files = {record for kind, record in vault.sealed_records() if kind == keeping.ITEM}
    items = {event.record for event in Event.objects.filter(what="item", current=True)}
    assert [] == keeping.verify(vault, incident)
    assert files == items, "a file without an entry, or an entry without its file"
    there = {event.record: event for event in keeping.records(incident)}
    if leaving and leaving not in there:
        known.pop(leaving)
    assert known.keys() <= there.keys(), "an entry that was reported is gone"
    for record, kept in known.items():
        assert kept is None or kept == b"".join(keeping.original(vault, there[record])), "an item's bytes differ"
    unreported = len([event for event in there.values() if event.what != "incident"]) - len(known)
    assert unreported in (0, 1), "more than the one add that was under way"
    known |= {
        event.record: b"".join(keeping.original(vault, event)) if event.what == "item" else None
        for event in there.values()
        if event.what != "incident" and event.record not in known
    }
    return Counter(left=len(before - files), unreported=unreported)


def kills(vault: Vault, passphrase: str, times: int, longest: float = 0.3, seed: int = 7) -> Counter[str]:
    """Kill a process `times` times at random moments, and return how often what was found; the vault is open."""
    choice, found = random.Random(seed), Counter[str]()
    incident, known = keeping.open_incident("Killed", {}, NOW), Known()
    for turn in range(times):
        if turn % EACH == 0:
            incident, known = keeping.open_incident(f"Killed {turn}", {}, NOW), Known()
        connections.close_all()
        leaving, told = "", killed(vault, incident, turn * 10_000, choice.uniform(0, longest))
        for what, record, number in told:
            if leaving and what != "ready":
                known.pop(leaving)
            leaving = record if what == "leaving" else ""
            if what in ("item", "note"):
                known[record] = content(number) if what == "item" else None
        found["unfinished"] += len(list(vault.folder.rglob("*.unfinished")))
        vault.lock()
        vault.unlock(passphrase)
        assert not list(vault.folder.rglob("*.unfinished"))
        found += looked_at(vault, incident, known, leaving)
        found += Counter(what for what, *_ in told)
    assert all(not keeping.verify(vault, each) for each in Incident.objects.all())
    return found
