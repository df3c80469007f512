"""Work in a process of its own: a file that stalls, crashes or fills it up is not clean, and the next one is."""

import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from makers import jpeg

from forethought.media import apart
from forethought.media.apart import CRASHED, HUGE, SLOW, Apart
from forethought.media.cleaning import NotReadError
from forethought.media.format import Wishes

# What a file may do to the process, as functions that it can find by their names.
STALLS, CRASHES, FILLS, FAILS = time.sleep, signal.raise_signal, bytearray, int


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A phone's photo."""
    (tmp_path / "a.jpg").write_bytes(jpeg.phone())
    return tmp_path / "a.jpg"


class TestApart:
    def test_the_same_as_here(self, photo: Path, tmp_path: Path) -> None:
        """A file looked at and cleaned apart has the same traces, and a clean copy."""
        from forethought.media.cleaning import look

        with Apart() as process:
            assert look(photo) == process.look(photo)
            assert process.clean(photo, tmp_path / "out", Wishes()).is_clean

    def test_a_mistake_is_told_as_it_is(self, tmp_path: Path) -> None:
        """A file that is not there raises the same error as it would here."""
        with Apart() as process, pytest.raises(NotReadError, match="none"):
            process.look(tmp_path / "none.jpg")

    @pytest.mark.parametrize(
        ("work", "given", "why"),
        [
            (STALLS, 60, SLOW),
            (CRASHES, signal.SIGABRT, CRASHED),
            pytest.param(
                FILLS, 2 << 30, HUGE, marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory")
            ),
            (FAILS, "no number", CRASHED),
        ],
    )
    def test_a_file_that_breaks_it(self, photo: Path, tmp_path: Path, work: Any, given: Any, why: str) -> None:
        """What a file does to the process is told as a reason, and the next file is cleaned."""
        with Apart(seconds=3) as process:
            assert why == process._ask(work, given)
            assert process.clean(photo, tmp_path / "out", Wishes()).is_clean

    def test_no_half_is_left(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What a process that was ended had begun to write is taken away."""
        out = tmp_path / "out"
        out.mkdir()
        (out / f".forethought-{1 << 30}-abc.part").write_bytes(b"half")
        monkeypatch.setattr(apart, "clean", FAILS)
        with Apart() as process:
            cleaned = process.clean(photo, out, Wishes())
        assert (False, CRASHED) == (cleaned.is_clean, cleaned.why)
        assert [] == list(out.iterdir())

    def test_it_ends_with_the_statement(self, photo: Path) -> None:
        """No process is left once its statement is over."""
        with Apart() as process:
            process.look(photo)
            child = process._process
        assert not child.is_alive()
