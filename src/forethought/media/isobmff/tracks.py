"""Tracks of a film: which of them are seen and heard, and what those that are not give away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError
from forethought.media.held import counted, runs, text_of, told
from forethought.media.isobmff.boxes import Box, boxes, first, needed, unpacked
from forethought.media.isobmff.notes import notes, text
from forethought.media.isobmff.samples import Range, chunks, entries, samples
from forethought.media.trace import Trace

MOST_TRACKS, MOST_TOLD, LARGEST = 200, 20, 64 << 10
PICTURE, SOUND, STILL, BESIDE = b"vide", b"soun", b"pict", b"auxv"
WRITTEN = frozenset({b"text", b"sbtl", b"subt", b"clcp"})
LOCKED = frozenset({b"encv", b"enca", b"drms", b"drmi", b"encs"})
ENABLED = 1
# What tracks that are neither picture nor sound give away, by their handler or by how their samples are described.
WHAT = {
    b"text": ("words", "chapters or captions"), b"sbtl": ("words", "subtitles"), b"subt": ("words", "subtitles"),
    b"clcp": ("words", "captions"), b"tmcd": ("time", "the clock of the camera"), b"gpmd": ("place", "where it moved"),
    b"camm": ("place", "where it moved"), b"mebx": ("place", "notes along the film"), b"hint": ("other", "hints"),
}  # fmt: skip
ALPHA = re.compile(rb"auxi....(urn:mpeg:mpegB:cicp:systems:auxiliary:alpha|urn:mpeg:hevc:2015:auxid:1)\x00", re.DOTALL)
BESIDE_IT = "a picture that is not shown"


@dataclass(frozen=True, slots=True)
class Track:
    """A track: its box and number, its handler and its sample table, whether it is switched on and whether it stays.

    `runs` are where its samples lie in fragments.
    """

    box: Box
    number: int
    handler: bytes
    table: Box
    enabled: bool
    kept: bool = True
    runs: tuple[Range, ...] = ()

    def chunks(self, data: Buffer) -> Iterator[Range]:
        """Yield where its chunks lie. Raises CannotCleanError."""
        yield from chunks(data, self.table, self.handler == SOUND)
        yield from self.runs


def tracks(data: Buffer, movie: Box, stills: bool) -> list[Track]:
    """Return the tracks of a film (moov); `stills` if it is a row of stills. Raises CannotCleanError."""
    found = [_track(data, box) for box in boxes(data, movie.body, movie.end) if box.kind == b"trak"]
    if len(found) > MOST_TRACKS or len({track.number for track in found}) < len(found):
        raise DamagedError("its tracks are too many, or have the same number")
    chapters = {number for track in found for number in _references(data, track.box, b"chap")}
    wanted = {PICTURE, SOUND, STILL, BESIDE} if stills else {PICTURE, SOUND}
    shown = [track for track in found if track.handler in wanted and track.number not in chapters]
    shown = [track for track in shown if track.handler != BESIDE or _is_alpha(data, track)]
    lit = {track.handler for track in shown if track.enabled}
    kept = {track.number for track in shown if track.enabled or track.handler not in lit}
    return [replace(track, kept=track.number in kept) for track in found]


def _track(data: Buffer, box: Box) -> Track:
    header = needed(data, box, b"tkhd")
    version, flags = divmod(unpacked(">L", data, header.body, header.end)[0], 1 << 24)
    (number,) = unpacked(">L", data, header.body + (20 if version == 1 else 12), header.end)
    handler = needed(data, box, b"mdia", b"hdlr")
    kind = bytes(data[handler.body + 8 : min(handler.body + 12, handler.end)])
    table = needed(data, box, b"mdia", b"minf", b"stbl")
    if any(entry.kind in LOCKED for entry in entries(data, needed(data, table, b"stsd"))):
        raise CannotCleanError("it is locked against copying")
    return Track(box, number, kind, table, bool(flags & ENABLED))


def _is_alpha(data: Buffer, track: Track) -> bool:
    """Tell whether a track beside the picture is how transparent it is."""
    described = needed(data, track.table, b"stsd")
    return ALPHA.search(described.held(data)) is not None


def _references(data: Buffer, track: Box, kind: bytes) -> Iterator[int]:
    """Yield the numbers of the tracks that a track refers to in this way."""
    held = first(data, track, b"tref", kind)
    if held is not None:
        count = min(held.end - held.body, LARGEST) // 4
        yield from unpacked(f">{count}L", data, held.body, held.end)


def track_notes(data: Buffer, track: Track) -> Iterator[Trace]:
    """Yield what a track that does not stay gives away. Raises CannotCleanError."""
    described = list(entries(data, needed(data, track.table, b"stsd")))
    forms = [*(entry.kind for entry in described), track.handler]
    name = f"{forms[0].decode('latin-1').strip()} track"
    kind, words = next((WHAT[form] for form in forms if form in WHAT), ("other", "notes along the film"))
    if track.handler in (PICTURE, SOUND, STILL, BESIDE):
        kind, words = ("picture", BESIDE_IT) if track.handler != SOUND else ("edit", "sound that is switched off")
    yield from track_handler(data, track)
    yield from _described(data, described, name, track.handler in (PICTURE, SOUND))
    yield from _below(data, track.box)
    yield from _samples(data, track, kind, name, words)


def track_handler(data: Buffer, track: Track) -> Iterator[Trace]:
    """Yield the name that a track's handler has."""
    handler = needed(data, track.box, b"mdia", b"hdlr")
    raw = bytes(data[handler.body + 24 : handler.end])
    yield from text("software", "handler", raw[1:] if raw[:1] < b" " else raw)


def _described(data: Buffer, described: list[Box], name: str, coded: bool) -> Iterator[Trace]:
    """Yield what stands in descriptions; those of coded picture and sound may be the same in tracks that stay."""
    for entry in described:
        raw = entry.held(data)
        if found := runs(raw):
            yield Trace("other", f"{name} description", counted(len(raw), raw), needles=() if coded else found)


def _below(data: Buffer, box: Box) -> Iterator[Trace]:
    """Yield the notes that stand in a track that goes as a whole."""
    for part in boxes(data, box.body, box.end):
        if part.kind in (b"udta", b"meta", b"uuid"):
            yield from notes(data, part)


def _samples(data: Buffer, track: Track, kind: str, name: str, words: str) -> Iterator[Trace]:
    """Yield what the samples of a track say: each for itself where they are written text."""
    say = partial(_written if track.handler in WRITTEN else _noted, data)
    held = [*samples(data, track.table, MOST_TOLD), *track.runs[:MOST_TOLD]]
    yield Trace(kind, name, words)
    for start, end in held:
        yield from say(start, min(end, start + LARGEST), kind, name)


def _written(data: Buffer, start: int, end: int, kind: str, name: str) -> Iterator[Trace]:
    """Yield the text of a sample, which stands behind its length where it is timed text."""
    raw = bytes(data[start:end])
    size = int.from_bytes(raw[:2], "big")
    said = raw[2 : 2 + size] if 2 + size <= len(raw) and size else raw
    if text_of(said) or runs(said):
        yield told(kind, name, said)


def _noted(data: Buffer, start: int, end: int, kind: str, name: str) -> Iterator[Trace]:
    raw = bytes(data[start:end])
    if kind in ("picture", "edit") or not raw.strip(b"\0"):
        return
    needles = runs(raw) or (raw[:32],)
    yield Trace(kind, f"{name} sample", counted(len(raw), raw), needles=needles)
