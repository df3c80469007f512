"""The last look at a copy: whether the bytes of what was taken out still lie in it anywhere, packed or not."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from html import unescape

from forethought.media.buffer import PIECE, Buffer, DamagedError, TooLargeError
from forethought.media.trace import Trace

SHORTEST = 6  # letters of a value below which it may stand anywhere by chance
MOST_INFLATED = 256 << 20
MOST_STREAMS = 20_000
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
FED = 16 << 10  # packed bytes that are unpacked at once
DEEPEST = 4  # archives in archives
PACKING = (b"\x89PNG", b"%PDF", b"II*\0", b"MM\0*")  # how copies begin that hold packed streams
GZIP = b"\x1f\x8b"
LEAST = 3  # different bytes of a needle; fewer stand in any coded picture
PACKED = re.compile(rb"x[\x01\x5e\x9c\xda]")  # how a deflated stream begins
COUNTED = re.compile(r"^[\d,]+ bytes")
OVERLAP = 2_048  # bytes of a piece that the next one has too
FEW, START = 50, 8  # needles that are simply looked for, and the bytes from where a word starts that others go by
BREAK = b"\n\xff\n"  # between streams that are searched together
WORDS = re.compile(rb"[0-9A-Za-z]{4,}|(?:[0-9A-Za-z]\0){3,}[0-9A-Za-z]|[\x80-\xff]{6,}")
WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?<[?!A-Za-z]")  # how XML begins
TAG, HELD = re.compile(r"<[^>]*>"), re.compile(r'\s(?!xmlns)[^\s="]+="([^"]*)"')
CHOICE = re.compile(r"[a-z][A-Za-z]*(?:-[a-z]+)*")  # one of the values that a format lets an attribute have
OWN = re.compile(r"\[Content_Types\]\.xml|(application/|https?://(schemas|purl|www\.w3)\.|urn:(schemas|oasis))\S*")


def remains(traces: Iterable[Trace], copy: Buffer, shown: str) -> Iterator[str]:
    """Yield each trace whose value still lies in a copy, in its bytes or its packed streams.

    What stands in the text that a person sees is no remains: it was not hidden, and stays.
    """
    seen = Stretch(shown.encode("utf-8", "replace"))
    hidden = (trace for trace in traces if not seen.holds(trace.value.strip().encode("utf-8", "replace")))
    wanted = {trace: found for trace in hidden if (found := tuple(needles(trace)))}
    if not wanted:
        return
    for where, stretch in stretches(copy):
        for trace in [trace for trace, found in wanted.items() if any(map(stretch.holds, found))]:
            yield f"{trace.where}: its value still lies in {where}"
            del wanted[trace]


def needles(trace: Trace) -> Iterator[bytes]:
    """Yield the bytes by which a trace's value would be known again; bare words of a format's own are no such."""
    value = trace.value.strip()
    yield from (needle for needle in trace.needles if len(needle) >= SHORTEST and len({*needle}) >= LEAST)
    is_bare = trace.kind == "other" and not re.search(r"\s", value)
    if is_bare or len(value) < SHORTEST or COUNTED.match(value) or not any(map(str.isalpha, value)):
        return
    yield from dict.fromkeys(value.encode(encoding, "replace") for encoding in ENCODINGS)


class Stretch:
    """Bytes in which much is looked for: what has a word that is nowhere in them is not looked for any further."""

    def __init__(self, raw: bytes, marked: bool = False) -> None:
        """Take the bytes, and whether they are what an XML file says, where a word alone is found whole only."""
        self.raw, self.marked, self.tried = raw, marked, 0

    @cached_property
    def _words(self) -> bytes:
        return b"\n".join({*WORDS.findall(self.raw)})

    @cached_property
    def _alone(self) -> set[bytes]:
        return {*WORD.findall(self.raw)}

    @cached_property
    def _starts(self) -> set[bytes]:
        return {*_starts(self.raw)}

    def holds(self, needle: bytes) -> bool:
        """Tell whether the needle lies in these bytes."""
        if self.marked and WORD.fullmatch(needle):
            return needle in self._alone
        if self.marked and b"\0" in needle:
            return False
        self.tried += 1
        return (self.tried <= FEW or self._may(needle)) and needle in self.raw

    def _may(self, needle: bytes) -> bool:
        """Tell whether the needle can lie here, by what is found once for all needles: where words start, or words."""
        starts = _starts_of(needle)
        if starts:
            return self._starts.issuperset(starts)
        return all(word in self._words for word in WORDS.findall(needle))


def _starts(raw: bytes) -> Iterator[bytes]:
    """Yield the bytes that follow where a word starts after another sign, as many as are compared."""
    last = len(raw) - START
    yield from (raw[at : at + START] for found in WORD.finditer(raw) if 0 < (at := found.start()) <= last)


@lru_cache(maxsize=20_000)
def _starts_of(needle: bytes) -> tuple[bytes, ...]:
    return tuple(_starts(needle))


def stretches(copy: Buffer) -> Iterator[tuple[str, Stretch]]:
    """Yield a copy's bytes in pieces that overlap, and whatever lies packed in it, with a name of where.

    Of an archive only its members are looked at, since it is checked to be nothing else.
    """
    if bytes(copy[:2]) == b"PK":
        yield from members(bytes(copy))
        return
    if bytes(copy[:2]) == GZIP:
        yield from _cut("what is packed in it", zlib.decompressobj(31).decompress(bytes(copy), MOST_INFLATED))
    yield from _cut("its bytes", copy)
    if bytes(copy[:4]) in PACKING:
        for stream in _joined(inflated(copy)):
            yield from _cut("a packed stream", stream)


def _cut(where: str, held: Buffer, marked: bool = False) -> Iterator[tuple[str, Stretch]]:
    for at in range(0, len(held), PIECE):
        yield where, Stretch(bytes(held[at : at + PIECE + OVERLAP]), marked)


def members(archive: bytes, deep: int = DEEPEST) -> Iterator[tuple[str, Stretch]]:
    """Yield what each member of a zip archive unpacks to, and its name; archives in it too."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            for each in opened.infolist():
                text = opened.read(each)
                yield each.filename, Stretch(_free(each.filename).encode(), marked=True)
                if text[:2] == b"PK" and deep:
                    yield from members(text, deep - 1)
                is_marked = bool(MARKUP.match(text))
                yield from _cut(each.filename, said(text) if is_marked else text, is_marked)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise DamagedError("an archive in it cannot be searched") from error


def said(text: bytes) -> bytes:
    """Return what an XML file says: its text in one, and each value of an attribute that its format did not choose.

    So a word that was deleted is not found again in the name of an element, or where something is aligned.
    """
    decoded = text.decode("utf-8", "replace")
    values = dict.fromkeys(held for tag in dict.fromkeys(TAG.findall(decoded)) for held in HELD.findall(tag))
    whole = " ".join(unescape(TAG.sub("", decoded)).split())
    return "\n".join([whole, *(_free(unescape(value)) for value in values)]).encode("utf-8", "replace")


def _free(value: str) -> str:
    """Return a value without what its format chose; of a path, the steps that it did not choose."""
    if CHOICE.fullmatch(value) or OWN.fullmatch(value):
        return ""
    steps = re.split(r"[/.]", value) if "/" in value and " " not in value else [value]
    return "/".join(step for step in steps if not CHOICE.fullmatch(step)) if len(steps) > 1 else value


def _joined(streams: Iterable[bytes]) -> Iterator[bytes]:
    """Yield streams, many small ones as one."""
    waiting, size = list[bytes](), 0
    for stream in streams:
        waiting.append(stream)
        size += len(stream)
        if size >= PIECE:
            yield BREAK.join(waiting)
            waiting, size = [], 0
    yield BREAK.join(waiting)


def inflated(copy: Buffer) -> Iterator[bytes]:
    """Yield what each deflated stream in a copy unpacks to, as far as it does."""
    left = MOST_INFLATED
    for number, found in enumerate(PACKED.finditer(copy)):
        if number > MOST_STREAMS or left < 0:
            raise TooLargeError("more is packed in it than can be searched")
        if text := _unpacked(copy, found.start(), left):
            left -= len(text)
            yield text


def _unpacked(copy: Buffer, at: int, most: int) -> bytes:
    """Return what a deflated stream that may begin here unpacks to; nothing where there is none."""
    unpacker, found, size = zlib.decompressobj(), list[bytes](), 0
    try:
        while not unpacker.eof and size < most and (packed := copy[at : at + FED]):
            found.append(unpacker.decompress(packed, most - size))
            size, at = size + len(found[-1]), at + FED
    except zlib.error:
        return b"".join(found)
    return b"".join(found)
