"""The words that can be read in a picture, found on this device by RapidOCR, an optional part.

Its networks come with it, so that nothing is fetched, and nothing is written down. They are loaded once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from forethought.errors import MissingExtraError
from forethought.media.seeing.regions import Box
from forethought.media.seeing.upright import CannotSeeError, Upright, upright

MOST_LINES = 500
LONGEST_LINE = 400  # letters
LEAST = 0.6  # how sure a reading has to be; leaves and noise are read as single letters below it
THREADS = 2
NETWORKS = {
    "Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}  # fmt: skip
FIRST_ONLY = "Only the first of its {} frames was looked at."
NOT_ALL = "There are more lines in it than were read."
_reading = Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, where it stands in the upright picture, and how sure its reading is, from 0 to 1."""

    text: str
    box: Box
    sure: float


@dataclass(frozen=True, slots=True)
class Words:
    """The lines in a picture in the order in which they are read, and what was not looked at, in sentences."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines, one below another."""
        return "\n".join(line.text for line in self.lines)


def words_in(source: Path | bytes | Upright) -> Words:
    """Return the words in a picture. Raises CannotSeeError, or MissingExtraError where the part is not installed."""
    reader = _reader()
    picture = source if isinstance(source, Upright) else upright(source)
    lines = in_reading_order(_lines(reader, picture))
    return Words(tuple(lines), (*unseen(picture), *((NOT_ALL,) if len(lines) == MOST_LINES else ())))


def unseen(picture: Upright) -> tuple[str, ...]:
    """Return what of a picture is not looked at, in sentences."""
    return (FIRST_ONLY.format(f"{picture.frames:,}"),) if picture.frames > 1 else ()


@cache
def _reader() -> Any:
    """Return the reader, loaded. Raises MissingExtraError."""
    try:
        rapidocr: Any = import_module("rapidocr")
    except ImportError as error:
        without = "All else about the picture is told without it."
        raise MissingExtraError("the words in a picture", "pictures", without) from error
    import_module("onnxruntime").disable_telemetry_events()
    folder = Path(rapidocr.__file__).with_name("models")
    paths = {f"{part}.model_path": str(folder / name) for part, name in NETWORKS.items()}  # named, so never fetched
    return rapidocr.RapidOCR(params={**SETTINGS, **paths})


SETTINGS = {
    "Global.log_level": "critical",
    "Global.text_score": LEAST,
    "Global.max_side_len": 20_000,  # pictures are made smaller before
    "Det.limit_type": "max",
    "Det.limit_side_len": 20_000,
    "Det.max_candidates": MOST_LINES,
    "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def _lines(reader: Any, picture: Upright) -> list[Line]:
    import numpy as np

    pixels = np.asarray(picture.image)[:, :, ::-1]  # it wants blue first
    try:
        with _reading:
            found = reader(np.ascontiguousarray(pixels))
    except Exception as error:  # the library has no common class for what it raises
        raise CannotSeeError("the words in it cannot be read") from error
    if found.txts is None:
        return []
    read = [
        Line(_said(text), picture.full(*corners.min(axis=0), *corners.max(axis=0)), float(sure))
        for text, corners, sure in zip(found.txts, found.boxes, found.scores, strict=True)
    ]
    return [line for line in read if not _is_shape(line.text)]


def _is_shape(text: str) -> bool:
    """Tell whether nothing was read, or one sign of another script, as which frames and covers are read."""
    return len(text) < 2 and not (text.isascii() and text.isalnum())


def _said(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_LINE])
    return " ".join(shown.split())


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return lines from the top down, and those that stand beside each other from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.top):
        if rows and _is_beside(line, rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.box.left)]


def _is_beside(line: Line, row: Sequence[Line]) -> bool:
    """Tell whether a line stands at the height of a row's first one, and over none of it."""
    first = row[0].box
    middle = (line.box.top + line.box.bottom) / 2
    apart = all(line.box.left >= other.box.right or line.box.right <= other.box.left for other in row)
    return first.top <= middle <= first.bottom and apart
