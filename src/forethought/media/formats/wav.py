"""WAV sound, RF64 too: every chunk that the sound does not need becomes empty JUNK, and the samples stay."""

import re
import struct
from collections.abc import Iterable, Iterator

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, tags_read, zeros
from forethought.media.sound import riff
from forethought.media.sound.riff import Chunk
from forethought.media.trace import Trace

NEEDED = {b"fmt ": 1 << 12, b"data": 1 << 62, b"fact": 16, b"ds64": 1 << 12}  # and the bytes they may have
MOST = 100_000  # chunks
NOTES = re.compile(rb"LIST.{4}(INFO|adtl)", re.DOTALL)
LARGE = (b"RF64", b"BW64")


def chunks(data: Buffer) -> list[Chunk]:
    """Return the chunks of a file. Raises DamagedError."""
    is_large = bytes(data[:4]) in LARGE
    if (not is_large and data[:4] != b"RIFF") or data[8:12] != b"WAVE":
        raise DamagedError(riff.BROKEN)
    end, size = _large(data) if is_large else (_end(data), _unfinished(data))
    sizes = {b"data": size} if size is not None else {}
    try:
        return list(riff.chunks(data, 12, end, sizes, MOST))
    except DamagedError:  # the size of the whole may be wrong where those of its chunks are right
        return list(riff.chunks(data, 12, len(data), sizes, MOST))


def _end(data: Buffer) -> int:
    """Return where the file says that it ends, or where it breaks off before that."""
    return len(data) if int.from_bytes(data[4:8], "little") + 8 > len(data) else riff.file_end(data)


def _large(data: Buffer) -> tuple[int, int]:
    """Return where a file of 64 bits ends, and the size of its sound."""
    if data[12:16] != b"ds64" or len(data) < 36:
        raise DamagedError(riff.BROKEN)
    whole, sound = struct.unpack("<QQ", data[20:36])
    if whole + 8 > len(data) + 8:
        raise DamagedError(riff.SHORT)
    return min(whole + 8, len(data)), sound


def _unfinished(data: Buffer) -> int | None:
    """Return the size of the sound of a file that was never finished, or breaks off in it; None for a whole one."""
    is_open = int.from_bytes(data[4:8], "little") in (0, riff.ENDLESS)
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"data":
            if at + 8 + size > len(data) and NOTES.search(data, at + 8):
                raise DamagedError("its sound runs into what stands behind it")
            is_endless = is_open and size in (0, riff.ENDLESS)
            return len(data) - at - 8 if is_endless or at + 8 + size > len(data) else None
        at += 8 + size + size % 2
    return None


def _checked(data: Buffer) -> list[Chunk]:
    """Return the chunks of a file that holds sound. Raises DamagedError."""
    found = chunks(data)
    names = [chunk.name for chunk in found]
    if names.count(b"fmt ") != 1 or names.count(b"data") != 1:
        raise DamagedError("it does not hold one sound alone")
    return found


def is_needed(chunk: Chunk) -> bool:
    """Tell whether a chunk stays."""
    return chunk.end - chunk.body <= NEEDED.get(chunk.name, -1)


def _rests(data: Buffer, chunk: Chunk) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a chunk that stays which nothing reads: more than it needs, and the byte behind it."""
    if chunk.name == b"fmt " and (start := _form_end(data, chunk)) < chunk.end:
        yield start, chunk.end
    if chunk.name == b"ds64":
        (count,) = struct.unpack("<L", data[chunk.body + 24 : chunk.body + 28].ljust(4, b"\0"))
        yield min(chunk.body + 28 + 12 * count, chunk.end), chunk.end
    yield chunk.end, chunk.after


def _form_end(data: Buffer, chunk: Chunk) -> int:
    """Return where the words that describe the samples end."""
    more = int.from_bytes(data[chunk.body + 16 : chunk.body + 18], "little") if chunk.end - chunk.body >= 18 else 0
    is_plain = data[chunk.body : chunk.body + 2] == b"\1\0"
    return min(chunk.body + (18 + more if more and not is_plain else 16), chunk.end)


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a WAV gives away."""
    found = _checked(data)
    for chunk in found:
        if is_needed(chunk):
            for start, end in _rests(data, chunk):
                if not is_empty(data, start, end):
                    yield Trace("other", f"behind {chunk.name.decode()}", counted(end - start, bytes(data[start:end])))
        elif chunk.name and not riff.is_blank(data, chunk):
            yield from riff.traces(data, chunk, "WAV")
        elif not chunk.name and not is_empty(data, chunk.start, chunk.end):
            yield Trace("other", "behind its chunks", counted(chunk.end - chunk.start))
    if (end := found[-1].after) < len(data):
        yield Trace("other", "after the end", counted(len(data) - end, bytes(data[end : end + 4_096])))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a WAV's sound in its place, and nothing behind it."""
    found = _checked(data)
    for chunk in found:
        if is_needed(chunk):
            for start, end in _rests(data, chunk):
                yield from zeros(start, end)
        elif not riff.is_blank(data, chunk):
            yield from riff.junked(data, chunk)
    yield Change(found[-1].after, len(data))


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with tinytag, and with a walk that allows nothing but sound, its form and empty filling."""
    yield from tags_read(data) if data[:4] == b"RIFF" else ()
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"data" and size == 0xFFFFFFFF and data[:4] != b"RIFF":
            size = int.from_bytes(data[28:36], "little")
        elif name == b"data" and (size == 0 or at + 8 + size > len(data)):
            size = len(data) - at - 8 if size or data[4:8] in (b"\0\0\0\0", b"\xff\xff\xff\xff") else 0
        is_filled = name in EMPTY and not is_empty(data, at + 8, at + 8 + size)
        if name not in ALLOWED or is_filled or (name in SHORT and size > 4_096):
            yield f"a chunk at {at} that no copy has"
        at += 8 + size + (size % 2 and data[at + 8 + size : at + 12 + size] != b"JUNK")
    if bytes(data[at:]).strip(b"\0") or at > len(data) + 1:
        yield "something behind its chunks"


EMPTY = frozenset((b"JUNK", b"junk", b"PAD ", b"FLLR", b"FREE", b"fill"))
SHORT = frozenset((b"fmt ", b"fact", b"ds64"))
ALLOWED = EMPTY | SHORT | {b"data"}

FORMAT = Format("WAV", "sound", ("wav",), traces, clean, doubts)
