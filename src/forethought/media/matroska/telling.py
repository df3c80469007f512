"""What the elements of a Matroska file that do not stay give away, in words."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from forethought.media import held
from forethought.media.buffer import Buffer, DamagedError
from forethought.media.held import MOST_READ, counted, picture, text_of
from forethought.media.matroska.ebml import ATTACHMENTS, CHAPTERS, CLUSTER, TAGS, VOID, Element, elements, track_of
from forethought.media.matroska.private import Track
from forethought.media.sound.vorbis import KINDS
from forethought.media.trace import Trace

MOST_TOLD, MOST_LOOKED, DEEPEST, MOST_FILE = 500, 100_000, 8, 64 << 20
ATTACHED, FILE_NAME, FILE_DATA, FILE_SAID = 0x61A7, 0x466E, 0x465C, 0x467E
TAG, SIMPLE_TAG, TAG_NAME, TAG_TEXT, TAG_BYTES = 0x7373, 0x67C8, 0x45A3, 0x4487, 0x4485
ATOM, EDITION, DISPLAY, CHAPTER_TEXT = 0xB6, 0x45B9, 0x80, 0x85
DATE, BLOCK, SIMPLE, GROUP = 0x4461, 0xA1, 0xA3, 0xA0
NAMES = {
    0x7BA9: ("words", "Title"), 0x7384: ("words", "SegmentFilename"), 0x73A4: ("other", "SegmentUUID"),
    0x3C83AB: ("words", "PrevFilename"), 0x3E83BB: ("words", "NextFilename"), 0x3CB923: ("other", "PrevUUID"),
    0x3EB923: ("other", "NextUUID"), 0x4444: ("other", "SegmentFamily"), 0x4D80: ("software", "MuxingApp"),
    0x5741: ("software", "WritingApp"), 0x536E: ("words", "track Name"), 0x258688: ("software", "CodecName"),
    0x22B59C: ("other", "Language"), 0x22B59D: ("other", "LanguageBCP47"), VOID: ("other", "Void"),
    DATE: ("time", "DateUTC"),
    0x63A2: ("other", "CodecPrivate"), 0x41A4: ("other", "BlockAddIDName"),
}  # fmt: skip
EPOCH = datetime(2001, 1, 1, tzinfo=UTC)


def told(data: Buffer, element: Element, parent: int) -> Iterator[Trace]:
    """Yield what an element that does not stay gives away."""
    readers = {TAGS: _tags, ATTACHMENTS: _attachments, CHAPTERS: _chapters}
    if element.id in readers:
        found = False
        try:
            for trace in readers[element.id](data, element, 0):
                found = True
                yield trace
        except DamagedError:
            found = False
        if found:
            return
    if element.id == DATE and element.end - element.body == 8:
        yield _date(data, element)
        return
    kind, name = NAMES.get(element.id, ("other", f"element {element.id:X}"))
    yield held.told(kind, f"Matroska {name}", _raw(data, element).strip(b"\0"))


def _raw(data: Buffer, element: Element, most: int = MOST_READ) -> bytes:
    return bytes(data[element.body : min(element.end, element.body + most)])


def _date(data: Buffer, element: Element) -> Trace:
    raw = _raw(data, element)
    passed = timedelta(microseconds=int.from_bytes(raw, signed=True) // 1_000)
    try:
        return Trace("time", "Matroska DateUTC", f"{EPOCH + passed:%Y-%m-%d %H:%M:%S} UTC", needles=(raw,))
    except OverflowError:
        return Trace("time", "Matroska DateUTC", counted(8), needles=(raw,))


def _tags(data: Buffer, parent: Element, deep: int) -> Iterator[Trace]:
    """Yield the names and values of tags, and of tags in tags."""
    parts = list(elements(data, parent.body, parent.end))[:MOST_TOLD] if deep < DEEPEST else []
    name = next((text_of(_raw(data, part)) for part in parts if part.id == TAG_NAME), "")
    for part in parts:
        if part.id in (TAG, SIMPLE_TAG):
            yield from _tags(data, part, deep + 1)
        elif part.id in (TAG_TEXT, TAG_BYTES) and part.end > part.body:
            yield held.told(kind_of(name), f"Matroska tag {name}", _raw(data, part))


def kind_of(name: str) -> str:
    """Return what a tag of this name tells."""
    upper = name.upper()
    if "LOCATION" in upper or "GPS" in upper:
        return "place"
    if "DATE" in upper:
        return "time"
    if "MAKE" in upper or "MODEL" in upper or "ANDROID" in upper:
        return "device"
    return KINDS.get(upper, "other")


def _attachments(data: Buffer, parent: Element, deep: int) -> Iterator[Trace]:
    for attached in list(elements(data, parent.body, parent.end))[:MOST_TOLD]:
        if attached.id != ATTACHED:
            continue
        parts = {part.id: part for part in elements(data, attached.body, attached.end)}
        name, said = (text_of(_raw(data, parts[id])) if id in parts else "" for id in (FILE_NAME, FILE_SAID))
        yield Trace("file", "Matroska attachment", f"{name} {said}".strip() or counted(attached.end - attached.body))
        if FILE_DATA in parts:
            raw = _raw(data, parts[FILE_DATA], MOST_FILE)
            yield from picture(raw, f"Matroska attachment {name}")


def _chapters(data: Buffer, parent: Element, deep: int) -> Iterator[Trace]:
    for part in list(elements(data, parent.body, parent.end))[:MOST_TOLD] if deep < DEEPEST else []:
        if part.id in (EDITION, ATOM, DISPLAY):
            yield from _chapters(data, part, deep + 1)
        elif part.id == CHAPTER_TEXT:
            yield held.told("words", "Matroska chapter", _raw(data, part))


def words_of(data: Buffer, segment: Element, track: Track) -> str:
    """Return the first words of a track that is neither picture nor sound, with its codec and name."""
    found = [f"{track.codec} {track.name}".strip() or "a track"]
    for text in _texts(data, segment, track.number):
        found.append(text)
        if sum(map(len, found)) > held.MOST_SHOWN:
            break
    return f"{found[0]}: {' / '.join(found[1:])}"[: held.MOST_SHOWN] if len(found) > 1 else found[0]


def _texts(data: Buffer, segment: Element, number: int) -> Iterator[str]:
    looked = 0
    for cluster in elements(data, segment.body, segment.end):
        for part in elements(data, cluster.body, cluster.end) if cluster.id == CLUSTER else ():
            looked += 1
            if looked > MOST_LOOKED:
                return
            block = part if part.id == SIMPLE else _block(data, part)
            if block and track_of(data, block) == number:
                yield text_of(_unpacked(_raw(data, block)[4:]))


def _block(data: Buffer, group: Element) -> Element | None:
    if group.id != GROUP:
        return None
    return next((part for part in elements(data, group.body, group.end) if part.id == BLOCK), None)


def _unpacked(raw: bytes) -> bytes:
    """Return the words of a block, which some programs pack."""
    try:
        return zlib.decompressobj().decompress(raw, MOST_READ) if raw[:1] == b"x" else raw
    except zlib.error:
        return raw
