"""A table as a file: it reads back as it was, and no cell of it is a formula to a spreadsheet program."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents.table_file import MARK, harmless, table_file

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=20)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5)


def read(text: str) -> list[list[str]]:
    """Return the rows of a file."""
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"], ids=ascii)
def test_what_acts_is_made_plain(sign: str) -> None:
    """A cell that begins with a sign of a formula, full-width too, or with a break, gets an apostrophe before it."""
    assert f"'{sign}cmd" == harmless(f"{sign}cmd")
    assert [["Why"], [f"'{sign}cmd"]] == read(table_file(("Why",), [[f"{sign}cmd"]]))


@pytest.mark.parametrize("cell", ["", "a=b", "2026-03-02", "a\nb", 'say "no", then'])
def test_what_does_not_stays(cell: str) -> None:
    """Any other cell is as it was, with its breaks and marks."""
    assert [["Why"], ["."], [cell, "."]] == read(table_file(("Why",), [["."], [cell, "."]]))


@given(ROWS)
def test_it_reads_back(rows: list[list[str]]) -> None:
    """Every table reads back with as many rows and cells, and none of them acts."""
    again = read(table_file(("One", "Two"), rows))
    assert [["One", "Two"], *([harmless(cell) for cell in row] for row in rows)] == again


def test_the_mark_is_for_the_caller() -> None:
    """The text has no mark of its own, so that none stands in it twice."""
    assert not table_file(("One",), []).startswith(MARK)
