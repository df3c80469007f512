"""A table as a file for a spreadsheet, with nothing in it that a spreadsheet program would run."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # put before the text of a file, it tells a spreadsheet program that the letters are in UTF-8
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what may be taken for a formula


def table_file(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV without the mark; a cell that a spreadsheet program would run is made plain text."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(heads)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell, with an apostrophe before it where a spreadsheet program would take it for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
