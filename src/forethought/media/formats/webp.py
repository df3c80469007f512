"""WebP pictures, moving ones too: every chunk that the picture does not need is dropped, and its pixels stay.

Chunks: RFC 9649. How a picture is to be turned is kept in an EXIF chunk that holds nothing else.
"""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError, TooLargeError, pieces, whole
from forethought.media.format import Format, Wishes
from forethought.media.pictures import exif, icc, xmp
from forethought.media.pictures.frames import repainted
from forethought.media.pictures.painting import MOST_PIXELS
from forethought.media.trace import Trace

HEAD, FRAME_HEAD, WIDE_HEAD = 12, 16, 10
PROFILE_FLAG, CLEAR_FLAG, EXIF_FLAG, MOVING_FLAG = 0x20, 0x10, 0x08, 0x02
PICTURES = frozenset({b"VP8 ", b"VP8L"})
MOST_CHUNKS, MOST_TOLD, MOST_SHOWN = 50_000, 4 << 20, 300
TURN_ONLY = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: its name, where it stands with its head and its filling, and where its body stands."""

    name: bytes
    start: int
    body: int
    stop: int
    end: int

    def told(self, data: Buffer) -> bytes:
        """Return what it holds, as far as it is told."""
        return data[self.body : min(self.stop, self.body + MOST_TOLD)]


def chunks(data: Buffer, at: int, end: int) -> Iterator[Chunk]:
    """Yield every chunk of a stretch. Raises DamagedError."""
    for _ in range(MOST_CHUNKS):
        if at == end:
            return
        if at + 8 > end:
            raise DamagedError("it breaks off before its end")
        name, size = struct.unpack("<4sL", data[at : at + 8])
        stop = at + 8 + size
        if stop > end:
            raise DamagedError("it breaks off before its end, or is damaged")
        yield Chunk(name, at, at + 8, stop, min(stop + size % 2, end))
        at = min(stop + size % 2, end)
    raise DamagedError("it is made of too many parts")


def parts(data: Buffer) -> tuple[Chunk, ...]:
    """Return the chunks of a picture. Raises DamagedError or TooLargeError."""
    (size,) = struct.unpack("<L", data[4:8]) if len(data) > HEAD else (0,)
    if size < 4 or size + 8 > len(data):
        raise DamagedError("it breaks off before its end")
    found = tuple(chunks(data, HEAD, size + 8))
    if not found or found[0].name not in PICTURES | {b"VP8X"}:
        raise DamagedError("it does not begin as a WebP does")
    width, height = _size(data, found[0])
    if width * height > MOST_PIXELS:
        raise TooLargeError(f"it has {width:,} by {height:,} pixels, more than a picture may have")
    return found


def _size(data: Buffer, first: Chunk) -> tuple[int, int]:
    head = data[first.body : min(first.body + WIDE_HEAD, first.stop)]
    if len(head) < (5 if first.name == b"VP8L" else WIDE_HEAD):
        raise DamagedError("it breaks off before its end")
    if first.name == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if first.name == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[6:10])
    return width & 0x3FFF, height & 0x3FFF


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a WebP gives away."""
    found = parts(data)
    for chunk, new in _copied(data, found):
        if new is None and chunk.name == b"ANMF":
            yield from (_unknown(data, each) for each, kept in _framed(data, chunk) if kept is not None)
        elif new is not None and new != data[chunk.start : chunk.end]:
            yield from _told(data, chunk, bool(new))
    end = found[-1].end
    if end < len(data):
        said = " ".join(run.decode() for run in exif.PRINTED.findall(bytes(data[end : end + 4_096])))[:200]
        yield Trace("edit", "after the end", f"{len(data) - end:,} bytes: {said}".removesuffix(": "))


def _told(data: Buffer, chunk: Chunk, stays: bool) -> Iterator[Trace]:
    held = chunk.told(data)
    if chunk.name == b"EXIF":
        yield from exif.traces(held.removeprefix(b"Exif\0\0"))
        yield Trace("other", "EXIF", f"{len(held):,} bytes")
    elif chunk.name == b"XMP ":
        yield from xmp.traces(held)
    elif chunk.name == b"ICCP":
        yield from icc.traces(held)
    elif chunk.name in PICTURES | {b"ANMF", b"ALPH"}:
        hidden = ("other", "what fills it up") if stays else ("picture", "another picture, which is not shown")
        yield Trace(hidden[0], f"chunk {_named(chunk)}", hidden[1])
    elif chunk.name != b"VP8X" or not stays or _is_odd(held):
        yield _unknown(data, chunk)


def _is_odd(head: bytes) -> bool:
    """Tell whether the head of a picture holds more than it is made for."""
    return len(head) > WIDE_HEAD or bool(head[0] & 0xC1) or any(head[1:4])


def _unknown(data: Buffer, chunk: Chunk) -> Trace:
    said = " ".join(run.decode() for run in exif.PRINTED.findall(data[chunk.body : min(chunk.end, chunk.body + 4_096)]))
    return Trace("other", f"chunk {_named(chunk)}", said[:MOST_SHOWN] or f"{chunk.end - chunk.body:,} bytes")


def _named(chunk: Chunk) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in chunk.name.decode("latin-1")).strip()


def _copied(data: Buffer, found: tuple[Chunk, ...]) -> Iterator[tuple[Chunk, bytes | None]]:
    """Yield each chunk with what stands in its place in the copy, or None where its frame is looked at closer."""
    flags = data[found[0].body] if found[0].name == b"VP8X" else 0
    moving, used = bool(flags & MOVING_FLAG), set[bytes]()
    profile, turn = (_profile(data, found), _turn(data, found)) if flags else (b"", b"")
    shown = next((each.name for each in found if each.name in PICTURES), b"")
    for chunk in found:
        name = b"VP8" if chunk.name in PICTURES else chunk.name
        if name == b"ANMF" and moving:
            yield chunk, None
            continue
        fresh = name not in used
        used.add(name)
        if fresh and name == b"VP8X":
            yield chunk, _head(data, chunk, profile, turn)
        elif fresh and name in (b"ICCP", b"EXIF"):
            yield chunk, profile if name == b"ICCP" else turn
        elif fresh and _is_shown(name, moving, shown):
            yield chunk, _even(data, chunk)
        else:
            yield chunk, b""


def _is_shown(name: bytes, moving: bool, shown: bytes) -> bool:
    """Tell whether a chunk of this name is part of what is seen."""
    if moving:
        return name == b"ANIM"
    return name == b"VP8" or (name == b"ALPH" and shown == b"VP8 ")


def _even(data: Buffer, chunk: Chunk) -> bytes:
    """Return a chunk as it is, filled up with a zero."""
    stop = chunk.body + 6 if chunk.name == b"ANIM" else chunk.stop
    return _written(chunk.name, data[chunk.body : min(stop, chunk.stop)])


def _written(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<L", len(body)) + body + bytes(len(body) % 2)


def _head(data: Buffer, chunk: Chunk, profile: bytes, turn: bytes) -> bytes:
    head = data[chunk.body : chunk.body + WIDE_HEAD]
    kept = head[0] & (CLEAR_FLAG | MOVING_FLAG) | (PROFILE_FLAG if profile else 0) | (EXIF_FLAG if turn else 0)
    return _written(b"VP8X", bytes([kept, 0, 0, 0]) + head[4:])


def _profile(data: Buffer, found: Iterable[Chunk]) -> bytes:
    """Return the colour profile without names, or nothing where its colours are plain."""
    for chunk in found:
        if chunk.name == b"ICCP":
            try:
                profile = icc.plain(chunk.told(data))
            except (DamagedError, struct.error, IndexError):
                return b""
            return _written(b"ICCP", profile) if profile else b""
    return b""


def _turn(data: Buffer, found: Iterable[Chunk]) -> bytes:
    """Return the chunk that says how the picture is to be turned, or nothing where it stands upright."""
    for chunk in found:
        if chunk.name == b"EXIF":
            try:
                turned = exif.orientation(chunk.told(data).removeprefix(b"Exif\0\0"))
            except (DamagedError, struct.error, IndexError):
                return b""
            return _written(b"EXIF", TURN_ONLY % turned) if turned > 1 else b""
    return b""


def _framed(data: Buffer, frame: Chunk) -> Iterator[tuple[Chunk, bytes | None]]:
    """Yield each chunk of a frame with what stands in its place, or None where it stays."""
    if frame.stop - frame.body < FRAME_HEAD:
        raise DamagedError("it breaks off before its end")
    inner = tuple(chunks(data, frame.body + FRAME_HEAD, frame.stop))
    shown, used = next((each.name for each in inner if each.name in PICTURES), b""), set[bytes]()
    if not shown:
        raise DamagedError("it has a frame without a picture")
    for chunk in inner:
        name = b"VP8" if chunk.name in PICTURES else chunk.name
        kept = name not in used and _is_shown(name, False, shown)
        new = _even(data, chunk) if kept else b""
        used.add(name)
        yield chunk, None if new == data[chunk.start : chunk.end] else new


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a WebP's frames, their times and their colours."""
    found = parts(data)
    if not {b"VP8 ", b"VP8L", b"ANMF"} & {chunk.name for chunk in found}:
        raise DamagedError("it holds no picture")
    if wishes.repaint:
        return whole(data, repainted(data, "WEBP"))
    changes = []
    for chunk, new in _copied(data, found):
        if new is None:
            changes += _reframed(data, chunk)
        elif new != data[chunk.start : chunk.end]:
            changes.append(Change(chunk.start, chunk.end, new))
    changes.append(Change(found[-1].end, len(data)))
    size = len(data) - 8 + sum(len(change.new) - (change.end - change.start) for change in changes)
    return [Change(4, 8, struct.pack("<L", size)), *changes]


def _reframed(data: Buffer, frame: Chunk) -> list[Change]:
    """Return the changes that leave a frame's picture: its size is put right, and bits without meaning are cleared."""
    changes = [Change(each.start, each.end, new) for each, new in _framed(data, frame) if new is not None]
    size = frame.stop - frame.body + sum(len(change.new) - (change.end - change.start) for change in changes)
    head = struct.pack("<L", size) + data[frame.body : frame.body + 15] + bytes([data[frame.body + 15] & 3])
    filling = [Change(frame.stop, frame.end)] if frame.end > frame.stop else []
    return [Change(frame.start + 4, frame.body + FRAME_HEAD, head), *changes, *filling]


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with Pillow and ExifRead, and with a walk that knows nothing but what a copy may hold."""
    import exifread
    from PIL import Image, UnidentifiedImageError

    copy = io.BytesIO(b"".join(pieces(data, 0, len(data))))
    try:
        with Image.open(copy) as picture:
            yield from (str(name) for name in picture.info if name not in ALLOWED)
            yield from (f"EXIF tag {tag}" for tag in picture.getexif() if tag != exif.ORIENTATION)
            if picture.format != "WEBP":
                yield f"it opens as {picture.format}"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        yield f"it does not open ({error})"
        return
    yield from _strictly(copy.getvalue())
    copy.seek(0)
    yield from (name for name in exifread.process_file(copy, details=True) if name != "Image Orientation")


def _strictly(copy: bytes) -> Iterator[str]:
    """Yield what stands where a copy has nothing but a head, its colours, its turn and its frames."""
    if int.from_bytes(copy[4:8], "little") + 8 != len(copy):
        yield "something behind its end"
    at, seen = HEAD, set[str]()
    while at < len(copy):
        name, size = copy[at : at + 4].decode("latin-1"), int.from_bytes(copy[at + 4 : at + 8], "little")
        body, filling = copy[at + 8 : at + 8 + size], copy[at + 8 + size : at + 8 + size + size % 2]
        picture = "VP8 " if name == "VP8L" else name
        if name not in KNOWN or picture in seen or any(filling) or size > LARGEST.get(name, size):
            yield f"{name!r} of {size} bytes"
        if name == "VP8X" and (body[:1] > b"\x3f" or any(body[1:4])):
            yield "a head with more than a head holds"
        seen = set() if name == "ANMF" else {*seen, picture}
        at += 8 + (FRAME_HEAD if name == "ANMF" else size + size % 2)


KNOWN = frozenset({"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF"})
LARGEST = {"VP8X": WIDE_HEAD, "ANIM": 6, "EXIF": len(TURN_ONLY) - 1}
ALLOWED = frozenset({"loop", "background", "timestamp", "duration", "icc_profile", "exif"})

FORMAT = Format("WebP", "picture", ("webp",), traces, clean, doubts)
