"""Makes TIFFs as scanners, cameras, editors and maps do, with a canary in every hidden field."""

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from makers.pictures import CANARY, camera_notes, photoshop_block, picture, profile, saved, xmp_packet

WIDE, TALL = 48, 32
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 12: 8}
LETTERS = {3: "H", 4: "L", 12: "d"}
Value = bytes | str | Sequence[float]
Fields = dict[int, tuple[int, Value]]


@dataclass
class Made:
    """A directory to be written: its fields, its strips, and the directories that hang on fields of it."""

    fields: Fields
    strips: list[bytes] = field(default_factory=list)
    below: dict[int, "Made"] = field(default_factory=dict)
    tiled: bool = False


def tiff(pages: list[Made], order: str = "<", gap: bytes = b"", after: bytes = b"") -> bytes:
    """Return a file of these pages; the gap stands before each page's strips, where nothing leads to it."""
    made = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}HL", 42, 0))
    link = 4
    for page in pages:
        made += gap
        struct.pack_into(f"{order}L", made, link, _written(made, order, page))
        link = len(made) - 4
    return bytes(made) + after


def _written(made: bytearray, order: str, page: Made) -> int:
    """Write a directory behind what there is already, with its link last, and return where it stands."""
    fields = dict(page.fields)
    if page.strips:
        starts = [len(made) + sum(map(len, page.strips[:number])) for number in range(len(page.strips))]
        made += b"".join(page.strips)
        fields[324 if page.tiled else 273] = 4, starts
        fields[325 if page.tiled else 279] = 4, [len(strip) for strip in page.strips]
    for number, below in page.below.items():
        fields[number] = 4, [_written(made, order, below)]
    table = struct.pack(f"{order}H", len(fields))
    for number, (kind, value) in sorted(fields.items()):
        raw = _raw(order, kind, value)
        place = raw.ljust(4, b"\0")
        if len(raw) > 4:
            place = struct.pack(f"{order}L", len(made) + len(made) % 2)
            made += bytes(len(made) % 2) + raw
        table += struct.pack(f"{order}HHL", number, kind, len(raw) // SIZES[kind]) + place
    at = len(made) + len(made) % 2
    made += bytes(len(made) % 2) + table + bytes(4)
    return at


def _raw(order: str, kind: int, value: Value) -> bytes:
    if isinstance(value, str):
        return value.encode() + b"\0"
    if isinstance(value, bytes):
        return value
    if kind == 5:
        return b"".join(struct.pack(f"{order}LL", round(each * 100), 100) for each in value)
    return struct.pack(f"{order}{len(value)}{LETTERS[kind]}", *value)


def layout(packing: int = 1, colours: int = 2, bits: Sequence[int] = (8, 8, 8), **more: tuple[int, Value]) -> Fields:
    """Return the fields that say how the pixels of a picture are laid out."""
    return {
        256: (3, [WIDE]), 257: (3, [TALL]), 258: (3, bits), 259: (3, [packing]), 262: (3, [colours]),
        277: (3, [len(bits)]), 278: (3, [TALL]), **{int(name[1:]): value for name, value in more.items()},
    }  # fmt: skip


def pixels(mode: str = "RGB") -> bytes:
    """Return the bytes of the picture's pixels."""
    return picture(mode).tobytes()


def words() -> Fields:
    """Return every field of words that programs write, with canaries."""
    plain = {0x010D: "document", 0x010E: "description", 0x010F: "make", 0x0110: "model", 0x011D: "page",
             0x0131: "software", 0x013B: "artist", 0x013C: "host", 0x8298: "copyright", 333: "inks"}  # fmt: skip
    wide = {0x9C9B: "xptitle", 0x9C9C: "xpcomment", 0x9C9D: "xpauthor", 0x9C9E: "xpkeywords", 0x9C9F: "xpsubject"}
    return {
        **{number: (2, f"{CANARY}-{name}") for number, name in plain.items()},
        **{number: (1, f"{CANARY}-{name}".encode("utf-16-le")) for number, name in wide.items()},
        0x0132: (2, "2026:05:03 14:10:00"), 0xC000: (7, f"{CANARY}-private".encode()),
    }  # fmt: skip


def notes() -> dict[int, Made]:
    """Return camera notes and a place, as directories."""
    camera = Made({
        0x9003: (2, "2026:05:03 14:10:00"), 0x927C: (7, f"Phone\0{CANARY}-makernote".encode()),
        0x9286: (7, b"ASCII\0\0\0" + f"{CANARY}-usercomment".encode()), 0xA430: (2, f"{CANARY}-owner"),
        0xA431: (2, f"{CANARY}-serial"),
    })  # fmt: skip
    gps = Made({1: (2, "N"), 2: (5, [51, 27, 0]), 3: (2, "W"), 4: (5, [2, 35, 0]), 0x1D: (2, "2026:05:03")})
    return {0x8769: camera, 0x8825: gps}


def plain() -> bytes:
    """Return a TIFF that gives nothing away."""
    return tiff([Made(layout(), [pixels()])])


def smaller(kind: int) -> Made:
    """Return a small picture that says that it is one."""
    small = picture(size=(12, 8)).tobytes()
    return Made({**layout(x254=(4, [kind]), x270=(2, f"{CANARY}-small")), 256: (3, [12]), 257: (3, [8])}, [small])


def scanned(order: str = "<") -> bytes:
    """Return what an editor made of a scan: all fields of words, notes, a small picture, and rests in between."""
    blocks: Fields = {
        700: (1, xmp_packet()), 33723: (7, photoshop_block()[26:]), 34377: (1, photoshop_block()[14:]),
        37724: (7, f"Adobe Photoshop Document Data Block\0{CANARY}-layer".encode()),
        34675: (7, profile(f"{CANARY} screen")), 282: (5, [300]), 283: (5, [300]), 296: (3, [2]),
    }  # fmt: skip
    page = Made({**layout(), **words(), **blocks}, [pixels()], {**notes(), 330: smaller(1)})
    return tiff([page, smaller(1)], order, gap=f"{CANARY}-gap".encode(), after=f"{CANARY}-after".encode())


def several(order: str = ">") -> bytes:
    """Return three pages with a mask between them, each page with words of its own."""
    turned = [picture().rotate(angle).tobytes() for angle in (0, 90, 180)]
    made = [
        Made(layout(x285=(2, f"{CANARY}-page{number}"), x254=(4, [2]), x297=(3, [number, 3])), [raw])
        for number, raw in enumerate(turned)
    ]
    return tiff([made[0], smaller(4), *made[1:]], order)


def photographed() -> bytes:
    """Return strips that are JPEGs with notes of their own, and tables that have some too."""
    whole = saved(picture(), "JPEG", comment=f"{CANARY}-strip".encode(), exif=camera_notes(1), subsampling=0)
    tables = b"\xff\xd8\xff\xfe\0\x10" + f"{CANARY}-table".ljust(14).encode() + b"\xff\xd9"
    fields = layout(7, 6, x347=(7, tables), x530=(3, [1, 1]))
    return tiff([Made(fields, [whole + f"{CANARY}-rest".encode()])])


def packed(packing: int) -> bytes:
    """Return strips behind whose end something is hidden."""
    raw = pixels()
    rows = [raw[at : at + WIDE * 3] for at in range(0, len(raw), WIDE * 3)]
    if packing == 8:
        strips = [zlib.compress(raw[: len(raw) // 2]), zlib.compress(raw[len(raw) // 2 :] + CANARY.encode() * 9)]
    elif packing == 32773:
        runs = [b"".join(bytes([47]) + row[at : at + 48] for at in range(0, len(row), 48)) for row in rows]
        strips = [b"".join(runs[: TALL // 2]), b"".join(runs[TALL // 2 :])]
    else:
        strips = [raw[: len(raw) // 2], raw[len(raw) // 2 :]]
    fields = {**layout(packing), 278: (3, [TALL // 2])}
    return tiff([Made(fields, [strip + f"{CANARY}-behind".encode() for strip in strips])])


def behind(form: str, mode: str) -> bytes:
    """Return a picture of Pillow's in this packing with something hidden behind the end of its strip."""
    made = bytearray(saved(picture(mode), "TIFF", compression=form))
    (at,) = struct.unpack_from("<L", made, 4)
    held = {}
    for number in range(struct.unpack_from("<H", made, at)[0]):
        entry = at + 2 + 12 * number
        held[struct.unpack_from("<H", made, entry)[0]] = entry + 8
    (start,), (size,) = (struct.unpack_from("<L", made, held[number]) for number in (273, 279))
    hidden = f"{CANARY}-behind".encode()
    struct.pack_into("<L", made, held[273], len(made))
    struct.pack_into("<L", made, held[279], size + len(hidden))
    moved = bytes(made[start : start + size])
    made[start : start + size] = bytes(size)
    return bytes(made) + moved + hidden


def tiled(order: str = "<") -> bytes:
    """Return a picture cut into tiles, of which the last stand over its border, with an artist."""
    image = picture("L", (64, 48))
    image.paste(picture("L"))
    tiles = [image.crop((x, y, x + 32, y + 16)).tobytes() for y in (0, 16) for x in (0, 32)]
    fields = layout(1, 1, (8,), x315=(2, f"{CANARY}-artist"), x322=(3, [32]), x323=(3, [16]))
    del fields[278]
    return tiff([Made(fields, tiles, tiled=True)], order)


def planar() -> bytes:
    """Return a picture whose colours stand one after another, with an artist."""
    strips = [band.tobytes() for band in picture().split()]
    return tiff([Made(layout(x284=(3, [2]), x315=(2, f"{CANARY}-artist")), strips)], ">")


def mapped() -> bytes:
    """Return a map that says where on earth it lies."""
    geography: Fields = {
        33550: (12, [0.001, 0.001, 0.0]), 33922: (12, [0.0, 0.0, 0.0, -2.58, 51.45, 0.0]),
        34735: (3, [1, 1, 0, 1, 1024, 0, 1, 2]), 34736: (12, [6378137.0]), 34737: (2, f"{CANARY}-datum|"),
        42112: (2, f"<GDALMetadata>{CANARY}-gdal</GDALMetadata>"),
    }  # fmt: skip
    return tiff([Made({**layout(), **geography}, [pixels()])])


FILES: dict[str, Callable[[], bytes]] = {
    "scanned": scanned, "scanned in the other order": lambda: scanned(">"), "several": several,
    "photographed": photographed, "deflated": lambda: packed(8), "packed bits": lambda: packed(32773),
    "not packed": lambda: packed(1), "coded": lambda: behind("tiff_lzw", "L"), "faxed": lambda: behind("group4", "1"),
    "tiled": tiled, "tiled in the other order": lambda: tiled(">"), "planar": planar, "mapped": mapped,
}  # fmt: skip
