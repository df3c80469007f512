"""Makes the tags that stand before and behind sound, with a canary in every field."""

import io
import struct

from PIL import Image

from makers.sounds import CANARY


def cover() -> bytes:
    """Return a JPEG that holds a canary itself."""
    exif = Image.Exif()
    exif[0x013B] = f"{CANARY}-cover-artist"
    held = io.BytesIO()
    Image.new("RGB", (16, 16), (90, 20, 60)).save(held, "JPEG", exif=exif)
    return held.getvalue()


def safe(size: int) -> bytes:
    """Return a size in bytes of seven bits."""
    return bytes(size >> shift & 127 for shift in (21, 14, 7, 0))


def frame(name: str, held: bytes, version: int = 4, flags: int = 0) -> bytes:
    """Return a frame of a tag."""
    if version == 2:
        return name.encode() + len(held).to_bytes(3) + held
    size = safe(len(held)) if version == 4 else struct.pack(">L", len(held))
    return name.encode() + size + struct.pack(">H", flags) + held


def wrapped(body: bytes, version: int = 4, flags: int = 0) -> bytes:
    """Return a tag around frames."""
    tagged = b"ID3" + bytes([version, 0, flags]) + safe(len(body)) + body
    return tagged + (b"3DI" + tagged[3:10] if flags & 0x10 else b"")


def text(name: str) -> bytes:
    """Return a text that holds a canary, in UTF-8."""
    return b"\3" + f"{CANARY}-{name}".encode()


def tag(version: int = 4, flags: int = 0) -> bytes:
    """Return a tag of version 2.2, 2.3 or 2.4 with every kind of field."""
    if version == 2:
        held = frame("TT2", b"\1" + f"{CANARY}-TT2".encode("utf-16"), 2) + frame("TP1", b"\0kestrel-TP1", 2)
        held += frame("COM", b"\0eng\0kestrel-COM", 2) + frame("PIC", b"\0JPG\3kestrel-said\0" + cover(), 2)
        return wrapped(held + bytes(30), 2)
    wide = b"\1" + f"{CANARY}-TPE1".encode("utf-16")
    fields = {
        "TIT2": text("TIT2"), "TPE1": wide, "TDRC": b"\3" + b"2026-05-03T14:10", "TSSE": text("TSSE"),
        "TXXX": b"\3place\0kestrel-TXXX", "COMM": b"\3eng\0kestrel-COMM", "USLT": b"\3eng\0kestrel-USLT",
        "WXXX": b"\0\0https://kestrel.example", "PRIV": b"owner\0\1\2kestrel-PRIV", "UFID": b"http://x\0kestrel-UFID",
        "GEOB": b"\0text/plain\0kestrel.txt\0said\0kestrel-GEOB", "APIC": b"\3image/jpeg\0\3kestrel-said\0" + cover(),
        "CHAP": b"c1\0" + bytes(16) + frame("TIT2", text("chapter"), version), "XYZW": b"\0\1\2kestrel-XYZW",
    }  # fmt: skip
    return wrapped(b"".join(frame(name, held, version) for name, held in fields.items()) + bytes(50), version, flags)


def first() -> bytes:
    """Return a tag of version 1.1, with one that enhances it before it."""
    enhanced = b"TAG+" + b"kestrel-long-title".ljust(180, b"\0") + bytes(43)
    texts = (("title", 30), ("artist", 30), ("album", 30), ("2026", 4), ("comment", 28))
    held = b"".join(
        (name if name == "2026" else f"{CANARY}-{name}").encode().ljust(size, b"\0") for name, size in texts
    )
    return enhanced + b"TAG" + held + b"\0\7\xff"


def ape(with_header: bool = True) -> bytes:
    """Return an APE tag with a text and a picture."""
    fields = {"Artist": (0, b"kestrel-ape-artist"), "Cover Art (Front)": (2, b"kestrel.jpg\0" + cover())}
    held = b"".join(
        struct.pack("<2L", len(value), flags) + name.encode() + b"\0" + value for name, (flags, value) in fields.items()
    )
    ends = [
        b"APETAGEX" + struct.pack("<4L8x", 2_000, len(held) + 32, len(fields), 1 << 31 | is_head << 29)
        for is_head in (1, 0)
    ]
    return (ends[0] if with_header else b"") + held + (ends[1] if with_header else _alone(ends[1]))


def _alone(end: bytes) -> bytes:
    """Return the end of a tag that has no header."""
    return end[:20] + bytes(4) + end[24:]


def lyrics() -> bytes:
    """Return words in a Lyrics3 tag."""
    held = b"LYRICSBEGININD0000210LYR00014kestrel-lyrics"
    return held + b"%06d" % len(held) + b"LYRICS200"
