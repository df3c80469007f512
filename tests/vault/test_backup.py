"""Backups: encrypted as they lie, whole or refused, and never in place of what is there until they are known to be."""

import io
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from forethought.vault import LockedVaultError, Vault, WrongPassphraseError, database
from forethought.vault.backup import NotABackupError, back_up, restore, settle

PASSPHRASE, NOW = "teapot lantern gravel moth", datetime(2030, 1, 2, 3, 4, 5)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """An open vault with a record and a sealed file."""
    vault = Vault(tmp_path / "vault")
    vault.create(PASSPHRASE)
    write(vault, "before")
    vault.seal("picture", "a1", [b"canary"])
    yield vault
    vault.lock()


@pytest.fixture
def made(vault: Vault, tmp_path: Path) -> Path:
    """A backup of it."""
    back_up(vault, tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


def write(vault: Vault, words: str) -> None:
    """Put the one record into the vault."""
    connection = database.connect(vault.database, vault.database_key())
    connection.executescript(f"DROP TABLE IF EXISTS note; CREATE TABLE note (w); INSERT INTO note VALUES ('{words}')")
    connection.close()


def read(vault: Vault) -> str:
    """Return the one record."""
    connection = database.connect(vault.database, vault.database_key())
    try:
        return str(connection.execute("SELECT w FROM note").fetchone()[0])
    finally:
        connection.close()


def test_what_was_backed_up_comes_back(vault: Vault, made: Path) -> None:
    """Restoring brings back the record and the file, and moves aside what was there."""
    write(vault, "after")
    vault.lock()
    moved = restore(made, vault.folder, PASSPHRASE, NOW)
    vault.unlock(PASSPHRASE)
    assert "before" == read(vault)
    assert b"canary" == b"".join(vault.unseal("picture", "a1"))
    assert moved is not None
    assert "vault-before-2030-01-02-030405-001" == moved.name
    old = Vault(moved)
    old.unlock(PASSPHRASE)
    assert "after" == read(old)
    old.lock()


def test_it_comes_back_where_there_is_nothing(vault: Vault, made: Path, tmp_path: Path) -> None:
    """On a new computer there is nothing to move aside."""
    assert restore(made, tmp_path / "new", PASSPHRASE, NOW) is None
    brought = Vault(tmp_path / "new")
    brought.unlock(PASSPHRASE)
    assert "before" == read(brought)
    brought.lock()


def test_two_restores_within_a_second_keep_both(vault: Vault, made: Path) -> None:
    """Each vault that was moved aside has a name of its own, however quickly one follows on another."""
    vault.lock()
    moved = [restore(made, vault.folder, PASSPHRASE, NOW) for _ in range(3)]
    assert 3 == len({path for path in moved if path is not None and path.exists()})


def test_a_restore_cut_short_is_settled(
    vault: Vault, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut short after the vault was moved aside and before another took its place, the next start puts it back."""
    vault.lock()
    rename, renamed = Path.rename, []

    def once(path: Path, target: Path) -> Path:
        renamed.append(path)
        if len(renamed) > 1:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", once)
        patch.setattr("shutil.rmtree", lambda *_, **__: None)  # a power cut clears nothing up
        with pytest.raises(KeyboardInterrupt):
            restore(made, vault.folder, PASSPHRASE, NOW)
    assert not vault.folder.exists()
    settle(vault.folder)
    vault.unlock(PASSPHRASE)
    assert "before" == read(vault)
    assert {"vault", "kept.backup"} == {path.name for path in tmp_path.iterdir()}


def test_settling_leaves_a_whole_vault_alone(vault: Vault, made: Path) -> None:
    """After a restore that was finished, both the vault and the one moved aside stay where they are."""
    vault.lock()
    moved = restore(made, vault.folder, PASSPHRASE, NOW)
    settle(vault.folder)
    assert moved is not None
    assert moved.exists()
    assert vault.folder.exists()


def test_nothing_in_it_can_be_read(vault: Vault, made: Path) -> None:
    """A backup holds nothing that was kept in plain form, and no name of the computer's owner."""
    content = made.read_bytes()
    assert all(secret not in content for secret in (b"canary", b"before", b"SQLite format", *vault.keys))
    with tarfile.open(made) as archive:
        assert {""} == {entry.uname for entry in archive}


def test_a_locked_vault_gives_none(vault: Vault, tmp_path: Path) -> None:
    """A locked vault is not backed up, and no file is left."""
    vault.lock()
    with pytest.raises(LockedVaultError):
        back_up(vault, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_file_that_is_there_is_not_overwritten(vault: Vault, made: Path) -> None:
    """An older backup of the same name stays as it is."""
    before = made.read_bytes()
    with pytest.raises(FileExistsError):
        back_up(vault, made)
    assert before == made.read_bytes()


def damaged(content: bytes, how: str) -> bytes:
    """Return a backup with something wrong with it."""
    if how == "cut-off":
        return content[: len(content) // 2]
    if how == "flipped":
        at = content.index(b"vault.db") + 5_000
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    return {"empty": b"", "other": b"not a tar at all" * 100}[how]


@pytest.mark.parametrize("how", ["cut-off", "flipped", "empty", "other"])
def test_what_is_not_whole_is_refused(vault: Vault, made: Path, how: str) -> None:
    """A damaged file, or another one, changes nothing, and leaves nothing beside the vault."""
    made.write_bytes(damaged(made.read_bytes(), how))
    write(vault, "after")
    vault.lock()
    with pytest.raises(NotABackupError):
        restore(made, vault.folder, PASSPHRASE, NOW)
    vault.unlock(PASSPHRASE)
    assert "after" == read(vault)
    assert {"vault", "kept.backup"} == {path.name for path in vault.folder.parent.iterdir()}


def test_another_passphrase_is_refused(vault: Vault, made: Path) -> None:
    """A backup opens with the passphrase of its day, and what is there stays where it does not."""
    vault.lock()
    with pytest.raises(WrongPassphraseError):
        restore(made, vault.folder, "seven quiet herons wading", NOW)
    vault.unlock(PASSPHRASE)
    assert "before" == read(vault)


@pytest.mark.parametrize(
    "name", ["../outside", "/outside", "sealed/../../outside", "sealed/a/b/c", "vault.key/x", "other"]
)
def test_nothing_is_unpacked_elsewhere(vault: Vault, made: Path, name: str) -> None:
    """A file made to write outside the vault's folder is refused whole."""
    with tarfile.open(made, "a") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    vault.lock()
    with pytest.raises(NotABackupError):
        restore(made, vault.folder, PASSPHRASE, NOW)
    assert not (vault.folder.parent / "outside").exists()


def test_a_link_in_it_is_refused(vault: Vault, made: Path) -> None:
    """A link is no file of a backup."""
    with tarfile.open(made, "a") as archive:
        entry = tarfile.TarInfo("sealed/picture/b2")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    vault.lock()
    with pytest.raises(NotABackupError):
        restore(made, vault.folder, PASSPHRASE, NOW)
