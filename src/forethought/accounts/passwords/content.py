"""A file's bytes as text or as parts, within limits, and values of any shape as what they should be."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from forethought.accounts.passwords.errors import DamagedExportError, LargeExportError

MOST_BYTES = 64 << 20  # an export of 50,000 entries has about 15 MB
MOST_ENTRIES = 50_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(content: bytes | bytearray, name: str) -> str:
    """Return an export's text. Raises DamagedExportError where it is in no Unicode, since a guess would change it."""
    encoding = next((way for mark, way in _MARKS if content.startswith(mark)), "utf-8")
    try:
        found = content.decode(encoding)
    except UnicodeError:
        found = "\0"
    if "\0" in found:
        raise DamagedExportError(name, "its letters are not in UTF-8, so another program may have saved it anew")
    return found


def parts_of(text: str, name: str) -> dict[str, Any]:
    """Return the parts of JSON. Raises DamagedExportError."""
    try:
        return mapping(json.loads(text))
    except (ValueError, RecursionError):
        raise DamagedExportError(name, "it is cut off, or was changed") from None


def bounded(count: int, name: str) -> None:
    """Raise LargeExportError where an export has more entries than are read."""
    if count > MOST_ENTRIES:
        raise LargeExportError(name, f"{MOST_ENTRIES:,} entries")


def mapping(value: object) -> dict[str, Any]:
    """Return a value where it has named parts, or none."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """Return a value where it is a list, or an empty one."""
    return value if isinstance(value, list) else []


def string(value: object) -> str:
    """Return a value where it is text, or none."""
    return value if isinstance(value, str) else ""


def day(value: object) -> date | None:
    """Return the day of an ISO date or time; None where there is none."""
    try:
        return datetime.fromisoformat(string(value).strip()).date()
    except ValueError:
        return None


def day_since(seconds: object) -> date | None:
    """Return the day (UTC) so many seconds after the start of 1970; None for anything that cannot be one."""
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=float(str(seconds)))).date()
    except (ValueError, OverflowError):
        return None


def has_code(*texts: str) -> bool:
    """Say whether the secret of a two-step code stands in one of the texts."""
    return any("otpauth://" in each.casefold() for each in texts)
