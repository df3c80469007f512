"""When a post was written, as sites and files say it: dates in many forms, and `2h` counted back from a given now."""

import re
from datetime import date, datetime, timedelta

from forethought.footprint.archives.values import epoch, moment
from forethought.incidents.pileon.model import Time

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1),
         "w": timedelta(weeks=1)}  # fmt: skip
DAY = UNITS["d"]
FIRST_YEAR, LAST_YEAR = 1990, 2099
LONGEST = 48  # characters of a time, however it is written
THIS_CENTURY, SECONDS_END = 2000, 10**11  # numbers beyond the second are counts of milliseconds
_UNIT = r"(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?)"
_AGO = re.compile(rf"(?:about |over |almost )?(?:(\d{{1,4}})\s?|an?\s+){_UNIT}(\s+ago)?", re.I)
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s?(?P<half>[ap])\.?m\.?)?"
_MONTH = rf"(?P<{{}}>{'|'.join(MONTHS)})[a-z]*\.?"
_DATE = (
    rf"(?P<near>today|yesterday)|(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<year>\d{{4}}|\d{{2}})"
    rf"|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('m')}(?:,?\s+(?P<y>\d{{4}}))?"
    rf"|{_MONTH.format('mm')}\s+(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<yy>\d{{4}}))?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_BETWEEN = r"(?:,?\s+at\s+|\s*[·•|–-]\s*|,\s*|\s+)"
_DATE_FIRST = re.compile(rf"{_WEEKDAY}(?:{_DATE})(?:{_BETWEEN}{_CLOCK})?", re.I)
_CLOCK_FIRST = re.compile(rf"{_CLOCK}(?:{_BETWEEN}{_WEEKDAY}(?:{_DATE}))?", re.I)
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.I)
_NUMBERS = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})[/.](?:\d{4}|\d\d)(?!\d)")


def day_comes_first(source: str) -> bool | None:
    """Say whether dates such as 25/12/2026 begin with the day, or None where the source does not tell."""
    pairs = {(int(one), int(two)) for one, two in _NUMBERS.findall(source)}
    day, month = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    return None if day == month else day


def time_of(said: str, now: datetime, day_first: bool | None) -> Time | None:
    """Return the time that a whole line says, or None where it says none. A time without a zone is taken as `now`'s."""
    words = said.strip().removesuffix("(edited)").strip(" ·•|()[]\u200e\u200f")
    if not words or len(words) > LONGEST:
        return None
    if ago := _AGO.fullmatch(words):
        return _ago(ago, now)
    if words.casefold() in ("now", "just now"):
        return Time(now, "worked out", UNITS["m"])
    if _ISO.fullmatch(words):
        return _from_export(words, now)
    found = _DATE_FIRST.fullmatch(words) or _CLOCK_FIRST.fullmatch(words)
    return _placed(found, now, day_first) if found else None


def time_in(value: object, now: datetime, day_first: bool | None) -> Time:
    """Return the time in a field of a table or record, in any form that exports use; an empty one where there is none.

    Numbers count seconds or milliseconds since 1970.
    """
    said = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if re.fullmatch(r"\d{9,14}(\.\d+)?", said):
        at = epoch(float(said), 1000 if float(said) >= SECONDS_END else 1).at
        return Time(at, "zone") if at else Time()
    return time_of(said, now, day_first) or (Time() if _NUMBERS.match(said) else _from_export(said, now))


def _from_export(said: str, now: datetime) -> Time:
    at = moment(said).at
    if at is None:
        return Time()
    within = timedelta(0) if ":" in said else DAY
    return Time(at, "zone", within) if at.tzinfo else Time(at.replace(tzinfo=now.tzinfo), "clock", within)


def _ago(found: re.Match[str], now: datetime) -> Time | None:
    """Return the time some units before now; months and years are too coarse to be placed."""
    count, unit, ago = found.groups()
    if count is None and not ago:
        return None
    step = None if unit.casefold().startswith("mo") else UNITS.get(unit[0].casefold())
    return Time(now - int(count or 1) * step, "worked out", step) if step else Time()


def _placed(found: re.Match[str], now: datetime, day_first: bool | None) -> Time:
    """Return the time that a date and a clock give; what is no date, or could be two, is not placed."""
    try:
        day = _day(found, now, day_first)
        clock = _clock(found)
    except ValueError:
        return Time()
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Time()
    inferred = found["near"] or not (found["year"] or found["y"] or found["yy"])
    at = datetime(day.year, day.month, day.day, *clock, tzinfo=now.tzinfo)
    return Time(at, "worked out" if inferred else "clock", DAY if found["hour"] is None else timedelta(0))


def _day(found: re.Match[str], now: datetime, day_first: bool | None) -> date | None:
    if found["near"]:
        return now.date() - (found["near"].casefold() == "yesterday") * DAY
    if found["one"]:
        return _numbered(int(found["one"]), int(found["two"]), int(found["year"]), day_first)
    month, day, year = found["m"] or found["mm"], found["d"] or found["dd"], found["y"] or found["yy"]
    if not month:
        return None
    number = MONTHS[month[:3].casefold()]
    return date(int(year), number, int(day)) if year else _latest(number, int(day), now)


def _numbered(one: int, two: int, year: int, day_first: bool | None) -> date | None:
    """Return a date in numbers, or None where it could be two dates and the order is not known."""
    year = year + THIS_CENTURY if year < 100 else year
    first = one > 12 or one == two if day_first is None else day_first
    if day_first is None and not first and two <= 12:
        return None
    return date(year, two, one) if first else date(year, one, two)


def _latest(month: int, day: int, now: datetime) -> date:
    """Return the latest such day that is not after today: sites leave out the year of what is recent."""
    this = date(now.year, month, day) if (month, day) != (2, 29) else _leap(now.date())
    return this if this <= now.date() else date(now.year - 1, month, day)


def _leap(today: date) -> date:
    years = (today.year - n for n in range(9))
    days = (date(year, 2, 29) for year in years if year % 4 == 0 and (year % 100 or year % 400 == 0))
    return next(day for day in days if day <= today)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    if found["hour"] is None:
        return 0, 0, 0
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    return (hour % 12 + 12 * (half == "p") if half else hour), int(found["minute"]), int(found["second"] or 0)
