"""ODT, ODS and ODP: what is seen of a text, its sheets or its slides is kept, and nothing else.

OpenDocument 1.3 (OASIS).
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from forethought.media.buffer import Buffer, Change, DamagedError, whole
from forethought.media.format import Format, Wishes
from forethought.media.office import embedded, odf_content, package, telling, xml
from forethought.media.office.odf_checking import odf_doubts
from forethought.media.office.report import Report
from forethought.media.trace import Trace

MANIFEST, MANIFEST_SPACE = "META-INF/manifest.xml", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
STRUCTURE = frozenset({"mimetype", MANIFEST})
TREES = ("content.xml", "styles.xml", "settings.xml")
USUAL = {
    "meta.xml": "words", "Thumbnails": "picture", "Configurations2": "other", "Basic": "file", "Scripts": "file",
    "Versions": "edit", "VersionList.xml": "edit", "ObjectReplacements": "picture", "layout-cache": "other",
    "manifest.rdf": "other", "META-INF": "person", "Dialogs": "file",
}  # fmt: skip
CHOSEN = frozenset(  # attributes that a person meets in the program: links, and the names of sheets, styles and fonts
    "xlink:href table:name table:formula style:name style:display-name style:font-name svg:font-family fo:font-family"
    " draw:master-page-name style:parent-style-name".split()
)
STEMS = re.compile(r"(Pictures|Media|Fonts)/[0-9A-F]{32,48}\.\w{2,5}|(Pictures|Media|Fonts)/part\d+\.\w{2,5}")


class _Walk:
    """Goes from the content of a document to every file that it shows."""

    def __init__(self, parts: dict[str, bytes], types: dict[str, str], report: Report, wishes: Wishes) -> None:
        self.parts, self.types, self.report, self.wishes = parts, types, report, wishes
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.seen: set[str] = set()

    def document(self, folder: str, depth: int = 0) -> None:
        """Keep a document and what it shows; `folder` is empty or ends with a slash."""
        if folder in self.seen or depth > 3:
            return
        self.seen.add(folder)
        if f"{folder}content.xml" not in self.parts:
            raise DamagedError("it has no content")
        roots = {name: self._parsed(folder + name) for name in TREES if folder + name in self.parts}
        odf_content.cleaned(roots, self.report, self.wishes)
        if folder:
            self.kept[folder] = (b"", self.types.get(folder, self.types.get(folder.rstrip("/"), "")))
        for name, root in roots.items():
            self._leading(root, folder, depth)
            self.kept[folder + name] = (xml.written(root), "text/xml")

    def _parsed(self, name: str) -> Element:
        for note in xml.notes(self.parts[name]):
            self.report.tell("words", f"comment in {name}", note)
        return xml.parsed(self.parts[name])

    def _leading(self, root: Element, folder: str, depth: int) -> None:
        """Follow every reference into the package, and give the files that are kept names that tell nothing."""
        for each in root.iter():
            for key in [key for key in each.attrib if xml.local(key) == "href"]:
                target = posixpath.normpath(folder + each.attrib[key].removeprefix("./"))
                if f"{target}/content.xml" in self.parts:
                    self.document(f"{target}/", depth + 1)
                elif target in self.parts and xml.local(each.tag) != "a":
                    each.set(key, self._file(target).removeprefix(folder))

    def _file(self, name: str) -> str:
        new = name if STEMS.fullmatch(name) else self._new_name(name)
        if new in self.kept:
            return new
        if new != name:
            self.report.tell("words", "name of a part", name)
        text = self.parts[name]
        is_font = name.endswith((".ttf", ".otf"))
        short = name.rpartition("/")[2]
        made = text if is_font else embedded.cleaned(text, short, self.report, self.wishes)
        self.seen.add(name)
        self.kept[new] = (made, self.types.get(name, ""))
        return new

    def _new_name(self, name: str) -> str:
        folder = name.partition("/")[0] if name.startswith(("Pictures/", "Media/", "Fonts/")) else "Pictures"
        suffix = posixpath.splitext(name)[1].lower()
        number = sorted(self.parts).index(name) + 1
        return f"{folder}/part{number}{suffix if re.fullmatch(r'[.][a-z0-9]{2,4}', suffix) else '.bin'}"


def _types(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the media type of each part. Raises DamagedError, or CannotCleanError where parts are locked."""
    if MANIFEST not in parts:
        return {}
    root = xml.parsed(parts[MANIFEST], doctype=True)
    if xml.has(root, "encryption-data", "keyinfo"):
        raise DamagedError("it is locked with a password")
    return {xml.value(each, "full-path"): xml.value(each, "media-type") for each in xml.named(root, "file-entry")}


@lru_cache(maxsize=1)  # what is looked at is then cleaned
def _gone_through(data: Buffer, wishes: Wishes) -> tuple[dict[str, bytes], Report]:
    """Return the parts of the copy, and what was found. Raises CannotCleanError where it cannot be read at all."""
    held = package.read(data)
    report = Report()
    report.traces.update(dict.fromkeys(held.traces))
    kind = held.parts.get("mimetype", b"").decode("ascii", "replace").strip()
    if not kind.startswith("application/vnd.oasis.opendocument."):
        raise DamagedError("it does not say what kind of document it is")
    walk = _Walk(held.parts, _types(held.parts), report, wishes)
    walk.document("")
    for name, text in held.parts.items():
        if name not in walk.kept and name not in walk.seen and name not in STRUCTURE:
            top = name if name in USUAL else name.partition("/")[0]
            telling.dropped(name, text, USUAL.get(top, "other"), report)
    parts = {"mimetype": kind.encode(), **{name: text for name, (text, _) in walk.kept.items() if name[-1] != "/"}}
    types = {"/": kind, **{name: type for name, (_, type) in walk.kept.items()}}
    return parts | {MANIFEST: _manifest(types)}, report


def _manifest(types: dict[str, str]) -> bytes:
    root = Element("manifest:manifest", {"xmlns:manifest": MANIFEST_SPACE, "manifest:version": "1.3"})
    for name, kind in types.items():
        SubElement(root, "manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind})
    return xml.written(root)


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a document gives away. Raises CannotCleanError where it cannot be read."""
    yield from _gone_through(data, Wishes())[1].traces


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave what is seen of a document. Raises CannotCleanError."""
    parts, report = _gone_through(data, wishes)
    report.check()
    return whole(data, package.written(parts, stored="mimetype"))


def shown(data: Buffer) -> Iterator[str]:
    """Yield the text that a person sees: paragraphs, cells, descriptions, links."""
    parts, _ = _gone_through(data, Wishes())
    for name, text in parts.items():
        if name.rpartition("/")[2] in TREES:
            yield from _words(xml.parsed(text))


def _words(root: Element) -> Iterator[str]:
    for each in root.iter():
        if xml.local(each.tag) in ("p", "h", "title", "desc"):
            yield xml.words(each)
        yield from (held for key, held in each.attrib.items() if key in CHOSEN)


FORMAT = Format(
    "OpenDocument",
    "document",
    ("odt", "ods", "odp", "odg", "ott", "ots", "otp", "otg", "odf", "odc"),
    traces,
    clean,
    odf_doubts,
    shown,
)
