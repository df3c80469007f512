"""Kinds of tables: told by their columns, by their cells or by their names, whatever a file is called."""

import re
from pathlib import Path

import pytest
from exports import table_of, unpacked

from forethought.footprint.archives.decode import UnreadableError
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.sheets import Sheet, first_rows, rows, rows_before_a_break, sorted_out, unread

POSTS = Sheet("posts", ("id", "text"), "posts", aliases={"kennung": "id", "beitrag": "text"})
DATED = Sheet("dated", ("id", "text", "date"), "dated")
TAGS = Sheet("tags", ("id",), "tags", named=True)
SHAPED = Sheet(
    "shaped",
    ("key", "words"),
    "shaped",
    shapes=(("key", re.compile(r"K\d+")), ("parent", re.compile(r"K\d+")), ("words", re.compile(r".*\s.*"))),
    full=frozenset({"key"}),
)
SHEETS = (POSTS, DATED, TAGS, SHAPED)
STRANGE = [["X", "Y", "Z"], ["K1", "", "two words"], ["K2", "K1", "some more words"]]


def member_of(tmp_path: Path, content: str | bytes, name: str = "a.csv") -> Member:
    """Return a file with this content."""
    with Files([unpacked(tmp_path / "f", {name: content})]) as files:
        return files.members[0]


def kind_of(tmp_path: Path, content: str | bytes, name: str = "a.csv") -> str:
    """Return the kind that a file is taken for, or nothing."""
    held = sorted_out([member_of(tmp_path, content, name)], SHEETS)
    return next((kind for kind, members in held.items() if members), "")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        ("ID,Text\n1,a\n", "x.csv", "posts"),
        ("i d;TEXT\n1;a\n", "x.csv", "posts"),
        ("Kennung\tBeitrag\n1\ta\n", "x.tsv", "posts"),
        ("date,text,id\n1,a,b\n", "x.csv", "dated"),
        ("date,text,id\n1,a,b\n", "posts.csv", "posts"),
        ("id,other\n1,a\n", "x.csv", ""),
        ("id,other\n1,a\n", "Tags_1234 (1).csv", "tags"),
        ("", "posts.csv", "posts"),
        ("a note\n\nid,text\n1,b\n", "x.csv", "posts"),
        (table_of(STRANGE), "x.csv", "shaped"),
        ("X,Y,Z\n1,2,3\n", "shaped.csv", ""),
        ("id,text\n1,a\n", "x.doc", ""),
    ],
)
def test_a_table_is_told(tmp_path: Path, content: str, name: str, kind: str) -> None:
    """By its columns first, where its name and the number of columns decide between several; then by its cells."""
    assert kind == kind_of(tmp_path, content, name)


def test_every_kind_is_there_even_if_no_file_is(tmp_path: Path) -> None:
    """So that what is absent can be said."""
    assert {"posts": [], "dated": [], "tags": [], "shaped": []} == sorted_out([], SHEETS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_rows_come_under_the_sheets_names(tmp_path: Path, encoding: str) -> None:
    """In every encoding, with every column that it does not name under its own."""
    member = member_of(tmp_path, 'Kennung,Beitrag,Else\n1,"Olá, ""you""\nthere",x\n'.encode(encoding))
    assert [("row 1", {"id": "1", "text": 'Olá, "you"\nthere', "else": "x"})] == list(rows(member, POSTS))


def test_rows_are_told_by_their_cells(tmp_path: Path) -> None:
    """Of two columns that look alike the fuller one comes first; one broken row of many does not hide what they are."""
    broken = [*STRANGE, *([f"K{n}", "", "more words"] for n in range(3, 8)), ["?", "", ""]]
    found = [row for _, row in rows(member_of(tmp_path, table_of(broken)), SHAPED)]
    assert {"key": "K2", "parent": "K1", "words": "some more words"} == found[1]
    assert {"key": "?", "parent": "", "words": ""} == found[-1]


def test_columns_that_are_not_known_are_said(tmp_path: Path) -> None:
    """A table of another kind is unreadable as this one, and an empty file is only empty."""
    with pytest.raises(UnreadableError, match="columns are not known"):
        list(rows(member_of(tmp_path, "a,b\n1,2\n"), POSTS))
    assert [] == list(rows(member_of(tmp_path, ""), POSTS))


def test_a_last_row_that_is_short_breaks_off(tmp_path: Path) -> None:
    """It is given all the same; a short row before the last is nothing, and neither are blank rows at the end."""
    cut = member_of(tmp_path, "id,text,else\n1,a,b\n2,c")
    assert ["1", "2"] == [row["id"] for row in rows_before_a_break(cut, POSTS)]
    with pytest.raises(UnreadableError, match="breaks off"):
        list(rows(cut, POSTS))
    whole = member_of(tmp_path, "id,text,else\n1,a,b\n2,c\n3,d,e\n,,\n\n")
    assert 3 == len(list(rows(whole, POSTS)))


def test_the_first_rows_leave_out_one_that_is_cut_through(tmp_path: Path) -> None:
    """The sample ends somewhere, and a cell that it halves says nothing about its column."""
    lines = "".join(f'{n},"{"words " * 40}"\n' for n in range(200))
    assert all(row[1].endswith("words ") for row in first_rows(member_of(tmp_path, f"id,text\n{lines}"))[1:])


def test_only_tables_beside_those_that_were_read_are_said_to_be_unknown(tmp_path: Path) -> None:
    """Not pictures, not those of another folder, and not those that are known."""
    files = {"in/posts.csv": "id,text\n1,a\n", "in/odd.csv": "x,y\n", "in/a.jpg": "x", "out/odd.csv": "x,y\n"}
    with Files([unpacked(tmp_path / "f", files)]) as opened:
        found = list(unread(opened, sorted_out(opened, SHEETS)))
    assert ["in/odd.csv"] == [problem.pointer.member for problem in found]
