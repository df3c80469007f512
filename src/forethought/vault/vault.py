"""The vault: a folder that is made, unlocked, locked, checked and moved to another passphrase.

An open vault's keys are in memory alone, and forgotten when it is locked. All that a vault's methods leave on disk is
encrypted, at every moment.
"""

import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from filelock import FileLock, Timeout

from forethought.errors import ForethoughtError
from forethought.vault import database, keys, sealed
from forethought.vault.errors import (
    BusyVaultError,
    DamagedVaultError,
    LockedVaultError,
    NoVaultError,
    VaultExistsError,
    WeakPassphraseError,
)
from forethought.vault.files import ASIDE, UNFINISHED, sweep, write_whole
from forethought.vault.files import PRIVATE as PRIVATE_FILE
from forethought.vault.keys import KEY_FILE, Keys, Reading
from forethought.vault.strength import strength

P = ParamSpec("P")
R = TypeVar("R")
NEXT = ".next"  # a key file that takes the old one's place once the database has its new key
SEALED = "sealed"
PRIVATE = 0o700


def _alone(method: Callable[Concatenate["Vault", P], R]) -> Callable[Concatenate["Vault", P], R]:
    """Let one thread at a time into these methods of a vault."""

    @wraps(method)
    def entered(vault: "Vault", /, *args: P.args, **named: P.kwargs) -> R:
        with vault.alone:
            return method(vault, *args, **named)

    return entered


class Vault:
    """What is kept in one folder. It is locked until `create`, `unlock` or `recover` opens it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read or made yet."""
        self.folder = folder
        self.key_file, self.database = folder / KEY_FILE, folder / database.DATABASE
        self._next = folder / (KEY_FILE + NEXT)
        self._held = FileLock(folder / "vault.lock", timeout=0, mode=PRIVATE_FILE, thread_local=False)
        self._keys: Keys | None = None
        self.alone = threading.RLock()  # held by whatever makes, opens, moves, copies, replaces or locks the vault

    @property
    def exists(self) -> bool:
        """Whether something is kept there, be it whole or not."""
        return self.key_file.exists() or self.database.exists()

    @property
    def is_open(self) -> bool:
        """Whether the keys are in memory."""
        return self._keys is not None

    @property
    def keys(self) -> Keys:
        """The keys. Raises LockedVaultError where the vault is locked."""
        if self._keys is None:
            raise LockedVaultError
        return self._keys

    def database_key(self) -> bytes:
        """Return the key of the database. Raises LockedVaultError."""
        return self.keys.database

    @_alone
    def create(self, passphrase: str) -> str:
        """Make the vault and open it; return its recovery key, which is stored nowhere.

        Raises VaultExistsError, WeakPassphraseError and OSError.
        """
        if self.exists:
            raise VaultExistsError(self.folder)
        _refuse_weak(passphrase)
        (self.folder / SEALED).mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        self._hold()
        made, recovery_key = keys.make(), keys.make_recovery_key()
        write_whole(self._next, [keys.boxed(made, passphrase, recovery_key)])
        database.make(self.database, made.database)
        self._next.replace(self.key_file)
        self._keys = made
        return recovery_key

    @_alone
    def unlock(self, passphrase: str) -> None:
        """Open the vault. Raises NoVaultError, BusyVaultError, WrongPassphraseError, DamagedVaultError and OSError."""
        self._open(lambda content: keys.opened(content, passphrase))

    @_alone
    def recover(self, recovery_key: str, passphrase: str) -> str:
        """Open the vault with its recovery key, give it a new passphrase, and return the new recovery key.

        Raises what `change` and `unlock` raise, and WrongRecoveryKeyError.
        """
        _refuse_weak(passphrase)
        self._open(lambda content: keys.recovered(content, recovery_key))
        return self._move(passphrase)

    @_alone
    def change(self, old: str, new: str) -> str:
        """Move the open vault to another passphrase, the database to another key; return the new recovery key.

        Raises LockedVaultError, WrongPassphraseError, WeakPassphraseError and OSError; the old passphrase holds then.
        """
        _ = self.keys
        keys.opened(self.key_file.read_bytes(), old)
        _refuse_weak(new)
        return self._move(new)

    @_alone
    def lock(self) -> None:
        """Forget the keys."""
        self._keys = None
        self._held.release(force=True)

    @_alone
    def erase(self) -> None:
        """Remove everything that is kept: the keys first, without which the rest cannot be read. Raises OSError.

        What restores moved aside goes too; backups that were saved elsewhere stay.
        """
        self.lock()
        for path in (self.key_file, self._next, self.database):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / SEALED, ignore_errors=True)
        sweep(self.folder)
        for aside in self.folder.parent.glob(f"{self.folder.name}{ASIDE}*"):
            shutil.rmtree(aside)

    def reads(self) -> bool:
        """Say whether the vault is open and its keys open the database as it is now."""
        return self._keys is not None and database.opens(self.database, self._keys.database)

    def sealed_records(self) -> list[tuple[str, str]]:
        """Return the kind and id of each record that has a sealed file."""
        paths = sorted((self.folder / SEALED).glob("*/*"))
        return [(path.parent.name, path.name) for path in paths if path.suffix != UNFINISHED]

    def check(self, records: Iterable[tuple[str, str]] = ()) -> list[str]:
        """Return what is wrong with the database and the sealed files: all that are there, and those of `records`."""
        found = database.faults(self.database, self.keys.database)
        for kind, record in sorted({*self.sealed_records(), *records}):
            try:
                for _ in self.unseal(kind, record):
                    pass
            except (DamagedVaultError, OSError) as error:
                found.append(str(error))
        return found

    def seal(self, kind: str, record: str, content: Iterable[bytes]) -> None:
        """Keep `content` as the sealed file of a record; it stands there whole or not at all. Raises OSError."""
        path = self.sealed_file(kind, record)
        path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        write_whole(path, sealed.seal(content, self.keys.files, kind, record))

    def unseal(self, kind: str, record: str) -> Iterator[bytes]:
        """Yield the content of a record's sealed file. Raises DamagedVaultError and OSError."""
        return sealed.unseal(self.sealed_file(kind, record), self.keys.files, kind, record)

    def discard(self, kind: str, record: str) -> None:
        """Remove a record's sealed file, where there is one."""
        self.sealed_file(kind, record).unlink(missing_ok=True)

    def sealed_file(self, kind: str, record: str) -> Path:
        """Return where a record's sealed file lies; neither part may lead out of the folder."""
        assert kind.isidentifier(), kind
        assert record.isalnum(), record
        return self.folder / SEALED / kind / record

    def _hold(self) -> None:
        """Keep every other process out. Raises BusyVaultError."""
        try:
            self._held.acquire()
        except Timeout:
            raise BusyVaultError from None

    def _open(self, read: Reading) -> None:
        """Find the key file that belongs to the database and open it."""
        if not (self.key_file.exists() or self._next.exists()):
            raise NoVaultError(self.key_file)
        self._hold()
        try:
            found = self._fitting(read)
        except BaseException:
            self._held.release(force=True)
            raise
        sweep(self.folder)
        self._keys = found

    def _fitting(self, read: Reading) -> Keys:
        """Return the keys that open the database, and settle a change of passphrase that was cut short.

        Such a change leaves two key files, of which one fits the database.
        """
        wrong: Exception | None = None
        for path in filter(Path.exists, (self._next, self.key_file)):
            try:
                found = read(path.read_bytes())
            except ForethoughtError as error:
                wrong = wrong or error
                continue
            if self.database.exists() and database.opens(self.database, found.database):
                self._settle(path)
                return found
        raise wrong or DamagedVaultError(self.database.name)

    def _settle(self, fitting: Path) -> None:
        """Keep the key file that fits as the only one."""
        if fitting == self._next:
            self._next.replace(self.key_file)
        self._next.unlink(missing_ok=True)

    def _move(self, passphrase: str) -> str:
        """Give the database a new key and both boxes new ones; a crash in between is settled at the next opening."""
        recovery_key = keys.make_recovery_key()
        moved = self.keys._replace(database=secrets.token_bytes(keys.SIZE))
        write_whole(self._next, [keys.boxed(moved, passphrase, recovery_key)])
        database.rekey(self.database, self.keys.database, moved.database)
        self._next.replace(self.key_file)
        self._keys = moved
        return recovery_key


def _refuse_weak(passphrase: str) -> None:
    found = strength(passphrase)
    if not found.enough:
        raise WeakPassphraseError(found.why)
