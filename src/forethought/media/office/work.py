"""The state of one office file while its parts are gone through."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from forethought.media.format import Wishes
from forethought.media.office import xml
from forethought.media.office.opc import Relation, Types
from forethought.media.office.report import Report

MOST_KEPT = 16 << 20  # bytes of parts whose trees are kept
RELATION_SPACES = re.compile(
    r"http://(schemas\.openxmlformats\.org/officeDocument/2006|purl\.oclc\.org/ooxml/officeDocument)/relationships"
)


@dataclass(slots=True)
class Work:
    """A file's parts as they came, what is found in them, and what one part has to know of others."""

    parts: Mapping[str, bytes]
    types: Types
    report: Report
    wishes: Wishes
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    made: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    _trees: dict[str, Element] = field(default_factory=dict)

    def tree(self, name: str) -> Element:
        """Return the tree of a part as it came, to be read only; kept, as far as there is room, for who asks again."""
        found = self._trees.get(name)
        if found is None:
            found = xml.parsed(self.parts[name])
            if sum(len(self.parts[each]) for each in self._trees) + len(self.parts[name]) <= MOST_KEPT:
                self._trees[name] = found
        return found

    @property
    def refuse(self) -> bool:
        """Whether tracked changes are to be refused rather than accepted."""
        return self.wishes.refuse


@dataclass(slots=True)
class Part:
    """A part that is kept: what it is to the part that leads to it, its tree, and its relationships that are kept."""

    name: str
    kind: str
    root: Element
    relations: list[Relation]
    work: Work

    @property
    def report(self) -> Report:
        """Where what is found goes."""
        return self.work.report

    def related(self, kind: str) -> Element | None:
        """Return the tree of the first part of this kind that this one leads to, as it came."""
        found = next((each.part for each in self.relations if each.kind == kind and each.part), "")
        return self.work.tree(found) if found else None

    def leading(self, id: str) -> Element | None:
        """Return the tree of the part that a relationship leads to, as it came."""
        found = next((each.part for each in self.relations if each.id == id and each.part), "")
        return self.work.tree(found) if found else None


def reference_prefixes(root: Element) -> frozenset[str]:
    """Return the prefixes of attributes that name relationships."""
    return frozenset(prefix for _, prefix, address in xml.declared(root) if RELATION_SPACES.fullmatch(address))


def references(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield every attribute that names a relationship of the part: its element, its name and the relationship.

    That of a diagram's drawing is one of the slide's or text's that shows it.
    """
    prefixes = reference_prefixes(root)
    for each in root.iter():
        if xml.local(each.tag) == "dataModelExt":
            continue
        for key, held in each.attrib.items():
            prefix, _, name = key.rpartition(":")
            if (prefix and prefix in prefixes) or name in ("relid", "relId"):
                yield each, key, held
