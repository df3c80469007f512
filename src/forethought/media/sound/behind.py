"""Tags that stand before or behind sound: ID3, APE and Lyrics3, found and read wherever one begins or ends."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, DamagedError
from forethought.media.held import counted, picture, text_of, told
from forethought.media.sound import id3
from forethought.media.sound.vorbis import KINDS
from forethought.media.trace import Trace

MOST_ITEMS, MOST_TAG, MOST_TAGS = 2_000, 64 << 20, 200
LYRICS = re.compile(rb"LYRICS(?:200|END|BEGIN)")
SHORT = "it breaks off before its end"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: what kind it is, and where it stands."""

    kind: str
    start: int
    end: int

    def traces(self, data: Buffer) -> Iterator[Trace]:
        """Yield what it gives away."""
        raw = bytes(data[self.start : min(self.end, self.start + MOST_TAG)])
        readers = {"ID3": id3.traces, "ID3v1": id3.first_version, "APE": ape_traces}
        if self.kind in readers:
            yield from readers[self.kind](raw)
        else:
            yield told("words", self.kind, raw)


def tag_at(data: Buffer, at: int) -> Tag | None:
    """Return the tag that begins here, or None. Raises DamagedError where it goes beyond the end."""
    head = data[at : at + 32]
    if size := id3.size_at(data, at):
        return _whole(data, Tag("ID3", at, at + size))
    if head[:8] == b"APETAGEX" and len(head) == 32 and _ape_size(head):
        return _whole(data, Tag("APE", at, at + _ape_size(head)))
    if head[:4] == b"TAG+" and len(data) - at >= 355:
        return Tag("ID3v1", at, at + 227)
    if head[:3] == b"TAG" and len(data) - at >= 128:
        return Tag("ID3v1", at, at + 128)
    if head[:11] == b"LYRICSBEGIN":
        return _lyrics(data, at)
    return None


def _whole(data: Buffer, tag: Tag) -> Tag:
    if tag.end > len(data):
        raise DamagedError(SHORT)
    return tag


def _ape_size(head: bytes) -> int:
    """Return the size of the APE tag that begins with this header; 0 where it is the end of one."""
    _, size, _, flags = struct.unpack("<4L", head[8:24])
    return 32 + size if flags & 1 << 29 else 0


def _lyrics(data: Buffer, at: int) -> Tag | None:
    found = LYRICS.search(data, at + 11, at + (1 << 20))
    return Tag("Lyrics3", at, found.end()) if found and found[0] != b"LYRICSBEGIN" else None


def tag_before(data: Buffer, end: int) -> Tag | None:
    """Return the tag that ends here, or None."""
    if end >= 128 and data[end - 128 : end - 125] == b"TAG":
        return Tag("ID3v1", end - 128, end)
    if end >= 227 and data[end - 227 : end - 223] == b"TAG+":
        return Tag("ID3v1", end - 227, end)
    if size := id3.size_before(data, end):
        return Tag("ID3", end - size, end)
    if end >= 32 and data[end - 32 : end - 24] == b"APETAGEX":
        return _ape_before(data, end)
    if data[max(0, end - 9) : end] in (b"LYRICS200", b"LYRICSEND"):
        start = data.rfind(b"LYRICSBEGIN", max(0, end - (1 << 20)), end)
        return Tag("Lyrics3", start, end) if start >= 0 else None
    return None


def _ape_before(data: Buffer, end: int) -> Tag | None:
    _, size, _, flags = struct.unpack("<4L", data[end - 24 : end - 8])
    start = end - size - (32 if flags & 1 << 31 else 0)
    return Tag("APE", start, end) if 0 <= start <= end - 32 else None


def tags_behind(data: Buffer, start: int) -> list[Tag]:
    """Return the tags that stand behind one another at the end of a file, from the last to the first."""
    found: list[Tag] = []
    end = len(data)
    while len(found) < MOST_TAGS and (tag := tag_before(data, end)) and tag.start >= start:
        found.append(tag)
        end = tag.start
    return found


def ape_traces(raw: bytes) -> Iterator[Trace]:
    """Yield what an APE tag gives away; one without anything readable is one trace."""
    at = 32 if len(raw) > 32 and raw[:8] == b"APETAGEX" else 0
    found = False
    for _ in range(MOST_ITEMS):
        if at + 9 > len(raw) - 32 or (ending := raw.find(b"\0", at + 8, at + 264)) < 0:
            break
        size, flags = struct.unpack_from("<2L", raw, at)
        name, held = text_of(raw[at + 8 : ending]), raw[ending + 1 : ending + 1 + size]
        for trace in _ape_item(name, held, flags):
            found = True
            yield trace
        at = ending + 1 + size
    if not found:
        yield Trace("other", "APE", counted(len(raw), raw))


def _ape_item(name: str, held: bytes, flags: int) -> Iterator[Trace]:
    if flags >> 1 & 3 != 1:
        yield told(KINDS.get(name.upper(), "words"), f"APE {name}", held)
        return
    words, _, rest = held.partition(b"\0")
    if words:
        yield told("words", f"APE {name} name", words)
    yield from picture(rest, f"APE {name}")
