"""The second look at books: read with `zipfile` and defusedxml, and held to lists of what may be in them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.office import embedded, package
from forethought.media.office.checking import FILES, split, tree

BESIDE = frozenset({"mimetype", "META-INF/container.xml"})
SAID = frozenset({"title", "language", "identifier", "meta"})
METAS = re.compile(r"dcterms:modified|cover|rendition:\w+|fixed-layout|primary-writing-mode|RegionMagnification")
SAME = frozenset({"urn:uuid:00000000-0000-4000-8000-000000000000", "1980-01-01T00:00:00Z"})
PAGES = (".xhtml", ".html", ".htm", ".ncx", ".opf", ".xml")
NEVER = frozenset({"script", "docAuthor", "creator", "contributor", "publisher", "iframe", "object", "embed", "base"})
DATA = (".ttf", ".otf", ".woff", ".woff2")


def book_doubts(data: Buffer) -> Iterator[str]:
    """Yield what is in a copy that may not be there. Raises CannotCleanError where it cannot be read."""
    parts, doubts = package.reread(data)
    yield from doubts
    yield from [] if next(iter(parts), "") == "mimetype" else ["its kind is not said first"]
    for name, text in parts.items():
        try:
            yield from _part(name, text)
        except CannotCleanError as error:
            yield f"{name}: {error.why}"


def _part(name: str, text: bytes) -> Iterator[str]:
    low = name.lower()
    if low.startswith("meta-inf/") and name not in BESIDE:
        yield f"the part {name}"
    elif low.endswith(PAGES):
        yield from [f"{name}: a document type"] if b"<!DOCTYPE" in text else []
        root = tree(text, doctype=True)
        yield from _list(name, root) if low.endswith(".opf") else []
        yield from _tree(name, root)
        yield from [f"{name}: a comment"] if b"<!--" in text else []
    elif low.endswith(".css"):
        yield from [f"{name}: a comment"] if b"/*" in text else []
    elif name != "mimetype" and not low.endswith(DATA):
        yield from embedded.doubts(text, name)


def _list(name: str, root: Element) -> Iterator[str]:
    for each in root.iter():
        if split(str(each.tag))[1] != "metadata":
            continue
        for held in each:
            tag = split(str(held.tag))[1]
            about = held.get("property") or held.get("name") or ""
            if tag not in SAID or (tag == "meta" and not METAS.fullmatch(about)):
                yield f"{name}: {tag} {about}".rstrip()
            if (tag == "identifier" or about == "dcterms:modified") and (held.text or "") not in SAME:
                yield f"{name}: {tag} {about}".rstrip()


def _tree(name: str, root: Element) -> Iterator[str]:
    for each in root.iter():
        tag = split(str(each.tag))[1]
        if tag in NEVER:
            yield f"{name}: {tag}"
        if tag == "meta" and each.get("name", "").startswith(
            ("dtb:generator", "calibre", "generator", "author", "Adept")
        ):
            yield f"{name}: {tag} {each.get('name')}"
        if tag != "nav" and (
            each.get("hidden") is not None or "display:none" in each.get("style", "").replace(" ", "")
        ):
            yield f"{name}: a hidden {tag}"
        for key, held in each.attrib.items():
            if key.startswith("data-") or FILES.match(held) or "scheme" in key:
                yield f"{name}: {tag} {key}"
