"""XML as it lies in office files and books: read with its names exactly as written, and written anew."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from typing import Final, Literal
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers.expat import ExpatError, ParserCreate

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError

DEEPEST, MOST_ELEMENTS, MOST_ATTRIBUTES, MOST_BYTES = 250, 3_000_000, 10_000, 128 << 20
ENTITY, PREDEFINED = re.compile(rb"&([A-Za-z]\w{1,31});"), frozenset({"amp", "lt", "gt", "quot", "apos"})
NOTES = re.compile(rb"<!--(.*?)(?:-->|\Z)|<\?(?!xml\s)(.*?)(?:\?>|\Z)", re.DOTALL)
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Fate = Literal["keep", "drop", "unwrap"]
KEEP: Final = "keep"
DROP: Final = "drop"
UNWRAP: Final = "unwrap"
Judge = Callable[[Element, Element], Fate]


class _Reader:
    """Builds a tree and counts what it is made of; comments and processing instructions are passed over."""

    def __init__(self, doctype: bool) -> None:
        self.builder = TreeBuilder()
        self.doctype = doctype
        self.depth = self.count = 0
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS or len(attributes) > MOST_ATTRIBUTES:
            raise TooLargeError("a part of it is nested deeper or has more elements than such files have")
        self.builder.start(name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(name)

    def _doctype(self, name: str, system: str | None, public: str | None, inside: bool) -> None:
        if inside or not self.doctype:
            raise CannotCleanError("a part of it brings a document type of its own")

    def _entity(self, *_: object) -> None:
        raise CannotCleanError("a part of it brings entities of its own")


def parsed(text: bytes, doctype: bool = False) -> Element:
    """Return the root of a document, its names with the prefixes they have in the file.

    `doctype` allows the bare document type of a web page. Raises DamagedError, TooLargeError or CannotCleanError.
    """
    if len(text) > MOST_BYTES:
        raise TooLargeError("a part of it is larger than such files have")
    reader = _Reader(doctype)
    try:
        reader.parser.Parse(ENTITY.sub(_numbered, text) if doctype else text, True)
        return reader.builder.close()
    except (ExpatError, ValueError, LookupError, AssertionError) as error:
        raise DamagedError("a part of it is not the XML it should be") from error


def _numbered(found: re.Match[bytes]) -> bytes:
    """Return a letter that a web page names as one that is numbered."""
    name = found[1].decode()
    signs = "" if name in PREDEFINED else html5.get(f"{name};", "")
    return "".join(f"&#{ord(sign)};" for sign in signs).encode() or found[0]


def written(root: Element) -> bytes:
    """Return a document as bytes."""
    return HEAD + tostring(root, encoding="unicode").replace("\r", "&#13;").encode()


def notes(text: bytes) -> list[str]:
    """Return what comments and processing instructions in a document say, which reading it leaves out."""
    found = [b"".join(parts).decode("utf-8", "replace").strip() for parts in NOTES.findall(text)]
    return [note for note in found if note]


@lru_cache(maxsize=4_096)
def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def value(element: Element, name: str) -> str:
    """Return the attribute of this name, whatever its prefix, or nothing."""
    return next((held for key, held in element.attrib.items() if local(key) == name), "")


def child(element: Element, name: str) -> Element | None:
    """Return the first child of this name, whatever its prefix."""
    return next((each for each in element if local(each.tag) == name), None)


def named(root: Element, *names: str) -> Iterator[Element]:
    """Yield the element and those below it that have one of these names, whatever their prefix."""
    return (each for each in root.iter() if local(each.tag) in names)


def has(root: Element, *names: str) -> bool:
    """Tell whether an element is, or holds, one of these names."""
    return next(named(root, *names), None) is not None


def sift(root: Element, judge: Judge) -> None:
    """Keep, drop or unwrap everything below an element, from the top down, as `judge` says of a parent and its child.

    What is dropped leaves the text that follows it; what is unwrapped leaves all that it holds.
    """
    children, fates = list(root), list[Fate]()
    for each in children:
        fates.append(judge(root, each))
        if len(each) and fates[-1] != DROP:
            sift(each, judge)
    if any(fate != KEEP for fate in fates):
        root[:] = []
        for each, fate in zip(children, fates, strict=True):
            _settle(root, each, fate)


def _settle(root: Element, each: Element, fate: Fate) -> None:
    tail = each.tail
    if fate != KEEP:
        each.tail = None
    if fate == UNWRAP:
        _add(root, each.text)
        root.extend(each)
        _add(root, tail)
    elif fate == KEEP:
        root.append(each)
    else:
        _add(root, tail)


def _add(parent: Element, text: str | None) -> None:
    """Add text behind all that an element holds so far."""
    if text and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def fates(judged: Mapping[str, Fate]) -> Judge:
    """Return a judge that goes by the name alone, and keeps what is not named."""
    return lambda parent, element: judged.get(local(element.tag), KEEP)


def words(element: Element) -> str:
    """Return all text in an element, its spaces made single."""
    return " ".join("".join(element.itertext()).split())


def told(element: Element) -> str:
    """Return all that an element says, its attributes too."""
    said = [held for each in element.iter() for key, held in each.attrib.items() if not key.startswith("xmlns")]
    return " ".join([*said, words(element)]).strip()


def declared(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each namespace that is declared: by which element, for which prefix, and its address."""
    for each in root.iter():
        for key, address in each.attrib.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                yield each, key.partition(":")[2], address


def reference(element: Element) -> str:
    """Return the relationship that an element names beside its own number, such as `r:id`."""
    return next((held for key, held in element.attrib.items() if key.endswith(":id")), "")
