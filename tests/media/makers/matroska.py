"""Makes Matroska and WebM films as OBS, browsers, MKVToolNix and ffmpeg write them, with a canary in every field."""

import struct
import zlib
from collections.abc import Callable
from functools import partial

from makers import flac, id3
from makers.sounds import CANARY, FFMPEG, made

SUBTITLES = b"1\n00:00:00,000 --> 00:00:00,900\nkestrel-subtitle\n"
CHAPTERS = b";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=kestrel-chapter\n"
OPEN = -1  # stands for a size that is not known


def element(number: int, *parts: bytes, size: int | None = None) -> bytes:
    """Return an element, of unknown size where that is asked for."""
    held = b"".join(parts)
    wide = b"\x01" + b"\xff" * 7 if size == OPEN else (len(held) | 1 << 56).to_bytes(8)
    return number.to_bytes((number.bit_length() + 7) // 8) + wide + held


def number(name: int, value: int, size: int = 1) -> bytes:
    """Return an element that holds a number."""
    return element(name, value.to_bytes(size))


def word(name: int, text: str) -> bytes:
    """Return an element that holds a canary."""
    return element(name, f"{CANARY}-{text}".encode())


def header(kind: bytes = b"matroska", *more: bytes) -> bytes:
    """Return the header of a file."""
    return element(0x1A45DFA3, number(0x4286, 1), element(0x4282, kind), number(0x4287, 4), number(0x4285, 2), *more)


def track(place: int, kind: int, codec: bytes, *more: bytes, known: bool = False) -> bytes:
    """Return what is told of a track."""
    known_as = number(0x73C5, place) if known else number(0x73C5, 0x6B65737472656C31, 8)
    return element(0xAE, number(0xD7, place), known_as, number(0x83, kind), element(0x86, codec), *more)


def sound(*more: bytes, known: bool = False) -> bytes:
    """Return what is told of a track of plain samples."""
    shape = element(0xE1, element(0xB5, struct.pack(">f", 8_000)), number(0x9F, 1), number(0x6264, 16))
    return track(1, 2, b"A_PCM/INT/LIT", shape, *more, known=known)


def block(place: int, time: int, held: bytes, name: int = 0xA3) -> bytes:
    """Return a block of a track."""
    return element(name, bytes([0x80 | place]) + struct.pack(">hB", time, 0x80) + held)


def cluster(*more: bytes, size: int | None = None) -> bytes:
    """Return a cluster of sound."""
    held = [block(1, at * 10, struct.pack("<80h", *range(80))) for at in range(3)]
    return element(0x1F43B675, number(0xE7, 0), *held, *more, size=size)


def info(*more: bytes, blank: bool = False) -> bytes:
    """Return what is told of a film."""
    apps = [element(name, bytes(4)) if blank else word(name, "app") for name in (0x4D80, 0x5741)]
    return element(0x1549A966, number(0x2AD7B1, 1_000_000, 3), *apps, *more)


def plain() -> bytes:
    """Return sound that gives nothing away."""
    parts = info(blank=True), element(0x1654AE6B, sound(known=True)), element(0xEC, bytes(20)), cluster()
    return header() + element(0x18538067, *parts)


def summed(number: int, *parts: bytes) -> bytes:
    """Return an element that begins with its sum."""
    return element(number, element(0xBF, struct.pack("<L", zlib.crc32(b"".join(parts)))), *parts)


def tags() -> bytes:
    """Return tags, one of them in another."""
    inner = element(0x67C8, element(0x45A3, b"COMMENT"), word(0x4487, "inner"))
    place = element(0x67C8, element(0x45A3, b"LOCATION"), element(0x4487, b"+51.45-002.58/ kestrel"))
    return element(0x1254C367, element(0x7373, element(0x63C0), place, element(0x67C8, element(0x45A3, b"ARTIST"),
                   word(0x4487, "artist"), inner)))  # fmt: skip


def attachments() -> bytes:
    """Return an attached picture."""
    parts = word(0x466E, "name.jpg"), word(0x467E, "said"), element(0x4660, b"image/jpeg"), number(0x46AE, 9)
    return element(0x1941A469, element(0x61A7, *parts, element(0x465C, id3.cover())))


def chapters() -> bytes:
    """Return chapters with a title."""
    atom = element(
        0xB6, number(0x73C4, 1), number(0x91, 0), element(0x80, word(0x85, "chapter"), element(0x437C, b"eng"))
    )
    return element(0x1043A770, element(0x45B9, atom))


def editor() -> bytes:
    """Return sound with every hidden field: notes, tags, attachments, chapters, subtitles, sums, filling, a rest."""
    date = element(0x4461, struct.pack(">q", 799_510_200 * 10**9))
    told = info(word(0x7BA9, "title"), word(0x7384, "file.mkv"), element(0x73A4, b"kestrel-segment-"), date,
                word(0x3E83BB, "next"), word(0x4444, "family"))  # fmt: skip
    words = track(2, 17, b"S_TEXT/UTF8", word(0x536E, "subtitles"), element(0x22B59C, b"cym"))
    named = sound(word(0x536E, "track"), word(0x258688, "codec"), element(0x22B59C, b"kestrel"))
    blocks = (block(2, 0, b"kestrel-subtitle"), element(0xA0, block(2, 20, b"kestrel-later", 0xA1), number(0x9B, 9)),
              block(9, 0, b"kestrel-no-track"), word(0xAF, "encrypted"), word(0xEC, "void"),
              element(0xA0, block(1, 30, bytes(160), 0xA1), element(0x75A1, element(0xA6, number(0xEE, 4),
              word(0xA5, "additional")))))  # fmt: skip
    seek = element(0x114D9B74, *(element(0x4DBB, element(0x53AB, name), number(0x53AC, 9, 2))
                   for name in (b"\x12\x54\xc3\x67", b"\x15\x49\xa9\x66")))  # fmt: skip
    points = [element(0xBB, number(0xB3, 0), *(element(0xB7, number(0xF7, place), number(0xF1, 9)) for place in places))
              for places in ((1,), (2,), (1, 2))]  # fmt: skip
    film = (seek, told, summed(0x1654AE6B, named, words), word(0xEC, "void"), cluster(*blocks), chapters(),
            attachments(), tags(), element(0x1C53BB6B, *points), word(0x4DAA, "unknown"))  # fmt: skip
    return header(b"matroska", word(0x4281, "extension")) + element(0x18538067, *film) + b"kestrel-rest"


def live() -> bytes:
    """Return a film as a browser records it: sizes that are not known, and tags behind the last cluster."""
    clusters = cluster(size=OPEN) + cluster(block(9, 0, b"kestrel-stray"), size=OPEN)
    parts = info(), element(0x1654AE6B, sound()), clusters, tags()
    return header(b"webm") + element(0x18538067, *parts, size=OPEN)


def packed() -> bytes:
    """Return sound whose decoders begin with comments: FLAC and Vorbis."""
    comments = flac.comments() + b"\1"
    vorbis = b"\x03vorbis" + comments
    private = b"\2\x1e" + b"\xff" * (len(vorbis) // 255) + bytes([len(vorbis) % 255]) + bytes(30) + vorbis + b"\5vorbis"
    blocks = flac.info() + flac.block(flac.COMMENT, flac.comments()) + flac.block(flac.PICTURE, flac.picture(), True)
    first = track(1, 2, b"A_FLAC", element(0x63A2, b"fLaC" + blocks))
    second = track(2, 2, b"A_VORBIS", element(0x63A2, private))
    return header() + element(0x18538067, info(), element(0x1654AE6B, first, second), cluster())


def program(suffix: str, *arguments: str) -> bytes:
    """Return a film as ffmpeg writes it."""
    return made(
        suffix, *arguments, "-map_chapters", "3", picture=True, inputs=(("s.srt", SUBTITLES), ("c.txt", CHAPTERS))
    )


FILES: dict[str, Callable[[], bytes]] = {"editor": editor, "live": live, "packed": packed}
if FFMPEG:
    SAID = ("-metadata:s:v:0", "title=kestrel-track", "-metadata:s:s:0", "language=cym")
    HOW = {
        "obs": ("mkv", "-c:v", "mpeg4", "-c:a", "libvorbis", "-c:s", "ass"),
        "flac": ("mkv", "-c:v", "mpeg4", "-c:a", "flac", "-c:s", "srt", "-attach", __file__, "-metadata:s:t:0",
                 "mimetype=text/plain"),
        "web": ("webm", "-c:v", "libvpx", "-c:a", "libopus", "-c:s", "webvtt"),
        "live web": ("webm", "-c:v", "libvpx", "-c:a", "libvorbis", "-c:s", "webvtt", "-live", "1"),
    }  # fmt: skip
    FILES |= {name: partial(program, *how, *SAID) for name, how in HOW.items()}
