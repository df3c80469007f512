"""Where the pixels of a TIFF's page stand, and what the page needs to be shown: an allow list of fields."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.pictures import icc, packed
from forethought.media.pictures.directories import Directory, Entry, Field, RawPhotoError, Tiff
from forethought.media.pictures.painting import MOST_PIXELS

SUBFILE, OLD_SUBFILE, WIDTH, HEIGHT, BITS, PACKING, COLOURS, ORDER_OF_BITS = 254, 255, 256, 257, 258, 259, 262, 266
TURNED, SAMPLES, ROWS, PLANES = 274, 277, 278, 284
TILE_WIDTH, TILE_HEIGHT, SUBSAMPLING, TABLES, PROFILE = 322, 323, 530, 347, 34675
OLD_JPEG = 513
PLACES, LENGTHS = (324, 273), (325, 279)  # of tiles and of strips
MOST_SAMPLES = 32
SHORT, WHOLE, FRACTION = frozenset({3}), frozenset({3, 4}), frozenset({5})
# The fields that decoding needs, with the types and the most values that each may have.
NEEDED = {
    WIDTH: (WHOLE, 1), HEIGHT: (WHOLE, 1), BITS: (SHORT, MOST_SAMPLES), PACKING: (SHORT, 1), COLOURS: (SHORT, 1),
    ORDER_OF_BITS: (SHORT, 1), SAMPLES: (SHORT, 1), ROWS: (WHOLE, 1), PLANES: (SHORT, 1), 292: (WHOLE, 1),
    293: (WHOLE, 1), 317: (SHORT, 1), 320: (SHORT, 3 << 16), TILE_WIDTH: (WHOLE, 1), TILE_HEIGHT: (WHOLE, 1),
    332: (SHORT, 1), 338: (SHORT, MOST_SAMPLES), 339: (SHORT, MOST_SAMPLES), 529: (FRACTION, 3),
    SUBSAMPLING: (SHORT, 2), 531: (SHORT, 1), 532: (FRACTION, 6),
}  # fmt: skip
SHOWN = {TURNED: (SHORT, 1), 282: (FRACTION, 1), 283: (FRACTION, 1), 296: (SHORT, 1)}  # kept where they are sound
COLOUR_MAP, PER_SAMPLE = 320, frozenset({BITS, 338, 339})
PACKINGS = frozenset({packed.NONE, packed.HUFFMAN, packed.FAX3, packed.FAX4, packed.LZW, packed.JPEG, packed.DEFLATE,
                      packed.OLD_DEFLATE, packed.PACKBITS})  # fmt: skip
REVERSIBLE = frozenset({packed.NONE, packed.HUFFMAN, packed.FAX3, packed.FAX4})
OF_CAMERAS = frozenset({32767, 32769, 32770, 34713, 34892, 65000, 65535})  # packings
YCBCR, KNOWN_COLOURS, RAW_COLOURS = 6, frozenset({0, 1, 2, 3, 5, 6, 8, 9}), frozenset({32803, 34892})
RAW_FIELDS = frozenset({50706, 33421, 33422, 50710, 50740})


class UnknownPackingError(CannotCleanError):
    """Pixels that are packed in a way that cannot be looked through."""

    def __init__(self) -> None:
        super().__init__("its pixels are packed in a way that is not known here; save it as PNG or JPEG first")


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip or a tile: where it stands, and how many bytes its pixels are when unpacked."""

    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file, as its pixels are laid out."""

    tiff: Tiff
    directory: Directory

    def number(self, field: int, default: int | None = None) -> int:
        """Return the first number of a field."""
        return self.tiff.number(self.directory, field, default)

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.number(WIDTH, 0) * self.number(HEIGHT, 0)

    @property
    def packing(self) -> int:
        """How its pixels are packed."""
        return self.number(PACKING, packed.NONE)

    @property
    def is_reversed(self) -> bool:
        """Whether the lowest bit of each byte comes first."""
        return self.number(ORDER_OF_BITS, 1) == 2

    @property
    def is_tiled(self) -> bool:
        """Whether it is cut into tiles rather than strips."""
        return self.directory.field(TILE_WIDTH) is not None

    def is_shown(self) -> bool:
        """Tell whether it is a page to be seen, rather than a smaller picture of one or a mask."""
        smaller = self.directory.at != self.tiff.pages[0].at and self.directory.field(OLD_JPEG) is not None
        kind, old = self.number(SUBFILE, 0), self.number(OLD_SUBFILE, 1)
        return not (kind & 5 or old == 2 or self.number(COLOURS, 0) == 4 or smaller)

    def checked(self) -> "Page":
        """Return the page if its pixels can be read. Raises CannotCleanError."""
        colours, packing = self.number(COLOURS, 1), self.packing
        fields = [field.number for field in self.directory.fields]
        if RAW_FIELDS & set(fields) or colours in RAW_COLOURS or packing in OF_CAMERAS:
            raise RawPhotoError
        if packing not in PACKINGS or colours not in KNOWN_COLOURS:
            raise UnknownPackingError
        if len(set(fields)) < len(fields):
            raise DamagedError("the same field stands in it twice, so that programs may show it differently")
        if self.is_reversed and packing not in REVERSIBLE:
            raise UnknownPackingError
        if self.pixels > MOST_PIXELS:
            raise TooLargeError(f"it has {self.pixels:,} pixels, more than are opened here")
        if not self.pixels:
            raise DamagedError("it has no pixels")
        return self

    def pieces(self) -> Iterator[Piece]:
        """Yield every strip or tile. Raises DamagedError."""
        sizes = list(self._sizes())
        places, lengths = (self._list(numbers) for numbers in (PLACES, LENGTHS))
        if not lengths and self.packing == packed.NONE:
            lengths = tuple(sizes)
        if len(places) != len(sizes) or len(lengths) != len(sizes):
            raise DamagedError("it has not as many strips of pixels as it should")
        for place, many, size in zip(places, lengths, sizes, strict=True):
            if place < 8 or not many or place + many > len(self.tiff.data):
                raise DamagedError("it breaks off before its end")
            yield Piece(place, place + many, size)

    def _list(self, numbers: tuple[int, int]) -> tuple[int, ...]:
        return self.tiff.numbers(self.directory, numbers[0 if self.is_tiled else 1])

    def _sizes(self) -> Iterator[int]:
        """Yield how many bytes each strip or tile is when unpacked."""
        width, height = self.number(WIDTH), self.number(HEIGHT)
        tall = self.number(TILE_HEIGHT) if self.is_tiled else min(self.number(ROWS, height), height)
        wide = self.number(TILE_WIDTH) if self.is_tiled else width
        if not 0 < tall * wide <= MOST_PIXELS:
            raise DamagedError("its strips of pixels have no size")
        across, down = -(-width // wide), -(-height // tall)
        for bits in self._planes():
            for number in range(across * down):
                last = height - number // across * tall
                yield self._size(wide, tall if self.is_tiled else min(tall, last), bits)

    def _planes(self) -> tuple[int, ...]:
        """Return the bits of a pixel in each plane."""
        samples = self.number(SAMPLES, 1)
        bits = self.tiff.numbers(self.directory, BITS, (1,))
        if not 0 < samples <= MOST_SAMPLES or not all(0 < each <= 64 for each in bits):
            raise DamagedError("its pixels have no size")
        bits = (bits + bits[-1:] * samples)[:samples]
        return bits if self.number(PLANES, 1) == 2 else (sum(bits),)

    def _size(self, wide: int, tall: int, bits: int) -> int:
        if self.number(COLOURS, 1) != YCBCR or self.packing == packed.JPEG or self.number(PLANES, 1) == 2:
            return (wide * bits + 7) // 8 * tall
        across, down = (self.tiff.numbers(self.directory, SUBSAMPLING, (2, 2)) * 2)[:2]
        if across not in (1, 2, 4) or down not in (1, 2, 4):
            raise DamagedError("its colours are not built as TIFF says")
        return -(-wide // across) * -(-tall // down) * (across * down + 2)

    def kept(self, piece: Piece) -> bytes:
        """Return what stays of a strip or tile."""
        return packed.needed(self.packing, self.tiff.data[piece.start : piece.end], piece.size, self.is_reversed)

    def entries(self) -> Iterator[Entry]:
        """Yield the fields that stay, but for those that say where the pixels stand. Raises DamagedError."""
        for field in self.directory.fields:
            if (raw := self.stays(field)) is not None:
                yield field.number, field.type, len(raw) if field.number in (TABLES, PROFILE) else field.count, raw

    def stays(self, field: Field) -> bytes | None:
        """Return the value of a field as it stays, or None where it is not needed. Raises DamagedError."""
        if field.number in (TABLES, PROFILE):
            return (self._tables if field.number == TABLES else self._profile)(field)
        types, most = NEEDED.get(field.number) or SHOWN.get(field.number) or (frozenset(), 0)
        if field.type in types and 0 < field.count <= self._most(field.number, most):
            raw = self.tiff.raw(field)
            return None if field.number == TURNED and not 1 < self._turned(raw) <= 8 else raw
        if field.number in NEEDED:
            raise DamagedError("a field that its picture needs is not built as TIFF says")
        return None

    def _turned(self, raw: bytes) -> int:
        return int(struct.unpack(f"{self.tiff.order}H", raw)[0])

    def _most(self, field: int, most: int) -> int:
        """Return how many values a field may have in this page, so that none is behind those that are needed."""
        if field == COLOUR_MAP:
            return int(3 << min(self.tiff.numbers(self.directory, BITS, (1,))[0], 16))
        return max(1, self.number(SAMPLES, 1)) if field in PER_SAMPLE else most

    def _tables(self, field: Field) -> bytes | None:
        return packed.photo(self.tiff.raw(field)) if self.packing == packed.JPEG and field.type in (1, 7) else None

    def _profile(self, field: Field) -> bytes | None:
        try:
            return icc.plain(self.tiff.raw(field)) or None if field.type in (1, 7) else None
        except (DamagedError, struct.error):
            return None
