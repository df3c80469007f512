"""The index of a film (moov, moof): every box in it is known and needed, or becomes padding where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError
from forethought.media.held import counted, runs, told
from forethought.media.isobmff import coded
from forethought.media.isobmff.boxes import (
    BROKEN,
    PADDING,
    Box,
    Find,
    boxes,
    dirty_padding,
    gone,
    needed,
    unpacked,
    zeroed,
)
from forethought.media.isobmff.notes import notes, text
from forethought.media.isobmff.profiles import colours
from forethought.media.isobmff.samples import entries
from forethought.media.isobmff.tracks import SOUND, Track, track_notes
from forethought.media.trace import Trace

# What may stand in each box; boxes that hold nothing below are known by being named here at all.
INSIDE = {
    name: frozenset(part.ljust(4).encode() for part in parts.split())
    for name, parts in {
        b"moov": "mvhd trak mvex",
        b"trak": "tkhd edts tref mdia tapt",
        b"tapt": "clef prof enof",
        b"edts": "elst",
        b"tref": "auxl vdep",
        b"mdia": "mdhd hdlr minf",
        b"minf": "vmhd smhd gmhd nmhd hdlr dinf stbl",
        b"gmhd": "gmin",
        b"dinf": "dref",
        b"stbl": "stsd stts ctts cslg stss stps stsz stz2 stsc stco co64 sdtp sbgp sgpd",
        b"mvex": "mehd trex",
        b"moof": "mfhd traf",
        b"traf": "tfhd tfdt trun sbgp sgpd sdtp",
        b"wave": "frma enda mp4a esds chan alac samr amrw sawb dac3 dec3 QDCA QDCP",
    }.items()
}  # fmt: skip
DESCRIBING = frozenset(
    part.ljust(4).encode()
    for part in (
        "avcC hvcC lhvC vvcC av1C vpcC dvcC dvvC dvwC mvcC esds dOps dfLa alac dac3 dec3 dac4 mhaC pcmC chan chnl colr "
        "pasp clap fiel gama btrt mdcv clli SmDm CoLL amve ccst auxi st3d hvcE dvh1 d263 damr srat wave frma enda hfov "
        "jp2h bitr cdec SA3D SMI glbl dvc1 ddts dmlp"
    ).split()
)
WRONG = "it is in a form that is not known here"
# Per box and version: how long it is, and the stretches that must be zero, with what stands in them.
TIMES, UNUSED = ("time", "made and changed"), ("other", "unused")
FIXED: dict[tuple[bytes, int], tuple[int, tuple[tuple[int, int, tuple[str, str]], ...]]] = {
    (b"mvhd", 0): (100, ((4, 12, TIMES), (26, 36, UNUSED), (72, 96, UNUSED))),
    (b"mvhd", 1): (112, ((4, 20, TIMES), (38, 48, UNUSED), (84, 108, UNUSED))),
    (b"tkhd", 0): (84, ((4, 12, TIMES), (16, 20, UNUSED), (24, 32, UNUSED), (38, 40, UNUSED))),
    (b"tkhd", 1): (96, ((4, 20, TIMES), (24, 28, UNUSED), (36, 44, UNUSED), (50, 52, UNUSED))),
    (b"mdhd", 0): (24, ((4, 12, TIMES), (22, 24, UNUSED))),
    (b"mdhd", 1): (36, ((4, 20, TIMES), (34, 36, UNUSED))),
    (b"vmhd", 0): (12, ()), (b"smhd", 0): (8, ((6, 8, UNUSED),)), (b"gmin", 0): (16, ((14, 16, UNUSED),)),
    (b"nmhd", 0): (4, ()), (b"mehd", 0): (8, ()), (b"mehd", 1): (12, ()), (b"trex", 0): (24, ()),
    (b"mfhd", 0): (8, ()), (b"tfdt", 0): (8, ()), (b"tfdt", 1): (12, ()),
    (b"clef", 0): (12, ()), (b"prof", 0): (12, ()), (b"enof", 0): (12, ()),
}  # fmt: skip
FIXED_KINDS = frozenset(kind for kind, _ in FIXED)
# Per table: where its count stands and where its rows begin, and the bytes of a row by version.
TABLES = {
    b"stts": (4, 8, 8, 8), b"ctts": (4, 8, 8, 8), b"stss": (4, 8, 4, 4), b"stps": (4, 8, 4, 4), b"stsc": (4, 8, 12, 12),
    b"stco": (4, 8, 4, 4), b"co64": (4, 8, 8, 8), b"elst": (4, 8, 12, 20),
}  # fmt: skip
LONGEST_PACKING = 64  # bytes of a description of sound as Windows writes it
VISUAL, AUDIBLE, LATER = 78, 28, {0: 0, 1: 16, 2: 36}
QUICKTIME_HANDLERS = frozenset({b"mhlr", b"dhlr", bytes(4)})
DATA_HANDLERS = frozenset({b"alis", b"url ", bytes(4)})
EPOCH, UNIX = datetime(1904, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)
BEFORE_FILMS = 2_500_000_000  # seconds since 1904 until 1983: fewer were counted from 1970


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through the index of a film, knowing its tracks by where their boxes start, and which stay by number."""

    data: Buffer
    tracks: dict[int, Track]
    removed: frozenset[int]

    def below(self, box: Box, handler: bytes = b"") -> Iterator[Find]:
        """Yield everything in a box that a copy must not hold. Raises CannotCleanError."""
        for part in boxes(self.data, box.body, box.end):
            if part.kind in PADDING:
                yield from dirty_padding(self.data, part)
            elif part.kind not in INSIDE[box.kind]:
                yield gone(part, partial(self._unneeded, box, part))
            else:
                yield from self._known(part, handler)

    def _unneeded(self, box: Box, part: Box) -> Iterable[Trace]:
        return () if box.kind == b"tref" else notes(self.data, part)

    def _known(self, box: Box, handler: bytes) -> Iterator[Find]:
        track = self.tracks.get(box.start)
        if track is not None and not track.kept:
            yield gone(box, partial(track_notes, self.data, track))
        elif self._is_of_removed(box):
            yield gone(box, tuple)
        elif box.kind in INSIDE:
            yield from self.below(box, track.handler if track else handler)
        else:
            yield from self._leaf(box, handler)

    def _is_of_removed(self, box: Box) -> bool:
        """Tell whether a box is about a track that does not stay."""
        if box.kind == b"trex":
            return unpacked(">L", self.data, box.body + 4, box.end)[0] in self.removed
        if box.kind == b"traf":
            head = needed(self.data, box, b"tfhd")
            return unpacked(">L", self.data, head.body + 4, head.end)[0] in self.removed
        return False

    def _leaf(self, box: Box, handler: bytes) -> Iterator[Find]:
        if box.kind in FIXED_KINDS:
            yield from _fixed(self.data, box)
        elif box.kind in TABLES:
            yield from _table(self.data, box)
        elif box.kind == b"hdlr":
            yield from named(self.data, box, DATA_HANDLERS | {handler})
        elif box.kind == b"dref":
            yield from sources(self.data, box)
        elif box.kind == b"stsd":
            yield from self._described(box, handler)
        elif box.kind in (b"stsz", b"stz2"):
            yield from _size_table(self.data, box)

    def _described(self, box: Box, handler: bytes) -> Iterator[Find]:
        for entry in entries(self.data, box):
            if entry.kind in PADDING:
                raise DamagedError(BROKEN)
            body = described_at(self.data, box, entry, handler)
            yield from self._words(entry, handler)
            for part in boxes(self.data, body, entry.end):
                yield from self._describing(part)

    def _words(self, entry: Box, handler: bytes) -> Iterator[Find]:
        """Yield the vendor and the compressor's name that a description has."""
        start = entry.body
        yield from zeroed(self.data, start + 10, start + (16 if handler == SOUND else 24), _vendor)
        if handler != SOUND:
            yield from zeroed(self.data, start + 42, start + 74, _compressor)

    def _describing(self, part: Box) -> Iterator[Find]:
        if part.kind == b"colr":
            yield from colours(self.data, part)
        elif part.kind == b"wave":
            for below in boxes(self.data, part.body, part.end):
                if below.kind not in INSIDE[b"wave"] | {bytes(4)} and not _is_packing(below):
                    yield gone(below, partial(notes, self.data, below))
        elif part.kind in (b"d263", b"damr"):
            yield from zeroed(self.data, part.body, min(part.body + 4, part.end), _vendor)
        elif part.kind in PADDING:
            yield from dirty_padding(self.data, part)
        elif part.kind in DESCRIBING:
            yield from coded.found(self.data, coded.config_notes(self.data, part))
        else:
            yield gone(part, partial(notes, self.data, part))


def _is_packing(box: Box) -> bool:
    """Tell whether a box says no more than how sound is packed that Windows knows by a number."""
    return box.kind[:3] == b"ms\0" and box.end - box.body <= LONGEST_PACKING


def described_at(data: Buffer, box: Box, entry: Box, handler: bytes) -> int:
    """Return where the boxes in an entry of a sample description (stsd) begin. Raises CannotCleanError."""
    size = VISUAL
    if handler == SOUND:
        (version,), (later,) = unpacked(">H", data, entry.body + 8, entry.end), unpacked(">B", data, box.body, box.end)
        if version not in LATER:
            raise CannotCleanError(WRONG)
        size = AUDIBLE + (0 if later == 1 and version == 1 else LATER[version])
    if entry.body + size > entry.end:
        raise DamagedError(BROKEN)
    return entry.body + size


def _vendor(raw: bytes) -> Iterator[Trace]:
    yield from text("software", "vendor", raw)


def _compressor(raw: bytes) -> Iterator[Trace]:
    yield from text("software", "compressor", raw[1:] if raw[:1] < b" " else raw)


def _version(data: Buffer, box: Box) -> int:
    return int(unpacked(">B", data, box.body, box.end)[0])


def _fixed(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield the times and the surplus of a box of fixed size."""
    form = FIXED.get((box.kind, _version(data, box)))
    if form is None or box.end - box.body < form[0]:
        raise DamagedError(BROKEN)
    size, stretches = form
    for start, end, (kind, words) in stretches:
        yield from zeroed(data, box.body + start, box.body + end, partial(_field, box, kind, words))
    yield from surplus(data, box, box.body + size)


def _field(box: Box, kind: str, words: str, raw: bytes) -> Iterator[Trace]:
    if kind != "time":
        yield Trace(kind, f"{box.name} {words}", counted(len(raw), raw))
        return
    half = len(raw) // 2
    for number, name in zip((raw[:half], raw[half:]), ("made", "changed"), strict=True):
        if number.strip(b"\0"):
            yield Trace("time", f"{box.name} {name}", moment(int.from_bytes(number, "big")))


def moment(seconds: int) -> str:
    """Return a time that is counted from 1904 (or, by mistake, from 1970) as a person reads it."""
    try:
        return f"{(UNIX if seconds < BEFORE_FILMS else EPOCH) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return f"{seconds} seconds"


def surplus(data: Buffer, box: Box, end: int) -> Iterator[Find]:
    """Yield what stands in a box behind all that belongs there, up to 1 MB."""
    if end > box.end or box.end - end > 1 << 20:
        raise DamagedError(BROKEN)
    yield from zeroed(data, end, box.end, partial(_surplus, box.name))


def _surplus(name: str, raw: bytes) -> Iterator[Trace]:
    yield Trace("other", f"behind {name}", counted(len(raw), raw), needles=runs(raw))


def _table(data: Buffer, box: Box) -> Iterator[Find]:
    counted_at, start, *sizes = TABLES[box.kind]
    (count,) = unpacked(">L", data, box.body + counted_at, box.end)
    yield from surplus(data, box, box.body + start + count * sizes[_version(data, box) == 1])


def _size_table(data: Buffer, box: Box) -> Iterator[Find]:
    size, count = unpacked(">LL", data, box.body + 4, box.end)
    bits = (0 if size else 32) if box.kind == b"stsz" else size & 0xFF
    yield from surplus(data, box, box.body + 12 + -(-count * bits // 8))


def named(data: Buffer, box: Box, handlers: Iterable[bytes]) -> Iterator[Find]:
    """Yield the maker and the name of a handler (hdlr), which must be one of these. Raises DamagedError."""
    if box.end - box.body < 24:
        raise DamagedError(BROKEN)
    raw = box.held(data, 24)
    if raw[8:12] not in handlers:
        raise DamagedError(BROKEN)
    if raw[4:8] not in QUICKTIME_HANDLERS:
        yield from zeroed(data, box.body + 4, box.body + 8, _surplus_of_handler)
    yield from zeroed(data, box.body + 12, box.body + 24, _vendor)
    if box.end - box.body > 24:
        yield from zeroed(data, box.body + 24, min(box.end, box.body + (1 << 16)), _handler)
        yield from surplus(data, box, min(box.end, box.body + (1 << 16)))


def _surplus_of_handler(raw: bytes) -> Iterator[Trace]:
    yield told("other", "handler", raw)


def _handler(raw: bytes) -> Iterator[Trace]:
    yield from text("software", "handler", raw[1:] if raw[:1] < b" " else raw)


def sources(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield what stands in the list of where samples lie (dref). Raises CannotCleanError where that is elsewhere."""
    for source in boxes(data, box.body + 8, box.end):
        (flags,) = unpacked(">L", data, source.body, source.end)
        if not flags & 1:
            raise CannotCleanError("its picture or sound lies in another file")
        if source.end - source.body > 4:
            yield from surplus(data, source, source.body + 4)
