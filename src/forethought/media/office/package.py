"""Zip archives as packages of a document's parts: read without trust, and written anew with nothing but the parts.

Structures: APPNOTE.TXT 6.3 (PKWARE). An own reader, so that `zipfile` can be the second one.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.trace import Trace

MOST_INFLATED, MOST_MEMBERS = 256 << 20, 10_000
MOST_RATIO, SMALL = 200, 8 << 20  # how far a part above this size may have been packed
END, ENTRY, LOCAL = struct.Struct("<4s4H2LH"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s5H3L2H")
FIXED_DATE = 0x21  # 1980-01-01, as Word writes it
WIDEST_DESCRIPTOR = 24
BROKEN = "it breaks off before its end, or is damaged"
PRINTED = re.compile(rb"[ -~]{6,}")
DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the archive's list tells of it, and where its packed bytes lie."""

    name: str
    method: int
    crc: int
    start: int
    packed: int
    size: int
    header: int


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document by name, in their order, and what the archive around them gives away."""

    parts: dict[str, bytes]
    traces: tuple[Trace, ...] = ()


@dataclass(slots=True)
class _Around:
    """What an archive tells beside its members."""

    times: set[str] = field(default_factory=set)
    systems: set[int] = field(default_factory=set)
    extras: list[bytes] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)


def read(data: Buffer) -> Package:
    """Return the parts of a package. Raises DamagedError, TooLargeError or CannotCleanError."""
    around = _Around()
    members = list(_members(data, around))
    _check(members)
    return Package({each.name: _unpacked(data, each) for each in members}, tuple(_told(around)))


def names(data: Buffer) -> list[str]:
    """Return the names of all parts, unpacking none. Raises as `read` does."""
    return [each.name for each in _members(data, _Around())]


def first(data: Buffer, name: str) -> bytes:
    """Return one part, or nothing where there is none of this name. Raises as `read` does."""
    return next((_unpacked(data, each) for each in _members(data, _Around()) if each.name == name), b"")


def _members(data: Buffer, around: _Around) -> Iterator[Member]:
    """Yield what the archive's list tells of, checked against what stands before each member."""
    at, end, moved, count = _list(data, around)
    top, spans = at, []
    for _ in range(count):
        if at + ENTRY.size > end:
            raise DamagedError(BROKEN)
        entry = ENTRY.unpack(data[at : at + ENTRY.size])
        if entry[0] != b"PK\1\2":
            raise DamagedError(BROKEN)
        next_at = at + ENTRY.size + sum(entry[10:13])
        raw = bytes(data[at + ENTRY.size : next_at])
        member = _member(data, entry, raw, moved, top, around)
        spans.append((member.header, member.start + member.packed))
        if not member.name.endswith("/"):
            yield member
        elif member.size:
            raise DamagedError("a folder in it holds bytes of its own")
        at = next_at
    _gaps(data, spans, moved, top, around)


def _list(data: Buffer, around: _Around) -> tuple[int, int, int, int]:
    """Return where the list of members starts and ends, how far all is moved, and how many there are."""
    tail = max(0, len(data) - END.size - 0xFFFF)
    last = bytes(data[tail:])
    at = last.rfind(b"PK\5\6")
    if at < 0 or at + END.size > len(last):
        raise DamagedError(BROKEN)
    _, disk, start_disk, here, count, size, start, noted = END.unpack(last[at : at + END.size])
    end = tail + at
    if count == 0xFFFF or 0xFFFFFFFF in (size, start):
        raise TooLargeError("it is larger than such files are")
    if disk or start_disk or here != count or size + start > end or count > MOST_MEMBERS:
        raise DamagedError(BROKEN)
    comment = last[at + END.size : at + END.size + noted]
    _tell_bytes(around, "words", "zip comment", comment)
    _tell_bytes(around, "file", "after the end", last[at + END.size + noted :])
    moved = end - size - start
    _tell_bytes(around, "file", "before the start", bytes(data[: min(moved, 4_096)]))
    return end - size, end, moved, count


def _member(data: Buffer, entry: tuple[int, ...], raw: bytes, moved: int, top: int, around: _Around) -> Member:
    flags, method, time, date, crc, packed, size = entry[3:10]
    named, extra, noted = entry[10:13]
    header = entry[16] + moved
    local = LOCAL.unpack(data[header : header + LOCAL.size]) if header + LOCAL.size <= top else (b"",)
    if local[0] != b"PK\3\4" or data[header + LOCAL.size : header + LOCAL.size + local[9]] != raw[:named]:
        raise DamagedError(BROKEN)
    start = header + LOCAL.size + local[9] + local[10]
    if flags & 0x2041:
        raise CannotCleanError("a part of it is locked with a password")
    if method not in (0, 8) or start + packed > top or (method == 0 and packed != size):
        raise DamagedError(BROKEN)
    around.extras += [raw[named : named + extra], bytes(data[start - local[10] : start])]
    _tell_bytes(around, "words", "zip comment of a part", raw[named + extra : named + extra + noted])
    if (date, time) != (FIXED_DATE, 0) and date:
        around.times.add(_time(date, time))
    around.systems.add(entry[1] >> 8 if entry[15] else 0)
    return Member(_name(raw[:named], flags), method, crc, start, packed, size, header)


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError as error:
        raise DamagedError(BROKEN) from error
    steps = name.removesuffix("/").split("/")
    if not name or "\\" in name or DRIVE.match(name) or not name.isprintable() or {"", ".", ".."} & {*steps}:
        raise CannotCleanError("a part of it is named to lie outside of it")
    return name


def _time(date: int, time: int) -> str:
    day = f"{1980 + (date >> 9):04}-{date >> 5 & 15:02}-{date & 31:02}"
    return f"{day} {time >> 11:02}:{time >> 5 & 63:02}:{(time & 31) * 2:02}"


def _gaps(data: Buffer, spans: list[tuple[int, int]], moved: int, top: int, around: _Around) -> None:
    """Refuse members that overlap, and tell of bytes between them."""
    at = moved
    for start, end in [*sorted(spans), (top, top)]:
        if start < at:
            raise DamagedError("parts of it lie over each other")
        if start - at > WIDEST_DESCRIPTOR:
            _tell_bytes(around, "file", "between parts", bytes(data[at : min(start, at + 4_096)]))
        at = end


def _check(members: list[Member]) -> None:
    """Refuse names that come twice and parts that unpack to too much."""
    if len({each.name.casefold() for each in members}) < len(members):
        raise CannotCleanError("two parts of it have the same name")
    if sum(each.size for each in members) > MOST_INFLATED:
        raise TooLargeError("it unpacks to more than one file may have")
    if any(each.size > SMALL and each.size > each.packed * MOST_RATIO for each in members):
        raise TooLargeError("a part of it unpacks to far more than it should")


def _unpacked(data: Buffer, member: Member) -> bytes:
    packed = bytes(data[member.start : member.start + member.packed])
    if member.size > MOST_INFLATED:
        raise TooLargeError("it unpacks to more than one file may have")
    try:
        text = packed if member.method == 0 else zlib.decompressobj(-15).decompress(packed, member.size + 1)
    except zlib.error as error:
        raise DamagedError(BROKEN) from error
    if len(text) != member.size or zlib.crc32(text) != member.crc:
        raise DamagedError(BROKEN)
    return text


def _tell_bytes(around: _Around, kind: str, where: str, raw: bytes) -> None:
    if raw:
        found = PRINTED.findall(raw[:4_096])
        said = " ".join(run.decode() for run in found)[:200]
        around.traces.append(Trace(kind, where, said or f"{len(raw):,} bytes", tuple(found[:20])))


def _told(around: _Around) -> Iterator[Trace]:
    """Yield what an archive tells beside its parts, each thing once."""
    yield from around.traces
    if around.times:
        yield Trace("time", "zip times", " to ".join(dict.fromkeys((min(around.times), max(around.times)))))
    if extras := b"".join(around.extras).strip(b"\0"):
        found = tuple(PRINTED.findall(extras)[:20])
        said = " ".join(run.decode() for run in found)
        yield Trace("other", "zip extra fields", f"{len(extras):,} bytes: {said}".removesuffix(": ")[:300], found)
    if systems := sorted({3: "Unix", 19: "macOS"}.get(each, f"number {each}") for each in around.systems if each):
        yield Trace("device", "zip system", f"written on {', '.join(systems)}")


def written(parts: Mapping[str, bytes], stored: str = "") -> bytes:
    """Return a package of these parts, all with the same time; the one named `stored` comes first and is not packed."""
    out, entries = bytearray(), bytearray()
    for name in sorted(parts, key=lambda name: name != stored):
        text, raw = parts[name], name.encode()
        packed = text if name == stored else _packed(text)
        head = (0x800 if not name.isascii() else 0, 0 if name == stored else 8, 0, FIXED_DATE)
        sizes = (zlib.crc32(text), len(packed), len(text), len(raw))
        entries += ENTRY.pack(b"PK\1\2", 20, 20, *head, *sizes, 0, 0, 0, 0, 0, len(out)) + raw
        out += LOCAL.pack(b"PK\3\4", 20, *head, *sizes, 0) + raw + packed
    end = END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(entries), len(out), 0)
    return bytes(out + entries + end)


def _packed(text: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(text) + packer.flush()


def reread(data: Buffer) -> tuple[dict[str, bytes], list[str]]:
    """Return the parts of a copy as `zipfile` reads them, and in words what the archive still tells beside them."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            infos = archive.infolist()
            doubts = [f"a note on {each.filename}" for each in infos if not _is_bare(each)]
            doubts += ["a comment on the archive"] if archive.comment else []
            doubts += ["parts of the same name"] if len({each.filename for each in infos}) < len(infos) else []
            parts = {each.filename: archive.read(each) for each in infos}
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DamagedError(BROKEN) from error
    return parts, doubts + ([] if _is_tight(data, infos) else ["bytes outside its parts"])


def _is_bare(info: zipfile.ZipInfo) -> bool:
    """Tell whether the archive says no more of a part than it must."""
    held = (info.extra, info.comment, info.create_system, info.external_attr, info.internal_attr)
    return info.date_time == (1980, 1, 1, 0, 0, 0) and not any(held)


def _is_tight(data: Buffer, infos: list[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive is just its parts, its list and its end."""
    listed = sum(46 + len(each.filename.encode()) for each in infos)
    return len(data) == listed + 22 + sum(30 + len(each.filename.encode()) + each.compress_size for each in infos)


def family(data: Buffer) -> str:
    """Return the module of formats that reads a package: `ooxml`, `odf`, `epub`, or nothing for another archive.

    Raises as `read` does.
    """
    held = names(data)
    if "[Content_Types].xml" in held:
        return "ooxml"
    kind = first(data, "mimetype").strip()
    if kind == b"application/epub+zip":
        return "epub"
    return "odf" if kind.startswith(b"application/vnd.oasis.opendocument.") else ""
