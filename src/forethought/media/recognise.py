"""Which format a file has, by its first bytes and never by its name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.format import Format

SIGNS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"\x1aE\xdf\xa3": "matroska",
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"APETAGEX": "mp3",
    b"LYRICSBEGIN": "mp3",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    **dict.fromkeys(
        (b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR", b"IIU\0"), "tiff"
    ),  # refused there, with the reason
}  # the first bytes of each format
CHUNKED, CHUNKS = frozenset({b"RIFF", b"RF64", b"BW64"}), {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
STILLS = frozenset(b"heic heix heim heis hevc hevx mif1 msf1 mif2 avif avis".split())  # brands of pictures in boxes
FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
BITMAPS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})  # sizes of the header of a BMP
MOST_TAGS = 64  # before the sound
PDF_WITHIN = 1_024  # bytes before which a PDF has to begin
REFUSED: Mapping[bytes, str] = {
    b"\xd0\xcf\x11\xe0": "it is an Office file in the old form (DOC, XLS, PPT), or one with a password; save it as "
    "DOCX, XLSX or PPTX without a password first",
    b"{\\rtf": "it is an RTF document; save it as DOCX first",
    b"%!PS": "it is PostScript; save it as a PDF first",
    b"8BPS": "it is a Photoshop picture with its layers; save it as a JPEG or PNG first",
    b"0&\xb2u\x8ef\xcf\x11": "it is a Windows Media file; save it as MP4 or MP3 first",
    b"FLV\1": "it is a Flash film; save it as MP4 first",
    b"\0\0\1\xba": "it is an MPEG film of the old kind; save it as MP4 first",
    b"\0\0\1\xb3": "it is an MPEG film of the old kind; save it as MP4 first",
    b"FORM": "it is sound in AIFF, or another file of that kind; save it as WAV or MP3 first",
    b"#!AMR": "it is a recording in AMR; save it as MP3 or M4A first",
    b"\xff\xf1": "it is AAC sound by itself; save it as M4A or MP3 first",
    b"\xff\xf9": "it is AAC sound by itself; save it as M4A or MP3 first",
    b"\xff\x0a": "it is a JPEG XL picture; save it as a JPEG first",
    b"\0\0\0\x0cJXL ": "it is a JPEG XL picture; save it as a JPEG first",
    b"\0\0\0\x0cjP  ": "it is a JPEG 2000 picture; save it as a JPEG first",
}  # kinds that people have and that are not cleaned here, with what to do
KINDS = (
    "pictures (JPEG, PNG, GIF, WebP, HEIC, AVIF, TIFF, BMP, SVG), films (MP4, MOV, MKV, WebM, AVI), sound (MP3, M4A, "
    "WAV, FLAC, Ogg), PDF, Word, Excel, PowerPoint, OpenDocument and EPUB files"
)


class UnknownFormatError(CannotCleanError):
    """A file of no format that can be cleaned."""

    def __init__(self, why: str = f"it is of no kind that can be cleaned here, which are {KINDS}") -> None:
        super().__init__(why)


def recognise(data: Buffer) -> Format:
    """Return the format of a file. Raises UnknownFormatError, or another CannotCleanError for a damaged package."""
    if len(data) == 0:
        raise UnknownFormatError("there is nothing in it")
    for sign, why in REFUSED.items():
        if data[: len(sign)] == sign:
            raise UnknownFormatError(why)
    name = _signed(data) or _boxed(data) or _packed(data) or _sought(data) or _sounding(data)
    if not name:
        raise UnknownFormatError
    return format_of(name)


def _signed(data: Buffer) -> str | None:
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in BITMAPS:
        return "bmp"
    if data[:4] in CHUNKED:
        return CHUNKS.get(bytes(data[8:12]))
    return next((name for sign, name in SIGNS.items() if data[: len(sign)] == sign), None)


def _boxed(data: Buffer) -> str | None:
    """Return the format of a file made of boxes: a still where its brands say so, else a film."""
    if data[4:8] not in FIRST_BOXES:
        return None
    size = min(int.from_bytes(data[:4]), 256)
    brands = {bytes(data[8:12]), *(bytes(data[at : at + 4]) for at in range(16, size, 4))}
    is_still = data[4:8] == b"ftyp" and data[8:12] not in (b"qt  ", b"isom") and bool(brands & STILLS)
    return "heif" if is_still else "film"


def _packed(data: Buffer) -> str | None:
    """Return the format of a document in a zip archive."""
    if data[:2] != b"PK":
        return None
    from forethought.media.office.package import family

    return family(data)


def _sought(data: Buffer) -> str | None:
    """Return the format of a file whose sign may stand a little after its beginning."""
    from forethought.media.drawings.reading import is_svg

    if bytes(data[: PDF_WITHIN + 5]).find(b"%PDF-") >= 0:
        return "pdf"
    return "svg" if is_svg(data) else None


def _sounding(data: Buffer) -> str | None:
    """Return the format of sound that begins with a tag, or with a frame of sound."""
    at = 0
    for _ in range(MOST_TAGS):
        if data[at : at + 3] != b"ID3" or len(data) < at + 10:
            break
        high, mid, low, least = data[at + 6 : at + 10]
        at += 10 + (high << 21 | mid << 14 | low << 7 | least) + (10 if data[at + 5] & 0x10 else 0)
    if data[at : at + 4] == b"fLaC":
        return "flac"
    return "mp3" if at or _is_frame(bytes(data[:4])) else None


def _is_frame(head: bytes) -> bool:
    """Tell whether a frame of sound of layer 2 or 3 could begin so (ISO/IEC 11172-3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xE0:
        return False
    version, layer, rate, speed = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer in (1, 2) and rate not in (0, 15) and speed != 3


@cache
def format_of(name: str) -> Format:
    """Return the format of this module's name."""
    found: Format = import_module(f"forethought.media.formats.{name}").FORMAT
    return found
