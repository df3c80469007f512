"""EXIF: what a camera, a phone or a program noted about a picture, read from a block in the form of a TIFF file.

Tags and types: Exif 3.0 (CIPA DC-008-2023) and TIFF 6.0.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from forethought.media.buffer import DamagedError
from forethought.media.places import whereabouts
from forethought.media.trace import Trace

SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
LETTERS: Final = {1: "B", 3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L"}
MOST_TAGS, MOST_SHOWN, MOST_DIRECTORIES = 2_000, 300, 32
MOST_BYTES, MOST_READ = 16 << 20, 1 << 16  # of all values together, which may overlap; of one, that are looked through
BELOW: Final = {0x8769: "EXIF", 0x8825: "GPS", 0xA005: "EXIF"}  # tags that lead to more directories
SUB_IFDS: Final = 0x014A
ORIENTATION: Final = 0x0112
# What each tag tells; tags that are not here are reported under their number, as `other`.
NAMES: Final = {
    0x010D: ("words", "DocumentName"), 0x010E: ("words", "ImageDescription"), 0x010F: ("device", "Make"),
    0x0110: ("device", "Model"), 0x0131: ("software", "Software"), 0x0132: ("time", "DateTime"),
    0x013B: ("person", "Artist"), 0x013C: ("device", "HostComputer"), 0x02BC: ("other", "XMP"),
    0x8298: ("person", "Copyright"), 0x83BB: ("other", "IPTC"), 0x8649: ("other", "Photoshop"),
    0x9003: ("time", "DateTimeOriginal"), 0x9004: ("time", "DateTimeDigitized"), 0x9010: ("time", "OffsetTime"),
    0x9011: ("time", "OffsetTimeOriginal"), 0x9012: ("time", "OffsetTimeDigitized"),
    0x9286: ("words", "UserComment"), 0x9290: ("time", "SubSecTime"), 0x9291: ("time", "SubSecTimeOriginal"),
    0x9292: ("time", "SubSecTimeDigitized"), 0x927C: ("device", "MakerNote"), 0x9C9B: ("words", "XPTitle"),
    0x9C9C: ("words", "XPComment"), 0x9C9D: ("person", "XPAuthor"), 0x9C9E: ("words", "XPKeywords"),
    0x9C9F: ("words", "XPSubject"), 0xA004: ("file", "RelatedSoundFile"), 0xA420: ("device", "ImageUniqueID"),
    0xA430: ("person", "CameraOwnerName"), 0xA431: ("device", "BodySerialNumber"),
    0xA432: ("device", "LensSpecification"),
    0xA433: ("device", "LensMake"), 0xA434: ("device", "LensModel"), 0xA435: ("device", "LensSerialNumber"),
    0xA436: ("words", "ImageTitle"), 0xA437: ("person", "Photographer"), 0xA438: ("person", "ImageEditor"),
    0xA439: ("software", "CameraFirmware"), 0xA43A: ("software", "RAWDevelopingSoftware"),
    0xA43B: ("software", "ImageEditingSoftware"), 0xA43C: ("software", "MetadataEditingSoftware"),
    0xC614: ("device", "UniqueCameraModel"), 0xC62F: ("device", "CameraSerialNumber"), 0xEA1C: ("other", "Padding"),
}  # fmt: skip
GPS_NAMES: Final = {
    0x08: ("place", "GPSSatellites"), 0x12: ("place", "GPSMapDatum"), 0x1B: ("place", "GPSProcessingMethod"),
    0x1C: ("place", "GPSAreaInformation"), 0x1D: ("time", "GPSDateStamp"), 0x07: ("time", "GPSTimeStamp"),
    0x06: ("place", "GPSAltitude"), 0x1F: ("place", "GPSHPositioningError"), 0x11: ("place", "GPSImgDirection"),
}  # fmt: skip
WIDE: Final = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})  # tags whose text is UTF-16
PRINTED: Final = re.compile(rb"[ -~]{6,}")
TABLES: Final = (  # how most JPEGs list the codes of their pixels (ITU-T T.81, annex K), which says nothing
    b"%&'()*456789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz",
    b"&'()*56789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz",
)
FEWEST: Final = 3  # different bytes of what is written; coded pictures have stretches of fewer


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands: the directory it is in, its number, its type and the bytes of its value."""

    directory: str
    number: int
    type: int
    raw: bytes
    order: str

    def numbers(self) -> list[float]:
        """Return the value as numbers; fractions without a denominator are left out."""
        if self.type in (5, 10):
            letter = "L" if self.type == 5 else "l"
            halves = struct.unpack(f"{self.order}{len(self.raw) // 8 * 2}{letter}", self.raw[: len(self.raw) // 8 * 8])
            pairs = zip(halves[::2], halves[1::2], strict=True)
            return [float(Fraction(upper, lower)) for upper, lower in pairs if lower]
        letter = LETTERS.get(self.type, "B")
        size = SIZES.get(self.type, 1)
        return list(
            struct.unpack(f"{self.order}{len(self.raw) // size}{letter}", self.raw[: len(self.raw) // size * size])
        )

    def words(self) -> str:
        """Return the value as a person reads it."""
        if self.number in WIDE:
            return _printable(self.raw.decode("utf-16-le", "replace"))
        if self.number == 0x9286:
            return _comment(self.raw, self.order)
        if self.type in (2, 129):
            return _printable(self.raw.decode("utf-8", "replace"))
        if self.type == 7 or len(self.raw) > MOST_SHOWN:
            return _inside(self.raw)
        return " ".join(f"{number:g}" for number in self.numbers())


def tags(block: bytes) -> Iterator[Tag]:
    """Yield every tag of a TIFF-headed block, in all its directories. Raises DamagedError where it is none."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        raise DamagedError("its camera notes are not built as such notes are")
    (first,) = struct.unpack_from(f"{order}L", block, 4)
    waiting, seen, held = [("picture", first)], set[int](), 0
    while waiting and len(seen) < MOST_DIRECTORIES:
        name, at = waiting.pop(0)
        if at in seen or not 8 <= at <= len(block) - 2:
            continue
        seen.add(at)
        for tag in _directory(block, order, name, at):
            held += len(tag.raw)
            if held > MOST_BYTES:
                raise DamagedError("its camera notes hold more than such notes do")
            waiting += _further(tag)
            yield tag
        waiting += _next(block, order, at)


def _directory(block: bytes, order: str, name: str, at: int) -> Iterator[Tag]:
    (count,) = struct.unpack_from(f"{order}H", block, at)
    for number in range(min(count, MOST_TAGS)):
        entry = at + 2 + 12 * number
        if entry + 12 > len(block):
            return
        tag, kind, many = struct.unpack_from(f"{order}HHL", block, entry)
        size = SIZES.get(kind, 1) * many
        start = entry + 8 if size <= 4 else struct.unpack_from(f"{order}L", block, entry + 8)[0]
        yield Tag(name, tag, kind, block[start : start + size], order)


def _further(tag: Tag) -> list[tuple[str, int]]:
    if tag.number in BELOW and tag.directory != "GPS":
        return [(BELOW[tag.number], int(place)) for place in tag.numbers()[:1]]
    if tag.number == SUB_IFDS:
        return [("picture", int(place)) for place in tag.numbers()[:MOST_DIRECTORIES]]
    return []


def _next(block: bytes, order: str, at: int) -> list[tuple[str, int]]:
    """Return the directory after this one, which tells of a thumbnail."""
    (count,) = struct.unpack_from(f"{order}H", block, at)
    end = at + 2 + 12 * count
    if end + 4 > len(block):
        return []
    (place,) = struct.unpack_from(f"{order}L", block, end)
    return [("thumbnail", place)] if place else []


def orientation(block: bytes) -> int:
    """Return how a picture is to be turned, 1 to 8; 1 where it is not said."""
    for tag in tags(block):
        if tag.directory == "picture" and tag.number == ORIENTATION and tag.raw:
            turned = int(tag.numbers()[0])
            return turned if 1 <= turned <= 8 else 1
    return 1


def traces(block: bytes, where: str = "EXIF") -> Iterator[Trace]:
    """Yield what a block gives away; `where` begins the name of each field. A damaged block is one trace."""
    try:
        every = list(tags(block))
    except (DamagedError, struct.error):
        yield Trace("other", where, "notes that cannot be read", needles=_needles(block))
        return
    yield from _place(every, where)
    if any(tag.directory == "thumbnail" for tag in every):
        yield Trace("picture", f"{where} thumbnail", "a small picture, which may show what was cut away later")
    for tag in every:
        if (trace := _trace(tag, where)) is not None:
            yield trace


def _trace(tag: Tag, where: str) -> Trace | None:
    """Return what one tag gives away; coordinates and thumbnails are told apart from this, and pointers not at all."""
    if tag.number in (*BELOW, SUB_IFDS, ORIENTATION) or tag.directory == "thumbnail":
        return None
    if tag.directory == "GPS":
        if tag.number in (1, 2, 3, 4):
            return None
        kind, name = GPS_NAMES.get(tag.number, ("other", f"GPS tag {tag.number}"))
    else:
        kind, name = NAMES.get(tag.number, ("other", f"tag 0x{tag.number:04X}"))
    if not (words := tag.words()):
        return None
    return Trace(kind, f"{where} {name}", words, needles=_needles(tag.raw) if tag.type == 7 else ())


def _place(every: list[Tag], where: str) -> Iterator[Trace]:
    """Yield where a picture was taken, if that is told."""
    held = {tag.number: tag for tag in every if tag.directory == "GPS"}
    if not {2, 4} <= held.keys():
        return
    north, east = (_degrees(held[number], held.get(number - 1)) for number in (2, 4))
    if north is None or east is None or not (north or east):
        return
    raw = tuple(held[number].raw for number in (2, 4) if len(held[number].raw) >= 8 and any(held[number].raw))
    yield Trace("place", f"{where} GPS", whereabouts(north, east), needles=raw)


def _degrees(tag: Tag, side: Tag | None) -> float | None:
    parts = tag.numbers()
    if not parts:
        return None
    degrees = sum((part / float(60**power) for power, part in enumerate(parts[:3])), 0.0)
    return -degrees if side and side.raw[:1] in (b"S", b"W") else degrees


def _printable(text: str) -> str:
    kept = "".join(sign if sign.isprintable() else " " for sign in text.replace("\0", " "))
    return " ".join(kept.split())[:MOST_SHOWN]


def _comment(raw: bytes, order: str) -> str:
    """Return a comment, whose first eight bytes tell how its letters are written."""
    if raw.startswith(b"UNICODE\0"):
        return _printable(raw[8:].decode("utf-16-le" if order == "<" else "utf-16-be", "replace"))
    return _printable(raw[8:].decode("utf-8", "replace"))


def _inside(raw: bytes) -> str:
    """Return what can be read in bytes that are no text, and how many they are."""
    found = [run.decode() for run in PRINTED.findall(raw[:MOST_READ])]
    size = f"{len(raw):,} bytes" if len(raw) > 4 else " ".join(str(byte) for byte in raw)
    return f"{size}: {' '.join(found)}"[:MOST_SHOWN] if found else size


def _needles(raw: bytes) -> tuple[bytes, ...]:
    """Return the stretches of text in bytes that are no text, by which they would be known again."""
    return written(raw[:MOST_READ])[:20]


def written(raw: bytes) -> tuple[bytes, ...]:
    """Return the stretches of text in bytes that are no text, without those that stand in any coded picture."""
    return tuple(
        run for run in PRINTED.findall(raw) if len(set(run)) >= FEWEST and not any(run in table for table in TABLES)
    )
