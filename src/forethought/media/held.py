"""Stretches of a stream: whether they are empty, what a person can read in them, and how they are blanked."""

import io
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace

from forethought.media.buffer import PIECE, Buffer, CannotCleanError, Change, pieces
from forethought.media.pictures.exif import written
from forethought.media.recognise import recognise
from forethought.media.trace import Trace

MOST_SHOWN, MOST_READ, MOST_RUNS = 300, 64 << 10, 20
ZEROS = bytes(PIECE)
DEEPEST = 2  # files inside files that are looked into
_deep: ContextVar[int] = ContextVar("deep", default=0)


def zeros(start: int, end: int) -> Iterator[Change]:
    """Yield the changes that leave only zeros in a stretch, however long it is."""
    for at in range(start, end, PIECE):
        stop = min(at + PIECE, end)
        yield Change(at, stop, ZEROS if stop == at + PIECE else bytes(stop - at))


def is_empty(data: Buffer, start: int, end: int) -> bool:
    """Tell whether a stretch holds nothing but zeros."""
    return all(not piece.strip(b"\0") for piece in pieces(data, start, end))


def text_of(raw: bytes) -> str:
    """Return bytes as the text they are, or nothing where they are none."""
    kept = raw[:MOST_READ]
    if kept[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _plain(kept[: len(kept) // 2 * 2].decode("utf-16", "replace"))
    if _is_wide(kept):
        return _plain(kept[: len(kept) // 2 * 2].decode("utf-16-le", "replace"))
    text = kept.strip(b"\0").decode("utf-8", "replace" if len(raw) > MOST_READ else "ignore")
    readable = sum(sign.isprintable() or sign.isspace() for sign in text)
    whole = len(text.encode()) >= len(kept.strip(b"\0")) - 4
    return _plain(text) if whole and readable >= 0.9 * len(text) else ""


def _is_wide(raw: bytes) -> bool:
    """Tell whether bytes look like text in UTF-16 without its mark."""
    half = len(raw) // 2
    return (
        half > 1 and raw[1::2].count(0) >= 0.8 * half and raw[::2].count(0) <= 0.1 * half + 2 and raw[1] == 0 != raw[0]
    )


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:MOST_SHOWN]


def runs(raw: bytes) -> tuple[bytes, ...]:
    """Return the stretches of text in bytes that are no text."""
    return written(raw[:MOST_READ])[:MOST_RUNS]


def counted(size: int, raw: bytes = b"") -> str:
    """Return how many bytes there are, and what can be read in the first of them."""
    found = " ".join(run.decode() for run in runs(raw))
    return f"{size:,} bytes: {found}"[:MOST_SHOWN] if found else f"{size:,} bytes"


def told(kind: str, where: str, raw: bytes) -> Trace:
    """Return what a field gives away: its text, or how many bytes it has and what can be read in them."""
    text = text_of(raw)
    return Trace(kind, where, text) if text else Trace(kind, where, counted(len(raw), raw), needles=runs(raw))


def picture(raw: bytes, where: str) -> Iterator[Trace]:
    """Yield that there is a picture, and what it gives away itself."""
    yield Trace("picture", where, counted(len(raw)))
    yield from inside(raw, where)


def inside(raw: bytes, where: str) -> Iterator[Trace]:
    """Yield what a file inside a file gives away, where it is of a kind that is known."""
    token = _deep.set(_deep.get() + 1)
    try:
        found = list(recognise(raw).traces(raw)) if _deep.get() <= DEEPEST else []
    except CannotCleanError:
        found = []
    finally:
        _deep.reset(token)
    yield from (replace(trace, where=f"{where}: {trace.where}") for trace in found)


class Opened(io.RawIOBase):
    """The bytes of a file as an open file, for libraries that read from one; never copied whole."""

    def __init__(self, data: Buffer, start: int = 0) -> None:
        """Take the bytes, and where the file begins in them."""
        self._data, self._start, self._at = data, start, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._data) - self._start}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        """Read as much as there is room for, and return how much that was."""
        at = self._start + self._at
        piece = self._data[at : at + len(into)]
        into[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def tags_read(data: Buffer) -> Iterator[str]:
    """Read a copy's tags with tinytag, and yield each that it finds; nothing where it cannot tell the kind."""
    from tinytag import TinyTag, TinyTagException

    try:
        with io.BufferedReader(Opened(data)) as file:
            tag = TinyTag.get(filename=None, file_obj=file, image=True, duration=False)
            found = {**tag.as_dict(), **({"picture": "a picture"} if tag.images.any else {})}
    except TinyTagException as error:
        yield f"its tags cannot be read ({type(error).__name__})"
        return
    except (ValueError, LookupError, OverflowError, OSError, AttributeError, TypeError, RecursionError) as error:
        yield f"its tags cannot be read ({type(error).__name__})"
        return
    yield from (f"a tag {name}" for name, value in found.items() if name not in MEASURED and _says(value))


def _says(value: object) -> bool:
    return any(str(each).strip(" \0") for each in (value if isinstance(value, list) else [value]))


MEASURED = frozenset({"filename", "filesize", "duration", "channels", "bitrate", "bitdepth", "samplerate", "mime_type"})
