"""A second look at the copy of a PDF, with pypdf: every object that can be reached, and its bytes."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

from forethought.errors import ForethoughtError
from forethought.media.buffer import Buffer, DamagedError, missing, pieces

MOST_OBJECTS, MOST_UNPACKED = 500_000, 256 << 20
UNWANTED: Final = frozenset(
    "/Metadata /PieceInfo /LastModified /Thumb /EmbeddedFiles /EmbeddedFile /EF /AF /Collection /JavaScript /JS "
    "/AcroForm /XFA /AA /OpenAction /OCProperties /OC /Perms /DSS /Legal /URIBase /Threads /B /VP /Measure /PtData "
    "/Alternates /OPI /Popup /NM /M /RC /Subj /TU /TM /Info /Author /Creator /Producer /CreationDate /ModDate "
    "/AP /Names /Dests /SpiderInfo /Extensions /OutputIntents /Requirements /DPartRoot /Ref /SourceModified".split()
)
FREE: Final = frozenset("/Font /XObject /ExtGState /ColorSpace /Pattern /Shading /Properties /CharProcs".split())
ACTIONS: Final = frozenset({"/GoTo", "/URI", "/Named"})
TARGET: Final = re.compile(r"(?:https?://|mailto:|tel:|sms:)", re.IGNORECASE)
TELLING: Final = (b"<?xpacket", b"<x:xmpmeta", b"http://ns.adobe.com/xap/", b"Photoshop 3.0\0")
TURN: Final = re.compile(rb"Exif\0\0MM\0\*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0[\x01-\x08]\0\0\0\0\0\0")


def doubts(data: Buffer) -> Iterator[str]:
    """Yield in words what is still in a copy. Raises DamagedError where it cannot be read."""
    held = b"".join(pieces(data, 0, len(data)))
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise missing("PDF files", "pdf") from error
    yield from _bytes(held)
    try:
        reader = PdfReader(io.BytesIO(held), strict=False)
        if reader.is_encrypted:
            yield "a password or rights of its owner"
            return
        yield from dict.fromkeys(_objects(reader))
    except ForethoughtError:
        raise
    except Exception as error:
        raise DamagedError("a second program cannot read it") from error


def _bytes(held: bytes) -> Iterator[str]:
    """Yield what is told by the bytes alone: more than one version, or something after the end."""
    for word in (b"%%EOF", b"startxref"):
        if (count := held.count(word)) != 1:
            yield f"{count} versions, by {word.decode()}"
    if not held.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "something after the end"
    yield from (f"{word.decode('latin-1')} in its bytes" for word in TELLING if word in held)


def _objects(reader: Any) -> Iterator[str]:
    """Yield what is found in all that the trailer leads to."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[tuple[str, Any]] = [("/Trailer", reader.trailer)]
    met, left = set[tuple[int, int]](), MOST_UNPACKED
    while waiting:
        name, held = waiting.pop()
        if isinstance(held, IndirectObject):
            if (held.idnum, held.generation) in met:
                continue
            met.add((held.idnum, held.generation))
            held = held.get_object()
        if len(met) > MOST_OBJECTS or left < 0:
            raise DamagedError("it is made of too many parts")
        if isinstance(held, DictionaryObject):
            yield from _dictionary(name, held)
            left -= yield from _stream(held)
            waiting += [(key, held.raw_get(key)) for key in held]
        elif isinstance(held, ArrayObject):
            waiting += [(name, each) for each in held]
    numbers = {number for number, _ in met}
    for number in _numbers(reader):
        if number not in numbers:
            held = reader.get_object(number)
            if not (isinstance(held, DictionaryObject) and held.get("/Type") in ("/XRef", "/ObjStm")):
                yield f"object {number}, which nothing leads to"


def _numbers(reader: Any) -> Iterator[int]:
    """Yield the number of each object that the file lists."""
    packed = {holder for holder, _ in reader.xref_objStm.values()}
    yield from reader.xref_objStm
    for generation, listed in reader.xref.items():
        if generation != 65_535:
            yield from (number for number in listed if number not in packed and number)


def _dictionary(name: str, held: Any) -> Iterator[str]:
    if name not in FREE:
        yield from (f"{key[1:]} in a {name[1:]}" for key in held if key in UNWANTED)
    if name == "/Trailer":
        return
    subtype, action = held.get("/Subtype"), held.get("/S")
    if held.get("/Type") == "/Annot" and subtype != "/Link":
        yield f"a note of the kind {str(subtype)[1:]}"
    if name == "/A" and action is not None and "/O" not in held and action not in ACTIONS:
        yield f"an action of the kind {str(action)[1:]}"
    target = held.get("/URI")
    if target is not None and not TARGET.match(str(target)):
        yield f"a link to {str(target)[:300]}"


def _stream(held: Any) -> Any:
    """Yield what a stream tells once it is unpacked, and return how many bytes that took."""
    raw = getattr(held, "_data", None)
    if not isinstance(raw, bytes):
        return 0
    filters = held.get("/Filter")
    text = _inflated(raw) if "/FlateDecode" in str(filters) else raw
    yield from (f"{word.decode('latin-1')} in a stream" for word in TELLING if word in text)
    if b"Exif\0\0" in TURN.sub(b"", text):
        yield "EXIF in a stream"
    if b"ftypjp2" in text and (b"xml " in text or b"uuid" in text):
        yield "notes in a picture"
    return len(text)


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(raw, MOST_UNPACKED)
    except zlib.error:
        return raw
