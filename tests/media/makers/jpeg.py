"""Makes JPEGs as phones, cameras and editors write them, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.pictures import (
    CANARY,
    camera_notes,
    photoshop_block,
    picture,
    profile,
    saved,
    with_thumbnail,
    xmp_packet,
)


def with_segments(jpeg: bytes, *parts: tuple[int, bytes], after: bytes = b"") -> bytes:
    """Return a JPEG with more segments behind its start, and bytes after its end."""
    more = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in parts)
    return jpeg[:2] + more + jpeg[2:] + after


def plain() -> bytes:
    """Return a JPEG that gives nothing away."""
    return saved(picture(), "JPEG", quality=90)


def phone(orientation: int = 6) -> bytes:
    """Return a phone's photo, held sideways, with place, thumbnail, profile and a film after its end."""
    notes = b"Exif\0\0" + with_thumbnail(camera_notes(orientation))
    jpeg = saved(picture(), "JPEG", quality=90, icc_profile=profile(f"{CANARY} screen"))
    film = struct.pack(">L4s4s", 24, b"ftyp", b"mp42") + bytes(12) + f"{CANARY}-film".encode()
    return with_segments(jpeg, (0xE1, notes), after=film)


def camera() -> bytes:
    """Return a camera's photo: notes, comment, captions, a maker's own segment, and coded from coarse to fine."""
    jpeg = saved(picture(), "JPEG", quality=90, progressive=True, exif=camera_notes(1))
    own = (0xE5, f"Samsung\0{CANARY}-app5".encode())
    return with_segments(jpeg, (0xED, photoshop_block()), own, (0xFE, f"{CANARY}-comment".encode()))


def edited() -> bytes:
    """Return what an editor saved, in the colours of print, with XMP in two parts and a picture after its end."""
    jpeg = saved(picture("CMYK"), "JPEG", quality=90)
    more = b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + f"<x>{CANARY}-more</x>".encode()
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet()
    earlier = saved(picture("L"), "JPEG", comment=f"{CANARY}-earlier".encode())
    return with_segments(jpeg, (0xE1, xmp), (0xE1, more), after=earlier)


def messenger() -> bytes:
    """Return a JPEG with a thumbnail in its first segment, fill bytes before a marker, and a comment."""
    jpeg = saved(picture("L"), "JPEG", comment=f"{CANARY}-comment".encode())
    small = bytes([2, 2]) + f"{CANARY}-thum".encode()
    first = jpeg[4 : 2 + 2 + struct.unpack(">H", jpeg[4:6])[0]]
    head = first[2:14] + small
    rest = jpeg[2 + 2 + struct.unpack(">H", jpeg[4:6])[0] :]
    return jpeg[:2] + b"\xff\xe0" + struct.pack(">H", len(head) + 2) + head + b"\xff\xff" + rest


def pair() -> bytes:
    """Return two pictures in one file, as phones keep a depth map or a second lens's view behind the first."""
    second = picture("L")
    both = saved(picture(), "MPO", quality=90, save_all=True, append_images=[second])
    return with_segments(both, (0xE6, f"Maker\0{CANARY}-app6".encode()))


FILES: dict[str, Callable[[], bytes]] = {
    "phone": phone, "camera": camera, "edited": edited, "messenger": messenger, "pair": pair,
}  # fmt: skip
