"""The directories of a TIFF file: its pages, and the notes and other pictures that hang on them (TIFF 6.0)."""

import struct
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.pictures.exif import LETTERS, SIZES

MOST_DIRECTORIES, MOST_FIELDS, MOST_NUMBERS, DEEPEST = 5_000, 200_000, 1_000_000, 4
SUB_IFDS, EXIF, GPS, INTEROP = 0x014A, 0x8769, 0x8825, 0xA005
BELOW = {SUB_IFDS: "picture", EXIF: "EXIF", GPS: "GPS", INTEROP: "interoperability"}
WHOLE_NUMBERS = frozenset({1, 3, 4, 13})  # types
ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
RAW_SIGNS = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
LARGE_SIGNS = (b"II+\0", b"MM\0+")


class RawPhotoError(CannotCleanError):
    """A file as a camera's sensor saw it, whose pixels cannot be told from its notes."""

    def __init__(self) -> None:
        super().__init__("it is a raw photo as cameras keep them; save it as JPEG first, and clean that")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a directory: its number, type and how many values it has, and the stretch where they stand."""

    number: int
    type: int
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory: what it is of, where it stands, its fields, and the directories that hang on it."""

    name: str
    at: int
    fields: tuple[Field, ...]
    below: tuple["Directory", ...]

    @property
    def end(self) -> int:
        """Where it ends, with its link to the next."""
        return self.at + 6 + 12 * len(self.fields)

    def field(self, number: int) -> Field | None:
        """Return the field of this number."""
        return next((field for field in self.fields if field.number == number), None)

    def everything(self) -> Iterator["Directory"]:
        """Yield this directory and all that hang on it."""
        yield self
        for each in self.below:
            yield from each.everything()


@dataclass(frozen=True, slots=True)
class Tiff:
    """A TIFF file: its bytes, the order of bytes in its numbers, and its pages."""

    data: Buffer
    order: str
    pages: tuple[Directory, ...]

    def raw(self, field: Field) -> bytes:
        """Return the bytes of a field. Raises DamagedError where some lie beyond the end."""
        if field.end > len(self.data):
            raise DamagedError("it breaks off before its end")
        return self.data[field.start : field.end]

    def numbers(self, directory: Directory, number: int, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Return the whole numbers of a field, or the default where there is none. Raises DamagedError."""
        field = directory.field(number)
        if field is None:
            return default
        if field.type not in WHOLE_NUMBERS or not 0 < field.count <= MOST_NUMBERS:
            raise DamagedError("a field that its picture needs is not built as TIFF says")
        return struct.unpack(f"{self.order}{field.count}{LETTERS[field.type]}", self.raw(field))

    def number(self, directory: Directory, number: int, default: int | None = None) -> int:
        """Return the first whole number of a field. Raises DamagedError where it is missing and has no default."""
        found = self.numbers(directory, number, () if default is None else (default,))
        if not found:
            raise DamagedError("a field that its picture needs is missing")
        return found[0]


def read(data: Buffer) -> Tiff:
    """Return the directories of a file. Raises RawPhotoError, DamagedError or TooLargeError."""
    sign = bytes(data[:4])
    if sign in RAW_SIGNS or data[8:10] == b"CR":
        raise RawPhotoError
    if sign in LARGE_SIGNS:
        raise TooLargeError("it is a BigTIFF, made for very large pictures; save it as an ordinary TIFF or JPEG first")
    if sign not in ORDERS or len(data) < 8:
        raise DamagedError("it is not built as a TIFF is, or is damaged")
    reader = _Reader(data, ORDERS[sign], set(), [0])
    return Tiff(data, ORDERS[sign], tuple(reader.pages()))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads directories, each once, and no more of them and of their fields than any picture has."""

    data: Buffer
    order: str
    seen: set[int]
    fields: list[int]

    def pages(self) -> Iterator[Directory]:
        at = self._long(4)
        while at:
            page = self.directory("page", at, 0)
            if page is None:
                raise DamagedError("its list of pages breaks off, or is damaged")
            yield page
            at = self._long(page.end - 4)

    def directory(self, name: str, at: int, deep: int) -> Directory | None:
        """Return a directory, or None where none can stand."""
        if not 8 <= at <= len(self.data) - 6 or at in self.seen:
            return None
        (count,) = struct.unpack(f"{self.order}H", self.data[at : at + 2])
        if at + 6 + 12 * count > len(self.data) or not count:
            return None
        self.seen.add(at)
        self._counted(count)
        fields = tuple(self._field(at + 2 + 12 * number) for number in range(count))
        return Directory(name, at, fields, tuple(self._below(fields, deep)))

    def _field(self, at: int) -> Field:
        number, kind, count, value = struct.unpack(f"{self.order}HHLL", self.data[at : at + 12])
        size = SIZES.get(kind, 1) * count
        start = at + 8 if size <= 4 else value
        return Field(number, kind, count, start, start + size)

    def _below(self, fields: Iterable[Field], deep: int) -> Iterator[Directory]:
        for field in fields:
            if field.number in BELOW and field.type in (4, 13) and deep < DEEPEST:
                places = range(field.start, min(field.end, len(self.data) - 3), 4)
                self._counted(len(places))
                for start in places:
                    if found := self.directory(BELOW[field.number], self._long(start), deep + 1):
                        yield found

    def _counted(self, more: int) -> None:
        self.fields[0] += more
        if len(self.seen) > MOST_DIRECTORIES or self.fields[0] > MOST_FIELDS:
            raise TooLargeError("it is made of too many parts")

    def _long(self, at: int) -> int:
        return int(struct.unpack(f"{self.order}L", self.data[at : at + 4])[0])


Entry = tuple[int, int, int, bytes]  # number, type, count and the bytes of the values


def length(entries: list[Entry]) -> int:
    """Return how long a directory of these entries is when written, with its values."""
    return reduce(lambda total, entry: total + _outside(entry[3]), entries, 6 + 12 * len(entries))


def _outside(raw: bytes) -> int:
    return len(raw) + len(raw) % 2 if len(raw) > 4 else 0


def written(order: str, at: int, entries: list[Entry], following: int = 0) -> bytes:
    """Return a directory that stands at this place, its values behind it."""
    values: deque[bytes] = deque()
    table = [struct.pack(f"{order}H", len(entries))]
    place = at + 6 + 12 * len(entries)
    for number, kind, count, raw in sorted(entries):
        table.append(struct.pack(f"{order}HHL", number, kind, count))
        table.append(struct.pack(f"{order}L", place) if len(raw) > 4 else raw.ljust(4, b"\0"))
        if len(raw) > 4:
            values.append(raw + bytes(len(raw) % 2))
            place += _outside(raw)
    return b"".join([*table, struct.pack(f"{order}L", following), *values])


def header(order: str) -> bytes:
    """Return the first bytes of a file whose first directory follows at once."""
    return (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HL", 42, 8)
