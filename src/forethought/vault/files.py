"""Writing files so that a crash leaves the old content or the new, and nothing between."""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

PRIVATE = 0o600  # for the owner alone
UNFINISHED, SENDING = ".unfinished", "sending-"  # what a file and a folder are called that are soon gone again
ASIDE, FRESH = "-before-", "-restoring-"  # what a vault's folder is called while another takes its place


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write `parts` to `path`, which is replaced once all of it is safely stored.

    Raises OSError where the disk is full or the folder cannot be written; `path` is then as it was.
    """
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    store_names(path.parent)


def store_names(folder: Path) -> None:
    """Make sure that the names in `folder` are stored too, where the system lets a folder be told so."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what writes that were cut short left behind; all of it was encrypted."""
    for left in folder.rglob(f"*{UNFINISHED}"):
        left.unlink(missing_ok=True)
    for left in folder.glob(f"{SENDING}*"):
        shutil.rmtree(left, ignore_errors=True)
