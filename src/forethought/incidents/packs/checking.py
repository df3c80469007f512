"""Checking a pack within the program, by the same code that lies in every pack."""

from collections.abc import Iterable
from pathlib import Path

from forethought.incidents.packs.errors import NotAPackError
from forethought.incidents.packs.verify_pack import NoPackError, Report, check


def check_pack(path: Path, heads: Iterable[str] = (), number: str = "") -> Report:
    """Return what is found in a pack, a zip file or a folder, as `check` does. Raises NotAPackError and OSError."""
    try:
        return check(str(path), heads, number)
    except NoPackError as error:
        raise NotAPackError(path.name) from error
