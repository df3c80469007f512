"""The calendar file, read back by a strict reader of RFC 5545 that shares nothing with the writer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.accounts.calendar.due import Due
from forethought.accounts.calendar.ics import Wish, fold, ics, text

NOW = datetime(2026, 11, 29, 12, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)
ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "CLASS", "TRANSP", "DESCRIPTION", "DURATION"}
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@dataclass
class Part:
    """A component as read: its name, its properties with parameters, and the components in it."""

    name: str
    rows: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """Return the value of a property that has to be there once."""
        (value,) = [value for key, _, value in self.rows if key == name]
        return value

    def of(self, name: str) -> list["Part"]:
        """Return the components of a name."""
        return [each for each in self.parts if each.name == name]


def lines(file: bytes) -> Iterator[str]:
    """Unfold a file, holding it to line ends, to 75 octets and to whole characters in each piece."""
    assert file.endswith(b"\r\n")
    pieces = file[:-2].split(b"\r\n")
    assert not any(b"\r" in piece or b"\n" in piece for piece in pieces)
    line = ""
    for piece in pieces:
        assert 0 < len(piece) <= 75
        words = piece.decode("utf-8", "strict")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", words)
        if words[0] == " ":
            assert line
            line += words[1:]
            continue
        if line:
            yield line
        line = words
    yield line


def parsed(file: bytes) -> Part:
    """Read a calendar, and hold it to the form that RFC 5545 gives it."""
    top, open_parts = Part(""), [Part("")]
    open_parts = [top]
    for line in lines(file):
        match = LINE.fullmatch(line)
        assert match, line
        name, value = match[1], match[3]
        if name == "BEGIN":
            part = Part(value)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop().name == value
        else:
            given = dict(each.split("=", 1) for each in match[2].split(";")[1:])
            open_parts[-1].rows.append((name, given, value))
    assert open_parts == [top]
    (calendar,) = top.parts
    assert calendar.name == "VCALENDAR"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar.parts, "a calendar holds one component at least"
    for event in calendar.of("VEVENT"):
        checked(event, {each["TZID"] for each in calendar.of("VTIMEZONE")})
    return calendar


def checked(event: Part, zones: set[str]) -> None:
    """Hold an event to what it has to have, has once, and takes from elsewhere."""
    names = [name for name, _, _ in event.rows]
    assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= {*names} <= ONCE
    assert len({*names}) == len(names)
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert re.fullmatch(r"\d+", event["SEQUENCE"])
    ((given, _),) = [(given, value) for name, given, value in event.rows if name == "DTSTART"]
    assert given == {"VALUE": "DATE"} or given["TZID"] in zones
    for alarm in event.of("VALARM"):
        assert alarm["ACTION"] == "DISPLAY"
        assert alarm["DESCRIPTION"]
        assert re.fullmatch(r"PT\d+[HMS]", alarm["TRIGGER"])


def plain(value: str) -> str:
    """Return a TEXT value as words, holding it to the escapes that there are."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "\\": "\\", ";": ";", ",": ","}[found[1]], value)


def reviews(*days: date, title: str = "Privacy settings: Facebook") -> tuple[Due, ...]:
    """Return a review on each day."""
    return tuple(Due(f"settings:{n}", title, "It is time.", None, day, (), "checkups") for n, day in enumerate(days))


def start(event: Part, calendar: Part) -> datetime:
    """Return when an event starts, by the file's own time zone alone (RFC 5545, 3.6.5)."""
    local = datetime.strptime(event["DTSTART"], "%Y%m%dT%H%M%S")
    (zone,) = calendar.of("VTIMEZONE")
    onsets = sorted((datetime.strptime(each["DTSTART"], "%Y%m%dT%H%M%S"), each["TZOFFSETTO"]) for each in zone.parts)
    offset = [to for onset, to in onsets if onset <= local][-1]
    return (local - timedelta(hours=int(offset[:3]), minutes=int(offset[0] + offset[3:]))).replace(tzinfo=UTC)


@given(DAYS)
def test_a_whole_day_is_the_very_day(day: date) -> None:
    """Any day, leap days and year ends among them, is read back as itself, whatever the zone."""
    (event,) = parsed(ics(reviews(day), NOW)).of("VEVENT")
    assert datetime.strptime(event["DTSTART"], "%Y%m%d").date() == day


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 12, 31), date(2028, 1, 1), date(2027, 3, 28)])
def test_days_at_the_edges_are_read_back(day: date) -> None:
    """29 February, both sides of a year's end and the day on which clocks change stand in the file as they are."""
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n".encode() in ics(reviews(day), NOW)


@settings(max_examples=40)
@given(DAYS, st.sampled_from([time(9), time(12, 30), time(23, 45), time(0, 5)]))
def test_a_time_of_day_is_that_time_by_the_clocks_of_the_day(day: date, at: time) -> None:
    """By the time zone in the file, the moment is the one that the United Kingdom's clocks show, summer or winter."""
    calendar = parsed(ics(reviews(day), NOW, Wish(at=at)))
    (event,) = calendar.of("VEVENT")
    assert start(event, calendar) == datetime.combine(day, at, LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2027, 3, 27), 9), (date(2027, 3, 28), 8), (date(2027, 10, 30), 8), (date(2027, 10, 31), 9),
        (date(1970, 1, 15), 8),
    ],
)  # fmt: skip
def test_nine_in_the_morning_follows_the_change_of_clocks(day: date, hour: int) -> None:
    """Nine o'clock is nine by UTC before the clocks go forward and eight after; in 1970 they did not change at all."""
    calendar = parsed(ics(reviews(day), NOW, Wish(at=time(9))))
    (event,) = calendar.of("VEVENT")
    assert start(event, calendar) == datetime.combine(day, time(hour), UTC)


def test_the_zone_states_each_change_as_the_clocks_have_it() -> None:
    """Clocks go forward at one and back at two by their own time, with the offsets before and after."""
    (zone,) = parsed(ics(reviews(date(2027, 6, 1)), NOW, Wish(at=time(9)))).of("VTIMEZONE")
    told = [
        (each.name, each["DTSTART"], each["TZOFFSETFROM"], each["TZOFFSETTO"], each["TZNAME"]) for each in zone.parts
    ]
    assert ("DAYLIGHT", "20270328T010000", "+0000", "+0100", "BST") in told
    assert ("STANDARD", "20271031T020000", "+0100", "+0000", "GMT") in told


def test_one_event_a_day_so_that_nothing_nags_twice() -> None:
    """Three reviews on one day are one event with one alarm, and another day has its own."""
    day = date(2027, 3, 1)
    events = parsed(ics(reviews(day, day, day, date(2027, 4, 1)), NOW, Wish(alarm=True))).of("VEVENT")
    assert [plain(each["SUMMARY"]) for each in events] == [
        "Forethought: 3 reviews are due", "Forethought: a review is due",
    ]  # fmt: skip
    assert [len(each.of("VALARM")) for each in events] == [1, 1]


def test_nothing_is_said_of_a_person_unless_they_ask() -> None:
    """No platform, title or reason is in the file; with `named` all of them are."""
    dues = reviews(date(2027, 3, 1))
    assert not re.search(rb"(?i)facebook|settings|client|time\.", ics(dues, NOW, Wish(at=time(9), alarm=True)))
    (event,) = parsed(ics(dues, NOW, Wish(named=True))).of("VEVENT")
    assert plain(event["SUMMARY"]) == "Forethought: Privacy settings: Facebook"
    assert plain(event["DESCRIPTION"]) == "Privacy settings: Facebook. It is time."


def test_an_event_stays_the_same_and_its_revision_rises() -> None:
    """Written again, a day has the same id and a higher number; another key, or another day, has another id."""
    day = date(2027, 3, 1)
    (first,), (again,), (other,), (moved,) = (
        parsed(ics(reviews(on), now, Wish(key=key))).of("VEVENT")
        for on, now, key in (
            (day, NOW, b"a"), (day, NOW + timedelta(days=3), b"a"), (day, NOW, b"b"), (date(2027, 3, 2), NOW, b"a"),
        )
    )  # fmt: skip
    assert first["UID"] == again["UID"]
    assert len({first["UID"], other["UID"], moved["UID"]}) == 3
    assert int(again["SEQUENCE"]) == int(first["SEQUENCE"]) + 3


def test_the_feed_and_the_file_are_the_same_bytes() -> None:
    """The same reviews at the same moment, in any order, give the same bytes, whatever zone the moment is told in."""
    dues = reviews(date(2027, 3, 1), date(2027, 4, 1))
    assert ics(dues, NOW) == ics(dues[::-1], NOW.astimezone(ZoneInfo("Asia/Tokyo")))


def test_the_stamp_is_in_utc() -> None:
    """A summer's afternoon in the United Kingdom is stamped an hour earlier."""
    now = datetime(2027, 7, 1, 15, tzinfo=LONDON)
    (event,) = parsed(ics(reviews(date(2027, 8, 1)), now)).of("VEVENT")
    assert event["DTSTAMP"] == "20270701T140000Z"


def test_a_calendar_without_reviews_is_still_one() -> None:
    """Where nothing is due, the file holds a component all the same, as the form asks, and no event."""
    assert parsed(ics((), NOW)).of("VEVENT") == []


@given(st.text(max_size=300))
def test_any_words_come_back_as_they_were_shown(words: str) -> None:
    """Commas, semicolons, backslashes and other alphabets survive, and no line or property is smuggled in."""
    title = f"A{words}"
    (event,) = parsed(ics(reviews(date(2027, 3, 1), title=title), NOW, Wish(named=True))).of("VEVENT")
    if not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", title):
        assert plain(event["SUMMARY"]) == f"Forethought: {title}"


def test_a_line_break_cannot_begin_a_property() -> None:
    """Words that try to end the event are words."""
    title = "x\r\nEND:VEVENT\rBEGIN:VEVENT\n"
    (event,) = parsed(ics(reviews(date(2027, 3, 1), title=title), NOW, Wish(named=True))).of("VEVENT")
    assert "END:VEVENT" in plain(event["SUMMARY"])


@pytest.mark.parametrize("letter", ["a", "é", "日", "😀"])
def test_folding_never_cuts_a_character(letter: str) -> None:
    """Lines of characters of one to four octets fold at 75 octets at most, and unfold to what they were."""
    for length in range(60, 90):
        line = f"SUMMARY:{letter * length}"
        assert list(lines(fold(line))) == [line]
    assert fold("SUMMARY:short") == b"SUMMARY:short\r\n"


def test_escapes_are_those_of_the_form() -> None:
    """Backslash, semicolon, comma and line end are escaped, and a colon is not."""
    assert text("a\\b;c,d\ne:f") == "a\\\\b\\;c\\,d\\ne:f"


def test_another_reader_agrees() -> None:
    """The icalendar package, where it is installed, reads the same days, moments and words."""
    icalendar = pytest.importorskip("icalendar")
    days = (date(2028, 2, 29), date(2027, 7, 1))
    whole = icalendar.Calendar.from_ical(ics(reviews(*days), NOW, Wish(named=True, alarm=True)))
    assert [each["DTSTART"].dt for each in whole.walk("VEVENT")] == sorted(days)
    assert not [each.errors for each in whole.walk() if each.errors]
    timed = icalendar.Calendar.from_ical(ics(reviews(*days), NOW, Wish(at=time(9))))
    assert [each["DTSTART"].dt.astimezone(UTC) for each in timed.walk("VEVENT")] == [
        datetime.combine(day, time(9), LONDON).astimezone(UTC) for day in sorted(days)
    ]
