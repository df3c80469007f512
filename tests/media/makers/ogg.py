"""Makes Ogg sound and films as chat programs, recorders and ffmpeg write them, with a canary in every hidden field."""

import base64
import struct
from collections.abc import Callable
from functools import cache

from makers import flac
from makers.sounds import FFMPEG, TAGS, made

OPUS_HEAD = b"OpusHead\1\1" + struct.pack("<HLhB", 312, 48_000, 0, 0)
VORBIS_HEAD = b"\x01vorbis" + struct.pack("<LBLlll", 0, 1, 44_100, 0, 0, 0) + b"\xb8\1"
THEORA_HEAD = b"\x80theora\3\2\1" + bytes(31)
SILENCE = b"\xf8\xff\xfe"


def page(serial: int, number: int, flags: int, sizes: bytes, held: bytes, place: int = 0) -> bytes:
    """Return a page, with its sum."""
    head = b"OggS\0" + struct.pack("<BqLL", flags, place, serial, number)
    total = 0
    for byte in head + bytes(4) + bytes([len(sizes)]) + sizes + held:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ (0x104C11DB7 if total >> 31 else 0)) & 0xFFFFFFFF
    return head + struct.pack("<L", total) + bytes([len(sizes)]) + sizes + held


def pages(serial: int, packets: list[bytes], number: int = 1, flags: int = 0) -> list[bytes]:
    """Return packets on as few pages as hold them."""
    sizes, held = b"", b"".join(packets)
    for packet in packets:
        sizes += b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    found, at = [], 0
    for start in range(0, len(sizes), 255):
        row = sizes[start : start + 255]
        is_open = start and sizes[start - 1] == 255
        found.append(page(serial, number + len(found), flags | is_open, row, held[at : at + sum(row)]))
        at += sum(row)
    return found


def stream(serial: int, head: bytes, *packets: bytes) -> list[bytes]:
    """Return the pages of a stream: its head on one of its own, then the others, of which the last ends it."""
    return [*pages(serial, [head], 0, 2), *pages(serial, list(packets[:-1])), *pages(serial, [packets[-1]], 90, 4)]


def comments(*more: bytes) -> bytes:
    """Return comments, with a picture in one of them."""
    picture = b"METADATA_BLOCK_PICTURE=" + base64.b64encode(flac.picture())
    return flac.comments(picture, f"COVERART={base64.b64encode(b'kestrel').decode()}".encode(), *more)


def opus(serial: int = 7, more: bytes = b"") -> list[bytes]:
    """Return the pages of a stream of Opus whose comments stand on several."""
    tags = b"OpusTags" + comments(b"LYRICS=" + b"kestrel-lyrics " * 6_000) + more
    return stream(serial, OPUS_HEAD, tags, SILENCE, SILENCE)


@cache
def plain() -> bytes:
    """Return sound that gives nothing away."""
    tags = b"OpusTags" + struct.pack("<L", 5) + b" " * 5 + bytes(4)
    return b"".join(stream(1, OPUS_HEAD, tags, SILENCE, SILENCE))


@cache
def voice() -> bytes:
    """Return a voice message: Opus whose comments stand on several pages, with bytes behind them, and a rest."""
    return b"".join(opus(more=b"\1kestrel-padding")) + b"kestrel-rest"


@cache
def chained() -> bytes:
    """Return a stream behind a stream, as radio programs write them, with bytes between them."""
    return b"".join(opus(7)) + b"kestrel between" + b"".join(opus(8))


@cache
def skeleton() -> bytes:
    """Return Opus beside Skeleton, which names its streams, and Kate, which holds subtitles."""
    bone = b"fisbone\0" + bytes(44) + b"Content-Type: audio/ogg\r\nName: kestrel-name\r\n"
    head = stream(3, b"fishead\0\3\0\0\0" + b"20260503T141000.000Z" * 2, bone, b"kestrel")
    words = stream(4, b"\x80kate\0\0\0\0" + bytes(55), b"\x81kate kestrel-kate", b"kestrel-subtitle" * 10)
    first, *more = opus()
    return b"".join([head[0], words[0], first, *head[1:], *words[1:], *more])


@cache
def old() -> bytes:
    """Return Vorbis and Theora side by side, without sound or picture, and Speex and FLAC behind one another."""
    vorbis = stream(1, VORBIS_HEAD, b"\x03vorbis" + comments() + b"\1", b"\x05vorbis setup", b"\0")
    theora = stream(2, THEORA_HEAD, b"\x81theora" + comments(), b"\x82theora setup", b"\0")
    speex = stream(3, b"Speex   1.2".ljust(80, b"\0"), comments(), b"\0")
    blocks = [flac.block(flac.COMMENT, comments()), flac.block(flac.PICTURE, flac.picture())]
    blocks += [flac.block(flac.APPLICATION, b"kestrel-application", True)]
    packed = stream(4, b"\x7fFLAC\1\0\0\3fLaC" + flac.info(), *blocks, flac.frame(0))
    return b"".join([vorbis[0], theora[0], *vorbis[1:], *theora[1:], *speex, *packed])


def program(codec: str, picture: bool = False) -> bytes:
    """Return sound or a film as ffmpeg writes it."""
    video = ("-c:v", "libtheora") if picture else ()
    tags = [part for name, value in TAGS.items() for part in ("-metadata:s:a:0", f"{name}={value}")]
    return made("ogg", "-c:a", codec, *video, *tags, picture=picture)


FILES: dict[str, Callable[[], bytes]] = {"voice": voice, "chained": chained, "skeleton": skeleton, "old": old}
if FFMPEG:
    FILES |= {
        "vorbis": lambda: program("libvorbis"), "opus": lambda: program("libopus"), "flac": lambda: program("flac"),
        "theora": lambda: program("libvorbis", picture=True),
    }  # fmt: skip
