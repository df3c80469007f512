"""Single values as platforms write them: moments, text with broken letters, lists that are sometimes one object."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from forethought.footprint.item import Moment

UNSET = frozenset({"", "n/a", "none", "null", "0000-00-00 00:00:00"})
LONGEST_UNSET = 24  # characters, spaces around it included
LONGEST_MOMENT, LONGEST_ID = 64, 20  # characters
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def many(value: Any) -> list[Any]:
    """Return a value as a list: nothing as none, one object as a list of it. Meta unwraps lists of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Return a value as text: what is unset, or is not a text or a number, as none."""
    if isinstance(value, str):
        return "" if len(value) <= LONGEST_UNSET and value.strip().casefold() in UNSET else value
    return "" if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


def wrote(value: object) -> str:
    """Return what somebody wrote, exactly, a lone `None` or `n/a` included; nothing as none. Raises TypeError."""
    if not isinstance(value, str | None):
        raise TypeError
    return value or ""


def within(value: Any, *keys: str) -> Any:
    """Return what lies under keys within keys, without case, or None where nothing does. Of a list the first counts."""
    for key in keys:
        value = value[0] if isinstance(value, list) and value else value
        if not isinstance(value, dict):
            return None
        if key not in value:
            key = next((name for name in value if name.casefold() == key.casefold()), key)
        value = value.get(key)
    return value


def entities(value: str) -> str:
    """Return text with its HTML entities decoded, once."""
    return html.unescape(value)


def mended(value: Any) -> Any:
    """Return a value of Facebook, Instagram or Threads with its text and keys mended: UTF-8 written as Latin-1, once.

    A text that does not fit both ways stays as it is.
    """
    if isinstance(value, str):
        return _mended(value)
    if isinstance(value, dict):
        return {_mended(key): mended(each) for key, each in value.items()}
    return [mended(each) for each in value] if isinstance(value, list) else value


def _mended(value: str) -> str:
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def epoch(value: Any, per_second: int = 1) -> Moment:
    """Return the moment of a count since 1970 in UTC, of which `per_second` make a second; 0 is unset."""
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value) / per_second)
    except (TypeError, ValueError, OverflowError):
        return Moment(text(value))
    return Moment(str(value), at, "utc") if _FIRST < at < _LAST else Moment(str(value))


_FORMS = (
    "%a %b %d %H:%M:%S %z %Y",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d %b %Y",
    "%m/%d/%y, %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%b %d, %Y %H:%M:%S",
    "%b %d, %Y, %I:%M:%S %p",
    "%b %d, %Y %I:%M:%S %p",
    "%b %d, %Y %I:%M:%S %p %z",
    "%m/%d/%y, %I:%M:%S %p",
    "%Y-%m-%d %H:%M:%S.%f %z",
    "%Y/%m/%d %H:%M:%S %z",
    "%Y/%m/%d %H:%M:%S",
)
_HALF_DAY = re.compile(r"(?i)\b[ap]\.?m\b")


def moment(value: Any) -> Moment:
    """Return the moment of a text in any form that exports use; its zone is unknown where it does not name one."""
    raw = text(value)
    if len(raw) > LONGEST_MOMENT:
        return Moment(raw[:LONGEST_MOMENT])
    at = _parsed(re.sub(r"\s+(?:UTC|GMT)$", " +0000", raw.strip()))
    if at is None or not _FIRST < (at if at.tzinfo else at.replace(tzinfo=UTC)) < _LAST:
        return Moment(raw)
    if at.tzinfo is None:
        return Moment(raw, at, "unknown")
    return Moment(raw, at, "offset" if at.utcoffset() else "utc")


def _parsed(raw: str) -> datetime | None:
    """Return what the first way of reading that fits gives. That of mail overlooks what it does not know, as a PM."""
    ways: list[Callable[[str], datetime]] = [datetime.fromisoformat, *map(_form, _FORMS)]
    for way in ways if _HALF_DAY.search(raw) else [*ways, parsedate_to_datetime]:
        try:
            return way(raw)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _form(form: str) -> Callable[[str], datetime]:
    return lambda raw: datetime.strptime(raw, form)


def snowflake(key: str, since: int) -> Moment:
    """Return the moment that an id of X (since 1288834974657) or Discord (1420070400000) carries, in milliseconds."""
    carries = key.isdecimal() and len(key) <= LONGEST_ID and int(key) > 2**32
    return epoch((int(key) >> 22) + since, 1000) if carries else Moment()
