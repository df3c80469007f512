"""AVI films, those in several RIFFs too: what picture and sound do not need becomes empty JUNK in its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, zeros
from forethought.media.sound import riff
from forethought.media.sound.riff import Chunk
from forethought.media.trace import Trace

PIECE = re.compile(rb"[0-9A-Fa-f]{2}(?:db|dc|wb|pc|iv)|ix[0-9A-Fa-f]{2}")
NEEDED = {
    b"AVI ": frozenset((b"hdrl", b"movi", b"idx1")), b"AVIX": frozenset((b"movi", b"idx1")),
    b"hdrl": frozenset((b"avih", b"strl", b"odml")), b"strl": frozenset((b"strh", b"strf", b"indx", b"vprp")),
    b"odml": frozenset((b"dmlh",)), b"movi": frozenset((b"rec ",)), b"rec ": frozenset(),
}  # fmt: skip
USED = {b"avih": 40, b"strh": 56, b"dmlh": 4}  # the bytes of these that anything reads; the rest is reserved
MOST = {b"avih": 256, b"strh": 256, b"dmlh": 1 << 10, b"strf": 1 << 16, b"vprp": 1 << 12}
TIMED = frozenset((b"dvsd", b"dvhd", b"dvsl", b"dv25", b"dv50", b"dvc ", b"dvcp"))
MOST_RIFFS = 10_000
CANNOT_TELL = "it holds subtitles or another stream that is neither picture nor sound"
RECORDED = "its frames hold the time of recording, which cannot be taken out of them: save it as an MP4 first"


@dataclass(frozen=True, slots=True)
class Item:
    """A chunk, the list it stands in, and whether it stays."""

    chunk: Chunk
    parent: bytes
    is_kept: bool


def _riffs(data: Buffer) -> Iterator[Chunk]:
    """Yield the RIFFs of a film. Raises DamagedError."""
    at = 0
    for _ in range(MOST_RIFFS):
        form = bytes(data[at + 8 : at + 12])
        if data[at : at + 4] != b"RIFF" or form not in ((b"AVIX",) if at else (b"AVI ",)):
            break
        end = riff.file_end(data, at)
        yield Chunk(b"RIFF", form, at, end, end)
        at = end
    if not at:
        raise DamagedError(riff.BROKEN)


def items(data: Buffer) -> Iterator[Item]:
    """Yield every chunk of a film, lists that stay before what they hold. Raises DamagedError."""
    streams = 0
    for whole in _riffs(data):
        for item in _below(data, whole):
            streams += item.chunk.form == b"strl"
            yield item
    if not streams:
        raise DamagedError("it holds neither picture nor sound")


def _below(data: Buffer, parent: Chunk) -> Iterator[Item]:
    for chunk in riff.chunks(data, parent.body, parent.end):
        kept = _is_kept(chunk, parent.form)
        yield Item(chunk, parent.form, kept)
        if kept and chunk.form:
            yield from _below(data, chunk)


def _is_kept(chunk: Chunk, parent: bytes) -> bool:
    if chunk.form:
        return chunk.form in NEEDED[parent] and chunk.form in NEEDED
    if parent in (b"movi", b"rec "):
        return bool(PIECE.fullmatch(chunk.name))
    return chunk.name in NEEDED[parent] and chunk.end - chunk.body <= MOST.get(chunk.name, 1 << 31)


def _streams(data: Buffer) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the kind of each stream, and the two names of how it is packed."""
    for item in items(data):
        if item.chunk.name == b"strh":
            head = bytes(data[item.chunk.body : item.chunk.body + 8])
            kind, packed = head[:4], head[4:].lower()
        elif item.chunk.name == b"strf" and item.parent == b"strl":
            yield kind, packed, bytes(data[item.chunk.body + 16 : item.chunk.body + 20]).lower()
        elif item.chunk.form == b"movi":
            return
        elif item.chunk.form == b"strl":
            kind, packed = b"", b""


def _why_not(data: Buffer) -> str:
    """Return why a film cannot be cleaned, or nothing."""
    for kind, packed, form in _streams(data):
        if kind not in (b"vids", b"auds") or (kind == b"vids" and b"dxsb" in (packed, form)):
            return CANNOT_TELL if kind != b"iavs" else RECORDED
        if kind == b"vids" and (packed in TIMED or form in TIMED):
            return RECORDED
    return ""


def _rests(item: Item) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a chunk that stays which nothing reads."""
    chunk = item.chunk
    if chunk.name in USED:
        yield min(chunk.body + USED[chunk.name], chunk.end), chunk.end
    if not chunk.form:
        yield chunk.end, chunk.after


def _film_end(data: Buffer) -> int:
    return max(whole.after for whole in _riffs(data))


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what an AVI gives away."""
    if why := _why_not(data):
        yield Trace("time" if why == RECORDED else "words", "AVI stream", why)
    for item in items(data):
        chunk = item.chunk
        if item.is_kept:
            for start, end in _rests(item):
                if not is_empty(data, start, end):
                    said = counted(end - start, bytes(data[start:end]))
                    yield Trace("other", f"behind AVI {chunk.name.decode('latin-1')}", said)
        elif chunk.name and not riff.is_blank(data, chunk):
            yield from riff.traces(data, chunk, "AVI")
        elif not chunk.name and not is_empty(data, chunk.start, chunk.end):
            yield Trace("other", "behind its chunks", counted(chunk.end - chunk.start))
    if (end := _film_end(data)) < len(data):
        yield Trace("other", "after the end", counted(len(data) - end, bytes(data[end : end + 4_096])))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave an AVI's picture and sound in their places. Raises CannotCleanError."""
    if why := _why_not(data):
        raise CannotCleanError(why)
    for item in items(data):
        if item.is_kept:
            for start, end in _rests(item):
                yield from zeros(start, end)
        elif not riff.is_blank(data, item.chunk):
            yield from riff.junked(data, item.chunk)
    yield Change(_film_end(data), len(data))


def doubts(data: Buffer) -> Iterator[str]:
    """Walk through a copy once more, allowing nothing but what it may hold in the places where it may stand."""
    at, ends = 0, [(len(data), "")]
    while at + 8 <= len(data):
        while at >= ends[-1][0] and len(ends) > 1:
            ends.pop()
        name, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        size = len(data) - at - 8 if name == b"RIFF" and size in (0, 0xFFFFFFFF) else size
        form = bytes(data[at + 8 : at + 12]).decode("latin-1") if name in (b"RIFF", b"LIST") else ""
        path = f"{ends[-1][1]}/{form or name.decode('latin-1')}"
        if not ALLOWED.fullmatch(path):
            yield f"{path!r} at {at}, which no copy has"
            form = ""
        elif name in riff.EMPTY and not is_empty(data, at + 8, min(at + 8 + size, len(data))):
            yield f"filling at {at} that is not empty"
        if form:
            ends.append((at + 8 + size, path))
        at += 12 if form else 8 + size + size % 2
    if not is_empty(data, min(at, len(data)), len(data)):
        yield "something behind its end"


ALLOWED = re.compile(
    r"/AVI[ X](/(JUNK|PAD |junk|FREE|FLLR|fill|idx1|hdrl(/(avih|JUNK|junk|odml(/(dmlh|JUNK|junk))?|"
    r"strl(/(strh|strf|indx|vprp|JUNK|junk))?))?|movi((/rec )?(/(JUNK|junk|ix\w\w|[0-9A-Fa-f]{2}(db|dc|wb|pc|iv)))?)))?"
)

FORMAT = Format("AVI", "film", ("avi",), traces, clean, doubts)
