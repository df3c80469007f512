"""MP3 sound: every frame of sound stays, byte for byte, and all tags and other bytes around them are dropped.

Frames: ISO/IEC 11172-3 and 13818-3; the first one's count of frames as Xing and LAME write it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, tags_read, zeros
from forethought.media.sound.behind import Tag, tag_at, tag_before, tags_behind
from forethought.media.trace import Trace

RATES = {
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
}  # kilobits a second by version and layer, as the header numbers both
RATES |= {(2, 2): RATES[2, 1], (0, 1): RATES[2, 1], (0, 2): RATES[2, 1], (0, 3): RATES[2, 3]}
SPEEDS = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
FIXED = 0xFFFE0C00  # the bits of a header that are the same in every frame of a file
CONFIRMED, MOST_PARTS, MOST_PLACES = 3, 100_000, 1_000_000
SIGNS = re.compile(rb"\xff(?=[\xe2-\xff][^\x00-\x0f\xf0-\xff])|ID3|TAG|APETAGEX|LYRICSBEGIN")
ENCODERS = (b"LAME", b"Lavc", b"Lavf", b"L3.9", b"GOGO")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch: sound, a tag, or bytes that are neither."""

    start: int
    end: int
    is_sound: bool = False
    tag: Tag | None = None


def frame_size(header: int) -> int:
    """Return the size of the frame that a header of 32 bits begins; 0 where it is no header."""
    version, layer = header >> 19 & 3, header >> 17 & 3
    rate, speed, pad = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    if header >> 21 != 0x7FF or version == 1 or not layer or rate in (0, 15) or speed == 3 or header & 3 == 2:
        return 0
    bits, hertz = RATES[version, layer][rate - 1] * 1_000, SPEEDS[version][speed]
    if layer == 3:
        return (12 * bits // hertz + pad) * 4
    return (72 if version != 3 and layer == 1 else 144) * bits // hertz + pad


def _size_at(data: Buffer, at: int, like: int, stop: int) -> int:
    """Return the size of the whole frame that begins here and is like another one; 0 where there is none."""
    header = int.from_bytes(data[at : at + 4])
    size = frame_size(header)
    return size if size and at + size <= stop and _key(header) == like else 0


def _key(header: int) -> int:
    """Return what is the same in every frame of a sound: the bits that stay, and whether it has one channel."""
    return header & FIXED | (0xC0 if header & 0xC0 == 0xC0 else 0)


def _key_at(data: Buffer, at: int) -> int:
    return _key(int.from_bytes(data[at : at + 4]))


def _begins(data: Buffer, at: int) -> bool:
    """Tell whether frames follow one another from here, or up to a tag or the end."""
    like = _key_at(data, at)
    for _ in range(CONFIRMED):
        size = _size_at(data, at, like, len(data))
        if not size:
            return False
        at += size
        if at == len(data) or tag_at(data, at):
            return True
    return True


def parts(data: Buffer) -> Iterator[Part]:
    """Yield a file as sound, tags and other bytes, without gaps. Raises DamagedError."""
    behind = tags_behind(data, 0)  # sound may be cut off by these in the middle of a frame
    at, stop = 0, behind[-1].start if behind else len(data)
    for _ in range(MOST_PARTS):
        if at >= len(data):
            return
        part = _part(data, at, stop)
        yield part
        at = part.end
    raise DamagedError("it is made of too many parts")


def _part(data: Buffer, at: int, stop: int) -> Part:
    if tag := tag_at(data, at):
        return Part(at, tag.end, tag=tag)
    if _begins(data, at) and (end := _sound_end(data, at, stop)) > at:
        return Part(at, end, is_sound=True)
    return _rest(data, at)


def _sound_end(data: Buffer, at: int, stop: int) -> int:
    like = _key_at(data, at)
    while size := _size_at(data, at, like, stop):
        at += size
    return at


def _rest(data: Buffer, start: int) -> Part:
    """Return the bytes up to the next sound or tag; a tag that only its end tells of is found too."""
    end = next((at for at in _places(data, start + 1) if _starts(data, at)), len(data))
    if (tag := tag_before(data, end)) and tag.start > start:
        return Part(start, tag.start)
    return Part(start, end, tag=tag if tag and tag.start == start else None)


def _places(data: Buffer, start: int) -> Iterator[int]:
    """Yield where sound or a tag may begin. Raises DamagedError where there are far too many such places."""
    for number, found in enumerate(SIGNS.finditer(data, start)):
        if number > MOST_PLACES:
            raise DamagedError("it is made of too many parts")
        yield found.start()


def _starts(data: Buffer, at: int) -> bool:
    """Tell whether sound or a whole tag begins here."""
    try:
        return tag_at(data, at) is not None or _begins(data, at)
    except DamagedError:
        return False


def extra(data: Buffer, sound: Part) -> tuple[int, int]:
    """Return the stretch of the first frame behind its count of frames, which holds no sound; empty without one."""
    size = frame_size(int.from_bytes(data[sound.start : sound.start + 4]))
    frame = bytes(data[sound.start : sound.start + size])
    at = _count_at(frame)
    if not at:
        return sound.start, sound.start
    flags = frame[at + 7]
    at += 8 + 4 * (flags & 1) + 2 * (flags & 2) + 25 * (flags & 4) + (flags & 8) // 2
    at += 36 if frame[at : at + 4] in ENCODERS else 0
    return sound.start + min(at, size), sound.start + size


def _count_at(frame: bytes) -> int:
    """Return where the count of frames stands in the first frame; 0 where it has none."""
    if frame[1] >> 1 & 3 != 1:
        return 0
    one = frame[3] >> 6 == 3
    at = 4 + ((17 if one else 32) if frame[1] >> 3 & 1 else (9 if one else 17))
    return at if frame[at : at + 4] in (b"Xing", b"Info") and at + 8 <= len(frame) else 0


def _checked(data: Buffer) -> list[Part]:
    """Return the parts of a file that holds sound. Raises DamagedError."""
    found = list(parts(data))
    if not any(part.is_sound for part in found):
        raise DamagedError("no sound can be found in it")
    return found


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what an MP3 gives away."""
    found = _checked(data)
    for part in found:
        if part.tag:
            yield from part.tag.traces(data)
        elif not part.is_sound:
            where = "between its parts" if part.end < len(data) else "after the end"
            yield Trace("other", where, _said(data, part))
    start, end = extra(data, next(part for part in found if part.is_sound))
    if not is_empty(data, start, end):
        yield Trace("other", "behind its count of frames", counted(end - start, bytes(data[start:end])))


def _said(data: Buffer, part: Part) -> str:
    return counted(part.end - part.start, bytes(data[part.start : min(part.end, part.start + 4_096)]))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave nothing but frames of sound."""
    found = _checked(data)
    yield from (Change(part.start, part.end) for part in found if not part.is_sound)
    yield from zeros(*extra(data, next(part for part in found if part.is_sound)))


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with tinytag, and with a walk that allows nothing but frames that follow one another."""
    yield from tags_read(data)
    at = 0
    while at < len(data):
        head = data[at : at + 4]
        size = _strict_size(head) if len(head) == 4 else 0
        if not size or at + size > len(data):
            yield f"bytes at {at} that are no frame of sound"
            return
        at += size


def _strict_size(head: bytes) -> int:
    """Return the size of a frame, reckoned anew from the tables of the standard."""
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    if head[0] != 255 or head[1] < 0xE0 or version == 1 or layer == 4 or head[2] >> 2 & 3 == 3:
        return 0
    rate = 0 if head[2] >> 4 == 15 else RATES[3 if version == 3 else 2, 4 - layer][(head[2] >> 4) - 1]
    hertz = (44_100, 48_000, 32_000)[head[2] >> 2 & 3] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 384 if layer == 1 else 576 if layer == 3 and version != 3 else 1_152
    unit = 4 if layer == 1 else 1
    return (samples // 8 * rate * 1_000 // hertz // unit + (head[2] >> 1 & 1)) * unit if head[2] >> 4 else 0


FORMAT = Format("MP3", "sound", ("mp3",), traces, clean, doubts)
