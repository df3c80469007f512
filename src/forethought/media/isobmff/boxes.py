"""Boxes, of which films and stills in MP4, QuickTime and HEIF are built (ISO/IEC 14496-12), and how one is blanked."""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.held import MOST_READ, ZEROS, counted, is_empty, runs, zeros
from forethought.media.trace import Trace

SHORT = "it breaks off before its end"
BROKEN = "its parts are not built as those of a film or a still are"
MOST_BOXES = 100_000
PADDING = frozenset({b"free", b"skip", b"wide"})
ZERO, FREE = b"\0", b"free"


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its type, and where it starts, where what it holds starts, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def name(self) -> str:
        """Its type as a person reads it."""
        return self.kind.decode("latin-1").strip()

    def held(self, data: Buffer, most: int = 64 << 10) -> bytes:
        """Return what it holds, or the first part of it."""
        return bytes(data[self.body : min(self.end, self.body + most)])


@dataclass(frozen=True, slots=True)
class Find:
    """Something that a copy must not hold: the changes that take it out, and what it gives away, told when asked."""

    changes: Callable[[], Iterable[Change]]
    traces: Callable[[], Iterable[Trace]]


def box_at(data: Buffer, at: int, end: int) -> Box:
    """Return the box that starts here and lies before `end`. Raises DamagedError."""
    head = bytes(data[at : min(at + 16, end)])
    if len(head) < 8:
        raise DamagedError(SHORT)
    size, kind = struct.unpack_from(">L4s", head)
    body = at + 8
    if size == 1 and len(head) == 16:
        (size,) = struct.unpack_from(">Q", head, 8)
        body = at + 16
    stop = end if size == 0 else at + size
    if stop > end:
        raise DamagedError(SHORT)
    if stop < body:
        raise DamagedError(BROKEN)
    return Box(kind, at, body, stop)


def boxes(data: Buffer, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that fill a stretch; less than a box's head of zeros may follow them. Raises DamagedError."""
    at = start
    for _ in range(MOST_BOXES):
        if end - at < 8 and is_empty(data, at, end):
            return
        box = box_at(data, at, end)
        yield box
        at = box.end
    raise DamagedError("it is made of too many parts")


def first(data: Buffer, box: Box, *path: bytes) -> Box | None:
    """Return the first box that lies at a path of types below a box, or None. Raises DamagedError."""
    found: Box | None = box
    for kind in path:
        found = found and next((each for each in boxes(data, found.body, found.end) if each.kind == kind), None)
    return found


def needed(data: Buffer, box: Box, *path: bytes) -> Box:
    """Return the first box at a path of types below a box. Raises DamagedError where there is none."""
    found = first(data, box, *path)
    if found is None:
        raise DamagedError(BROKEN)
    return found


def unpacked(form: str, data: Buffer, at: int, end: int) -> tuple[int, ...]:
    """Return the numbers that stand at a place before `end`. Raises DamagedError where they do not fit."""
    size = struct.calcsize(form)
    if at + size > end:
        raise DamagedError(BROKEN)
    return struct.unpack(form, data[at : at + size])


def blanked(box: Box) -> Iterator[Change]:
    """Yield the changes that make padding of a box."""
    yield Change(box.start + 4, box.start + 8, FREE)
    yield from zeros(box.body, box.end)


def gone(box: Box, traces: Callable[[], Iterable[Trace]]) -> Find:
    """Return the find of a box that becomes padding."""
    return Find(lambda: blanked(box), traces)


def unknown(data: Buffer, box: Box) -> Iterator[Trace]:
    """Yield that there is a box of a type that is not known, with what can be read in it."""
    yield Trace("other", box.name, counted(box.end - box.body, box.held(data)), needles=runs(box.held(data)))


def surplus_text(data: Buffer, where: str, start: int, end: int) -> Iterator[Trace]:
    """Yield what stands where nothing belongs."""
    raw = bytes(data[start : min(end, start + MOST_READ)])
    yield Trace("other", where, counted(end - start, raw), needles=runs(raw))


def dirty_padding(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield the find of padding in which something stands."""
    if not is_empty(data, box.body, box.end):
        yield Find(lambda: zeros(box.body, box.end), lambda: unknown(data, box))


def zeroed(data: Buffer, start: int, end: int, trace: Callable[[bytes], Iterable[Trace]]) -> Iterator[Find]:
    """Yield the find of a short stretch that must hold zeros; `trace` tells of what stands there instead."""
    raw = bytes(data[start:end])
    if raw.strip(ZERO):
        yield Find(lambda: (Change(start, end, ZEROS[: end - start]),), lambda: trace(raw))
