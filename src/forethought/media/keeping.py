"""Files that a person hands to the desk: looked at, cleaned, and kept sealed for a day, with their clean copies."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from forethought.errors import sentence
from forethought.media.apart import Apart
from forethought.media.buffer import PIECE
from forethought.media.cleaning import Cleaned
from forethought.media.format import Wishes
from forethought.media.models import File
from forethought.media.seeing.regions import Box
from forethought.media.seeing.upright import CannotSeeError
from forethought.vault import Vault
from forethought.vault.files import SENDING

KEPT = timedelta(days=1)
ORIGINAL, COPY = "original", "clean_copy"  # the kinds of sealed files


def take(vault: Vault, name: str, content: Iterable[bytes], wishes: Wishes, now: datetime) -> File:
    """Look at a file, clean it, and keep both for a day. Raises NotReadError, NoRoomError and OSError."""
    file = File(name=name[:255], key=uuid4().hex, made=now)
    vault.seal(ORIGINAL, file.key, content)
    try:
        return again(vault, file, wishes)
    except BaseException:
        discard(vault, file)
        raise


def again(vault: Vault, file: File, wishes: Wishes) -> File:
    """Clean a kept file as it is wished now, and keep that copy in place of the one before.

    The stretches of a picture that are covered in its copy stay covered.
    """
    regions = tuple(Box(*edges) for edges in file.covered)
    with _laid_out(vault, file) as path, Apart() as apart:
        _keep(vault, file, apart.clean(path, path.parent / "copy", replace(wishes, cover=regions)))
    file.save()
    return file


def see(vault: Vault, file: File) -> File:
    """Look for words and faces in a kept picture, once; what cannot be looked into says so."""
    if not file.sight:
        with _laid_out(vault, file) as path, Apart() as apart:
            try:
                file.look_at(apart.see(path))
            except CannotSeeError as error:
                file.sight = {"said": [sentence(error)]}
        file.save()
    return file


@contextmanager
def _laid_out(vault: Vault, file: File) -> Iterator[Path]:
    """Give a kept file as it was, for the time that it is worked on, where nobody else may read it.

    Where that is cut short, the vault sweeps the folder away when it is opened next.
    """
    with tempfile.TemporaryDirectory(prefix=SENDING, dir=vault.folder) as folder:
        path = Path(folder) / f"file{file.suffix}"
        with path.open("wb") as opened:
            opened.writelines(vault.unseal(ORIGINAL, file.key))
        yield path


def _keep(vault: Vault, file: File, cleaned: Cleaned) -> None:
    file.take(cleaned.seen)
    file.left, file.why = list(cleaned.left), cleaned.why
    file.copy, file.size = (cleaned.copy.name, cleaned.sizes[1]) if cleaned.copy else ("", 0)
    vault.discard(COPY, file.key)
    if cleaned.copy:
        vault.seal(COPY, file.key, _pieces(cleaned.copy))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def discard(vault: Vault, file: File) -> None:
    """Remove a file and its copy for good."""
    for kind in (ORIGINAL, COPY):
        vault.discard(kind, file.key)
    if file.pk:
        file.delete()


def sweep(vault: Vault, now: datetime) -> None:
    """Remove what was kept for its day."""
    for file in File.objects.filter(made__lt=now - KEPT):
        discard(vault, file)


def tidy(vault: Vault, now: datetime) -> None:
    """Remove what was kept for its day, and what was left of a file that was never wholly taken."""
    sweep(vault, now)
    known = set(File.objects.values_list("key", flat=True))
    for kind, key in vault.sealed_records():
        if kind in (ORIGINAL, COPY) and key not in known:
            vault.discard(kind, key)
