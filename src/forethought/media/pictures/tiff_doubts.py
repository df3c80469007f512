"""A second reading of a TIFF's copy: with Pillow, with ExifRead, and by counting that no byte is without its use."""

import io
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from forethought.media.buffer import Buffer, DamagedError
from forethought.media.pictures import icc
from forethought.media.pictures.frames import each_frame
from forethought.media.pictures.painting import MOST_PIXELS, picture_of

PIXELS = {273: 279, 324: 325}
ALLOWED = frozenset({
    256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 292, 293, 296, 317, 320, 322, 323, 324, 325,
    332, 338, 339, 347, 529, 530, 531, 532, 34675,
})  # fmt: skip
WORDS = frozenset({
    "ImageWidth", "ImageLength", "BitsPerSample", "Compression", "PhotometricInterpretation", "FillOrder",
    "StripOffsets", "Orientation", "SamplesPerPixel", "RowsPerStrip", "StripByteCounts", "XResolution", "YResolution",
    "PlanarConfiguration", "T4Options", "T6Options", "ResolutionUnit", "Predictor", "ColorMap", "TileWidth",
    "TileLength", "TileOffsets", "TileByteCounts", "InkSet", "ExtraSamples", "SampleFormat", "JPEGTables",
    "YCbCrCoefficients", "YCbCrSubSampling", "YCbCrPositioning", "ReferenceBlackWhite", "ICC Profile",
    "InterColorProfile",
})  # fmt: skip
PHOTO, SCAN, END_OF_PHOTO, MARKER = 7, 0xDA, 0xD9, re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
SPARE = 3  # bytes that a short value leaves empty in its field
MOST_SPANS = 2_000_000
WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}


def doubts(data: Buffer) -> Iterator[str]:
    """Yield what is still in a copy beside its pages' pixels. Raises CannotCleanError."""
    if unused := list(_unused(data)):
        yield from unused  # libraries may take long over a file whose parts lie over one another
        return
    with library_errors():
        yield from _seen(data)
        yield from _named(data)


@contextmanager
def library_errors() -> Iterator[None]:
    """Turn whatever the libraries raise for a damaged picture into DamagedError."""
    try:
        yield
    except (TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, ValueError, struct.error) as error:
        raise DamagedError("it does not open to its end as a picture") from error


def _seen(data: Buffer) -> Iterator[str]:
    with picture_of(data) as picture:
        if picture.format != "TIFF":
            yield f"it opens as {picture.format}"
            return
        for page in each_frame(picture, MOST_PIXELS):
            tags: Mapping[int, Any] = getattr(page, "tag_v2", {})
            yield from (f"TIFF tag {number}" for number in tags if number not in ALLOWED)
            if profile := page.info.get("icc_profile"):
                yield from (trace.where for trace in icc.traces(profile))
            if tags.get(259) == PHOTO:
                yield from (each for raw in _photos(data, tags) for each in _in_photo(raw))
            page.load()


def _photos(data: Buffer, tags: Mapping[int, Any]) -> Iterator[bytes]:
    """Yield the tables and each strip of a page that is packed as JPEG."""
    yield tags.get(347, b"\xff\xd8\xff\xd9")
    for places, lengths in PIXELS.items():
        for start, size in zip(tags.get(places, ()), tags.get(lengths, ()), strict=False):
            yield data[start : start + size]


def _in_photo(raw: bytes) -> Iterator[str]:
    """Yield each note in a JPEG, and what stands behind its end."""
    at = 2
    while at + 4 <= len(raw):
        marker, size = struct.unpack(">xBH", raw[at : at + 4])
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield f"JPEG marker {marker:02X} of {size} bytes"
        if marker == END_OF_PHOTO:
            break
        at += 2 + size
        if marker == SCAN and (following := MARKER.search(raw, at)):
            at = following.start()
    if raw[at:] != b"\xff\xd9":
        yield "something behind the end of a JPEG"


def _named(data: Buffer) -> Iterator[str]:
    import exifread

    for name in exifread.process_file(io.BytesIO(data[:]), details=True):
        if name.rpartition(" ")[2] not in WORDS and name.partition(" ")[2] not in WORDS:
            yield name


def _unused(data: Buffer) -> Iterator[str]:
    """Yield where bytes stand that no page leads to."""
    order = "<" if data[:1] == b"I" else ">"
    try:
        spans = sorted(set(islice(_spans(data, order), MOST_SPANS)))
    except (struct.error, IndexError):
        yield "directories that cannot be followed"
        return
    at = 0
    for start, end in [*spans, (len(data), len(data))]:
        if start < at or end > len(data):
            yield "parts that lie over one another, or beyond the end"
            return
        if start - at > SPARE or data[at:start].strip(b"\0"):
            yield f"{start - at:,} bytes without a use"
            return
        at = end


def _spans(data: Buffer, order: str) -> Iterator[tuple[int, int]]:
    """Yield each stretch that is of use; every directory is walked once."""
    yield 0, 8
    (at,) = struct.unpack(order + "L", data[4:8])
    walked = set[int]()
    while at and at not in walked:
        walked.add(at)
        (count,) = struct.unpack(order + "H", data[at : at + 2])
        end = at + 2 + 12 * count
        yield from ((at, at + 2), (end, end + 4))
        yield from _of_directory(data, order, range(at + 2, end, 12))
        (at,) = struct.unpack(order + "L", data[end : end + 4])


def _of_directory(data: Buffer, order: str, entries: range) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a directory's fields, their values and its pixels."""
    lists: dict[int, list[int]] = {}
    for entry in entries:
        number, kind, many, value = struct.unpack(order + "HHLL", data[entry : entry + 12])
        size = WIDTHS.get(kind, 1) * many
        place = value if size > 4 else entry + 8
        yield from ((entry, entry + (12 if size > 4 else 8)), (place, place + size))
        if number in (*PIXELS, *PIXELS.values()):
            stretch = data[place : place + size]
            lists[number] = [each for (each,) in struct.iter_unpack(order + "HL"[kind == 4], stretch)]
    for places, lengths in PIXELS.items():
        yield from ((s, s + n) for s, n in zip(lists.get(places, ()), lists.get(lengths, ()), strict=False))
