"""Writing many documents: in a process that is renewed, with the same bytes, and done here where that process fails."""

import os

import pytest
from writers import fails, who

from forethought.documents import Document, Paragraph
from forethought.incidents.packs import writing
from forethought.incidents.packs.writing import Writer

PAGES = [Document(f"Part {number}", (Paragraph("you will regret this"),)) for number in range(5)]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin another process for three documents, and a new one after two."""
    monkeypatch.setattr(writing, "FEW", 2)
    monkeypatch.setattr(writing, "RENEWED", 2)


def test_the_same_bytes() -> None:
    """A document that is written apart is byte for byte as one that is written here."""
    with Writer(5) as apart, Writer(1) as here:
        assert [here.file(each, "pdf") for each in PAGES] == [apart.file(each, "pdf") for each in PAGES]


def test_processes_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process writes two documents and ends, so that what it remembers goes with it; a few are written here."""
    monkeypatch.setattr(writing, "written", who)
    with Writer(5) as apart, Writer(2) as here:
        numbers = [int(apart.file(each, "pdf")) for each in PAGES]
        assert {os.getpid()} == {int(here.file(each, "pdf")) for each in PAGES[:2]}
    assert (3, True) == (len({*numbers}), os.getpid() not in numbers)
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3] != numbers[4]
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_process_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the other process ends before it is done, all is written here."""
    monkeypatch.setattr(writing, "written", fails)
    with Writer(5) as apart:
        assert [each.title.encode() for each in PAGES] == [apart.file(each, "pdf") for each in PAGES]
