"""Kinds of tables told by their columns, whatever a file is called: each row comes under names that do not vary."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from forethought.footprint.archives.decode import (
    Located,
    UnreadableError,
    csv_rows,
    delimiter_of,
    encoding_of,
    fold_header,
)
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.platform import BROKEN
from forethought.footprint.item import Problem

ENDINGS = (".csv", ".tsv")
MOST_SHEETS = 2000  # tables that are looked into
_SAMPLE = 2**14
_MOST = 0.8  # of a column's cells, so that a broken row does not hide what they are
_ROWS = 40  # within which a header must come

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of table: its name, the columns that it cannot lack, the base names it comes under, and its other columns.

    Columns are folded as `fold_header` folds them, and `aliases` leads from other names to them. Where no header is
    known, `shapes` tells columns by what most of their filled cells look like, in order; those in `full` must be there
    and fill most rows. `named` holds for a table whose columns say too little, so that its base name must fit as well.
    """

    name: str
    needs: tuple[str, ...]
    bases: str = ""
    named: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)
    shapes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    full: frozenset[str] = frozenset()

    def columns(self, header: Sequence[str]) -> dict[str, str]:
        """Return the name of each column under its header, or nothing where the header is not this table's."""
        found = {cell: self.aliases.get(cell, cell) for cell in header if cell}
        return found if set(self.needs) <= set(found.values()) else {}

    def called(self, member: Member) -> bool:
        """Tell whether a file's name is one that this table comes under; a number may follow it."""
        stem = re.sub(r"([ _-]?\(?\d+\)?)+$", "", member.base.rpartition(".")[0])
        return bool(self.bases) and re.fullmatch(self.bases, fold_header(stem)) is not None


def sorted_out(members: Iterable[Member], sheets: Sequence[Sheet]) -> dict[str, list[Member]]:
    """Return the tables among the files by the kind that they are, every kind being there."""
    held: dict[str, list[Member]] = {sheet.name: [] for sheet in sheets}
    for member in [member for member in members if member.base.endswith(ENDINGS)][:MOST_SHEETS]:
        sheet = sheet_of(member, sheets)
        if sheet is not None:
            held[sheet.name].append(member)
    return held


def sheet_of(member: Member, sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the kind of a table: by its header, else by its cells, else, where it holds nothing, by its name."""
    rows = first_rows(member)
    fitting = [sheet for sheet in sheets if _header(rows, sheet) and (sheet.called(member) or not sheet.named)]
    if fitting:
        return max(fitting, key=lambda sheet: (sheet.called(member), len(sheet.needs)))
    bare = all(len(row) < 2 for row in rows)
    likely = (sheet for sheet in sheets if (bare and sheet.called(member)) or _shaped(rows, sheet))
    return next(likely, None)


def rows(member: Member, sheet: Sheet) -> Iterator[Located]:
    """Yield each row of a table, under the sheet's names of its columns. Raises UnreadableError."""
    columns = columns_of(member, sheet)
    if not columns:
        return
    widest = last = 0
    for locator, record in csv_rows(member, lambda header: columns.keys() <= set(header)):
        last = len(record)
        widest = max(widest, last)
        yield locator, {columns.get(header, header): cell for header, cell in record.items()}
    if last < widest:
        raise UnreadableError(member.name, "its last row breaks off")


def rows_before_a_break(member: Member, sheet: Sheet) -> Iterator[Row]:
    """Yield the rows of a small table as far as it can be read."""
    with suppress(*BROKEN):
        for _, record in rows(member, sheet):
            yield record


def columns_of(member: Member, sheet: Sheet) -> dict[str, str]:
    """Return the sheet's name of each column under its header; none for an empty file. Raises UnreadableError."""
    sample = first_rows(member)
    columns = _header(sample, sheet) or _shaped(sample, sheet)
    if not columns and any(any(row) for row in sample):
        raise UnreadableError(member.name, "its columns are not known")
    return columns


def first_rows(member: Member) -> list[list[str]]:
    """Return the first rows of a table, blank ones and one that the sample cuts through left out."""
    start = member.start(_SAMPLE)
    sample = start.decode(encoding_of(start), errors="ignore").replace("\0", "")
    found: list[list[str]] = []
    try:
        for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter_of(sample)):
            found.append(row)
    except csv.Error:
        pass
    whole = found[:-1] if len(start) == _SAMPLE and len(found) > 1 else found
    return [row for row in whole if any(cell.strip() for cell in row)][:_ROWS]


def _header(sample: Sequence[Sequence[str]], sheet: Sheet) -> dict[str, str]:
    found = (sheet.columns([fold_header(cell) for cell in row]) for row in sample)
    return next(filter(None, found), {})


def _shaped(sample: Sequence[Sequence[str]], sheet: Sheet) -> dict[str, str]:
    """Return the columns that their cells tell, under the headers of the first row; none where one is lacking."""
    if len(sample) < 2 or not sheet.shapes:
        return {}
    header = [fold_header(cell) for cell in sample[0]]
    found: dict[str, str] = {}
    for name, shape in sheet.shapes:
        for place, cell in enumerate(header):
            cells = [row[place].strip() if place < len(row) else "" for row in sample[1:]]
            if cell not in found and _mostly(cells, shape, full=name in sheet.full):
                found[cell] = name
                break
    return found if sheet.full.union(sheet.needs) <= set(found.values()) else {}


def _mostly(cells: Sequence[str], shape: re.Pattern[str], *, full: bool) -> bool:
    filled = [cell for cell in cells if cell]
    fitting = sum(shape.fullmatch(cell) is not None for cell in filled)
    return bool(filled) and fitting >= _MOST * len(cells if full else filled)


def unread(members: Iterable[Member], held: Mapping[str, Sequence[Member]]) -> Iterator[Problem]:
    """Yield one problem for each table that lies beside those that were read and is of no kind that is known."""
    known = {id(member) for each in held.values() for member in each}
    places = {_folder(member) for each in held.values() for member in each}
    for member in members:
        if _folder(member) in places and member.base.endswith(ENDINGS) and id(member) not in known:
            yield Problem(member.at(), "a table of a kind that is not known, which is not read")


def _folder(member: Member) -> str:
    return member.folded.rpartition("/")[0]
