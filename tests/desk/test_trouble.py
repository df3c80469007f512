"""When the computer does not play along: a full disk, a folder that cannot be written to, a second desk, damage."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from at_the_desk import DOOR, PASSPHRASE, draft
from django.db import connections
from django.test import Client

from forethought.desk.models import HeldDraft
from forethought.vault import Vault

TEXT = "A quiet note about Mondays."


@pytest.fixture
def small_disk(client: Client) -> Iterator[Path]:
    """The vault's folder on a disk of its own of four megabytes, the vault open."""
    folder = DOOR.vault.folder
    connections.close_all()
    DOOR.vault.lock()
    moved = folder.with_name("moved")
    shutil.rmtree(moved, ignore_errors=True)
    folder.rename(moved)
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can make a small disk")
    shutil.copytree(moved, folder, dirs_exist_ok=True)
    DOOR.vault.unlock(PASSPHRASE)
    yield folder
    connections.close_all()
    DOOR.vault.lock()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def held() -> list[str]:
    """Return the drafts that are kept, from a vault that was locked and unlocked."""
    connections.close_all()
    DOOR.vault.lock()
    DOOR.vault.unlock(PASSPHRASE)
    return list(HeldDraft.objects.values_list("text", flat=True))


def test_a_full_disk(client: Client, small_disk: Path) -> None:
    """On a full disk nothing is lost: the page says what to do, and once there is room the draft can be kept."""
    client.post("/check/", draft(TEXT) | {"do": "hold"})
    with pytest.raises(OSError, match="No space"):
        (small_disk / "filler").write_bytes(b"x" * 8_000_000)
    answer = client.post("/check/", draft(TEXT * 1_000) | {"do": "hold"})
    assert 507 == answer.status_code
    assert b"The disk is full" in answer.content
    (small_disk / "filler").unlink()
    assert [TEXT] == held()
    assert 302 == client.post("/check/", draft(TEXT * 1_000) | {"do": "hold"}).status_code
    assert 2 == len(held())
    assert [] == DOOR.vault.check()


def test_a_folder_that_cannot_be_written_to(client: Client, small_disk: Path) -> None:
    """A vault in a read-only folder stays locked, and the page says what to do; once it can be written to, it opens."""
    connections.close_all()
    client.post("/lock/")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    answer = client.post("/unlock/", {"passphrase": PASSPHRASE})
    assert 507 == answer.status_code
    assert b"cannot be written to" in answer.content
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert 302 == client.post("/unlock/", {"passphrase": PASSPHRASE}).status_code


def test_a_second_desk(visitor: Client) -> None:
    """While another desk has the vault open, this one says so and what to do."""
    other = Vault(DOOR.vault.folder)
    other.unlock(PASSPHRASE)
    answer = visitor.post("/unlock/", {"passphrase": PASSPHRASE})
    assert 409 == answer.status_code
    assert b"open in another Forethought" in answer.content
    other.lock()
    assert 302 == visitor.post("/unlock/", {"passphrase": PASSPHRASE}).status_code


def test_a_database_that_is_damaged_while_open(client: Client) -> None:
    """A database that something else overwrote is explained on a plain page."""
    HeldDraft.objects.create(text=TEXT, made=datetime.now(UTC), until=datetime.now(UTC))
    connections.close_all()
    size = DOOR.vault.database.stat().st_size
    DOOR.vault.database.write_bytes(os.urandom(size))
    answer = client.get("/held/")
    assert 507 == answer.status_code
    assert b"restore your last backup" in answer.content


def test_a_request_that_meets_a_change_of_passphrase(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that still held the old key is told to be sent again, and nothing is called damaged."""
    old, other = DOOR.vault.database_key(), "seven quiet herons wading"
    assert 200 == client.post("/settings/passphrase/", {"old": PASSPHRASE, "new": other, "again": other}).status_code
    connections.close_all()
    monkeypatch.setitem(connections["default"].settings_dict["OPTIONS"], "key", lambda: old)
    answer = client.get("/held/")
    assert 409 == answer.status_code
    assert b"do it again" in answer.content
    monkeypatch.undo()
    connections.close_all()
    assert 200 == client.get("/held/").status_code


def test_our_own_faults_tell_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours gives a plain page, with no trace of the code or of what was typed."""
    client.raise_request_exception = False
    monkeypatch.setattr("forethought.desk.views.check.drafts.check", lambda *_: 1 / 0)
    answer = client.post("/check/", draft("secret words of a draft"))
    assert 500 == answer.status_code
    assert b"a fault in Forethought" in answer.content
    assert b"ZeroDivision" not in answer.content
    assert b"secret words" not in answer.content
