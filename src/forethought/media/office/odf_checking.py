"""The second look at OpenDocument files and books: `zipfile` and defusedxml, and lists of what may be in them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from forethought.media.buffer import Buffer
from forethought.media.office import embedded, package
from forethought.media.office.checking import FILES, split, tree

PARTS = re.compile(
    r"mimetype|META-INF/manifest\.xml|([\w. -]+/){0,3}(content|styles|settings)\.xml"
    r"|([\w. -]+/){0,3}(Pictures|Media|Fonts)/([0-9A-F]{32,48}|part\d+)\.\w{2,5}"
)
ELEMENTS = frozenset(
    "annotation tracked-changes changed-region change change-start change-end change-info creator date initial-creator"
    " scripts event-listeners forms notes handout-master hidden-text hidden-paragraph user-field-decls variable-decls"
    " section-source database-ranges data-pilot-tables scenario author-name file-name template-name printed-by"
    " editing-duration sender-firstname sender-lastname sender-email user-defined conditional-text variable-set"
    " object-ole plugin bibliography-mark config-item-map-indexed config-item-map-named toc-mark".split()
)
ATTRIBUTES = frozenset({"rsid", "paragraph-rsid", "protection-key"})
SPACES = (
    "urn:oasis:names:tc:opendocument:",
    "urn:org:documentfoundation:",
    "http://www.w3.org/",
    "http://purl.org/dc/",
)
OFFICES = re.compile(r"https?://(www\.|schemas?\.)?(openoffice|libreoffice)\.org/.*")


def odf_doubts(data: Buffer) -> Iterator[str]:
    """Yield what is in a copy that may not be there. Raises CannotCleanError where it cannot be read."""
    parts, doubts = package.reread(data)
    yield from doubts
    yield from [] if next(iter(parts), "") == "mimetype" else ["its kind is not said first"]
    for name, text in parts.items():
        if not PARTS.fullmatch(name):
            yield f"the part {name}"
        elif name.endswith(".xml"):
            yield from _tree(name, tree(text))
        elif name != "mimetype" and "Fonts/" not in name:
            yield from embedded.doubts(text, name)


def _tree(name: str, root: Element) -> Iterator[str]:
    hidden = {_held(each, "name") for each in root.iter() if any(_hides(below) for below in each)} - {""}
    for each in root.iter():
        space, tag = split(str(each.tag))
        if tag in ELEMENTS and not _is_clock(space, tag, each):
            yield f"{name}: {tag}"
        if not space.startswith(SPACES) and not OFFICES.fullmatch(space):
            yield f"{name}: {tag} in a namespace of its own"
        if tag == "config-item" and _held(each, "type") != "boolean":
            yield f"{name}: a setting {_held(each, 'name')}"
        if tag in ("span", "p", "h", "table", "page") and _held(each, "style-name") in hidden:
            yield f"{name}: a hidden {tag}"
        if tag == "section" and _held(each, "display") in ("none", "condition"):
            yield f"{name}: a hidden section"
        for key, held in each.attrib.items():
            if split(key)[1] in ATTRIBUTES or FILES.match(held) or "officeooo" in key:
                yield f"{name}: {tag} {split(key)[1]}"


def _is_clock(space: str, tag: str, element: Element) -> bool:
    """Tell whether it is a field that shows the day on which it is read, and holds no other."""
    is_field = tag == "date" and space.endswith(":text:1.0")
    return is_field and not (_held(element, "date-value") or _held(element, "fixed"))


def _held(element: Element, name: str) -> str:
    return next((held for key, held in element.attrib.items() if split(key)[1] == name), "")


def _hides(properties: Element) -> bool:
    kind = split(str(properties.tag))[1]
    return (
        (kind == "text-properties" and _held(properties, "display") == "none")
        or (kind == "table-properties" and _held(properties, "display") == "false")
        or (kind == "drawing-page-properties" and _held(properties, "visibility") == "hidden")
    )
