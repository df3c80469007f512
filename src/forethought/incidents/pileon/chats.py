"""Posts out of a WhatsApp chat: what others said in a group, with the header lines read as the archive reader does."""

import re
from datetime import datetime

from forethought.footprint.archives.whatsapp import AFTERNOON, HEADER, MORNING, Dates, Message, moment_in
from forethought.incidents.pileon.model import Found, HostilePost, Time

UNCLEAR = "no time is set, since the dates could be day and month or month and day. Say which, and read the list again"


def is_chat(source: str) -> bool:
    """Say whether the first line that is not empty begins as a line of such a chat does."""
    return HEADER.match(next((line for line in source[:4096].splitlines() if line.strip()), "")) is not None


def read_chat(source: str, now: datetime, day_first: bool | None = None) -> Found:
    """Return what everybody said in a chat; lines of the program's own, such as who joined, are told as left."""
    messages = _messages(source)
    dates = Dates()
    for message, _ in messages:
        dates.take(message)
    order = dates.order(day_first)
    posts, left = [], []
    for message, raw in messages:
        name, colon, words = message.body.partition(": ")
        if colon and "\n" not in name and words.strip():
            at = moment_in(message, order) if order and message.clock else None
            time = Time(at.replace(tzinfo=now.tzinfo), "clock") if at else Time()
            posts.append(HostilePost(name.strip("~ \u200e\u202f"), "", words.strip(), "", raw, time, message.raw))
        else:
            left.append(f"line {message.line}: nobody is named with “{message.body.strip()[:80]}”")
    return Found(tuple(posts), tuple(left)).noting("" if order else UNCLEAR)


def _messages(source: str) -> list[tuple[Message, str]]:
    """Return each message with the lines that it was read from."""
    found: list[tuple[Message, str]] = []
    for number, line in enumerate(source.splitlines(keepends=True), 1):
        if header := HEADER.match(line):
            found.append((_message(number, line, header), line))
        elif found:
            message, raw = found[-1]
            message.body += line
            found[-1] = message, raw + line
    return found


def _message(number: int, line: str, header: re.Match[str]) -> Message:
    bracket, first, mark, second, third, before, hour, minute, seconds, after, body = header.groups()
    half = "".join(filter(str.isalpha, (after or before or "").casefold()))
    hours = int(hour) % 12 + 12 * (half in AFTERNOON) if half in AFTERNOON | MORNING else int(hour)
    raw = line[header.start(2) : header.start(11)].strip(" -–]\u200e\u200f")
    clock = (hours, int(minute), int(seconds or 0))
    return Message(number, bracket + mark, raw, (int(first), int(second), int(third)), clock, body)
