"""Makes GIFs as editors, chat programs and screen recorders write them, with a canary in every hidden field."""

from collections.abc import Callable

from PIL import Image

from makers.pictures import CANARY, picture, profile, saved, xmp_packet

TIMES = [80, 120, 200]


def sub_blocks(held: bytes) -> bytes:
    """Return bytes as a row of sub-blocks and the empty one that ends it."""
    cut = [held[at : at + 255] for at in range(0, len(held), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in cut) + b"\0"


def extension(label: int, *rows: bytes) -> bytes:
    """Return an extension whose sub-blocks are these rows."""
    return bytes([0x21, label]) + b"".join(sub_blocks(row)[:-1] for row in rows) + b"\0"


def after_head(gif: bytes, *blocks: bytes, after: bytes = b"") -> bytes:
    """Return a GIF with more blocks behind its first colour table, and bytes after its end."""
    at = 13 + (3 << (gif[10] & 7) + 1 if gif[10] & 0x80 else 0)
    return gif[:at] + b"".join(blocks) + gif[at:] + after


def xmp_block() -> bytes:
    """Return XMP as it stands in GIFs: without sub-blocks, and a row of bytes that leads any walk to its end."""
    return b"\x21\xff\x0bXMP DataXMP" + xmp_packet() + b"\x01" + bytes(range(255, -1, -1)) + b"\0"


def plain_text() -> bytes:
    """Return text that is to be shown over the picture, which no program does."""
    grid = b"\0\0\0\0\x30\0\x20\0\x08\x08\1\0"
    return b"\x21\xf9\x04\0\0\0\0\0" + extension(0x01, grid, f"{CANARY}-plain-text".encode())


def moving_frames() -> list[Image.Image]:
    """Return frames that differ, with a clear part."""
    return [picture("RGBA").rotate(turn, fillcolor=(0, 0, 0, 0)) for turn in (0, 30, 60)]


def plain() -> bytes:
    """Return a moving GIF that gives nothing away."""
    first, *more = moving_frames()
    return saved(first, "GIF", save_all=True, append_images=more, duration=TIMES, loop=3, disposal=2)


def edited() -> bytes:
    """Return a moving GIF as an editor writes it: comment, XMP, profile, a program's own block, and a rest."""
    return after_head(
        plain(),
        extension(0xFE, f"{CANARY}-comment".encode() + b"x" * 300 + f"{CANARY}-later".encode()),
        xmp_block(),
        extension(0xFF, b"ICCRGBG1012", profile(f"{CANARY} screen")),
        extension(0xFF, b"MGK8BIM0000", f"{CANARY}-iptc".encode()),
        after=f"{CANARY}-cropped".encode(),
    )


def old() -> bytes:
    """Return a still GIF with plain text, an unknown extension, a buffer size and control bits that hold more."""
    return after_head(
        saved(picture("P"), "GIF"),
        plain_text(),
        extension(0xFF, b"NETSCAPE2.0", b"\1\0\0", b"\2" + CANARY.encode()),
        extension(0xFF, b"ANIMEXTS1.0", b"\1\5\0"),
        extension(0xCE, f"{CANARY}-unknown".encode()),
        b"\x21\xf9\x04\xe0\0\0\x4b\0",
        b"\0\0",
    )


FILES: dict[str, Callable[[], bytes]] = {"edited": edited, "old": old}
