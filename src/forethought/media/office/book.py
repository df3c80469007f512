"""The parts of a book in EPUB: its list, its contents, its pages and its styles, with only what is read or needed."""

import re
from xml.etree.ElementTree import Element, SubElement

from forethought.media.office import telling, xml
from forethought.media.office.report import Report

NUMBER, WHEN = "urn:uuid:00000000-0000-4000-8000-000000000000", "1980-01-01T00:00:00Z"
LISTS = frozenset({"metadata", "manifest", "spine", "guide"})
LAYOUT = re.compile(
    r"rendition:(layout|orientation|spread|flow|viewport)|fixed-layout|primary-writing-mode|RegionMagnification"
)
LIST_KEYS = {
    "package": "version unique-identifier prefix dir lang xmlns", "item": "id href media-type properties fallback",
    "itemref": "idref linear properties", "spine": "toc page-progression-direction", "reference": "type title href",
    "title": "id lang", "language": "id", "identifier": "id",
}  # fmt: skip
HEAD = frozenset({"viewport"})
DROPPED = frozenset({"script", "base", "object", "embed", "applet", "form", "iframe", "template", "noscript"})
COMMENT = re.compile(rb"/\*.*?(?:\*/|\Z)", re.DOTALL)
UNSEEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
ADDRESS = re.compile(r"^(file:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)


def listed(root: Element, report: Report) -> None:
    """Leave the title, the language and a number that is everyone's in a book's list, and what it is laid out by."""
    metadata = next(xml.named(root, "metadata"), None)
    xml.sift(root, lambda parent, each: _section(parent, each, root, report))
    if metadata is not None:
        xml.sift(metadata, lambda _, each: _said(each, report))
        _numbered(root, metadata)
    for each in root.iter():
        wanted = LIST_KEYS.get(xml.local(each.tag))
        for key in list(each.attrib) if wanted else []:
            if key.startswith("xmlns") or xml.local(key) in (wanted or "").split():
                continue
            report.tell(telling.kind_of(key, "other"), f"{xml.local(each.tag)} {key}", each.attrib.pop(key))


def _section(parent: Element, element: Element, root: Element, report: Report) -> xml.Fate:
    if parent is not root or xml.local(element.tag) in LISTS:
        return xml.KEEP
    telling.fields("book", element, "other", report)
    return xml.DROP


def _said(element: Element, report: Report) -> xml.Fate:
    """Judge one thing that a book says of itself."""
    name = xml.local(element.tag)
    is_wrapper = name in ("dc-metadata", "x-metadata")
    about = element.get("property") or element.get("name") or ""
    is_needed = name in ("title", "language") and not element.get("refines")
    if is_wrapper:
        return xml.UNWRAP
    if is_needed or (name == "meta" and (about == "cover" or LAYOUT.fullmatch(about))):
        return xml.KEEP
    if about == "dcterms:modified" or name == "identifier":
        said = xml.words(element)
        if said not in (NUMBER, WHEN):
            report.tell("time" if about else "device", f"book {about or name}", said)
        return xml.DROP
    if not about:
        telling.fields("book", element, "other", report)
    said = " ".join([xml.words(element), element.get("content", "")]) if about else ""
    report.tell(telling.kind_of(about.rpartition(":")[2], "other"), f"book {about}", said)
    return xml.DROP


def _numbered(root: Element, metadata: Element) -> None:
    """Give a book the number and the date that the standard asks for, the same for every book."""
    space = next((each.tag.rpartition(":")[0] for each in xml.named(metadata, "title", "language")), "dc") or "dc"
    id = root.get("unique-identifier") or "id"
    root.set("unique-identifier", id)
    number = SubElement(metadata, f"{space}:identifier", id=id)
    number.text = NUMBER
    if not any(key == f"xmlns:{space}" for each in (root, metadata) for key in each.attrib):
        metadata.set(f"xmlns:{space}", "http://purl.org/dc/elements/1.1/")
    if root.get("version", "").startswith("3"):
        when = SubElement(metadata, metadata.tag.replace("metadata", "meta"), property="dcterms:modified")
        when.text = WHEN


def contents(root: Element, name: str, report: Report) -> None:
    """Leave the contents of a book of the second edition, without who made them."""

    def judge(_: Element, element: Element) -> xml.Fate:
        if xml.local(element.tag) not in ("docAuthor", "meta"):
            return xml.KEEP
        said, about = element.get("content") or xml.words(element), element.get("name", "")
        if about in ("dtb:depth", "dtb:totalPageCount", "dtb:maxPageNumber"):
            return xml.KEEP if said.isdigit() else xml.DROP
        if said != NUMBER:
            report.tell("software" if "generator" in about else "other", f"{name} {about or 'docAuthor'}", said)
        return xml.DROP

    xml.sift(root, judge)
    for head in list(xml.named(root, "head")):
        SubElement(head, head.tag.replace("head", "meta"), name="dtb:uid", content=NUMBER)


def page(root: Element, name: str, report: Report) -> None:
    """Leave what is read of a page."""
    xml.sift(root, lambda parent, each: _on_page(each, name, report))
    for each in root.iter():
        for key, held in list(each.attrib.items()):
            is_note = key.startswith(("data-", "on")) or ADDRESS.match(held)
            if is_note or (key.startswith("xmlns:") and "calibre" in held):
                report.tell("other", f"{name} {key}", held)
                del each.attrib[key]
            elif held.startswith("data:"):
                report.refuse("a page of it holds a picture in its own text")
        if xml.local(each.tag) == "style" and each.text:
            each.text = style(each.text.encode(), name, report).decode()


def _on_page(element: Element, name: str, report: Report) -> xml.Fate:
    tag = xml.local(element.tag)
    is_link = tag == "a" and bool(ADDRESS.match(element.get("href", "")))
    if is_link:
        report.tell("file", f"{name} link to a file", element.get("href", ""))
        return xml.UNWRAP
    is_unseen = element.get("hidden") is not None or UNSEEN.search(element.get("style", ""))
    if is_unseen and tag != "nav" and tag != "body":
        report.tell("words", f"{name} hidden text", xml.words(element) or tag)
        return xml.DROP
    is_note = tag == "meta" and element.get("name", "") not in HEAD and not element.get("charset")
    is_strange = tag == "link" and "stylesheet" not in element.get("rel", "")
    if tag not in DROPPED and not is_note and not is_strange and tag != "metadata":
        return xml.KEEP
    if element.get("http-equiv", "").lower() != "content-type":
        report.tell(telling.kind_of(element.get("name", ""), "other"), f"{name} {tag}", xml.told(element) or tag)
    return xml.DROP


def style(text: bytes, name: str, report: Report) -> bytes:
    """Return a style sheet without comments."""
    for note in COMMENT.findall(text):
        report.tell("words", f"comment in {name}", note.strip(b"/*").decode("utf-8", "replace"))
    return COMMENT.sub(b"", text)
