"""Makes FLAC sound as recorders, rippers and ffmpeg write it, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers import id3
from makers.sounds import CANARY, FFMPEG, made

INFO, PADDING, APPLICATION, SEEKS, COMMENT, CUES, PICTURE = range(7)


def summed(raw: bytes, width: int, polynomial: int) -> bytes:
    """Return the sum of bytes, as frames carry it."""
    total = 0
    for byte in raw:
        total ^= byte << width - 8
        for _ in range(8):
            total = (total << 1 ^ (polynomial if total >> width - 1 else 0)) & (1 << width) - 1
    return total.to_bytes(width // 8)


def frame(number: int) -> bytes:
    """Return a frame of 192 equal samples of 16 bits, one channel, at 44.1 kHz."""
    head = b"\xff\xf8\x19\x08" + bytes([number])
    body = head + summed(head, 8, 0x107) + b"\0" + struct.pack(">h", 100 * number)
    return body + summed(body, 16, 0x18005)


def frames(count: int = 10) -> bytes:
    """Return frames of sound."""
    return b"".join(frame(number) for number in range(count))


def block(kind: int, held: bytes, is_last: bool = False) -> bytes:
    """Return a block."""
    return bytes([kind | 128 * is_last]) + len(held).to_bytes(3) + held


def info(count: int = 10) -> bytes:
    """Return the block that describes the sound."""
    packed = 44_100 << 44 | 15 << 36 | 192 * count
    return block(INFO, struct.pack(">HH6x", 192, 192) + packed.to_bytes(8) + bytes(16))


def comments(*more: bytes) -> bytes:
    """Return comments with a vendor and texts."""
    texts = [f"{name}={CANARY}-{name}".encode() for name in ("TITLE", "ARTIST", "LOCATION", "DEVICE", "ENCODER")]
    texts += [b"kestrel alone", *more]
    vendor = f"{CANARY}-vendor".encode()
    listed = b"".join(struct.pack("<L", len(text)) + text for text in texts)
    return struct.pack("<L", len(vendor)) + vendor + struct.pack("<L", len(texts)) + listed


def picture() -> bytes:
    """Return a picture with words."""
    held, words = id3.cover(), f"{CANARY}-said".encode()
    head = struct.pack(">LL10sL", 3, 10, b"image/jpeg", len(words))
    return head + words + struct.pack(">5L", 16, 16, 24, 0, len(held)) + held


def cues() -> bytes:
    """Return a cue sheet of one track, with a catalogue number."""
    return CANARY.encode().ljust(395, b"\0") + b"\1" + bytes(8) + b"\xff" + bytes(27)


def whole(*blocks: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a FLAC with other blocks, and tags around it."""
    return before + b"fLaC" + info() + b"".join(blocks) + block(PADDING, bytes(20), True) + frames() + after


def plain() -> bytes:
    """Return a FLAC that gives nothing away."""
    return whole(block(SEEKS, bytes(18)))


def ripper() -> bytes:
    """Return a FLAC with every kind of block, and one of an unknown kind."""
    return whole(
        block(SEEKS, bytes(18)), block(COMMENT, comments()), block(PICTURE, picture()),
        block(APPLICATION, b"riff" + f"{CANARY}-application".encode()), block(CUES, cues()),
        block(PADDING, f"{CANARY}-padding".encode()), block(9, f"{CANARY}-unknown".encode()),
    )  # fmt: skip


def tagged() -> bytes:
    """Return a FLAC with tags of other kinds before and behind it."""
    return whole(block(COMMENT, comments()), before=id3.tag(3), after=id3.ape() + id3.first())


def program() -> bytes:
    """Return a FLAC as ffmpeg writes it."""
    return made("flac") if FFMPEG else ripper()


FILES: dict[str, Callable[[], bytes]] = {"ripper": ripper, "tagged": tagged, "program": program}
