"""The reference's table of what is left in clean copies is what a run today gives."""

from pathlib import Path

import table
from canaries import CANARY

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "files.md"


def test_the_page_is_current() -> None:
    """The page in the reference is what cleaning every maker's files gives today; `make docs` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == table.page()


def test_nothing_is_left() -> None:
    """In no kind of file is anything left of what was hidden in it."""
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 15
    assert {"0"} == {row[4].strip() for row in rows}
    assert all(int(row[3].replace(",", "")) > 5 for row in rows)


def test_a_field_is_found_however_it_is_written() -> None:
    """A canary counts once for each place, in plain and in wide letters."""
    assert 3 == table.fields(f"{CANARY}-one {CANARY.upper()}".encode() + CANARY.encode("utf-16-le"))
