"""The content of OpenDocument files: what is not seen in text, sheets and slides is taken out."""

import re
from xml.etree.ElementTree import Element

from forethought.media.format import Wishes
from forethought.media.office import odf_tables, telling, xml
from forethought.media.office.drawing import PATH
from forethought.media.office.report import Report

SPACES = re.compile(
    r"urn:oasis:names:tc:opendocument:xmlns:[\w.:-]+|https?://(www\.w3\.org|purl\.org/dc|openoffice\.org|schemas?\.openoffice"
    r"\.org|www\.openoffice\.org|libreoffice\.org)/.*|urn:org:documentfoundation:names:experimental:[\w.:-]+"
)
DROPPED = {
    "annotation": "words", "annotation-end": "", "tracked-changes": "edit", "change": "", "change-start": "",
    "change-end": "", "scripts": "file", "event-listeners": "file", "forms": "words", "control": "words",
    "notes": "words",
    "handout-master": "words", "soft-page-break": "", "section-source": "file", "hidden-text": "words",
    "hidden-paragraph": "words", "user-field-decls": "words", "variable-decls": "words", "dde-connection-decls": "file",
    "script": "file", "settings": "words", "database-ranges": "words", "data-pilot-tables": "words",
    "scenario": "words",
    "consolidation": "words", "cell-range-source": "file", "table-source": "file", "dde-links": "file", "meta": "other",
    "object-ole": "file", "plugin": "file", "applet": "file", "toc-mark": "words", "toc-mark-start": "words",
    "toc-mark-end": "", "alphabetical-index-mark": "words", "alphabetical-index-mark-start": "words",
    "alphabetical-index-mark-end": "", "user-index-mark": "words", "user-index-mark-start": "words",
    "user-index-mark-end": "", "signature-line": "person", "note-citation-source": "",
}  # fmt: skip
FIELDS = frozenset(
    "creator author-name author-initials initial-creator file-name template-name user-defined description title subject"
    " keywords creation-date creation-time modification-date modification-time print-date print-time printed-by"
    " editing-cycles editing-duration sender-firstname sender-lastname sender-initials sender-title sender-position"
    " sender-email sender-phone-private sender-phone-work sender-fax sender-company sender-country sender-postal-code"
    " sender-city sender-street sender-state-or-province database-display database-name database-next"
    " database-row-select database-row-number conditional-text variable-set variable-get variable-input "
    "user-field-get user-field-input"
    " text-input execute-macro bibliography-mark dde-connection placeholder expression meta meta-field".split()
)
CLOCKS = frozenset({"text:date", "text:time"})
SHAPES = frozenset(
    "frame custom-shape g rect line connector ellipse circle polygon polyline path caption measure"
    " regular-polygon".split()
)
IDS = re.compile(
    r"officeooo:.*|xml:id|loext:.*(rsid|id)|table:(protection-key.*|creator|last-.*)|.*:(rsid|paragraph-rsid)"
)
STOCK = re.compile(
    r"(Image|Frame|Picture|Object|Shape|Group|Line|Text Frame|TextBox|Table|Title|graphics|Text Box)? ?\d*"
)
FILE = re.compile(r"^(?!#|https?://|mailto:|tel:|\./|Pictures/|Object |Media/|Fonts/)")
PREVIEW = re.compile(r"(\./)?(ObjectReplacements|Pictures/TablePreview\d+\.svm$)")  # what programs draw anew
COMMENTED = frozenset({"title", "desc"})  # names that mean another thing in SVG's namespace


def cleaned(roots: dict[str, Element], report: Report, wishes: Wishes) -> None:
    """Take what is not seen out of a document's content, styles and settings, and report it."""
    if wishes.refuse and any(xml.has(root, "tracked-changes") for root in roots.values()):
        report.refuse("changes to a document of this kind can be accepted here, but not refused")
    hidden = odf_tables.hidden_styles(roots.values())
    links = {xml.value(each, "href").lstrip("#") for root in roots.values() for each in xml.named(root, "a")}
    names = links | {xml.value(each, "ref-name") for root in roots.values() for each in xml.named(root, "bookmark-ref")}
    tables = [each for root in roots.values() for each in xml.named(root, "table")]
    is_lost = any(xml.value(each, "style-name") in hidden["table"] for each in tables)
    for name, root in roots.items():
        _known_only(root, report)
        if name == "settings.xml":
            xml.sift(root, lambda parent, each: _setting(parent, each, report))
            continue
        xml.sift(root, lambda _, each: _fate(each, names, report))
        xml.sift(root, lambda _, each: _seen(each, hidden, report))
        odf_tables.cleaned(root, is_lost, report)
        for each in root.iter():
            _attributes(each, report)


def _known_only(root: Element, report: Report) -> None:
    """Take out everything in a namespace that such documents do not have."""
    strange = {prefix for _, prefix, address in xml.declared(root) if not SPACES.fullmatch(address)}

    def judge(_: Element, element: Element) -> xml.Fate:
        if element.tag.rpartition(":")[0] not in strange and not strange & {element.get("xmlns", "-")}:
            return xml.KEEP
        report.tell("other", element.tag, xml.told(element) or "an element of its own")
        return xml.DROP

    xml.sift(root, judge)
    for each in root.iter():
        for key in list(each.attrib):
            prefix, _, name = key.rpartition(":")
            if prefix in strange - {""} or (prefix == "xmlns" and name in strange):
                report.tell("other", key, each.attrib.pop(key))


def _setting(parent: Element, element: Element, report: Report) -> xml.Fate:
    """Keep switches that say how a document is laid out; nothing else."""
    name, said = xml.local(element.tag), xml.words(element)
    if name == "config-item-set" and xml.value(element, "name") == "ooo:view-settings":
        return xml.DROP
    is_switch = xml.value(element, "type") == "boolean" and said in ("true", "false")
    if name in ("settings", "config-item-set") or (name == "config-item" and is_switch):
        return xml.KEEP
    if not re.fullmatch(r"[\d.-]*|true|false", said):
        report.tell("device", f"settings {xml.value(element, 'name')}", said)
    elif "sid" in xml.value(element, "name").lower():
        report.tell("edit", f"settings {xml.value(element, 'name')}", said)
    return xml.DROP


def _fate(element: Element, names: set[str], report: Report) -> xml.Fate:
    prefix, _, name = element.tag.rpartition(":")
    if prefix == "svg" or prefix == "config" or (prefix == "draw" and name == "title"):
        return xml.KEEP
    is_dropped = name in DROPPED and not (prefix == "office" and name in ("settings", "text"))
    if is_dropped or prefix == "script":
        if kind := DROPPED.get(name, "file"):
            telling.fields(element.tag, element, kind, report)
        return xml.DROP
    if prefix in ("text", "presentation") and name in FIELDS:
        said = " ".join(held for key, held in element.attrib.items() if xml.local(key) not in ("fixed", "style-name"))
        report.tell("words", f"field {name}", said)
        return xml.UNWRAP
    if element.tag in CLOCKS:
        return _clock(element, report)
    if name.startswith("bookmark") and name in ("bookmark", "bookmark-start", "bookmark-end"):
        return _bookmark(element, names, report)
    return _link(element, report) if name in ("a", "image", "object", "fill-image") else xml.KEEP


def _clock(element: Element, report: Report) -> xml.Fate:
    """Leave a field that shows today's date or time without the day on which it was last shown; a fixed one as text."""
    is_fixed = xml.value(element, "fixed") == "true"
    for key in [key for key in element.attrib if xml.local(key) in ("date-value", "time-value", "fixed")]:
        said = element.attrib.pop(key)
        report.tell("time", f"field {xml.local(element.tag)}", "" if said in ("true", "false") else said)
    return xml.UNWRAP if is_fixed else xml.KEEP


def _bookmark(element: Element, names: set[str], report: Report) -> xml.Fate:
    if xml.value(element, "name") in names:
        return xml.KEEP
    report.tell("words", "bookmark", xml.value(element, "name"))
    return xml.DROP


def _link(element: Element, report: Report) -> xml.Fate:
    target = xml.value(element, "href")
    if xml.local(element.tag) == "image" and PREVIEW.match(target):
        return xml.DROP
    if not target or not FILE.match(target):
        return xml.KEEP
    report.tell("file", "link to a file", target)
    return xml.UNWRAP if xml.local(element.tag) == "a" else xml.DROP


def _seen(element: Element, hidden: dict[str, frozenset[str]], report: Report) -> xml.Fate:
    """Judge text, sections, sheets, slides and shapes by whether they are hidden."""
    name, style = xml.local(element.tag), xml.value(element, "style-name")
    if name in ("span", "p", "h") and style in hidden["text"]:
        report.tell("words", "hidden text", xml.words(element))
        return xml.DROP
    if name == "section" and xml.value(element, "display") in ("none", "condition"):
        report.tell("words", "hidden section", f"{xml.value(element, 'name')}: {xml.words(element)}")
        telling.fields("hidden section", element, "words", report)
        return xml.DROP
    is_hidden = {"table": style in hidden["table"], "page": style in hidden["page"]}.get(name, False)
    if is_hidden or (name in SHAPES and xml.value(element, "layer") in hidden["layer"]):
        report.tell("words", f"hidden {name}", xml.value(element, "name"))
        for each in xml.named(element, "p", "h"):
            report.tell("words", f"hidden {name}", xml.words(each))
        return xml.DROP
    return xml.KEEP


def _attributes(element: Element, report: Report) -> None:
    name = xml.local(element.tag)
    for key, held in list(element.attrib.items()):
        if IDS.fullmatch(key):
            report.tell("edit" if "rsid" in key else "other", key, held)
            del element.attrib[key]
        elif key == "draw:name" and name in SHAPES:
            report.tell("words", "name of an object", "" if STOCK.fullmatch(held) else held)
            del element.attrib[key]
        elif key == "draw:name" and name == "page" and not re.fullmatch(r"page\d+", held):
            report.tell("words", "name of a slide", held)
            element.set(key, "page1")
        elif key == "fo:clip" and re.search(r"[1-9]", held) and held != "auto":
            report.tell("picture", "cropped picture", "what was cut off it is still there")
            report.refuse("a picture in it is cropped, and what was cut off is still there")
        elif key == "text:name" and name == "section" and not re.fullmatch(r"(Section|Part)\d*", held):
            report.tell("words", "name of a section", held)
            element.set(key, "Section")
    if name in COMMENTED and PATH.search(element.text or ""):
        report.tell("file", "name of a picture's file", element.text or "")
        element.text = ""
