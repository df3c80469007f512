"""A vault from its making to its move to another passphrase: what opens it, what does not, and what is left on disk."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from forethought.vault import (
    BusyVaultError,
    DamagedVaultError,
    LockedVaultError,
    NoVaultError,
    Vault,
    VaultExistsError,
    WeakPassphraseError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
    database,
)

PASSPHRASE, OTHER = "teapot lantern gravel moth", "seven quiet herons wading"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A new vault with a table in it, open."""
    vault = Vault(tmp_path / "kept")
    vault.create(PASSPHRASE)
    connection = database.connect(vault.database, vault.database_key())
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.execute("INSERT INTO note VALUES ('canary')")
    connection.close()
    yield vault
    vault.lock()


def words(vault: Vault) -> list[str]:
    """Return what the table holds."""
    connection = database.connect(vault.database, vault.database_key())
    try:
        return [row[0] for row in connection.execute("SELECT words FROM note")]
    finally:
        connection.close()


def everything(folder: Path) -> bytes:
    """Return the content of every file of a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TestOpening:
    def test_it_opens_with_its_passphrase(self, vault: Vault) -> None:
        """What was kept is there after locking and unlocking."""
        vault.lock()
        assert not vault.is_open
        vault.unlock(PASSPHRASE)
        assert ["canary"] == words(vault)

    def test_a_locked_vault_gives_no_key(self, vault: Vault) -> None:
        """Once locked, there is no key to be had."""
        vault.lock()
        with pytest.raises(LockedVaultError):
            vault.database_key()

    def test_a_wrong_passphrase_is_refused(self, vault: Vault) -> None:
        """A wrong passphrase opens nothing, and the right one still opens afterwards."""
        vault.lock()
        with pytest.raises(WrongPassphraseError):
            vault.unlock(OTHER)
        vault.unlock(PASSPHRASE)

    def test_the_recovery_key_opens_it_once(self, tmp_path: Path) -> None:
        """The recovery key sets a new passphrase, and gives way to a new recovery key."""
        vault = Vault(tmp_path)
        recovery_key = vault.create(PASSPHRASE)
        vault.lock()
        renewed = vault.recover(recovery_key, OTHER)
        vault.lock()
        with pytest.raises(WrongRecoveryKeyError):
            vault.recover(recovery_key, OTHER)
        with pytest.raises(WrongPassphraseError):
            vault.unlock(PASSPHRASE)
        vault.recover(renewed, PASSPHRASE)
        vault.lock()

    @pytest.mark.parametrize("weak", ["", "password", "forethought", "liverpool1", "aaaaaaaaaaaaaaa"])
    def test_a_passphrase_that_can_be_guessed_is_refused(self, tmp_path: Path, weak: str) -> None:
        """No vault is made under a weak passphrase, and the folder stays free for a better one."""
        vault = Vault(tmp_path)
        with pytest.raises(WeakPassphraseError):
            vault.create(weak)
        assert not vault.exists

    def test_a_vault_is_never_made_over_another(self, vault: Vault) -> None:
        """Making one where there is one is refused, and what is kept stays."""
        with pytest.raises(VaultExistsError):
            Vault(vault.folder).create(OTHER)
        assert ["canary"] == words(vault)

    def test_two_cannot_have_it_open(self, vault: Vault) -> None:
        """While one holds it, another process is told so; once it is locked, the other may open it."""
        script = (
            "import sys; from pathlib import Path; from forethought.vault import *\n"
            "try: Vault(Path(sys.argv[1])).unlock(sys.argv[2]); print('open')\n"
            "except BusyVaultError as error: print('busy')"
        )
        ask = [sys.executable, "-c", script, str(vault.folder), PASSPHRASE]
        assert "busy" == subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
        with pytest.raises(BusyVaultError):
            Vault(vault.folder).unlock(PASSPHRASE)
        vault.lock()
        assert "open" == subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()

    def test_unlocking_twice_and_locking_once_lets_others_in(self, vault: Vault) -> None:
        """Two tabs that unlock it do not keep it held once it is locked."""
        vault.unlock(PASSPHRASE)
        vault.unlock(PASSPHRASE)
        vault.lock()
        other = Vault(vault.folder)
        other.unlock(PASSPHRASE)
        other.lock()


class TestDamage:
    def test_a_missing_key_file(self, vault: Vault) -> None:
        """Without its key file the vault is said to be unreadable, with the file's place."""
        vault.lock()
        vault.key_file.unlink()
        with pytest.raises(NoVaultError, match=r"vault\.key"):
            vault.unlock(PASSPHRASE)

    def test_a_missing_database(self, vault: Vault) -> None:
        """A key file with no database beside it is damage, and no empty database is made in its place."""
        vault.lock()
        vault.database.unlink()
        with pytest.raises(DamagedVaultError, match=r"vault\.db"):
            vault.unlock(PASSPHRASE)
        assert not vault.database.exists()

    def test_a_database_of_another_vault(self, vault: Vault, tmp_path: Path) -> None:
        """A database that the keys do not open is damage, and is left as it is."""
        vault.lock()
        vault.database.write_bytes(os.urandom(8192))
        with pytest.raises(DamagedVaultError):
            vault.unlock(PASSPHRASE)

    def test_one_flipped_byte_is_found(self, vault: Vault) -> None:
        """Checking finds nothing in a whole vault, and a single changed byte in the database."""
        assert [] == vault.check()
        content = bytearray(vault.database.read_bytes())
        content[len(content) - 100] ^= 1
        vault.database.write_bytes(content)
        assert vault.check()

    def test_a_damaged_sealed_file_is_found(self, vault: Vault) -> None:
        """Checking reads every sealed file, and names those that were changed and those it is told of that are gone."""
        vault.seal("picture", "a1", [b"canary"])
        assert [("picture", "a1")] == vault.sealed_records()
        assert [] == vault.check([("picture", "a1")])
        vault.sealed_file("picture", "a1").write_bytes(b"other")
        assert 1 == len(vault.check())
        assert 2 == len(vault.check([("picture", "a1"), ("picture", "a2")]))


class TestFiles:
    def test_a_sealed_file_comes_back(self, vault: Vault) -> None:
        """A file is kept and read back, over a change of passphrase too, until it is discarded."""
        vault.seal("picture", "a1", [b"can", b"ary"])
        vault.change(PASSPHRASE, OTHER)
        assert b"canary" == b"".join(vault.unseal("picture", "a1"))
        vault.discard("picture", "a1")
        with pytest.raises(FileNotFoundError):
            list(vault.unseal("picture", "a1"))

    def test_a_write_that_fails_leaves_the_old_file(self, vault: Vault) -> None:
        """Content that breaks off half-way leaves what was there before, and nothing unfinished."""

        def broken() -> Iterator[bytes]:
            yield b"half"
            raise OSError(28, "no space left")

        vault.seal("picture", "a1", [b"canary"])
        with pytest.raises(OSError, match="no space"):
            vault.seal("picture", "a1", broken())
        assert b"canary" == b"".join(vault.unseal("picture", "a1"))
        assert [] == list(vault.folder.rglob("*.unfinished"))

    @pytest.mark.parametrize(("kind", "record"), [("..", "a"), ("picture", "../a"), ("a/b", "c"), ("picture", "")])
    def test_no_name_leads_out_of_the_folder(self, vault: Vault, kind: str, record: str) -> None:
        """A kind or an id that could be a path is refused."""
        with pytest.raises(AssertionError):
            vault.sealed_file(kind, record)

    def test_nothing_readable_is_on_disk(self, vault: Vault) -> None:
        """No file of the folder holds what was kept, or a key, and none is open to other people."""
        vault.seal("picture", "a1", [b"canary"])
        content = everything(vault.folder)
        assert all(secret not in content for secret in (b"canary", b"SQLite format", *vault.keys))
        assert all(not path.stat().st_mode & 0o077 for path in (vault.key_file, vault.sealed_file("picture", "a1")))


class TestAnotherPassphrase:
    def test_the_old_one_opens_no_longer(self, vault: Vault) -> None:
        """After a change only the new passphrase opens, and the database has another key."""
        before = vault.database_key()
        vault.change(PASSPHRASE, OTHER)
        assert ["canary"] == words(vault)
        assert before != vault.database_key()
        assert not database.opens(vault.database, before)
        vault.lock()
        with pytest.raises(WrongPassphraseError):
            vault.unlock(PASSPHRASE)
        vault.unlock(OTHER)

    def test_it_takes_the_old_one(self, vault: Vault) -> None:
        """Whoever finds the desk open cannot change the passphrase without knowing it."""
        with pytest.raises(WrongPassphraseError):
            vault.change(OTHER, OTHER)
        with pytest.raises(WeakPassphraseError):
            vault.change(PASSPHRASE, "password")
        vault.lock()
        vault.unlock(PASSPHRASE)

    def test_a_database_that_is_being_read_stays_as_it_was(self, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where something reads the database all the while, the change is refused and the old passphrase holds."""
        monkeypatch.setattr(database, "WAIT", 0.2)
        reading = database.connect(vault.database, vault.database_key())
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM note").fetchone()
        with pytest.raises((BusyVaultError, database.dbapi2.OperationalError)):
            vault.change(PASSPHRASE, OTHER)
        reading.close()
        vault.lock()
        vault.unlock(PASSPHRASE)
        assert ["canary"] == words(vault)

    def test_two_changes_at_once(self, vault: Vault) -> None:
        """Of two changes made at the same moment one holds, and the vault opens with its passphrase."""
        failed: list[Exception] = []

        def change(new: str) -> None:
            try:
                vault.change(PASSPHRASE, new)
            except WrongPassphraseError as error:
                failed.append(error)

        third = "eleven copper kettles singing"
        both = [threading.Thread(target=change, args=(new,)) for new in (OTHER, third)]
        for each in both:
            each.start()
        for each in both:
            each.join(60)
        assert not any(each.is_alive() for each in both)
        assert 1 == len(failed)
        vault.lock()
        opened = 0
        for passphrase in (OTHER, third):
            try:
                vault.unlock(passphrase)
                opened += 1
            except WrongPassphraseError:
                continue
        assert 1 == opened
        assert ["canary"] == words(vault)

    @pytest.mark.parametrize("reached", [False, True], ids=["before-the-database", "after-the-database"])
    def test_a_change_cut_short_is_settled(self, vault: Vault, monkeypatch: pytest.MonkeyPatch, reached: bool) -> None:
        """Cut short before the database was encrypted anew, the old passphrase holds; after it, the new one does."""
        rekey = database.rekey

        def cut_short(path: Path, key: bytes, new: bytes) -> None:
            if reached:
                rekey(path, key, new)
            raise KeyboardInterrupt

        monkeypatch.setattr(database, "rekey", cut_short)
        with pytest.raises(KeyboardInterrupt):
            vault.change(PASSPHRASE, OTHER)
        vault.lock()
        holds, fails = (OTHER, PASSPHRASE) if reached else (PASSPHRASE, OTHER)
        with pytest.raises(WrongPassphraseError):
            vault.unlock(fails)
        vault.unlock(holds)
        assert ["canary"] == words(vault)
        assert [] == list(vault.folder.glob("*.next"))


def test_a_making_cut_short_starts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vault whose making was cut short before there was a database is no vault yet, and can be made."""
    with monkeypatch.context() as patch:
        patch.setattr(database, "make", lambda *_: (_ for _ in ()).throw(OSError(28, "no space left")))
        vault = Vault(tmp_path)
        with pytest.raises(OSError, match="no space"):
            vault.create(PASSPHRASE)
        vault.lock()
    assert not vault.exists
    vault.create(OTHER)
    vault.lock()
    shutil.rmtree(tmp_path)
