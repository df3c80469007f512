"""The bytes of a file as formats read them, and the changes that make a copy of it clean.

A format never writes: it says which stretches are to be replaced, and the copy is streamed, whatever its size.
"""

import errno
import mmap
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forethought.errors import ForethoughtError

Buffer = bytes | mmap.mmap
HELD = 16 << 20  # bytes up to which a file is read whole
PIECE = 1 << 20  # bytes that are copied at a time


class CannotCleanError(ForethoughtError):
    """A file that cannot be made clean; the message says why, and that it is not to be posted."""

    def __init__(self, why: str) -> None:
        """Take the reason as the end of a sentence, such as `it breaks off before its end`."""
        super().__init__(why)

    @property
    def why(self) -> str:
        """The reason."""
        return str(self.args[0])

    def __str__(self) -> str:
        return f"cannot be cleaned, so do not post it: {self.why}."


class DamagedError(CannotCleanError):
    """A file that is not built as its format says."""


class TooLargeError(CannotCleanError):
    """A file that would need more memory or time than one file may have."""


def missing(what: str, extra: str) -> CannotCleanError:
    """Return the error for files that need a part which is not installed by itself."""
    return CannotCleanError(f"{what} need a part that is not installed: pip install 'forethought[{extra}]'")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a file, from `start` up to `end`, and what stands there in the copy."""

    start: int
    end: int
    new: bytes = b""


@contextmanager
def opened(path: Path) -> Iterator[Buffer]:
    """Give the bytes of a file: read whole where it is small, else mapped. Raises OSError."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a pipe or a device may never end
        raise OSError(errno.EINVAL, "it is no plain file")
    with path.open("rb") as file:
        if path.stat().st_size <= HELD:
            yield file.read()
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def changed(data: Buffer, changes: Iterable[Change]) -> Iterator[bytes]:
    """Yield the copy piece by piece; changes may come in any order but never overlap."""
    at = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        yield from pieces(data, at, change.start)
        yield change.new
        at = change.end
    yield from pieces(data, at, len(data))


def pieces(data: Buffer, start: int, end: int) -> Iterator[bytes]:
    """Yield a stretch of a file in pieces that are small enough to hold."""
    for at in range(start, end, PIECE):
        yield data[at : min(at + PIECE, end)]


def whole(data: Buffer, new: bytes) -> tuple[Change, ...]:
    """Return the changes of a copy that is made anew."""
    return (Change(0, len(data), new),)


def blanks(start: int, end: int) -> Change:
    """Return the change that leaves only zeros in a stretch, so that nothing after it moves."""
    return Change(start, end, bytes(end - start))
