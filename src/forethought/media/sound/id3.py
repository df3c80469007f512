"""ID3 tags of sound files: versions 1, 2.2, 2.3 and 2.4 (id3.org), as they stand in MP3, FLAC and WAV."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer
from forethought.media.held import counted, inside, is_empty, picture, text_of, told
from forethought.media.trace import Trace

MOST_FRAMES, MOST_INFLATED, MOST_TAG, DEEPEST = 5_000, 16 << 20, 64 << 20, 3
ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
NAME = re.compile(rb"[A-Z][A-Z0-9]{2,3}")
KINDS = {
    "person": "TPE1 TPE2 TPE3 TPE4 TCOM TEXT TOLY TOPE TOWN TENC TCOP TPUB TRSN TRSO TIPL TMCL IPLS POPM "
    "TP1 TP2 TP3 TP4 TCM TXT TOL TOA TEN TCR TPB IPL POP",
    "time": "TDAT TIME TYER TRDA TDRC TDRL TDTG TDEN TDOR TORY TDA TIM TYE TRD TOR",
    "words": "TIT1 TIT2 TIT3 TALB COMM USLT SYLT TXXX TCON TOAL TOFN TT1 TT2 TT3 TAL COM ULT SLT TXX TCO TOT TOF USER "
    "CHAP CTOC",
    "software": "TSSE TSS",
    "device": "UFID UFI TSRC TRC MCDI MCI TMED TMT",
    "picture": "APIC PIC",
    "file": "GEOB GEO",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a tag: its name and its bytes, unpacked."""

    name: str
    raw: bytes


def size_at(data: Buffer, at: int) -> int:
    """Return the size of the version 2 tag that begins here, with its header and footer; 0 where there is none."""
    head = data[at : at + 10]
    if len(head) < 10 or head[:3] != b"ID3" or not 2 <= head[3] <= 4 or any(byte > 127 for byte in head[6:]):
        return 0
    return 10 + _synchsafe(head[6:]) + (10 if head[5] & 0x10 and head[3] == 4 else 0)


def size_before(data: Buffer, end: int) -> int:
    """Return the size of the version 2.4 tag whose footer ends here; 0 where there is none."""
    foot = data[max(0, end - 10) : end]
    if len(foot) < 10 or foot[:3] != b"3DI" or any(byte > 127 for byte in foot[6:]):
        return 0
    size = 20 + _synchsafe(foot[6:])
    return size if size <= end and data[end - size : end - size + 3] == b"ID3" else 0


def _synchsafe(raw: bytes) -> int:
    value = 0
    for byte in raw:
        value = value << 7 | byte & 127
    return value


def traces(raw: bytes, where: str = "ID3") -> Iterator[Trace]:
    """Yield what a version 2 tag gives away; a tag without anything readable is one trace."""
    found = False
    for frame in frames(raw):
        for trace in _told(frame, f"{where} {frame.name}"):
            found = True
            yield trace
    if not found:
        yield Trace("other", where, counted(len(raw), raw))


def frames(raw: bytes) -> Iterator[Frame]:
    """Yield the frames of a version 2 tag, as far as they can be read."""
    if len(raw) < 10:
        return
    version, flags = raw[3], raw[5]
    body = raw[10:MOST_TAG]
    if flags & 0x80 and version < 4:
        body = _unsynchronised(body)
    if flags & 0x40 and version > 2:
        body = body[_extended(body, version) :]
    yield from _frames(body, version)


def _extended(body: bytes, version: int) -> int:
    return _synchsafe(body[:4]) if version == 4 else 4 + int.from_bytes(body[:4])


def _unsynchronised(raw: bytes) -> bytes:
    return raw.replace(b"\xff\0", b"\xff")


def _frames(body: bytes, version: int) -> Iterator[Frame]:
    letters, head = (3, 6) if version == 2 else (4, 10)
    at = 0
    for _ in range(MOST_FRAMES):
        name = body[at : at + letters]
        if not NAME.fullmatch(name) or at + head > len(body):
            break
        size = _frame_size(body, at, version)
        held = body[at + head : at + head + size]
        yield Frame(name.decode(), _opened(held, body[at + 9], version) if version > 2 else held)
        at += head + size
    if not is_empty(body, at, len(body)) and body[at : at + 3] != b"3DI":
        yield Frame("padding", body[at:])


def _frame_size(body: bytes, at: int, version: int) -> int:
    """Return a frame's size; some programs write those of version 2.4 as those of 2.3."""
    if version == 2:
        return int.from_bytes(body[at + 3 : at + 6])
    plain, safe = int.from_bytes(body[at + 4 : at + 8]), _synchsafe(body[at + 4 : at + 8])
    if version == 3 or plain == safe:
        return plain
    return safe if _follows(body, at + 10 + safe) or not _follows(body, at + 10 + plain) else plain


def _follows(body: bytes, at: int) -> bool:
    """Tell whether a frame, padding or the end may stand here."""
    following = body[at : at + 4]
    return at == len(body) or (at < len(body) and (bool(NAME.fullmatch(following)) or not following.strip(b"\0")))


def _opened(held: bytes, flags: int, version: int) -> bytes:
    """Return a frame's bytes as they were before they were packed."""
    grouped, packed, secret = (0x20, 0x80, 0x40) if version == 3 else (0x40, 0x08, 0x04)
    if flags & secret:
        return held
    held = held[(1 if flags & grouped else 0) + (4 if flags & (packed if version == 3 else 0x01) else 0) :]
    if version == 4 and flags & 0x02:
        held = _unsynchronised(held)
    if not flags & packed:
        return held
    try:
        return zlib.decompressobj().decompress(held, MOST_INFLATED)
    except zlib.error:
        return held


def _told(frame: Frame, where: str, deep: int = 1) -> Iterator[Trace]:
    name, raw = frame.name, frame.raw
    if name in ("APIC", "PIC"):
        yield from _picture(name, raw, where)
    elif name in ("GEOB", "GEO"):
        yield from _object(raw, where)
    elif name in ("CHAP", "CTOC"):
        yield Trace("words", where, text_of(raw.partition(b"\0")[0]) or counted(len(raw)))
        yield from _below(raw, where, deep)
    elif (words := _words(name, raw)) and words.strip():
        yield Trace(_kind(name), where, words)
    elif raw.strip(b"\0"):
        yield told(_kind(name), where, raw)


def _kind(name: str) -> str:
    return KIND_OF.get(name, "contact" if name[0] == "W" else "other")


def _words(name: str, raw: bytes) -> str:
    """Return what a frame of text says."""
    if name in ("COMM", "COM", "USLT", "ULT", "USER"):
        return _decoded(raw[:1] + raw[4:])
    if name[0] == "T" or name in ("IPLS", "IPL", "WXXX", "WXX"):
        return _decoded(raw)
    return text_of(raw)


def _decoded(raw: bytes) -> str:
    """Return text whose first byte tells how it is written; a description and a value stand behind one another."""
    encoding = ENCODINGS[raw[0]] if raw and raw[0] < 4 else "latin-1"
    text = raw[1:].decode(encoding, "replace").replace("\ufeff", "").replace("\ufffe", "")
    return text_of(text.replace("\0", " ").strip().encode("utf-8", "replace"))


def _picture(name: str, raw: bytes, where: str) -> Iterator[Trace]:
    encoding = raw[0] if raw else 0
    at = 5 if name == "PIC" else raw.find(b"\0", 1) + 2
    words, held = _split(raw[at:], encoding)
    if words.strip():
        yield Trace("words", f"{where} description", words)
    yield from picture(held, where)


def _split(raw: bytes, encoding: int) -> tuple[str, bytes]:
    """Return a text that zeros end, and what stands behind it."""
    wide = 2 if encoding in (1, 2) else 1
    at = 0
    while at < len(raw) and raw[at : at + wide].strip(b"\0"):
        at += wide
    return _decoded(bytes([encoding]) + raw[:at]), raw[at + wide :]


def _object(raw: bytes, where: str) -> Iterator[Trace]:
    encoding = raw[0] if raw else 0
    name, rest = _split(raw[raw.find(b"\0", 1) + 1 :], encoding)
    words, held = _split(rest, encoding)
    yield Trace("file", where, f"{name} {words}".strip() or counted(len(held)))
    yield from inside(held, where)


def _below(raw: bytes, where: str, deep: int) -> Iterator[Trace]:
    """Yield what the frames inside a chapter give away."""
    start = raw.find(b"\0") + 1
    begin = next(
        (at for at in range(start, min(start + 4_096, len(raw))) if NAME.fullmatch(raw[at : at + 4])), len(raw)
    )
    for frame in _frames(raw[begin:], 3) if deep < DEEPEST else ():
        yield from _told(frame, f"{where} {frame.name}", deep + 1)


def first_version(raw: bytes) -> Iterator[Trace]:
    """Yield what the 128 bytes of a version 1 tag, or the 227 bytes that enhance one, give away."""
    fields = ENHANCED if raw[:4] == b"TAG+" else FIRST
    found = False
    for name, kind, start, end in fields:
        if text := text_of(raw[start:end].strip(b" \0").decode("latin-1").encode()):
            found = True
            yield Trace(kind, f"ID3v1 {name}", text)
    if not found:
        yield Trace("other", "ID3v1", counted(len(raw)))


FIRST = (
    ("title", "words", 3, 33), ("artist", "person", 33, 63), ("album", "words", 63, 93), ("year", "time", 93, 97),
    ("comment", "words", 97, 127),
)  # fmt: skip
ENHANCED = (
    ("title", "words", 4, 64), ("artist", "person", 64, 124), ("album", "words", 124, 184),
    ("genre", "words", 185, 215), ("start", "time", 215, 221), ("end", "time", 221, 227),
)  # fmt: skip
