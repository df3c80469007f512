"""Makes WebPs as phones, editors and chat programs write them, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.pictures import CANARY, camera_notes, picture, profile, saved, xmp_packet

TIMES = [80, 120, 200]


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk."""
    return name + struct.pack("<L", len(body)) + body + bytes(len(body) % 2)


def with_chunks(webp: bytes, *chunks: bytes, after: bytes = b"") -> bytes:
    """Return a WebP with more chunks at its end, and bytes after it."""
    body = webp[8:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<L", len(body)) + body + after


def plain(**how: bool) -> bytes:
    """Return a still WebP that gives nothing away."""
    return saved(picture("RGB"), "WEBP", **how)


def moving() -> bytes:
    """Return a moving WebP that gives nothing away."""
    first, *more = [picture("RGBA").rotate(turn, fillcolor=(0, 0, 0, 0)) for turn in (0, 30, 60)]
    return saved(first, "WEBP", save_all=True, append_images=more, duration=TIMES, loop=3, lossless=True)


def phone() -> bytes:
    """Return a photo with camera notes, XMP, a screen's profile, a program's own chunk and a rest."""
    notes = camera_notes(6).tobytes()
    screen = profile(f"{CANARY} screen")
    webp = saved(picture(), "WEBP", exif=notes, xmp=xmp_packet(), icc_profile=screen)
    return with_chunks(webp, chunk(b"PSAI", f"{CANARY}-editor".encode()), after=f"{CANARY}-cropped".encode())


def simple() -> bytes:
    """Return a picture of the simple form, to which a careless program put notes."""
    return with_chunks(plain(lossless=True), chunk(b"EXIF", camera_notes(1).tobytes()), chunk(b"XMP ", xmp_packet()))


def sticker() -> bytes:
    """Return a moving sticker with notes of its maker, and a chunk inside its first frame."""
    data = saved(picture("RGBA"), "WEBP", save_all=True, append_images=[picture("RGBA").rotate(90)], duration=90,
                 xmp=xmp_packet(), exif=camera_notes(1).tobytes())  # fmt: skip
    at = data.index(b"ANMF")
    (size,) = struct.unpack_from("<L", data, at + 4)
    hidden = chunk(b"kesT", f"{CANARY}-in-frame".encode())
    frame = chunk(b"ANMF", data[at + 8 : at + 8 + size] + bytes(size % 2) + hidden)
    whole = data[8:at] + frame + data[at + 8 + size + size % 2 :]
    return b"RIFF" + struct.pack("<L", len(whole)) + whole


FILES: dict[str, Callable[[], bytes]] = {"phone": phone, "simple": simple, "sticker": sticker}
