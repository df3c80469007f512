"""A second look at a copy of a film: tinytag, and a walk that knows nothing but the paths that a copy may have."""

import re
import struct
from collections.abc import Iterator
from itertools import islice

from forethought.media.buffer import PIECE, Buffer
from forethought.media.held import tags_read

MOST_BOXES = 200_000
ABOVE = frozenset("moov trak tapt edts mdia minf gmhd dinf stbl mvex moof traf".split())
PATHS = frozenset(
    "ftyp styp sidx ssix mfra pdin mdat moov moof moov/mvhd moov/trak moov/mvex moov/mvex/mehd moov/mvex/trex "
    "moov/trak/tkhd moov/trak/edts moov/trak/edts/elst moov/trak/tref moov/trak/tapt moov/trak/tapt/clef "
    "moov/trak/tapt/prof moov/trak/tapt/enof moov/trak/mdia moov/trak/mdia/mdhd moov/trak/mdia/hdlr "
    "moov/trak/mdia/minf moof/mfhd moof/traf moof/traf/tfhd moof/traf/tfdt moof/traf/trun moof/traf/sbgp "
    "moof/traf/sgpd moof/traf/sdtp".split()
    + [f"moov/trak/mdia/minf/{name}" for name in "vmhd smhd gmhd gmhd/gmin nmhd hdlr dinf dinf/dref stbl".split()]
    + [
        f"moov/trak/mdia/minf/stbl/{name}"
        for name in "stsd stts ctts cslg stss stps stsz stz2 stsc stco co64 sdtp sbgp sgpd".split()
    ]
)
PADDING = frozenset({"free", "skip", "wide"})
TIMED = frozenset({"mvhd", "tkhd", "mdhd"})
WORDS = re.compile(rb"[A-Za-z0-9 .,:;/@_+-]{10,}")
ENCODER = re.compile(
    rb"(\x00\x00\x01\xb2(Lavc|XviD|DivX)|auxi....urn:mpeg:)[0-9A-Za-z.:]+", re.DOTALL
)  # decoders go by these
SIGNS = (b"x264 - core", b"x265 (build", b"xmpmeta", b"com.apple.quicktime", b"com.android", b"SEFH")
PROFILE = re.compile(rb"(scnr|mntr|prtr|spac)[A-Z ]{7} ")  # what a colour profile is for, and its colour spaces
SHOWN = frozenset({b"vide", b"soun", b"pict", b"auxv"})
Place = tuple[str, int, int]


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with tinytag and by a strict walk, and yield what either still finds."""
    yield from walked(data)
    yield from (f"{sign.decode()} in its bytes" for sign in SIGNS if data.find(sign) >= 0)
    if bytes(data[4:8]) == b"ftyp":
        yield from tags_read(data)


def walked(data: Buffer, besides: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield everything in a copy that no copy of a film has, but for the boxes at these paths besides."""
    places: list[Place] = []
    try:
        for path, start, end in _places(data):
            places.append((path, start, end))
            yield from _doubt(data, path, start, end, besides)
        if not besides:
            yield from _loose(data, places)
    except (struct.error, LookupError, ValueError, OverflowError):
        yield "its boxes cannot be read to their end"


def _places(data: Buffer) -> Iterator[Place]:
    """Yield the path of every box, and where what it holds starts and ends."""
    waiting = [("", 0, len(data))]
    for _ in range(MOST_BOXES):
        if not waiting:
            return
        path, at, end = waiting.pop()
        if at == end:
            continue
        size, kind = struct.unpack(">L4s", data[at : at + 8])
        head = 16 if size == 1 else 8
        size = struct.unpack(">Q", data[at + 8 : at + 16])[0] if size == 1 else size or end - at
        if size < head or at + size > end:
            raise ValueError(path)
        waiting.append((path, at + size, end))
        name = kind.decode("latin-1")
        if name in ABOVE:
            waiting.append((f"{path}{name}/", at + head, at + size))
        yield path + name, at + head, at + size
    raise ValueError("too many boxes")


def _doubt(data: Buffer, path: str, start: int, end: int, besides: frozenset[str]) -> Iterator[str]:
    name = path.rpartition("/")[2]
    if name in PADDING:
        if _says(data, start, end):
            yield f"padding at {start} that is not empty"
    elif path not in PATHS and path not in besides:
        yield f"a box {path} at {start}"
    elif name in TIMED and any(data[start + 4 : start + (20 if data[start] else 12)]):
        yield f"a time in {path} at {start}"
    elif path.endswith("/hdlr"):
        yield from _handler(data, path, start, end)
    elif name == "stsd" and WORDS.search(ENCODER.sub(b"", PROFILE.sub(b"", bytes(data[start:end])))):
        yield f"words in {path} at {start}"
    elif path == "moov/trak/tref" and re.search(rb"chap|tmcd|cdsc|hint", bytes(data[start:end])):
        yield "a track that leads to another, which is not shown"


def _handler(data: Buffer, path: str, start: int, end: int) -> Iterator[str]:
    if any(data[start + 12 : end]):
        yield f"a name in {path} at {start}"
    if path.startswith("moov/trak/mdia/hdlr") and bytes(data[start + 8 : start + 12]) not in SHOWN:
        yield f"a track at {start} that is neither picture nor sound"


def _says(data: Buffer, start: int, end: int) -> bool:
    return any(any(data[at : min(at + PIECE, end)].strip(b"\0")) for at in range(start, end, PIECE))


def _loose(data: Buffer, places: list[Place]) -> Iterator[str]:
    """Yield that bytes which no sample uses are not empty, in a film that is not in fragments."""
    if any(path.startswith("moof") for path, _, _ in places):
        return
    used, table = list[tuple[int, int]](), dict[str, tuple[int, int]]()
    for path, start, end in [*places, ("moov/trak", 0, 0)]:
        if path == "moov/trak" and table:
            used += _used(data, table)
            table = {}
        table |= {path[-4:]: (start, end)} if path.startswith("moov/trak/") else {}
    used.sort()
    for path, start, end in places:
        if path == "mdat" and any(_says(data, *gap) for gap in _gaps(start, end, used)):
            yield f"bytes at {start} that no track uses"


def _gaps(start: int, end: int, used: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, last in used:
        if start <= first < end:
            yield start, first
        start = max(start, min(last, end)) if first < end else start
    yield start, end


def _used(data: Buffer, table: dict[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where a track's samples lie, one by one; chunks of sound without sizes reach as far as they may."""
    offsets = _numbers(data, table["co64"], "Q", 8) if "co64" in table else _numbers(data, table["stco"], "L", 8)
    (constant,) = struct.unpack(">L", data[table["stsz"][0] + 4 : table["stsz"][0] + 8])
    sizes = iter([]) if constant else iter(_numbers(data, table["stsz"], "L", 12))
    rows = _numbers(data, table["stsc"], "L", 8)
    each, row = 0, 0
    for number, at in enumerate(offsets, 1):
        if row < len(rows) and rows[row] == number:
            each, row = rows[row + 1], row + 3
        for size in islice(sizes, each):
            yield at, at + size
            at += size
        if constant:
            yield at, at + max(constant * each, 8 * each)


def _numbers(data: Buffer, place: tuple[int, int], letter: str, head: int) -> list[int]:
    start, end = place
    count = (end - start - head) // struct.calcsize(f">{letter}")
    return list(
        struct.unpack(f">{count}{letter}", data[start + head : start + head + count * struct.calcsize(f">{letter}")])
    )
