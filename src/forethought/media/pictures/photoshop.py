"""Photoshop's blocks and IPTC's captions, which pictures carry beside EXIF (IPTC-IIM 4.2)."""

import struct
from collections.abc import Iterator

from forethought.media.pictures import exif, xmp
from forethought.media.trace import Trace

MOST_SHOWN, MOST_BLOCKS = 300, 500
IPTC, URL, THUMBNAIL, EXIF, XMP = 0x0404, 0x040B, (0x0409, 0x040C), (0x0422, 0x0423), 0x0424
FIELDS = {
    (2, 5): ("words", "title"), (2, 25): ("words", "keyword"), (2, 55): ("time", "date created"),
    (2, 60): ("time", "time created"), (2, 62): ("time", "digital date"), (2, 63): ("time", "digital time"),
    (2, 65): ("software", "program"), (2, 80): ("person", "by-line"), (2, 85): ("person", "by-line title"),
    (2, 90): ("place", "city"), (2, 92): ("place", "sublocation"), (2, 95): ("place", "province"),
    (2, 101): ("place", "country"), (2, 100): ("place", "country code"), (2, 103): ("other", "reference"),
    (2, 105): ("words", "headline"), (2, 110): ("person", "credit"), (2, 115): ("person", "source"),
    (2, 116): ("person", "copyright"), (2, 118): ("contact", "contact"), (2, 120): ("words", "caption"),
    (2, 122): ("person", "caption writer"), (2, 40): ("words", "instructions"),
}  # fmt: skip


def traces(block: bytes) -> Iterator[Trace]:
    """Yield what the resource blocks of a picture give away, from the first `8BIM` on."""
    at, count = block.find(b"8BIM"), 0
    while 0 <= at <= len(block) - 12 and block[at : at + 4] == b"8BIM" and count < MOST_BLOCKS:
        (number,) = struct.unpack_from(">H", block, at + 4)
        named = at + 6 + (block[at + 6] + 2) // 2 * 2
        if named + 4 > len(block):
            break
        (size,) = struct.unpack_from(">L", block, named)
        yield from _resource(number, block[named + 4 : named + 4 + size])
        at, count = named + 4 + size + size % 2, count + 1
    if not count:
        yield Trace("other", "Photoshop", f"{len(block):,} bytes")


def _resource(number: int, body: bytes) -> Iterator[Trace]:
    if number == IPTC:
        yield from iptc(body)
    elif number in THUMBNAIL:
        yield Trace("picture", "Photoshop thumbnail", "a small picture, which may show what was cut away later")
    elif number == URL:
        yield Trace("contact", "Photoshop URL", body.decode("utf-8", "replace")[:MOST_SHOWN])
    elif number in EXIF:
        yield from exif.traces(body, "Photoshop EXIF")
    elif number == XMP:
        yield from xmp.traces(body, "Photoshop XMP")
    else:
        yield Trace("other", f"Photoshop block {number}", f"{len(body):,} bytes")


def iptc(body: bytes) -> Iterator[Trace]:
    """Yield what captions in the form of IPTC give away."""
    at = body.find(b"\x1c")
    while 0 <= at <= len(body) - 5 and body[at] == 0x1C:
        record, field = body[at + 1], body[at + 2]
        (size,) = struct.unpack_from(">H", body, at + 3)
        value = body[at + 5 : at + 5 + size].decode("utf-8", "replace")
        if (record, field) in FIELDS:
            kind, name = FIELDS[record, field]
            yield Trace(kind, f"IPTC {name}", value[:MOST_SHOWN])
        at += 5 + size
    yield Trace("other", "IPTC", f"{len(body):,} bytes")
