"""Stills in HEIC, HEIF and AVIF: every item but the picture that is shown is blanked where it stands.

Items and properties: ISO/IEC 23008-12 and 14496-12. Nothing moves, so the picture stays exact. Thumbnails go, since
they may show what was cut away and programs make them anew; so do depth, gain maps and all pictures but the first.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from functools import partial

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError, changed, whole
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, runs, told
from forethought.media.isobmff import coded
from forethought.media.isobmff.boxes import FREE, PADDING, Box, Find, boxes, dirty_padding, gone, unpacked, zeroed
from forethought.media.isobmff.cuts import CUT
from forethought.media.isobmff.heif_doubts import doubts
from forethought.media.isobmff.items import PICTURES, Item, Reference, Still, is_alpha, is_gone, still
from forethought.media.isobmff.layout import INDEX, KNOWN, MEDIA, after, film, outer, top, unused
from forethought.media.isobmff.movie import named, sources, surplus
from forethought.media.isobmff.notes import notes
from forethought.media.isobmff.profiles import colours
from forethought.media.isobmff.samples import merged
from forethought.media.pictures import exif, xmp
from forethought.media.pictures.painting import painted
from forethought.media.trace import Trace

STILL, LARGEST = b"pict", 32 << 20
ODD, SMALLEST = 16, 64  # pixels by which a crop may even out a picture, and below which encoders fill one up
# Parts of a still's box, and properties, that may stay.
PARTS = frozenset({b"hdlr", b"dinf", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat"})
PROPERTIES = frozenset(
    part.encode()
    for part in (
        "ispe pixi hvcC lhvC av1C avcC vvcC jpgC j2kH colr irot imir clap pasp auxC lsel a1op a1lx clli mdcv cclv amve "
        "oinf tols cmpd uncC rloc iscl"
    ).split()
)
REFERENCES = frozenset({b"dimg", b"auxl", b"prem", b"base", b"exbl"})
XMP = re.compile(rb"application/rdf\+xml")


def _finds(data: Buffer) -> Iterator[Find]:
    """Yield everything in a still that a copy must not hold. Raises CannotCleanError."""
    found, end = top(data)
    metas = [box for box in found if box.kind == b"meta"]
    if len(metas) != 1:
        raise DamagedError("it holds no still, or more than one list of them")
    meta = Box(b"meta", metas[0].start, metas[0].body + 4, metas[0].end)
    held = still(data, meta)
    yield from outer(data, found, KNOWN | {b"meta"})
    yield from _listed(data, meta, held)
    yield from _stored(data, found, meta, held)
    yield from after(data, end)


def _stored(data: Buffer, found: list[Box], meta: Box, held: Still) -> Iterator[Find]:
    """Yield what must go of the bytes of pictures, and of a row of pictures beside the still."""
    row = film(data, found, stills=True) if any(box.kind == INDEX for box in found) else None
    yield from row.finds() if row else ()
    stores = [box for box in (*found, *boxes(data, meta.body, meta.end)) if box.kind in (MEDIA, b"idat")]
    places = sorted((box.body, box.end) for box in stores)
    kept = merged(each for item in held.items if item.number in held.shown for each in item.extents)
    kept = merged([*kept, *(row.kept if row else ())])
    removed = merged(each for item in held.items if item.number not in held.shown for each in item.extents)
    yield from unused(data, places, kept, merged([*removed, *(row.removed if row else ())]))
    of_row = row.notes() if row else ()
    yield from coded.found(data, (note for group in (_noted(data, held), of_row) for note in group))


def _noted(data: Buffer, held: Still) -> Iterator[coded.Note]:
    """Yield what is noted inside the coded pictures that are shown."""
    for item in held.items:
        if item.number in held.shown and item.kind not in (b"grid", b"iden"):
            parts = held.properties.get(item.number, ())
            reader = coded.reader(data, Box(item.kind, 0, 0, 0), lambda parts=parts: iter(parts))  # type: ignore[misc]
            if reader and len(item.extents) > 1:
                raise CannotCleanError("its picture lies in several pieces")
            for start, end in item.extents if reader else ():
                yield from reader.read(data, start, end) if reader else ()


def _listed(data: Buffer, meta: Box, held: Still) -> Iterator[Find]:
    """Yield what must go of the list of items and of all that is told of them."""
    for part in boxes(data, meta.body, meta.end):
        if part.kind in PADDING:
            yield from dirty_padding(data, part)
        elif part.kind not in PARTS:
            yield gone(part, partial(notes, data, part))
        elif part.kind == b"hdlr":
            yield from named(data, part, {STILL})
        elif part.kind == b"dinf":
            for source in boxes(data, part.body, part.end):
                yield from sources(data, source)
        elif part.kind == b"iprp":
            yield from _property_boxes(data, part, held)
    for item in held.items:
        yield from _item(data, item, held)
    yield from (find for each in held.references for find in _reference(each, held.shown))


def _item(data: Buffer, item: Item, held: Still) -> Iterator[Find]:
    """Yield the name of an item that is shown, and all of one that is not."""
    at = item.kind_at
    if item.number in held.shown:
        yield from zeroed(data, at + 4, item.box.end, partial(_name, item))
        return
    start = at + 4 if item.kind else at
    full = [each for each in item.extents if not is_empty(data, *each)]
    if full or not is_gone(item) or not is_empty(data, start, item.box.end):
        yield Find(partial(_unknown, data, item, start), partial(_told, data, item, held))


def _unknown(data: Buffer, item: Item, start: int) -> Iterator[Change]:
    """Yield the changes by which no reader knows an item any more."""
    if not is_gone(item):
        yield Change(item.kind_at, item.kind_at + 4, FREE)
    yield Change(start, item.box.end, bytes(item.box.end - start))


def _name(item: Item, raw: bytes) -> Iterator[Trace]:
    yield told("other", f"{item.kind.decode('latin-1')} item name", raw)


def _told(data: Buffer, item: Item, held: Still) -> Iterator[Trace]:
    """Yield what an item that is not shown gives away."""
    raw = b"".join(bytes(data[start : min(end, start + LARGEST)]) for start, end in item.extents[:100])[:LARGEST]
    name = item.kind.decode("latin-1").strip()
    words = bytes(data[item.kind_at + 4 : item.box.end])
    if item.kind == b"Exif":
        skipped = 4 + int.from_bytes(raw[:4], "big")
        block = raw[skipped:] if raw[skipped : skipped + 2] in (b"II", b"MM") else raw[4:].removeprefix(b"Exif\0\0")
        yield from _camera_notes(block)
    elif XMP.search(words):
        yield from xmp.traces(raw)
    elif item.kind in PICTURES or item.kind in (b"tmap", b"iovl"):
        yield Trace("picture", f"{name} item", f"{_what(data, item, held)} ({len(raw):,} bytes)")
    else:
        yield Trace("other", f"{name} item", counted(len(raw), raw), needles=runs(raw))
    given, _, form = words.partition(b"\0")
    for said, part in ((given, "name"), (form.rstrip(b"\0"), "form")):
        if said not in (b"", b"Exif", b"XMP", b"application/rdf+xml"):
            yield told("other", f"{name} item {part}", said)


def _camera_notes(block: bytes) -> Iterator[Trace]:
    try:
        yield from list(exif.traces(block))
    except struct.error:
        yield Trace("other", "EXIF", "notes that cannot be read", needles=runs(block))


def _what(data: Buffer, item: Item, held: Still) -> str:
    """Return in words what a picture that is not shown is for."""
    kinds = {each.box.kind for each in held.references if each.source == item.number}
    if b"thmb" in kinds:
        return "a small picture, which may show what was cut away later"
    urns = [
        part.held(data)[4:].split(b"\0")[0] for part in held.properties.get(item.number, ()) if part.kind == b"auxC"
    ]
    if b"auxl" in kinds:
        return f"a picture beside the one that is shown: {' '.join(urn.decode('latin-1') for urn in urns)}"
    return "another picture, or a part of one"


def _reference(each: Reference, shown: frozenset[int]) -> Iterator[Find]:
    """Yield the find of a reference that is not between shown items: it keeps its form, and loses its meaning."""
    is_kept = each.box.kind in REFERENCES and each.source in shown and shown.issuperset(each.targets)
    if not is_kept and each.box.kind != FREE:
        yield Find(lambda: (Change(each.box.start + 4, each.box.start + 8, FREE),), tuple)


def _property_boxes(data: Buffer, box: Box, held: Still) -> Iterator[Find]:
    for part in boxes(data, box.body, box.end):
        if part.kind == b"ipco":
            for each in boxes(data, part.body, part.end):
                yield from _property(data, each)
        elif part.kind in PADDING:
            yield from dirty_padding(data, part)
        elif part.kind != b"ipma":
            yield gone(part, partial(notes, data, part))
    for number in held.shown:
        yield from _crop(data, held.properties.get(number, ()))


def _property(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield what must go of a property; it stays in its place, since properties are known by their number."""
    if box.kind in PADDING:
        yield from dirty_padding(data, box)
    elif box.kind == b"colr":
        yield from colours(data, box)
    elif box.kind not in PROPERTIES or (box.kind == b"auxC" and not is_alpha(data, box)):
        yield gone(box, partial(notes, data, box))
    elif box.kind == b"auxC":
        yield from surplus(data, box, box.body + 5 + box.held(data)[4:].index(b"\0"))
    else:
        yield from coded.found(data, coded.config_notes(data, box))


def _crop(data: Buffer, parts: Iterable[Box]) -> Iterator[Find]:
    """Yield the find of a crop that hides more than evens out a picture's size."""
    sizes = [unpacked(">LL", data, part.body + 4, part.end) for part in parts if part.kind == b"ispe"]
    crops = [unpacked(">4L", data, part.body, part.end) for part in parts if part.kind == b"clap"]
    for (width, height), (wide, wide_by, high, high_by) in ((size, crop) for size in sizes for crop in crops):
        cuts = (width, width - wide / max(1, wide_by)), (height, height - high / max(1, high_by))
        hidden = max((cut for size, cut in cuts if size > SMALLEST), default=0)
        if hidden > ODD:
            yield Find(_refused, partial(_cut_away, hidden))


def _cut_away(hidden: float) -> Iterator[Trace]:
    yield Trace("edit", "clap", f"{hidden:.0f} rows or columns that were cut away")


def _refused() -> Iterator[Change]:
    raise CannotCleanError(CUT)


def _painted(data: Buffer) -> bytes:
    """Return a picture in AVIF painted anew. Raises CannotCleanError where it is in HEIC, or moves."""
    found, _ = top(data)
    if bytes(data[8:12]) != b"avif" or any(box.kind == INDEX for box in found):
        raise CannotCleanError("only a still in AVIF can be painted anew: clean it without, or save it as a JPEG")
    try:
        return painted(data, "AVIF")
    except RuntimeError as error:  # as the decoder of AVIF raises
        raise DamagedError("it does not open as a picture") from error


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a still gives away. Raises CannotCleanError."""
    for find in _finds(data):
        yield from find.traces()


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a still's picture and nothing else. Raises CannotCleanError."""
    if wishes.repaint:
        new = _painted(data)
        return whole(data, b"".join(changed(new, clean(new, Wishes()))))
    return [change for find in list(_finds(data)) for change in find.changes()]


FORMAT = Format("HEIC or AVIF", "picture", ("heic", "heif", "avif"), traces, clean, doubts)
