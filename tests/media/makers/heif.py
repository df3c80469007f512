"""Makes stills in HEIC and AVIF as phones and programs write them, with a canary in every hidden field."""

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from makers.boxes import box, canary, film, full, handler, video
from makers.pictures import camera_notes, picture, profile, xmp_packet

ALPHA = b"urn:mpeg:hevc:2015:auxid:1\0"


@dataclass(frozen=True)
class Piece:
    """An item to be made: its type and name, its bytes, the numbers of its properties, and whether idat holds it."""

    kind: bytes
    raw: bytes
    properties: Sequence[int] = ()
    name: bytes = b""
    form: bytes = b""
    inside: bool = False


def note_unit(text: bytes) -> bytes:
    """Return an SEI unit of H.265 that says something."""
    body = b"\x4e\x01\x05" + bytes([16 + len(text)]) + b"\x11" * 16 + text + b"\x80"
    return struct.pack(">L", len(body)) + body


def slice_unit(number: int) -> bytes:
    """Return a unit of H.265 that holds a picture, as far as its type says."""
    body = b"\x26\x01" + bytes((number * 31 + n * 7) % 250 + 4 for n in range(60))
    return struct.pack(">L", len(body)) + body


def decoder_start() -> bytes:
    """Return what an H.265 decoder begins with, with a note in it."""
    note = note_unit(canary("config"))[4:]
    array = b"\xa7" + struct.pack(">HH", 1, len(note)) + note
    return box(b"hvcC", b"\1" + bytes(20) + b"\xff\1", array)


def infos(pieces: Sequence[Piece]) -> bytes:
    """Return the list of items."""
    made = (
        full(b"infe", 2, 0, struct.pack(">HH", n, 0), piece.kind, piece.name + b"\0", piece.form)
        for n, piece in enumerate(pieces, 1)
    )
    return full(b"iinf", 0, 0, struct.pack(">H", len(pieces)), *made)


def places(pieces: Sequence[Piece], at: int) -> bytes:
    """Return where each item lies, in the file from `at` on or in the box of small data."""
    out, inner = b"", 0
    for number, piece in enumerate(pieces, 1):
        start = inner if piece.inside else at
        out += struct.pack(">HHHHLL", number, piece.inside, 0, 1, start, len(piece.raw))
        inner, at = (inner + len(piece.raw), at) if piece.inside else (inner, at + len(piece.raw))
    return full(b"iloc", 1, 0, struct.pack(">BBH", 0x44, 0, len(pieces)), out)


def associations(pieces: Sequence[Piece]) -> bytes:
    """Return which properties each item has."""
    rows = [
        struct.pack(">HB", number, len(piece.properties)) + bytes(piece.properties)
        for number, piece in enumerate(pieces, 1)
        if piece.properties
    ]
    return full(b"ipma", 0, 0, struct.pack(">L", len(rows)), *rows)


def still(
    pieces: Sequence[Piece],
    properties: Sequence[bytes],
    references: Sequence[tuple[bytes, int, Sequence[int]]],
    more: bytes = b"",
    behind: bytes = b"",
    lost: bytes = b"",
    brand: bytes = b"heic",
) -> bytes:
    """Return a still of these items: `more` stands in its box, `behind` at its end, `lost` among its bytes."""
    begin = box(b"ftyp", brand, bytes(4), b"mif1", brand, b"kest")
    size = len(_meta(pieces, properties, references, more, 0))
    at = len(begin) + size + 8
    body = b"".join(piece.raw for piece in pieces if not piece.inside)
    return begin + _meta(pieces, properties, references, more, at) + box(b"mdat", body, lost) + behind


def _meta(
    pieces: Sequence[Piece],
    properties: Sequence[bytes],
    references: Sequence[tuple[bytes, int, Sequence[int]]],
    more: bytes,
    at: int,
) -> bytes:
    refer = (
        box(kind, struct.pack(f">HH{len(targets)}H", source, len(targets), *targets))
        for kind, source, targets in references
    )
    small = b"".join(piece.raw for piece in pieces if piece.inside)
    return full(
        b"meta", 0, 0, handler(b"pict", canary("handler") + b"\0", bytes(4), bytes(4)),
        full(b"pitm", 0, 0, struct.pack(">H", 1)), infos(pieces), places(pieces, at), full(b"iref", 0, 0, *refer),
        box(b"iprp", box(b"ipco", *properties), associations(pieces)), box(b"idat", small, canary("idat")), more,
    )  # fmt: skip


def exif_item() -> bytes:
    """Return camera notes as an item holds them."""
    return struct.pack(">L", 6) + b"Exif\0\0" + camera_notes(6).tobytes().removeprefix(b"Exif\0\0")


def iphone(crop: tuple[int, int] | None = None) -> bytes:
    """Return an iPhone's photo: tiles, thumbnail, depth, notes, words and a film behind it; with a crop where given."""
    size = full(b"ispe", 0, 0, struct.pack(">LL", 512, 512))
    words = full(b"udes", 0, 0, b"en-GB\0", canary("title") + b"\0", canary("words") + b"\0", canary("tags") + b"\0")
    properties = [
        size, decoder_start(), box(b"colr", b"prof", profile("kestrel screen")), box(b"irot", b"\1"), words,
        full(b"auxC", 0, 0, b"urn:com:apple:photo:2020:aux:hdrgainmap\0", canary("aux")), full(b"auxC", 0, 0, ALPHA),
        full(b"crtt", 0, 0, struct.pack(">Q", 3_860_662_200_000_000)),
    ]  # fmt: skip
    if crop:
        properties.append(box(b"clap", struct.pack(">8L", crop[0], 1, crop[1], 1, 0, 1, 0, 1)))
    tile = note_unit(canary("sei")) + slice_unit(1)
    pieces = [
        Piece(b"grid", bytes([0, 0, 0, 1]) + struct.pack(">HH", 1_024, 512), [1, 3, 4, 5, 8, *([9] if crop else [])],
              inside=True),
        Piece(b"hvc1", tile, [1, 0x82], canary("tile")), Piece(b"hvc1", slice_unit(2), [1, 0x82]),
        Piece(b"hvc1", slice_unit(3) + canary("thumb"), [1, 0x82]), Piece(b"hvc1", slice_unit(4), [1, 2, 6]),
        Piece(b"hvc1", slice_unit(5), [1, 2, 7]), Piece(b"Exif", exif_item()),
        Piece(b"mime", xmp_packet(), form=b"application/rdf+xml\0"),
        Piece(b"mime", canary("plist"), form=b"application/x-apple\0", name=canary("name")),
        Piece(b"uri ", canary("uri"), form=canary("scheme") + b"\0"), Piece(b"kest", canary("own"), inside=True),
        Piece(b"hvc1", slice_unit(6) + canary("burst"), [1, 2]),
    ]  # fmt: skip
    references = [
        (b"dimg", 1, [2, 3]), (b"thmb", 4, [1]), (b"auxl", 5, [1]), (b"auxl", 6, [1]), (b"cdsc", 7, [1]),
        (b"cdsc", 8, [1]), (b"cdsc", 9, [1]),
    ]  # fmt: skip
    more = box(b"grpl", full(b"favc", 0, 0, canary("group"))) + box(b"free", canary("free"))
    behind = box(b"mpvd", film([video()], b"", b"mp42")) + canary("behind")
    return still(pieces, properties, references, more, behind, canary("lost"))


def camera() -> bytes:
    """Return a still of one JPEG in a HEIF, as some cameras write it, whose frame has a comment."""
    held = io.BytesIO()
    picture().save(held, "JPEG", comment=canary("comment"))
    pieces = [Piece(b"jpeg", held.getvalue(), [1], canary("name")), Piece(b"Exif", exif_item())]
    size = full(b"ispe", 0, 0, struct.pack(">LL", 48, 32))
    return still(pieces, [size], [(b"cdsc", 2, [1])], brand=b"mif1")


def avif() -> bytes:
    """Return a still in AVIF as Pillow writes it, with notes, XMP, a screen's profile and alpha."""
    held = io.BytesIO()
    notes = b"Exif\0\0" + camera_notes(1).tobytes().removeprefix(b"Exif\0\0")
    picture("RGBA").save(held, "AVIF", exif=notes, xmp=xmp_packet(), icc_profile=profile("kestrel screen"))
    return held.getvalue()


def row() -> bytes:
    """Return moving pictures in AVIF, with XMP."""
    held = io.BytesIO()
    first = picture("RGBA")
    first.save(held, "AVIF", save_all=True, append_images=[first.rotate(180)], duration=100, xmp=xmp_packet())
    return held.getvalue()


FILES: dict[str, Callable[[], bytes]] = {"iphone": iphone, "camera": camera, "avif": avif, "row": row}
