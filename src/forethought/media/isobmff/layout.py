"""How films and stills are laid out: boxes one after another, an index, and samples that nothing but it leads to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.held import MOST_READ, counted, is_empty, runs, zeros
from forethought.media.isobmff import coded
from forethought.media.isobmff.boxes import (
    MOST_BOXES,
    PADDING,
    Box,
    Find,
    box_at,
    boxes,
    dirty_padding,
    first,
    gone,
    needed,
    surplus_text,
    unpacked,
)
from forethought.media.isobmff.cuts import cuts
from forethought.media.isobmff.movie import Walk, described_at
from forethought.media.isobmff.notes import notes
from forethought.media.isobmff.samples import Range, check_inside, entries, merged, outside, total
from forethought.media.isobmff.samples import runs as fragment_runs
from forethought.media.isobmff.tracks import SOUND, Track, tracks
from forethought.media.trace import Trace

MOST_FRAGMENTS = 50_000
MEDIA, INDEX, FRAGMENT = b"mdat", b"moov", b"moof"
PLAIN_BRAND = b"isom"
BRANDS = frozenset(
    part.ljust(4).encode()
    for part in (
        "isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 isoa isob isoc avc1 mp41 mp42 mp71 qt 3gp3 3gp4 3gp5 3gp6 3gp7 "
        "3gp8 3gp9 3gs7 3g2a 3g2b 3g2c 3ge6 3ge7 3gg6 M4A M4B M4P M4V M4VH M4VP f4v MSNV dash msdh msix cmfc cmf2 cmfs "
        "hlsf dby1 av01 hvc1 hev1 hvce hvci mif1 mif2 msf1 miaf MiHB MiHE MiHA MiPr MiAB heic heix heim heis hevc hevx "
        "avif avis MA1A MA1B avio tmap unif 1pic jpeg"
    ).split()
)
KNOWN = frozenset({b"ftyp", b"styp", b"sidx", b"ssix", b"mfra", b"pdin", MEDIA, INDEX, FRAGMENT, *PADDING})


def top(data: Buffer) -> tuple[list[Box], int]:
    """Return the boxes of a file, and where they end; what follows is no box. Raises DamagedError."""
    found: list[Box] = []
    at = 0
    while at < len(data):
        try:
            box = box_at(data, at, len(data))
        except DamagedError:
            if not found or bytes(data[at + 4 : at + 8]) in KNOWN:
                raise
            break
        found.append(box)
        at = box.end
        if len(found) > MOST_BOXES:
            raise DamagedError("it is made of too many parts")
    return found, at


def outer(data: Buffer, found: Iterable[Box], known: frozenset[bytes] = KNOWN) -> Iterator[Find]:
    """Yield the boxes of a file that are not needed, and what must go of those that are, but for the index."""
    for box in found:
        if box.kind in PADDING:
            yield from dirty_padding(data, box)
        elif box.kind in (b"ftyp", b"styp"):
            yield from brands(data, box)
        elif box.kind not in known:
            yield gone(box, partial(notes, data, box))


def brands(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield the version of a file's type, and each brand in it that is a maker's own."""
    if (box.end - box.body) % 4 or not 8 <= box.end - box.body <= 4_096:
        raise DamagedError("it does not say its type as such files do")
    for at in range(box.body, box.end, 4):
        raw = bytes(data[at : at + 4])
        if at == box.body + 4:
            if raw != bytes(4):
                yield _replaced(at, bytes(4), Trace("software", f"{box.name} version", str(int.from_bytes(raw, "big"))))
        elif raw not in BRANDS and raw != bytes(4):
            yield _replaced(at, PLAIN_BRAND, Trace("device", f"{box.name} brand", raw.decode("latin-1").strip()))


def _replaced(at: int, new: bytes, trace: Trace) -> Find:
    return Find(lambda: (Change(at, at + len(new), new),), lambda: (trace,))


def after(data: Buffer, end: int) -> Iterator[Find]:
    """Yield what stands behind the last box, which is cut off."""
    if end < len(data):
        yield Find(lambda: (Change(end, len(data)),), lambda: surplus_text(data, "after the end", end, len(data)))


@dataclass(frozen=True, slots=True)
class Film:
    """A film's index and tracks, and where the samples of those that stay and of those that do not lie."""

    data: Buffer
    parts: tuple[Box, ...]
    tracks: tuple[Track, ...]
    kept: list[Range]
    removed: list[Range]

    def finds(self) -> Iterator[Find]:
        """Yield everything in the index that a copy must not hold. Raises CannotCleanError."""
        numbers = frozenset(track.number for track in self.tracks if not track.kept)
        walk = Walk(self.data, {track.box.start: track for track in self.tracks}, numbers)
        for part in self.parts:
            yield from walk.below(part)
            if part.kind == INDEX:
                yield from (find for track in self.tracks if track.kept for find in cuts(self.data, part, track))

    def in_pictures(self) -> Iterator[Find]:
        """Yield what is noted inside the coded pictures; to be asked once it is known that all samples are there."""
        yield from coded.found(self.data, self.notes())

    def notes(self) -> Iterator[coded.Note]:
        """Yield each note inside a coded picture. Raises CannotCleanError."""
        yield from (note for track in self.tracks if track.kept for note in self._noted(track))

    def _noted(self, track: Track) -> Iterator[coded.Note]:
        if track.handler == SOUND:
            return
        described = needed(self.data, track.table, b"stsd")
        readers = [self._reader(described, entry, track.handler) for entry in entries(self.data, described)]
        if len({reader and reader.form for reader in readers}) > 1:
            raise CannotCleanError("its pictures are coded in more than one way")
        if readers and (reader := readers[0]):
            for start, end in track.chunks(self.data):
                yield from reader.read(self.data, start, end)

    def _reader(self, described: Box, entry: Box, handler: bytes) -> coded.Reader | None:
        start = described_at(self.data, described, entry, handler)
        return coded.reader(self.data, entry, lambda: boxes(self.data, start, entry.end))


def film(data: Buffer, found: Iterable[Box], stills: bool = False) -> Film:
    """Return the film that these boxes hold; `stills` if it is a row of stills. Raises CannotCleanError."""
    parts = tuple(box for box in found if box.kind in (INDEX, FRAGMENT))
    index = [box for box in parts if box.kind == INDEX]
    if len(index) != 1 or len(parts) > MOST_FRAGMENTS:
        raise DamagedError("it has no index, or more than one")
    if first(data, index[0], b"cmov"):
        raise CannotCleanError("its index is packed; save it anew in another program first")
    every = _with_runs(tracks(data, index[0], stills), _fragments(data, parts, index[0]))
    if not any(track.kept for track in every):
        raise DamagedError("it holds neither picture nor sound")
    kept, removed = (
        merged(each for track in every if track.kept == stays for each in track.chunks(data)) for stays in (True, False)
    )
    return Film(data, parts, every, kept, removed)


def _with_runs(found: list[Track], runs: Iterable[tuple[int, Range]]) -> tuple[Track, ...]:
    """Return tracks with where their samples lie in fragments. Raises DamagedError where a run is of none of them."""
    held: dict[int, list[Range]] = {track.number: [] for track in found}
    for number, (start, end) in runs:
        if number not in held:
            raise DamagedError("it has a fragment of no track")
        if start < end:
            held[number].append((start, end))
    return tuple(replace(track, runs=tuple(held[track.number])) for track in found)


def _fragments(data: Buffer, parts: Iterable[Box], index: Box) -> Iterator[tuple[int, Range]]:
    extends = first(data, index, b"mvex")
    rows = [box for box in boxes(data, extends.body, extends.end) if box.kind == b"trex"] if extends else []
    usual = {}
    for row in rows:
        number, _, _, size = unpacked(">4L", data, row.body + 4, row.end)
        usual[number] = size
    for part in parts:
        if part.kind == FRAGMENT:
            yield from fragment_runs(data, part, usual)


def unused(data: Buffer, places: list[Range], kept: list[Range], removed: list[Range]) -> Iterator[Find]:
    """Yield the stretches of the places for samples that hold none of those that stay. Raises CannotCleanError."""
    check_inside(kept, places)
    check_inside(removed, places)
    if total(merged([*kept, *removed])) < total(kept) + total(removed):
        raise CannotCleanError("what is hidden in it lies in the same bytes as what is shown")
    left = [gap for gap in outside(kept, places) if not is_empty(data, *gap)]
    if left:
        yield Find(lambda: (change for gap in left for change in zeros(*gap)), lambda: _cut_away(data, removed, left))


def _cut_away(data: Buffer, removed: list[Range], left: list[Range]) -> Iterator[Trace]:
    """Yield that bytes lie between samples that no track leads to, as those of a part that was cut away do."""
    lost = [gap for gap in outside(removed, left) if not is_empty(data, *gap)]
    if lost:
        raw = b" ".join(bytes(data[start : min(end, start + MOST_READ)]) for start, end in lost[:20])
        yield Trace("edit", "mdat", f"{counted(total(lost), raw)}, which no track uses", needles=runs(raw))
