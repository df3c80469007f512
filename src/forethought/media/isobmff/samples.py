"""Where the samples of a film's tracks lie, from the tables of its index and of its fragments."""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.isobmff.boxes import BROKEN, SHORT, Box, boxes, first, needed, unpacked

Range = tuple[int, int]
Sizes = Callable[[int, int], int]
MOST_SAMPLES = 10_000_000
PACKED_OLD = "its sound is packed in an old way; save it as an MP4 first"
# Bytes of one value of one channel for sound that is not compressed, where they are not the bits that are noted.
VALUES = {b"ulaw": 1, b"alaw": 1, b"in24": 3, b"in32": 4, b"fl32": 4, b"fl64": 8}
PLAIN = frozenset({b"raw ", b"twos", b"sowt", b"NONE", b"lpcm", *VALUES})
HAS_BASE, HAS_DESCRIPTION, HAS_DURATION, HAS_SIZE, FROM_FRAGMENT = 0x1, 0x2, 0x8, 0x10, 0x20000
RUN_OFFSET, RUN_FIRST, RUN_SIZE, RUN_FIELDS = 0x1, 0x4, 0x200, (0x100, 0x200, 0x400, 0x800)


@dataclass(frozen=True, slots=True)
class Packing:
    """How sound of one constant size is packed: so many samples in so many bytes."""

    samples: int
    size: int


def chunks(data: Buffer, table: Box, is_sound: bool) -> Iterator[Range]:
    """Yield where each chunk of a sample table (stbl) lies. Raises CannotCleanError."""
    offsets = _offsets(data, table)
    sizes = _sizes(data, table, is_sound)
    at = 0
    for offset, count in zip(offsets, _counts(data, table, len(offsets)), strict=True):
        if size := sizes(at, at + count):
            yield offset, offset + size
        at += count


def samples(data: Buffer, table: Box, most: int) -> Iterator[Range]:
    """Yield where each of the first samples of a sample table lies. Raises CannotCleanError."""
    offsets = _offsets(data, table)
    sizes = _sizes(data, table, False)
    at = 0
    for offset, count in zip(offsets, _counts(data, table, len(offsets)), strict=True):
        for number in range(at, at + count):
            if number >= most:
                return
            size = sizes(number, number + 1)
            yield offset, offset + size
            offset += size
        at += count


def _offsets(data: Buffer, table: Box) -> "array[int]":
    wide = first(data, table, b"co64")
    box = wide or needed(data, table, b"stco")
    (count,) = unpacked(">L", data, box.body + 4, box.end)
    return _numbers(data, "Q" if wide else "I", box.body + 8, count, box.end)


def _numbers(data: Buffer, letter: str, at: int, count: int, end: int) -> "array[int]":
    """Return as many numbers as are counted. Raises DamagedError or TooLargeError."""
    found = array(letter)
    if count > MOST_SAMPLES:
        raise TooLargeError("it has more pictures and sounds in a row than are counted here")
    if at + count * found.itemsize > end:
        raise DamagedError(BROKEN)
    found.frombytes(data[at : at + count * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _counts(data: Buffer, table: Box, chunk_count: int) -> Iterator[int]:
    """Yield how many samples each chunk has."""
    box = needed(data, table, b"stsc")
    (count,) = unpacked(">L", data, box.body + 4, box.end)
    found = _numbers(data, "I", box.body + 8, 3 * count, box.end)
    firsts = [*found[::3], chunk_count + 1]
    if chunk_count and firsts[0] != 1:
        raise DamagedError(BROKEN)
    done = 0
    for (start, stop), many in zip(pairwise(firsts), found[1::3], strict=True):
        if stop < start:
            raise DamagedError(BROKEN)
        for _ in range(min(stop, chunk_count + 1) - start):
            yield many
            done += 1
    if done != chunk_count:
        raise DamagedError(BROKEN)


def _sizes(data: Buffer, table: Box, is_sound: bool) -> Sizes:
    """Return what tells how many bytes the samples from one number up to another have together."""
    if short := first(data, table, b"stz2"):
        return _summed(_short_sizes(data, short))
    box = needed(data, table, b"stsz")
    size, count = unpacked(">LL", data, box.body + 4, box.end)
    if not size:
        return _summed(_numbers(data, "I", box.body + 12, count, box.end))
    packing = _packing(data, table, size) if is_sound else Packing(1, size)
    return lambda start, stop: -(-(stop - start) // packing.samples) * packing.size if stop <= count else _beyond()


def _summed(sizes: Iterable[int]) -> Sizes:
    sums = array("Q", accumulate(sizes, initial=0))
    return lambda start, stop: sums[stop] - sums[start] if stop < len(sums) else _beyond()


def _beyond() -> int:
    raise DamagedError(BROKEN)


def _short_sizes(data: Buffer, box: Box) -> Iterable[int]:
    bits, count = unpacked(">BL", data, box.body + 7, box.end)
    if bits == 16:
        return _numbers(data, "H", box.body + 12, count, box.end)
    if bits not in (4, 8):
        raise DamagedError(BROKEN)
    found = _numbers(data, "B", box.body + 12, -(-count * bits // 8), box.end)
    return found if bits == 8 else [half for both in found for half in (both >> 4, both & 15)][:count]


def _packing(data: Buffer, table: Box, size: int) -> Packing:
    """Return how sound whose samples are noted with one size is packed; QuickTime notes 1 for sound of any size."""
    entry = next(entries(data, needed(data, table, b"stsd")), None)
    if entry is None:
        return Packing(1, size)
    version, channels, bits = unpacked(">H6xHH", data, entry.body + 8, entry.end)
    if version == 1 and not _is_later(data, table):
        each, _, whole = unpacked(">3L", data, entry.body + 28, entry.end)
        return Packing(each, whole) if each and whole and (size == 1 or each > 1) else Packing(1, size)
    if version == 2 and size == 1:
        whole, each = unpacked(">2L", data, entry.body + 56, entry.end)
        return Packing(each or 1, whole or 1)
    if size == 1 and entry.kind not in PLAIN:
        raise CannotCleanError(PACKED_OLD)
    return Packing(1, channels * VALUES.get(entry.kind, bits // 8) if size == 1 else size)


def _is_later(data: Buffer, table: Box) -> bool:
    """Tell whether a table's entries are of MPEG-4's later kind rather than QuickTime's."""
    box = needed(data, table, b"stsd")
    return bytes(data[box.body : box.body + 1]) == b"\1"


def entries(data: Buffer, described: Box) -> Iterator[Box]:
    """Yield the entries of a box of sample descriptions (stsd). Raises DamagedError."""
    (count,) = unpacked(">L", data, described.body + 4, described.end)
    found = list(boxes(data, described.body + 8, described.end))
    if len(found) < count:
        raise DamagedError(BROKEN)
    yield from found


def runs(data: Buffer, fragment: Box, usual: dict[int, int]) -> Iterator[tuple[int, Range]]:
    """Yield the number of a track and where its samples lie, for each run of a fragment (moof).

    `usual` is the size of each track's samples where a fragment does not say it. Raises CannotCleanError.
    """
    after = fragment.start
    for traf in boxes(data, fragment.body, fragment.end):
        if traf.kind != b"traf":
            continue
        track, base, size = _head(data, needed(data, traf, b"tfhd"), fragment, after)
        after = base
        for run in boxes(data, traf.body, traf.end):
            if run.kind == b"trun":
                start, after = _run(data, run, base, after, usual.get(track, 0) if size is None else size)
                yield track, (start, after)


def _head(data: Buffer, box: Box, fragment: Box, after: int) -> tuple[int, int, int | None]:
    """Return a fragment's track, the place that its offsets count from, and the size of its samples if it says it."""
    flags, track = unpacked(">LL", data, box.body, box.end)
    at, base = box.body + 8, fragment.start if flags & FROM_FRAGMENT else after
    if flags & HAS_BASE:
        (base,) = unpacked(">Q", data, at, box.end)
        at += 8
    at += 4 * bool(flags & HAS_DESCRIPTION) + 4 * bool(flags & HAS_DURATION)
    size = unpacked(">L", data, at, box.end)[0] if flags & HAS_SIZE else None
    return track, base, size


def _run(data: Buffer, box: Box, base: int, after: int, size: int) -> Range:
    flags, count = unpacked(">LL", data, box.body, box.end)
    at, start = box.body + 8, after
    if flags & RUN_OFFSET:
        start = base + unpacked(">l", data, at, box.end)[0]
        at += 4
    at += 4 * bool(flags & RUN_FIRST)
    fields = [flag for flag in RUN_FIELDS if flags & flag]
    if RUN_SIZE not in fields:
        return start, start + count * size
    found = _numbers(data, "I", at, count * len(fields), box.end)
    return start, start + sum(found[fields.index(RUN_SIZE) :: len(fields)])


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in their order, with those that touch or overlap made one."""
    found: list[Range] = []
    for start, end in sorted(_joined(ranges)):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Yield ranges with those that follow one another at once made one, so that few have to be sorted."""
    held: Range | None = None
    for start, end in ranges:
        if held and held[1] == start:
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def check_inside(ranges: list[Range], places: list[Range]) -> None:
    """Check that each range lies in one of the places that are for samples. Raises DamagedError."""
    starts = [start for start, _ in places]
    for start, end in ranges:
        place = bisect_right(starts, start) - 1
        if place < 0 or end > places[place][1]:
            raise DamagedError(SHORT if not places or end > places[-1][1] else BROKEN)


def outside(ranges: list[Range], places: list[Range]) -> Iterator[Range]:
    """Yield the stretches of the places that no range covers; both are in order."""
    each = iter(ranges)
    held = next(each, None)
    for start, end in places:
        while held and held[0] < end:
            if held[0] > start:
                yield start, held[0]
            start = max(start, held[1])
            held = next(each, None)
        if start < end:
            yield start, end


def total(ranges: Iterable[Range]) -> int:
    """Return how many bytes ranges have together."""
    return sum(end - start for start, end in ranges)
