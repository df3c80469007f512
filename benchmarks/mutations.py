"""Damages files as accidents and attackers do: bytes anywhere, and what lies packed inside, packed again as it should.

Each kind of damage takes the bytes of a file, those of another, and a source of chance, and returns new bytes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

Damage = Callable[[bytes, bytes, Random], bytes]
SIZES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
DEEPEST = 3  # archives in archives that are gone into
ATTRIBUTES = ("", "-1", "0", "NaN", "1e308", "99999999999999999999", "\u202e", "../../etc/passwd", "x" * 5_000)
RASTERS = (b"\x89PNG\r\n\x1a\n",)


def damaged(data: bytes, other: bytes, chance: Random) -> bytes:
    """Return a file with a few kinds of damage; often to what lies packed in it."""
    if chance.random() < 0.5:
        data = _inside(data, other, chance)
        if chance.random() < 0.8:
            return data
    return outside(data, other, chance)


def overwritten(data: bytes, chance: Random) -> bytes:
    """Return a file in which bytes are other ones or its end is missing, while none lies elsewhere than before."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(IN_PLACE)(data, b"", chance)
    return summed(data) if data[:8] in RASTERS and chance.random() < 0.5 else data


def outside(data: bytes, other: bytes, chance: Random) -> bytes:
    """Return bytes with one to four kinds of damage, whatever they mean."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(ANYWHERE)(data, other, chance)
    return data


def _inside(data: bytes, other: bytes, chance: Random) -> bytes:
    """Return a file whose packed parts or objects are damaged, where it has any that are known."""
    from pikepdf import PdfError

    try:
        if data[:2] == b"PK":
            return _members(data, other, chance)
        if data[:4] == b"%PDF":
            return _objects(data, chance)
        if data[:8] in RASTERS:
            return summed(outside(data, other, chance))
    except (PdfError, zipfile.BadZipFile, ValueError, RuntimeError, OSError, TypeError, NotImplementedError):
        pass
    return outside(data, other, chance)


def _place(data: bytes, chance: Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    start = _place(data, chance)
    return start, min(len(data), start + int(2 ** chance.uniform(0, 14)))


def _flip(data: bytes, other: bytes, chance: Random) -> bytes:
    new = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64)) if data else 0):
        new[_place(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(new)


def _replace(data: bytes, other: bytes, chance: Random) -> bytes:
    new = bytearray(data)
    for _ in range(chance.choice((1, 4, 16)) if data else 0):
        new[_place(data, chance)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(new)


def _cut(data: bytes, other: bytes, chance: Random) -> bytes:
    return data[: _place(data, chance)]


def _remove(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 50)) + data[end:]


def _blank(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _swap(data: bytes, other: bytes, chance: Random) -> bytes:
    (start, end), (from_, to) = sorted((_stretch(data, chance), _stretch(data, chance)))
    end = min(end, from_)
    return data[:start] + data[from_:to] + data[end:from_] + data[start:end] + data[to:]


def _size(data: bytes, other: bytes, chance: Random) -> bytes:
    form = chance.choice((">H", "<H", ">L", "<L", ">Q", "<Q"))
    width = struct.calcsize(form)
    at = _place(data, chance)
    return data[:at] + struct.pack(form, chance.choice(SIZES) & (1 << 8 * width) - 1) + data[at + width :]


def _splice(data: bytes, other: bytes, chance: Random) -> bytes:
    return data[: _place(data, chance)] + other[_place(other, chance) :]


def _insert(data: bytes, other: bytes, chance: Random) -> bytes:
    at, (start, end) = _place(data, chance), _stretch(other, chance)
    return data[:at] + other[start:end] + data[at:]


def _grow(data: bytes, other: bytes, chance: Random) -> bytes:
    return data + chance.choice((other, bytes(100_000), b"\xff" * 5_000, data))


IN_PLACE: tuple[Damage, ...] = (_flip, _replace, _cut, _blank, _size, _size)
ANYWHERE: tuple[Damage, ...] = (*IN_PLACE, _remove, _repeat, _swap, _splice, _insert, _grow)


def summed(data: bytes) -> bytes:
    """Return a PNG with the sums of its chunks put right, as far as it has chunks."""
    new, at = bytearray(data), 8
    while at + 12 <= len(data) and at + 12 + (size := int.from_bytes(data[at : at + 4])) <= len(data):
        new[at + 8 + size : at + 12 + size] = struct.pack(">L", zlib.crc32(data[at + 4 : at + 8 + size]))
        at += 12 + size
    return bytes(new)


def _members(data: bytes, other: bytes, chance: Random, deep: int = 0) -> bytes:
    """Return an archive one or two of whose members are damaged, given away, named otherwise or exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = [(each, archive.read(each)) for each in archive.infolist()]
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(held))
        info, text = held[at]
        held[at] = (info, _member(text, other, held, chance, deep))
        if chance.random() < 0.1:
            held.pop(chance.randrange(len(held))) if len(held) > 1 else None
        elif chance.random() < 0.1:
            held.append((zipfile.ZipInfo(chance.choice(held)[0].filename + chance.choice(("", "2"))), text))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, text in held:
            kind = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(info.filename), text, kind)
    return out.getvalue()


def _member(text: bytes, other: bytes, held: list[tuple[Any, bytes]], chance: Random, deep: int) -> bytes:
    if text[:2] == b"PK" and deep < DEEPEST:
        return _members(text, other, chance, deep + 1)
    if chance.random() < 0.1:
        return chance.choice((chance.choice(held)[1], other, b""))
    if text.lstrip(b"\xef\xbb\xbf")[:1] == b"<" and chance.random() < 0.8:
        return _elements(text, chance)
    return _inside(text, other, chance)


def _elements(text: bytes, chance: Random) -> bytes:
    """Return XML in which elements and attributes are moved, copied, renamed, nested or dropped."""
    from forethought.media.buffer import CannotCleanError
    from forethought.media.office import xml

    try:
        root = xml.parsed(text, doctype=True)
    except CannotCleanError:
        return outside(text, text, chance)
    for _ in range(chance.choice((1, 2, 5))):
        _element(list(root.iter()), chance)
    try:
        return xml.written(root)
    except RecursionError:
        return text


def _element(every: list[Any], chance: Random) -> None:
    one, two = chance.choice(every), chance.choice(every)
    match chance.randrange(7):
        case 0:
            one.tag, two.tag = two.tag, one.tag
        case 1:
            one.attrib.clear()
        case 2 if one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice((*ATTRIBUTES, *two.attrib.values())))
        case 3 if len(one):
            del one[chance.randrange(len(one))]
        case 4 if len(one):
            two.append(type(one)(one[0].tag, dict(one[0].attrib)))
        case 5:
            one.text = chance.choice(ATTRIBUTES)
        case _:
            held = list(two)
            two[:] = held[::-1]


def _objects(data: bytes, chance: Random) -> bytes:
    """Return a PDF in which entries of dictionaries lead elsewhere, or bytes of unpacked streams are damaged."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        every = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(chance.choice((1, 1, 3))):
            _object(pdf, chance.choice(every), every, chance)
        mode = chance.choice((pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable))
        pdf.save(out, object_stream_mode=mode, compress_streams=chance.random() < 0.5, fix_metadata_version=False)
    return out.getvalue()


def _object(pdf: Any, one: Any, every: list[Any], chance: Random) -> None:
    import pikepdf

    if isinstance(one, pikepdf.Stream) and chance.random() < 0.6:
        with suppress(pikepdf.PdfError):
            text = one.read_bytes()
            one.write(outside(text, text, chance))
        return
    keys = [key for key in one.keys() if key not in ("/Length", "/Filter")]  # noqa: SIM118 (a stream is no mapping)
    if keys:
        deep = pikepdf.Array([])
        for _ in range(chance.choice((1, 60))):
            deep = pikepdf.Array([deep])
        values = (0, -1, 2**31, pikepdf.Name("/X"), pikepdf.String("x"), deep, pikepdf.Dictionary(), one)
        one[chance.choice(keys)] = chance.choice((*values, *(chance.choice(every) for _ in range(8))))
