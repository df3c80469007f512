"""EPUB: the pages of a book, with the title and the language that the standard asks for, and nothing else.

EPUB 3.3 (W3C) and EPUB 2.0.1 (IDPF).
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError, whole
from forethought.media.format import Format, Wishes
from forethought.media.office import book, embedded, package, telling, xml
from forethought.media.office.book_checking import book_doubts
from forethought.media.office.report import Report
from forethought.media.trace import Trace

CONTAINER, MIMETYPE = "META-INF/container.xml", "application/epub+zip"
PAGES = frozenset({"application/xhtml+xml", "application/x-dtbook+xml", "text/html"})
NCX, STYLES = "application/x-dtbncx+xml", "text/css"
FONTS = re.compile(r".*(font|opentype|truetype).*")
FONT_SIGNS = (b"\0\1\0\0", b"OTTO", b"wOFF", b"wOF2", b"true", b"ttcf")


class _Book:
    """A book while it is gone through: its parts as they came, and those of the copy."""

    def __init__(self, parts: dict[str, bytes], report: Report, wishes: Wishes) -> None:
        self.parts, self.report, self.wishes = parts, report, wishes
        self.kept: dict[str, bytes] = {}

    def go(self) -> None:
        """Keep what the book's list names. Raises CannotCleanError."""
        if "META-INF/encryption.xml" in self.parts:
            raise CannotCleanError("it is locked, or its fonts are bound to its number")
        opf = self._opf()
        root = self._parsed(opf)
        items = {each: self._target(opf, each) for each in xml.named(root, "item")}
        gone = {each for each, target in items.items() if target not in self.parts}
        xml.sift(root, lambda _, each: xml.DROP if each in gone else xml.KEEP)
        book.listed(root, self.report)
        for each in [each for each in items if each not in gone]:
            self._item(items[each], xml.value(each, "media-type"))
        self.kept[CONTAINER] = _container(opf)
        self.kept[opf] = xml.written(root)

    def _opf(self) -> str:
        """Return the name of the list of the book's parts."""
        if CONTAINER not in self.parts:
            raise DamagedError("it does not say where its list of parts is")
        roots = list(xml.named(self._parsed(CONTAINER), "rootfile"))
        if len(roots) != 1 or (found := xml.value(roots[0], "full-path")) not in self.parts:
            raise DamagedError("it does not say where its list of parts is")
        return found

    def _parsed(self, name: str) -> Element:
        for note in xml.notes(self.parts[name]):
            self.report.tell("words", f"comment in {name}", note)
        return xml.parsed(self.parts[name], doctype=True)

    def _target(self, opf: str, item: Element) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(opf), unquote(xml.value(item, "href"))))

    def _item(self, name: str, kind: str) -> None:
        """Keep one part of the book, made clean as its kind asks."""
        text = self.parts[name]
        if kind in PAGES or kind == NCX:
            root = self._parsed(name)
            (book.contents if kind == NCX else book.page)(root, name, self.report)
            self.kept[name] = xml.written(root)
        elif kind == STYLES:
            self.kept[name] = book.style(text, name, self.report)
        elif FONTS.fullmatch(kind) and text[:4] in FONT_SIGNS:
            self.kept[name] = text
        else:
            self.kept[name] = embedded.cleaned(text, name.rpartition("/")[2], self.report, self.wishes)


def _container(opf: str) -> bytes:
    root = Element("container", version="1.0", xmlns="urn:oasis:names:tc:opendocument:xmlns:container")
    files = SubElement(root, "rootfiles")
    SubElement(files, "rootfile", {"full-path": opf, "media-type": "application/oebps-package+xml"})
    return xml.written(root)


@lru_cache(maxsize=1)  # what is looked at is then cleaned
def _gone_through(data: Buffer, wishes: Wishes) -> tuple[dict[str, bytes], Report]:
    """Return the parts of the copy, and what was found. Raises CannotCleanError where it cannot be read at all."""
    held = package.read(data)
    report = Report()
    report.traces.update(dict.fromkeys(held.traces))
    found = _Book(held.parts, report, wishes)
    found.go()
    for name, text in held.parts.items():
        if name not in found.kept and name != "mimetype":
            telling.dropped(name, text, "other", report)
    return {"mimetype": MIMETYPE.encode(), **found.kept}, report


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a book gives away. Raises CannotCleanError where it cannot be read."""
    yield from _gone_through(data, Wishes())[1].traces


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave what is seen of a book. Raises CannotCleanError."""
    parts, report = _gone_through(data, wishes)
    report.check()
    return whole(data, package.written(parts, stored="mimetype"))


def shown(data: Buffer) -> Iterator[str]:
    """Yield the text that a person sees: the title, the contents, paragraphs, descriptions, links."""
    parts, _ = _gone_through(data, Wishes())
    for name, text in parts.items():
        if name.lower().endswith((".opf", ".ncx", ".xhtml", ".html", ".htm", ".xml")):
            root = xml.parsed(text, doctype=True)
            yield xml.words(root)
            yield from (said for each in root.iter() if (said := " ".join((each.text or "").split())))
            yield from (xml.words(each) for each in xml.named(root, "p", "li", "h1", "h2", "h3", "td", "text"))
            yield from (
                each.attrib[key] for each in root.iter() for key in ("alt", "title", "href") if key in each.attrib
            )


FORMAT = Format("EPUB", "book", ("epub",), traces, clean, book_doubts, shown)
