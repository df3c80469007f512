"""What of a packed stretch of pixels is needed: everything up to its end, and nothing hidden behind that.

Packings: TIFF 6.0 (PackBits, LZW), its supplements (Deflate, JPEG), ITU-T T.6 (fax).
"""

import re
import zlib
from collections.abc import Callable
from struct import error as StructError

from forethought.media.buffer import DamagedError, TooLargeError
from forethought.media.formats import jpeg

Keeper = Callable[[bytes, int], bytes]
NONE, HUFFMAN, FAX3, FAX4, LZW, OLD_JPEG, JPEG, DEFLATE, OLD_DEFLATE, PACKBITS = 1, 2, 3, 4, 5, 6, 7, 8, 32946, 32773
FED, LONGEST_FAX, WINDOW = 1 << 16, 16 << 20, 1 << 15
REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
END_OF_FAX = "000000000001" * 2
CLEAR, END = 256, 257
STEPS = ((9, 254), (10, 512), (11, 1_024), (12, 2_048))  # how many codes of each width follow after the codes are reset
CODES = [re.compile(rf"(?:(?!{CLEAR >> 1:0{width - 1}b})[01]{{{width}}}){{0,{most}}}+") for width, most in STEPS]


def needed(packing: int, raw: bytes, size: int, is_reversed: bool) -> bytes:
    """Return what of a packed stretch its pixels need; `size` is how many bytes they are when unpacked.

    Raises DamagedError or TooLargeError.
    """
    keep: Keeper = KEEPERS.get(packing, lambda packed, size: packed)
    if not is_reversed:
        return keep(raw, size)
    return keep(raw.translate(REVERSED), size).translate(REVERSED)


def plain(raw: bytes, size: int) -> bytes:
    """Return the first bytes, as many as are needed. Raises DamagedError."""
    if len(raw) < size:
        raise DamagedError("it breaks off before its end")
    return raw[:size]


def deflated(raw: bytes, size: int) -> bytes:
    """Return a deflated stream up to its end; packed anew where more than its pixels is in it. Raises DamagedError."""
    unpacker, had = zlib.decompressobj(), 0
    try:
        for at in range(0, len(raw), FED):
            had += len(unpacker.decompress(raw[at : at + FED], size - had + 1))
            if had > size:
                return zlib.compress(zlib.decompressobj().decompress(raw, size))
            if unpacker.eof:
                return raw[: min(at + FED, len(raw)) - len(unpacker.unused_data)]
    except zlib.error as error:
        raise DamagedError("its pixels are damaged") from error
    raise DamagedError("it breaks off before its end")


def packed_bits(raw: bytes, size: int) -> bytes:
    """Return runs of bytes until there are as many as there are pixels. Raises DamagedError."""
    at = had = 0
    while had < size:
        if at >= len(raw):
            raise DamagedError("it breaks off before its end")
        lead = raw[at]
        at += 2 if lead > 128 else 1 if lead == 128 else lead + 2
        had += 257 - lead if lead > 128 else 0 if lead == 128 else lead + 1
    return plain(raw, at)


def coded(raw: bytes, size: int) -> bytes:
    """Return an LZW stream up to the code that ends it; one without that code as it is. Raises DamagedError."""
    if raw[:1] == b"\0" and raw[1:2] and raw[1] & 1:
        raise DamagedError("its pixels are packed in an old way that is not known here")
    at = step = base = 0
    text = _bits(raw[: 2 * WINDOW])
    while True:
        if at - base > 8 * WINDOW:
            base = at // 8 * 8
            text = _bits(raw[base // 8 : base // 8 + 2 * WINDOW])
        width, most = STEPS[step]
        found = CODES[step].match(text, at - base)
        run = found.end() - found.start() if found else 0
        at += run
        code = text[at - base : at - base + width]
        if run == width * most:
            step = min(step + 1, 3)
            continue
        at += width
        if len(code) < width:
            return raw
        if int(code, 2) == END:
            return raw[: (at + 7) // 8]
        step = 0


def faxed(raw: bytes, size: int) -> bytes:
    """Return a fax up to the code that ends it; one without that code as it is. Raises TooLargeError."""
    if len(raw) > LONGEST_FAX:
        raise TooLargeError("its pixels lie in one piece that is larger than can be looked through")
    end = _bits(raw).find(END_OF_FAX)
    return raw if end < 0 else raw[: (end + len(END_OF_FAX) + 7) // 8]


def _bits(raw: bytes) -> str:
    return f"{int.from_bytes(raw, 'big'):0{8 * len(raw)}b}" if raw else ""


def photo(raw: bytes, size: int = 0) -> bytes:
    """Return a JPEG, or one of tables only, without notes. Raises DamagedError."""
    if raw[:2] != b"\xff\xd8":
        raise DamagedError("its pixels are not packed as JPEG is")
    kept = jpeg.FRAMES | jpeg.TABLES | {jpeg.SCAN, jpeg.END}
    try:
        parts = [raw[each.start : each.end] for each in jpeg.segments(raw) if each.marker in kept]
    except StructError as error:
        raise DamagedError("its pixels are damaged") from error
    return b"\xff\xd8" + b"".join(parts)


KEEPERS: dict[int, Keeper] = {
    NONE: plain, DEFLATE: deflated, OLD_DEFLATE: deflated, PACKBITS: packed_bits, LZW: coded, FAX4: faxed, JPEG: photo,
}  # fmt: skip
