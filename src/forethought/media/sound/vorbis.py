"""Vorbis comments and FLAC pictures, as they stand in FLAC, Ogg and Matroska (Xiph.Org, RFC 9639 section 8)."""

import base64
import binascii
import struct
from collections.abc import Iterator

from forethought.media.buffer import DamagedError
from forethought.media.held import counted, picture, text_of, told
from forethought.media.trace import Trace

MOST_COMMENTS = 10_000
BROKEN = "its comments are not built as comments are"
KINDS = {
    "ARTIST": "person", "ALBUMARTIST": "person", "PERFORMER": "person", "COMPOSER": "person", "COPYRIGHT": "person",
    "ORGANIZATION": "person", "PUBLISHER": "person", "AUTHOR": "person", "ENCODED-BY": "person", "ENCODED_BY": "person",
    "DEVICE": "device", "MAKE": "device", "MODEL": "device", "LOCATION": "place",
    "CONTACT": "contact", "EMAIL": "contact", "WWW": "contact", "PURL": "contact", "URL": "contact", "DATE": "time",
    "YEAR": "time", "CREATION_TIME": "time", "ENCODER": "software", "ENCODER_OPTIONS": "software", "TITLE": "words",
    "ALBUM": "words", "COMMENT": "words", "DESCRIPTION": "words", "LYRICS": "words", "GENRE": "words", "ISRC": "device",
}  # fmt: skip


def read(raw: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Return the vendor, the comments and whatever stands behind them. Raises DamagedError."""
    vendor, at = _string(raw, 0)
    (count,) = struct.unpack("<L", _exactly(raw, at, 4))
    if count > MOST_COMMENTS:
        raise DamagedError(BROKEN)
    comments, at = [], at + 4
    for _ in range(count):
        comment, at = _string(raw, at)
        comments.append(comment)
    return vendor, comments, raw[at:]


def _string(raw: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack("<L", _exactly(raw, at, 4))
    return _exactly(raw, at + 4, size), at + 4 + size


def _exactly(raw: bytes, at: int, size: int) -> bytes:
    piece = raw[at : at + size]
    if len(piece) < size:
        raise DamagedError(BROKEN)
    return piece


def traces(raw: bytes, where: str = "Vorbis") -> Iterator[Trace]:
    """Yield what comments give away; ones that are emptied give nothing. Damaged ones are one trace."""
    try:
        vendor, comments, rest = read(raw)
    except DamagedError:
        yield told("other", f"{where} comments", raw)
        return
    if vendor.strip(b" \0"):
        yield told("software", f"{where} vendor", vendor)
    for comment in comments:
        yield from _comment(comment, where)
    if rest.strip(b"\0\1"):
        yield told("other", f"behind the {where} comments", rest)


def _comment(comment: bytes, where: str) -> Iterator[Trace]:
    name, _, value = comment.partition(b"=")
    field = text_of(name)[:40].upper()
    if field == "METADATA_BLOCK_PICTURE":
        yield from picture_block(_unpacked(value), f"{where} picture")
    elif field == "COVERART":
        yield from picture(_unpacked(value), f"{where} picture")
    elif not value:
        yield told("words", f"{where} comment", comment)
    else:
        yield told(KINDS.get(field, "other"), f"{where} {field}", value)


def _unpacked(value: bytes) -> bytes:
    try:
        return base64.b64decode(value)
    except (binascii.Error, ValueError):
        return value


def picture_block(raw: bytes, where: str = "FLAC picture") -> Iterator[Trace]:
    """Yield what a FLAC picture block gives away: its words, that there is a picture, and what that tells itself."""
    try:
        (size,) = struct.unpack(">L", _exactly(raw, 4, 4))
        (said,) = struct.unpack(">L", _exactly(raw, 8 + size, 4))
        words = _exactly(raw, 12 + size, said)
        at = 12 + size + said + 16
        (held,) = struct.unpack(">L", _exactly(raw, at, 4))
    except DamagedError:
        yield Trace("picture", where, counted(len(raw)))
        return
    if words.strip(b" \0"):
        yield told("words", f"{where} description", words)
    yield from picture(raw[at + 4 : at + 4 + held], where)


def emptied(size: int, sign: bytes = b"", ending: bytes = b"") -> bytes:
    """Return a packet of this size that holds no comment, and a vendor of spaces only. Raises DamagedError."""
    room = size - len(sign) - len(ending) - 8
    if room < 0:
        raise DamagedError(BROKEN)
    return sign + struct.pack("<L", room) + b" " * room + struct.pack("<L", 0) + ending
