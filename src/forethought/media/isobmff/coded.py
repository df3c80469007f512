"""What encoders and cameras note inside coded pictures: replaced byte by byte, so that every picture decodes the same.

User data: SEI of H.264 and H.265 (ITU-T H.274), metadata of AV1, user data of MPEG-4 part 2, segments of JPEG frames.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.held import counted, runs
from forethought.media.isobmff.boxes import BROKEN, Box, Find, unpacked
from forethought.media.trace import Trace

RECORDED = "its frames hold the time of recording, which cannot be taken out of them: save it as an MP4 first"
H264 = frozenset({b"avc1", b"avc2", b"avc3", b"avc4", b"dva1", b"dvav"})
H265 = frozenset({b"hvc1", b"hev1", b"dvh1", b"dvhe", b"hvc2", b"hev2", b"hvt1"})
AV1 = frozenset({b"av01", b"dav1"})
MPEG = frozenset({b"mp4v", b"mp2v", b"m2v1", b"mp1v", b"m1v1"})
JPEG = frozenset({b"jpeg", b"mjpa", b"mjpb", b"AVDJ", b"AVRn", b"dmb1"})
DV = frozenset({b"dvc ", b"dvcp", b"dvpp", b"dv5n", b"dv5p", b"dvh5", b"dvh6", b"dvhp", b"dvhq", b"dvh2", b"dvh3"})
SEI = {1: frozenset({6}), 2: frozenset({39, 40})}  # types of NAL units by the bytes of their header
REGISTERED, UNREGISTERED, TIME_CODE = 4, 5, 136
BRIGHTNESS = (b"\xb5\x00\x3c\x00\x01", b"\x26\x00\x04\x00\x05")  # how bright scenes are to be shown: HDR10+, Vivid
METADATA, PADDING, NEEDED_METADATA = 5, 15, frozenset({1, 2, 3})
USER_DATA = re.compile(rb"\x00\x00\x01\xb2(.*?)(?=\x00\x00[\x00\x01]|\Z)", re.DOTALL)
FIRST_USER_DATA = re.compile(rb"\x00\x00\x01\xb2([ -~]+)")  # what follows it in a decoder's start is no text
ENCODER = re.compile(rb"(Lavc|FFmpeg|XviD|DivX)[0-9A-Za-z.]{1,12}\0?|CS=ITU601")  # decoders go by these
JPEG_FORM = re.compile(rb".{4}\x03[\x80-\xff]{0,3}[^\x80-\xff]...\x04[\x80-\xff]{0,3}[^\x80-\xff]\x6c", re.DOTALL)
FILLED, LARGEST_NOTE, LARGEST_FRAME = b"\xff", 1 << 20, 64 << 20
ENCODERS = re.compile(rb"x26[45]|Lav|DivX|XviD|ncoder")
MOST_TOLD = 20
DESCRIBED = re.compile(rb"(JFIF|AVI1|Adobe|mjpg)")


@dataclass(frozen=True, slots=True)
class Note:
    """Something noted in a coded picture: where it starts, what it says, and what stands there in a copy."""

    start: int
    old: bytes
    new: bytes

    @property
    def change(self) -> Change:
        """The change that takes it out."""
        return Change(self.start, self.start + len(self.new), self.new)


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads the notes in a stretch of samples, and in which form these are coded."""

    form: str
    read: Callable[[Buffer, int, int], Iterator[Note]]


def reader(data: Buffer, entry: Box, parts: Callable[[], Iterator[Box]]) -> Reader | None:
    """Return what reads the notes in samples of this description, or None where such samples hold none.

    `parts` gives the boxes in the description. Raises CannotCleanError.
    """
    if entry.kind in DV:
        raise CannotCleanError(RECORDED)
    if entry.kind in H264 | H265:
        later = entry.kind in H265
        wanted, at = (b"hvcC", 21) if later else (b"avcC", 4)
        config = next((part for part in parts() if part.kind == wanted), None)
        if config is None:
            raise DamagedError(BROKEN)
        (size,) = unpacked(">B", data, config.body + at, config.end)
        width, head = (size & 3) + 1, 2 if later else 1
        return Reader(f"units {width} {head}", partial(units, width=width, head=head))
    forms = ((AV1, Reader("AV1", obus)), (MPEG, Reader("MPEG", user_data)), (JPEG, Reader("JPEG", jpegs)))
    kind = b"jpeg" if entry.kind == b"mp4v" and _is_jpeg(data, parts()) else entry.kind
    return next((reader for kinds, reader in forms if kind in kinds), None)


def _is_jpeg(data: Buffer, parts: Iterable[Box]) -> bool:
    """Tell whether pictures that are described as MPEG's are JPEGs, by the number of their form (ISO/IEC 14496-1)."""
    return any(part.kind == b"esds" and JPEG_FORM.match(part.held(data)) is not None for part in parts)


def config_notes(data: Buffer, box: Box) -> Iterator[Note]:
    """Yield the notes in what a decoder begins with. Raises DamagedError."""
    if box.kind == b"hvcC":
        yield from _arrays(data, box)
    elif box.kind == b"av1C":
        yield from obus(data, box.body + 4, box.end)
    elif box.kind == b"esds":
        yield from user_data(data, box.body, box.end, FIRST_USER_DATA)


def _arrays(data: Buffer, box: Box) -> Iterator[Note]:
    (count,) = unpacked(">B", data, box.body + 22, box.end)
    at = box.body + 23
    for _ in range(count):
        kind, many = unpacked(">BH", data, at, box.end)
        at += 3
        for _ in range(many):
            (size,) = unpacked(">H", data, at, box.end)
            if at + 2 + size > box.end:
                raise DamagedError(BROKEN)
            if kind & 63 in SEI[2]:
                yield from messages(data, at + 4, at + 2 + size)
            at += 2 + size


def units(data: Buffer, start: int, end: int, width: int, head: int) -> Iterator[Note]:
    """Yield the notes in a row of NAL units, each with its length before it in so many bytes. Raises DamagedError."""
    at = start
    while at < end:
        size = int.from_bytes(data[at : at + width], "big")
        body = at + width
        at = body + size
        if at > end:
            raise DamagedError(BROKEN)
        if size > head and _kind(data[body], head) in SEI[head]:
            yield from messages(data, body + head, at)


def _kind(first_byte: int, head: int) -> int:
    return first_byte & 31 if head == 1 else first_byte >> 1 & 63


def messages(data: Buffer, start: int, end: int) -> Iterator[Note]:
    """Yield the messages of an SEI unit that pictures do not need; those that are blanked already are none."""
    raw = bytes(data[start : min(end, start + LARGEST_NOTE)])
    places = _unescaped(raw)
    at = 0
    while at + 2 < len(places):
        kind, at = _long(raw, places, at)
        size, at = _long(raw, places, at)
        held = places[at : at + size]
        at += size
        if held and _is_note(kind, bytes(raw[place] for place in held)):
            yield _filled(raw, held, start)


def _unescaped(raw: bytes) -> list[int]:
    """Return the places of the bytes that count: all but a 3 that stands behind two zeros."""
    return [n for n, byte in enumerate(raw) if not (byte == 3 and n > 1 and raw[n - 1] == raw[n - 2] == 0)]


def _long(raw: bytes, places: list[int], at: int) -> tuple[int, int]:
    """Return a number that is written as a sum of bytes up to the first below 255, and the place behind it."""
    number = 0
    while at < len(places):
        byte = raw[places[at]]
        number, at = number + byte, at + 1
        if byte < 255:
            break
    return number, at


def _is_note(kind: int, payload: bytes) -> bool:
    if kind == REGISTERED:
        return not payload.startswith(BRIGHTNESS) and bool(payload.strip(b"\xff\0"))
    return kind in (UNREGISTERED, TIME_CODE) and bool(payload.strip(b"\xff\0"))


def _filled(raw: bytes, held: list[int], start: int) -> Note:
    """Return the note that fills a message, but for its zeros, on which the counting of its bytes rests."""
    begin, stop = held[0], held[-1] + 1
    new = bytearray(raw[begin:stop])
    for place in held:
        new[place - begin] = 255 if raw[place] else 0
    return Note(start + begin, raw[begin:stop], bytes(new))


def obus(data: Buffer, start: int, end: int) -> Iterator[Note]:
    """Yield the metadata of an AV1 stream that pictures do not need, and padding in which something stands."""
    at = start
    while at < end:
        head = data[at]
        body = at + 2 if head & 4 else at + 1
        size, body = _leb128(data, body, end) if head & 2 else (end - body, body)
        if body + size > end:
            raise DamagedError(BROKEN)
        kind = head >> 3 & 15
        raw = bytes(data[body : body + min(size, LARGEST_NOTE)]) if kind in (METADATA, PADDING) else b""
        if raw and (raw.strip(b"\xff") if kind == PADDING else _is_metadata(raw)):
            yield Note(at, bytes(data[at:body]) + raw, _padding(head) + bytes(data[at + 1 : body]) + FILLED * len(raw))
        at = body + size


def _padding(head: int) -> bytes:
    return bytes([head & 0x87 | PADDING << 3])


def _is_metadata(raw: bytes) -> bool:
    return raw[0] not in NEEDED_METADATA and not (raw[0] == 4 and raw[1:].startswith(BRIGHTNESS))


def _leb128(data: Buffer, at: int, end: int) -> tuple[int, int]:
    number = 0
    for place in range(8):
        if at + place >= end:
            break
        byte = data[at + place]
        number |= (byte & 127) << 7 * place
        if byte < 128:
            return number, at + place + 1
    raise DamagedError(BROKEN)


def user_data(data: Buffer, start: int, end: int, pattern: re.Pattern[bytes] = USER_DATA) -> Iterator[Note]:
    """Yield the user data of an MPEG stream, but for the names of encoders that decoders go by."""
    raw = bytes(data[start : min(end, start + LARGEST_FRAME)])
    for found in pattern.finditer(raw):
        if not ENCODER.fullmatch(found[1]) and found[1].strip(b"\xff"):
            yield Note(start + found.start(1), found[1], FILLED * len(found[1]))


def jpegs(data: Buffer, start: int, end: int) -> Iterator[Note]:
    """Yield the comments and notes in the segments before the first scan of each JPEG frame."""
    at = start
    while at < end:
        begin = data.find(b"\xff\xd8\xff", at, end)
        if begin < 0:
            return
        at = yield from _segments(data, begin + 2, end)


def _is_said(marker: int, raw: bytes) -> bool:
    if marker == 0xFE:
        return bool(raw.strip(b"\0")) and not ENCODER.fullmatch(raw.rstrip(b"\0"))
    return bool(raw.strip(b"\0")) and not (DESCRIBED.match(raw) or DESCRIBED.match(raw[4:8]))


def _segments(data: Buffer, at: int, end: int) -> Generator[Note, None, int]:
    """Yield the notes of one frame; returns where its scan begins."""
    while at + 4 <= end and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body, at = at + 4, at + 2 + size
        if size < 2 or at > end:
            raise DamagedError(BROKEN)
        raw = bytes(data[body:at])
        if marker in (*range(0xE0, 0xF0), 0xFE) and _is_said(marker, raw):
            yield Note(body, raw, bytes(len(raw)))
    return at


def found(data: Buffer, notes: Iterable[Note]) -> Iterator[Find]:
    """Yield the find of these notes. Raises CannotCleanError where they lie in each other."""
    every = sorted({(note.start, len(note.new)): note for note in notes}.values(), key=lambda note: note.start)
    if any(one.start + len(one.new) > other.start for one, other in pairwise(every)):
        raise CannotCleanError("its pictures lie in the same bytes as each other")
    if every:
        yield Find(lambda: (note.change for note in every), lambda: _told(every))


def _told(every: list[Note]) -> Iterator[Trace]:
    said = list(dict.fromkeys(note.old for note in every))
    for raw in said[:MOST_TOLD]:
        kind = "software" if ENCODERS.search(raw) else "other"
        yield Trace(kind, "coded picture", counted(len(raw), raw), needles=runs(raw))
