"""Files inside a document: pictures, sound, drawings and other documents, each made clean in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from forethought.media.buffer import CannotCleanError, TooLargeError, changed
from forethought.media.format import Format, Wishes
from forethought.media.office import metafile, package
from forethought.media.office.report import Report
from forethought.media.recognise import UnknownFormatError, format_of, recognise

DEEPEST = 3
_depth: ContextVar[int] = ContextVar("depth", default=0)


@contextmanager
def deeper() -> Iterator[None]:
    """Go into a file inside another. Raises TooLargeError where files lie in files too deep."""
    if _depth.get() >= DEEPEST:
        raise TooLargeError("it holds files inside files inside files")
    token = _depth.set(_depth.get() + 1)
    try:
        yield
    finally:
        _depth.reset(token)


def cleaned(data: bytes, name: str, report: Report, wishes: Wishes) -> bytes:
    """Return a file inside another made clean, and report what it gave away or why it cannot be made clean.

    `name` is how it is named inside; it begins the name of each field.
    """
    try:
        if metafile.is_emf(data) or metafile.is_wmf(data):
            return metafile.blanked(data, report)
        return _by_format(data, name, report, wishes)
    except UnknownFormatError:
        report.refuse(f"the file {name} in it is of a kind that cannot be cleaned")
    except CannotCleanError as error:
        report.refuse(f"the file {name} in it cannot be cleaned ({error.why})")
    report.tell("file", name, f"{len(data):,} bytes that cannot be cleaned")
    return data


def _by_format(data: bytes, name: str, report: Report, wishes: Wishes) -> bytes:
    with deeper():
        form = format_in(data)
        for trace in form.traces(data):
            report.tell(trace.kind, f"{name}: {trace.where}", trace.value, trace.needles)
        return b"".join(changed(data, form.clean(data, wishes)))


def doubts(data: bytes, name: str) -> Iterator[str]:
    """Yield what another parser still finds in a file inside a copy. Raises CannotCleanError."""
    if metafile.is_emf(data) or metafile.is_wmf(data):
        report = Report()
        cleaned(data, name, report, Wishes())
        yield from (f"{name}: {trace.where}" for trace in report.traces)
        return
    with deeper():
        yield from (f"{name}: {doubt}" for doubt in format_in(data).doubts(data))


def format_in(data: bytes) -> Format:
    """Return the format of a file inside another. Raises CannotCleanError."""
    if data[:4] == b"PK\3\4":
        if not (found := package.family(data)):
            raise UnknownFormatError
        return format_of(found)
    return recognise(data)
