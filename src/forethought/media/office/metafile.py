"""Windows metafiles, as office programs keep drawings: what they note beside the drawing is blanked in place.

Records: MS-EMF and MS-WMF (Microsoft Open Specifications).
"""

import struct
from collections.abc import Iterator

from forethought.media.buffer import DamagedError
from forethought.media.office.report import Report

EMF_END, EMF_COMMENT = 14, 70
DRAWN = frozenset({b"EMF+", b"GDIC"})  # comments that are drawn
WMF_ESCAPE, WMF_COMMENT = 0x0626, 15
PLACEABLE = b"\xd7\xcd\xc6\x9a"
BROKEN = "a drawing in it breaks off before its end"
Stretch = tuple[int, int, str]


def is_emf(data: bytes) -> bool:
    """Tell whether these bytes are an enhanced metafile."""
    return data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF"


def is_wmf(data: bytes) -> bool:
    """Tell whether these bytes are a metafile of the older kind."""
    return data[:4] == PLACEABLE or data[:4] in (b"\1\0\x09\0", b"\2\0\x09\0")


def blanked(data: bytes, report: Report) -> bytes:
    """Return a metafile without its notes, and report them. Raises DamagedError."""
    new = bytearray(data)
    stretches = list(_emf(data) if is_emf(data) else _wmf(data))
    for start, end, where in stretches:
        if any(new[start:end]):
            report.tell("file" if where == "after the end" else "words", f"metafile {where}", _said(data[start:end]))
        new[start:end] = bytes(end - start)
    if is_emf(data):
        new[60:68] = bytes(8)
    ends = [start for start, end, where in stretches if where == "after the end"]
    return bytes(new[: min(ends, default=len(new))])


def _emf(data: bytes) -> Iterator[Stretch]:
    if len(data) < 100:
        raise DamagedError(BROKEN)
    count, at = struct.unpack_from("<2L", data, 60)
    if count and at >= 88 and at + 2 * count <= struct.unpack_from("<L", data, 4)[0]:
        yield at, at + 2 * count, "description"
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<2L", data, at)
        if size < 8 or size % 4 or at + size > len(data):
            raise DamagedError(BROKEN)
        if kind == EMF_COMMENT and data[at + 12 : at + 16] not in DRAWN:
            yield at + 12, at + size, "comment"
        at += size
        if kind == EMF_END:
            yield at, len(data), "after the end"
            return
    raise DamagedError(BROKEN)


def _wmf(data: bytes) -> Iterator[Stretch]:
    at = 18 + (22 if data[:4] == PLACEABLE else 0)
    while at + 6 <= len(data):
        words, function = struct.unpack_from("<LH", data, at)
        if words < 3 or at + 2 * words > len(data):
            raise DamagedError(BROKEN)
        if function == WMF_ESCAPE and data[at + 6 : at + 8] == bytes([WMF_COMMENT, 0]):
            yield at + 10, at + 2 * words, "comment"
        at += 2 * words
        if function == 0:
            yield at, len(data), "after the end"
            return
    raise DamagedError(BROKEN)


def _said(raw: bytes) -> str:
    """Return what can be read in bytes, as narrow or wide letters."""
    wide = raw.decode("utf-16-le", "ignore")
    narrow = raw.decode("latin-1")
    text = wide if sum(map(str.isascii, wide)) > len(wide) / 2 and raw[1:2] == b"\0" else narrow
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()) or f"{len(raw):,} bytes"
