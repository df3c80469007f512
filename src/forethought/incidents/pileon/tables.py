"""Posts out of tables (CSV), whatever their columns are sensibly called, and out of named values in general."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from forethought.footprint.archives.decode import fold_header
from forethought.footprint.archives.files import storable
from forethought.incidents.pileon.model import Found, HostilePost
from forethought.incidents.pileon.times import day_comes_first, time_in

WANTED: Mapping[str, tuple[str, ...]] = {
    "handle": tuple("handle username screenname accountname author user account from sender name displayname".split()),
    "account_id": tuple("accountid authorid userid useridstr senderid channelid did".split()),
    "said": tuple("date time datetime created createdat timestamp posted postedat published publishedat when".split()),
    "words": tuple("text message comment words body content fulltext post caption tweet".split()),
    "address": tuple("address url link permalink uri posturl commenturl".split()),
}
LONGEST_HEADER = 10_000  # characters
LONGEST_ROW = 500  # lines of one row: one that runs on has a quotation mark that is not closed


def read_table(source: str, now: datetime, day_first: bool | None = None) -> Found | None:
    """Return what a table holds; None where its first line names no column for words and another that is known."""
    lines = source.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    for delimiter in ",;\t":
        header = [fold_header(cell) for cell in _loose("".join(lines[first : first + 1])[:LONGEST_HEADER], delimiter)]
        columns = {name: column for name in WANTED if (column := _column(header, name)) is not None}
        if "words" in columns and len(columns) > 1:
            return _table(lines, first + 1, delimiter, columns, header, now, day_first)
    return None


def _column(header: Sequence[str], name: str) -> int | None:
    return next((header.index(known) for known in WANTED[name] if known in header), None)


def _table(
    lines: Sequence[str], at: int, delimiter: str, columns: Mapping[str, int], header: Sequence[str], now: datetime,
    day_first: bool | None,
) -> Found:  # fmt: skip
    posts, left = [], []
    known = day_comes_first("".join(lines))
    for number, raw, row in _rows(lines, at, delimiter):
        cells = {name: row[column].strip() for name, column in columns.items() if column < len(row)}
        if row and cells.get("words"):
            posts.append(post_of(cells, raw, now, day_first if known is None else known))
        else:
            left.append(
                f"line {number}: " + ("this row has no words" if row else "a quotation mark is not closed here")
            )
    unread = [name for n, name in enumerate(header) if name and n not in columns.values()]
    return Found(tuple(posts), tuple(left)).noting(f"columns not used: {', '.join(unread)}" if unread else "")


def _rows(lines: Sequence[str], at: int, delimiter: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each row with its first line's number and its source; an empty row for a line that cannot be read."""
    while at < len(lines):
        reader = csv.reader(lines[at : at + LONGEST_ROW], delimiter=delimiter, strict=True)
        try:
            row, taken = next(reader), reader.line_num
        except csv.Error:
            row, taken = _loose(lines[at], delimiter), 1
        if lines[at].strip():
            yield at + 1, "".join(lines[at : at + taken]), row
        at += taken


def _loose(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line whose quotation marks do not follow the rules; none where one is left open."""
    try:
        return next(csv.reader([line], delimiter=delimiter), []) if line.count('"') % 2 == 0 else []
    except csv.Error:
        return []


def post_of(cells: Mapping[str, Any], raw: str, now: datetime, day_first: bool | None) -> HostilePost:
    """Return the post that named values give."""
    said = cells.get("said", "")
    time = time_in(said, now, day_first)
    handle, id, address, words = (text_in(cells.get(name)) for name in ("handle", "account_id", "address", "words"))
    return HostilePost(handle.lstrip("@"), id, words, address, raw, time, text_in(said))


def text_in(value: object) -> str:
    """Return a value as text that can be stored; what is neither text nor a number gives none."""
    return storable(str(value)).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
