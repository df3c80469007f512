"""Reads an export, whichever manager it is from: told by its content, never by its name, and kept in memory alone."""

from pathlib import Path

from forethought.accounts.passwords import apple, bitwarden, chrome, firefox, keepass, lastpass, onepassword
from forethought.accounts.passwords.content import MOST_BYTES, parts_of, text_of
from forethought.accounts.passwords.errors import DamagedExportError, LargeExportError, UnknownExportError
from forethought.accounts.passwords.guard import guarded
from forethought.accounts.passwords.login import Export
from forethought.accounts.passwords.sheets import Sheet, heads, read_sheet

_SHEETS: tuple[Sheet, ...] = tuple(
    sorted(
        (
            sheet
            for each in (apple, bitwarden, chrome, firefox, keepass, lastpass, onepassword)
            for sheet in each.SHEETS
        ),
        key=lambda sheet: -len(sheet.told_by),  # the one that asks for most, since some hold all columns of another
    )
)


@guarded
def read(path: Path) -> Export:
    """Return the logins of an export, as a file.

    Raises UnknownExportError, LockedExportError, DamagedExportError and LargeExportError, none of which quotes it.
    """
    content = bytearray()
    try:
        with path.open("rb", buffering=0) as stream:
            while len(content) <= MOST_BYTES and (more := stream.read(1 << 20)):
                content += more
    except OSError:
        raise DamagedExportError(path.name, "it is not there, or may not be opened") from None
    return read_content(content, path.name)


@guarded
def read_content(content: bytearray, name: str) -> Export:
    """Return the logins of an export's bytes, which are overwritten afterwards; `name` is for messages.

    Raises what `read` raises.
    """
    try:
        if len(content) > MOST_BYTES:
            raise LargeExportError(name, f"{MOST_BYTES >> 20} MB")
        return _by_content(content, name)
    finally:
        content[:] = bytes(len(content))


def _by_content(content: bytearray, name: str) -> Export:
    if content.startswith(b"PK"):
        return onepassword.read_1pux(content, name)
    text = text_of(content, name)
    start = text[:4_096].lstrip()
    if start.startswith("{"):
        return _json(text, name)
    if start.startswith("<"):
        return _xml(text, name)
    return _table(text, name)


def _json(text: str, name: str) -> Export:
    parts = parts_of(text, name)
    if not bitwarden.told_by(parts):
        raise UnknownExportError(name)
    return bitwarden.read_json(parts, name)


def _xml(text: str, name: str) -> Export:
    if "<KeePassFile" not in text[:65_536]:
        raise UnknownExportError(name)
    return keepass.read_xml(text, name)


def _table(text: str, name: str) -> Export:
    columns = frozenset(heads(text)[0])
    sheet = next((each for each in _SHEETS if each.told_by <= columns), None)
    if sheet is None:
        raise UnknownExportError(name)
    return read_sheet(sheet, text, name)
