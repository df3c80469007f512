"""Presentations (PresentationML, ECMA-376 part 1): what is not shown in them goes."""

from xml.etree.ElementTree import Element

from forethought.media.office import telling, xml
from forethought.media.office.report import Report
from forethought.media.office.work import Part

PRESENTATION = frozenset(
    {"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle", "embeddedFontLst", "kinsoku", "extLst"}
)
DROPPED = frozenset({"custDataLst", "controls", "custShowLst", "custShow", "modifyVerifier"})
FIELD = "{00000000-0000-4000-8000-000000000000}"
STOCK = frozenset(
    "Title Slide|Title and Content|Section Header|Two Content|Comparison|Title Only|Blank|Content with Caption"
    "|Picture with Caption|Title and Vertical Text|Vertical Title and Text".split("|")
)


def cleaned(part: Part) -> None:
    """Take what is not shown out of a part of a presentation, and report it."""
    if part.kind == "officeDocument":
        _presentation(part)
    xml.sift(part.root, lambda _, each: _fate(each, part.report))
    _objects(part)
    for each in part.root.iter():
        _names(each, part.report)


def _presentation(part: Part) -> None:
    def outline(parent: Element, element: Element) -> xml.Fate:
        if parent is not part.root or xml.local(element.tag) in PRESENTATION:
            return xml.KEEP
        telling.fields("presentation", element, "other", part.report)
        return xml.DROP

    xml.sift(part.root, outline)
    hidden = [each for each in xml.named(part.root, "sldId") if _is_hidden(part.leading(xml.reference(each)))]
    for each in hidden:
        slide = part.leading(xml.reference(each))
        for text in xml.named(slide, "p") if slide is not None else ():
            part.report.tell("words", "hidden slide", xml.words(text))
        part.report.tell("words", "hidden slide", "a slide that is not shown")
        gone = {held.part for held in part.relations if held.id == xml.reference(each)}
        part.work.known["gone"] = part.work.known.get("gone", frozenset()) | gone
    if hidden and len(hidden) == sum(1 for _ in xml.named(part.root, "sldId")):
        part.report.refuse("it has no slide that is shown")
    xml.sift(part.root, lambda _, each: xml.DROP if each in hidden else xml.KEEP)


def _is_hidden(slide: Element | None) -> bool:
    return slide is not None and slide.get("show") in ("0", "false")


def _fate(element: Element, report: Report) -> xml.Fate:
    if xml.local(element.tag) not in DROPPED:
        return xml.KEEP
    telling.fields(xml.local(element.tag), element, "words", report)
    return xml.DROP


def _objects(part: Part) -> None:
    """Put the picture of an object of another program in its place."""
    for parent in list(part.root.iter()):
        for at, each in enumerate(parent):
            if xml.local(each.tag) == "graphicFrame" and xml.has(each, "oleObj"):
                pictures = list(xml.named(each, "pic"))
                part.report.tell("file", "object of another program", _program(each))
                if not pictures:
                    part.report.refuse("an object of another program lies on a slide, without a picture of it")
                    continue
                parent[at] = pictures[-1]


def _program(frame: Element) -> str:
    return " ".join(f"{each.get('name', '')} {each.get('progId', '')}".strip() for each in xml.named(frame, "oleObj"))


def _names(element: Element, report: Report) -> None:
    name = xml.local(element.tag)
    if name == "cSld" and element.get("name"):
        held = element.attrib.pop("name")
        if held not in STOCK:
            report.tell("words", "name of a layout", held)
    if name == "sldLayout" and element.get("matchingName"):
        report.tell("words", "name of a layout", element.attrib.pop("matchingName"))
    if name == "fld" and element.get("id"):
        element.set("id", FIELD)
