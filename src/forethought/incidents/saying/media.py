"""Pictures, films, sound and documents: what the media room finds in them of times and programs, and their size."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice

from forethought.incidents.saying.model import FURTHER, MOST_SHOWN, PLACES, Told, Value, shown
from forethought.incidents.saying.times import of_paper, zoned
from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.held import Opened
from forethought.media.pictures.painting import picture_of
from forethought.media.recognise import recognise
from forethought.media.trace import Trace

MOST_TRACES, MOST_VALUES = 50_000, 20
TOLD, IDENTIFYING = frozenset({"time", "software"}), frozenset({"place", "device"})
NOISE = frozenset(
    {"coded picture", "compressor", "ftyp version", "handler"}
)  # which say nothing of who kept it, or how
ODD = (ArithmeticError, ValueError, LookupError, OSError, AttributeError, TypeError, RecursionError)  # of tinytag
LENGTH = "Length in seconds"


def told_of_picture(data: Buffer) -> Told:
    """Return when a picture was made, by which program and how large it is; never where, nor by which device."""
    found = _traced(data)
    return Told({"Size in pixels": _size(data), **found.values}, found.remarks)


def told_of_recording(data: Buffer) -> Told:
    """Return when a film or a sound was made, by which program, and how long it is."""
    found = _traced(data)
    return Told({LENGTH: _length(data), **found.values}, found.remarks)


def told_of_document(data: Buffer) -> Told:
    """Return when an office document was made and changed, by which program, and the beginning of its words."""
    found = _traced(data)
    return Told(found.values, found.remarks, _words(data))


def told_of_pdf(data: Buffer) -> Told:
    """Return a PDF's title, times, program and number of pages, and the beginning of its words."""
    from pikepdf import PasswordError, Pdf

    try:
        with Pdf.open(io.BufferedReader(Opened(data)), suppress_warnings=True) as pdf:
            info = {name: str(pdf.docinfo.get(f"/{name}", "")) for name in ("Title", "Creator", "Producer")}
            times = {name: of_paper(str(pdf.docinfo.get(f"/{name}", ""))) for name in ("CreationDate", "ModDate")}
            return Told({**info, **times, "Pages": len(pdf.pages)}, (), _words(data))
    except PasswordError:
        return Told({}, (f"It is locked with a password. {FURTHER}",))


def _traced(data: Buffer) -> Told:
    """Return the times and programs that the media room finds in a file, each by the name of its field there."""
    traces: list[Trace] = []
    broken = False
    try:
        traces.extend(islice(recognise(data).traces(data), MOST_TRACES))
    except CannotCleanError:
        broken = True
    hidden = any(each.kind in IDENTIFYING for each in traces)
    said = {FURTHER: broken, PLACES: hidden}
    return Told(dict(_values(traces)), tuple(remark for remark, holds in said.items() if holds))


def _values(traces: Sequence[Trace]) -> Iterator[tuple[str, Value]]:
    """Yield the times, with the zones that stand beside them in a picture, and the programs; each value once."""
    zones = {each.where: each.value for each in traces if "OffsetTime" in each.where}
    kept = (each for each in traces if each.kind in TOLD and each.where not in NOISE | zones.keys())
    values = {_value(each, zones): each.where for each in reversed([each for each in kept if "GPS" not in each.where])}
    yield from islice(((name, value) for value, name in reversed(values.items())), MOST_VALUES)


def _value(trace: Trace, zones: Mapping[str, str]) -> str:
    zone = zones.get(trace.where.replace("DateTime", "OffsetTime"), "")
    return zoned(trace.value, zone) if trace.kind == "time" else trace.value


def _size(data: Buffer) -> str:
    """Return how many pixels a picture has; empty where Pillow cannot open it."""
    with suppress(CannotCleanError), picture_of(data) as seen:
        return f"{seen.width} by {seen.height}"
    return ""


def _length(data: Buffer) -> str:
    """Return how long a recording is; empty where that is not told."""
    from tinytag import TinyTag, TinyTagException

    with suppress(TinyTagException, *ODD), io.BufferedReader(Opened(data)) as file:
        seconds = TinyTag.get(file_obj=file).duration
        return f"{seconds:.1f}" if seconds else ""
    return ""


def _words(data: Buffer) -> str:
    """Return the beginning of a document's words; empty where they cannot be read."""
    with suppress(CannotCleanError):
        words = ""
        for each in recognise(data).shown(data):
            words += f"{each}\n"
            if len(words) > MOST_SHOWN:
                break
        return shown(words)
    return ""
