"""What is taken out of a PDF, as traces: every word in it under the name of its key."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from forethought.media.pictures import exif, xmp
from forethought.media.trace import Trace

MOST_SHOWN, MOST_TOLD, MOST_SEEN = 300, 500, 5_000
KINDS: Final = {
    "Author": "person", "Company": "person", "Manager": "person", "T": "person", "Name": "person", "Cert": "person",
    "Contents": "words", "RC": "words", "Subj": "words", "Title": "words", "Subject": "words", "Keywords": "words",
    "Desc": "words", "V": "words", "DV": "words", "TU": "words", "Reason": "words", "Alt": "words", "TI": "words",
    "Creator": "software", "Producer": "software", "PieceInfo": "software", "Prop_Build": "software",
    "CreationDate": "time", "ModDate": "time", "LastModified": "time", "M": "time", "SourceModified": "time",
    "Location": "place", "VP": "place", "Measure": "place", "PtData": "place", "LGIDict": "place",
    "ContactInfo": "contact", "URI": "contact", "F": "file", "UF": "file", "EF": "file", "AF": "file",
    "EmbeddedFiles": "file", "Collection": "file", "Thumb": "picture", "Alternates": "picture", "Dest": "words",
    "Trapped": "other", "Sound": "file", "Movie": "file",
}  # fmt: skip
ELSEWHERE: Final = frozenset({"/Parent", "/P", "/Pg", "/Popup", "/IRT", "/AP", "/DR", "/Font", "/Page", "/Prev", "/DA"})
TITLED: Final = frozenset({"element T", "tree T", "form / T"})  # a title or the name of a field, and no person
DATE: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?")


class Teller:
    """Tells what is taken out, each object once; `told` are the numbers of the objects it met."""

    def __init__(self) -> None:
        self.told: set[tuple[int, int]] = set()

    def traces(self, where: str, key: str, value: Any) -> Iterator[Trace]:
        """Yield what a value gives away that stood under a key, or that there was one where it has no words."""
        name = key.lstrip("/")
        said = False
        for trace in self._leaves(f"{where} {name}".strip(), name, value):
            said = True
            yield trace
        if not said:
            kind = "other" if key == "/Name" else KINDS.get(name, "other")  # a name that is no words is no person's
            yield Trace(kind, f"{where} {name}".strip(), _scalar(value))

    def _leaves(self, where: str, name: str, value: Any) -> Iterator[Trace]:
        waiting = deque([(where, name, value)])
        for _ in range(MOST_SEEN):
            if not waiting:
                return
            where, name, value = waiting.popleft()
            if not self._is_new(value):
                continue
            yield from _leaf(where, name, value)
            waiting += _below(where, name, value)

    def _is_new(self, value: Any) -> bool:
        if not getattr(value, "is_indirect", False):
            return True
        if value.objgen in self.told:
            return False
        self.told.add(value.objgen)
        return True


def _below(where: str, name: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        yield from ((where, name, each) for each in list(value)[:MOST_TOLD])
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, each in value.items():
            own = key.lstrip("/")
            if key not in ELSEWHERE:
                yield f"{where.split(' / ')[0]} / {own}", own if own in KINDS else name, each


def _leaf(where: str, name: str, value: Any) -> Iterator[Trace]:
    import pikepdf

    kind = "words" if where in TITLED else KINDS.get(name, "other")
    if isinstance(value, pikepdf.String):
        if text := words(value):
            yield Trace(kind, where, text, needles=(bytes(value),))
    elif isinstance(value, pikepdf.Stream):
        yield from stream(where, kind, value)


def stream(where: str, kind: str, value: Any) -> Iterator[Trace]:
    """Yield what a stream gives away: notes in XML, a file, a picture, or the words that can be read in it."""
    held = content(value)
    if value.get("/Subtype") == "/XML" or held.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xpacket", b"<x:xmp")):
        yield from xmp.traces(held, f"{where} XMP")
        return
    if value.get("/Subtype") == "/Image":
        yield Trace("picture", where, f"a picture of {value.get('/Width', 0)} x {value.get('/Height', 0)} pixels")
    said = " ".join(run.decode() for run in exif.PRINTED.findall(held[:65_536]))[:MOST_SHOWN]
    kind = "file" if value.get("/Type") == "/EmbeddedFile" else kind
    yield Trace(kind, where, f"{len(held):,} bytes: {said}".removesuffix(": "))


def content(value: Any) -> bytes:
    """Return what a stream holds, unpacked where that can be done."""
    import pikepdf

    try:
        return bytes(value.read_bytes())
    except pikepdf.PdfError:
        return bytes(value.read_raw_bytes())


def words(value: Any) -> str:
    """Return a string as a person reads it, dates as dates."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    found = DATE.match(text)
    if not found:
        return " ".join(text.split())[:MOST_SHOWN]
    year, month, day, *clock = (part or "00" for part in found.groups())
    return f"{year}-{month}-{day} {':'.join(clock)}"


def _scalar(value: Any) -> str:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return f"{len(value)} values"
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return "something without words"
    return str(value).lstrip("/")[:MOST_SHOWN] or "nothing"
