"""EBML elements, as Matroska and WebM files are made of (RFC 8794, RFC 9559): found, and made Void in their places."""

from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.held import zeros

SHORT, BROKEN = "it breaks off before its end", "its elements are not built as those of Matroska are"
MOST_ELEMENTS = 2_000_000  # in one place
HEADER, SEGMENT, CLUSTER, VOID, CRC = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC, 0xBF
SEEK_HEAD, INFO, TRACKS, CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B
ATTACHMENTS, CHAPTERS, TAGS = 0x1941A469, 0x1043A770, 0x1254C367
TOP = frozenset(
    (HEADER, SEGMENT, CLUSTER, SEEK_HEAD, INFO, TRACKS, CUES, ATTACHMENTS, CHAPTERS, TAGS)
)  # what ends a segment or a cluster of unknown size


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its number, and where it and its bytes stand; `is_open` where its size is not known yet."""

    id: int
    start: int
    body: int
    end: int
    is_open: bool = False


def elements(data: Buffer, start: int, end: int) -> Iterator[Element]:
    """Yield the elements of a stretch, those of unknown size up to the next of their kind. Raises DamagedError."""
    at = start
    for _ in range(MOST_ELEMENTS):
        if at >= end:
            return
        element = element_at(data, at, end)
        yield element
        at = element.end
    raise DamagedError("it is made of too many parts")


def element_at(data: Buffer, at: int, end: int) -> Element:
    """Return the element that begins here. Raises DamagedError."""
    number, after = _number(data, at, end, 4, keep=True)
    size, body = _number(data, after, end, 8, keep=False)
    if size == (1 << 7 * (body - after)) - 1:
        if number not in (SEGMENT, CLUSTER):
            raise DamagedError(BROKEN)
        return Element(number, at, body, _open_end(data, number, body, end), is_open=True)
    if body + size > end:
        raise DamagedError(SHORT)
    return Element(number, at, body, body + size)


def _number(data: Buffer, at: int, end: int, longest: int, keep: bool) -> tuple[int, int]:
    """Return a number of as many bytes as its first byte tells, and where it ends."""
    if at >= end:
        raise DamagedError(SHORT)
    size = 9 - data[at].bit_length()
    if size > longest:
        raise DamagedError(BROKEN)
    if at + size > end:
        raise DamagedError(SHORT)
    value = int.from_bytes(data[at : at + size])
    return value if keep else value & ((1 << 7 * size) - 1), at + size


def _open_end(data: Buffer, number: int, at: int, end: int) -> int:
    """Return where an element of unknown size ends: before the next one that cannot stand in it."""
    if number == SEGMENT:
        return _segment_end(data, at, end)
    for _ in range(MOST_ELEMENTS):
        if at >= end or int.from_bytes(data[at : at + 4]) in TOP:
            return at
        at = element_at(data, at, end).end
    raise DamagedError("it is made of too many parts")


def _segment_end(data: Buffer, at: int, end: int) -> int:
    """Return where a segment of unknown size ends: where another file begins behind it, or at the end."""
    for _ in range(MOST_ELEMENTS):
        if at >= end or int.from_bytes(data[at : at + 4]) in (HEADER, SEGMENT):
            return at
        at = element_at(data, at, end).end
    raise DamagedError("it is made of too many parts")


def uint(data: Buffer, element: Element) -> int:
    """Return the number that an element holds."""
    return int.from_bytes(data[element.body : min(element.end, element.body + 8)])


def track_of(data: Buffer, block: Element) -> int:
    """Return the number of the track that a block belongs to. Raises DamagedError."""
    return _number(data, block.body, block.end, 8, keep=False)[0]


def number_end(data: Buffer, block: Element) -> int:
    """Return where the number of the track ends that a block belongs to. Raises DamagedError."""
    return _number(data, block.body, block.end, 8, keep=False)[1]


def voided(start: int, end: int) -> Iterator[Change]:
    """Yield the changes that make a stretch one empty Void of the same size, which is 2 bytes or more."""
    size = end - start
    width = next(width for width in range(1, 9) if size - 1 - width <= (1 << 7 * width) - 2)
    head = bytes([VOID]) + (1 << 7 * width | size - 1 - width).to_bytes(width)
    yield Change(start, start + len(head), head)
    yield from zeros(start + len(head), end)
