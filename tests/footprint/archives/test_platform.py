"""The one loop that reads tables tells absent, empty, broken and partial apart; a bad record costs itself only."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from forethought.footprint.archives.decode import Located, UnreadableError
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.platform import Options, Platform, Recognition, careful, table
from forethought.footprint.item import Item, Pointer, Problem, Record, Removed, Table

ERRORS = (
    OSError("s3cret"), EOFError("s3cret"), RuntimeError("s3cret"), NotImplementedError("s3cret"),
    RecursionError("s3cret"),
    zipfile.BadZipFile("s3cret"), zlib.error("s3cret"), lzma.LZMAError("s3cret"), struct.error("s3cret"),
    UnicodeDecodeError("utf-8", b"s3cret", 0, 1, "s3cret"), KeyError("s3cret"), ValueError("s3cret"),
    TypeError("s3cret"), AttributeError("s3cret"), IndexError("s3cret"), OverflowError("s3cret"),
)  # fmt: skip
FOUND = Recognition("test", "1", "json", 1.0, ("a name",))


def member(name: str = "a.json") -> Member:
    """Return a file that is never opened."""
    return Member("hash", name, 0, io.BytesIO, name)


def giving(*records: object, then: Exception | None = None) -> Callable[[Member], Iterator[Located]]:
    """Return what gives these records of a file, and then breaks."""

    def records_of(_: Member) -> Iterator[Located]:
        yield from ((str(number), record) for number, record in enumerate(records))
        if then:
            raise then

    return records_of


def item(record: object, pointer: Pointer) -> Iterable[Item | Problem | Removed]:
    """Make an item of a text, several things of a list, nothing of None, and an error of the rest."""
    if isinstance(record, list):
        return [Item("post", "test", pointer, text=each) for each in record]
    if record is None:
        return [Removed(pointer, "token", 2)]
    return [Item("post", "test", pointer, text=record + "")]  # type: ignore[operator]


def read(*members: Member, records: Callable[[Member], Iterable[Located]], said: int | None = None) -> list[Record]:
    """Read a table of these files."""
    return list(table("posts", members, records, item, said))


@pytest.mark.parametrize(
    ("records", "said", "expected"),
    [
        (None, None, Table("posts", "absent")),
        (None, 3, Table("posts", "absent", 0, 3)),
        (giving(), None, Table("posts", "empty")),
        (giving(), 0, Table("posts", "empty", 0, 0)),
        (giving(None), None, Table("posts", "empty")),
        (giving("a", "b"), None, Table("posts", "present", 2)),
        (giving("a", ["b", "c"]), 3, Table("posts", "present", 3, 3)),
        (giving("a", "b"), 3, Table("posts", "partial", 2, 3)),
        (giving(), 3, Table("posts", "partial", 0, 3)),
        (giving("a", then=OSError()), None, Table("posts", "partial", 1)),
        (giving(then=OSError()), None, Table("posts", "unreadable")),
        (giving(then=OSError()), 3, Table("posts", "unreadable", 0, 3)),
    ],
)
def test_the_states_of_a_table_are_told_apart(
    records: Callable[[Member], Iterable[Located]] | None, said: int | None, expected: Table
) -> None:
    """Absent, empty, whole, fewer than the export says, broken off and unreadable; the table comes last."""
    got = read(*([member()] if records else []), records=records or giving(), said=said)
    assert expected == got[-1]
    assert 1 == sum(isinstance(each, Table) for each in got)


def test_a_bad_record_costs_itself_only() -> None:
    """It leaves one problem where it stands, and so does one that was passed on as an error."""
    got = read(member(), records=giving("a", 5, ValueError("s3cret"), "b"))
    assert ["a", "b"] == [each.text for each in got if isinstance(each, Item)]
    assert [("1", "a record of a shape that is not known"), ("2", "a record that cannot be read")] == [
        (each.pointer.locator, each.what) for each in got if isinstance(each, Problem)
    ]
    assert Table("posts", "present", 2) == got[-1]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_file_that_breaks_costs_itself_only(error: Exception) -> None:
    """What came before and the other files are read, and the problem shows nothing of what stood there."""

    def records(of: Member) -> Iterable[Located]:
        return giving("a", then=error)(of) if of.name == "a.json" else giving("b")(of)

    got = read(member(), member("b.json"), records=records)
    assert ["a", "b"] == [each.text for each in got if isinstance(each, Item)]
    assert [Pointer("hash", "a.json")] == [each.pointer for each in got if isinstance(each, Problem)]
    assert Table("posts", "partial", 2) == got[-1]
    assert "s3cret" not in repr(got)


def test_a_file_that_says_what_is_wrong_is_quoted() -> None:
    """In its own words, which are made to be shown."""
    (problem, _) = read(member(), records=giving(then=UnreadableError("a.json", "it is not whole JSON")))
    assert Problem(Pointer("hash", "a.json"), "a.json: it is not whole JSON") == problem


def test_records_are_passed_on_as_they_come() -> None:
    """None waits for the end of a file, so that memory stays flat."""
    seen: list[str] = []

    def records(_: Member) -> Iterator[Located]:
        for word in "abc":
            seen.append(word)
            yield word, word

    next(iter(table("posts", [member()], records, item)))
    assert ["a"] == seen


def failing(*_: object) -> Iterator[Record]:
    """Yield a record, and break in a way that nobody thought of."""
    yield Removed(Pointer("hash", "a"), "token", 1)
    raise ZeroDivisionError("s3cret")


def refusing(_: Files) -> Recognition | None:
    """Break before anything is known."""
    raise AssertionError("s3cret")


def test_a_careful_platform_raises_nothing(tmp_path: Path) -> None:
    """What it cannot look at is no export to it, and of what it cannot read to the end it keeps what it read."""
    platform = careful(Platform("test", "Test", refusing, failing))
    with Files([tmp_path]) as files:
        assert platform.recognise(files) is None
        kept, problem = platform.read(files, FOUND, Options())
    assert Removed(Pointer("hash", "a"), "token", 1) == kept
    assert isinstance(problem, Problem)
    assert "the rest of the export from Test: a file of a shape that is not known" == problem.what
    assert ("test", "Test") == (platform.name, platform.title)


def test_a_careful_platform_changes_nothing_else(tmp_path: Path) -> None:
    """What one finds and reads is passed on."""
    platform = careful(Platform("test", "Test", lambda files: FOUND, lambda *_: iter([Table("posts", "empty")])))
    with Files([tmp_path]) as files:
        assert FOUND == platform.recognise(files)
        assert [Table("posts", "empty")] == list(platform.read(files, FOUND, Options()))
