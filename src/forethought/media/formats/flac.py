"""FLAC sound: blocks that the sound does not need become padding of the same size, and its frames stay.

Blocks and frames: RFC 9639.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.held import counted, is_empty, tags_read, told, zeros
from forethought.media.sound import vorbis
from forethought.media.sound.behind import Tag, tag_at, tags_behind
from forethought.media.trace import Trace

STREAMINFO, PADDING, APPLICATION, SEEKTABLE, COMMENT, CUESHEET, PICTURE = range(7)
EMPTY_POINT = (1 << 64) - 1
MOST_BLOCKS, MOST_TAGS, LARGEST = 10_000, 200, 1 << 20
BROKEN = "its blocks are not built as those of FLAC are"
BEHIND = "its sound breaks off, or something stands behind it that cannot be told from sound"


@dataclass(frozen=True, slots=True)
class Block:
    """A block before the sound: its kind, whether it is the last, and where it stands from its header on."""

    kind: int
    is_last: bool
    start: int
    end: int

    @property
    def body(self) -> int:
        """Where its header ends."""
        return self.start + 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A file: the tags before and behind it, its blocks, and where its sound stands."""

    tags: list[Tag]
    blocks: list[Block]
    start: int
    end: int


def layout(data: Buffer) -> Layout:
    """Return how a file is laid out. Raises DamagedError."""
    front: list[Tag] = []
    at = 0
    while len(front) < MOST_TAGS and (tag := tag_at(data, at)):
        front.append(tag)
        at = tag.end
    if data[at : at + 4] != b"fLaC":
        raise DamagedError(BROKEN)
    found = list(blocks(data, at + 4))
    start = found[-1].end
    if found[0].kind != STREAMINFO or found[0].end - found[0].body != 34 or data[start : start + 2] not in SYNCS:
        raise DamagedError(BROKEN)
    behind = tags_behind(data, start)
    return Layout([*front, *reversed(behind)], found, start, behind[-1].start if behind else len(data))


SYNCS = (b"\xff\xf8", b"\xff\xf9")


def blocks(data: Buffer, at: int) -> Iterator[Block]:
    """Yield the blocks from here up to the last. Raises DamagedError."""
    for _ in range(MOST_BLOCKS):
        head = data[at : at + 4]
        end = at + 4 + int.from_bytes(head[1:])
        if len(head) < 4 or end > len(data) or head[0] & 127 == 127:
            raise DamagedError("it breaks off before its end, or is damaged")
        yield Block(head[0] & 127, head[0] > 127, at, end)
        if head[0] > 127:
            return
        at = end
    raise DamagedError("it is made of too many parts")


def hidden(data: Buffer, found: list[Block]) -> Iterator[Block]:
    """Yield the blocks that do not stay as they are."""
    for block in found:
        is_info = block is found[0] and block.kind == STREAMINFO and block.end == block.body + 34
        is_table = block.kind == SEEKTABLE and is_seeking(bytes(data[block.body : block.end]), len(data))
        if not is_info and not is_table and not (block.kind == PADDING and is_empty(data, block.body, block.end)):
            yield block


def is_seeking(raw: bytes, size: int) -> bool:
    """Tell whether a block holds nothing but places to seek to, in a file of this size."""
    points = struct.iter_unpack(">QQH", raw) if len(raw) % 18 == 0 else [(0, size, 0)]
    return all((sample < 1 << 36 or sample == EMPTY_POINT) and at < size for sample, at, _ in points)


def block_traces(data: Buffer, block: Block) -> Iterator[Trace]:
    """Yield what a block gives away that does not stay."""
    raw = bytes(data[block.body : block.end])
    if block.kind == COMMENT:
        yield from vorbis.traces(raw)
        if not any(vorbis.traces(raw)):
            yield Trace("other", "FLAC comments", "no comments")
    elif block.kind == PICTURE:
        yield from vorbis.picture_block(raw)
    else:
        yield told(*NAMES.get(block.kind, ("other", f"FLAC block {block.kind}")), raw)


NAMES = {
    APPLICATION: ("other", "FLAC application"), CUESHEET: ("words", "FLAC cue sheet"),
    PADDING: ("other", "FLAC padding"),
}  # fmt: skip


def block_changes(block: Block) -> Iterator[Change]:
    """Yield the changes that make a block padding."""
    yield Change(block.start, block.start + 1, bytes([PADDING | 128 * block.is_last]))
    yield from zeros(block.body, block.end)


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a FLAC gives away."""
    found = layout(data)
    for tag in found.tags:
        yield from tag.traces(data)
    for block in hidden(data, found.blocks):
        yield from block_traces(data, block)
    if not ends_whole(data, found.start, found.end):
        last = bytes(data[max(found.start, found.end - 4_096) : found.end])
        yield Trace("other", "after the end", counted(len(last), last))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a FLAC's sound. Raises CannotCleanError."""
    found = layout(data)
    if not ends_whole(data, found.start, found.end):
        raise CannotCleanError(BEHIND)
    yield from (Change(tag.start, tag.end) for tag in found.tags)
    for block in hidden(data, found.blocks):
        yield from block_changes(block)


def ends_whole(data: Buffer, start: int, end: int) -> bool:
    """Tell whether the last frame ends where the sound does, by the sums that frames carry."""
    window = bytes(data[max(start, end - LARGEST) : end])
    at = len(window)
    while (at := max(window.rfind(sync, 0, at) for sync in SYNCS)) >= 0:
        if _is_header(window[at : at + 16]):
            return not _sum16(window[at:])
    return False


def _is_header(head: bytes) -> bool:
    """Tell whether a frame's header stands here, by its own sum."""
    if len(head) < 6 or head[2] >> 4 == 0 or head[2] & 15 == 15 or head[3] & 1:
        return False
    ones = 8 - (head[4] ^ 255).bit_length()  # how many bytes the frame's number has, where there are any
    size = 4 + max(ones, 1) + {6: 1, 7: 2}.get(head[2] >> 4, 0) + {12: 1, 13: 2, 14: 2}.get(head[2] & 15, 0)
    return ones not in (1, 8) and len(head) > size and not _sum8(head[: size + 1])


def _sum8(raw: bytes) -> int:
    total = 0
    for byte in raw:
        total = BY_8[total ^ byte]
    return total


def _sum16(raw: bytes) -> int:
    total = 0
    for byte in raw:
        total = (total << 8 & 0xFFFF) ^ BY_16[total >> 8 ^ byte]
    return total


def _table(width: int, polynomial: int) -> tuple[int, ...]:
    top, mask = 1 << width - 1, (1 << width) - 1
    found = []
    for byte in range(256):
        value = byte << width - 8
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
        found.append(value)
    return tuple(found)


BY_8, BY_16 = _table(8, 0x07), _table(16, 0x8005)


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with tinytag, and with a walk that allows nothing but what a copy may hold."""
    yield from tags_read(data)
    if data[:8] != b"fLaC\0\0\0\x22" and data[:8] != b"fLaC\x80\0\0\x22":
        yield "it does not begin as a FLAC does"
        return
    at, is_last = 42, data[4] > 127
    while not is_last:
        kind, size = data[at : at + 1], int.from_bytes(data[at + 1 : at + 4])
        held = bytes(data[at + 4 : at + 4 + size])
        is_table = kind in (b"\3", b"\x83") and is_seeking(held, len(data))
        if not is_table and (kind not in (b"\1", b"\x81") or any(held)):
            yield f"a block at {at} that no copy has"
            return
        at, is_last = at + 4 + size, kind > b"\x7f"
    if data[at] != 0xFF or not ends_whole(data, at, len(data)):
        yield "something beside or behind its sound"


FORMAT = Format("FLAC", "sound", ("flac",), traces, clean, doubts)
