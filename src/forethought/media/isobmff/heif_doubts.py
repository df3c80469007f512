"""A second look at a copy of a still in HEIF: ExifRead or Pillow, a walk, and a search for what none may hold."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.isobmff.film_doubts import walked
from forethought.media.isobmff.items import still
from forethought.media.isobmff.layout import top
from forethought.media.pictures.exif import ORIENTATION
from forethought.media.pictures.painting import picture_of

BESIDES = frozenset({"meta"})
LISTED = re.compile(rb"infe(?:\x02...(?:....)|\x03...(?:......))(....)([^\x00]?)", re.DOTALL)
SHOWN = frozenset(
    {b"hvc1", b"hev1", b"av01", b"avc1", b"vvc1", b"lhv1", b"jpeg", b"j2k1", b"unci", b"grid", b"iden", b"free"}
)
SIGNS = re.compile(
    rb"Exif\x00\x00(?:II|MM)|xmpmeta|rdf:RDF|ns\.adobe\.com|\x89PNG\r\n|mpvd|SEFH|udes|crtt|mdft|altt|urn:com:|apple:photo"
)
ALLOWED = frozenset({"icc_profile", "duration", "loop", "timestamp", "bgcolor", "background", "exif"})


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with ExifRead, Pillow and a strict walk, and yield what they still find."""
    yield from walked(data, BESIDES)
    for found in LISTED.finditer(data):
        if found[1] not in SHOWN:
            yield f"an item of type {found[1].decode('latin-1')}"
        if found[2]:
            yield f"an item with a name at {found.start()}"
    yield from dict.fromkeys(f"{found[0][:12].decode('latin-1')} in its bytes" for found in SIGNS.finditer(data))
    yield from _opened(data) if b"avi" in bytes(data[8:64]) else _camera_notes(data)


def _camera_notes(data: Buffer) -> Iterator[str]:
    """Yield what ExifRead finds; it is given nothing but whole lists, since broken ones keep it busy for ever."""
    import exifread

    try:
        for box in top(data)[0]:
            if box.kind == b"meta":
                still(data, replace(box, body=box.body + 4))
        yield from (f"EXIF {name}" for name in exifread.process_file(io.BytesIO(data[:]), details=False))
    except Exception as error:  # it raises whatever comes up in a damaged file
        yield f"its notes cannot be read ({type(error).__name__})"


def _opened(data: Buffer) -> Iterator[str]:
    try:
        with picture_of(data) as picture:
            yield from (f"Pillow finds {name}" for name, held in picture.info.items() if held and name not in ALLOWED)
            yield from (f"EXIF tag {tag}" for tag in picture.getexif() if tag != ORIENTATION)  # which it makes itself
    except CannotCleanError as error:
        yield error.why
    except RuntimeError:  # as its decoder of AVIF raises
        yield "it does not open as a picture"
