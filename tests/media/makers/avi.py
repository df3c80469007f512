"""Makes AVI films as cameras, OpenDML writers and ffmpeg write them, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.sounds import CANARY, FFMPEG, made
from makers.wav import chunk, listed, word

FRAME = bytes(range(48)) * 4  # 8 by 8 pixels of 24 bits


def stream(kind: bytes = b"vids", packed: bytes = b"DIB ", more: bytes = b"", count: int = 3) -> bytes:
    """Return the list that describes a stream."""
    head = kind + packed + struct.pack("<LHHL5L2L4h", 0, 0, 0, 0, 1, 10, 0, count, 192, 0, 0, 0, 0, 8, 8)
    shape = struct.pack("<LllHH4s5L", 40, 8, 8, 1, 24, bytes(4), 192, 0, 0, 0, 0)
    return listed(b"strl", chunk(b"strh", head), chunk(b"strf", shape), more)


def headed(*more: bytes, streams: tuple[bytes, ...] = (), reserved: bytes = bytes(16)) -> bytes:
    """Return the list that describes a film."""
    head = struct.pack("<10L", 100_000, 0, 0, 0x10, 3, 0, 1, 192, 8, 8) + reserved
    return listed(b"hdrl", chunk(b"avih", head), *(streams or (stream(),)), *more)


def frames(*more: bytes) -> bytes:
    """Return the list of frames."""
    return listed(b"movi", *[chunk(b"00db", FRAME)] * 3, *more)


def index(count: int = 3) -> bytes:
    """Return where the frames stand."""
    return chunk(b"idx1", b"".join(struct.pack("<4s3L", b"00db", 16, 4 + 200 * at, 192) for at in range(count)))


def whole(*parts: bytes, form: bytes = b"AVI ") -> bytes:
    """Return a RIFF."""
    return chunk(b"RIFF", form + b"".join(parts))


def plain() -> bytes:
    """Return a film that gives nothing away."""
    return whole(headed(), frames(), index())


def camera() -> bytes:
    """Return a film as a camera writes it: dates, a name, a maker's own notes in many places, a rest."""
    own = stream(more=chunk(b"strn", f"{CANARY}-strn".encode()) + chunk(b"strd", f"{CANARY}-strd".encode()))
    head = headed(chunk(b"IDIT", f"{CANARY} 2026-05-03".encode()), streams=(own,), reserved=b"kestrel-reserved")
    notes = listed(b"ncdt", chunk(b"nctg", f"{CANARY}-nctg".encode()))
    inside = (listed(b"rec ", chunk(b"JUNK", b"kestrel-junk")), chunk(b"zzzz", b"kestrel-movi"))
    exif = listed(b"exif", word("ecor"), word("emdl"), word("eucm"))
    texts = listed(b"INFO", word("ISFT"), word("IART"), word("ICRD"))
    film = whole(head, notes, exif, texts, chunk(b"JUNK", b"kestrel-junk"), frames(*inside), index())
    return film + b"kestrel-rest"


def long() -> bytes:
    """Return a film of several RIFFs, as OpenDML writes it."""
    more = listed(b"odml", chunk(b"dmlh", struct.pack("<L", 6) + b"kestrel-dmlh".ljust(244, b"\0")))
    first = whole(headed(more), listed(b"INFO", word("ISFT")), frames(chunk(b"ix00", bytes(24))), index())
    return first + whole(frames(), chunk(b"JUNK", b"kestrel-later"), form=b"AVIX")


def program() -> bytes:
    """Return a film as ffmpeg writes it."""
    return made("avi", "-c:a", "pcm_s16le", picture=True) if FFMPEG else camera()


FILES: dict[str, Callable[[], bytes]] = {"camera": camera, "long": long, "program": program}
