"""BMP pictures: written anew with the smallest header that shows them, their pixels as they are.

Headers: Windows GDI (40 to 124 bytes) and OS/2 (12, 16 and 64 bytes).
"""

import struct
from collections.abc import Iterable, Iterator

from forethought.media.buffer import Buffer, Change, changed, whole
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, runs, told
from forethought.media.pictures import icc
from forethought.media.pictures.bitmap import (
    ALPHA_FIELDS,
    FIELDS,
    FILE,
    MASKED,
    OLD,
    USUAL,
    Bitmap,
    colours_of,
    filled,
    read,
    unrolled,
)
from forethought.media.pictures.painting import canvas, painted, picture_of
from forethought.media.trace import Trace

OS2, SAYS_NOTHING = 64, (b"BGRs", b" niW", bytes(4))  # the names of the usual colours, as they stand in a file
SEEN_THROUGH = struct.pack("<LLLL", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)  # the masks of red, green, blue and alpha
RESERVED, NEWEST, LINKED, EMBEDDED, MOST_TOLD = slice(6, 10), 124, b"KNIL", b"DEBM", 1 << 16


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a BMP's pixels and nothing else."""
    if wishes.repaint:
        fresh = _painted(data)
        return whole(data, b"".join(changed(fresh, _plain(fresh))))
    return _plain(data)


def _painted(data: Buffer) -> bytes:
    """Return a picture painted anew; one that is seen through in places with a header that says so."""
    with picture_of(data) as picture:
        if picture.mode != "RGBA":
            return painted(data, "BMP")
        fresh = canvas(picture)
        pixels = fresh.tobytes("raw", "BGRA", 0, -1)
        bitmap = Bitmap(MASKED, *fresh.size, 32, FIELDS, bytes(8), SEEN_THROUGH, (0, 0), 0, 0)
        return _header(bitmap, b"", len(pixels)) + pixels


def _plain(data: Buffer) -> list[Change]:
    bitmap = read(data)
    pixels, used = _pixels(data, bitmap)
    header = _header(bitmap, _palette(data, bitmap, used), len(pixels))
    if data[bitmap.start : bitmap.start + len(pixels)] == pixels:
        return [Change(0, bitmap.start, header), Change(bitmap.start + len(pixels), len(data))]
    return list(whole(data, header + pixels))


def _pixels(data: Buffer, bitmap: Bitmap) -> tuple[bytes, set[int]]:
    """Return the pixels as they stay, and the colours of the palette that they use."""
    if bitmap.is_packed:
        return unrolled(data, bitmap)
    rows = filled(data, bitmap)
    return rows, colours_of(rows, bitmap) if bitmap.bits <= 8 else set()


def _palette(data: Buffer, bitmap: Bitmap, used: set[int]) -> bytes:
    """Return the palette with nothing in what no pixel uses; one that runs evenly from black to white says nothing."""
    start, end = bitmap.colours
    size = bitmap.colour
    colours = [bytes(data[at : at + 3]) for at in range(start, end, size)]
    if not _is_even(colours):
        colours = [colour if number in used else bytes(3) for number, colour in enumerate(colours)]
    return b"".join(colour.ljust(size, b"\0") for colour in colours)


def _is_even(colours: list[bytes]) -> bool:
    last = max(1, len(colours) - 1)
    even = [bytes([255 * number // last] * 3) for number in range(len(colours))]
    return colours in (even, even[::-1])


def _header(bitmap: Bitmap, palette: bytes, pixels: int) -> bytes:
    """Return the smallest headers that say how the picture is to be read."""
    size = OLD if bitmap.size == OLD else MASKED if bitmap.size >= 52 and bitmap.masks else USUAL
    masks = bitmap.masks.ljust(16, b"\0") if size == MASKED else bitmap.masks
    start = FILE + (size if size == MASKED else size + len(masks)) + len(palette)
    made = struct.pack("<2sLLLL", b"BM", start + pixels, 0, start, size)
    if size == OLD:
        return made + struct.pack("<HHHH", bitmap.width, bitmap.height, 1, bitmap.bits) + palette
    colours = len(palette) // 4
    made += struct.pack("<llHHLL", bitmap.width, bitmap.height, 1, bitmap.bits, _packing(bitmap, size), pixels)
    return made + bitmap.resolution + struct.pack("<LL", colours, 0) + masks + palette


def _packing(bitmap: Bitmap, size: int) -> int:
    """Return how the pixels are packed: masks inside the header are called the same with and without alpha."""
    return FIELDS if bitmap.packing == ALPHA_FIELDS and size == MASKED else bitmap.packing


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a BMP gives away."""
    bitmap = read(data)
    pixels, used = _pixels(data, bitmap)
    if any(data[RESERVED]):
        yield told("other", "reserved bytes of the header", data[RESERVED])
    yield from _headers(data, bitmap)
    yield from _colours(data, bitmap, used)
    if data[bitmap.start : bitmap.start + len(pixels)] != pixels:
        yield Trace("other", "bytes that fill up the rows", "something other than nothing")
    yield from _around(data, bitmap, bitmap.start + len(pixels))


def _headers(data: Buffer, bitmap: Bitmap) -> Iterator[Trace]:
    """Yield what the newer headers hold beside the picture: profiles, places of profiles, notes of OS/2."""
    header = bytes(data[FILE : FILE + bitmap.size])
    tail = header[USUAL:] if bitmap.size == OS2 else header[MASKED:]
    if any(tail) and (bitmap.size == OS2 or tail[:4] not in SAYS_NOTHING or any(tail[4:52]) or any(tail[56:])):
        yield told("other", "header", tail)
    if bitmap.size == NEWEST and header[56:60] in (LINKED, EMBEDDED):
        at, size = struct.unpack_from("<LL", header, 112)
        raw = data[FILE + at : FILE + min(at + size, at + icc.LARGEST)]
        if header[56:60] == EMBEDDED:
            yield from icc.traces(raw)
        else:
            yield told("file", "place of a profile", raw.rstrip(b"\0"))


def _colours(data: Buffer, bitmap: Bitmap, used: set[int]) -> Iterator[Trace]:
    start, end = bitmap.colours
    raw = bytes(data[start:end])
    if raw != (kept := _palette(data, bitmap, used)):
        changed_bytes = bytes(old for old, new in zip(raw, kept, strict=True) if old != new)
        yield Trace("other", "colours that no pixel has", counted(len(changed_bytes), raw), needles=runs(changed_bytes))


def _around(data: Buffer, bitmap: Bitmap, end: int) -> Iterator[Trace]:
    """Yield what stands before and behind the pixels."""
    for where, at, stop in (
        ("between the header and the pixels", bitmap.colours[1], bitmap.start),
        ("after the end", end, len(data)),
    ):
        if not is_empty(data, at, stop):
            rest = data[at : min(stop, at + MOST_TOLD)]
            yield Trace("edit", where, counted(stop - at, rest), needles=runs(rest))


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with Pillow and by the sums of its header, and yield what is still there."""
    with picture_of(data) as picture:
        if picture.format != "BMP":
            yield f"it opens as {picture.format}"
        yield from (str(name) for name in picture.info if name not in ("dpi", "compression"))
        picture.load()
    yield from _sums(data)


def _sums(data: Buffer) -> Iterator[str]:
    """Yield what does not come out even when the header's own numbers are added up."""
    length, reserved, start, size = struct.unpack("<LLLL", data[2:18])
    if reserved or length != len(data):
        yield "a header that says more than it needs"
    if size == OLD:
        wide, tall, _, bits = struct.unpack("<HHHH", data[18:26])
        packing, free = 0, start - FILE - OLD - (3 << bits if bits <= 8 else 0)
    else:
        wide, tall, _, bits, packing, _, _, _, colours, _ = struct.unpack("<llHHLLllLL", data[18:54])
        masks = {FIELDS: 12, ALPHA_FIELDS: 16}.get(packing, 0) if size == USUAL else 0
        free = start - FILE - size - masks - 4 * colours
    if size not in (OLD, USUAL, MASKED) or free > 0:
        yield "bytes before the pixels"
    rows = (wide * bits + 31) // 32 * 4 * abs(tall)
    if bytes(data[-2:]) != b"\0\1" if packing in (1, 2) else len(data) != start + rows:
        yield "bytes after the pixels"


FORMAT = Format("BMP", "picture", ("bmp", "dib"), traces, clean, doubts)
