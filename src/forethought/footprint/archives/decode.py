"""Records out of a file's bytes: JSON item by item, JavaScript as data, tables of any encoding, HTML as words."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html.parser import HTMLParser
from typing import IO, Any

from forethought.errors import ForethoughtError
from forethought.footprint.archives.files import Member, storable

MOST_WHOLE = 64 * 2**20  # bytes of JSON that are read in one piece: settings and profiles, never posts
MOST_FIELD = 16 * 2**20  # characters in one field of a table
MOST_DEEP = 100
MOST_RECORD = 16 * 2**20
_CHUNK = 2**16
_SHORT = 2**12  # ijson takes one whole before depth can be looked at, and each level in it costs more than the last
_ASSIGNMENT = re.compile(rb"\s*(?:var\s+)?[\w.$\[\]\"']+\s*=\s*(?=[\[{])")
_AFTER = b" \t\r\n;"  # what may follow a JavaScript assignment
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # half a pair of surrogates, or the first of two
csv.field_size_limit(MOST_FIELD)

Located = tuple[str, Any]  # a locator and the record there


class UnreadableError(ForethoughtError):
    """A file's content is not of the kind that its name or its first bytes promise."""

    def __init__(self, name: str, what: str) -> None:
        """Take the file's name, and what is wrong."""
        super().__init__(f"{name}: {what}")


def json_whole(member: Member) -> Any:
    """Return the whole content of a small JSON or JavaScript file. Raises UnreadableError."""
    if member.size > MOST_WHOLE:
        raise UnreadableError(member.name, "it is larger than such a file should be")
    with member.open() as stream:
        source = Assigned(stream)
        content = b"".join(iter(source.read, b""))
    text = content.decode(errors="replace").strip()
    try:
        return _whole(json.loads(text), text) if text else None
    except (ValueError, RecursionError):
        raise UnreadableError(member.name, "it is not whole JSON") from None


def _whole(value: Any, source: str) -> Any:
    """Return a value of JSON with every half of a pair of surrogates that stands alone replaced."""
    return json.loads(storable(json.dumps(value, ensure_ascii=False))) if _HALF.search(source) else value


def json_items(member: Member, *paths: str) -> Iterator[Located]:
    """Yield each element of the lists at `paths` (such as `comments_v2`, or `` for the top), one at a time.

    What stands there may be one object instead of a list. A JavaScript assignment before it is stepped over. Where the
    file ends or breaks in the middle, what came before is yielded and UnreadableError raised.
    """
    import ijson  # when an archive is read

    with member.open() as stream:
        source = Assigned(stream, _SHORT)
        try:
            yield from _elements(ijson.parse(source, use_float=True), set(paths or ("",)))
        except (ijson.JSONError, UnicodeError, ValueError):
            raise UnreadableError(member.name, "it breaks off, or is not JSON") from None


def _elements(events: Iterable[tuple[str, str, Any]], paths: set[str]) -> Iterator[Located]:
    """Build each element of the lists at these paths from a stream of events."""
    from ijson.common import ObjectBuilder

    builder, open_at, number, depth, lists = None, "", 0, 0, set(paths)
    for prefix, event, value in events:
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        if depth > MOST_DEEP:
            raise ValueError("nested too deep")
        if builder is None:
            if prefix in lists and event == "start_array":
                number = 0
                continue
            inside = prefix[:-4].removesuffix(".") if prefix == "item" or prefix.endswith(".item") else None
            if inside in lists and event not in ("end_array",):
                open_at, locator = prefix, f"{_pointer(inside)}/{number}"
                number += 1
            elif prefix in lists and event in ("start_map", "string"):
                open_at, locator = prefix, _pointer(prefix)
            else:
                continue
            if event in ("start_map", "start_array"):
                builder, level = ObjectBuilder(), depth
                builder.event(event, value)
            else:
                yield locator, value
        else:
            builder.event(event, value)
            if depth < level and prefix == open_at:
                yield locator, builder.value
                builder = None


def _pointer(prefix: str) -> str:
    return "".join(f"/{part}" for part in prefix.split(".") if part)


class Assigned:
    """A stream of JSON without the byte order mark, or the JavaScript assignment, that stands around it."""

    def __init__(self, inner: IO[bytes], chunk: int = _CHUNK) -> None:
        """Take the stream as it is, and how much of it is given at a time."""
        self.inner, self.chunk = inner, chunk
        start = inner.read(chunk).removeprefix(codecs.BOM_UTF8)
        opening = _ASSIGNMENT.match(start)
        self.ahead = start[opening.end() :] if opening else start
        self.assigned = opening is not None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, without the semicolon at the very end. A `size` of 0 gives none; others are a hint."""
        if size == 0:
            return b""
        content, self.ahead = self.ahead, self.inner.read(self.chunk)
        if not self.assigned:
            return content
        while self.ahead and not self.ahead.strip(_AFTER) and len(content) < MOST_RECORD:
            content, self.ahead = content + self.ahead, self.inner.read(self.chunk)
        return content if self.ahead else content.rstrip().removesuffix(b";").rstrip()


def json_lines(member: Member) -> Iterator[Located]:
    """Yield each line of JSON Lines; a line that is not JSON, or is too long, is yielded as the error it gives."""
    for number, line in text_lines(member):
        if line.strip():
            try:
                yield f"line {number}", _whole(json.loads(line), line)
            except (ValueError, RecursionError) as error:
                yield f"line {number}", error


def encoding_of(start: bytes) -> str:
    """Return the encoding that the first bytes of a file speak for: a byte order mark, zeros between, or UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start[1:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-le"
    if start[0:200:2].count(0) > len(start[:200]) // 4:
        return "utf-16-be"
    return "utf-8-sig"


def text_of(member: Member) -> IO[str]:
    """Return the content as characters, whatever its encoding; bytes that fit none become U+FFFD."""
    encoding = encoding_of(member.start(400))
    return io.TextIOWrapper(member.open(), encoding=encoding, errors="replace", newline="")


def text_lines(member: Member) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, from 1. A line beyond MOST_RECORD characters comes in pieces."""
    with text_of(member) as stream:
        number = 1
        while line := stream.readline(MOST_RECORD):
            yield number, line
            number += line.endswith(("\n", "\r"))


def csv_rows(member: Member, known: Callable[[list[str]], bool] = bool) -> Iterator[Located]:
    """Yield each row of a table as pairs of header and cell, under `row N` counted from the header's 0.

    The encoding and the delimiter are found out. Rows before the one that `known` takes for the header are stepped
    over; headers are folded: without case, spaces, hyphens and underscores. Of a repeated header the first counts.
    """
    with text_of(member) as stream:
        sample = stream.read(8192).replace("\0", "")
    with text_of(member) as stream:
        lines = (line.replace("\0", "") for line in iter(partial(stream.readline, MOST_RECORD), ""))
        rows = csv.reader(lines, delimiter=_delimiter(sample, known))
        header: list[str] | None = None
        number = 0
        try:
            for row in rows:
                if header is None:
                    folded = [fold_header(cell) for cell in row]
                    header = folded if known(folded) else None
                elif any(cell.strip() for cell in row):
                    number += 1
                    yield f"row {number}", dict(reversed(list(zip(header, row, strict=False))))
        except csv.Error:
            raise UnreadableError(member.name, "a row of the table cannot be read") from None


def fold_header(cell: str) -> str:
    """Return a column's name as it is compared."""
    return re.sub(r"[\s_\-]+", "", cell.strip("﻿ ")).casefold()


def _delimiter(sample: str, known: Callable[[list[str]], bool]) -> str:
    """Return the delimiter under which `known` finds a header, or else the one that stands there most."""
    lines = sample.splitlines()
    for delimiter in ",;\t" if known is not bool else "":
        if any(known([fold_header(cell) for cell in row]) for row in csv.reader(lines, delimiter=delimiter)):
            return delimiter
    return delimiter_of(sample)


def delimiter_of(sample: str) -> str:
    """Return the delimiter that the first line with one holds most of."""
    for line in sample.splitlines():
        best = max(",;\t", key=line.count)
        if line.count(best):
            return best
    return ","


class _Words(HTMLParser):
    """Gathers the visible words of HTML, a new line for each block."""

    BLOCKS = frozenset(
        "address article blockquote br div dd dt figcaption h1 h2 h3 h4 h5 h6 hr li p pre section td tr".split()
    )
    HIDDEN = frozenset("script style template noscript head".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = 0 if tag == "body" else self.hidden + (tag in self.HIDDEN)  # a head need not be closed
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in self.HIDDEN))
        if tag in self.BLOCKS:
            self.words.append("\n")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Step over `<![...`, whatever it says, as browsers do; the parser of the library stops at it."""
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def words_of(html: str) -> str:
    """Return the visible words of HTML, blocks on lines of their own."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r" +", " ", line).strip() for line in "".join(parser.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
