"""How the parts of an office file hang together: content types and relationships (ECMA-376, part 2)."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from forethought.media.buffer import DamagedError
from forethought.media.office import xml

TYPES = "[Content_Types].xml"
TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
# Stems that programs number their parts with; parts of other names are named anew.
STEMS = re.compile(
    r"(image|picture|media|hdphoto|chart|style|colors|drawing|vmlDrawing|data|layout|quickStyle|header|footer|document|styles"
    r"|settings|fontTable|font|theme|themeOverride|numbering|footnotes|endnotes|workbook|sheet|sharedStrings|table"
    r"|presentation|slide|slideLayout|slideMaster|presProps|tableStyles|pivotTable|metadata|part)\d{0,5}\.\w{1,8}"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: `kind` is the last step of its type, and `part` what it leads to inside the package."""

    id: str
    type: str
    target: str
    external: bool
    part: str

    @property
    def kind(self) -> str:
        """What it is to the part that has it, such as `image`."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Types:
    """The content type of each part, by its name or its suffix, both in small letters."""

    by_suffix: Mapping[str, str]
    by_name: Mapping[str, str]

    def of(self, part: str) -> str:
        """Return a part's content type, or nothing."""
        suffix = part.rpartition(".")[2].lower()
        return self.by_name.get(part.lower()) or self.by_suffix.get(suffix, "")


def types(parts: Mapping[str, bytes]) -> Types:
    """Return the content types of a package. Raises DamagedError."""
    if TYPES not in parts:
        raise DamagedError("it has no list of its parts")
    root = xml.parsed(parts[TYPES])
    suffixes = {
        xml.value(each, "Extension").lower(): xml.value(each, "ContentType") for each in xml.named(root, "Default")
    }
    named = {
        unquote(xml.value(each, "PartName")).lstrip("/").lower(): xml.value(each, "ContentType")
        for each in xml.named(root, "Override")
    }
    return Types(suffixes, named)


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of another; the package itself is named by nothing."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> Iterator[Relation]:
    """Yield the relationships of a part. Raises DamagedError."""
    by_lower = {name.lower(): name for name in parts}
    held = by_lower.get(relations_of(part).lower())
    if held is None:
        return
    for each in xml.named(xml.parsed(parts[held]), "Relationship"):
        target = xml.value(each, "Target")
        external = xml.value(each, "TargetMode") == "External"
        found = "" if external else by_lower.get(resolved(part, target).lower(), "")
        yield Relation(xml.value(each, "Id"), xml.value(each, "Type"), target, external, found)


def resolved(part: str, target: str) -> str:
    """Return the name of the part that a target leads to from another."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def relations_written(part: str, held: Iterable[Relation]) -> bytes:
    """Return relationships as their part holds them."""
    root = Element("Relationships", xmlns=RELATIONS_SPACE)
    for each in held:
        target = each.target if each.external or not each.part else _relative(part, each.part)
        attributes = {"Id": each.id, "Type": each.type, "Target": target}
        SubElement(root, "Relationship", attributes | ({"TargetMode": "External"} if each.external else {}))
    return xml.written(root)


def _relative(part: str, to: str) -> str:
    return posixpath.relpath("/" + to, posixpath.join("/", posixpath.dirname(part)))


def types_written(given: Mapping[str, str]) -> bytes:
    """Return the content types of parts, as their list holds them."""
    root = Element("Types", xmlns=TYPES_SPACE)
    for suffix, kind in {"rels": RELATIONS_TYPE, "xml": "application/xml"}.items():
        SubElement(root, "Default", Extension=suffix, ContentType=kind)
    for part, kind in given.items():
        SubElement(root, "Override", PartName=f"/{part}", ContentType=kind)
    return xml.written(root)


def renamed(kept: Mapping[str, tuple[bytes, str, list[Relation]]]) -> dict[str, tuple[bytes, str, list[Relation]]]:
    """Return parts, each with its content type and relationships, under names that tell nothing."""
    names = {part: _name(part, number, kept) for number, part in enumerate(kept, start=1)}
    return {
        names.get(part, part): (
            text,
            kind,
            [replace(each, part=names.get(each.part, each.part)) for each in held],
        )
        for part, (text, kind, held) in kept.items()
    }


FOLDERS = frozenset(
    "word xl ppt media theme charts drawings embeddings fonts diagrams worksheets tables slides slideLayouts"
    " slideMasters pivotTables chartsheets".split()
)


def _name(part: str, number: int, kept: Mapping[str, object]) -> str:
    folder, name = posixpath.split(part)
    if not part or (STEMS.fullmatch(name) and not {*folder.split("/")} - FOLDERS - {""}):
        return part
    suffix = posixpath.splitext(name)[1]
    suffix = (
        suffix
        if re.fullmatch(
            r"\.(xml|png|jpe?g|gif|emf|wmf|mp4|m4a|mov|mp3|wav|tiff?|bmp|webp|odttf|ttf|vml|fntdata)", suffix
        )
        else ".bin"
    )
    top = folder.split("/")[0]
    return posixpath.join(top if top in FOLDERS else "", f"part{number}{suffix}")
