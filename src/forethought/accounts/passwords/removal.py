"""Deletes an export, and says what that cannot do."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from forethought.accounts.passwords.errors import NotRemovedError

CANNOT = (
    "The file's letters were written over before it was deleted, and it went past the bin. That is no promise that "
    "they are gone:",
    "a solid-state drive or memory card may keep an older copy of what was written over, out of reach of any program;",
    "a folder that is copied to a cloud, such as a synchronised desktop or downloads folder, may have a copy and its "
    "earlier versions there: delete them there, and empty its bin;",
    "backups, snapshots and file histories made meanwhile still hold it;",
    "other copies, such as one that you opened in a spreadsheet, sent or moved to the bin, are still there.",
)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Removal:
    """A file that was deleted, and in sentences what that cannot guarantee."""

    name: str
    cannot: tuple[str, ...]


def remove_file(path: Path) -> Removal:
    """Write over a file with random bytes and delete it, past the bin; ask the person first.

    Raises NotRemovedError for what is no plain file, such as a link, for one that has a second name, and for one that
    may not be written.
    """
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise NotRemovedError(path.name, "it is a folder or a link, not the file itself")
        if found.st_nlink > 1:
            raise NotRemovedError(path.name, "it has another name elsewhere, which would be emptied too")
        _overwrite(path, found)
        path.unlink()
    except OSError:
        raise NotRemovedError(path.name, "it is not there, is in use, or may not be changed") from None
    return Removal(path.name, CANNOT)


def _overwrite(path: Path, expected: os.stat_result) -> None:
    """Write over a file where it lies, and wait until the system says that it is written."""
    with path.open("r+b", buffering=0) as stream:
        if not os.path.samestat(os.fstat(stream.fileno()), expected):
            raise NotRemovedError(path.name, "it was exchanged for another meanwhile")
        left = expected.st_size
        while left > 0:
            left -= stream.write(os.urandom(min(left, _PIECE))) or 0
        os.fsync(stream.fileno())
