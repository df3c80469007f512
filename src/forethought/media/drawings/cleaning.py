"""SVG drawings, alone and inside books and office files: what is drawn stays, and all that it is not drawn by goes.

A title or a description stays only where its author made the drawing for listeners, with a `role` or by naming it as a
label, and where it reads as words: programs write file names and layers into titles of their own accord, nobody sees
them, and a drawing that is posted is described beside it. What stays is part of the text that is shown.
Pictures and sheets that lie elsewhere go: they would not come along with the file, and tell who looks at it.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element

from forethought.media.buffer import CannotCleanError
from forethought.media.drawings import hidden, reading, styles
from forethought.media.drawings import vocabulary as words
from forethought.media.format import Wishes
from forethought.media.office import xml
from forethought.media.office.report import Report
from forethought.media.pictures import xmp

DEEPEST = 2  # drawings in drawings
DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=.+-]*)*),(.*)", re.DOTALL | re.IGNORECASE)
FILE = re.compile(r"^\s*(file:|[A-Za-z]:[\\/]|\\\\|/|~|\.)", re.IGNORECASE)
NOTED = re.compile(
    r"[\\/_]|\.\w{2,4}\b|\b(created|generated|exported|made) (with|by|in|using)\b|@|\b(layer|sketch|figma)\b",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"(layer|ebene|calque|svg|xmlid|svgid|id|group|shape|icon|image|img|symbol|outline|outlines|base|page|namedview|metadata"
    r"|style|defs|text|tspan|path|rect|circle|ellipse|line|poly(line|gon)|g|use|mask|clip(path)?|filter|gradient|lineargradient"
    r"|radialgradient|pattern|marker|stop|fe\w+|flowroot|guide|grid|perspective|swatch|cls|st|fil|str|fnt)?[\d_.:-]*[a-z]?",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"[ic]\d+|gone")
EVENT = re.compile(
    r"(?:([\w:-]+)\.)?((?:click|mouse(?:over|out|down|up|enter|leave)|begin|end|focus(?:in|out)|activate|repeat(?:\(\d+\))?)"
    r"(?![\w-]))?\s*([+-]?\s*[\d.:]+(?:ms|s|min|h)?)?|(indefinite)"
)
MIMES = {"jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
TELLING = {"label": "words", "docname": "file", "export-filename": "file", "absref": "file", "version": "software"}


def cleaned(data: bytes, report: Report, wishes: Wishes = Wishes(), depth: int = 0) -> bytes:  # noqa: B008
    """Return a drawing with only what is drawn, and report the rest. Raises CannotCleanError."""
    work = _Work(reading.parsed(data, report), report, wishes, depth)
    work.go()
    return xml.written(work.root)


@dataclass(slots=True)
class _Work:
    """A drawing while it is gone through."""

    root: Element
    report: Report
    wishes: Wishes
    depth: int
    names: styles.Names = field(default_factory=styles.Names)
    rules: list[styles.Rule] = field(default_factory=list)
    listened: bool = False
    pictures: int = 0

    def go(self) -> None:
        self._sift(self.root)
        sheets = list(self.root.iter("style"))
        ruled = [styles.rules("".join(each.itertext()), self.report) for each in sheets]
        self.rules = [rule for each in ruled for rule in each]
        seen = hidden.style_of(self.rules, self.report)
        hidden.Hider(self.root, seen, tuple(styles.links(self.rules)), self.report).go()
        self._titles(self.root, False, self._labels())
        self._number()
        for each in self.root.iter():
            self._attributes(each)
        for each, found in zip(sheets, ruled, strict=True):
            each.text = styles.sheet(found, self.names, self.report)
        self._spaces()

    def _sift(self, parent: Element, in_text: bool = False) -> None:
        """Leave only elements that are drawn where they stand."""
        in_text = in_text or parent.tag == "text"
        for each in list(parent):
            if each.tag == "foreignObject" and parent.tag in words.CONTAINERS and not _is_barred(each):
                self.report.refuse("it holds a piece of a web page, whose text is drawn by browsers alone")
            if each.tag in _allowed(parent, in_text) and not _is_barred(each):
                self._sift(each, in_text)
                continue
            self._dropped(each)
            hidden.removed(parent, each)
        if not in_text and parent.tag not in (*words.TOLD, "style"):
            self._loose(parent)

    def _loose(self, element: Element) -> None:
        """Take out text that stands where text is not drawn."""
        for said in (element.text, *(each.tail for each in element)):
            self.report.tell("words", f"text in {element.tag}", said or "")
        element.text = None
        for each in element:
            each.tail = None

    def _dropped(self, element: Element) -> None:
        """Report every field of an element that is left out."""
        for each in element.iter():
            name = each.tag.rpartition("}")[2]
            for key, held in each.attrib.items():
                self._tell(_kind(key), f"{_local(name)} {_local(key)}", held)
            for said in (each.text, each.tail if each is not element else ""):
                kind = "words" if not each.tag.startswith("{") else xmp.kind_of(name)
                self._tell(kind, name, said or "")
        self.report.tell("other", f"SVG {_local(element.tag)}", f"a note of the kind {_local(element.tag)}")

    def _tell(self, kind: str, where: str, value: str) -> None:
        """Report a value; one that could as well be a part of the drawing is marked as said."""
        plain = " ".join(value.split())
        is_common = words.is_known("", plain) or words.LINE.fullmatch(plain) or re.fullmatch(r"[\w #.-]{1,12}", plain)
        self.report.tell(kind, where, f"“{plain}”" if plain and is_common else plain)

    def _labels(self) -> set[str]:
        found = (each.get(f"aria-{key}", "") for each in self.root.iter() for key in ("labelledby", "describedby"))
        return {name for said in found for name in said.split()}

    def _titles(self, parent: Element, heard: bool, labels: set[str]) -> None:
        """Leave titles and descriptions that are there to be heard."""
        own = parent.get("role", "") in words.ROLES
        for each in list(parent):
            if each.tag not in words.TOLD:
                self._titles(each, own, labels)
                continue
            said = " ".join("".join(each.itertext()).split())
            if (own or each.get("id", "") in labels) and _is_read(said):
                continue
            self._tell("software" if reading.GENERATOR.search(said) else "words", each.tag, said)
            hidden.removed(parent, each)

    def _number(self) -> None:
        """Give numbers to the ids, classes and movements that something refers to."""
        wanted = {name for each in self.root.iter() for name in hidden.referred(each)} | set(styles.links(self.rules))
        chosen = set(styles.named(self.rules))
        for each in self.root.iter():
            name = each.get("id", "")
            if name and (name in wanted or f"#{name}" in chosen):
                self.names.ids.setdefault(name, f"i{len(self.names.ids) + 1}")
            for name in each.get("class", "").split():
                if f".{name}" in chosen:
                    self.names.classes.setdefault(name, f"c{len(self.names.classes) + 1}")
        self.names.moves = {name: f"k{number}" for number, name in enumerate(styles.moves(self.rules), 1)}

    def _attributes(self, element: Element) -> None:
        if element.tag == "filter":
            _results(element)
        for key, held in list(element.attrib.items()):
            new = self._attribute(element, key, held)
            if new is None:
                del element.attrib[key]
            else:
                element.attrib[key] = new

    def _attribute(self, element: Element, key: str, held: str) -> str | None:
        """Return what an attribute is in the copy, or None where it goes."""
        if key in JUDGED:
            return JUDGED[key](self, element, held)
        if key in words.LINES:
            return self._line(key, held)
        if key in words.GEOMETRY or key in words.PROPERTIES:
            new = self.names.linked(held)
            if words.is_known(key, new):
                return new
        self._tell(_kind(key), f"SVG {_local(key)}", held)
        return None

    def _line(self, key: str, held: str) -> str | None:
        """Return a line up to where it is no line any more, which is all of it that is drawn."""
        found = words.LINE.match(held)
        kept = found[0] if found else ""
        self._tell("words", f"SVG {key}", held[len(kept) :])
        return kept or None

    def _id(self, element: Element, held: str) -> str | None:
        self._named("the name of a part", held)
        return self.names.ids.get(held)

    def _class(self, element: Element, held: str) -> str | None:
        for name in held.split():
            self._named("the name of a style", name)
        return " ".join(self.names.classes[name] for name in held.split() if name in self.names.classes) or None

    def _named(self, where: str, name: str) -> None:
        if not GENERIC.fullmatch(name) and not NUMBERED.fullmatch(name):
            self._tell("words", where, name)

    def _style(self, element: Element, held: str) -> str | None:
        return styles.style(held, self.names, self.report) or None

    def _href(self, element: Element, held: str) -> str | None:
        held = held.strip()
        if held.startswith("#"):
            return f"#{self.names.ids.get(held[1:], 'gone')}"
        if held[:5].lower() == "data:" and element.tag in ("image", "feImage"):
            return self._picture(held)
        self._tell("file" if FILE.match(held) else "contact", f"link of {element.tag}", held[:300])
        return None

    def _picture(self, held: str) -> str | None:
        """Return a picture that lies in the drawing itself, made clean."""
        from forethought.media.office import embedded  # which cleans drawings with this

        self.pictures += 1
        found, name = DATA.fullmatch(held), f"picture {self.pictures}"
        raw = _raw(found) if found else None
        if raw is None:
            self.report.refuse("a picture in it cannot be read")
            return None
        if reading.is_svg(raw):
            if self.depth >= DEEPEST:
                raise CannotCleanError("it holds drawings inside drawings inside drawings")
            new = cleaned(reading.unpacked(raw, self.report), self.report, self.wishes, self.depth + 1)
            return f"data:image/svg+xml;base64,{base64.b64encode(new).decode()}"
        new = embedded.cleaned(raw, name, self.report, self.wishes)
        try:
            mime = MIMES[embedded.format_in(new).suffix]
        except (CannotCleanError, KeyError):
            self.report.refuse("a picture in it is of a kind that drawings do not show")
            return None
        return f"data:{mime};base64,{base64.b64encode(new).decode()}"

    def _label(self, element: Element, held: str) -> str | None:
        if element.get("role", "") in words.ROLES and _is_read(held):
            return held
        self._tell("words", "aria-label", held)
        return None

    def _role(self, element: Element, held: str) -> str | None:
        return held if held in words.ROLES or held in words.UNHEARD else None

    def _listed(self, element: Element, held: str) -> str | None:
        return " ".join(self.names.ids[name] for name in held.split() if name in self.names.ids) or None

    def _tongue(self, element: Element, held: str) -> str | None:
        if words.TONGUES.fullmatch(held) or held == "":
            return held
        self._tell("other", "language", held)
        return None

    def _moved(self, element: Element, held: str) -> str | None:
        if held in words.GEOMETRY or held in words.PROPERTIES or held in words.LINES:
            return held
        self._tell("other", "attributeName", held)
        return None

    def _when(self, element: Element, held: str) -> str | None:
        kept = [self._event(each.strip()) for each in held.split(";")]
        if None in kept:
            self._tell("other", "the time of a movement", held)
        return ";".join(each for each in kept if each) or None

    def _event(self, text: str) -> str | None:
        found = EVENT.fullmatch(text)
        if not found:
            return None
        return f"{self.names.ids.get(found[1], 'gone')}.{text.partition('.')[2]}" if found[1] else text

    def _kind_of(self, element: Element, held: str) -> str | None:
        if words.is_known("type", held):
            return held
        self._tell("other", "SVG type", held)
        return None

    def _result(self, element: Element, held: str) -> str | None:
        return held if re.fullmatch(r"n\d+", held) or words.is_known("in", held) else None

    def _spaces(self) -> None:
        self.root.attrib = {"xmlns": reading.SVG, **self.root.attrib}
        if any("xlink:href" in each.attrib for each in self.root.iter()):
            self.root.set("xmlns:xlink", reading.XLINK)


JUDGED: dict[str, Callable[[_Work, Element, str], str | None]] = {
    "id": _Work._id, "class": _Work._class, "style": _Work._style, "href": _Work._href, "xlink:href": _Work._href,
    "aria-label": _Work._label, "role": _Work._role, "aria-labelledby": _Work._listed,
    "aria-describedby": _Work._listed, "lang": _Work._tongue, "xml:lang": _Work._tongue,
    "systemLanguage": _Work._tongue, "attributeName": _Work._moved, "begin": _Work._when, "end": _Work._when,
    "type": _Work._kind_of, "result": _Work._result, "in": _Work._result, "in2": _Work._result,
}  # fmt: skip


def _results(element: Element) -> None:
    """Give numbers to the steps of an effect that later steps refer to."""
    results: dict[str, str] = {}
    for each in element.iter():
        for key in ("result", "in", "in2"):
            held = each.get(key, "")
            if held and not (key != "result" and words.is_known("in", held) and held not in results):
                each.set(key, results.setdefault(held, f"n{len(results) + 1}"))


def _allowed(parent: Element, in_text: bool) -> frozenset[str]:
    """Return which elements are drawn, or needed, in another."""
    if parent.tag in ("style", *words.TOLD):
        return frozenset()
    return words.WITHIN.get("text" if in_text and parent.tag == "a" else parent.tag, words.ALWAYS)


def _is_barred(element: Element) -> bool:
    """Tell whether an element is drawn only by a program that made it."""
    asked = element.get("requiredExtensions", "").strip()
    return bool(asked) and asked != "http://www.w3.org/1999/xhtml"


def _is_read(text: str) -> bool:
    """Tell whether words are such as a person wrote for another, and no file name, layer or mark of a program."""
    return " " in text.strip() and not NOTED.search(text)


def _raw(found: re.Match[str]) -> bytes | None:
    held = unquote_to_bytes(found[3])
    if ";base64" not in found[2].lower():
        return held
    try:
        return base64.b64decode(b"".join(held.split()) + b"==")
    except (binascii.Error, ValueError):
        return None


def _kind(key: str) -> str:
    local = _local(key)
    if local.startswith("on"):
        return "other"
    return TELLING.get(local) or ("words" if key.startswith("data-") else xmp.kind_of(local))


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]
