"""A BMP's headers as they stand, and the runs in which its pixels may be packed (Windows GDI, OS/2)."""

import struct
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.pictures.painting import MOST_PIXELS

FILE, OLD, USUAL, MASKED = 14, 12, 40, 56
SIZES = frozenset({OLD, 16, USUAL, 52, MASKED, 64, 108, 124})
NONE, RLE8, RLE4, FIELDS, ALPHA_FIELDS = 0, 1, 2, 3, 6
DEPTHS = {NONE: (1, 4, 8, 16, 24, 32), RLE8: (8,), RLE4: (4,), FIELDS: (16, 32), ALPHA_FIELDS: (16, 32)}
MASKS = {FIELDS: 12, ALPHA_FIELDS: 16}  # bytes of masks behind a usual header


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A BMP: its size and depth, and where its masks, its colours and its pixels stand."""

    size: int
    width: int
    height: int
    bits: int
    packing: int
    resolution: bytes
    masks: bytes
    colours: tuple[int, int]
    start: int
    end: int

    @property
    def row(self) -> int:
        """How many bytes each row has, with those that fill it up."""
        return (self.width * self.bits + 31) // 32 * 4

    @property
    def is_packed(self) -> bool:
        """Whether its pixels are packed as runs."""
        return self.packing in (RLE8, RLE4)

    @property
    def colour(self) -> int:
        """How many bytes each colour of the palette has."""
        return 3 if self.size == OLD else 4


def read(data: Buffer) -> Bitmap:
    """Return what the headers say. Raises CannotCleanError."""
    if data[:2] != b"BM" or len(data) < FILE + OLD:
        raise DamagedError("it is not built as a BMP is, or is damaged")
    start, size = struct.unpack("<LL", data[10:18])
    if size not in SIZES or FILE + size > start or start > len(data):
        raise DamagedError("it is not built as a BMP is, or is damaged")
    header = bytes(data[FILE : FILE + size]).ljust(USUAL, b"\0")
    wide, tall, planes, bits = struct.unpack_from("<HHHH" if size == OLD else "<llHH", header, 4)
    packing, _, resolution, used = (0, 0, bytes(8), 0) if size == OLD else struct.unpack_from("<LL8sL", header, 16)
    _check(wide, tall, planes, bits, packing, size)
    outside = MASKS.get(packing, 0) if size == USUAL else 0
    masks = bytes(data[FILE + USUAL : FILE + USUAL + max(outside, min(size - USUAL, 16))]) if packing in MASKS else b""
    at = FILE + size + outside
    each = 3 if size == OLD else 4
    many = min(used or 1 << bits, 1 << bits, max(0, start - at) // each) if bits <= 8 else 0
    if at > start or (bits <= 8 and not many):
        raise DamagedError("its colours and its pixels lie over one another")
    found = Bitmap(size, wide, tall, bits, packing, resolution, masks, (at, at + each * many), start, len(data))
    if found.is_packed:
        return found
    end = start + found.row * abs(tall)
    if end > len(data):
        raise DamagedError("it breaks off before its end")
    return Bitmap(size, wide, tall, bits, packing, resolution, masks, (at, at + each * many), start, end)


def _check(wide: int, tall: int, planes: int, bits: int, packing: int, size: int) -> None:
    """Refuse a picture whose pixels cannot be known. Raises CannotCleanError."""
    if planes != 1 or wide <= 0 or not tall:
        raise DamagedError("it has no pixels, or is damaged")
    if wide * abs(tall) > MOST_PIXELS:
        raise TooLargeError(f"it has {wide:,} by {abs(tall):,} pixels, more than are opened here")
    if bits not in DEPTHS.get(packing, ()) or (size in (16, 64) and packing in MASKS):
        raise CannotCleanError("its pixels are packed in a way that is not known here; save it as PNG first")


def unrolled(data: Buffer, bitmap: Bitmap) -> tuple[bytes, set[int]]:
    """Return packed runs up to their end, with nothing in what fills them up, and the colours that they use.

    Raises DamagedError.
    """
    raw = bytes(data[bitmap.start : bitmap.end])
    kept, used, at = bytearray(), {0}, 0
    while at + 2 <= len(raw):
        many, value = raw[at : at + 2]
        length = 2
        if many:
            used.add(value)
        elif value == 1:
            return bytes(kept) + b"\0\1", used if bitmap.packing == RLE8 else _halves(used)
        elif value == 2:
            length = 4
        elif value > 2:
            needed = value if bitmap.packing == RLE8 else (value + 1) // 2
            length = 2 + needed + needed % 2
            used.update(raw[at + 2 : at + 2 + needed])
            kept += raw[at : at + 2 + needed] + bytes(needed % 2)
        if value <= 2 or many:
            kept += raw[at : at + length]
        at += length
    raise DamagedError("it breaks off before its end")


def _halves(used: set[int]) -> set[int]:
    return {half for each in used for half in (each >> 4, each & 15)}


def filled(data: Buffer, bitmap: Bitmap) -> bytes:
    """Return rows of pixels with nothing in the bytes and bits that fill them up."""
    rows, wide = bytearray(data[bitmap.start : bitmap.end]), bitmap.width * bitmap.bits
    count = abs(bitmap.height)
    for column in range(-(-wide // 8), bitmap.row):
        rows[column :: bitmap.row] = bytes(count)
    if spare := -wide % 8:
        last = wide // 8
        rows[last :: bitmap.row] = rows[last :: bitmap.row].translate(
            bytes(byte >> spare << spare for byte in range(256))
        )
    return bytes(rows)


def colours_of(rows: bytes, bitmap: Bitmap) -> set[int]:
    """Return the colours of the palette that rows of pixels use."""
    used = set(rows)
    return used if bitmap.bits == 8 else _halves(used) if bitmap.bits == 4 else {0, 1}
