"""A process killed while it writes: all that it had saved before is there, and nothing readable is left behind."""

import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from forethought.vault import Vault, database
from forethought.vault.files import sweep

KILLS, CANARY = 200, "canary-in-the-coal-mine"


def write_on(vault: Vault, first: int, said: Any) -> None:
    """Write records and sealed files without end, and say of each when it is saved."""
    connection = database.connect(vault.database, vault.database_key())
    for number in range(first, sys.maxsize):
        connection.execute("INSERT INTO note VALUES (?, ?)", (number, f"{CANARY} {number} " * 200))
        vault.seal("picture", str(number), [f"{CANARY} {number} ".encode() * 2_000])
        said.send(number)


def killed(vault: Vault, first: int, after: float) -> int:
    """Let a process write from `first` on, kill it `after` seconds, and return the last number that it had saved."""
    fork = multiprocessing.get_context("fork")
    heard, said = fork.Pipe(duplex=False)
    process = fork.Process(target=write_on, args=(vault, first, said))
    process.start()
    said.close()
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    last = first - 1
    try:
        while True:
            last = heard.recv()
    except EOFError:
        return last


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")
def test_what_was_saved_is_there(tmp_path: Path) -> None:
    """After each of two hundred kills the vault is whole and every record and file that was saved is in it."""
    vault, choice, last = Vault(tmp_path / "vault"), random.Random(7), -1
    vault.create("teapot lantern gravel moth")
    connection = database.connect(vault.database, vault.database_key())
    connection.execute("CREATE TABLE note (number INTEGER PRIMARY KEY, words TEXT)")
    connection.close()
    for _ in range(KILLS):
        first = last + 2  # the one after the last may be half there
        last = max(killed(vault, first, choice.uniform(0.0, 0.05)), first - 1)
        connection = database.connect(vault.database, vault.database_key())
        saved = {
            row[0] for row in connection.execute("SELECT number FROM note WHERE number BETWEEN ? AND ?", (first, last))
        }
        connection.close()
        assert set(range(first, last + 1)) == saved
        for number in saved:
            assert f"{CANARY} {number} ".encode() * 2_000 == b"".join(vault.unseal("picture", str(number)))
    assert [] == vault.check()
    assert last > KILLS, "the writers were killed before they wrote anything"
    left = [path.read_bytes() for path in vault.folder.rglob("*") if path.is_file()]
    assert all(CANARY.encode() not in content and b"SQLite format" not in content for content in left)
    sweep(vault.folder)
    assert [] == list(vault.folder.rglob("*.unfinished"))
    vault.lock()
