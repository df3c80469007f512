"""Matroska and WebM films and sound: what these do not need becomes empty Void elements in its place.

Elements: RFC 9559. Only those named here stay; tracks that are neither picture nor sound go with all their blocks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, zeros
from forethought.media.isobmff import coded
from forethought.media.isobmff.coded import Note
from forethought.media.matroska import private
from forethought.media.matroska.doubts import doubts
from forethought.media.matroska.ebml import (
    BROKEN,
    CLUSTER,
    CRC,
    CUES,
    HEADER,
    INFO,
    SEEK_HEAD,
    SEGMENT,
    TRACKS,
    VOID,
    Element,
    elements,
    track_of,
    uint,
    voided,
)  # fmt: skip
from forethought.media.matroska.private import Track
from forethought.media.matroska.telling import told, words_of
from forethought.media.trace import Trace

ENTRY, VIDEO, AUDIO, COLOUR, MASTERING, PROJECTION = 0xAE, 0xE0, 0xE1, 0x55B0, 0x55D0, 0x7670
GROUP, SIMPLE, BLOCK, ADDITIONS, MORE, ADD_ID = 0xA0, 0xA3, 0xA1, 0x75A1, 0xA6, 0xEE
POINT, POSITIONS, CUE_TRACK, SEEK, SEEK_ID = 0xBB, 0xB7, 0xF7, 0x4DBB, 0x53AB
ENCODINGS, ENCODING, COMPRESSION = 0x6D80, 0x6240, 0x5034
MUXER, WRITER, UID, PRIVATE, CODEC, LANGUAGE = 0x4D80, 0x5741, 0x73C5, 0x63A2, 0x86, 0x22B59C
CROPS = frozenset((0x54AA, 0x54BB, 0x54CC, 0x54DD))
ENCRYPTION = 0x5035
NEEDED: dict[int, tuple[int, ...]] = {
    HEADER: (0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285),
    SEGMENT: (SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES),
    SEEK_HEAD: (SEEK,), SEEK: (SEEK_ID, 0x53AC), INFO: (0x2AD7B1, 0x4489, MUXER, WRITER), TRACKS: (ENTRY,),
    ENTRY: (0xD7, UID, 0x83, 0xB9, 0x88, 0x55AA, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x9C, 0x6DE7, 0x6DF8, 0x23E383,
            0x234E7A, 0x23314F, 0x537F, 0x55EE, LANGUAGE, CODEC, PRIVATE, 0xAA, 0x56AA, 0x56BB, VIDEO, AUDIO,
            ENCODINGS),
    VIDEO: (0x9A, 0x9D, 0x53B8, 0x53C0, 0xB0, 0xBA, *sorted(CROPS), 0x54B0, 0x54BA, 0x54B2, 0x54B3, 0x2EB524,
            0x2FB523, 0x2383E3, COLOUR, PROJECTION),
    COLOUR: (*range(0x55B1, 0x55BE), MASTERING), MASTERING: tuple(range(0x55D1, 0x55DB)),
    PROJECTION: tuple(range(0x7671, 0x7676)), AUDIO: (0xB5, 0x78B5, 0x9F, 0x6264, 0x52F1),
    ENCODINGS: (ENCODING,), ENCODING: (0x5031, 0x5032, 0x5033, COMPRESSION, ENCRYPTION), COMPRESSION: (0x4254, 0x4255),
    CLUSTER: (0xE7, 0xA7, 0xAB, SIMPLE, GROUP), GROUP: (BLOCK, 0x9B, 0xFA, 0xFB, 0x75A2, ADDITIONS, 0xA4),
    ADDITIONS: (MORE,), MORE: (ADD_ID, 0xA5), CUES: (POINT,), POINT: (0xB3, POSITIONS),
    POSITIONS: (CUE_TRACK, 0xF1, 0xF0, 0xB2, 0x5378),
}  # fmt: skip
LARGE = frozenset((PRIVATE, SIMPLE, BLOCK, 0xA5, 0xA4, 0x4255, 0x7672))  # elements whose bytes are no number or word
WORDS = {0x4282: re.compile(rb"(?:webm|matroska)\0*"), CODEC: re.compile(rb"[AVSBD]_[A-Z0-9_/.]*\0*"),
         LANGUAGE: re.compile(rb"[a-z]{3}\0*")}  # fmt: skip
LONGEST = 8
UNTOLD = frozenset((CRC, ENTRY, POINT, POSITIONS, SEEK))  # what is told with its track, or tells nothing
ENCRYPTED, HIDDEN = "it is encrypted", "it holds more of the picture than it shows: crop it again with another program"


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of an element.

    It is `kept`, made `void`, `told` with its track and made void, or filled with `zero`; `uid` and `private` are
    written anew.
    """

    element: Element
    parent: int
    does: str
    track: Track | None = None


def _segment(data: Buffer) -> tuple[Element, Element]:
    """Return the header and the segment of a file. Raises DamagedError."""
    found = []
    for element in elements(data, 0, len(data)):
        found.append(element)
        if element.id == SEGMENT:
            break
    if len(found) < 2 or found[0].id != HEADER or found[-1].id != SEGMENT or len(found) > 2:
        raise DamagedError(BROKEN)
    return found[0], found[1]


def _tracks(data: Buffer, segment: Element) -> dict[int, Track]:
    """Return the tracks of a film by their numbers. Raises CannotCleanError."""
    found = {}
    for top in elements(data, segment.body, segment.end):
        if top.id == TRACKS:
            for entry in elements(data, top.body, top.end):
                if entry.id == ENTRY:
                    track = private.track(data, entry)
                    found[track.number] = track
    if not any(track.is_kept for track in found.values()):
        raise DamagedError("it holds neither picture nor sound")
    return found


def steps(data: Buffer) -> Iterator[Step]:
    """Yield what becomes of each element, and of the rest behind the segment. Raises CannotCleanError."""
    header, segment = _segment(data)
    tracks = _tracks(data, segment)
    yield from _below(data, header, tracks, None)
    yield from _below(data, segment, tracks, None)


def _below(data: Buffer, parent: Element, tracks: dict[int, Track], track: Track | None) -> Iterator[Step]:
    for element in elements(data, parent.body, parent.end):
        inner = tracks.get(private.number(data, element)) if element.id == ENTRY else track
        does = _fate(data, element, parent.id, tracks)
        does = "told" if does == "void" and element.id in (SIMPLE, GROUP) and _is_of(data, element, tracks) else does
        yield Step(element, parent.id, does, inner)
        if does == "kept" and element.id in NEEDED:
            yield from _below(data, element, tracks, inner)


def _is_of(data: Buffer, element: Element, tracks: dict[int, Track]) -> bool:
    """Tell whether a block belongs to a track that is told of as a whole."""
    every = [element] if element.id == SIMPLE else list(elements(data, element.body, element.end))
    return any(part.id in (SIMPLE, BLOCK) and track_of(data, part) in tracks for part in every)


def _fate(data: Buffer, element: Element, parent: int, tracks: dict[int, Track]) -> str:
    """Return what becomes of an element."""
    number = element.id
    if number == VOID:
        return "kept" if is_empty(data, element.body, element.end) else "zero"
    if number not in NEEDED[parent] or not _is_plain(data, element):
        return "void"
    if number in (ENTRY, SIMPLE, GROUP, POINT, POSITIONS, SEEK, MORE):
        return "kept" if _belongs(data, element, tracks) else "void"
    if number in (MUXER, WRITER):
        return "kept" if is_empty(data, element.body, element.end) else "zero"
    return {UID: "uid", PRIVATE: "private"}.get(number, "kept")


def _is_plain(data: Buffer, element: Element) -> bool:
    """Tell whether an element holds no more than it may: parts, a number, a word of those there are, or sound."""
    if element.id in NEEDED or element.id in LARGE or element.id in (MUXER, WRITER):
        return True
    if element.id in WORDS:
        return bool(WORDS[element.id].fullmatch(data[element.body : min(element.end, element.body + 64)]))
    return element.end - element.body <= LONGEST


def _belongs(data: Buffer, element: Element, tracks: dict[int, Track]) -> bool:
    """Tell whether an element is about a track or a part that stays."""
    if element.id == SIMPLE:
        return _stays(track_of(data, element), tracks)
    parts = {part.id: part for part in elements(data, element.body, element.end)}
    if element.id == GROUP:
        return BLOCK in parts and _stays(track_of(data, parts[BLOCK]), tracks)
    if element.id == SEEK:
        return SEEK_ID in parts and uint(data, parts[SEEK_ID]) in NEEDED[SEGMENT]
    if element.id == MORE:
        return ADD_ID not in parts or uint(data, parts[ADD_ID]) == 1
    if element.id == POINT:
        held = elements(data, element.body, element.end)
        return any(_belongs(data, part, tracks) for part in held if part.id == POSITIONS)
    if element.id == POSITIONS:
        return CUE_TRACK in parts and _stays(uint(data, parts[CUE_TRACK]), tracks)
    return _stays(private.number(data, element), tracks)


def _stays(number: int, tracks: dict[int, Track]) -> bool:
    return number in tracks and tracks[number].is_kept


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a Matroska file gives away."""
    _, segment = _segment(data)
    tracks = _tracks(data, segment)
    for step in steps(data):
        yield from _traces(data, step)
    for track in tracks.values():
        if not track.is_kept:
            yield Trace("words", f"Matroska track {track.number}", words_of(data, segment, track))
    for find in coded.found(data, _notes(data, tracks)):
        yield from find.traces()
    if segment.end < len(data):
        said = counted(len(data) - segment.end, bytes(data[segment.end : segment.end + 4_096]))
        yield Trace("other", "after the end", said)


def _notes(data: Buffer, tracks: dict[int, Track]) -> Iterator[Note]:
    """Yield what encoders noted in the pictures that stay. Raises CannotCleanError."""
    for step in steps(data):
        if step.does == "kept" and step.element.id in (SIMPLE, BLOCK):
            yield from private.block_notes(data, step.element, tracks[track_of(data, step.element)])
        elif step.does == "private" and step.track:
            yield from private.start_notes(data, step.element, step.track)


def _traces(data: Buffer, step: Step) -> Iterator[Trace]:
    """Yield what an element gives away, where it does not stay as it is."""
    element = step.element
    if step.does == "private" and step.track:
        yield from private.traces(data, element, step.track)
    elif step.does == "uid" and step.track and bytes(data[element.body : element.end]) != _uid(step):
        yield Trace("other", "Matroska TrackUID", f"{uint(data, element):,}")
    elif step.does == "kept" and element.id in CROPS and uint(data, element):
        yield Trace("edit", "Matroska PixelCrop", "what was cut away is still in it")
    elif step.does in ("void", "zero") and element.id not in UNTOLD:
        yield from told(data, element, step.parent)


def _uid(step: Step) -> bytes:
    """Return the number by which a track is known in the copy: that of its place."""
    size = step.element.end - step.element.body
    number = step.track.number if step.track else 1
    return (number % (1 << 8 * size) or 1).to_bytes(size) if size else b""


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave picture and sound in their places. Raises CannotCleanError."""
    _, segment = _segment(data)
    for step in steps(data):
        yield from _changes(data, step)
    yield from (note.change for note in _notes(data, _tracks(data, segment)))
    yield Change(segment.end, len(data))


def _changes(data: Buffer, step: Step) -> Iterator[Change]:
    element = step.element
    if step.does in ("void", "told"):
        yield from voided(element.start, element.end)
    elif step.does == "zero":
        yield from zeros(element.body, element.end)
    elif step.does == "uid":
        yield Change(element.body, element.end, _uid(step))
    elif step.does == "private" and step.track:
        yield from private.changes(data, element, step.track)
    elif element.id == ENCRYPTION:
        raise CannotCleanError(ENCRYPTED)
    elif element.id in CROPS and uint(data, element):
        raise CannotCleanError(HIDDEN)


FORMAT = Format("Matroska", "film", ("mkv", "webm", "mka"), traces, clean, doubts)
