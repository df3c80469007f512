"""What every part in XML has to obey: known namespaces only, and references that lead somewhere."""

import re
from xml.etree.ElementTree import Element

from forethought.media.office import xml
from forethought.media.office.report import Report
from forethought.media.office.work import Part, references

KNOWN = re.compile(
    r"http://schemas\.openxmlformats\.org/(officeDocument|drawingml|wordprocessingml|spreadsheetml|presentationml"
    r"|markup-compatibility|schemaLibrary|package)/[\w/.-]+"
    r"|http://purl\.oclc\.org/ooxml/[\w/.-]+"
    r"|http://schemas\.microsoft\.com/office/(word|drawing|powerpoint|excel|spreadsheetml|mac/drawing|mac/office"
    r"|thememl|webextensions|officeart)/\d{4}(/[\w.-]+)*"
    r"|urn:schemas-microsoft-com:(office:(office|word|excel|powerpoint)|vml)|urn:schemas-microsoft-com:mac:vml"
    r"|http://www\.w3\.org/[\w/.#-]+"
)
LISTS = frozenset({"Ignorable", "ProcessContent", "PreserveElements", "PreserveAttributes", "MustUnderstand"})
ALONE = {"pageSetup": "id", "blip": "link", "imagedata": "href"}  # elements that stay without their reference


def known_only(root: Element, report: Report) -> None:
    """Take out everything in a namespace that office programs do not have, and report it."""
    foreign = frozenset(prefix for _, prefix, address in xml.declared(root) if not KNOWN.fullmatch(address))
    strange = foreign - {""}

    def judge(parent: Element, element: Element) -> xml.Fate:
        own = element.get("xmlns")
        if element.tag.rpartition(":")[0] in strange or (own and not KNOWN.fullmatch(own)):
            report.tell("other", element.tag, xml.told(element) or "an element of its own")
            return xml.DROP
        return _alternative(parent, element, strange)

    if foreign or xml.has(root, "AlternateContent"):
        xml.sift(root, judge)
    for each in root.iter():
        _attributes(each, strange, report)


def _alternative(parent: Element, element: Element, strange: frozenset[str]) -> xml.Fate:
    """Judge content of which a program takes what it understands: where nothing else is left, the fallback stays."""
    name = xml.local(element.tag)
    if name == "Choice" and strange & {*element.get("Requires", "").split()}:
        return xml.DROP
    is_bare = {"AlternateContent": element, "Fallback": parent}.get(name)
    if is_bare is not None and not _understood(is_bare, strange):
        return xml.UNWRAP
    return xml.KEEP


def _understood(element: Element, strange: frozenset[str]) -> bool:
    choices = [each for each in element if xml.local(each.tag) == "Choice"]
    return any(not strange & {*each.get("Requires", "").split()} for each in choices)


def _attributes(element: Element, strange: frozenset[str], report: Report) -> None:
    for key, held in list(element.attrib.items()):
        prefix, _, name = key.rpartition(":")
        if prefix == "xmlns" and name in strange:
            report.tell("other", "namespace", held)
            del element.attrib[key]
        elif prefix and prefix in strange:
            report.tell("other", key, held)
            del element.attrib[key]
        elif prefix and name in LISTS:
            kept = " ".join(each for each in held.split() if each not in strange)
            element.attrib.pop(key) if not kept else element.set(key, kept)


def settled(part: Part) -> None:
    """Take out what refers to parts that are gone, and drop the relationships that nothing refers to any more."""
    held = {each.id for each in part.relations}
    bad = [(each, key) for each, key, id in references(part.root) if id not in held and id]
    gone = set()
    for element, key in bad:
        if xml.local(element.tag) in ALONE:
            del element.attrib[key]
        else:
            gone.add(element)
    if gone:
        xml.sift(part.root, lambda _, each: xml.KEEP if each not in gone else _without(each))


def _without(element: Element) -> xml.Fate:
    return xml.UNWRAP if xml.local(element.tag) == "hyperlink" and len(element) else xml.DROP
