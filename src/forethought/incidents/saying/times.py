"""Times as files give them: the zone stays as it is given, and where none is given that is said."""

import re
from email.utils import parsedate_to_datetime

NO_ZONE = ", no time zone given"
NO_SENDER_ZONE = ", the sender's time zone is not given"  # what -0000 means in RFC 5322, 3.3
_CAMERA = re.compile(r"(\d{4}):(\d\d):(\d\d)(?!\d)")
_PAPER = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")  # ISO 32000-2, 7.9.4
_CLOCK = re.compile(r"\d:\d\d")
_ZONE = re.compile(r"(?:Z|[A-Z]{2,5}|[+-]\d\d:?\d\d)(?:\s*\([^()]*\))?$")


def zoned(given: str, zone: str = "") -> str:
    """Return a time with its zone, which may stand in a field of its own, or with the remark that it has none.

    >>> zoned("2026:03:04 05:06:07", "+01:00")
    '2026-03-04 05:06:07 +01:00'
    >>> zoned("2026-03-04 05:06:07")
    '2026-03-04 05:06:07, no time zone given'
    """
    text = " ".join(_CAMERA.sub(r"\1-\2-\3", given[:200], count=1).split())
    if zone and text:
        return f"{text} {zone}"
    if text.endswith("-0000"):
        return text + NO_SENDER_ZONE
    return text + NO_ZONE if _CLOCK.search(text) and not _ZONE.search(text) else text


def sent(given: str) -> str:
    """Return the date of an e-mail (RFC 5322) in ISO 8601; empty where it names no time zone or is none.

    >>> sent("Mon, 16 Nov 2026 02:20:00 +0000")
    '2026-11-16T02:20:00+00:00'
    >>> sent("some day")
    ''
    """
    try:
        moment = parsedate_to_datetime(given)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else ""


def of_paper(given: str) -> str:
    """Return a time as a PDF writes it; any other text as it is.

    >>> of_paper("D:20260304050607+01'00'")
    '2026-03-04 05:06:07 +01:00'
    """
    if not (found := _PAPER.match(given)):
        return zoned(given)
    year, month, day, hour, minute, second, utc, ahead, past = found.groups()
    zone = "UTC" if utc else f"{ahead}:{past or '00'}" if ahead else ""
    return zoned(f"{year}-{month}-{day} {hour}:{minute}:{second or '00'}", zone)
