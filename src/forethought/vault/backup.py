"""A backup: the whole vault in one file, encrypted as it lies, and brought back only once it is known to be whole.

The file is a plain tar archive of the key file, a copy of the database and the sealed files; the passphrase of the day
it was made opens it.
"""

import io
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from forethought.errors import ForethoughtError
from forethought.vault import database
from forethought.vault.files import ASIDE, FRESH, UNFINISHED, store_names
from forethought.vault.keys import KEY_FILE
from forethought.vault.vault import SEALED, Vault

MOST_FILES = 1_000_000
_MARK = "forethought-backup"


class NotABackupError(ForethoughtError):
    """A file that was to be restored is not a whole backup."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        super().__init__(f"{name} is not a whole Forethought backup. Nothing was changed. Choose another file.")


def back_up(vault: Vault, target: Path) -> None:
    """Write a backup of the open `vault` to `target`, which must not exist. Raises LockedVaultError and OSError."""
    with vault.alone:
        _back_up(vault, target)


def _back_up(vault: Vault, target: Path) -> None:
    key = vault.keys.database
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=_MARK) as folder:
            copied = Path(folder) / database.DATABASE
            database.copy(vault.database, key, copied)
            with tarfile.open(unfinished, "w") as archive:
                for name, path in ((_MARK, None), (KEY_FILE, vault.key_file), (database.DATABASE, copied)):
                    _add(archive, name, path)
                for path in sorted((vault.folder / SEALED).rglob("*")):
                    if path.is_file() and path.suffix != UNFINISHED:
                        _add(archive, path.relative_to(vault.folder).as_posix(), path)
        if target.exists():
            raise FileExistsError(17, "there is a file of that name", str(target))
        unfinished.replace(target)
        store_names(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, path: Path | None) -> None:
    """Add a file under `name`, without the owner's name or other marks of this device."""
    with io.BytesIO(b"1\n") if path is None else path.open("rb") as content:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = content.seek(0, io.SEEK_END), 0o600
        content.seek(0)
        archive.addfile(entry, content)


def restore(source: Path, folder: Path, passphrase: str, now: datetime) -> Path | None:
    """Put the vault in the backup `source` in place of the one in `folder`, and return where that one was moved.

    It is unpacked beside the folder, unlocked and checked first. Raises NotABackupError, WrongPassphraseError, OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}{FRESH}"))
    try:
        _unpack(source, fresh)
        brought = Vault(fresh)
        brought.unlock(passphrase)
        faults = brought.check()
        brought.lock()
        (fresh / "vault.lock").unlink(missing_ok=True)
        if faults:
            raise NotABackupError(source.name)
        moved = None
        if folder.exists():
            moved = _aside(folder, now)
            folder.rename(moved)
        try:
            fresh.rename(folder)
        except OSError:
            if moved:
                moved.rename(folder)
            raise
        return moved
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _aside(folder: Path, now: datetime) -> Path:
    """Return a name beside `folder` that nothing has yet, also where two restores fall within a second."""
    moment = f"{folder.name}{ASIDE}{now:%Y-%m-%d-%H%M%S}"
    names = (folder.with_name(f"{moment}-{number:03}") for number in count(1))
    return next(name for name in names if not name.exists())


def settle(folder: Path) -> None:
    """Put the vault back in `folder` that a restore moved aside, where it was cut short before it put another there."""
    aside = sorted(folder.parent.glob(f"{folder.name}{ASIDE}*"))
    if aside and not folder.exists():
        aside[-1].rename(folder)
    for left in folder.parent.glob(f"{folder.name}{FRESH}*"):
        shutil.rmtree(left, ignore_errors=True)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:") as archive:
            names = [entry.name for entry in _entries(archive, folder)]
    except (tarfile.TarError, EOFError, UnicodeError, ValueError):
        raise NotABackupError(source.name) from None
    if not {_MARK, KEY_FILE, database.DATABASE} <= set(names):
        raise NotABackupError(source.name)
    (folder / _MARK).unlink()


def _entries(archive: tarfile.TarFile, folder: Path) -> Iterator[tarfile.TarInfo]:
    """Unpack and yield each entry; plain files under the names that a backup has, and nothing else."""
    for number, entry in enumerate(archive):
        parts = entry.name.split("/")
        known = entry.name in (_MARK, KEY_FILE, database.DATABASE) or (
            len(parts) == 3 and parts[0] == SEALED and parts[1].isidentifier() and parts[2].isalnum()
        )
        if not entry.isreg() or not known or number > MOST_FILES:
            raise ValueError(entry.name)
        archive.extract(entry, folder, filter="data")
        yield entry
