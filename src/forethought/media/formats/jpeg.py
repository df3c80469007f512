"""JPEG pictures: every segment that the picture does not need is dropped, and its pixels stay exactly as they are.

Segments: ITU-T T.81 and T.871 (JFIF). How a picture is to be turned is kept in an EXIF block that holds nothing else.
"""

import io
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError, TooLargeError, whole
from forethought.media.format import Format, Wishes
from forethought.media.pictures import exif, icc, photoshop, xmp
from forethought.media.pictures.painting import painted, picture_of
from forethought.media.trace import Trace

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APPS = range(0xE0, 0xF0)
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
STRAY = -1  # bytes between segments, which decoders skip up to the next marker
MARKER = re.compile(rb"\xff[^\x00\xff]")
FILLED = re.compile(rb"\xff*")  # markers may be filled up
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
EXIF, XMP, XMP_MORE = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
ICC, PHOTOSHOP, JFIF, ADOBE, MORE_PICTURES = b"ICC_PROFILE\0", b"Photoshop 3.0\0", b"JFIF\0", b"Adobe", b"MPF\0"
PLAIN_JFIF = b"\xff\xe0\0\x10JFIF\0"
TURN_ONLY = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"
LARGEST_SEGMENT = 65_500
MOST_SEGMENTS, MOST_NOTES = 20_000, 1_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the file from its marker to its end; for a scan, with the coded picture that follows."""

    marker: int
    start: int
    end: int
    body: bytes


def segments(data: Buffer) -> Iterator[Segment]:
    """Yield every segment up to the end of the picture. Raises DamagedError."""
    at, count = 2, 0
    while count < MOST_SEGMENTS:
        segment = _segment(data, at)
        yield segment
        if segment.marker == END:
            return
        at, count = segment.end, count + 1
    raise DamagedError("it is made of too many parts")


def _segment(data: Buffer, at: int) -> Segment:
    start = at
    if data[at : at + 1] != b"\xff":
        return _stray(data, at)
    at = FILLED.match(data, at).end()  # type: ignore[union-attr]
    marker = data[at] if at < len(data) else END + 1
    at += 1
    if marker in ALONE or marker == END:
        return Segment(marker, start, at, b"")
    if at + 2 > len(data):
        raise DamagedError("it breaks off before its end")
    (size,) = struct.unpack(">H", data[at : at + 2])
    end = at + size
    if size < 2 or end > len(data):
        raise DamagedError("it breaks off before its end")
    return Segment(marker, start, _coded_end(data, end) if marker == SCAN else end, data[at + 2 : end])


def _stray(data: Buffer, at: int) -> Segment:
    found = MARKER.search(data, at)
    if not found:
        raise DamagedError("it breaks off before its end")
    return Segment(STRAY, at, found.start(), data[at : found.start()])


def _coded_end(data: Buffer, at: int) -> int:
    """Return where the coded picture ends: at the first marker that is neither a restart nor a doubled 255."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise DamagedError("it breaks off before its end")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in range(0xD0, 0xD8):
            at += 2
        else:
            return at


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a JPEG gives away."""
    end = len(data)
    profile, notes = b"", 0
    for segment in segments(data):
        end = segment.end
        notes += segment.marker == APPS[1]
        if notes > MOST_NOTES:
            raise TooLargeError("it holds more notes than a picture needs")
        if segment.marker == COMMENT:
            yield Trace("words", "comment", segment.body.decode("utf-8", "replace")[:300])
        elif segment.marker in APPS:
            profile += segment.body[14:] if segment.body.startswith(ICC) and len(profile) <= icc.LARGEST else b""
            yield from _application(data, segment)
        elif segment.marker == STRAY:
            yield Trace("other", "between its parts", _said(segment.body))
        elif _is_unknown(segment.marker):
            yield Trace("other", f"marker {segment.marker:02X}", f"{len(segment.body):,} bytes")
    yield from icc.traces(profile) if profile else ()
    yield from _after(data, end)


def _application(data: Buffer, segment: Segment) -> Iterator[Trace]:
    body = segment.body
    if body.startswith(EXIF):
        if body != TURN_ONLY % _turned(body):
            yield from exif.traces(body[6:])
            yield Trace("other", "EXIF", f"{len(body):,} bytes")
    elif body.startswith(XMP):
        yield from xmp.traces(body[len(XMP) :])
    elif body.startswith(XMP_MORE):
        yield Trace("other", "more XMP", f"{len(body):,} bytes")
    elif body.startswith(PHOTOSHOP):
        yield from photoshop.traces(body)
    elif not body.startswith(ICC) and _kept(data, segment) != data[segment.start : segment.end]:
        yield Trace(*_unnamed(segment))


def _unnamed(segment: Segment) -> tuple[str, str, str]:
    if segment.body.startswith(JFIF) or segment.body.startswith(b"JFXX\0"):
        return "picture", "JFIF thumbnail", "a small picture, which may show what was cut away later"
    if segment.body.startswith(MORE_PICTURES):
        return "picture", "more pictures", "a list of further pictures in the file"
    name = segment.body[:16].split(b"\0")[0].decode("ascii", "replace")
    return "other", f"APP{segment.marker - APPS[0]} {name}".strip(), _said(segment.body)


def _said(body: bytes) -> str:
    return " ".join(run.decode() for run in exif.written(body[:2_000]))[:300] or f"{len(body):,} bytes"


def _after(data: Buffer, end: int) -> Iterator[Trace]:
    """Yield what stands after the end of the picture: films of motion photos, further pictures, remains of a crop."""
    if end == len(data):
        return
    rest = bytes(data[end : end + 4_096])
    size = f"{len(data) - end:,} bytes"
    if b"ftyp" in rest:
        yield Trace("file", "after the end", f"a film, as motion photos have ({size})")
    elif rest.startswith(b"\xff\xd8"):
        yield Trace("picture", "after the end", f"another picture ({size})")
    else:
        said = " ".join(run.decode() for run in exif.PRINTED.findall(rest))[:200]
        yield Trace("edit", "after the end", f"{size}, perhaps of an earlier picture: {said}".removesuffix(": "))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a JPEG's pixels and nothing else."""
    if wishes.repaint:
        return whole(data, painted(data, "JPEG"))
    parts = list(segments(data))
    header = _turn(parts) + _profile(parts)
    changes = [Change(each.start, each.end, _kept(data, each)) for each in parts if each.marker in (*APPS, COMMENT)]
    changes += [Change(each.start, each.end) for each in parts if _is_unknown(each.marker)]
    first = next((n for n, change in enumerate(changes) if not change.new.startswith(PLAIN_JFIF)), len(changes))
    changes.insert(
        first, Change(changes[first - 1].end if first else 2, changes[first - 1].end if first else 2, header)
    )
    return [*changes, Change(parts[-1].end, len(data))]


def _is_unknown(marker: int) -> bool:
    return marker not in FRAMES | TABLES | ALONE | {SCAN, END, COMMENT} and marker not in APPS


def _kept(data: Buffer, segment: Segment) -> bytes:
    """Return what stays of an application's segment: how to read the colours and the shape of pixels, and no more."""
    body = segment.body
    if segment.marker == APPS[0] and body.startswith(JFIF) and len(body) >= 14:
        return PLAIN_JFIF + body[5:12] + b"\0\0"
    if segment.marker == APPS[14] and body.startswith(ADOBE) and len(body) >= 12:
        return b"\xff\xee\0\x0e" + body[:12]
    return b""


def _turn(parts: Iterable[Segment]) -> bytes:
    """Return the block that says how the picture is to be turned, or nothing where it stands upright."""
    for each in parts:
        if each.marker == APPS[1] and each.body.startswith(EXIF) and (turned := _turned(each.body)) > 1:
            return _written(APPS[1], TURN_ONLY % turned)
    return b""


def _turned(body: bytes) -> int:
    """Return how a block of camera notes says that the picture is to be turned; 1 where it cannot be read."""
    try:
        return exif.orientation(body[6:])
    except (DamagedError, struct.error, IndexError):
        return 1


def _profile(parts: Iterable[Segment]) -> bytes:
    """Return the colour profile without names, in as many segments as it needs."""
    found = b"".join(e.body[14:] for e in parts if e.marker == APPS[2] and e.body.startswith(ICC))
    try:
        kept = icc.plain(found) if found else b""
    except (DamagedError, struct.error):
        kept = b""
    cut = [kept[at : at + LARGEST_SEGMENT] for at in range(0, len(kept), LARGEST_SEGMENT)]
    return b"".join(_written(APPS[2], ICC + bytes([n, len(cut)]) + piece) for n, piece in enumerate(cut, 1))


def _written(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with Pillow and ExifRead, and yield what they still find."""
    import exifread

    with picture_of(data) as picture:
        if picture.format != "JPEG":
            yield f"it opens as {picture.format}"
        for name, body in getattr(picture, "applist", ()):
            if name not in ("APP0", "APP1", "APP2", "APP14"):
                yield f"{name} of {len(body)} bytes"
        yield from (str(name) for name in picture.info if name not in ALLOWED)
        yield from (f"EXIF tag {tag}" for tag in picture.getexif() if tag != exif.ORIENTATION)
    found = exifread.process_file(io.BytesIO(data[:]), details=True)
    yield from (name for name in found if name != "Image Orientation")


ALLOWED = frozenset({
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe", "adobe_transform", "icc_profile", "exif",
    "progressive", "progression",
})  # fmt: skip

FORMAT = Format("JPEG", "picture", ("jpg", "jpeg", "jpe", "jfif"), traces, clean, doubts)
