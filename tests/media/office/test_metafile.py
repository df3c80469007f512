"""Windows metafiles: what they note beside the drawing is told and blanked, and nothing moves."""

import struct

import pytest

from forethought.media.buffer import DamagedError
from forethought.media.office.metafile import blanked, is_emf, is_wmf
from forethought.media.office.report import Report

TITLE = "kestrel\0drawing\0\0\0".encode("utf-16-le")


def emf(*records: tuple[int, bytes]) -> bytes:
    """Return an enhanced metafile with a title and these records."""
    size = 100 + len(TITLE)
    head = struct.pack("<2L", 1, size) + bytes(32) + b" EMF" + bytes(16) + struct.pack("<2L", len(TITLE) // 2, 100)
    body = b"".join(struct.pack("<2L", kind, 8 + len(text)) + text for kind, text in records)
    return head + bytes(100 - len(head)) + TITLE + body + struct.pack("<5L", 14, 20, 0, 0, 20)


def wmf(*records: tuple[int, bytes]) -> bytes:
    """Return a metafile of the older kind with these records."""
    body = b"".join(struct.pack("<LH", 3 + len(text) // 2, kind) + text for kind, text in records)
    return b"\1\0\x09\0" + bytes(14) + body + struct.pack("<LH", 3, 0)


def test_an_enhanced_metafile() -> None:
    """The title, comments of programs and bytes after the end go; comments that are drawn stay."""
    note, drawn = struct.pack("<L", 12) + b"KESTkestrel!", struct.pack("<L", 8) + b"EMF+draw"
    data = emf((70, note), (70, drawn)) + b"kestrel-after"
    report = Report()
    copy = blanked(data, report)
    assert is_emf(data)
    assert b"kestrel" not in copy.replace(b"\0", b"")
    assert b"EMF+draw" in copy
    assert len(data) - 13 == len(copy)
    assert {"metafile description", "metafile comment", "metafile after the end"} == {
        each.where for each in report.traces
    }


def test_the_older_kind() -> None:
    """Comments go, and other records stay."""
    data = wmf((0x0626, struct.pack("<2H", 15, 8) + b"kestrel!"), (0x0103, b"\x08\0"))
    report = Report()
    copy = blanked(data, report)
    assert is_wmf(data)
    assert b"kestrel" not in copy
    assert len(data) == len(copy)
    assert ["metafile comment"] == [each.where for each in report.traces]


@pytest.mark.parametrize("make", [emf, wmf])
def test_a_clean_one_tells_nothing(make: object) -> None:
    """What was blanked once has nothing more to tell, and stays as it is."""
    copy = blanked(make(), Report())  # type: ignore[operator]
    report = Report()
    assert copy == blanked(copy, report)
    assert {} == report.traces


@pytest.mark.parametrize("data", [emf()[:50], emf()[:-4], emf((70, b"\0\0\0"))[:-20], wmf()[:-6], wmf((3, b""))[:20]])
def test_damaged(data: bytes) -> None:
    """A metafile that breaks off is refused."""
    with pytest.raises(DamagedError):
        blanked(data, Report())
