"""What the notes in films and stills give away: QuickTime's, iTunes', 3GPP's, those of phones and cameras, and XMP."""

import re
import struct
from collections.abc import Callable, Iterator

from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.held import counted, inside, picture, runs, told
from forethought.media.isobmff.boxes import PADDING, Box, boxes, unknown, unpacked
from forethought.media.pictures import xmp
from forethought.media.places import whereabouts
from forethought.media.trace import Trace

MOST_NOTES, MOST_HELD, DEEPEST = 500, 32 << 20, 6
XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
SPOT = re.compile(r"([+-]\d{1,3}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
APPLE = re.compile(r"^(com\.apple\.quicktime|com\.android|com\.apple)\.")
# What a note of each type tells; those that begin with the sign of copyright are listed without it.
KINDS = {
    "place": "xyz loc loci",
    "person": "ART aART aut auth prf perf cprt cpy dir prd wrt com ope xpd src pub own apID sonm soar",
    "words": "nam cmt des desc ldes lyr alb grp titl dscp albm kywd gen gnre inf tvsh catg keyw name chpl udes altt",
    "time": "day yrrc date purd crtt mdft prft",
    "device": "mak mod mdln smta saut CNCV CNMN LENS CAME MUID CNDA SNum HMMT info manu modl TAGS mmod slno cmid cmnm",
    "software": "swr too enc encoder FIRM swf fmt",
    "file": "mpvd",
    "picture": "covr THUM snal tnam CNTH",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
PAIRED = frozenset({b"titl", b"auth", b"cprt", b"perf", b"gnre", b"dscp", b"albm", b"kywd"})  # of 3GPP
WHOLE_NUMBERS = frozenset({21, 22, 65, 66, 67, 74, 75, 76, 77, 78})
TYPES_OF_PICTURES = frozenset({12, 13, 14, 27})


def notes(data: Buffer, box: Box, depth: int = 0) -> Iterator[Trace]:
    """Yield what a box of notes gives away; one that is not built as such boxes are is told by what can be read."""
    reader = READERS.get(box.kind)
    if reader is None:
        yield from _plain(data, box)
        return
    try:
        found = list(reader(data, box, depth))
    except (CannotCleanError, struct.error):
        found = list(unknown(data, box))
    yield from found[:MOST_NOTES]


def _kind(name: str) -> str:
    return KIND_OF.get(name.lstrip("©")) or xmp.kind_of(name)


def _plain(data: Buffer, box: Box) -> Iterator[Trace]:
    """Yield what a note of text gives away, or what can be read in one of another kind."""
    kind, raw = _kind(box.name), box.held(data)
    if kind == "file":
        yield Trace(kind, box.name, f"a film, as motion photos have ({box.end - box.body:,} bytes)")
        yield from inside(box.held(data, MOST_HELD), box.name)
    elif kind == "picture":
        yield from picture(box.held(data, MOST_HELD), box.name)
    elif box.kind[:1] == b"\xa9":
        yield from _international(raw, box.name)
    elif box.kind not in PADDING or raw.strip(b"\0"):
        yield Trace(kind, box.name, counted(box.end - box.body, raw), needles=runs(raw))


def _international(raw: bytes, name: str) -> Iterator[Trace]:
    """Yield the texts of a QuickTime note, each with its length and its language before it."""
    at = 0
    while at + 4 <= len(raw):
        (size,) = struct.unpack_from(">H", raw, at)
        if not size or at + 4 + size > len(raw):
            break
        yield from text(_kind(name), name, raw[at + 4 : at + 4 + size])
        at += 4 + size
    if raw[at:].strip(b"\0"):
        yield told(_kind(name), name, raw[at:])


def text(kind: str, where: str, raw: bytes) -> Iterator[Trace]:
    """Yield what a text gives away: the place where it is one of coordinates, else its words."""
    spot = SPOT.match(raw[:64].decode("latin-1"))
    if kind == "place" and spot:
        yield Trace(kind, where, whereabouts(float(spot[1]), float(spot[2])), needles=(spot[0].encode(),))
    elif raw.strip(b"\0"):
        yield told(kind, where, raw)


def _user_data(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    if depth > DEEPEST:
        yield from unknown(data, box)
        return
    for part in boxes(data, box.body, box.end):
        yield from notes(data, part, depth + 1)


def _of_3gpp(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    yield from text(_kind(box.name), box.name, box.held(data)[6:])


def _location(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    """Yield the place that 3GPP's box of locations tells: its name, its coordinates, its planet and further words."""
    raw = box.held(data)
    name, _, rest = raw[6:].partition(b"\0")
    east, north = (number / 65_536 for number in unpacked(">2l", rest, 1, len(rest)))
    yield from text("place", "loci name", name)
    if north or east:
        yield Trace("place", "loci", whereabouts(north, east), needles=(rest[1:9],))
    for words in rest[13:].split(b"\0"):
        yield from text("place", "loci words", words)


def _chapters(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    raw, at = box.held(data), 9
    while at + 9 < len(raw):
        size = raw[at + 8]
        yield told("words", "chapter", raw[at + 9 : at + 9 + size])
        at += 9 + size


def _xmp(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    yield from xmp.traces(box.held(data, MOST_HELD))


def _extension(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    """Yield what a box of somebody's own type gives away."""
    raw = box.held(data, MOST_HELD)
    if raw[:16] == XMP_ID:
        yield from xmp.traces(raw[16:])
    elif raw.strip(b"\0"):
        yield Trace("other", f"uuid {raw[:16].hex()}", counted(box.end - box.body, raw[16:]), needles=runs(raw[16:]))


def _meta(data: Buffer, box: Box, depth: int) -> Iterator[Trace]:
    """Yield the notes of a box of metadata, which begins with a version in MP4 and without one in QuickTime."""
    start = box.body if bytes(data[box.body + 4 : box.body + 8]) in (b"hdlr", b"keys", b"ilst") else box.body + 4
    names: list[str] = []
    for part in boxes(data, start, box.end):
        if part.kind == b"keys":
            names = list(_keys(data, part))
        elif part.kind == b"ilst":
            yield from _items(data, part, names)
        elif part.kind == b"hdlr":
            yield from text("software", "metadata handler", bytes(data[part.body + 24 : part.end]))
        elif part.kind not in (b"free", b"skip"):
            yield from notes(data, part, depth + 1)


def _keys(data: Buffer, box: Box) -> Iterator[str]:
    for key in boxes(data, box.body + 8, box.end):
        yield APPLE.sub("", key.held(data).decode("utf-8", "replace"))


def _items(data: Buffer, box: Box, names: list[str]) -> Iterator[Trace]:
    """Yield each item of a list; its type is a number where a list of names stands before it."""
    for number, item in enumerate(boxes(data, box.body, box.end)):
        if number >= MOST_NOTES:
            return
        place = int.from_bytes(item.kind, "big") - 1
        parts = list(boxes(data, item.body, item.end))
        given = " ".join(p.held(data)[4:].decode("utf-8", "replace") for p in parts if p.kind in (b"mean", b"name"))
        name = names[place] if 0 <= place < len(names) else given or item.name
        for part in parts:
            if part.kind == b"data":
                yield from _item(data, part, name)
        if not parts:
            yield from unknown(data, item)


def _item(data: Buffer, box: Box, name: str) -> Iterator[Trace]:
    (form,) = unpacked(">L", data, box.body, box.end)
    raw = box.held(data, MOST_HELD)[8:]
    form &= 0xFFFFFF
    if form in TYPES_OF_PICTURES or name == "covr":
        yield from picture(raw, name)
    elif form in WHOLE_NUMBERS and len(raw) <= 8:
        yield Trace(_kind(name), name, str(int.from_bytes(raw, "big")))
    else:
        yield from text(_kind(name), name, raw)


READERS: dict[bytes, Callable[[Buffer, Box, int], Iterator[Trace]]] = {
    b"udta": _user_data, b"meta": _meta, b"loci": _location, b"chpl": _chapters, b"XMP_": _xmp, b"uuid": _extension,
    b"smta": _user_data, b"moov": _user_data, **dict.fromkeys(PAIRED, _of_3gpp),
}  # fmt: skip
