"""The second look at office files: read with `zipfile` and defusedxml, and held to lists of what may be in them.

Nothing here is shared with what cleans them.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forethought.media.buffer import Buffer, CannotCleanError
from forethought.media.office import embedded, package

PARTS = re.compile(
    r"\[Content_Types\]\.xml|(.*/)?_rels/[^/]*\.rels"
    r"|((word|xl|ppt)/)?(document|styles|settings|fontTable|numbering|footnotes|endnotes|workbook|sharedStrings|presentation"
    r"|tableStyles|metadata)\d*\.xml"
    r"|(word|xl|ppt)/(?:(header|footer)\d*\.xml|(theme|charts|drawings|diagrams|worksheets|chartsheets|tables|slides"
    r"|slideLayouts|slideMasters|media|fonts)/[A-Za-z]+\d*\.\w+)|((word|xl|ppt)/)?part\d+\.\w+"
)
KINDS = frozenset(
    "officeDocument styles settings fontTable theme themeOverride numbering footnotes endnotes sharedStrings"
    " slideLayout slideMaster tableStyles sheetMetadata diagramDrawing chartStyle chartColorStyle image"
    " hyperlink chart chartEx chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors header"
    " footer worksheet chartsheet drawing vmlDrawing table slide font video audio media".split()
)
ELEMENTS = frozenset(
    "ins del moveFrom moveTo delText delInstrText rPrChange pPrChange tblPrChange tblGridChange tcPrChange"
    " trPrChange sectPrChange tblPrExChange cellIns cellDel cellMerge moveFromRangeStart moveToRangeStart"
    " commentRangeStart commentReference rsids rsid docVars mailMerge attachedTemplate docId permStart sdt"
    " smartTag customXml proofErr OLEObject control altChunk fldData ffData nsid tmpl lastRenderedPageBreak"
    " legacyDrawing oleObjects scenarios protectedRanges fileSharing fileVersion absPath customWorkbookViews"
    " externalReferences pivotCaches filterColumn externalData creationId sectionLst imgProps imgLayer"
    " custDataLst custShowLst modifyVerifier notesMasterIdLst handoutMasterIdLst oleObj"
    " gDocsCustomXmlDataStorage docsCustomData revisionPtr taskpane svgBlip".split()
)
ATTRIBUTES = frozenset(
    "rsidR rsidRDefault rsidRPr rsidP rsidDel rsidSect rsidTr paraId textId anchorId editId dateUtc author"
    " initials gfxdata codeName uid documentId storeItemID tplc roundtripDataSignature".split()
)
SPACES = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://schemas.microsoft.com/office/")
OTHER_SPACES = ("http://www.w3.org/", "urn:schemas-microsoft-com:")
DRAWN = frozenset({"moveTo"})  # names that mean another thing in a drawing
PLAIN_NAME = re.compile(r"Object( \d+)?")
SPACE = re.compile(r"\{([^}]*)\}(.*)")
CODES = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES|REF|PAGEREF|NOTEREF|TOC|SEQ|STYLEREF|SYMBOL|EQ|DATE|TIME|LISTNUM|AUTONUM\w*"
    r"|INDEX|HYPERLINK)\b.*",
    re.IGNORECASE | re.DOTALL,
)
FILES = re.compile(r"^(file:|[A-Za-z]:[\\/]|\\\\)", re.IGNORECASE)


def office_doubts(data: Buffer) -> Iterator[str]:
    """Yield what is in a copy that may not be there. Raises CannotCleanError where it cannot be read."""
    parts, doubts = package.reread(data)
    yield from doubts
    for name, text in parts.items():
        if not PARTS.fullmatch(name):
            yield f"the part {name}"
        elif name.endswith((".xml", ".rels", ".vml")):
            root = tree(text)
            yield from _relations(name, root, parts) if name.endswith(".rels") else _tree(name, root)
        elif "/fonts/" not in name and not name.endswith((".odttf", ".fntdata", ".ttf")):
            yield from embedded.doubts(text, name)


def tree(text: bytes, doctype: bool = False) -> Element:
    """Return a tree read with defusedxml. Raises CannotCleanError."""
    try:
        root: Element = fromstring(text, forbid_dtd=not doctype)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CannotCleanError("a part of its copy is not the XML it should be") from error
    return root


def _relations(name: str, root: Element, parts: dict[str, bytes]) -> Iterator[str]:
    for each in root:
        kind = each.get("Type", "").rpartition("/")[2]
        if kind not in KINDS or (each.get("TargetMode") == "External" and kind != "hyperlink"):
            yield f"{name}: a link of the kind {kind}"
        if FILES.match(each.get("Target", "")):
            yield f"{name}: a link to a file"
        if each.get("TargetMode") != "External" and each.get("Target", "").rpartition("/")[2] not in {
            part.rpartition("/")[2] for part in parts
        }:
            yield f"{name}: a link that leads nowhere"


def _tree(name: str, root: Element) -> Iterator[str]:
    for each in root.iter():
        space, tag = split(str(each.tag))
        is_drawn = space.endswith("/main") and "drawingml" in space and tag in DRAWN
        if tag in ELEMENTS and not is_drawn and not (tag == "control" or (name.startswith("ppt") and tag == "del")):
            yield f"{name}: {tag}"
        is_bare = name.endswith(".vml") and each is root and tag == "xml"
        if not space.startswith(SPACES + OTHER_SPACES) and not is_bare:
            yield f"{name}: {tag} in a namespace of its own"
        for key, held in each.attrib.items():
            if split(key)[1] in ATTRIBUTES or FILES.match(held):
                yield f"{name}: {tag} {split(key)[1]}"
        yield from _words(name, tag, each)


def _words(name: str, tag: str, element: Element) -> Iterator[str]:
    held = {split(key)[1]: value for key, value in element.attrib.items()}
    if tag in ("docPr", "cNvPr") and (
        not PLAIN_NAME.fullmatch(held.get("name", "")) or held.get("hidden") in ("1", "true")
    ):
        yield f"{name}: the name of an object"
    if tag == "rPr" and {"vanish"} == {split(str(each.tag))[1] for each in element} & {"vanish", "specVanish"}:
        yield from (f"{name}: hidden text" for each in element if _is_vanish(each))
    if tag in ("sheet", "sld") and (
        held.get("state") in ("hidden", "veryHidden") or held.get("show") in ("0", "false")
    ):
        yield f"{name}: a hidden {tag}"
    if tag == "instrText" and element.text and element.text.strip() and FILES.search(element.text):
        yield f"{name}: a field that names a file"
    if tag == "fldSimple" and not CODES.fullmatch(held.get("instr", "")):
        yield f"{name}: a field"
    if tag == "srcRect" and any(side.lstrip("-").isdigit() and int(side) > 0 for side in held.values()):
        yield f"{name}: a cropped picture"


def _is_vanish(element: Element) -> bool:
    off = {"0", "false", "off"} & {*element.attrib.values()}
    return split(str(element.tag))[1] == "vanish" and not off


def split(name: str) -> tuple[str, str]:
    """Return a name's namespace and the name in it."""
    found = SPACE.fullmatch(name)
    return (found[1], found[2]) if found else ("", name)
