"""GIF pictures, moving ones too: every block that the picture does not need is dropped, and its pixels stay.

Blocks: GIF89a (CompuServe, 1990); loop counts as Netscape wrote them.
"""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError, TooLargeError, pieces, whole
from forethought.media.format import Format, Wishes
from forethought.media.pictures import exif, icc, xmp
from forethought.media.pictures.frames import repainted
from forethought.media.pictures.painting import MOST_PIXELS
from forethought.media.trace import Trace

IMAGE, EXTENSION, TRAILER = 0x2C, 0x21, 0x3B
CONTROL, COMMENT, PLAIN_TEXT, APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
STRAY = -1  # zeros between blocks, which some programs leave
LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
XMP, PROFILE, XMP_TRAILER = b"XMP DataXMP", b"ICCRGBG1012", 257
MOST_BLOCKS, MOST_TOLD, MOST_SHOWN = 200_000, 4 << 20, 300


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its label, where it stands, and where its sub-blocks begin."""

    label: int
    start: int
    end: int
    body: int

    def text(self, data: Buffer) -> bytes:
        """Return what its sub-blocks hold, joined, as far as it is told."""
        told = islice(_sub_blocks(data, self.body), MOST_TOLD >> 7)
        return b"".join(data[at + 1 : size] for at, size in told)[:MOST_TOLD]


def blocks(data: Buffer) -> Iterator[Block]:
    """Yield every block up to the trailer, and the trailer itself. Raises DamagedError."""
    at = _after_header(data)
    for _ in range(MOST_BLOCKS):
        block = _block(data, at)
        yield block
        if block.label == TRAILER:
            return
        at = block.end
    raise DamagedError("it is made of too many parts")


def _after_header(data: Buffer) -> int:
    if len(data) < 13:
        raise DamagedError("it breaks off before its end")
    width, height = struct.unpack("<HH", data[6:10])
    if width * height > MOST_PIXELS:
        raise TooLargeError(f"it has {width:,} by {height:,} pixels, more than a picture may have")
    return 13 + _table(data[10])


def _table(flags: int) -> int:
    """Return the bytes of the colour table that these flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _block(data: Buffer, at: int) -> Block:
    mark = data[at] if at < len(data) else None
    if mark == TRAILER:
        return Block(TRAILER, at, at + 1, at + 1)
    if mark == 0:
        return Block(STRAY, at, at + 1, at)
    if mark == IMAGE and at + 10 < len(data):
        body = at + 11 + _table(data[at + 9])
        return Block(IMAGE, at, _end(data, body), body)
    if mark == EXTENSION and at + 2 < len(data):
        return Block(data[at + 1], at, _end(data, at + 2), at + 2)
    raise DamagedError("it breaks off before its end, or is damaged")


def _sub_blocks(data: Buffer, at: int) -> Iterator[tuple[int, int]]:
    """Yield where each sub-block stands, from its length to its end, without the last and empty one."""
    while True:
        end = at + 1 + data[at] if at < len(data) else len(data) + 1
        if end > len(data):
            raise DamagedError("it breaks off before its end")
        if end == at + 1:
            return
        yield at, end
        at = end


def _end(data: Buffer, at: int) -> int:
    for _, end in _sub_blocks(data, at):
        at = end
    return at + 1


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a GIF gives away."""
    parts = list(blocks(data))
    for block, new in _copied(data, parts):
        if new != data[block.start : block.end]:
            yield from _told(data, block)
        elif block.label == IMAGE and _is_outside(data, block):
            yield Trace("edit", "a frame larger than the picture", "what was cut away is still in it")
    end = parts[-1].end
    if end < len(data):
        said = " ".join(run.decode() for run in exif.PRINTED.findall(bytes(data[end : end + 4_096])))[:200]
        yield Trace("edit", "after the end", f"{len(data) - end:,} bytes: {said}".removesuffix(": "))


def _told(data: Buffer, block: Block) -> Iterator[Trace]:
    if block.label == APPLICATION:
        yield from _application(data, block)
    elif block.label in (COMMENT, PLAIN_TEXT):
        held = block.text(data)[0 if block.label == COMMENT else 12 :]
        name = "comment" if block.label == COMMENT else "plain text"
        yield Trace("words", name, _printable(held) or f"{len(held):,} bytes")
    elif block.label == STRAY:
        yield Trace("other", "between blocks", "empty bytes")
    else:
        held = block.text(data)
        yield Trace("other", f"block {block.label:02X}", _printable(held) or f"{len(held):,} bytes")


def _application(data: Buffer, block: Block) -> Iterator[Trace]:
    held = block.text(data)
    name, rest = held[:11], held[11:]
    if name == XMP:
        yield from xmp.traces(bytes(data[block.body + 12 : block.end])[: -XMP_TRAILER - 1])
    elif name == PROFILE:
        yield from icc.traces(rest)
    else:
        yield Trace("other", f"application {_printable(name)}", _printable(rest) or f"{len(rest):,} bytes")


def _printable(text: bytes) -> str:
    return "".join(sign for sign in text.decode("utf-8", "replace") if sign.isprintable()).strip()[:MOST_SHOWN]


def _is_outside(data: Buffer, block: Block) -> bool:
    width, height = struct.unpack("<HH", data[6:10])
    left, top, wide, high = struct.unpack("<4H", data[block.start + 1 : block.start + 9])
    return bool(left + wide > width or top + high > height)


def _copied(data: Buffer, parts: list[Block]) -> Iterator[tuple[Block, bytes]]:
    """Yield each block with what stands in its place in the copy."""
    controls, following = set[int](), 0
    for block in reversed(parts):  # the one control block that counts is the last before its frame
        if block.label == CONTROL and following == IMAGE:
            controls.add(block.start)
        following = following if block.label in (APPLICATION, COMMENT, STRAY) else block.label
    for block in parts:
        yield block, _kept(data, block) if block.label != CONTROL or block.start in controls else b""


def _kept(data: Buffer, block: Block) -> bytes:
    if block.label in (IMAGE, TRAILER):
        return data[block.start : block.end]
    if block.label == CONTROL and block.end == block.start + 8:
        flags, delay, clear = struct.unpack("<BHB", data[block.start + 3 : block.start + 7])
        return struct.pack("<BBBBHBB", EXTENSION, CONTROL, 4, flags & 0x1F, delay, clear if flags & 1 else 0, 0)
    if block.label == APPLICATION:
        return _loop(data, block)
    return b""


def _loop(data: Buffer, block: Block) -> bytes:
    """Return a block that tells how often a moving picture is shown and no more, or nothing for any other block."""
    name, *more = [data[at + 1 : end] for at, end in _sub_blocks(data, block.body)] or [b""]
    counts = [each for each in more if each[:1] == b"\x01" and len(each) >= 3]
    if name not in LOOPS or not counts:
        return b""
    return bytes([EXTENSION, APPLICATION, 11]) + name + b"\3" + counts[0][:3] + b"\0"


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a GIF's frames, their times and how often they are shown."""
    parts = list(blocks(data))
    if not any(block.label == IMAGE for block in parts):
        raise DamagedError("it holds no picture")
    if any(block.label == IMAGE and _is_outside(data, block) for block in parts):
        raise CannotCleanError("it holds more of the picture than it shows: crop it again with another program")
    if wishes.repaint:
        return whole(data, repainted(data, "GIF"))
    changes = [
        Change(block.start, block.end, new)
        for block, new in _copied(data, parts)
        if block.label not in (IMAGE, TRAILER)
    ]
    return [*changes, Change(parts[-1].end, len(data))]


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with Pillow, and with a walk that knows nothing but what a copy may hold."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(b"".join(pieces(data, 0, len(data))))) as picture:
            yield from (f"{name} in its head" for name in picture.info if name not in ALLOWED)
            if picture.info.get("extension", (b"NETSCAPE2.0",))[0] not in LOOPS:
                yield f"an extension {picture.info['extension'][0]!r}"
            if picture.format != "GIF":
                yield f"it opens as {picture.format}"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        yield f"it does not open ({error})"
        return
    yield from _strictly(bytes(data[:]))


def _strictly(data: bytes) -> Iterator[str]:
    """Yield what stands where a copy has nothing but frames, their times, one count of rounds and the end."""
    at, before = 13 + (6 << (data[10] & 7) if data[10] > 127 else 0), b""
    while (mark := data[at : at + 1]) == b"," or data[at : at + 2] in (b"!\xf9", b"!\xff"):
        if mark == b",":
            at += 11 + (6 << (data[at + 9] & 7) if data[at + 9] > 127 else 0)
            while at < len(data) and data[at]:
                at += data[at] + 1
            at, before = at + 1, mark
            continue
        size = 8 if data[at + 1] == 0xF9 else 19
        if not _is_plain(data[at : at + size]) or (size == 8 and before == b"control"):
            yield f"a block at {at} that no copy has"
            return
        at, before = at + size, b"control" if size == 8 else before
    if data[at:] != b";":
        yield f"something at {at}, beside or behind the picture"


def _is_plain(block: bytes) -> bool:
    if len(block) == 8:
        return block[2] == 4 and block[3] < 32 and block[-1] == 0
    return len(block) == 19 and block[2:14].lower() in (b"\x0bnetscape2.0", b"\x0banimexts1.0") and block[14] == 3


ALLOWED = frozenset({"version", "background", "transparency", "duration", "loop", "extension"})

FORMAT = Format("GIF", "picture", ("gif",), traces, clean, doubts)
