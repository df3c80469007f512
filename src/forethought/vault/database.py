"""Opening the encrypted database: SQLCipher with a raw key, so that opening takes a millisecond."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from forethought.vault.errors import BusyVaultError
from forethought.vault.files import PRIVATE, UNFINISHED

DATABASE = "vault.db"
WAIT = 5.0  # seconds to wait for another connection's write


def connect(path: Path | str, key: bytes, **options: Any) -> dbapi2.Connection:
    """Return a connection to the database at `path`, which is made where there is none.

    A wrong key shows at the first query, as `sqlcipher3.dbapi2.DatabaseError`, and SQLCipher prints nothing about it.
    Nothing plain is ever written, since temporary tables stay in memory; each write waits until it is stored.
    """
    connection = dbapi2.connect(str(path), **{"timeout": WAIT, "isolation_level": None} | options)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"""PRAGMA key = "x'{key.hex()}'" """)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def make(path: Path, key: bytes) -> None:
    """Make an empty database at `path`, which stands there whole or not at all."""
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    unfinished.touch(PRIVATE)
    connection = connect(unfinished, key)
    try:
        connection.execute("PRAGMA user_version = 1")  # something to encrypt, so that a wrong key shows
    finally:
        connection.close()
    unfinished.replace(path)


def opens(path: Path, key: bytes) -> bool:
    """Say whether `key` opens the database at `path`."""
    connection = connect(path, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def rekey(path: Path, key: bytes, new: bytes) -> None:
    """Encrypt the whole database anew with the key `new`: all of it or, where that is cut short, none of it.

    Raises BusyVaultError where something else was reading and it stayed as it was, of which SQLCipher says nothing.
    """
    connection = connect(path, key)
    try:
        connection.execute(f"""PRAGMA rekey = "x'{new.hex()}'" """)
    finally:
        connection.close()
    if not opens(path, new):
        raise BusyVaultError


def faults(path: Path, key: bytes) -> list[str]:
    """Return what SQLCipher finds wrong with the database at `path`: pages that were changed, and broken tables."""
    connection = connect(path, key)
    try:
        pages = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        return pages or [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except dbapi2.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()


def copy(path: Path, key: bytes, target: Path) -> None:
    """Write a copy of the database as it is at one moment, encrypted with the same key, to `target`."""
    source, copied = connect(path, key), connect(target, key)
    try:
        source.backup(copied)
    finally:
        copied.close()
        source.close()
