"""Makes BMPs as Windows, OS/2 and editors write them, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.pictures import CANARY, picture, profile, saved

WIDE, TALL = 45, 32  # a width whose rows have to be filled up
GREYS = b"".join(bytes([255 * shade // 15] * 3) + b"\0" for shade in range(16))


def bmp(header: bytes, between: bytes, pixels: bytes, after: bytes = b"", reserved: bytes = bytes(4)) -> bytes:
    """Return a file of a header, all that stands before the pixels, the pixels, and what is behind."""
    start = 14 + len(header) + len(between)
    size = start + len(pixels) + len(after)
    return struct.pack("<2sL4sL", b"BM", size, reserved, start) + header + between + pixels + after


def usual(bits: int, packing: int = 0, colours: int = 0, tall: int = TALL, size: int = 40) -> bytes:
    """Return the header that most programs write."""
    return struct.pack("<LllHHLLllLL", size, WIDE, tall, 1, bits, packing, 0, 2835, 2835, colours, 0)


def rows(bits: int, filler: bytes = b"") -> bytes:
    """Return rows of pixels that a word fills up as far as there is room."""
    used = (WIDE * bits + 7) // 8
    row = bytes((number * 37 + 5) % 16 * 17 % 256 for number in range(used))
    spare = -used % 4
    return b"".join(row[n % used :] + row[: n % used] + filler[:spare].ljust(spare, b"\0") for n in range(TALL))


def even(bits: int) -> bytes:
    """Return a palette that runs from black to white."""
    last = (1 << bits) - 1
    return b"".join(bytes([255 * number // last] * 3) + b"\0" for number in range(last + 1))


def plain() -> bytes:
    """Return a BMP that gives nothing away."""
    return saved(picture(size=(WIDE, TALL)), "BMP")


def filled() -> bytes:
    """Return a picture with words in the reserved bytes, before and behind the pixels, and beside each row."""
    gap, after = (f"{CANARY}-{name}".encode() for name in ("gap", "after"))
    return bmp(usual(24), gap, rows(24, b"kes"), after, b"KEST")


def newest(kind: bytes = b"DEBM") -> bytes:
    """Return a picture whose header holds a colour profile, or names the file that has it."""
    held = profile(f"{CANARY} screen") if kind == b"DEBM" else f"C:\\Users\\{CANARY}\\screen.icc\0".encode()
    pixels = rows(32)
    masks = struct.pack("<LLLL", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    tail = kind + f"{CANARY}-endpoints".encode().ljust(48) + struct.pack("<LLLL", 4, 124 + len(pixels), len(held), 0)
    return bmp(usual(32, 3, size=124) + masks + tail, b"", pixels, held)


def coloured() -> bytes:
    """Return a picture with words in the colours that it does not use, and behind its colours."""
    word = f"{CANARY}-in-colours".encode()
    colours = bytearray(b"".join(bytes([n, 255 - n, n // 2, 0]) for n in range(256)))
    unused = [n for n in range(256) if n not in rows(8)]
    for number, at in zip(unused, range(0, len(word), 3), strict=False):
        colours[4 * number : 4 * number + 3] = word[at : at + 3].ljust(3, b"-")
    spare = bytearray(colours)
    spare[3::4] = (f"{CANARY}-fourth-bytes-" * 20).encode()[:256]
    return bmp(usual(8), bytes(spare) + f"{CANARY}-behind".encode().ljust(176), rows(8))


def packed(packing: int = 1) -> bytes:
    """Return a picture packed as runs, with words behind their end and in what fills them up."""
    bits, colours = (8, even(8)) if packing == 1 else (4, GREYS)
    runs = b"".join(
        bytes([20, row * 7 % 256, 22, row * 11 % 256, 0, 3]) + bytes([row, row + 1, row + 2])[: 3 if bits == 8 else 2]
        + (b"k" if bits == 8 else b"") + b"\0\0" for row in range(TALL)
    )  # fmt: skip
    return bmp(usual(bits, packing), colours, runs + b"\0\1", f"{CANARY}-behind".encode())


def fields(header: int = 40) -> bytes:
    """Return 16-bit pixels with masks, behind the header or in it, and something before them."""
    masks = struct.pack("<LLL", 0xF800, 0x7E0, 0x1F)
    made = usual(16, 3, size=header) + (masks if header == 52 else b"")
    return bmp(made, (b"" if header == 52 else masks) + f"{CANARY}-gap".encode(), rows(16))


def old() -> bytes:
    """Return a picture with the oldest header, and something behind its pixels."""
    header = struct.pack("<LHHHH", 12, WIDE, TALL, 1, 4)
    colours = b"".join(GREYS[at : at + 3] for at in range(0, 64, 4))
    return bmp(header, colours, rows(4), f"{CANARY}-after".encode())


def of_os2() -> bytes:
    """Return a picture with OS/2's long header, whose last fields hold a word."""
    return bmp(usual(24, size=64) + f"{CANARY}-os2".encode().ljust(24), b"", rows(24))


def upside_down() -> bytes:
    """Return a picture whose first row is the highest, with one bit a pixel and bits that fill it up."""
    return bmp(usual(1, tall=-TALL), even(1), rows(1, b"ke"), f"{CANARY}-after".encode())


FILES: dict[str, Callable[[], bytes]] = {
    "filled": filled, "newest": newest, "linked": lambda: newest(b"KNIL"), "coloured": coloured, "packed": packed,
    "packed in halves": lambda: packed(2), "fields": fields, "fields in the header": lambda: fields(52), "old": old,
    "os2": of_os2, "upside down": upside_down,
}  # fmt: skip
