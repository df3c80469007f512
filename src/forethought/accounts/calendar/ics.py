"""Reviews as an iCalendar file (RFC 5545): one event a day, which says nothing of a person unless they ask for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hmac import digest
from itertools import groupby, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from forethought.accounts.calendar.due import Due
from forethought.documents import visible

ZONE = "Europe/London"
CONTENT_TYPE = "text/calendar; charset=utf-8"
WIDTH = 75  # octets of a line, without its end (RFC 5545, 3.1)
MORNING = "PT9H"  # when a reminder of a whole day goes off, counted from midnight
LENGTH = "PT15M"  # of an event at a time of day
FIRST = date(2020, 1, 1)  # from which revisions count
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """How the person wants their calendar.

    `named` writes what is due into the events, which everyone who sees the calendar can then read. `at` puts them at a
    time of day in the United Kingdom instead of on the whole day, and `alarm` adds a reminder. `key`, kept in the
    vault, tells this calendar's events from those of a colleague who shares it.
    """

    named: bool = False
    at: time | None = None
    alarm: bool = False
    key: bytes = b""


PLAIN = Wish()


def ics(dues: Iterable[Due], now: datetime, wish: Wish = PLAIN) -> bytes:
    """Return the calendar as a file; the feed gives the same bytes.

    `now`, a moment with its time zone, dates the file and counts up the revision of its events day by day, so that a
    calendar program takes the newest. An event goes by its day and `wish.key` alone, and so stays the same event.
    """
    ordered = sorted(dues, key=lambda each: each.on)
    days = [(day, tuple(group)) for day, group in groupby(ordered, lambda each: each.on)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Forethought//Reviews//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Forethought",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        # A file holds one part at least, so one without events tells the time zone.
        *(_zone([day for day, _ in days] or [now.date()]) if wish.at or not days else ()),
        *(line for day, group in days for line in _event(day, group, now, wish)),
        "END:VCALENDAR",
    ]
    return b"".join(fold(line) for line in lines)


def fold(line: str) -> bytes:
    """Return a line as the file has it: no more than 75 octets at a time, and no character cut in two."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > WIDTH:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part, b""])


def text(words: str) -> str:
    r"""Return words as a value of the type TEXT (RFC 5545, 3.3.11), with characters that act on a screen made visible.

    >>> text("one; two, three")
    'one\\; two\\, three'
    """
    shown = visible(words).replace("\\", "\\\\").replace("\n", "\\n")
    return shown.replace(";", "\\;").replace(",", "\\,")


def _event(day: date, dues: Sequence[Due], now: datetime, wish: Wish) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(day, wish.key)}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{(now.astimezone(UTC).date() - FIRST).days}"
    if wish.at:
        yield f"DTSTART;TZID={ZONE}:{_local(datetime.combine(day, wish.at))}"
        yield f"DURATION:{LENGTH}"
    else:
        yield f"DTSTART;VALUE=DATE:{_compact(day)}"
    yield f"SUMMARY:{text(_summary(dues, wish.named))}"
    if wish.named:
        yield f"DESCRIPTION:{text(_description(dues))}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    if wish.alarm:
        yield from _alarm("PT0S" if wish.at else MORNING)
    yield "END:VEVENT"


def _alarm(after: str) -> tuple[str, ...]:
    return (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Forethought",
        f"TRIGGER;RELATED=START:{after}",
        "END:VALARM",
    )


def _uid(day: date, key: bytes) -> UUID:
    return UUID(bytes=digest(key, f"review {day}".encode(), "sha256")[:16], version=5)


def _summary(dues: Sequence[Due], named: bool) -> str:
    if len(dues) > 1:
        return f"Forethought: {len(dues)} reviews are due"
    return f"Forethought: {dues[0].title}" if named else "Forethought: a review is due"


def _description(dues: Sequence[Due]) -> str:
    return "\n".join(f"{each.title}. {each.why}" for each in dues)


def _zone(days: Sequence[date]) -> Iterator[str]:
    """Yield the United Kingdom's time as the days need it, from the beginning of the year before the first."""
    zone = ZoneInfo(ZONE)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{ZONE}")
    for moment in _changes(zone, days[0].year, days[-1].year):
        before, after = ((moment + shift).astimezone(zone) for shift in (-_HOUR, timedelta()))
        kind = "DAYLIGHT" if after.dst() else "STANDARD"
        yield f"BEGIN:{kind}"
        yield f"DTSTART:{_local((moment + _offset(before)).replace(tzinfo=None))}"
        yield f"TZOFFSETFROM:{before:%z}"
        yield f"TZOFFSETTO:{after:%z}"
        yield f"TZNAME:{after:%Z}"
        yield f"END:{kind}"
    yield "END:VTIMEZONE"


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[datetime]:
    """Yield the start of the year before the first, and the moments in UTC at which the clocks change until the last.

    A time zone tells one moment at least, even should the clocks no longer change.
    """
    start = datetime(first - 1, 1, 1, tzinfo=UTC)
    yield start
    days = [start + timedelta(days=count) for count in range((date(last, 12, 31) - start.date()).days + 1)]
    for day, following in pairwise(days):
        if _offset(day.astimezone(zone)) != _offset(following.astimezone(zone)):
            hours = (day + _HOUR * count for count in range(1, 25))
            yield next(each for each in hours if _offset(each.astimezone(zone)) != _offset(day.astimezone(zone)))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _local(moment: datetime) -> str:
    return f"{_compact(moment.date())}T{moment:%H%M%S}"


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")
