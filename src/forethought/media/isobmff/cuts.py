"""Parts of a film that were cut away but are still in it, because its list of edits only leaves them out."""

from collections.abc import Iterator

from forethought.media.buffer import Buffer, CannotCleanError, Change
from forethought.media.isobmff.boxes import Box, Find, first, needed, unpacked
from forethought.media.isobmff.tracks import Track
from forethought.media.trace import Trace

LONGEST = 1.0  # seconds that a decoder may need before the first picture that is shown
MOST_EDITS = 10_000
CUT = "a part that was cut away is still in it: save it anew, in full, in the program that cut it"


def cuts(data: Buffer, movie: Box, track: Track) -> Iterator[Find]:
    """Yield the find of a track (of a film's index) of which a part is never shown. Raises DamagedError."""
    edits = first(data, track.box, b"edts", b"elst")
    header = needed(data, track.box, b"mdia", b"mdhd")
    scale, whole = _scale(data, header)
    if edits is None or not scale or not whole:
        return
    hidden = (whole - _shown(data, edits, scale, whole, _scale(data, needed(data, movie, b"mvhd"))[0])) / scale
    if hidden > LONGEST:
        yield Find(_refused, lambda: (Trace("edit", "elst", f"{hidden:.1f} seconds of it that were cut away"),))


def _scale(data: Buffer, box: Box) -> tuple[int, int]:
    """Return in how many parts of a second a header (mvhd, mdhd) counts, and how long it says that all is."""
    (version,) = unpacked(">B", data, box.body, box.end)
    scale, whole = unpacked(">LQ" if version == 1 else ">LL", data, box.body + (20 if version == 1 else 12), box.end)
    return scale, whole


def _shown(data: Buffer, edits: Box, scale: int, whole: int, movie_scale: int) -> float:
    """Return how much of a track is shown."""
    shown = reach = 0.0
    for start, end in sorted(_edits(data, edits, scale / max(1, movie_scale))):
        end = min(end or whole, whole)
        shown += max(0.0, end - max(start, reach))
        reach = max(reach, end)
    return shown


def _edits(data: Buffer, box: Box, ratio: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each edit shows a track; an end of 0 where it is shown to its end."""
    version, count = unpacked(">B3xL", data, box.body, box.end)
    row, form = (20, ">Qq") if version == 1 else (12, ">Ll")
    for number in range(min(count, MOST_EDITS)):
        length, start = unpacked(form, data, box.body + 8 + row * number, box.end)
        if start >= 0:
            yield float(start), start + length * ratio if length else 0.0


def _refused() -> Iterator[Change]:
    raise CannotCleanError(CUT)
