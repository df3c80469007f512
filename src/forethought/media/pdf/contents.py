"""What draws a page: its remarks, marks and notes are taken out, and all that is to be seen or read aloud stays."""

import re
import warnings
import zlib
from collections.abc import Iterator
from typing import Any, Final

from forethought.media.buffer import PIECE, DamagedError, TooLargeError
from forethought.media.pdf.grammar import KEPT
from forethought.media.pdf.telling import words
from forethought.media.pictures import exif
from forethought.media.trace import Trace

MOST_DRAWN, MOST_UNPACKED = 64 << 20, 256 << 20
MOST_RATIO, SMALL = 200, 8 << 20  # how far a stream above this size may have been packed
MARKED: Final = KEPT["marked"].keys() | {"/Type", "/Subtype", "/BBox", "/Attached"}
POINTS: Final = frozenset({"MP", "DP"})  # operators that mark a point, and draw nothing
USUAL: Final = re.compile(rb"<<\s*/MCID\s+\d+\s*>>")
SUSPECT: Final = re.compile(rb"%|<<|\bMP\b|\bDP\b")
WRITTEN: Final = re.compile(  # what no remark begins in: strings, and pictures among the operators
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|\bBI\b.{0,500}?\bID\s.*?\sEI\b", re.DOTALL
)
OPERATORS: Final = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M "
    "MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
HEX: Final = re.compile(rb"<[0-9A-Fa-f\s]*>")
STRANGE: Final = re.compile(  # words that are neither operators nor names
    rb"(?<![^\s\[\]()<>{}])(?!(?:%s|true|false|null)(?![^\s\[\]()<>{}/%%]))[A-Za-z'\"][^\s\[\]()<>{}/%%]*"
    % b"|".join(re.escape(each.encode()) for each in OPERATORS)
)
REMARK: Final = re.compile(rb"%([^\r\n]*)")


def prune(pdf: Any, pages: list[Any], streams: list[tuple[str, Any]]) -> Iterator[Trace]:
    """Take what draws nothing out of each page, and out of each form, pattern and drawn letter.

    Raises DamagedError, or TooLargeError where it would take too long.
    """
    left = MOST_DRAWN
    for page in pages:
        text = b"\n".join(unpacked(part) for part in _parts(page))
        found, new = pruned(pdf, text)
        yield from found
        if new != text:
            page["/Contents"] = pdf.make_stream(new)
        left = _counted(left, text)
    for stream in (stream for kind, stream in streams if draws(kind, stream)):
        found, new = pruned(pdf, text := unpacked(stream))
        yield from found
        if new != text:
            stream.write(new)
        left = _counted(left, text)


def weigh(pdf: Any) -> None:
    """Make sure that what can be unpacked, other than pictures, is not too much. Raises TooLargeError."""
    import pikepdf

    left = MOST_UNPACKED
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != "/Image":
            layers = repr(each.get("/Filter")).count("/FlateDecode")
            weight = _weight(each, left) if layers else 0
            left -= weight
            is_bomb = weight > SMALL and weight > MOST_RATIO * len(bytes(each.read_raw_bytes()))
            if left < 0 or layers > 1 or is_bomb:
                raise TooLargeError("a part of it unpacks to more than one file may need")


def _weight(stream: Any, most: int) -> int:
    """Return how many bytes a stream unpacks to, or more than `most`."""
    unpacker, weight, rest = zlib.decompressobj(), 0, bytes(stream.read_raw_bytes())
    try:
        while rest and weight <= most and not unpacker.eof:
            weight += len(unpacker.decompress(rest, PIECE))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return weight
    return weight


def _parts(page: Any) -> list[Any]:
    import pikepdf

    held = page.get("/Contents")
    every = list(held) if isinstance(held, pikepdf.Array) else [held]
    return [part for part in every if isinstance(part, pikepdf.Stream)]


def _counted(left: int, text: bytes) -> int:
    if len(text) > left:
        raise TooLargeError("its pages are drawn with more than one file may need")
    return left - len(text)


def unpacked(stream: Any) -> bytes:
    """Return what a stream unpacks to. Raises DamagedError where it does not, or where it would be too much."""
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError as error:
        raise DamagedError("a part of it is damaged, or unpacks to more than it may") from error


def draws(kind: str, stream: Any) -> bool:
    """Tell whether a stream is made of operators that draw; those of pages are met with their page."""
    if kind == "object":
        return bool(stream.get("/Subtype") == "/Form")
    return kind == "@content" or (kind == "pattern" and stream.get("/PatternType") == 1)


def pruned(pdf: Any, text: bytes) -> tuple[list[Trace], bytes]:
    """Return what operators give away, and the operators without it, exactly as they were where nothing was found."""
    import pikepdf

    bare = WRITTEN.sub(b"()", text)
    if not SUSPECT.search(USUAL.sub(b"", bare)) and not STRANGE.search(HEX.sub(b"", bare)):
        return [], text
    with warnings.catch_warnings(action="ignore"):  # where it breaks off, the copy does so too
        every = pikepdf.parse_content_stream(pdf.make_stream(text))
    found, left = list[Trace](), list[Any]()
    for each in every:
        operator = str(each.operator)
        if operator in POINTS:
            found.append(Trace("edit", f"mark {operator}", " ".join(str(one) for one in each.operands)[:300]))
            continue
        if operator not in OPERATORS and operator != "INLINE IMAGE":
            found.append(Trace("words", "word that draws nothing", operator[:300]))
            continue
        found += _noted(each) if operator == "BDC" else ()
        left.append(each)
    new = bytes(pikepdf.unparse_content_stream(left))
    found += [Trace("other", "remark in a page", remark) for remark in _remarks(bare)]
    return found, new if found else text


def _noted(each: Any) -> Iterator[Trace]:
    """Take out of a marked stretch's notes what is not for reading it aloud, and yield it."""
    import pikepdf

    notes = each.operands[-1]
    if not isinstance(notes, pikepdf.Dictionary):
        return
    for key in [key for key in notes.keys() if key not in MARKED]:  # noqa: SIM118 (a PDF's dictionary has no other way)
        said = notes[key]
        text = words(said) if isinstance(said, pikepdf.String) else repr(said)[:300]
        yield Trace("other", f"mark {key[1:]}", text)
        del notes[key]


def _remarks(text: bytes) -> Iterator[str]:
    for found in REMARK.findall(text):
        said = exif.PRINTED.search(found)
        yield said[0].decode()[:300] if said else f"{len(found)} bytes"
