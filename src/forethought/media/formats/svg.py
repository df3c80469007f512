"""SVG: drawings as text, plain or packed, with every line and letter as it was and nothing that is not drawn.

SVG 1.1 and SVG 2 (W3C); packed as RFC 1952 says.
"""

from collections.abc import Iterable, Iterator

from forethought.media.buffer import Buffer, Change, whole
from forethought.media.drawings import checking, cleaning, reading
from forethought.media.format import Format, Wishes
from forethought.media.office.report import Report
from forethought.media.trace import Trace


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a drawing gives away."""
    report = Report()
    cleaning.cleaned(reading.unpacked(data, report), report)
    yield from report.traces


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave what is drawn; a packed drawing is packed anew."""
    report = Report()
    text = cleaning.cleaned(reading.unpacked(data, report), report, wishes)
    report.check()
    return whole(data, reading.packed(text) if data[:3] == reading.PACKED else text)


def shown(data: Buffer) -> Iterator[str]:
    """Yield the text that a person sees in a drawing or hears read aloud."""
    root = reading.parsed(reading.unpacked(data, Report()), Report())
    for each in root.iter():
        if each.tag in ("text", "title", "desc"):
            yield " ".join("".join(each.itertext()).split())
        yield from [each.get("aria-label", "")] if each.get("aria-label") else []


def doubts(data: Buffer) -> Iterator[str]:
    """Read a copy with another parser, and hold it to a list of what a drawing may have."""
    yield from checking.doubts(bytes(data[:]))


FORMAT = Format("SVG", "drawing", ("svg", "svgz"), traces, clean, doubts, shown)
