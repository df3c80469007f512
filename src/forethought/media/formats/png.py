"""PNG pictures, moving ones too: every chunk that the picture does not need is dropped, and its pixels stay.

Chunks: PNG, third edition (W3C, 2025).
"""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change, DamagedError, TooLargeError, whole
from forethought.media.format import Format, Wishes
from forethought.media.pictures import exif, icc, xmp
from forethought.media.pictures.painting import painted, picture_of
from forethought.media.trace import Trace

SIGNATURE = 8
NEEDED = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs cICP acTL fcTL fdAT mDCV cLLI".split())
TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
PACKED = frozenset({b"zTXt", b"iTXt", b"iCCP"})
MOST_TEXT, MOST_SHOWN, MOST_CHUNKS, MOST_PACKED = 8 << 20, 300, 1_000_000, 100
XMP_KEYWORD = "XML:com.adobe.xmp"
KINDS = {
    "author": "person", "copyright": "person", "creation time": "time", "software": "software", "source": "device",
    "date:create": "time", "date:modify": "time", "date:timestamp": "time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: its type, where it stands with its length and checksum, and where its body stands."""

    type: bytes
    start: int
    end: int

    def body(self, data: Buffer) -> bytes:
        """Return what it holds."""
        return data[self.start + 8 : self.end - 4]


def chunks(data: Buffer) -> Iterator[Chunk]:
    """Yield every chunk up to the end of the picture. Raises DamagedError."""
    at = SIGNATURE
    for _ in range(MOST_CHUNKS):
        if at + 12 > len(data):
            raise DamagedError("it breaks off before its end")
        size, name = struct.unpack(">L4s", data[at : at + 8])
        if size > 0x7FFFFFFF or at + 12 + size > len(data) or not name.isalpha():
            raise DamagedError("it breaks off before its end, or is damaged")
        yield Chunk(name, at, at + 12 + size)
        if name == b"IEND":
            return
        at += 12 + size
    raise DamagedError("it is made of too many parts")


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a PNG gives away."""
    end, packed = SIGNATURE, 0
    for chunk in chunks(data):
        end = chunk.end
        packed += chunk.type in PACKED
        if packed > MOST_PACKED:
            raise TooLargeError("it holds more packed texts than a picture needs")
        if chunk.type not in NEEDED:
            yield from _told(chunk, chunk.body(data))
    if end < len(data):
        rest = " ".join(run.decode() for run in exif.PRINTED.findall(bytes(data[end : end + 4_096])))[:200]
        size = f"{len(data) - end:,} bytes, perhaps of the picture before it was cropped"
        yield Trace("edit", "after the end", f"{size}: {rest}".removesuffix(": "))


def _told(chunk: Chunk, body: bytes) -> Iterator[Trace]:
    if chunk.type in TEXTS:
        yield from _text(chunk.type, body)
    elif chunk.type == b"eXIf":
        yield from exif.traces(body)
        yield Trace("other", "eXIf", f"{len(body):,} bytes")
    elif chunk.type == b"iCCP":
        yield from icc.traces(_profile(body))
    elif chunk.type == b"tIME" and len(body) == 7:
        year, *rest = struct.unpack(">H5B", body)
        yield Trace("time", "tIME", "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(year, *rest))
    else:
        said = " ".join(run.decode() for run in exif.PRINTED.findall(body[:4_096]))[:MOST_SHOWN]
        yield Trace("other", f"chunk {chunk.type.decode()}", said or f"{len(body):,} bytes")


def _text(kind: bytes, body: bytes) -> Iterator[Trace]:
    keyword, text = _read(kind, body)
    if keyword == XMP_KEYWORD:
        yield from xmp.traces(text)
        return
    if keyword.startswith("Raw profile type"):
        text = _unhexed(text)
    words = text[:4_096].decode("utf-8", "replace")
    shown = "".join(sign for sign in words if sign.isprintable())[:MOST_SHOWN]
    yield Trace(KINDS.get(keyword.lower(), "words"), f"text {keyword}", shown)


def _read(kind: bytes, body: bytes) -> tuple[str, bytes]:
    """Return a text's keyword and its bytes."""
    keyword, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        rest = inflated(rest[1:])
    elif kind == b"iTXt":
        packed, rest = rest[:1] == b"\x01", rest[2:].split(b"\0", 2)[-1]
        rest = inflated(rest) if packed else rest
    return keyword.decode("latin-1"), rest


def _unhexed(text: bytes) -> bytes:
    """Return the bytes of a block that ImageMagick wrote as digits."""
    digits = b"".join(text.split()[2:])
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return text


def inflated(packed: bytes) -> bytes:
    """Return what was packed, no more than a text or a profile may have; what is damaged as it stands."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, MOST_TEXT)
    except zlib.error:
        return packed
    if unpacker.unconsumed_tail:
        raise TooLargeError("a text inside it unpacks to more than a picture needs")
    return text


def _profile(body: bytes) -> bytes:
    return inflated(body.partition(b"\0")[2][1:])


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a PNG's pixels and nothing else; a picture to be turned is painted anew."""
    parts = list(chunks(data))
    if wishes.repaint or _is_turned(data, parts):
        return whole(data, painted(data, "PNG"))
    changes = [Change(each.start, each.end, _kept(data, each)) for each in parts if each.type not in NEEDED]
    return [*changes, Change(parts[-1].end, len(data))]


def _is_turned(data: Buffer, parts: Iterable[Chunk]) -> bool:
    blocks = [each.body(data) for each in parts if each.type == b"eXIf"]
    try:
        return any(exif.orientation(block) > 1 for block in blocks)
    except (DamagedError, struct.error, IndexError):
        return False


def _kept(data: Buffer, chunk: Chunk) -> bytes:
    """Return a colour profile without names, and nothing of any other chunk."""
    if chunk.type != b"iCCP":
        return b""
    try:
        profile = icc.plain(_profile(chunk.body(data)))
    except (DamagedError, struct.error):
        return b""
    return written(b"iCCP", b"kept\0\0" + zlib.compress(profile, 9)) if profile else b""


def written(kind: bytes, body: bytes) -> bytes:
    """Return a chunk."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with Pillow and ExifRead, and yield what they still find."""
    import exifread

    with picture_of(data) as picture:
        if picture.format != "PNG":
            yield f"it opens as {picture.format}"
        yield from (str(name) for name in picture.info if name not in ALLOWED)
        yield from (f"EXIF tag {tag}" for tag in picture.getexif())
    if bytes(data[-8:-4]) != b"IEND":
        yield "something after its end"
    yield from exifread.process_file(io.BytesIO(data[:]), details=True)


ALLOWED = frozenset({
    "dpi", "gamma", "srgb", "chromaticity", "transparency", "icc_profile", "aspect", "interlace", "loop", "bbox",
    "default_image", "duration", "blend", "disposal", "background",
})  # fmt: skip

FORMAT = Format("PNG", "picture", ("png", "apng"), traces, clean, doubts)
