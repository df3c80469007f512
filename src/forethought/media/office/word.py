"""Texts of word processors (WordprocessingML, ECMA-376 part 1): what is not seen in them goes."""

from typing import Final
from xml.etree.ElementTree import Element

from forethought.media.office import fields, telling, tracked, xml
from forethought.media.office.report import Report
from forethought.media.office.work import Part

STORIES = frozenset({"officeDocument", "header", "footer", "footnotes", "endnotes"})
OFF = frozenset({"0", "false", "off"})
IDS: Final = {
    "rsid": "edit", "rsidR": "edit", "rsidRDefault": "edit", "rsidRPr": "edit", "rsidP": "edit", "rsidDel": "edit",
    "rsidSect": "edit", "rsidTr": "edit", "paraId": "other", "textId": "other", "anchorId": "other", "editId": "other",
    "tmpl": "other", "tplc": "other", "nsid": "other", "dateUtc": "time",
}  # fmt: skip
SETTINGS = frozenset(
    "evenAndOddHeaders mirrorMargins gutterAtTop defaultTabStop autoHyphenation consecutiveHyphenLimit"
    " hyphenationZone doNotHyphenateCaps characterSpacingControl footnotePr endnotePr compat mathPr"
    " themeFontLang clrSchemeMapping decimalSymbol listSeparator displayBackgroundShape embedTrueTypeFonts"
    " saveSubsetFonts printTwoOnOne bookFoldPrinting bordersDoNotSurroundHeader bordersDoNotSurroundFooter"
    " noLineBreaksAfter noLineBreaksBefore strictFirstAndLastChars drawingGridHorizontalSpacing"
    " drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery useFELayout".split()
)
QUIET = frozenset({"rsids", "zoom", "proofState"})
NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
DROPPED: Final = {
    "commentRangeStart": "", "commentRangeEnd": "", "commentReference": "", "annotationRef": "", "proofErr": "",
    "lastRenderedPageBreak": "", "permStart": "person", "permEnd": "", "sdtPr": "words", "sdtEndPr": "",
    "smartTagPr": "words", "customXmlPr": "words", "OLEObject": "file", "control": "file", "nsid": "", "tmpl": "",
    "subDoc": "file", "rsids": "", "rsid": "", "contentPart": "other", "attachedTemplate": "file", "docVars": "words",
}  # fmt: skip
UNWRAPPED = frozenset({"sdt", "sdtContent", "smartTag", "customXml"})


def cleaned(part: Part) -> None:
    """Take what is not seen out of a part of a text, and report it."""
    if part.kind == "officeDocument":
        part.work.known["hidden"] = _hidden_styles(part.related("styles"))
    if part.kind in STORIES:
        _story(part)
    elif part.kind == "settings":
        xml.sift(part.root, lambda parent, each: _setting(parent, each, part))
    elif part.kind == "styles":
        xml.sift(part.root, lambda _, each: xml.DROP if xml.local(each.tag) == "vanish" else xml.KEEP)
        tracked.settled(part.root, part.work.refuse, part.report)
    elif part.kind == "numbering":
        xml.sift(part.root, lambda parent, each: _numbering(parent, each, part.report))
    xml.sift(part.root, lambda _, each: xml.DROP if xml.local(each.tag) in ("rsid", "nsid", "tmpl") else xml.KEEP)
    _ids(part)


def _story(part: Part) -> None:
    tracked.settled(part.root, part.work.refuse, part.report)
    if part.kind in NOTES:
        _unused_notes(part)
    hidden = part.work.known.get("hidden", frozenset())
    xml.sift(part.root, lambda _, each: _structure(each, part.report))
    xml.sift(part.root, lambda _, each: _seen(each, hidden, part.report))
    fields.flattened(part.root, part.report)
    tracked.tidy(part.root)
    _bookmarks(part)
    if part.kind == "officeDocument":
        _unshown_headers(part)
        part.work.known |= {kind: _ids_of(part.root, f"{name}Reference") for kind, name in NOTES.items()}


def _structure(element: Element, report: Report) -> xml.Fate:
    name = xml.local(element.tag)
    if name in ("altChunk",):
        report.refuse("it holds a whole other document as a part of its text")
    if name in DROPPED:
        if DROPPED[name]:
            telling.fields(name, element, DROPPED[name], report)
        return xml.DROP
    if name in UNWRAPPED:
        told = [held for key, held in element.attrib.items() if xml.local(key) in ("element", "uri")]
        report.tell("words", name, " ".join(told))
        return xml.UNWRAP
    return xml.KEEP


def _setting(parent: Element, element: Element, part: Part) -> xml.Fate:
    name = xml.local(element.tag)
    if xml.local(parent.tag) != "settings" or name in SETTINGS:
        return xml.KEEP
    if name == "rsids":
        return _counted(element, part.report)
    before = len(part.report.traces)
    telling.fields("settings", element, "words" if name == "docVars" else "other", part.report)
    if name not in QUIET and len(part.report.traces) == before:
        part.report.tell("other", f"settings {name}", xml.told(element) or "set")
    return xml.DROP


def _counted(element: Element, report: Report) -> xml.Fate:
    ids = [xml.value(each, "val") for each in element]
    report.tell("edit", "revision ids", f"{len(ids)} sittings in which it was written", _needles(ids))
    return xml.DROP


def _needles(ids: list[str]) -> tuple[bytes, ...]:
    return tuple(id.encode() for id in list(dict.fromkeys(ids))[:20] if id.strip("0"))


def _numbering(parent: Element, element: Element, report: Report) -> xml.Fate:
    if xml.local(parent.tag) == "abstractNum" and xml.local(element.tag) == "name":
        report.tell("words", "name of a list", xml.value(element, "val"))
        return xml.DROP
    return xml.KEEP


def _ids(part: Part) -> None:
    """Take the numbers out that tell which words were written in one sitting, or in which file."""
    found: dict[str, list[str]] = {"edit": [], "other": [], "time": []}
    for each in part.root.iter():
        for key in [key for key in each.attrib if xml.local(key) in IDS]:
            found[IDS[xml.local(key)]].append(each.attrib.pop(key))
    for kind, where in (("edit", "revision ids"), ("other", "paragraph ids"), ("time", "times of changes")):
        ids = sorted({*found[kind]})
        if ids:
            part.report.tell(kind, f"{where} in {part.kind}", f"{len(ids)}: {' '.join(ids)}"[:200], _needles(ids))


def _is_on(properties: Element | None, name: str) -> bool | None:
    """Return whether a switch is on, or None where it is not set."""
    held = None if properties is None else xml.child(properties, name)
    return None if held is None else xml.value(held, "val") not in OFF


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles whose text is hidden, those based on such included."""
    if styles is None:
        return frozenset()
    own: dict[str, bool | None] = {}
    based: dict[str, str] = {}
    for each in xml.named(styles, "style"):
        name, above = xml.value(each, "styleId"), xml.child(each, "basedOn")
        own[name] = _is_on(xml.child(each, "rPr"), "vanish")
        based[name] = "" if above is None else xml.value(above, "val")
    return frozenset(name for name in own if _inherits(name, own, based))


def _inherits(name: str, own: dict[str, bool | None], based: dict[str, str]) -> bool:
    for _ in range(50):
        if own.get(name) is not None:
            return bool(own[name])
        name = based.get(name, "")
    return False


def _style(properties: Element | None, name: str) -> str:
    held = None if properties is None else xml.child(properties, name)
    return "" if held is None else xml.value(held, "val")


def _seen(element: Element, hidden: frozenset[str], report: Report) -> xml.Fate:
    """Judge runs, paragraphs and rows by whether they are hidden."""
    name = xml.local(element.tag)
    if name == "tr" and _is_on(xml.child(element, "trPr"), "hidden"):
        report.tell("words", "hidden row", xml.words(element))
        return xml.DROP
    if name == "r" and _run_hidden(element, hidden):
        report.tell("words", "hidden text", xml.words(element))
        return xml.DROP
    return _paragraph(element, hidden, report) if name == "p" else xml.KEEP


def _run_hidden(run: Element, hidden: frozenset[str]) -> bool:
    properties = xml.child(run, "rPr")
    own = _is_on(properties, "vanish")
    return bool(own) if own is not None else _style(properties, "rStyle") in hidden


def _paragraph(element: Element, hidden: frozenset[str], report: Report) -> xml.Fate:
    properties = xml.child(element, "pPr")
    mark = None if properties is None else xml.child(properties, "rPr")
    by_style = _style(properties, "pStyle") in hidden
    runs = list(xml.named(element, "r"))
    if by_style:
        shown = [run for run in runs if _is_on(xml.child(run, "rPr"), "vanish") is False]
        report.tell("words", "hidden text", xml.words(element) if not shown else "")
        runs = shown
    whole = by_style or bool(_is_on(mark, "vanish"))
    ends = properties is not None and xml.child(properties, "sectPr") is not None
    if whole and not ends and all(_run_hidden(run, hidden) for run in runs):
        report.tell("words", "hidden text", xml.words(element))
        return xml.DROP
    if mark is not None and _is_on(mark, "specVanish") is None:
        mark[:] = [each for each in mark if xml.local(each.tag) != "vanish"]
    if by_style and not ends:
        xml.sift(element, lambda _, each: xml.DROP if xml.local(each.tag) == "r" and each not in runs else xml.KEEP)
    return xml.KEEP


def _ids_of(root: Element, name: str) -> frozenset[str]:
    return frozenset(xml.value(each, "id") for each in xml.named(root, name))


def _unused_notes(part: Part) -> None:
    """Take out notes that the text no longer points to."""
    name, used = NOTES[part.kind], part.work.known.get(part.kind, frozenset())

    def judge(parent: Element, element: Element) -> xml.Fate:
        is_note = xml.local(element.tag) == name and parent is part.root
        if not is_note or xml.value(element, "type") or xml.value(element, "id") in used:
            return xml.KEEP
        part.report.tell("words", f"{name} that nothing points to", xml.words(element))
        return xml.DROP

    xml.sift(part.root, judge)


def _bookmarks(part: Part) -> None:
    """Take out bookmarks that nothing in the text points to, and report their names."""
    codes = " ".join(xml.words(each) for each in xml.named(part.root, "instrText"))
    codes += " ".join(xml.value(each, "instr") for each in xml.named(part.root, "fldSimple"))
    used = {xml.value(each, "anchor") for each in xml.named(part.root, "hyperlink")} | {
        *codes.replace('"', " ").split()
    }
    gone = {
        xml.value(each, "id") for each in xml.named(part.root, "bookmarkStart") if xml.value(each, "name") not in used
    }

    def judge(_: Element, element: Element) -> xml.Fate:
        if xml.local(element.tag) not in ("bookmarkStart", "bookmarkEnd") or xml.value(element, "id") not in gone:
            return xml.KEEP
        name = xml.value(element, "name")
        part.report.tell("edit" if name == "_GoBack" else "words", "bookmark", name)
        return xml.DROP

    xml.sift(part.root, judge)


def _unshown_headers(part: Part) -> None:
    """Take out headers and footers that no page shows: first ones and even ones where these are not set apart."""
    settings = part.related("settings")
    shown = {"default"}
    shown |= {"first"} if any(_is_on(each, "titlePg") for each in xml.named(part.root, "sectPr")) else set()
    shown |= {"even"} if settings is not None and _is_on(settings, "evenAndOddHeaders") else set()

    def judge(_: Element, element: Element) -> xml.Fate:
        if xml.local(element.tag) not in ("headerReference", "footerReference") or xml.value(element, "type") in shown:
            return xml.KEEP
        held = part.leading(xml.value(element, "id"))
        part.report.tell("words", "header or footer that is not shown", "" if held is None else xml.words(held))
        return xml.DROP

    xml.sift(part.root, judge)
