"""What the makers of films and stills share: boxes, and a film of JPEG pictures and plain sound, made with no codec."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from makers.pictures import CANARY, picture, saved

WHEN = 3_860_662_200  # 2026-05-03 14:10 in seconds since 1904
MATRIX = struct.pack(">9L", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box of this type."""
    body = b"".join(parts)
    return struct.pack(">L4s", 8 + len(body), kind) + body


def wide_box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box whose size is written in 64 bits."""
    body = b"".join(parts)
    return struct.pack(">L4sQ", 1, kind, 16 + len(body)) + body


def full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """Return a box with a version and flags."""
    return box(kind, struct.pack(">L", version << 24 | flags), *parts)


def canary(name: str) -> bytes:
    """Return a canary of this name."""
    return f"{CANARY}-{name}".encode()


@dataclass(frozen=True)
class Part:
    """A track to be made: its handler, how its samples are described, its samples and how long each lasts."""

    number: int
    handler: bytes
    entry: bytes
    samples: Sequence[bytes]
    lasts: int = 100
    each: int = 1  # units in a sample of sound
    name: bytes = b"\x0e" + b"kestrel-handle"
    more: bytes = b""  # further boxes in it
    head: bytes = b""  # how its media begin, where that is neither picture nor sound
    flags: int = 3
    size: int = 0  # the size of every sample where they are alike


def frame(number: int) -> bytes:
    """Return a picture of the film with a comment in it."""
    image = picture()
    image.paste(number * 40, (number * 8, 0, number * 8 + 8, 8))
    return saved(image, "JPEG", quality=80, comment=canary(f"frame-{number % 2}"))


def visual(kind: bytes = b"jpeg", *below: bytes, size: tuple[int, int] = (48, 32)) -> bytes:
    """Return how pictures are described, with a vendor and a compressor's name."""
    name = canary("compressor")
    head = struct.pack(">6xH2H4s2L2H2LLH", 1, 0, 0, b"kest", 512, 512, *size, 0x480000, 0x480000, 0, 1)
    return box(kind, head, bytes([len(name)]) + name.ljust(31, b"\0"), struct.pack(">Hh", 24, -1), *below)


def audible(kind: bytes = b"sowt", *below: bytes) -> bytes:
    """Return how sound is described, with a vendor."""
    return box(kind, struct.pack(">6xHHH4s4HL", 1, 0, 0, b"kest", 1, 16, 0, 0, 8_000 << 16), *below)


def video(number: int = 1, count: int = 4, **how: object) -> Part:
    """Return a track of pictures."""
    return Part(number, b"vide", visual(), [frame(n) for n in range(count)], **how)  # type: ignore[arg-type]


def sound(number: int = 2, count: int = 4, **how: object) -> Part:
    """Return a track of sound, whose samples are all noted with one size."""
    tones = [b"".join(struct.pack("<h", (n * 977 + m * 613) % 9_001 - 4_500) for m in range(800)) for n in range(count)]
    return Part(number, b"soun", audible(), tones, each=800, lasts=1, size=2, **how)  # type: ignore[arg-type]


def handler(kind: bytes, name: bytes, form: bytes = b"mhlr", maker: bytes = b"kest") -> bytes:
    """Return the box of a handler."""
    return full(b"hdlr", 0, 0, form, kind, maker, bytes(8), name)


def track(part: Part, places: Sequence[int], version: int = 0, sourced: bytes = b"alis") -> bytes:
    """Return a track whose samples lie at these places."""
    times = struct.pack(">LL" if version == 0 else ">QQ", WHEN, WHEN)
    length = len(part.samples) * part.lasts * part.each
    long = ">L" if version == 0 else ">Q"
    header = full(
        b"tkhd", version, part.flags, times, struct.pack(">L4x", part.number), struct.pack(long, length), bytes(16),
        MATRIX, struct.pack(">LL", 48 << 16, 32 << 16),
    )  # fmt: skip
    scale = 8_000 if part.handler == b"soun" else 1_000
    media = full(b"mdhd", version, 0, times, struct.pack(">L", scale), struct.pack(long, length), b"\x15\xc7\0\1")
    kinds = {b"vide": full(b"vmhd", 0, 1, bytes(8)), b"soun": full(b"smhd", 0, 0, bytes(4))}
    source = box(b"dinf", full(b"dref", 0, 0, struct.pack(">L", 1), full(sourced, 0, 1, canary("volume"))))
    named = handler(part.handler, part.name)
    info = box(b"minf", kinds.get(part.handler, part.head), source, table(part, places))
    return box(b"trak", header, part.more, box(b"mdia", media, named, info))


def table(part: Part, places: Sequence[int]) -> bytes:
    """Return a sample table with one chunk for each place."""
    count = len(places) * part.each
    sizes = b"" if part.size else b"".join(struct.pack(">L", len(each)) for each in part.samples[: len(places)])
    return box(
        b"stbl",
        full(b"stsd", 0, 0, struct.pack(">L", 1), part.entry),
        full(b"stts", 0, 0, struct.pack(">LLL", 1, count, part.lasts) if count else bytes(4)),
        full(b"stsc", 0, 0, struct.pack(">LLLL", 1, 1, part.each, 1) if count else bytes(4)),
        full(b"stsz", 0, 0, struct.pack(">LL", part.size, count), sizes),
        full(b"stco", 0, 0, struct.pack(">L", len(places)), *(struct.pack(">L", place) for place in places)),
    )


def movie(parts: Sequence[Part], places: Sequence[Sequence[int]], more: bytes, version: int = 0) -> bytes:
    """Return the index of a film."""
    times = struct.pack(">LL" if version == 0 else ">QQ", WHEN, WHEN)
    length = struct.pack(">LL" if version == 0 else ">LQ", 1_000, 400)
    rest = struct.pack(">LH", 0x10000, 0x100) + bytes(10) + MATRIX + bytes(24) + struct.pack(">L", len(parts) + 1)
    header = full(b"mvhd", version, 0, times, length, rest)
    tracks = (track(part, where, version) for part, where in zip(parts, places, strict=True))
    return box(b"moov", header, *tracks, more)


def film(
    parts: Sequence[Part],
    more: bytes = b"",
    brand: bytes = b"qt  ",
    before: bytes = b"",
    behind: bytes = b"",
    lost: bytes = b"",
    index_first: bool = False,
    version: int = 0,
) -> bytes:
    """Return a film: `more` stands in its index, `before` and `behind` around all, `lost` among its samples."""
    begin = box(b"ftyp", brand, struct.pack(">L", 0x20050300), brand, b"kest") + before
    size = len(movie(parts, [[0] * len(part.samples) for part in parts], more, version))
    at = len(begin) + (size if index_first else 0) + 16
    places: list[list[int]] = [[] for _ in parts]
    body = lost
    for number in range(max(len(part.samples) for part in parts)):
        for part, where in zip(parts, places, strict=True):
            if number < len(part.samples):
                where.append(at + len(body))
                body += part.samples[number]
    index, media = movie(parts, places, more, version), wide_box(b"mdat", body)
    return begin + (index + media if index_first else media + index) + behind
