"""TIFF pictures of one or several pages: each written anew with the fields that it needs, its pixels as they are.

Fields: TIFF 6.0 with its supplements. How a page is to be turned is kept; smaller pictures of a page are not.
"""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace

from forethought.media.buffer import Buffer, Change, DamagedError, TooLargeError, changed, whole
from forethought.media.format import Format, Wishes
from forethought.media.formats import jpeg
from forethought.media.held import counted, is_empty, runs
from forethought.media.pictures import exif, icc, packed, photoshop, xmp
from forethought.media.pictures.directories import (
    GPS,
    Directory,
    Entry,
    RawPhotoError,
    Tiff,
    header,
    length,
    read,
    written,
)
from forethought.media.pictures.frames import each_frame
from forethought.media.pictures.geography import NUMBERS as GEOGRAPHY
from forethought.media.pictures.geography import place
from forethought.media.pictures.painting import MOST_PIXELS, canvas, picture_of
from forethought.media.pictures.strips import LENGTHS, PLACES, PROFILE, TABLES, WIDTH, Page, Piece
from forethought.media.pictures.tiff_doubts import doubts, library_errors
from forethought.media.trace import Trace

FARTHEST = (1 << 32) - 1
MOST_TOLD, MOST_GAPS = 1 << 16, 100
XMP, IPTC, PHOTOSHOP, LAYERS, THUMBNAIL, THUMBNAIL_SIZE = 700, 33723, 34377, 37724, 513, 514
NOTHING_SAID = frozenset({254, 255, 263, 274, 280, 281, 282, 283, 288, 289, 296, 297, 326, 327, 328})  # when short
TOLD_APART = frozenset({XMP, IPTC, PHOTOSHOP, LAYERS, PROFILE, TABLES, THUMBNAIL, THUMBNAIL_SIZE, *GEOGRAPHY})
SHORT, LONG, BYTES = 3, 4, 7


def pages(tiff: Tiff) -> list[Page]:
    """Return the pages that are shown. Raises CannotCleanError where one cannot be read."""
    every = [Page(tiff, directory) for directory in tiff.pages]
    shown = [page.checked() for page in every if page.is_shown()]
    for below in (each for page in every for each in page.directory.below if each.name == "picture"):
        _check_smaller(Page(tiff, below), shown)
    if not shown:
        raise DamagedError("it holds no picture in full size")
    return shown


def _check_smaller(hidden: Page, shown: list[Page]) -> None:
    """Refuse a raw photo, whose full picture hangs on a small one."""
    if hidden.directory.field(WIDTH) and shown and hidden.pixels > max(page.pixels for page in shown):
        raise RawPhotoError


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a TIFF's pages and nothing else."""
    if wishes.repaint:
        fresh = _painted(b"".join(changed(data, _plain(data))))
        return whole(data, b"".join(changed(fresh, _plain(fresh))))
    return _plain(data)


def _painted(data: bytes) -> bytes:
    """Return a picture painted anew, page by page."""
    with library_errors(), picture_of(data) as picture:
        first, *more = [canvas(frame) for frame in each_frame(picture, MOST_PIXELS)]
        held = io.BytesIO()
        first.save(held, "TIFF", save_all=True, append_images=more, compression="tiff_deflate")
        return held.getvalue()


def _plain(data: Buffer) -> list[Change]:
    """Return the changes that put new directories before the strips, and leave nothing between these."""
    tiff = read(data)
    shown = pages(tiff)
    owners = {piece: page for page in shown for piece in page.pieces()}
    stretches = _apart(tiff, owners)
    changes, lengths = [], {}
    for number, piece in enumerate(stretches):
        kept = owners[piece].kept(piece)
        following = stretches[number + 1].start if number + 1 < len(stretches) else len(data)
        lengths[piece.start] = len(kept)
        if data[piece.start : piece.start + len(kept)] != kept:
            changes.append(Change(piece.start, following, kept))
        else:
            changes.append(Change(piece.start + len(kept), following))
    return [Change(0, stretches[0].start, _front(tiff, shown, lengths)), *changes]


def _apart(tiff: Tiff, owners: Iterable[Piece]) -> list[Piece]:
    """Return the strips in the order of the file. Raises DamagedError where they lie over one another or over notes."""
    pieces = sorted({(piece.start, piece.end): piece for piece in owners}.values(), key=lambda piece: piece.start)
    taken = sorted([(8, 8), *_directories(tiff), *((piece.start, piece.end) for piece in pieces)])
    starts = {piece.start for piece in pieces}
    reach = pixels = 0
    for start, end in taken:
        if start < (reach if start in starts else pixels):
            raise DamagedError("parts of it lie over one another")
        reach, pixels = max(reach, end), max(pixels, end) if start in starts else pixels
    return pieces


def _directories(tiff: Tiff) -> Iterator[tuple[int, int]]:
    """Yield the stretch of each directory and of each value that stands apart from it."""
    for directory in (each for page in tiff.pages for each in page.everything()):
        yield directory.at, directory.end
        for field in directory.fields:
            if not directory.at <= field.start < directory.end and field.start < len(tiff.data):
                yield field.start, min(field.end, len(tiff.data))


def _front(tiff: Tiff, shown: list[Page], lengths: dict[int, int]) -> bytes:
    """Return the header and all directories, before the strips in the order of the file."""
    blank = [_entries(page, dict.fromkeys(lengths, 0), lengths) for page in shown]
    ends = [8]
    for entries in blank:
        ends.append(ends[-1] + length(entries))
    places, at = {}, ends[-1]
    for start, size in lengths.items():
        places[start], at = at, at + size
    if at > FARTHEST:
        raise TooLargeError("it is larger than a TIFF can be")
    made = [header(tiff.order)]
    for number, page in enumerate(shown):
        following = ends[number + 1] if number + 1 < len(shown) else 0
        made.append(written(tiff.order, ends[number], _entries(page, places, lengths), following))
    return b"".join(made)


def _entries(page: Page, places: dict[int, int], lengths: dict[int, int]) -> list[Entry]:
    starts = [piece.start for piece in page.pieces()]
    kind = 0 if page.is_tiled else 1
    made = list(page.entries())
    for number, held in ((PLACES[kind], places), (LENGTHS[kind], lengths)):
        numbers = struct.pack(f"{page.tiff.order}{len(starts)}L", *(held[start] for start in starts))
        made.append((number, LONG, len(starts), numbers))
    return made


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a TIFF gives away."""
    tiff = read(data)
    shown = {page.directory.at: page for page in pages(tiff)}
    stretches = [(0, 8), *_directories(tiff)]
    for directory in tiff.pages:
        page = shown.get(directory.at)
        if page:
            yield from _of_page(page)
        else:
            yield from _smaller(tiff, directory)
        yield from (trace for each in directory.below if each.name == "picture" for trace in _smaller(tiff, each))
        stretches += [(piece.start, piece.end) for piece in page.pieces()] if page else []
        stretches += [stretch for each in directory.everything() for stretch in _pixels(tiff, each)]
    yield from _between(data, stretches)


def _of_page(page: Page) -> Iterator[Trace]:
    """Yield what a page's fields give away, and what its strips hold beside pixels."""
    tiff, directory = page.tiff, page.directory
    yield from _notes(tiff, directory, page)
    yield from place(tiff, directory)
    for field in directory.fields:
        if field.number in TOLD_APART and field.number not in GEOGRAPHY:
            yield from _told(field.number, tiff.data[field.start : min(field.end, len(tiff.data))])
    for piece in page.pieces():
        yield from _strip(page, piece)


def _strip(page: Page, piece: Piece) -> Iterator[Trace]:
    raw, kept = page.tiff.data[piece.start : piece.end], page.kept(piece)
    if page.packing == packed.JPEG:
        yield from (replace(trace, where=f"strip: {trace.where}") for trace in jpeg.traces(raw))
    elif not raw.startswith(kept):
        yield Trace("edit", "strip", "pixels that are not shown")
    elif raw[len(kept) :].strip(b"\0"):
        rest = raw[len(kept) :]
        yield Trace("edit", "behind a strip", counted(len(rest), rest), needles=runs(rest))


def _told(number: int, raw: bytes) -> Iterator[Trace]:
    """Yield what a field that holds a block of its own gives away."""
    if number == XMP:
        yield from xmp.traces(raw)
    elif number == IPTC:
        yield from photoshop.iptc(raw)
    elif number == PHOTOSHOP:
        yield from photoshop.traces(raw)
    elif number == PROFILE:
        yield from icc.traces(raw)
    elif number == LAYERS:
        yield Trace("edit", "Photoshop layers", counted(len(raw), raw), needles=runs(raw))
    elif number == THUMBNAIL:
        yield Trace("picture", "thumbnail", "a small picture, which may show what was cut away later")
    elif number == TABLES and raw[:2] == b"\xff\xd8":
        yield from (replace(trace, where=f"tables: {trace.where}") for trace in jpeg.traces(raw))


def _notes(tiff: Tiff, directory: Directory, page: Page | None) -> Iterator[Trace]:
    """Yield what a page's plain fields and its camera notes give away, as notes in the form of EXIF tell it."""
    main = list(_unneeded(tiff, directory, page))
    below = {each.name: list(_unneeded(tiff, each, None)) for each in directory.everything() if each is not directory}
    notes, place = below.get("EXIF", []), below.get("GPS", [])
    if not (main or notes or place):
        return
    at = 8 + length([*main, (0x8769, LONG, 1, b""), (GPS, LONG, 1, b"")])
    after = at + length(notes)
    pointers = [(number, LONG, 1, struct.pack(f"{tiff.order}L", to)) for number, to in ((0x8769, at), (GPS, after))]
    block = header(tiff.order) + written(tiff.order, 8, [*main, *pointers])
    yield from exif.traces(block + written(tiff.order, at, notes) + written(tiff.order, after, place), "TIFF")
    if notes or place:
        yield Trace("other", "EXIF", f"{len(notes) + len(place)} camera notes")


def _unneeded(tiff: Tiff, directory: Directory, page: Page | None) -> Iterator[Entry]:
    """Yield the fields that are not needed, their values no longer than can be looked through."""
    for field in directory.fields:
        raw = tiff.data[field.start : min(field.end, field.start + MOST_TOLD)]
        if field.number in TOLD_APART | {330, 0x8769, GPS, 0xA005, *PLACES, *LENGTHS}:
            continue
        if page and (page.stays(field) is not None or (field.number in NOTHING_SAID and len(raw) <= 8)):
            continue
        size = exif.SIZES.get(field.type, 1)
        yield field.number, field.type, len(raw) // size, raw[: len(raw) // size * size]


def _smaller(tiff: Tiff, directory: Directory) -> Iterator[Trace]:
    page = Page(tiff, directory)
    size = f"{page.number(WIDTH, 0)} by {page.number(257, 0)} pixels"
    yield Trace("picture", "smaller picture", f"{size}, which may show what was cut away later")
    yield from _notes(tiff, directory, page)


def _pixels(tiff: Tiff, directory: Directory) -> Iterator[tuple[int, int]]:
    """Yield the stretches that hold pixels, as far as they can be known."""
    for places, lengths in (*zip(PLACES, LENGTHS, strict=True), (THUMBNAIL, THUMBNAIL_SIZE)):
        try:
            found = zip(tiff.numbers(directory, places), tiff.numbers(directory, lengths), strict=False)
        except DamagedError:
            continue
        yield from ((start, start + size) for start, size in found)


def _between(data: Buffer, stretches: list[tuple[int, int]]) -> Iterator[Trace]:
    """Yield what stands where nothing leads to."""
    at, told = 0, 0
    for start, end in sorted([*stretches, (len(data), len(data))]):
        if start > at and not is_empty(data, at, min(start, len(data))) and told < MOST_GAPS:
            told += 1
            rest = data[at : min(start, at + MOST_TOLD, len(data))]
            where = "after the end" if start >= len(data) else "between the parts"
            yield Trace("edit", where, counted(min(start, len(data)) - at, rest), needles=runs(rest))
        at = max(at, end)


FORMAT = Format("TIFF", "picture", ("tif", "tiff"), traces, clean, doubts)
