"""Boxes that hide a part of a PDF's page and would give it away: black ones on a picture, and those drawn as notes."""

from collections.abc import Iterator
from ctypes import byref, c_int, c_uint
from functools import lru_cache
from typing import Any, Final

from forethought.media.pdf.pages import Box, View, opened

DARK: Final = 40  # shades of each colour, of 256, up to which it is black
SMALLEST: Final = 5  # points of a box's side, below which it is a line
MOST_OBJECTS: Final = 20_000
INNER: Final = 0.15  # of a note's sides, that its border may take


@lru_cache(maxsize=2)
def on_pictures(data: bytes) -> tuple[int, ...]:
    """Return the number of each page on which a black box without words on it lies within a picture."""
    with opened(data) as document:
        return tuple(number for number, page in enumerate(document, 1) if _has_box(page))


def _has_box(page: Any) -> bool:
    import pypdfium2.raw as raw

    pictures, boxes = list[Box](), list[Box]()
    for at, each in enumerate(page.get_objects(max_depth=4)):
        if at > MOST_OBJECTS:
            break
        box = each.get_bounds() if each.level == 0 else None
        if box is None:
            continue
        if each.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
        elif each.type == raw.FPDF_PAGEOBJ_TEXT:
            boxes = [one for one in boxes if not _meet(one, box)]
        elif each.type == raw.FPDF_PAGEOBJ_PATH and any(_holds(one, box) for one in pictures) and _is_black(each.raw):
            boxes.append(box)
    return bool(boxes)


def _holds(outer: Box, inner: Box) -> bool:
    """Tell whether a box as large as a word lies within another one, and does not fill it."""
    sides = inner[2] - inner[0], inner[3] - inner[1]
    within = outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
    return within and min(sides) >= SMALLEST


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_black(path: Any) -> bool:
    """Tell whether a path is filled with black that nothing shines through."""
    import pypdfium2.raw as raw

    fill, stroke, colours = c_int(), c_int(), [c_uint() for _ in range(4)]
    raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    raw.FPDFPageObj_GetFillColor(path, *(byref(colour) for colour in colours))
    *shades, solid = (colour.value for colour in colours)
    return bool(fill.value and solid == 255 and max(shades) <= DARK)


def as_notes(data: bytes, notes: list[tuple[int, Box]]) -> Iterator[int]:
    """Yield the number of each page on which one of these notes hides what is under it."""
    with opened(data) as document:
        for number in sorted({number for number, _ in notes}):
            page = document[number - 1]
            over, under = View(page), View(page, notes=False)
            inner = [_inner(box) for each, box in notes if each == number]
            if any(over.is_plain(box) and not under.is_plain(box) for box in inner):
                yield number


def _inner(box: Box) -> Box:
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    across, up = (right - left) * INNER, (top - bottom) * INNER
    return left + across, bottom + up, right - across, top - up
