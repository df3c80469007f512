"""LinkedIn's posts and comments, whose quotes are broken in two ways, as rows."""

import csv
import re
from collections.abc import Iterator, Mapping

from forethought.footprint.archives.decode import (
    MOST_RECORD,
    Located,
    UnreadableError,
    delimiter_of,
    fold_header,
    text_lines,
    text_of,
)
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.sheets import Sheet, columns_of, first_rows, rows

_BEGINS = re.compile(r'"?\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( UTC)?"?[,\t;]')


def written(member: Member, sheet: Sheet) -> Iterator[Located]:
    """Yield each post or comment, where each row begins with a date, so that broken quotes do not spread."""
    columns = columns_of(member, sheet)
    if not any(len(row) > 1 and _BEGINS.match(f"{row[0]},") for row in first_rows(member)):
        yield from rows(member, sheet)
        return
    header, delimiter = _header(member, columns)
    last: tuple[str, ...] | None = ()
    for number, block in enumerate(_blocks(member), 1):
        last = _cells(block, delimiter, len(header))
        yield f"row {number}", _record(header, last, columns) if last else ValueError()
    if last is None:
        raise UnreadableError(member.name, "its last row breaks off")


def _header(member: Member, columns: Mapping[str, str]) -> tuple[list[str], str]:
    with text_of(member) as stream:
        delimiter = delimiter_of(stream.read(8192))
    folded = ([fold_header(cell) for cell in row] for row in first_rows(member))
    return next(row for row in folded if columns.keys() <= set(row)), delimiter


def _blocks(member: Member) -> Iterator[str]:
    """Yield the lines of each row together."""
    lines: list[str] = []
    size = 0
    for _, line in text_lines(member):
        if _BEGINS.match(line) and lines:
            yield "".join(lines)
            lines, size = [], 0
        if lines or _BEGINS.match(line):
            lines.append(line)
            size += len(line)
        if size > MOST_RECORD:
            raise UnreadableError(member.name, "a row of it never ends")
    if lines:
        yield "".join(lines)


def _cells(block: str, delimiter: str, width: int) -> tuple[str, ...] | None:
    """Return a row's cells: quotes doubled, as a table has them, or else with a backslash before each."""
    row = block.rstrip("\r\n")
    for attempt in (row, re.sub(r'\\(["\\])', lambda found: found[1].replace('"', '""'), row)):
        try:
            cells = next(csv.reader([attempt], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            continue
        if len(cells) == width:
            return tuple(cells)
    return None


def _record(header: list[str], cells: tuple[str, ...], columns: Mapping[str, str]) -> dict[str, str]:
    return {columns.get(name, name): _unchunked(cell) for name, cell in zip(header, cells, strict=True)}


def _unchunked(cell: str) -> str:
    """Return a text whose every line had been quoted apart as one text; any other as it is."""
    ends = cell.count("\n")
    whole, mended = re.subn(r'"(\r?\n)"', r"\1", cell) if ends else (cell, 0)
    return whole if mended == ends else cell
