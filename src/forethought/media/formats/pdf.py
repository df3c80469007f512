"""PDFs: all that is not needed to show them, read them aloud and find one's way in them goes, and the text stays text.

Objects: ISO 32000-2. pikepdf (qpdf) takes apart and writes, PDFium looks at the pages, pypdf looks once more.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from forethought.errors import ForethoughtError
from forethought.media.buffer import (
    Buffer,
    CannotCleanError,
    Change,
    DamagedError,
    TooLargeError,
    missing,
    pieces,
    whole,
)
from forethought.media.format import Format, Wishes
from forethought.media.pdf import boxes as pdf_boxes
from forethought.media.pdf import bytes as pdf_bytes
from forethought.media.pdf import contents as pdf_contents
from forethought.media.pdf import doubts as pdf_doubts
from forethought.media.pdf import notes as pdf_notes
from forethought.media.pdf import pages as pdf_pages
from forethought.media.pdf import pictures as pdf_pictures
from forethought.media.pdf import pruning as pdf_pruning
from forethought.media.pdf.pruning import Pruner
from forethought.media.pdf.telling import Teller
from forethought.media.trace import Trace

MOST_BYTES, MOST_UNPACKED = 512 << 20, 256 << 20
ORDINARY = frozenset({"/Size", "/Root", "/Prev", "/XRefStm", "/Type", "/W", "/Index", "/Length", "/Filter"})
SAME_ID = b"1AY&SX\x97\x93#\x84bd3\x83'\x95"  # the number that every copy has
MARKED = "words in it were marked to be blacked out, which was never done; do that first, where they were marked"
PAINT = "Have its pages painted anew as pictures"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of taking a PDF apart: its traces, the words that stay beside the pages' own, and why it may not."""

    traces: tuple[Trace, ...]
    kept: tuple[str, ...]
    why: str


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give a PDF taken apart. Raises CannotCleanError, also where pikepdf is not installed."""
    try:
        import pikepdf
    except ImportError as error:
        raise missing("PDF files", "pdf") from error
    _limit(pikepdf)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise CannotCleanError("a password protects it; save it without one first") from error
    except ForethoughtError:
        raise
    except Exception as error:
        raise DamagedError("it is damaged, or not built as a PDF is") from error


def _limit(pikepdf: Any) -> None:
    """Limit what a stream may unpack to."""
    most = MOST_UNPACKED
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, tiff_max_memory=most, run_length_max_memory=most,
        dct_max_memory=most, max_stream_filters=4, parser_max_errors=0,
    )  # fmt: skip


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a PDF gives away."""
    held = _whole(data)
    with opened(held) as pdf:
        found = _taken_apart(pdf, held)
    yield from found.traces
    yield from pdf_bytes.remarks(held)
    yield from _earlier(held, set(found.traces))


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a PDF's pages and nothing else, or pictures of its pages."""
    held = _whole(data)
    with opened(held) as pdf:
        if pdf_notes.blackings(pdf):
            raise CannotCleanError(MARKED)
        if wishes.repaint:
            return whole(data, _painted(held))
        found = _taken_apart(pdf, held)
        if found.why:
            raise CannotCleanError(f"{found.why}. {PAINT}")
        return whole(data, _saved(pdf))


def shown(data: Buffer) -> Iterator[str]:
    """Yield the words of each page, then those of its outline and of what is read aloud."""
    held = _whole(data)
    yield from pdf_pages.text(held)
    with opened(held) as pdf:
        yield from _taken_apart(pdf, held).kept


def _whole(data: Buffer) -> bytes:
    if len(data) > MOST_BYTES:
        raise TooLargeError(f"it is larger than {MOST_BYTES >> 20} MB")
    return data if isinstance(data, bytes) else b"".join(pieces(data, 0, len(data)))


def _taken_apart(pdf: Any, data: bytes) -> Found:
    """Take out of an opened PDF what it does not need."""
    pdf_contents.weigh(pdf)
    pdf_pictures.check(pdf)
    if not len(pdf.pages):
        raise DamagedError("it has no pages")
    mended = bool(pdf.get_warnings())  # of the structure; what is found amiss in a page later is none of a person's
    teller, seen = Teller(), " ".join(pdf_pages.text(data))
    lost = pdf_pruning.unreachable(pdf)
    why, hidden = _why(pdf, data)
    found = [*hidden, *_trailer(pdf, teller), *pdf_notes.prune(pdf, teller, seen)]
    drawn = pdf_pruning.resources(pdf)
    pdf.remove_unreferenced_resources()
    pruner = Pruner(pdf, teller)
    found += pruner.prune()
    found += pdf_contents.prune(pdf, pruner.pages, pruner.streams)
    found += pdf_pictures.prune(pdf, pruner.streams)
    if mended:
        found.append(Trace("other", "structure", "damaged, and mended when it was opened"))
    found += _orphans(pdf, teller, lost | (drawn - pruner.met))
    return Found(tuple(dict.fromkeys(found)), tuple(pruner.kept), why)


def _why(pdf: Any, data: bytes) -> tuple[str, list[Trace]]:
    """Return why a copy would still hold, or would show, what is hidden now; and that."""
    if pdf_notes.needs_reader(pdf):
        return "its form is drawn only by the program that it was made with", []
    words = [Trace("words", f"page {number}: words not seen", run) for number, run in pdf_pages.unseen(data)]
    layers = [Trace("words", "layer that is not shown", name) for name in pdf_notes.layers(pdf)]
    boxed = [*pdf_boxes.on_pictures(data), *pdf_boxes.as_notes(data, pdf_notes.boxes(pdf))]
    boxes = [Trace("edit", f"page {number}: under a box", "what it hides is still there") for number in boxed]
    reasons = (
        (layers, "it has layers that are not shown"),
        (words, "it has words that are not seen, such as those still under a black box"),
        (boxes, "what is under a box on it is still there"),
    )
    found = [*words, *layers, *boxes]
    return next((f"{why}{_page(each[0])}" for each, why in reasons if each), ""), found


def _page(trace: Trace) -> str:
    """Return on which page something was found, to end a sentence."""
    page, colon, _ = trace.where.partition(":")
    return f", on {page}" if colon else ""


def _trailer(pdf: Any, teller: Teller) -> Iterator[Trace]:
    """Take out what stands beside the root: the document's information, its number and its programs' own."""
    if pdf.is_encrypted:
        yield Trace("other", "Encrypt", "what its owner allows to be done with it")
    for key in [key for key in pdf.trailer.keys() if key not in ORDINARY]:  # noqa: SIM118 (it has no other way)
        value = pdf.trailer[key]
        if key == "/ID":
            yield from _number(value)
        elif key == "/Info":
            yield from teller.traces("", "Info", value)
        elif key not in ("/Encrypt", "/DecodeParms"):
            yield from teller.traces("trailer", key, value)
        if key not in ("/Encrypt", "/DecodeParms"):
            del pdf.trailer[key]


def _number(value: Any) -> Iterator[Trace]:
    told = [bytes(each) for each in value]
    if any(each != SAME_ID for each in told):
        yield Trace("other", "ID", " ".join(each.hex() for each in dict.fromkeys(told)), needles=tuple(told))


def _orphans(pdf: Any, teller: Teller, lost: set[tuple[int, int]]) -> Iterator[Trace]:
    """Yield what lies in a PDF and belongs to nothing in it any more, or is drawn on no page."""
    for objgen in sorted(lost - teller.told):
        for each in teller.traces("not used any more", "", pdf.get_object(objgen)):
            yield replace(each, kind="edit") if each.kind in ("other", "words") else each


def _earlier(data: bytes, present: set[Trace]) -> Iterator[Trace]:
    """Yield what earlier versions of a PDF held, which are still in it."""
    ends = pdf_bytes.ends(data)[:-1]
    if ends:
        yield Trace("edit", "earlier versions", f"{len(ends)}, which can be brought back")
    now = {line for page in pdf_pages.text(data) for line in page.splitlines()} if ends else set()
    for number, end in enumerate(ends[: pdf_bytes.MOST_VERSIONS], 1):
        where = f"earlier version {number}"
        try:
            before = data[:end]
            lines = [line for page in pdf_pages.text(before) for line in page.splitlines() if line not in now]
            yield from (Trace("edit", f"{where}: words", line[:300]) for line in lines[:100] if line.strip())
            with opened(before) as pdf:
                found = _taken_apart(pdf, before).traces
        except CannotCleanError:
            continue
        yield from (replace(each, where=f"{where}: {each.where}") for each in found if each not in present)


def _saved(pdf: Any) -> bytes:
    """Return a PDF written anew, in one piece, the same each time."""
    import pikepdf

    held = io.BytesIO()
    pdf.save(
        held,
        static_id=True,
        encryption=False,
        fix_metadata_version=False,
        preserve_pdfa=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return held.getvalue()


def _painted(data: bytes) -> bytes:
    """Return a PDF whose pages are pictures of these pages."""
    import pikepdf

    pdf = pikepdf.new()
    for picture, pixels, points in pdf_pages.pictures(data):
        page = pdf.add_blank_page(page_size=points)
        image = pdf.make_stream(
            picture,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=pixels[0],
            Height=pixels[1],
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
        page.obj.Contents = pdf.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /Page Do Q" % points)
    return _saved(pdf)


FORMAT = Format("PDF", "document", ("pdf",), traces, clean, pdf_doubts.doubts, shown)
