"""What drawings in texts, sheets and slides say beside what is drawn: names, paths, hidden shapes, cut-off parts."""

import io
import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from forethought.media.buffer import CannotCleanError
from forethought.media.office import xml
from forethought.media.office.metafile import is_emf, is_wmf
from forethought.media.office.report import Report
from forethought.media.office.work import Part
from forethought.media.pictures.painting import QUALITY, canvas, picture_of

NAMED = frozenset({"docPr", "cNvPr"})
SCHEMES = frozenset({"theme", "clrScheme", "fontScheme", "fmtScheme", "custClr", "tblStyle"})
STOCK = re.compile(
    r"(Picture|Image|Graphic|Text ?Box|Shape|Rectangle|Oval|Title|Subtitle|Chart|Diagram|Table|Group|Line|Object"
    r"|Content Placeholder|Text Placeholder|Picture Placeholder|Slide Number Placeholder|Date Placeholder"
    r"|Footer Placeholder|Straight Connector|Google Shape;[\d;p]*|PlaceHolder|Shape\d*)? ?\d*"
)
STOCK_SCHEMES = re.compile(r"(Office|Office Theme|LibreOffice|Simple Light|Default|Sheets)?( \d{4}( - \d{4})?)?")
PATH = re.compile(
    r"^([A-Za-z]:[\\/]|\\\\|/|file:|~/)|\\|\.(jpe?g|png|gif|heic|tiff?|bmp|webp|svg|emf|wmf|mp4|mov|docx?|xlsx?|pptx?|pdf)$",
    re.IGNORECASE,
)
VECTOR_NOTES = frozenset({"gfxdata", "href", "althref", "src", "oned"})
# What extensions of drawings may hold; all others go, with what lies in them.
EXTENSIONS = frozenset(
    "useLocalDpi shadowObscured hiddenFill hiddenLine hiddenEffects hiddenSp3d decorative compatExt hlinkClr"
    " media uniqueId conditionalFormattings dataValidations sparklineGroups dataModelExt slicerStyles"
    " timelineStyles showDataLabelsRange layout spPr numFmt autoCat showLeaderLines leaderLines".split()
)


def cleaned(part: Part) -> None:
    """Take what drawings say beside what is drawn out of a part, and report it."""
    if xml.has(part.root, "ext", *NAMED):
        xml.sift(part.root, lambda _, each: _fate(each, part.report))
        xml.sift(part.root, lambda _, each: xml.DROP if xml.local(each.tag) == "extLst" and not len(each) else xml.KEEP)
    for each in part.root.iter():
        if xml.local(each.tag) in NAMED:
            _named(each, part.report)
        if xml.local(each.tag) in SCHEMES and each.get("name"):
            if not STOCK_SCHEMES.fullmatch(each.attrib["name"]):
                part.report.tell("words", f"name of a {xml.local(each.tag)}", each.attrib["name"])
            each.set("name", "Office")
        _attributes(each, part.report)
    for holder in list(part.root.iter()) if xml.has(part.root, "srcRect") else ():
        _crop(holder, part)


def _fate(element: Element, report: Report) -> xml.Fate:
    name = xml.local(element.tag)
    if name == "ext" and element.get("uri") is not None:
        if len(element) and all(xml.local(each.tag) in EXTENSIONS for each in element):
            return xml.KEEP
        report.tell("other", f"extension {' '.join(xml.local(each.tag) for each in element)}", xml.told(element))
        return xml.DROP
    if _hidden(element):
        report.tell("words", "hidden object", xml.told(element))
        return xml.DROP
    return xml.KEEP


def _hidden(element: Element) -> bool:
    """Tell whether a shape is hidden: by its own properties, or by those inside its `nv...Pr`."""
    for held in (element, *(each for each in element if xml.local(each.tag).startswith("nv"))):
        if any(xml.local(each.tag) in NAMED and each.get("hidden") in ("1", "true") for each in held):
            return True
    return False


def _named(element: Element, report: Report) -> None:
    if not STOCK.fullmatch(element.get("name", "")):
        report.tell("words", "name of an object", element.attrib["name"])
    element.set("name", f"Object {element.get('id', '1')}" if element.get("id", "1").isdigit() else "Object")
    for key in ("descr", "title"):
        if PATH.search(element.get(key, "")):
            report.tell("file", "name of a picture's file", element.attrib.pop(key))


def _attributes(element: Element, report: Report) -> None:
    for key, held in list(element.attrib.items()):
        name = xml.local(key)
        is_path = name in ("alt", "title", "descr", "name") and PATH.search(held)
        if (name in VECTOR_NOTES and (":" in key or name == "src")) or (key == "o:title") or is_path:
            report.tell("file", f"drawing {name}", held[:200])
            del element.attrib[key]
        if xml.local(element.tag) == "imagedata" and name.startswith("crop"):
            report.refuse("a picture in it is cropped in an old way, and what was cut off is still there")


def _crop(holder: Element, part: Part) -> None:
    """Cut off what a picture's frame does not show, in a picture of its own."""
    frame, blip = xml.child(holder, "srcRect"), xml.child(holder, "blip")
    if frame is None or blip is None:
        return
    edges = [_share(frame.get(side, "0")) for side in "ltrb"]
    held = xml.value(blip, "embed")
    relation = next((each for each in part.relations if each.id == held), None)
    if max(edges) <= 0 or relation is None or not relation.part:
        return
    part.report.tell("picture", "cropped picture", f"what was cut off {relation.part} is still there")
    data = part.work.parts.get(relation.part, b"")
    try:
        new, kind = cut(data, edges)
    except CannotCleanError:
        part.report.refuse("a picture in it is cropped, and what was cut off cannot be taken out")
        return
    number = len(part.work.made) + 1
    name = f"{relation.part.rpartition('/')[0]}/picture{number}.{kind}"
    part.work.made[name] = (new, f"image/{kind}")
    part.relations.append(replace(relation, id=f"rIdCut{number}", part=name, target=f"/{name}"))
    for key in [key for key in blip.attrib if xml.local(key) == "embed"]:
        blip.set(key, f"rIdCut{number}")
    for side, edge in zip("ltrb", edges, strict=True):
        frame.attrib.pop(side, None)
        if edge < 0:
            frame.set(side, str(round(edge * 100_000)))


def _share(text: str) -> float:
    """Return how much of a side is cut off, written in thousandths of a percent or as a percentage."""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else int(text) / 100_000
    except ValueError:
        return 0.0


def cut(data: bytes, edges: list[float]) -> tuple[bytes, str]:
    """Return a picture without what lies beyond its edges, and its kind. Raises CannotCleanError."""
    if is_emf(data) or is_wmf(data):
        raise CannotCleanError("it is a drawing")
    left, top, right, bottom = (max(edge, 0.0) for edge in edges)
    with picture_of(data) as picture:
        kind = "jpeg" if picture.format == "JPEG" else "png"
        whole = canvas(picture)
        box = (
            round(whole.width * left), round(whole.height * top),
            round(whole.width * (1 - right)), round(whole.height * (1 - bottom)),
        )  # fmt: skip
        if box[0] >= box[2] or box[1] >= box[3]:
            raise CannotCleanError("nothing is left of it")
        held = io.BytesIO()
        whole.crop(box).save(held, kind.upper(), **QUALITY.get(kind.upper(), {}))
        return held.getvalue(), kind
