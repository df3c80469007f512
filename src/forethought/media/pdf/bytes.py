"""A PDF as bytes: its earlier versions, and what stands outside of its objects."""

import re
from collections.abc import Iterator
from typing import Final

from forethought.media.pictures import exif
from forethought.media.trace import Trace

MOST_VERSIONS: Final = 10
END: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
EMPTY: Final = re.compile(rb"xref\s+0 0\s+trailer[^>]*>>\s*$")  # how Word ends a file once more
HEAD: Final = re.compile(rb"\A.{0,1024}?%PDF-[^\r\n]*[\r\n]+((?:%[^\r\n]*[\r\n]+)*)", re.DOTALL)
BETWEEN: Final = re.compile(rb"endobj\s*((?:%[^\r\n]*[\r\n]+\s*)+)")


def ends(data: bytes) -> list[int]:
    """Return where each version ends, the present one last; a file made for reading from the web has one."""
    found = [each for each in END.finditer(data) if int(each[1][:12])]
    return [each.end() for each in found if not EMPTY.search(data[max(0, each.start() - 2_000) : each.start()])]


def remarks(data: bytes) -> Iterator[Trace]:
    """Yield what is noted before, between and after the objects."""
    between = [found[1] for pattern in (HEAD, BETWEEN) for found in pattern.finditer(data)]
    for line in b"\n".join(between).splitlines():
        if (said := exif.PRINTED.search(line)) and not line.strip().startswith((b"%%EOF", b"%PDF-")):
            yield Trace("other", "remark", said[0].decode()[:300])
    if not data.startswith(b"%PDF-"):
        yield _rest("before the start", data[: data.find(b"%PDF-")])
    if rest := data[data.rfind(b"%%EOF") + 5 :].strip(b"\r\n \t\0"):
        yield _rest("after the end", rest)


def _rest(where: str, data: bytes) -> Trace:
    said = " ".join(run.decode() for run in exif.PRINTED.findall(data[:65_536]))[:300]
    return Trace("other", where, f"{len(data):,} bytes: {said}".removesuffix(": "))
