"""Tracked changes in a text: all accepted, or all refused, so that nothing tells what it was before.

Elements: ECMA-376 part 1, 17.13.5.
"""

from xml.etree.ElementTree import Element, SubElement

from forethought.media.office import xml
from forethought.media.office.report import Report

INSERTED, DELETED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
CELLS = frozenset({"cellIns", "cellDel", "cellMerge"})
CHANGES = frozenset(
    "rPrChange pPrChange tblPrChange tblPrExChange tblGridChange tcPrChange trPrChange sectPrChange"
    " numberingChange".split()
)
RANGES = frozenset(
    f"{what}Range{side}"
    for what in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for side in ("Start", "End")
)
MARKED = INSERTED | DELETED
TRACKED = MARKED | CELLS | CHANGES | RANGES
HOLDERS = frozenset({"rPr", "trPr", "numPr"})  # where a change is a mark on what it stands in
STAYING = {"pPr": ("rPr", "sectPr"), "sectPr": ("headerReference", "footerReference"), "rPr": tuple(MARKED)}
BETWEEN = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd"}) | RANGES
RENAMED = {"delText": "t", "delInstrText": "instrText"}


def settled(root: Element, refuse: bool, report: Report) -> None:
    """Accept or refuse every change in a text, and report who made it, when, and what it took away."""
    _tell(root, report)
    if refuse:
        _restore(root)
    gone = INSERTED if refuse else DELETED
    for parent in list(root.iter()):
        if any(_mark(each, "pPr", gone) for each in parent):
            _merge(parent, gone)
    _merge_cells(root, refuse)
    xml.sift(root, lambda parent, element: _fate(parent, element, gone, refuse, report))
    for each in list(root.iter()):
        if xml.local(each.tag) in RENAMED:
            each.tag = each.tag.replace(xml.local(each.tag), RENAMED[xml.local(each.tag)])
    tidy(root)


def _tell(root: Element, report: Report) -> None:
    parents = {below: above for above in root.iter() for below in above}
    for each in xml.named(root, *TRACKED):
        name = xml.local(each.tag)
        report.tell("person", "author of a tracked change", xml.value(each, "author"))
        report.tell("time", "time of a tracked change", xml.value(each, "date"))
        if name in CHANGES or name in CELLS:
            report.tell("edit", f"tracked change {name}", "how it was before")
        elif name in MARKED and xml.local(parents[each].tag) not in HOLDERS if each in parents else False:
            report.tell("edit", "deleted text" if name in DELETED else "inserted text", xml.words(each))


def _restore(root: Element) -> None:
    """Put the earlier properties in place of those that were changed."""
    for parent in list(root.iter()):
        change = next((each for each in parent if xml.local(each.tag) in CHANGES), None)
        if change is None or xml.local(change.tag) == "numberingChange":
            continue
        staying = STAYING.get(xml.local(parent.tag), ())
        kept = [each for each in parent if xml.local(each.tag) in staying]
        earlier = list(change[0]) if len(change) else []
        parent[:] = earlier + kept if xml.local(parent.tag) == "pPr" else kept + earlier


def _mark(element: Element, properties: str, gone: frozenset[str]) -> bool:
    """Tell whether the mark of a paragraph, or a row, is one that goes."""
    held = xml.child(element, properties)
    if held is not None and properties == "pPr":
        held = xml.child(held, "rPr")
    return held is not None and any(xml.local(each.tag) in gone for each in held)


def _merge(parent: Element, gone: frozenset[str]) -> None:
    """Put what is left of a paragraph whose mark goes at the start of the next one."""
    kept: list[Element] = []
    carried: list[Element] = []
    last: Element | None = None
    for each in [*parent, None]:
        is_text = each is not None and xml.local(each.tag) == "p"
        if each is not None and is_text and _mark(each, "pPr", gone) and not _ends_section(each):
            carried, last = carried + _content(each), each
            continue
        if each is not None and is_text:
            _prepend(each, carried)
        elif last is not None and any(xml.local(held.tag) not in gone for held in carried):
            if each is not None and xml.local(each.tag) in BETWEEN:
                kept.append(each)
                continue
            last[:] = [held for held in last if xml.local(held.tag) == "pPr"] + carried
            kept.append(last)
        carried, last = [], None
        kept += [each] if each is not None else []
    parent[:] = kept


def _ends_section(paragraph: Element) -> bool:
    properties = xml.child(paragraph, "pPr")
    return properties is not None and xml.child(properties, "sectPr") is not None


def _content(paragraph: Element) -> list[Element]:
    return [each for each in paragraph if xml.local(each.tag) != "pPr"]


def _prepend(paragraph: Element, carried: list[Element]) -> None:
    properties = [each for each in paragraph if xml.local(each.tag) == "pPr"]
    paragraph[:] = properties + carried + _content(paragraph)


def _merge_cells(root: Element, refuse: bool) -> None:
    """Write cells that were merged or split as they are to be."""
    for properties in list(xml.named(root, "tcPr")):
        change = xml.child(properties, "cellMerge")
        if change is None:
            continue
        held = xml.value(change, "vMergeOrig" if refuse else "vMerge")
        prefix = change.tag.removesuffix("cellMerge")
        change.tag, change.attrib = f"{prefix}vMerge", {}
        if held:
            change.set(f"{prefix}val", "restart" if held == "rest" else "continue")
        else:
            properties.remove(change)


def _fate(parent: Element, element: Element, gone: frozenset[str], refuse: bool, report: Report) -> xml.Fate:
    name = xml.local(element.tag)
    if name in RANGES or name in CHANGES or name in CELLS:
        return xml.DROP
    if name in MARKED:
        if xml.local(parent.tag) in HOLDERS:
            return xml.DROP
        return xml.DROP if name in gone else xml.UNWRAP
    lost = frozenset({"cellIns" if refuse else "cellDel"})
    if (name == "tr" and _mark(element, "trPr", gone)) or (name == "tc" and _mark(element, "tcPr", lost)):
        report.tell("edit", "row or cell that goes", xml.words(element))
        return xml.DROP
    return xml.KEEP


def tidy(root: Element) -> None:
    """Take out rows without cells and tables without rows, and give every cell the paragraph it must end with."""
    for name, needed in (("tr", "tc"), ("tbl", "tr")):
        xml.sift(root, lambda _, each, name=name, needed=needed: _empty(each, name, needed))  # type: ignore[misc]
    for cell in list(xml.named(root, "tc")):
        if not len(cell) or xml.local(cell[-1].tag) in ("tcPr", "tbl"):
            SubElement(cell, cell.tag.removesuffix("tc") + "p")


def _empty(element: Element, name: str, needed: str) -> xml.Fate:
    is_kind = xml.local(element.tag) == name
    return xml.DROP if is_kind and not xml.has(element, needed) else xml.KEEP
