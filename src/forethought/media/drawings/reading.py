"""Reading SVG: what it is known by, how it is unpacked, and its tree, with what a tree leaves out reported."""

import re
import struct
import zlib
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.office.report import Report

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
PREFIXES = {SVG: "", XLINK: "xlink:", XML: "xml:"}
DEEPEST, MOST_ELEMENTS, MOST_BYTES = 200, 500_000, 64 << 20
MOST_ENTITIES, LONGEST_ENTITY = 200, 2_000
LOOKED_AT = 4_096  # bytes in which the root has to begin
PACKED = b"\x1f\x8b\x08"
BARE_HEAD = PACKED + bytes(6) + b"\xff"  # of gzip, without a name or a time
BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.DOTALL)
ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?svg[\s/>]")
NAMED = re.compile(r"<!DOCTYPE\s+([\w.-]+:)?svg[\s>\[]")
GENERATOR = re.compile(r"generat|creat|made (with|by)|export", re.IGNORECASE)
ADDRESSES = re.compile(r"https?://(www\.w3\.org|ns\.adobe\.com|www\.inkscape\.org)/[\w./&;#-]*|")


def is_svg(data: Buffer) -> bool:
    """Tell whether bytes begin as an SVG drawing does, packed or not."""
    head = bytes(data[:LOOKED_AT])
    if head[:3] == PACKED:
        try:
            head = zlib.decompressobj(31).decompress(head, LOOKED_AT)
        except zlib.error:
            return False
    return _begins(_decoded(head))


def _begins(text: str) -> bool:
    at = 0
    while found := BEFORE_ROOT.match(text, at):
        if NAMED.match(text, at):
            return True
        at = found.end()
    return bool(ROOT.match(text, at) or NAMED.match(text, at))


def _decoded(head: bytes) -> str:
    """Return the first bytes as text, in the encoding that their first two tell of."""
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
    return head.decode(wide.get(head[:2], "utf-8"), "replace").lstrip("\ufeff")


def unpacked(data: Buffer, report: Report) -> bytes:
    """Return a drawing unpacked, where it is packed, and report what was noted with it."""
    if data[:3] != PACKED:
        if len(data) > MOST_BYTES:
            raise TooLargeError("it is larger than drawings are")
        return bytes(data[:])
    unpacker = zlib.decompressobj(31)
    try:
        text = unpacker.decompress(bytes(data[:]), MOST_BYTES)
    except zlib.error as error:
        raise DamagedError("it cannot be unpacked") from error
    if unpacker.unconsumed_tail:
        raise TooLargeError("it unpacks to more than drawings are")
    if not unpacker.eof:
        raise DamagedError("it breaks off before its end")
    _noted(bytes(data[: 1 << 16]), report)
    if unpacker.unused_data:
        report.tell("edit", "after the end", f"{len(unpacker.unused_data):,} bytes")
    return text


def _noted(head: bytes, report: Report) -> None:
    """Report what the head of a packed file notes: its time, its name, a comment and a program's own field."""
    if when := struct.unpack_from("<L", head, 4)[0]:
        report.tell("time", "gzip time", f"{datetime.fromtimestamp(when, UTC):%Y-%m-%d %H:%M:%S}")
    at = 10
    if head[3] & 4:
        size = int.from_bytes(head[10:12], "little")
        report.tell("other", "gzip field", head[12 : 12 + size].decode("latin-1"))
        at = 12 + size
    for flag, name, kind in ((8, "file name", "file"), (16, "comment", "words")):
        if head[3] & flag:
            said = head[at:].partition(b"\0")[0]
            report.tell(kind, f"gzip {name}", said.decode("latin-1"))
            at += len(said) + 1


def packed(text: bytes) -> bytes:
    """Return a drawing packed, with nothing noted."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(text) + packer.flush()
    return BARE_HEAD + body + struct.pack("<LL", zlib.crc32(text), len(text) & 0xFFFFFFFF)


class _Reader:
    """Builds a tree whose names of SVG are bare, and those of other makers `{address}name`."""

    def __init__(self, report: Report) -> None:
        self.builder = TreeBuilder()
        self.report = report
        self.depth = self.count = self.size = self.entities = 0
        self.parser = ParserCreate(namespace_separator="\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.CommentHandler = self._comment
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._skipped

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1 + len(attributes)
        self._counted(sum(map(len, attributes.values())))
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise TooLargeError("it is nested deeper or has more elements than drawings have")
        self.builder.start(_named(name, SVG), {_named(key, ""): held for key, held in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_named(name, SVG))

    def _text(self, text: str) -> None:
        self._counted(len(text))
        self.builder.data(text)

    def _counted(self, size: int) -> None:
        self.size += size
        if self.size > MOST_BYTES:
            raise TooLargeError("it grows to more than drawings are when it is read")

    def _comment(self, text: str) -> None:
        self.report.tell("software" if GENERATOR.search(text) else "words", "comment", text)

    def _instruction(self, target: str, text: str) -> None:
        self.report.tell("file" if "href" in text else "other", f"instruction {target}", text or target)

    def _entity(self, name: str, parameter: bool, value: str | None, *_: object) -> None:
        self.entities += 1
        if parameter or value is None:
            raise CannotCleanError("it calls for text that lies outside it")
        if self.entities > MOST_ENTITIES or len(value) > LONGEST_ENTITY or "&" in value or "<" in value:
            raise CannotCleanError("it is put together from pieces of text in a way that is not followed here")
        if not ADDRESSES.fullmatch(value):
            self.report.tell("words", f"entity {name}", value)

    def _skipped(self, *_: object) -> None:
        raise CannotCleanError("it calls for text that is not in it")


def _named(name: str, usual: str) -> str:
    space, _, local = name.rpartition("\n")
    if space in PREFIXES and (space == SVG) == (usual == SVG):
        return f"{PREFIXES[space]}{local}"
    return f"{{{space}}}{local}" if space else local


def parsed(text: bytes, report: Report) -> Element:
    """Return the root of a drawing. Raises DamagedError, TooLargeError or CannotCleanError."""
    if len(text) > MOST_BYTES:
        raise TooLargeError("a drawing is larger than drawings are")
    reader = _Reader(report)
    try:
        reader.parser.Parse(text, True)
        root = reader.builder.close()
    except (ExpatError, ValueError, LookupError, AssertionError) as error:
        raise DamagedError("it is not the XML that a drawing should be") from error
    if root.tag != "svg":
        raise DamagedError("it is not a drawing")
    return root
