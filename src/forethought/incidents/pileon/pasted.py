"""Posts out of a list copied from a site: the account, the time and the words, in the shapes in which sites show them.

Every line that is not empty ends up in the `raw` of one post or is named in `left`. Words are never put under an
account that does not stand directly above them or in the same line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forethought.incidents.pileon.model import Found, HostilePost, Time
from forethought.incidents.pileon.times import day_comes_first, time_of

_HANDLE = r"@([\w.\-]{1,60}(?:@[\w.\-]{1,60})?)"
_NAMED = re.compile(rf"(?P<name>.{{0,60}}?)\s?\(?{_HANDLE}\)?")
_INLINE = re.compile(
    rf"(?:[^:@]{{1,60}}\s\(?)?{_HANDLE}\)?(?:\s*[(·•|,]\s*([^·•|)]{{1,40}}?)\)?)?(?:\s*[:–—]\s+|\s+-\s+|\t\s*)(?=\S)"
)
_PLAIN = re.compile(r"([\w.\-]{2,40}(?: [\w.\-']{1,40}){0,2}):\s+(?=\S)")
_DOTTED = re.compile(r"(.{1,80}?)\s*[·•|]\s*([^·•|]{1,40})")
_BUTTON = re.compile(
    r"[·•|.…]|[\d.,]+\s?[KkMm]?|(?:\d[\d.,]*\s?[KkMm]?\s)?(?:likes?|repl(?:y|ies)|reposts?|retweets?|shares?|views?|"
    r"comments?|upvotes?|downvotes?)|like reply|show more|see more|see translation|view \d+ (?:more )?repl(?:y|ies)|"
    r"follow|report|translate post|award|quotes?|edited|author|top fan",
    re.I,
)
LONGEST_NAME, LONGEST_HEAD = 60, 200
SHOWN = 80  # characters of a line that is told to be left


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its number from 1, where it begins and ends, and what it says."""

    number: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """What begins a post: who, when, how many lines it takes, and where in its last line the words begin."""

    handle: str
    time: Time | None = None
    said: str = ""
    takes: int = 1
    words_at: int | None = None


@dataclass(slots=True)
class Paste:
    """A pasted list while it is read."""

    source: str
    now: datetime
    lines: Sequence[Line]
    day_first: bool | None
    plain: bool = False  # 'name: words' without an @ is how this list is written
    leading: bool = False  # the time stands directly under the name, so that a name is known by it
    left: list[str] = field(default_factory=list)

    def time(self, number: int) -> Time | None:
        """Return the time that a line says, or None where it says none or there is no such line."""
        return time_of(self.lines[number].words, self.now, self.day_first) if number < len(self.lines) else None

    def opens(self, number: int) -> bool:
        """Say whether a line stands first, or after an empty line or a button of the page."""
        before = self.lines[number - 1].words if number else ""
        return not before or (_BUTTON.fullmatch(before) is not None and self.time(number - 1) is None)


def read_paste(source: str, now: datetime, day_first: bool | None = None) -> Found:
    """Return what a pasted list holds; `day_first` says how its dates are written, where the list does not tell."""
    lines = tuple(_lines(source))
    known = day_comes_first(source)
    paste = Paste(source, now, lines, day_first if known is None else known)
    filled = [line for line in lines if line.words]
    if all(re.fullmatch(_HANDLE, line.words) for line in filled):  # names alone: no words to put under any of them
        return Found((), tuple(f"line {line.number}: no words stand under “{line.words}”" for line in filled))
    paste.plain = 2 * sum(_PLAIN.match(line.words) is not None for line in filled) > len(filled)
    first = next((n for n, line in enumerate(lines) if line.words), 0)
    head = _stacked(paste, first)
    paste.leading = head is not None and head.time is not None
    posts = tuple(_posts(paste))
    return Found(posts, tuple(paste.left))


def _lines(source: str) -> Iterator[Line]:
    start = 0
    for number, line in enumerate(source.splitlines(keepends=True), 1):
        yield Line(number, start, start + len(line), line.strip())
        start += len(line)


def _posts(paste: Paste) -> Iterator[HostilePost]:
    """Yield each post, and tell of each line that belongs to none."""
    at = 0
    while at < len(paste.lines):
        head = _head(paste, at)
        if head is None:
            _leave(paste, at, at + 1, "no account is named with")
            at += 1
            continue
        end = _end(paste, at + head.takes, begun=head.words_at is not None)
        if post := _post(paste, head, at, end):
            yield post
        else:
            _leave(paste, at, end, "no words stand under")
        at = end


def _leave(paste: Paste, start: int, end: int, why: str) -> None:
    for line in paste.lines[start:end]:
        if line.words:
            paste.left.append(f"line {line.number}: {why} “{line.words[:SHOWN]}”")


def _head(paste: Paste, at: int) -> Head | None:
    words = paste.lines[at].words
    if not words:
        return None
    return _inline(paste, at) or (_dotted(paste, words) or _stacked(paste, at) if len(words) <= LONGEST_HEAD else None)


def _inline(paste: Paste, at: int) -> Head | None:
    """Return the head of '@name: the words', with a time beside the name or without."""
    line = paste.lines[at]
    found = _INLINE.match(line.words)
    begins = line.start + paste.source[line.start : line.end].find(line.words)
    if found:
        time = time_of(found[2], paste.now, paste.day_first) if found[2] else None
        if not found[2] or time:
            return Head(found[1].rstrip("."), time, found[2] or "", 1, begins + found.end())
    plain = _PLAIN.match(line.words) if paste.plain else None
    return Head(plain[1], words_at=begins + plain.end()) if plain else None


def _dotted(paste: Paste, words: str) -> Head | None:
    """Return the head of 'name · 2h'; the name may have an @handle behind it."""
    found = _DOTTED.fullmatch(words)
    time = time_of(found[2], paste.now, paste.day_first) if found else None
    named = found is not None and not _BUTTON.fullmatch(found[1].strip(" ·•|"))
    return Head(_named(found[1]), time, found[2]) if found and named and time else None


def _named(words: str) -> str:
    """Return the handle that stands in or behind a name, or else the name."""
    found = _NAMED.fullmatch(words.strip())
    return found[2] if found else words.strip()


def _stacked(paste: Paste, at: int) -> Head | None:
    """Return the head of a name, an @handle or both on lines of their own, with the time below them or below the words.

    A name without an @ is one only where the block or the list as a whole shows it by its time.
    """
    words = paste.lines[at].words if paste.lines else ""
    if not _like_a_name(paste, words):
        return None
    last, handle = _second_name(paste, at)
    below = _next(paste, last, over_empty="@" in words)
    if time := paste.time(below):
        if paste.opens(at) or paste.leading or "@" in words or last > at:
            return Head(handle, time, paste.lines[below].words, below - at + 1)
    elif paste.opens(at) and (re.fullmatch(_HANDLE, words) or last > at or _time_after(paste, at)):
        return Head(handle, takes=last - at + 1)
    return None


def _like_a_name(paste: Paste, words: str) -> bool:
    short = 0 < len(words) <= LONGEST_NAME and words[-1] not in ".!?,:;…"
    return short and not _BUTTON.fullmatch(words) and time_of(words, paste.now, paste.day_first) is None


def _second_name(paste: Paste, at: int) -> tuple[int, str]:
    """Return the last line of a name and the handle: a shown name may be followed by a line with the @handle alone."""
    words = paste.lines[at].words
    below = paste.lines[at + 1].words if at + 1 < len(paste.lines) else ""
    alone = re.fullmatch(_HANDLE, below)
    return (at + 1, alone[1]) if alone and not words.startswith("@") else (at, _named(words))


def _next(paste: Paste, at: int, over_empty: bool) -> int:
    """Return the next line that says something more than a dot; an empty one stops where it is not to be passed."""
    at += 1
    while at < len(paste.lines) and (
        paste.lines[at].words in ("·", "•", "|") or (over_empty and not paste.lines[at].words)
    ):
        at += 1
    return at


def _time_after(paste: Paste, at: int) -> bool:
    """Say whether the block has words below its first line and then a time, with no button of the page between."""
    below = at + 2
    while (
        below < len(paste.lines)
        and paste.lines[below - 1].words
        and not _BUTTON.fullmatch(paste.lines[below - 1].words)
    ):
        if paste.time(below):
            return True
        below += 1
    return False


def _end(paste: Paste, at: int, begun: bool) -> int:
    """Return the line after a post: the next head, or the first that says something behind an empty line."""
    empty = False
    while at < len(paste.lines):
        words = paste.lines[at].words
        button = _BUTTON.fullmatch(words) is not None
        if words and not button and (_head(paste, at) or (empty and begun)):
            break
        empty = empty or (begun and not words)
        begun = begun or bool(words and not button)
        at += 1
    return at


def _post(paste: Paste, head: Head, at: int, end: int) -> HostilePost | None:
    """Return the post in these lines, its words as they stand in the source; None where it has none."""
    body = [line for line in paste.lines[at + head.takes : end] if line.words]
    time, said, url = head.time, head.said, ""
    while body and (found := _after(paste, head, body[-1].words)):
        time, said = (found, body[-1].words) if isinstance(found, Time) and time is None else (time, said)
        url = found if isinstance(found, str) and found.startswith("http") else url
        body.pop()
    while body and head.words_at is None and _BUTTON.fullmatch(body[0].words):
        body.pop(0)
    start = head.words_at if head.words_at is not None else body[0].start if body else 0
    stop = body[-1].end if body else paste.lines[at].end
    words = paste.source[start:stop].strip() if body or head.words_at is not None else ""
    raw = paste.source[paste.lines[at].start : paste.lines[end - 1].end]
    return HostilePost(head.handle, "", words, url, raw, time or Time(), said) if words else None


def _after(paste: Paste, head: Head, words: str) -> Time | str | None:
    """Return what a line below the words is: a time, the post's own address, or a button of the page."""
    own = (
        words.startswith("http")
        and " " not in words
        and f"/{head.handle.casefold()}/" in words.casefold().replace("@", "")
    )
    return time_of(words, paste.now, paste.day_first) or (words if own or _BUTTON.fullmatch(words) else None)
