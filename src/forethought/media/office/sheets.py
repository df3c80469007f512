"""Workbooks (SpreadsheetML, ECMA-376 part 1): what is not seen in them goes; where cells go, formulas become values."""

import re
from xml.etree.ElementTree import Element

from forethought.media.office import telling, xml
from forethought.media.office.report import Report
from forethought.media.office.work import Part

WORKBOOK = frozenset({"workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "extLst"})
SHEET = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr autoFilter mergeCells phoneticPr"
    " conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks"
    " colBreaks ignoredErrors drawing legacyDrawingHF picture tableParts extLst".split()
)
BY_HAND = {"workbookPr": frozenset({"date1904"}), "bookView": frozenset({"showSheetTabs"}), "sheetPr": frozenset()}
HIDDEN = frozenset({"hidden", "veryHidden"})
OUTSIDE = re.compile(r"\[[^\]#@,:]+\][^,()]*!|\[\d+\]")
NOTES = frozenset({"uid", "codeName", "documentId", "queryTableFieldId", "connectionId", "tableType", "calcId"})
REFUSED = frozenset({"oleObjects"})
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
BUILT_IN = "_xlnm.Print_"


def cleaned(part: Part) -> None:
    """Take what is not seen out of a part of a workbook, and report it."""
    root = xml.local(part.root.tag)
    if root == "workbook":
        _workbook(part)
    elif root in ("worksheet", "chartsheet"):
        _sheet(part)
    elif root == "sst":
        _strings(part)
    elif root == "styleSheet":
        _styles(part)
    elif root == "table":
        _table(part)
    if xml.has(part.root, "slicer", "timeslicer"):
        xml.sift(part.root, lambda _, each: _slicer(each, part.report))
    for each in part.root.iter():
        for key in [key for key in each.attrib if xml.local(key) in NOTES]:
            part.report.tell("other", f"{xml.local(each.tag)} {xml.local(key)}", each.attrib.pop(key))


def _workbook(part: Part) -> None:
    xml.sift(part.root, lambda parent, each: _outline(parent, each, WORKBOOK, part))
    sheets = list(xml.named(part.root, "sheet"))
    hidden = [each for each in sheets if each.get("state") in HIDDEN]
    if len(hidden) == len(sheets):
        part.report.refuse("it has no sheet that is shown")
    _look_ahead(part, [each for each in sheets if each not in hidden], bool(hidden))
    for each in hidden:
        part.report.tell("words", "name of a hidden sheet", each.get("name", ""))
        _tell_sheet(part, each)
        gone = {held.part for held in part.relations if held.id == xml.value(each, "id")}
        part.work.known["gone"] = part.work.known.get("gone", frozenset()) | gone
    xml.sift(part.root, lambda _, each: xml.DROP if each in hidden else xml.KEEP)
    _names(part, sheets, hidden)


def _tell_sheet(part: Part, sheet: Element) -> None:
    """Report all words of a hidden sheet."""
    root, strings = part.leading(xml.value(sheet, "id")), part.related("sharedStrings")
    if root is None:
        return
    texts = [xml.words(each) for each in strings] if strings is not None else []
    for cell in xml.named(root, "c"):
        part.report.tell("words", "hidden sheet", _shown(cell, texts))


def _shown(cell: Element, texts: list[str]) -> str:
    held = xml.child(cell, "v")
    if cell.get("t") == "s" and held is not None and (held.text or "").isdigit():
        number = int((held.text or "0")[:9])
        return texts[number] if number < len(texts) else ""
    return " ".join(xml.words(each) for each in cell if xml.local(each.tag) != "f")


def _look_ahead(part: Part, sheets: list[Element], hides: bool) -> None:
    """Find out whether any shown sheet has hidden cells, so that every formula has to become its value."""
    for each in sheets:
        root = part.leading(xml.value(each, "id"))
        columns = [] if root is None else _columns(root)
        hides = hides or (root is not None and any(_is_hidden(row, cell, columns) for row, cell in _cells(root)))
    part.work.known["hides"] = frozenset({"cells"}) if hides else frozenset()
    strings = part.related("sharedStrings")
    texts = [xml.words(each) for each in strings] if strings is not None else []
    part.work.known["texts"] = frozenset(f"{number}:{text}" for number, text in enumerate(texts))


def _cells(root: Element) -> list[tuple[Element, Element]]:
    return [(row, cell) for row in xml.named(root, "row") for cell in row if xml.local(cell.tag) == "c" and len(cell)]


def _is_off(element: Element, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _columns(root: Element) -> list[tuple[int, int]]:
    """Return the stretches of columns that are hidden."""
    return [
        (int(each.get("min", "1")), int(each.get("max", "1")))
        for each in xml.named(root, "col")
        if _is_off(each, "width") and each.get("min", "1").isdigit() and each.get("max", "1").isdigit()
    ]


def _is_hidden(row: Element, cell: Element, columns: list[tuple[int, int]]) -> bool:
    if _is_off(row, "ht"):
        return True
    found = CELL.fullmatch(cell.get("r", ""))
    if not found or not columns:
        return False
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return any(first <= number <= last for first, last in columns)


def _names(part: Part, sheets: list[Element], hidden: list[Element]) -> None:
    """Take out names that nothing shown needs, and number the sheets of the others anew."""
    shown = [number for number, each in enumerate(sheets) if each not in hidden]
    gone = [each.get("name", "") for each in hidden]
    formulas = _formulas(part)

    def judge(_: Element, each: Element) -> xml.Fate:
        if xml.local(each.tag) != "definedName":
            return xml.KEEP
        name, held, local = each.get("name", ""), each.text or "", each.get("localSheetId", "")
        is_lost = (
            (local.isdigit() and int(local) not in shown)
            or OUTSIDE.search(held)
            or any(mention and mention in held for mention in gone)
        )
        is_used = name.startswith(BUILT_IN) or re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.(])", formulas)
        if is_lost or not is_used or each.get("hidden") == "1":
            part.report.tell("words", f"defined name {name}", held)
            return xml.DROP
        each.attrib = {key: held for key, held in each.attrib.items() if key in ("name", "localSheetId")}
        if local.isdigit():
            each.set("localSheetId", str(shown.index(int(local))))
        return xml.KEEP

    xml.sift(part.root, judge)
    xml.sift(
        part.root, lambda _, each: xml.DROP if xml.local(each.tag) == "definedNames" and not len(each) else xml.KEEP
    )


def _formulas(part: Part) -> str:
    """Return all formulas of the sheets that are shown, other than those that become values."""
    found = []
    for each in xml.named(part.root, "sheet"):
        root = part.leading(xml.value(each, "id"))
        names = ("formula", "formula1", "formula2", *(() if part.work.known["hides"] else ("f",)))
        found += [held.text or "" for held in xml.named(root, *names)] if root is not None else []
    return "\n".join(found)


def _outline(parent: Element, element: Element, wanted: frozenset[str], part: Part) -> xml.Fate:
    name = xml.local(element.tag)
    if parent is part.root and name not in wanted:
        if name in REFUSED:
            part.report.refuse("an object of another program lies in a sheet")
        telling.fields(name, element, "other", part.report)
        return xml.DROP
    for key in list(element.attrib) if name in BY_HAND else []:
        if key not in BY_HAND[name] and ":" not in key:
            said = element.attrib.pop(key)
            part.report.tell("other", f"{name} {key}", "" if telling.DULL.fullmatch(said) else said)
    return xml.KEEP


def _sheet(part: Part) -> None:
    xml.sift(part.root, lambda parent, each: _outline(parent, each, SHEET, part))
    texts = dict(each.split(":", 1) for each in part.work.known.get("texts", ()))
    columns = _columns(part.root)
    for row, cell in _cells(part.root):
        if _is_hidden(row, cell, columns):
            held = xml.child(cell, "v")
            said = texts.get(held.text or "", "") if cell.get("t") == "s" and held is not None else xml.words(cell)
            part.report.tell("words", "hidden cell", said)
            cell[:] = []
            cell.attrib.pop("t", None)
    _values(part)
    used = {held.text or "" for cell in xml.named(part.root, "c") if cell.get("t") == "s" for held in cell}
    part.work.known["used"] = part.work.known.get("used", frozenset()) | used
    xml.sift(part.root, lambda _, each: _filter(each, part.report))


def _values(part: Part) -> None:
    """Turn formulas into their values: those that lead to another file, and all where cells are gone."""
    cells = [(cell, formula) for cell in xml.named(part.root, "c") if (formula := xml.child(cell, "f")) is not None]
    outside = {formula.get("si") for _, formula in cells if OUTSIDE.search(formula.text or "")} - {None}
    for cell, formula in cells:
        is_outside = OUTSIDE.search(formula.text or "") or formula.get("si") in outside
        if is_outside or part.work.known.get("hides"):
            if xml.child(cell, "v") is None:
                part.report.refuse("formulas in it need cells that are hidden, and it does not hold their results")
            part.report.tell("file" if is_outside else "edit", "formula", formula.text or "")
            cell.remove(formula)


def _table(part: Part) -> None:
    """Take out of a table how it is filtered, the names of its styles, and formulas where these became values."""
    for each in part.root.iter():
        for key in [key for key in each.attrib if xml.local(key).endswith("CellStyle")]:
            part.report.tell("words", "name of a style", each.attrib.pop(key))
    lost = frozenset({"calculatedColumnFormula", "totalsRowFormula"}) if part.work.known.get("hides") else frozenset()
    xml.sift(
        part.root,
        lambda _, each: xml.DROP if xml.local(each.tag) in lost else _filter(each, part.report),
    )


def _filter(element: Element, report: Report) -> xml.Fate:
    if xml.local(element.tag) not in ("filterColumn", "sortState"):
        return xml.KEEP
    telling.fields("filter", element, "words", report)
    return xml.DROP


def _strings(part: Part) -> None:
    """Empty the texts that no cell shows."""
    used = part.work.known.get("used", frozenset())
    for number, each in enumerate(xml.named(part.root, "si")):
        if str(number) in used:
            continue
        part.report.tell("words", "text that no cell shows", xml.words(each))
        prefix = each.tag.removesuffix("si")
        each[:] = [Element(f"{prefix}t")]


def _styles(part: Part) -> None:
    """Name the styles of one's own by number."""
    for number, each in enumerate(xml.named(part.root, "cellStyle"), start=1):
        if each.get("builtinId") is None:
            if each.get("name") != f"Style {number}":
                part.report.tell("words", "name of a style", each.get("name", ""))
            each.set("name", f"Style {number}")


def _slicer(element: Element, report: Report) -> xml.Fate:
    """Judge what only works with a table of a pivot, which becomes plain cells."""
    if not xml.local(element.tag).endswith("CellAnchor") or not xml.has(element, "slicer", "timeslicer"):
        return xml.KEEP
    telling.fields("slicer", element, "words", report)
    return xml.DROP
