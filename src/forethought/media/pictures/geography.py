"""Where on the map a TIFF's page lies (OGC GeoTIFF 1.1)."""

import struct
from collections.abc import Iterator

from forethought.media.pictures.directories import Directory, Tiff
from forethought.media.places import whereabouts
from forethought.media.trace import Trace

SCALE, TIE_POINT, TRANSFORM, KEYS, DOUBLES, WORDS = 33550, 33922, 34264, 34735, 34736, 34737
NUMBERS = frozenset({SCALE, TIE_POINT, TRANSFORM, KEYS, DOUBLES, WORDS})
MOST_READ, MOST_SHOWN = 1 << 10, 300
DOUBLE = 12


def place(tiff: Tiff, directory: Directory) -> Iterator[Trace]:
    """Yield where a page lies on the map, and every other field that belongs to this."""
    for field in directory.fields:
        if field.number in NUMBERS:
            raw = tiff.data[field.start : min(field.end, field.start + MOST_READ)]
            if field.number == WORDS:
                yield Trace("place", "GeoTIFF words", raw.strip(b"\0").decode("utf-8", "replace")[:MOST_SHOWN])
            elif field.number in (TIE_POINT, TRANSFORM) and field.type == DOUBLE:
                yield _corner(tiff, directory, field.number, raw)
            else:
                yield Trace("place", "GeoTIFF", "how the map is laid out", needles=(raw,))


def _corner(tiff: Tiff, directory: Directory, number: int, raw: bytes) -> Trace:
    """Return where the corner of a map lies: in words where it is given in degrees."""
    numbers = struct.unpack(f"{tiff.order}{len(raw) // 8}d", raw[: len(raw) // 8 * 8])
    east, north = ((*numbers, 0, 0, 0, 0, 0)[3:5]) if number == TIE_POINT else (*numbers, *(0,) * 8)[3:8:4]
    is_degrees = _is_in_degrees(tiff, directory) and abs(north) <= 90 and abs(east) <= 180
    said = whereabouts(north, east) if is_degrees else f"{east:g}, {north:g} on its map"
    return Trace("place", "GeoTIFF corner", said, needles=(raw[24:40],))


def _is_in_degrees(tiff: Tiff, directory: Directory) -> bool:
    field = directory.field(KEYS)
    raw = tiff.data[field.start : min(field.end, field.start + MOST_READ)] if field else b""
    keys = struct.unpack(f"{tiff.order}{len(raw) // 2}H", raw[: len(raw) // 2 * 2])
    return (1024, 0, 1, 2) in zip(*(keys[at::4] for at in range(4)), strict=False)
