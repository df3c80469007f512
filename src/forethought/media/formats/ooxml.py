"""DOCX, XLSX, PPTX and their templates: only the parts that are seen are kept, and in them only what is seen.

ECMA-376, fifth edition. A file is gone through in one way, whether it is told what it gives away or made clean.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from forethought.media.buffer import Buffer, CannotCleanError, Change, DamagedError, whole
from forethought.media.format import Format, Wishes
from forethought.media.office import drawing, embedded, markup, opc, package, sheets, slides, telling, word, xml
from forethought.media.office.checking import office_doubts
from forethought.media.office.opc import Relation
from forethought.media.office.report import Report
from forethought.media.office.work import Part, Work, references
from forethought.media.trace import Trace

# Relationships that hold without being referred to, and those that something must refer to.
ALWAYS = frozenset(
    "officeDocument styles settings fontTable theme themeOverride numbering footnotes endnotes sharedStrings"
    " slideLayout slideMaster tableStyles sheetMetadata diagramDrawing chartStyle chartColorStyle".split()
)
WHERE_NAMED = frozenset(
    "image hyperlink chart chartEx chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors"
    " header footer worksheet chartsheet drawing vmlDrawing table slide font video audio media".split()
)
COPIES = frozenset({"stylesWithEffects", "webSettings"})  # what repeats parts that are kept, or holds switches only
MAINS, NO_MAIN = ("document", "workbook", "presentation"), "its main part is no text, workbook or presentation"
LAST = frozenset({"sharedStrings"})  # what can only be gone through when all else has been
REFUSED = {
    "aFChunk": "it holds a whole other document as a part of its text",
    "xlMacrosheet": "it has a sheet of macros",
    "dialogsheet": "it has a sheet of dialogs",
    "rdRichValue": "its cells hold pictures or linked data",
}
USUAL = {
    "comments": "words", "notesSlide": "words", "glossaryDocument": "words", "custom-properties": "words",
    "thumbnail": "picture", "package": "file", "oleObject": "file", "vbaProject": "file", "customXml": "words",
    "control": "file", "attachedTemplate": "file", "pivotCacheDefinition": "words", "pivotCacheRecords": "words",
    "externalLink": "file", "printerSettings": "device", "people": "person", "person": "person",
}  # fmt: skip
# Elements whose text is seen, and attributes that a person meets as names of sheets, fonts and styles.
SAID = frozenset(
    "si is v oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter f pt formula formula1 formula2"
    " calculatedColumnFormula totalsRowFormula definedName".split()
)
CHOSEN = frozenset(
    {
        ("sheet", "name"), ("tableColumn", "name"), ("table", "displayName"), ("font", "name"), ("name", "val"),
        ("lsdException", "name"), ("mathFont", "val"), ("tableStyle", "styleName"), ("rFont", "val"),
        ("cellStyle", "name"), ("tableStyleInfo", "name"), ("numFmt", "formatCode"), ("definedName", "name"),
    }
)  # fmt: skip
ADDRESS = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
FAMILIES: tuple[tuple[str, Callable[[Part], None]], ...] = (
    ("wordprocessingml", word.cleaned), ("ms-word", word.cleaned), ("spreadsheetml", sheets.cleaned),
    ("ms-excel", sheets.cleaned), ("presentationml", slides.cleaned), ("ms-powerpoint", slides.cleaned),
)  # fmt: skip
Kept = dict[str, tuple[bytes, str, list[Relation]]]


class _Walk:
    """Goes from the package's root to every part that is seen, and makes each clean."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.kept: Kept = {}
        self.kinds: dict[str, str] = {}
        self.waiting: deque[tuple[str, str]] = deque()
        self.last: deque[tuple[str, str]] = deque()
        self.family: Callable[[Part], None] = word.cleaned

    def go(self) -> Kept:
        """Return every part that is kept, with its content type and relationships."""
        roots = self._judged("", list(opc.relations(self.work.parts, "")))
        mains = [each for each in roots if each.kind == "officeDocument"]
        if len(mains) != 1:
            raise DamagedError("it has no main part, or several")
        self.family = self._family(self.work.types.of(mains[0].part))
        self.kept[""] = (b"", "", mains)
        self._follow(mains)
        while self.waiting or self.last:
            part, kind = (self.waiting or self.last).popleft()
            if part not in self.kept:
                self._visit(part, kind)
        return self.kept

    def _family(self, type: str) -> Callable[[Part], None]:
        if "binary" in type:
            raise CannotCleanError("it is a binary workbook, which is to be saved as XLSX first")
        found = next((family for sign, family in FAMILIES if sign in type), None)
        if found is None:
            raise DamagedError(NO_MAIN)
        return found

    def _judged(self, part: str, held: list[Relation]) -> list[Relation]:
        """Return the relationships that stay, and report where the others lead."""
        gone = self.work.known.get("gone", frozenset())
        kept = []
        for each in held:
            self.kinds.setdefault(each.part, each.kind)
            if each.kind in REFUSED:
                self.work.report.refuse(REFUSED[each.kind])
            is_link = each.external and each.kind == "hyperlink" and ADDRESS.match(each.target)
            if is_link or (each.part and each.kind in ALWAYS | WHERE_NAMED and each.part not in gone):
                kept.append(each)
            elif each.external:
                self.work.report.tell("file", f"link to a file ({each.kind})", each.target)
        return kept

    def _follow(self, held: Iterable[Relation]) -> None:
        for each in held:
            if each.part:
                (self.last if each.kind in LAST else self.waiting).append((each.part, each.kind))

    def _visit(self, name: str, kind: str) -> None:
        text, type = self.work.made.get(name) or (self.work.parts[name], self.work.types.of(name))
        if kind == "font":
            self.kept[name] = (text, type or "application/x-fontdata", [])
            return
        if not (type.endswith("xml") and "svg" not in type) and not name.endswith((".xml", ".vml")):
            short = name.rpartition("/")[2]
            self.kept[name] = (
                embedded.cleaned(text, short, self.work.report, self.work.wishes),
                type or _type(name),
                [],
            )
            return
        self.kept[name] = (b"", type, [])
        for note in xml.notes(text):
            self.work.report.tell("words", f"comment in {name}", note)
        root = xml.parsed(text)
        if kind == "officeDocument" and xml.local(root.tag) not in MAINS:
            raise DamagedError(NO_MAIN)
        part = Part(name, kind, root, self._judged(name, list(opc.relations(self.work.parts, name))), self.work)
        self._clean(part)
        gone = self.work.known.get("gone", frozenset())
        part.relations = [each for each in part.relations if each.part not in gone or not each.part]
        markup.settled(part)
        held = {id for _, _, id in references(part.root)}
        relations = [each for each in part.relations if each.id in held or each.kind in ALWAYS]
        self.kept[name] = (xml.written(part.root), type or "application/xml", relations)
        self._follow(relations)

    def _clean(self, part: Part) -> None:
        markup.known_only(part.root, part.report)
        self.family(part)
        _formulas(part)
        drawing.cleaned(part)


def _type(name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    return f"image/{ {'jpg': 'jpeg', 'tif': 'tiff'}.get(suffix, suffix) }"


def _formulas(part: Part) -> None:
    """Take the names of other files out of what charts are drawn from."""
    if xml.local(part.root.tag) != "chartSpace":
        return
    for each in xml.named(part.root, "f"):
        if each.text and "[" in each.text:
            part.report.tell("file", "source of a chart", each.text)
            each.text = "#REF!"


@lru_cache(maxsize=1)  # what is looked at is then cleaned
def _gone_through(data: Buffer, wishes: Wishes) -> tuple[Kept, Report]:
    """Return what is kept of a file, and what was found. Raises CannotCleanError where it cannot be read at all."""
    held = package.read(data)
    report = Report()
    report.traces.update(dict.fromkeys(held.traces))
    work = Work(held.parts, opc.types(held.parts), report, wishes)
    walk = _Walk(work)
    kept = walk.go()
    for name, text in held.parts.items():
        is_structure = name == opc.TYPES or name.endswith(".rels")
        if name not in kept and not is_structure:
            if walk.kinds.get(name) in COPIES:
                report.tell("other", name, f"{len(text):,} bytes")
                continue
            telling.dropped(name, text, USUAL.get(walk.kinds.get(name, ""), "other"), report)
    return opc.renamed(kept), _renaming_told(kept, report)


def _renaming_told(kept: Kept, report: Report) -> Report:
    for old, new in zip(kept, opc.renamed(kept), strict=True):
        if old != new:
            report.tell("words", "name of a part", old)
    return report


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what an office file gives away. Raises CannotCleanError where it cannot be read."""
    yield from _gone_through(data, Wishes())[1].traces


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave what is seen of an office file. Raises CannotCleanError."""
    kept, report = _gone_through(data, wishes)
    report.check()
    return whole(data, package.written(_parts(kept)))


def _parts(kept: Kept) -> dict[str, bytes]:
    """Return the parts of a package in the order in which programs expect them."""
    given = {name: type for name, (_, type, _) in kept.items() if name}
    parts = {opc.TYPES: opc.types_written(given)}
    for name, (text, _, relations) in kept.items():
        if relations:
            parts[opc.relations_of(name)] = opc.relations_written(name, relations)
        if name:
            parts[name] = text
    return parts


def shown(data: Buffer) -> Iterator[str]:
    """Yield the text that a person sees in an office file: paragraphs, cells, descriptions, links."""
    kept, _ = _gone_through(data, Wishes())
    for name, (text, type, relations) in kept.items():
        yield from (each.target for each in relations if each.external)
        if type.endswith("xml") and name and not name.endswith((".svg",)):
            yield from _words(xml.parsed(text))


def _words(root: Element) -> Iterator[str]:
    for each in root.iter():
        name = xml.local(each.tag)
        if name == "p":
            yield from (_joined(each, "t"), *([_joined(each, "t", "instrText")] if xml.has(each, "instrText") else []))
        if name in SAID:
            yield xml.words(each)
        yield from (each.attrib[key] for key in ("descr", "title", "alt", "tooltip", "display") if key in each.attrib)
        yield from (held for key, held in each.attrib.items() if (name, xml.local(key)) in CHOSEN or key == "typeface")
        if name == "rFonts":
            yield from each.attrib.values()


def _joined(paragraph: Element, *names: str) -> str:
    return " ".join("".join(held.text or "" for held in xml.named(paragraph, *names)).split())


FORMAT = Format(
    "Office document",
    "document",
    (
        "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "xltx", "potx", "ppsx", "dotm", "xltm", "potm", "ppsm",
    ),
    traces,
    clean,
    office_doubts,
    shown,
)  # fmt: skip
