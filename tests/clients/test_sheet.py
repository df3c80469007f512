"""Lists as practice software exports them: read however they are written, with faults by row and nothing repeated."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.clients.names import MOST_FORMS, Person
from forethought.clients.sheet import (
    MOST_BYTES,
    MOST_CELL,
    MOST_ROWS,
    Fault,
    NoHeadingsError,
    NotASheetError,
    SheetError,
    TooLongError,
    read,
)

PLAIN = "First name,Last name,Preferred name,Email,Mobile,Instagram,Ref\n" + (
    "Siobhán,Kelly,Shiv,siobhan@home.example,07700 900123,@sk_paints,K7\n"
)
SIOBHAN = Person(
    "Siobhán", "Kelly", (), ("Shiv",), ("@sk_paints",), ("siobhan@home.example",), ("07700 900123",)
)  # fmt: skip


def people(text: str) -> list[Person]:
    """Return the people of a list."""
    return [row.person for row in read(text.encode()).rows]


class TestHowItIsWritten:
    @pytest.mark.parametrize(
        "raw",
        [
            PLAIN.encode(), b"\xef\xbb\xbf" + PLAIN.encode(), PLAIN.encode("utf-16"), PLAIN.encode("cp1252"),
            PLAIN.replace(",", ";").encode(), PLAIN.replace(",", "\t").encode(), PLAIN.replace("\n", "\r\n").encode(),
            ("sep=;\r\n" + PLAIN.replace(",", ";")).encode(), PLAIN.rstrip("\n").encode(),
            "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines()).encode(),
            PLAIN.upper().split("\n")[0].encode() + b"\n" + PLAIN.split("\n")[1].encode(),
        ],
        ids=[
            "plain", "mark", "utf-16", "windows-1252", "semicolons", "tabs", "windows-ends", "sep-line", "no-last-end",
            "quoted", "capitals",
        ],
    )  # fmt: skip
    def test_the_same_person_comes_out(self, raw: bytes) -> None:
        """However a program writes the list, the same person comes out of it."""
        (row,) = read(raw).rows
        assert (SIOBHAN, "K7", 2) == (row.person, row.reference, row.number)

    def test_letters_that_only_windows_has(self) -> None:
        """Letters that Windows-1252 has beyond Latin-1 are read as what they are."""
        assert ["Žofie"] == [row.person.given for row in read("First name\nŽofie\n".encode("cp1252")).rows]

    def test_columns_in_any_order(self) -> None:
        """Columns are found by their headings, and others are not read."""
        assert [Person("Siobhan", "Kelly")] == people("Notes,Surname,Fee,Forename\nsecret,Kelly,60,Siobhan\n")

    @pytest.mark.parametrize("heading", ["Name", "Client name", "FULL NAME", "client_name"])
    def test_a_whole_name_in_one_column(self, heading: str) -> None:
        """A whole name is parted, comma or not."""
        assert [Person("Siobhan", "Kelly")] * 2 == people(f'{heading}\n"Kelly, Siobhan"\nMs Siobhan Kelly\n')

    def test_several_columns_and_several_in_one(self) -> None:
        """Two columns of numbers, and two addresses in one cell, are all read."""
        (person,) = people("Name,Mobile,Home phone,Email\nJo Bloggs,07700900123,01632960001,a@x.example;b@x.example\n")
        assert (("07700900123", "01632960001"), ("a@x.example", "b@x.example")) == (person.phones, person.emails)

    def test_empty_rows_are_no_faults(self) -> None:
        """Rows without anything in them are passed over, and do not shift the numbers."""
        sheet = read(b"Name,Mobile\n\n,\nJo Bloggs,\n")
        assert ([4], ()) == ([row.number for row in sheet.rows], sheet.faults)

    def test_an_apostrophe_that_a_spreadsheet_puts_before_a_number(self) -> None:
        """The sign by which a spreadsheet keeps a number as text is no part of it."""
        assert [("07700900123",)] == [person.phones for person in people("Name,Mobile\nJo Bloggs,'07700900123\n")]


class TestFaults:
    @pytest.mark.parametrize(
        ("row", "out", "words"),
        [
            ("Jo,Bloggs,12,", False, "telephone number was left out"),
            ("Jo,Bloggs,,nowhere", False, "e-mail address was left out"),
            ("Jo,Bloggs,,,stray", True, "more cells than there are headings"),
            (",,12,", True, "nothing to know the person by"),
            ("J" * (MOST_CELL + 1) + ",Bloggs,,", True, "longer than"),
            ("Quentin,,,", False, "one word as the name"),
        ],
        ids=["phone", "email", "too-many-cells", "nobody", "long-cell", "one-word"],
    )
    def test_a_row_at_fault_is_named_by_number(self, row: str, out: bool, words: str) -> None:
        """A fault gives the row's number and what is wrong, says whether it is left out, and repeats nothing of it."""
        sheet = read(f"First,Last,Mobile,Email\nAnn,Other,,\n{row}\n".encode())
        last = sheet.faults[-1]
        assert (3, out) == (last.row, last.out)
        assert words in last.why
        assert 1 + (not out) == len(sheet.rows)
        told = " ".join(fault.why for fault in sheet.faults)
        assert not any(cell in told for cell in row.split(",") if len(cell) > 3)

    def test_a_long_reference_is_not_cut(self) -> None:
        """A reference that does not fit is a fault of its row, and another is given."""
        sheet = read(f"Name,Ref\nJo Bloggs,{'K' * 41}\nAnn Other,{'K' * 40}\n".encode())
        assert ["", "K" * 40] == [row.reference for row in sheet.rows]
        assert [(2, False)] == [(fault.row, fault.out) for fault in sheet.faults]

    @pytest.mark.parametrize("heading", ["Id", "Number", "Code"])
    def test_a_column_that_may_be_anything_is_no_reference(self, heading: str) -> None:
        """A heading that may stand for anything gives no reference, since references are stored as they are."""
        assert [""] == [row.reference for row in read(f"Name,{heading}\nJo Bloggs,9434765919\n".encode()).rows]

    def test_a_row_of_very_many_names(self) -> None:
        """A row with hundreds of names is bounded, and says so."""
        names = ";".join("abcdefghijklmnopqrstuvwxyz"[n : n + 6] for n in range(20))
        sheet = read(f"First,Last,Nickname\nJo,Bloggs-Quillfeather,{names}\n".encode())
        assert (1, [(2, False)]) == (len(sheet.rows), [(fault.row, fault.out) for fault in sheet.faults])
        assert str(MOST_FORMS) in sheet.faults[0].why

    def test_what_was_read_is_never_shown(self) -> None:
        """A list in a log or a traceback tells nothing of who is on it."""
        sheet = read(PLAIN.encode())
        assert not any(word in f"{sheet!r} {sheet.rows[0]!r}" for word in ("Siobh", "Kelly", "07700"))


class TestRefused:
    @pytest.mark.parametrize(
        ("raw", "error"),
        [
            (b"", NoHeadingsError), (b"Fee,Notes\n60,none\n", NoHeadingsError), (b"Siobhan,Kelly\n", NoHeadingsError),
            (b"\xff\xfe\x00", NotASheetError), (b"PK\x03\x04\0\0", NotASheetError),
            (b"Name\n" + b"Jo Bloggs\n" * (MOST_ROWS + 1), TooLongError), (b"x" * (MOST_BYTES + 1), TooLongError),
        ],
        ids=["empty", "no-column", "no-headings", "odd-utf-16", "zip", "rows", "bytes"],
    )  # fmt: skip
    def test_what_is_no_list(self, raw: bytes, error: type[SheetError]) -> None:
        """A file that is no list of people is refused with words that say what to do."""
        with pytest.raises(error) as told:
            read(raw)
        assert str(told.value).endswith(".")

    def test_a_cell_beyond_what_the_reader_of_tables_takes(self) -> None:
        """A cell that has no end is refused, and no error of the library comes through."""
        limit = csv.field_size_limit(10_000)
        try:
            with pytest.raises(NotASheetError):
                read(b'Name\n"' + b"x" * 20_000 + b'"\n')
        finally:
            csv.field_size_limit(limit)

    def test_no_more_rows_are_read_than_there_may_be(self) -> None:
        """A fault of the table far beyond the last row that is taken is never come to."""
        limit = csv.field_size_limit(10_000)
        try:
            with pytest.raises(TooLongError):
                read(b"Name\n" + b"Jo Bloggs\n" * (MOST_ROWS + 1) + b'"' + b"x" * 20_000 + b'"\n')
        finally:
            csv.field_size_limit(limit)

    def test_as_many_as_there_may_be(self) -> None:
        """The greatest number of rows is read."""
        assert MOST_ROWS == len(read(b"Name\n" + b"Jo Bloggs\n" * MOST_ROWS).rows)

    @given(st.binary(max_size=300))
    def test_any_bytes(self, raw: bytes) -> None:
        """Whatever the bytes, they are read or refused."""
        for given_bytes in (raw, b"Name,Email,Mobile\n" + raw):
            try:
                sheet = read(given_bytes)
            except SheetError:
                continue
            assert all(isinstance(fault, Fault) for fault in sheet.faults)

    @given(
        st.lists(
            st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)] * 3)
        )
    )
    def test_what_is_written_is_read(self, rows: list[tuple[str, str, str]]) -> None:
        """Whatever stands in the cells of a table, no row is lost: each is taken, at fault, or empty."""
        out = io.StringIO()
        csv.writer(out).writerows([("First name", "Last name", "Mobile"), *rows])
        sheet = read(out.getvalue().encode())
        seen = {row.number for row in sheet.rows} | {fault.row for fault in sheet.faults}
        assert {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)} == seen
