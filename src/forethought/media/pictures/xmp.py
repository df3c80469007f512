"""XMP: notes in XML that programs write into pictures, films and PDFs (ISO 16684-1)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forethought.media.places import whereabouts
from forethought.media.trace import Trace

MOST_SHOWN, MOST_FIELDS, DEEPEST = 300, 500, 100
STRUCTURE = frozenset({"RDF", "Description", "Bag", "Seq", "Alt", "li", "xmpmeta"})
PLACES = re.compile(r"GPS|location|city|state|country|region|sublocation", re.IGNORECASE)
PEOPLE = re.compile(r"creator|author|rights|artist|person|owner|contributor|publisher|credit|byline", re.IGNORECASE)
TIMES = re.compile(r"date|time|when", re.IGNORECASE)
SOFTWARE = re.compile(r"tool|software|agent|producer|version|toolkit|xmptk", re.IGNORECASE)
DEVICES = re.compile(r"make|model|serial|lens|camera|device", re.IGNORECASE)
EDITS = re.compile(r"history|derived|document|instance|ingredient|original", re.IGNORECASE)
CONTACTS = re.compile(r"email|phone|url|address|Ci[A-Z]", re.IGNORECASE)
KINDS = (
    (CONTACTS, "contact"), (PLACES, "place"), (SOFTWARE, "software"), (PEOPLE, "person"), (EDITS, "edit"),
    (TIMES, "time"), (DEVICES, "device"),
)  # fmt: skip


def traces(packet: bytes, where: str = "XMP") -> Iterator[Trace]:
    """Yield what a packet gives away; one that cannot be read is one trace."""
    found = packet.find(b"<")
    end = packet.rfind(b">") + 1
    try:
        root = fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet[found:end], flags=re.DOTALL))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        yield Trace("other", where, "notes that cannot be read")
        return
    fields = list(dict.fromkeys(_fields(root)))[:MOST_FIELDS]
    yield from _place(fields, where)
    for name, value in fields:
        yield Trace(kind_of(name), f"{where} {name}", value[:MOST_SHOWN])
    if not fields:
        yield Trace("other", where, "notes without content")


def kind_of(name: str) -> str:
    """Return what a field of this name tells, as far as its name says it."""
    return next((kind for pattern, kind in KINDS if pattern.search(name)), "words" if name in WORDS else "other")


WORDS = frozenset({"title", "description", "subject", "Headline", "caption", "Keywords", "UserComment", "label"})


def _fields(root: Element, name: str = "", deep: int = DEEPEST) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each field, those of lists under the list's name."""
    local = _local(root.tag)
    name = name if local in STRUCTURE else local
    for attribute, value in root.attrib.items():
        held = _local(attribute)
        if (value.strip() and held not in ("about", "lang", "parseType", "resource")) or held == "resource":
            yield held, " ".join(value.split())
    if (text := " ".join((root.text or "").split())) and name:
        yield name, text
    for child in root if deep else ():
        yield from _fields(child, name, deep - 1)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _place(fields: list[tuple[str, str]], where: str) -> Iterator[Trace]:
    held = dict(fields)
    north, east = (_degrees(held.get(name, "")) for name in ("GPSLatitude", "GPSLongitude"))
    if north is not None and east is not None:
        yield Trace("place", f"{where} GPS", whereabouts(north, east), needles=(held["GPSLatitude"].encode(),))


def _degrees(text: str) -> float | None:
    """Return degrees written as `51,27.18N` or `51,27,10.8N`, or None."""
    found = re.fullmatch(r"(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])", text.strip())
    if not found:
        return None
    degrees, minutes, seconds, side = found.groups()
    size = float(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600
    return -size if side in "SW" else size
