"""Ogg sound and films: comments are emptied in their places, and the sums of the pages they stand on put right.

Pages: RFC 3533; Vorbis I, Theora and Speex specifications; Opus: RFC 7845; FLAC in Ogg: RFC 9639.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError
from forethought.media.format import Format, Wishes
from forethought.media.formats import flac
from forethought.media.held import counted, tags_read, told
from forethought.media.sound import vorbis
from forethought.media.trace import Trace

MOST_PAGES, MOST_HELD, MOST_STREAMS = 5_000_000, 64 << 20, 1_000
SHORT, BROKEN = "it breaks off before its end", "its pages are not built as those of Ogg are"
UNKNOWN = "it holds a stream of a kind that is not known here"
CODECS = {
    b"\x01vorbis": "Vorbis",
    b"OpusHead": "Opus",
    b"\x7fFLAC": "FLAC",
    b"\x80theora": "Theora",
    b"Speex   ": "Speex",
}
DROPPED = {b"fishead\0": "Skeleton", b"\x80kate": "Kate subtitles", b"CMML": "CMML notes", b"Annodex\0": "Annodex"}
HEADS = {"Vorbis": 30, "Theora": 42, "Speex": 80, "FLAC": 51}
SIGNS = {"Vorbis": b"\x03vorbis", "Opus": b"OpusTags", "Theora": b"\x81theora", "Speex": b"", "FLAC": b""}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it stands, where its bytes begin, its stream, its flags and the sizes of its pieces."""

    start: int
    body: int
    end: int
    serial: int
    flags: int
    sizes: bytes

    @property
    def is_first(self) -> bool:
        """Whether a stream begins with it."""
        return bool(self.flags & 2)


@dataclass(slots=True)
class Stream:
    """A stream while its head is read: its codec, how many packets of its head are to come, and what was read."""

    codec: str
    is_dropped: bool = False
    left: int = 1
    packets: int = 0
    held: bytearray = field(default_factory=bytearray)
    places: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet of a stream's head: the stream's codec, its number, its bytes and where they stand."""

    codec: str
    number: int
    raw: bytes
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that a copy has not: the name of its stream, or nothing for bytes that are no page."""

    start: int
    end: int
    name: str


def pages(data: Buffer) -> Iterator[Page | Gap]:
    """Yield the pages of a file, and the stretches between them that are none. Raises DamagedError."""
    at = 0
    for _ in range(MOST_PAGES):
        if at >= len(data):
            return
        if data[at : at + 5] == b"OggS\0":
            page = _page(data, at)
            yield page
            at = page.end
        else:
            found = data.find(b"OggS\0", at)
            yield Gap(at, found if found > 0 else len(data), "")
            at = found if found > 0 else len(data)
    raise DamagedError("it is made of too many parts")


def _page(data: Buffer, at: int) -> Page:
    head = data[at : at + 27]
    if len(head) < 27:
        raise DamagedError(SHORT)
    sizes = bytes(data[at + 27 : at + 27 + head[26]])
    body = at + 27 + head[26]
    end = body + sum(sizes)
    if end > len(data):
        raise DamagedError(SHORT)
    return Page(at, body, end, int.from_bytes(head[14:18], "little"), head[5], sizes)


def parts(data: Buffer) -> Iterator[Packet | Gap]:
    """Yield the packets of every stream's head, and the stretches that a copy has not. Raises CannotCleanError."""
    streams: dict[int, Stream] = {}
    began = kept = 0
    for page in pages(data):
        if isinstance(page, Gap):
            yield page
            continue
        if page.is_first:
            began += 1
            streams[page.serial] = _stream(data, page)
            kept += not streams[page.serial].is_dropped
        stream = streams.get(page.serial)
        if stream is None or stream.is_dropped:
            yield Gap(page.start, page.end, stream.codec if stream else "a stream without a beginning")
        elif stream.left:
            yield from _packets(data, page, stream)
        if began > MOST_STREAMS:
            raise DamagedError("it is made of too many parts")
    if not kept or any(stream.left and not stream.is_dropped for stream in streams.values()):
        raise DamagedError(SHORT)


def _stream(data: Buffer, page: Page) -> Stream:
    head = bytes(data[page.body : min(page.end, page.body + 16)])
    for sign, codec in CODECS.items():
        if head.startswith(sign):
            return Stream(codec)
    for sign, codec in DROPPED.items():
        if head.startswith(sign):
            return Stream(codec, is_dropped=True)
    raise CannotCleanError(UNKNOWN)


def _packets(data: Buffer, page: Page, stream: Stream) -> Iterator[Packet]:
    """Yield the packets of a stream's head that end on this page."""
    at = start = page.body
    for size in page.sizes:
        at += size
        if size == 255:
            continue
        yield _ended(data, stream, start, at)
        start = at
        if not stream.left:
            return
    if at > start:
        _hold(data, stream, start, at)


def _hold(data: Buffer, stream: Stream, start: int, end: int) -> None:
    if len(stream.held) + end - start > MOST_HELD:
        raise DamagedError("its comments are larger than any comments are")
    stream.held += data[start:end]
    stream.places.append((start, end))


def _ended(data: Buffer, stream: Stream, start: int, end: int) -> Packet:
    """Return the packet that ends here, and count it."""
    _hold(data, stream, start, end)
    packet = Packet(stream.codec, stream.packets, bytes(stream.held), tuple(stream.places))
    stream.left = _left(stream, packet.raw)
    stream.packets += 1
    stream.held, stream.places = bytearray(), []
    return packet


def _left(stream: Stream, raw: bytes) -> int:
    """Return how many packets of a stream's head are still to come."""
    if stream.packets or stream.codec == "FLAC":
        if stream.codec != "FLAC":
            return stream.left - 1
        return 1 if not stream.packets else int(raw[:1] < b"\x80")
    if stream.codec == "Speex":
        extra = int.from_bytes(raw[68:72], "little")
        return 1 + min(extra, 100)
    return 1 if stream.codec == "Opus" else 2


def new_packet(packet: Packet) -> bytes:
    """Return what stands in place of a packet in the copy. Raises DamagedError."""
    raw, sign = packet.raw, SIGNS[packet.codec]
    if not packet.number:
        return raw[: _head_size(packet)].ljust(len(raw), b"\0")
    if packet.codec == "FLAC":
        return _new_block(packet)
    if packet.number != 1:
        return raw
    if not raw.startswith(sign):
        raise DamagedError(vorbis.BROKEN)
    vorbis.read(raw[len(sign) :])  # comments that are longer than their packet may go on in the sound
    return vorbis.emptied(len(raw), sign, b"\1" if packet.codec == "Vorbis" else b"")


def _head_size(packet: Packet) -> int:
    """Return how many bytes of a stream's first packet anything reads."""
    if packet.codec == "Opus":
        raw = packet.raw.ljust(19, b"\0")
        return 21 + raw[9] if raw[18] else 19
    return HEADS[packet.codec]


def _new_block(packet: Packet) -> bytes:
    """Return a block of FLAC in Ogg; the first behind the head is to be comments, whatever is in them."""
    raw = packet.raw
    if len(raw) < 4 or (packet.number == 1 and raw[0] & 127 != flac.COMMENT):
        raise DamagedError(vorbis.BROKEN)
    if raw[0] & 127 == flac.COMMENT:
        return vorbis.emptied(len(raw), raw[:4])
    return bytes([raw[0] & 128 | flac.PADDING]) + raw[1:4] + bytes(len(raw) - 4)


def _packet_traces(packet: Packet) -> Iterator[Trace]:
    raw, where = packet.raw, f"Ogg {packet.codec}"
    if raw == new_packet(packet):
        return
    told_any = False
    for trace in _told(packet, where):
        told_any = True
        yield trace
    if not told_any:
        yield told("other", f"{where} comments", raw)


def _told(packet: Packet, where: str) -> Iterator[Trace]:
    raw = packet.raw
    if not packet.number:
        yield told("other", f"behind the {where} head", raw[_head_size(packet) :])
    elif packet.codec == "FLAC" and raw[0] & 127 == flac.PICTURE:
        yield from vorbis.picture_block(raw[4:], f"{where} picture")
    elif packet.codec == "FLAC" and raw[0] & 127 != flac.COMMENT:
        yield told("other", f"{where} block {raw[0] & 127}", raw[4:])
    else:
        yield from vorbis.traces(raw[4 if packet.codec == "FLAC" else len(SIGNS[packet.codec]) :], where)


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what an Ogg file gives away."""
    seen: dict[str, Gap] = {}
    for part in parts(data):
        if isinstance(part, Packet):
            yield from _packet_traces(part)
        elif part.name:
            seen.setdefault(part.name, part)
            if seen[part.name] is not part and part.end - part.start < 100:
                continue
            yield Trace("words" if "a stream" not in part.name else "other", part.name, _said(data, part))
        else:
            yield Trace("other", "between its pages", _said(data, part))


def _said(data: Buffer, gap: Gap) -> str:
    return counted(gap.end - gap.start, bytes(data[gap.start : min(gap.end, gap.start + 4_096)]))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave picture and sound, with comments that say nothing. Raises CannotCleanError."""
    new: list[tuple[int, bytes]] = []
    gaps = []
    for part in parts(data):
        if isinstance(part, Gap):
            gaps.append(Change(part.start, part.end))
        elif (raw := new_packet(part)) != part.raw:
            at = 0
            for start, end in part.places:
                new.append((start, raw[at : at + end - start]))
                at += end - start
    yield from gaps
    yield from _pages_anew(data, new)


def _pages_anew(data: Buffer, new: list[tuple[int, bytes]]) -> Iterator[Change]:
    """Yield the pages in which something changes, whole and with their sums put right."""
    waiting = sorted(new)
    for page in pages(data):
        if not waiting:
            return
        if isinstance(page, Gap) or waiting[0][0] >= page.end:
            continue
        raw = bytearray(data[page.start : page.end])
        while waiting and waiting[0][0] < page.end:
            start, piece = waiting.pop(0)
            raw[start - page.start : start - page.start + len(piece)] = piece
        raw[22:26] = bytes(4)
        raw[22:26] = struct.pack("<L", page_sum(bytes(raw)))
        yield Change(page.start, page.end, bytes(raw))


def page_sum(raw: bytes) -> int:
    """Return the sum of a page: the common CRC-32, with every byte and the result turned round."""
    turned = zlib.crc32(raw.translate(TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)


TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with tinytag, and with a walk that allows nothing but streams whose comments say nothing."""
    yield from tags_read(data)
    yield from _strictly(data)


def _strictly(data: Buffer) -> Iterator[str]:
    at, streams, every = 0, dict[bytes, list[bytearray]](), list[list[bytearray]]()
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        body = at + 27 + data[at + 26]
        sizes, serial = bytes(data[at + 27 : body]), bytes(data[at + 14 : at + 18])
        if data[at + 5] & 2:
            streams[serial] = [bytearray()]
            every.append(streams[serial])
        if serial in streams:
            _gather(streams[serial], data, body, sizes)
        else:
            yield f"a page at {at} of no stream"
        at = body + sum(sizes)
    if at != len(data):
        yield f"something at {at} that is no page"
    for packets in every:
        yield from _head_doubts([bytes(packet) for packet in packets])


def _gather(packets: list[bytearray], data: Buffer, at: int, sizes: bytes) -> None:
    """Add what stands on a page to the first packets of its stream."""
    for size in sizes:
        if len(packets) > FIRST or len(packets[-1]) > MOST_HELD:
            return
        packets[-1] += data[at : at + size]
        at += size
        if size < 255:
            packets.append(bytearray())


FIRST = 8  # packets of a stream in which its head ends


def _head_doubts(packets: list[bytes]) -> Iterator[str]:
    """Yield what the head of a stream holds that no copy has."""
    most = 80 if packets[0][:4] != b"Opus" else 19 if packets[0][18:19] == b"\0" else 21 + sum(packets[0][9:10])
    if not packets[0].startswith(tuple(CODECS)) or any(packets[0][most:]):
        yield "a stream that no copy has"
    if len(packets) > 1 and not _is_plain(packets[1]):
        yield "comments"
    for packet in packets[2:] if packets[0].startswith(b"\x7fFLAC") else []:
        is_padding = packet[:1] in (b"\1", b"\x81") and not any(packet[4:])
        if not is_padding and packet[:1] not in (b"", b"\xff"):
            yield "a block that no copy has"


def _is_plain(held: bytes) -> bool:
    """Tell whether a packet holds comments that say nothing."""
    signs = (b"\x03vorbis", b"OpusTags", b"\x81theora")
    sign = next((sign for sign in signs if held.startswith(sign)), held[:4] if held[:1] in (b"\4", b"\x84") else b"")
    size = int.from_bytes(held[len(sign) : len(sign) + 4], "little")
    at = len(sign) + 4
    return not held[at : at + size].strip(b" ") and held[at + size :] in (b"\0\0\0\0", b"\0\0\0\0\1")


FORMAT = Format("Ogg", "sound", ("ogg", "oga", "opus", "ogv", "spx"), traces, clean, doubts)
