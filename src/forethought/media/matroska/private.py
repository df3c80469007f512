"""Tracks of Matroska files: what they are, and what is hidden where their decoders begin and in their pictures."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.formats import flac
from forethought.media.held import text_of
from forethought.media.isobmff import coded
from forethought.media.isobmff.boxes import Box
from forethought.media.matroska.ebml import BROKEN, Element, elements, number_end, uint
from forethought.media.sound import vorbis
from forethought.media.trace import Trace

NUMBER, TYPE, ID, NAME, PRIVATE, ENCODINGS = 0xD7, 0x83, 0x86, 0x536E, 0x63A2, 0x6D80
PICTURE, SOUND = 1, 2
SIGNS = {"A_VORBIS": (b"\x03vorbis", b"\1"), "V_THEORA": (b"\x81theora", b"")}
TIMED = frozenset((b"dvsd", b"dvhd", b"dvsl", b"dv25", b"dv50", b"dvc ", b"dvcp"))
UNITS = {  # pictures made of units: where a decoder's start tells how long their sizes are, and their headers
    "V_MPEG4/ISO/AVC": (4, 1, b"avcC"),
    "V_MPEGH/ISO/HEVC": (21, 2, b"hvcC"),
}
LACED = 6
RECORDED = "its frames hold the time of recording, which cannot be taken out of them: save it as an MP4 first"


@dataclass(frozen=True, slots=True)
class Track:
    """A track: its number, whether it is picture or sound, its codec and its name.

    `width` is the bytes of the size before each unit of its pictures; 0 where they are not made of units.
    """

    number: int
    type: int
    codec: str
    name: str
    width: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether it stays."""
        return self.type in (PICTURE, SOUND)


def number(data: Buffer, entry: Element) -> int:
    """Return the number of the track that an entry tells of; 0 where it tells none. Raises DamagedError."""
    return next((uint(data, part) for part in elements(data, entry.body, entry.end) if part.id == NUMBER), 0)


def track(data: Buffer, entry: Element) -> Track:
    """Return the track that an entry tells of. Raises DamagedError."""
    parts = {part.id: part for part in elements(data, entry.body, entry.end)}
    if NUMBER not in parts or TYPE not in parts:
        raise DamagedError(BROKEN)
    codec, name = (text_of(bytes(data[parts[id].body : parts[id].end])) if id in parts else "" for id in (ID, NAME))
    return Track(uint(data, parts[NUMBER]), uint(data, parts[TYPE]), codec, name, _width(data, parts, codec))


def _width(data: Buffer, parts: dict[int, Element], codec: str) -> int:
    if codec not in UNITS or PRIVATE not in parts or ENCODINGS in parts:
        return 0
    at = parts[PRIVATE].body + UNITS[codec][0]
    return (data[at] & 3) + 1 if at < parts[PRIVATE].end else 0


def block_notes(data: Buffer, block: Element, track: Track) -> Iterator[coded.Note]:
    """Yield what an encoder noted in a block of pictures; nothing where it is not made of whole units."""
    start = number_end(data, block) + 3
    if not track.width or start > block.end or data[start - 1] & LACED:
        return
    with suppress(DamagedError):
        yield from list(coded.units(data, start, block.end, track.width, UNITS[track.codec][1]))


def start_notes(data: Buffer, element: Element, track: Track) -> Iterator[coded.Note]:
    """Yield what an encoder noted where the decoder of pictures begins."""
    if track.width:
        with suppress(DamagedError):
            box = Box(UNITS[track.codec][2], element.start, element.body, element.end)
            yield from list(coded.config_notes(data, box))


def _comments(data: Buffer, element: Element, codec: str) -> tuple[int, int]:
    """Return where the comments stand in what a Vorbis or Theora decoder begins with. Raises DamagedError."""
    sizes, at = [], element.body + 1
    for _ in range(2):
        size = 0
        while at < element.end:
            size, at = size + data[at], at + 1
            if data[at - 1] < 255:
                break
        sizes.append(size)
    start = at + sizes[0]
    sign = SIGNS[codec][0]
    if start + sizes[1] > element.end or data[element.body] != 2 or data[start : start + len(sign)] != sign:
        raise DamagedError(BROKEN)
    return start, start + sizes[1]


def _blocks(data: Buffer, element: Element) -> list[flac.Block]:
    """Return the blocks that a FLAC decoder begins with. Raises DamagedError."""
    found = list(flac.blocks(data, element.body + 4))
    if data[element.body : element.body + 4] != b"fLaC" or found[-1].end > element.end:
        raise DamagedError(BROKEN)
    return found


def traces(data: Buffer, element: Element, track: Track) -> Iterator[Trace]:
    """Yield what the words that a decoder begins with give away. Raises DamagedError."""
    if track.codec in SIGNS:
        start, end = _comments(data, element, track.codec)
        raw = bytes(data[start:end])
        if raw != vorbis.emptied(len(raw), *SIGNS[track.codec]):
            yield from vorbis.traces(raw[7:], "Matroska Vorbis")
    elif track.codec == "A_FLAC":
        for block in flac.hidden(data, _blocks(data, element)):
            yield from flac.block_traces(data, block)
    elif _is_timed(data, element, track):
        yield Trace("time", "Matroska DV", RECORDED)


def changes(data: Buffer, element: Element, track: Track) -> Iterator[Change]:
    """Yield the changes that empty these. Raises CannotCleanError."""
    if track.codec in SIGNS:
        start, end = _comments(data, element, track.codec)
        yield Change(start, end, vorbis.emptied(end - start, *SIGNS[track.codec]))
    elif track.codec == "A_FLAC":
        for block in flac.hidden(data, _blocks(data, element)):
            yield from flac.block_changes(block)
    elif _is_timed(data, element, track):
        raise CannotCleanError(RECORDED)


def _is_timed(data: Buffer, element: Element, track: Track) -> bool:
    return track.codec == "V_MS/VFW/FOURCC" and bytes(data[element.body + 16 : element.body + 20]).lower() in TIMED
