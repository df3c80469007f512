"""The pages of a PDF as they look: the words on them, words that are there and not seen, and pages as pictures."""

import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int
from functools import cache, lru_cache
from math import ceil, floor
from typing import Any, Final

from forethought.errors import ForethoughtError
from forethought.media.buffer import CannotCleanError, TooLargeError, missing

Box = tuple[float, float, float, float]  # left, bottom, right and top, in points
NOWHERE: Final[Box] = (36.0, 36.0, 36.0, 36.0)  # where a blank stands
DPI, POINTS = 200, 72
QUALITY: Final = 80  # of pages as pictures
MOST_PIXELS: Final = 30_000_000
SMALLEST, LARGEST = 3, 14_400  # points that a side of a page may have
MOST_PAGES: Final = 1_000
SAME: Final = 8  # shades of grey, of 256, that cannot be told apart
SMALL: Final = 3  # points of a side, below which nothing hides a letter
TOGETHER: Final = 3  # letters that are looked at together
FEWEST: Final = 2  # letters and digits next to each other that are not seen before they are told

FAR: Final = 10_000  # points apart of which the scale is taken


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give a PDF as PDFium reads it. Raises CannotCleanError, also where it is not installed."""
    try:
        import pypdfium2
    except ImportError as error:
        raise missing("PDF files", "pdf") from error
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            if len(document) > MOST_PAGES:
                raise TooLargeError(f"it has more than {MOST_PAGES:,} pages")
            yield document
        finally:
            document.close()
    except ForethoughtError:
        raise
    except Exception as error:
        raise CannotCleanError("it cannot be shown by the program that draws its pages") from error


@lru_cache(maxsize=2)
def text(data: bytes) -> tuple[str, ...]:
    """Return the words of each page, in their order."""
    with opened(data) as document:
        return tuple(page.get_textpage().get_text_range() for page in document)


@lru_cache(maxsize=2)
def unseen(data: bytes) -> tuple[tuple[int, str], ...]:
    """Return words that are on a page and not seen there, with the page's number from 1.

    They are under a box, outside of what is shown, in the colour of the paper, or in a layer that is not shown. Words
    laid over a picture of themselves, as scanners do for screen readers, are seen.
    """
    with opened(data) as document:
        return tuple((number, run) for number, page in enumerate(document, 1) for run in _runs(page))


def _runs(page: Any) -> Iterator[str]:
    letters = page.get_textpage()
    if not letters.count_chars():
        return
    view, run = View(page), ""
    lines = list(_lines(letters))
    careful = _may_cover(page) or any(view.is_cut(box) for _, box in lines)
    for part, box in _parts(letters) if careful else lines:
        if part.isspace():
            run += " " if run else ""
        elif not view.is_plain(box):
            yield from _told(run)
            run = ""
        else:
            run += part
    yield from _told(run)


def _told(run: str) -> Iterator[str]:
    if sum(sign.isalnum() for sign in run) >= FEWEST:
        yield " ".join(run.split())[:300]


def _parts(letters: Any) -> Iterator[tuple[str, Box]]:
    """Yield a few letters of a word at a time, with where they stand; blanks stand nowhere."""
    part, boxes = "", list[Box]()
    for number, sign in enumerate(_signs(letters)):
        box = NOWHERE if _is_blank(sign) else letters.get_charbox(number)
        if box[0] < box[2] and box[1] < box[3]:
            part, boxes = part + sign, [*boxes, box]
        if part and (len(part) == TOGETHER or _is_blank(sign)):
            yield part, _around(boxes)
            part, boxes = "", []
        if _is_blank(sign):
            yield " ", NOWHERE
    if part:
        yield part, _around(boxes)


def _lines(letters: Any) -> Iterator[tuple[str, Box]]:
    """Yield the letters of a line that were drawn at once, with where they stand: where nothing is drawn over them."""
    for number in range(letters.count_rects()):
        box = letters.get_rect(number)
        if box[0] < box[2] and box[1] < box[3]:
            yield letters.get_text_bounded(*box) or " ", box
            yield " ", NOWHERE


def _may_cover(page: Any) -> bool:
    """Tell whether anything large enough to hide a letter is drawn after words, or lies on the page as a note."""
    import pypdfium2.raw as raw

    worded = False
    for each in page.get_objects(max_depth=1):
        if each.type == raw.FPDF_PAGEOBJ_TEXT:
            worded = True
        elif each.type == raw.FPDF_PAGEOBJ_FORM:
            return True
        elif worded:
            left, bottom, right, top = each.get_bounds()
            if min(right - left, top - bottom) >= SMALL:
                return True
    return _has_notes(page)


def _has_notes(page: Any) -> bool:
    """Tell whether notes other than links lie on a page."""
    import pypdfium2.raw as raw

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind != raw.FPDF_ANNOT_LINK:
            return True
    return False


def _around(boxes: list[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _signs(letters: Any) -> Iterator[str]:
    import pypdfium2.raw as raw

    for number in range(letters.count_chars()):
        code = raw.FPDFText_GetUnicode(letters, number)
        yield chr(code) if 0 < code < 0x110000 and raw.FPDFText_IsGenerated(letters, number) != 1 else " "


@cache
def _is_blank(sign: str) -> bool:
    return unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Cs")


class View:
    """A page as a picture, and where on it each point of the page lies."""

    def __init__(self, page: Any, notes: bool = True) -> None:
        """Take a page, and whether the notes on it are drawn. Raises TooLargeError."""
        if _scale(page, POINTS) < 1:
            raise TooLargeError("a page of it is too large to be looked at")
        self.picture = page.render(scale=_scale(page, POINTS), grayscale=True, draw_annots=notes).to_pil()
        self.size = self.picture.size
        start, right, up = (self._pixel(page, *point) for point in ((0, 0), (FAR, 0), (0, FAR)))
        self.start = start
        self.right = [(one - other) / FAR for one, other in zip(right, start, strict=True)]
        self.up = [(one - other) / FAR for one, other in zip(up, start, strict=True)]

    def _pixel(self, page: Any, across: float, up: float) -> tuple[int, int]:
        import pypdfium2.raw as raw

        column, row = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *self.size, 0, across, up, column, row)
        return column.value, row.value

    def is_plain(self, box: Box) -> bool:
        """Tell whether nothing is to be seen in a stretch of the page."""
        left, top, right, bottom = self._pixels(*box)
        if left >= right or top >= bottom:
            return True
        darkest, lightest = self.picture.crop((left, top, right, bottom)).getextrema()
        return bool(lightest - darkest < SAME)

    def is_cut(self, box: Box) -> bool:
        """Tell whether a stretch lies on the page's edge or beyond it."""
        left, top, right, bottom = self._pixels(*box)
        return left <= 0 or top <= 0 or right >= self.size[0] or bottom >= self.size[1]

    def _pixels(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
        """Return the pixels of a stretch of the page, cut at the picture's edge."""
        ranges = []
        for axis in (0, 1):
            ends = [
                self.start[axis] + across * self.right[axis] + up * self.up[axis]
                for across, up in ((left, bottom), (right, top))
            ]
            ranges.append((max(0, floor(min(ends))), min(self.size[axis], ceil(max(ends)))))
        return ranges[0][0], ranges[1][0], ranges[0][1], ranges[1][1]


def _scale(page: Any, dpi: int) -> float:
    """Return how much larger a page is drawn, less where it would have too many pixels."""
    width, height = page.get_size()
    wanted = dpi / POINTS
    return float(min(wanted, (MOST_PIXELS / max(width * height, 1)) ** 0.5))


def pictures(data: bytes) -> Iterator[tuple[bytes, tuple[int, int], tuple[float, float]]]:
    """Yield each page as a JPEG in colour, its size in pixels, and its size in points."""
    with opened(data) as document:
        document.init_forms()
        for page in document:
            image = page.render(scale=_scale(page, DPI)).to_pil().convert("RGB")
            held = io.BytesIO()
            image.save(held, "JPEG", quality=QUALITY)
            width, height = (min(max(side, SMALLEST), LARGEST) for side in page.get_size())
            yield held.getvalue(), image.size, (width, height)
