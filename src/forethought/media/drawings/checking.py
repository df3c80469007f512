"""The second look at a drawing: read with defusedxml, and held to lists of what may be in it.

Nothing here is shared with what cleans drawings.
"""

import base64
import binascii
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forethought.media.buffer import CannotCleanError

MOST_BYTES, MOST_DEEP = 64 << 20, 2
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<svg '
SPACE = "{http://www.w3.org/2000/svg}"
ELEMENT = re.compile(
    r"svg|g|defs|symbol|use|a|switch|title|desc|style|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath"
    r"|linearGradient|radialGradient|stop|pattern|clipPath|mask|marker|image|filter|fe[A-Z][A-Za-z]+|animate\w*|set|mpath"
)
ATTRIBUTE = re.compile(
    r"[a-z]+(-[a-z]+)*|x1|x2|y1|y2|k[1-4]|in2|[a-z]+(Path)?(Box|AspectRatio|Units|Transform|Method|Width|Height|[XY]|Length|Adjust"
    r"|Offset|ContentUnits|Res|Values|Deviation|Mode|Matrix|UnitLength|Alpha|Scale|Constant|Exponent|ConeAngle|At[XYZ]"
    r"|ChannelSelector|Frequency|Octaves|Tiles|Name|Type|Count|Dur|Times|Splines|Points|AndPan|Profile|Language"
    r"|StyleType|ResourcesRequired)|\{http://www\.w3\.org/1999/xlink\}href|\{http://www\.w3\.org/XML/1998/namespace\}(space|lang)"
)
BARRED = re.compile(r"on[a-z]+|data-.*|srcset|src|label")
NUMBERED = {"id": re.compile(r"i\d+"), "class": re.compile(r"c\d+( c\d+)*")}
LEADING = re.compile(r"//|\\|\bfile:|javascript:|@import|@font-face|/\*|expression|url\((?!['\"]?#(i\d+|gone)\b)", re.I)
TEXTUAL = frozenset({"text", "tspan", "textPath", "a", "title", "desc", "style"})
SPOKEN = frozenset({"text", "tspan", "image", "g", "svg", "a"})
PICTURE = re.compile(r"data:image/(?:jpeg|png|gif|webp|svg\+xml);base64,([A-Za-z0-9+/]+=*)")
UNSEEN = re.compile(r"display:\s*none", re.IGNORECASE)


def doubts(data: bytes, deep: int = 0) -> Iterator[str]:
    """Yield what is in a copy that may not be there."""
    try:
        text = _unpacked(data)
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, OSError, EOFError, zlib.error) as error:
        yield f"it cannot be read again ({type(error).__name__})"
        return
    if data[:2] == b"\x1f\x8b" and data[3:10] != b"\0\0\0\0\0\0\xff":
        yield "a name or a time beside the packed drawing"
    if not text.startswith(HEAD) or text.count(b"<?") > 1 or b"<!" in text:
        yield "a comment, an instruction or a document type"
    if set(re.findall(rb"\sxmlns(?::\w+)?=\"([^\"]*)\"", text)) - SPACES:
        yield "a namespace of another maker"
    yield from dict.fromkeys(doubt for each in root.iter() for doubt in _element(each, deep))


SPACES = {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}


def _unpacked(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    with gzip.open(io.BytesIO(data)) as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise ValueError("too large")
    return text


def _element(element: Element, deep: int) -> Iterator[str]:
    tag = str(element.tag).removeprefix(SPACE)
    if not ELEMENT.fullmatch(tag):
        yield f"an element {tag}"
    loose = [element.text, *(each.tail for each in element)]
    if tag not in TEXTUAL and any(said and said.strip() for said in loose):
        yield f"text in {tag}"
    if tag == "style" and LEADING.search(element.text or ""):
        yield "a comment or a link in a style"
    for key, held in element.attrib.items():
        yield from _attribute(tag, key, held, deep)


def _attribute(tag: str, key: str, held: str, deep: int) -> Iterator[str]:
    if not ATTRIBUTE.fullmatch(key) or BARRED.fullmatch(key):
        yield f"{tag} {key}"
    elif key.endswith("href"):
        yield from _href(tag, held, deep)
    elif (key in NUMBERED and not NUMBERED[key].fullmatch(held)) or (key != "aria-label" and LEADING.search(held)):
        yield f"{tag} {key}: {held[:80]}"
    elif tag in SPOKEN and ((key == "display" and held == "none") or (key == "style" and UNSEEN.search(held))):
        yield f"a hidden {tag}"


def _href(tag: str, held: str, deep: int) -> Iterator[str]:
    from forethought.media.office import embedded

    found = PICTURE.fullmatch(held)
    if not found:
        if not re.fullmatch(r"#(i\d+|gone)", held):
            yield f"a link of {tag}"
        return
    try:
        raw = base64.b64decode(found[1], validate=True)
        if raw.startswith(HEAD):
            yield from doubts(raw, deep + 1) if deep < MOST_DEEP else ["drawings inside drawings"]
        else:
            yield from embedded.doubts(raw, "a picture in it")
    except (binascii.Error, CannotCleanError):
        yield "a picture that cannot be read again"
