"""Pictures and colour profiles inside a PDF: the pixels stay as they are, and what is noted about them goes."""

import struct
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from forethought.media.buffer import CannotCleanError, DamagedError, changed
from forethought.media.format import Wishes
from forethought.media.formats import jpeg
from forethought.media.pdf.telling import content
from forethought.media.pictures import exif, icc, xmp
from forethought.media.trace import Trace

START: Final = b"\0\0\0\x0cjP  "
BOXES: Final = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"})
HEADERS: Final = frozenset({b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "})
CODESTREAM, TILE, COMMENT = b"\xff\x4f", 0xFF90, 0xFF64
FILTERS = frozenset(
    f"/{name}Decode" for name in "ASCIIHex ASCII85 LZW Flate RunLength CCITTFax JBIG2 DCT JPX".split()
) | {"/Crypt"}


def prune(pdf: Any, streams: list[tuple[str, Any]]) -> Iterator[Trace]:
    """Clean each picture and profile, and yield what it gave away. Raises CannotCleanError."""
    for kind, stream in streams:
        filters = names(stream)
        if filters[-1:] == ["/DCTDecode"]:
            yield from _jpeg(pdf, stream, filters)
        elif filters[-1:] == ["/JPXDecode"]:
            yield from _jpx(pdf, stream, filters)
        elif kind == "colour" and "/FunctionType" not in stream and ("/N" in stream or _is_profile(stream)):
            yield from _profile(stream)


def _is_profile(stream: Any) -> bool:
    """Tell whether a stream is a profile that does not say how many colours it has; other streams are tables."""
    return content(stream)[36:40] == icc.SIGNATURE


def check(pdf: Any) -> None:
    """Make sure that each stream is packed in ways that are known. Raises DamagedError."""
    import pikepdf

    if not all(FILTERS.issuperset(names(each)) for each in pdf.objects if isinstance(each, pikepdf.Stream)):
        raise DamagedError("a part of it is packed in a way that is not known here")


def names(stream: Any) -> list[str]:
    """Return the names of a stream's filters, the one that was put on last first."""
    held = stream.get("/Filter", [])
    import pikepdf

    return [str(each) for each in held] if isinstance(held, pikepdf.Array | list) else [str(held)]


def coded(pdf: Any, stream: Any, filters: list[str]) -> bytes:
    """Return a picture's own file, with other filters than its own undone."""
    import pikepdf

    raw = bytes(stream.read_raw_bytes())
    if len(filters) == 1:
        return raw
    outer = pikepdf.Stream(pdf, raw)
    outer.Filter = pikepdf.Array([pikepdf.Name(each) for each in filters[:-1]])
    try:
        return bytes(outer.read_bytes())
    except pikepdf.PdfError as error:
        raise DamagedError("a picture in it is damaged") from error


def _jpeg(pdf: Any, stream: Any, filters: list[str]) -> Iterator[Trace]:
    held = coded(pdf, stream, filters)
    try:
        yield from (Trace(each.kind, f"picture {each.where}", each.value, each.needles) for each in jpeg.traces(held))
        new = b"".join(changed(held, jpeg.clean(held, Wishes())))
    except CannotCleanError as error:
        raise CannotCleanError(f"of a picture in it: {error.why}") from error
    if new != held:
        _put(stream, new, filters)


def _put(stream: Any, new: bytes, filters: list[str]) -> None:
    import pikepdf

    old = stream.get("/DecodeParms")
    last = list(old)[-1] if isinstance(old, pikepdf.Array) and len(old) else old
    kept = last if isinstance(last, pikepdf.Dictionary) else None
    stream.write(new, filter=pikepdf.Name(filters[-1]), decode_parms=kept)


def _jpx(pdf: Any, stream: Any, filters: list[str]) -> Iterator[Trace]:
    held = coded(pdf, stream, filters)
    found, new = without_notes(held)
    yield from found
    if new != held:
        _put(stream, new, filters)


def without_notes(data: bytes) -> tuple[list[Trace], bytes]:
    """Return what a JPEG 2000 picture gives away, and the picture without it. Raises DamagedError."""
    if data.startswith(CODESTREAM):
        return _codestream(data)
    if not data.startswith(START):
        raise DamagedError("a picture in it is not built as its kind is")
    found, left = list[Trace](), list[bytes]()
    for name, body in _boxes(data):
        if name == b"jp2h":
            inner = list(_boxes(body))
            found += [_told(one, held) for one, held in inner if one not in HEADERS]
            body = b"".join(_box(one, held) for one, held in inner if one in HEADERS)
        if name == b"jp2c":
            more, body = _codestream(body)
            found += more
        if name in BOXES:
            left.append(_box(name, body))
        else:
            found += _notes(name, body)
    return found, b"".join(left) if found else data


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">L4s", data, at)
        head = 8
        if size == 1 and at + 16 <= len(data):
            head, size = 16, struct.unpack_from(">Q", data, at + 8)[0]
        size = size or len(data) - at
        if size < head or at + size > len(data):
            raise DamagedError("a picture in it breaks off before its end")
        yield name, data[at + head : at + size]
        at += size
    if at < len(data):
        yield b"rest", data[at:]


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L4s", len(body) + 8, name) + body


def _notes(name: bytes, body: bytes) -> Iterator[Trace]:
    if b"<x:xmpmeta" in body or b"<?xpacket" in body:
        yield from xmp.traces(body[body.find(b"<") :], "picture XMP")
    yield _told(name, body)


def _told(name: bytes, body: bytes) -> Trace:
    said = " ".join(run.decode() for run in exif.PRINTED.findall(body[:65_536]))[:300]
    return Trace("other", f"picture box {name.decode('latin-1')}", said or f"{len(body):,} bytes")


def _codestream(data: bytes) -> tuple[list[Trace], bytes]:
    """Return the remarks in a coded picture's header, and the coded picture without them."""
    found, left, at = list[Trace](), [data[:2]], 2
    while at + 4 <= len(data):
        marker, size = struct.unpack_from(">HH", data, at)
        if marker == TILE or size < 2 or at + 2 + size > len(data):
            break
        if marker == COMMENT:
            found.append(Trace("software", "picture remark", data[at + 6 : at + 2 + size].decode("latin-1")[:300]))
        else:
            left.append(data[at : at + 2 + size])
        at += 2 + size
    return found, b"".join(left) + data[at:]


def _profile(stream: Any) -> Iterator[Trace]:
    held = content(stream)
    if not held or held == plain_srgb():
        return
    try:
        found = list(icc.traces(held))
        new = icc.plain(held) if found else held
    except (CannotCleanError, struct.error):
        found, new = [Trace("other", "colour profile", f"{len(held):,} bytes that are damaged")], b""
    yield from found
    if found:
        stream.write(_replacing(new, stream.get("/N")))


def _replacing(kept: bytes, colours: Any) -> bytes:
    """Return a profile; for one that is none, that of the usual colours, or nothing, so that plain ones are taken."""
    return kept or (plain_srgb() if colours == 3 else b"")


@cache
def plain_srgb() -> bytes:
    """Return the profile of the usual colours, without a date."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36], made[84:100] = bytes(12), bytes(16)
    return bytes(made)
