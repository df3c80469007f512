"""What parts that are left out said, told field by field."""

import re
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from forethought.media.buffer import CannotCleanError
from forethought.media.office import embedded, xml
from forethought.media.office.package import PRINTED
from forethought.media.office.report import Report
from forethought.media.pictures import xmp

KINDS = {
    "creator": "person", "lastModifiedBy": "person", "initial-creator": "person", "printed-by": "person",
    "author": "person", "initials": "person", "initial": "person", "displayName": "person", "userId": "contact",
    "userName": "person",
    "person": "person", "Manager": "person", "Company": "person", "contributor": "person", "publisher": "person",
    "created": "time", "modified": "time", "lastPrinted": "time", "creation-date": "time", "print-date": "time",
    "dt": "time", "dT": "time", "date": "time", "TotalTime": "time", "editing-duration": "time",
    "revision": "edit", "editing-cycles": "edit", "Application": "software", "AppVersion": "software",
    "generator": "software", "Template": "file", "template": "file", "HyperlinkBase": "file", "href": "file",
    "title": "words", "subject": "words", "description": "words", "keywords": "words", "keyword": "words",
    "category": "words", "t": "words", "text": "words", "p": "words", "comment": "words", "lpwstr": "words",
    "contentStatus": "words", "identifier": "device",
}  # fmt: skip
WHOLE = frozenset({"p", "si", "is", "text"})
TOLD_WITHIN = frozenset({"author", "initials", "date", "instr", "descr"})
DULL = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|[\d.,:x\-]*|true|false|on|off|[a-z]{1,3}", re.IGNORECASE)


def kind_of(name: str, usual: str = "other") -> str:
    """Return what a field of this name tells, or what is usual for its part."""
    name = xml.local(name)
    if name in KINDS:
        return KINDS[name]
    found = xmp.kind_of(name)
    return usual if found == "other" else found


def dropped(part: str, text: bytes, usual: str, report: Report) -> None:
    """Report all that a part says which is left out."""
    before = len(report.traces)
    if part.lower().endswith((".xml", ".rels", ".rdf", ".vml", ".opf", ".ncx")) or text[:5] == b"<?xml":
        try:
            fields(part, xml.parsed(text, doctype=True), usual, report)
        except CannotCleanError:
            _bytes(part, text, report)
    else:
        _bytes(part, text, report)
    if len(report.traces) == before:
        report.tell(usual, part, f"{len(text):,} bytes")


def _bytes(part: str, text: bytes, report: Report) -> None:
    """Report a file inside: what can be read in its bytes, and what its own format tells of it."""
    found = PRINTED.findall(text[: 1 << 20])[:40] + _wide(text[: 1 << 20])
    said = " ".join(run.decode("latin-1") for run in found)
    with suppress(CannotCleanError), embedded.deeper():
        form = embedded.format_in(text)
        said = " ".join(form.shown(text))
        for trace in form.traces(text):
            report.tell(trace.kind, f"{part}: {trace.where}", trace.value, trace.needles)
    report.tell("file", part, f"{len(text):,} bytes: {said}".removesuffix(": "))


def _wide(text: bytes) -> list[bytes]:
    """Return the runs of wide letters, made narrow."""
    return [run.replace(b"\0", b"") for run in re.findall(rb"(?:[ -~]\0){6,}", text)[:40]]


def fields(part: str, root: Element, usual: str, report: Report) -> None:
    """Report every attribute and text of a tree, each under its name."""
    for name, said in _leaves(root):
        if not DULL.fullmatch(said):
            bare = name.count(" ") and not re.search(r"\s", said)  # one word of an attribute: a choice or a number
            report.tell(kind_of(name, "other" if bare else usual), f"{part} {name}", said)


def _leaves(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each field; a paragraph is one field."""
    whole = xml.local(element.tag) in WHOLE
    for each in element.iter() if whole else [element]:
        for key, held in each.attrib.items():
            wanted = not whole or xml.local(key) in TOLD_WITHIN
            if (
                wanted
                and not key.startswith(("xmlns", "mc:", "xsi:", "xml:"))
                and not held.startswith(("http://schemas.", "{D5CDD505"))
            ):
                yield _attribute(each, key), held
    if whole:
        yield element.tag, xml.words(element)
        return
    yield element.tag, " ".join((element.text or "").split())
    for below in element:
        yield from _leaves(below)
        yield element.tag, " ".join((below.tail or "").split())


def _attribute(element: Element, key: str) -> str:
    """Return the name of an attribute; one that only says `name` or `value` is named after its element."""
    return key if xml.local(key) in KINDS else f"{element.tag} {key}"
