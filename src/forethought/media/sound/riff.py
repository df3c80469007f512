"""RIFF: chunks and lists of chunks, as WAV and AVI files are made of; what is not needed becomes JUNK in place.

Chunks: Microsoft's and IBM's RIFF (1991), EBU Tech 3285 (bext), 3306 (RF64), AES46 (cart), OpenDML (1997).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.held import MOST_READ, counted, is_empty, text_of, told, zeros
from forethought.media.pictures import xmp
from forethought.media.sound import id3
from forethought.media.trace import Trace

SHORT, BROKEN = "it breaks off before its end", "its chunks are not built as chunks are"
MOST_CHUNKS, MOST_TEXTS, ENDLESS, MOST_TAG = 5_000_000, 10_000, 0xFFFFFFFF, 64 << 20
EMPTY = frozenset({b"JUNK", b"junk", b"PAD ", b"FLLR", b"FREE", b"fill"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: its name, the form of a list, and where it, its bytes, and the byte that evens it out stand."""

    name: bytes
    form: bytes
    start: int
    end: int
    after: int

    @property
    def body(self) -> int:
        """Where its bytes begin; those of a list begin behind its form."""
        return min(self.start + (12 if self.form else 8), self.end)


def chunks(
    data: Buffer, start: int, end: int, sizes: dict[bytes, int] | None = None, most: int = MOST_CHUNKS
) -> Iterator[Chunk]:
    """Yield the chunks of a stretch; fewer than 8 bytes left over are one without a name. Raises DamagedError.

    `sizes` holds those that a chunk cannot tell itself; `most` is how many there may be.
    """
    at = start
    for _ in range(most):
        if at + 8 > end:
            if at < end:
                yield Chunk(b"", b"", at, end, end)
            return
        chunk = _chunk(data, at, end, sizes or {})
        yield chunk
        at = chunk.after
    raise DamagedError("it is made of too many parts")


def _chunk(data: Buffer, at: int, end: int, sizes: dict[bytes, int]) -> Chunk:
    name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
    size = sizes.get(name, size) if size in (0, ENDLESS) or at + 8 + size > end else size
    if at + 8 + size > end:
        raise DamagedError(SHORT)
    stop = at + 8 + size
    form = bytes(data[at + 8 : at + 12]) if name in (b"LIST", b"RIFF") and size >= 4 else b""
    return Chunk(name, form, at, stop, min(stop + (size % 2 and not _is_uneven(data, stop)), end))


def _is_uneven(data: Buffer, at: int) -> bool:
    """Tell whether the next chunk begins here, since the byte that evens out the one before was left out."""
    return bytes(data[at : at + 4]) in FOLLOWING and bytes(data[at + 1 : at + 5]) not in FOLLOWING


def file_end(data: Buffer, start: int = 0) -> int:
    """Return where the RIFF that begins here ends; one that was never finished runs to the end of the file.

    Raises DamagedError.
    """
    size = int.from_bytes(data[start + 4 : start + 8], "little")
    if size in (0, ENDLESS):
        return len(data)
    end = start + 8 + size
    if end > len(data) + 8 or len(data) < start + 12:
        raise DamagedError(SHORT)
    return min(end + size % 2, len(data))


def is_blank(data: Buffer, chunk: Chunk) -> bool:
    """Tell whether a chunk is there only to fill."""
    return chunk.name in EMPTY and is_empty(data, chunk.start + 8, chunk.after)


def junked(data: Buffer, chunk: Chunk) -> Iterator[Change]:
    """Yield the changes that make a chunk filling of the same size."""
    if chunk.name:
        yield Change(chunk.start, chunk.start + 4, b"JUNK")
        yield from zeros(chunk.start + 8, chunk.after)
    else:
        yield from zeros(chunk.start, chunk.after)


def traces(data: Buffer, chunk: Chunk, where: str) -> Iterator[Trace]:
    """Yield what a chunk gives away that does not stay; `where` begins each field's name."""
    if chunk.form:
        yield from _list_traces(data, chunk, where)
        return
    raw = bytes(data[chunk.body : min(chunk.end, chunk.body + MOST_TAG)])
    name = text_of(chunk.name) or "chunk"
    if chunk.name.lower() == b"id3 ":
        yield from id3.traces(raw)
    elif chunk.name == b"_PMX":
        yield from xmp.traces(raw)
    elif chunk.name == b"bext":
        yield from _fields(raw, BEXT, f"{where} bext")
    elif chunk.name == b"cart":
        yield from _fields(raw, CART, f"{where} cart")
    else:
        yield told(KINDS.get(chunk.name, "other"), f"{where} {name}".strip(), raw)


def _list_traces(data: Buffer, chunk: Chunk, where: str) -> Iterator[Trace]:
    """Yield what a list of texts gives away, field by field where it can be read."""
    form = text_of(chunk.form) or "list"
    found = False
    try:
        for below in chunks(data, chunk.body, chunk.end, most=MOST_TEXTS):
            raw = bytes(data[below.start + 8 : min(below.end, below.start + 8 + MOST_READ)])
            raw = raw[4:] if below.name in (b"labl", b"note", b"ltxt") else raw
            if raw.strip(b"\0 "):
                found = True
                kind = KINDS.get(below.name, "words" if chunk.form == b"INFO" else "other")
                yield told(kind, f"{where} {form} {text_of(below.name)}".strip(), raw)
    except DamagedError:
        found = False
    if not found:
        raw = bytes(data[chunk.body : min(chunk.end, chunk.body + MOST_READ)])
        yield Trace("other", f"{where} {form}".strip(), counted(chunk.end - chunk.body, raw))


def _fields(raw: bytes, fields: tuple[tuple[str, str, int, int], ...], where: str) -> Iterator[Trace]:
    """Yield what the fields of a chunk with fixed places give away."""
    found = False
    for name, kind, start, end in fields:
        if raw[start:end].strip(b"\0 "):
            found = True
            yield told(kind, f"{where} {name}", raw[start:end].rstrip(b"\0 "))
    if not found:
        yield Trace("other", where, counted(len(raw)))


BEXT = (
    ("Description", "words", 0, 256), ("Originator", "device", 256, 288), ("OriginatorReference", "device", 288, 320),
    ("OriginationDate", "time", 320, 330), ("OriginationTime", "time", 330, 338), ("TimeReference", "time", 338, 346),
    ("UMID", "device", 348, 412), ("Reserved", "other", 422, 602), ("CodingHistory", "software", 602, 1 << 20),
)  # fmt: skip
CART = (
    ("Title", "words", 4, 68), ("Artist", "person", 68, 132), ("CutID", "words", 132, 196),
    ("ClientID", "person", 196, 260), ("Category", "words", 260, 324), ("Classification", "words", 324, 388),
    ("OutCue", "words", 388, 452), ("StartDate", "time", 452, 470), ("EndDate", "time", 470, 488),
    ("ProducerAppID", "software", 488, 616), ("UserDef", "words", 616, 680), ("Reserved", "other", 684, 1024),
    ("URL", "contact", 1024, 2048), ("TagText", "words", 2048, 1 << 20),
)  # fmt: skip
KINDS = {
    b"IART": "person", b"IENG": "person", b"ICOP": "person", b"ITCH": "person", b"ICMS": "person", b"IWRI": "person",
    b"ISTR": "person", b"IPRO": "person", b"ICRD": "time", b"IDIT": "time", b"IDPI": "other", b"ISFT": "software",
    b"ITOC": "other", b"ISMP": "time", b"ISRC": "person", b"ISRF": "words", b"IARL": "place", b"ILOC": "place",
    b"ICNT": "place", b"IBSU": "contact", b"IWEB": "contact", b"IURL": "contact", b"ecor": "device",
    b"emdl": "device", b"emnt": "device", b"etim": "time", b"eucm": "words", b"erel": "file", b"labl": "words",
    b"note": "words", b"ltxt": "words", b"strn": "words", b"strd": "device", b"iXML": "words", b"axml": "words",
    b"aXML": "words", b"DISP": "words", b"PEAK": "time", b"afsp": "words", b"guan": "device",
}  # fmt: skip
FOLLOWING = frozenset({*KINDS, *EMPTY, *(b"LIST fact data smpl inst cart bext".split()), b"cue ", b"id3 ", b"ID3 "})
