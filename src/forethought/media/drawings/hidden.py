"""What is in a drawing and never seen: switched off, made invisible, or kept ready and not used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from forethought.media.drawings import styles
from forethought.media.drawings.vocabulary import DEFINED, LEAVES, MOVING, SHAPES, TEXTS
from forethought.media.office.report import Report

HIDING = {
    "display": re.compile(r"none", re.IGNORECASE),
    "visibility": re.compile(r"hidden|collapse", re.IGNORECASE),
    "opacity": re.compile(r"[+-]?0*\.?0*%?"),
}
PAINT = ("fill", "stroke", "fill-opacity", "stroke-opacity")
FRAMED = ("filter", "mask", "clip-path")  # what is measured by all that a group holds, seen or not
DECIDING = frozenset((*HIDING, *FRAMED, *PAINT))
SEEN = LEAVES | {"svg", "g", "a", "text", "tspan", "textPath", "switch"}
SPOKEN = frozenset({"text", "image", "title", "desc"})


def link(element: Element) -> str:
    """Return what an element refers to by `href`."""
    return element.get("href", element.get("xlink:href", "")).strip()


@dataclass(slots=True)
class Style:
    """How the parts of a drawing are to look, as far as that decides whether they are seen."""

    simple: dict[str, list[tuple[tuple[int, int], re.Match[str], dict[str, str]]]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    moving: set[str] = field(default_factory=set)

    def of(self, element: Element) -> dict[str, str]:
        """Return what is set for an element itself."""
        found = {name: element.get(name, "").strip() for name in (*HIDING, *FRAMED, *PAINT) if name in element.attrib}
        classes = set(element.get("class", "").split())
        keys = ["", element.tag, f"#{element.get('id', '')}", *(f".{name}" for name in classes)] if self.simple else []
        asked = [each for key in keys for each in self.simple.get(key, ())]
        for _, match, declared in sorted(asked, key=lambda each: each[0]):
            if _fits(match, element, classes):
                found |= declared
        if "style" in element.attrib:
            found |= {name.lower(): value for name, value in styles.declarations(element.get("style", ""))}
        return found


def _fits(match: re.Match[str], element: Element, classes: set[str]) -> bool:
    if match["type"] and match["type"] not in ("*", element.tag):
        return False
    names = re.findall(r"([.#])([^.#]+)", match["rest"])
    return all(name in classes if sign == "." else name == element.get("id") for sign, name in names)


def style_of(found: list[styles.Rule], report: Report) -> Style:
    """Return what sheets decide of what is seen; what cannot be followed is refused."""
    made = Style()
    for number, rule in enumerate(found):
        said = {name.lower(): value for name, value in rule.declared}
        if "keyframes" in rule.around:
            made.moving |= said.keys()
            continue
        for selector in rule.selectors:
            match = styles.SIMPLE.fullmatch(selector)
            if match and not rule.around and not any("!" in value for value in said.values()):
                weight = (100 * match["rest"].count("#") + 10 * match["rest"].count(".") + bool(match["type"]), number)
                if deciding := {name: value for name, value in said.items() if name in DECIDING}:
                    made.simple.setdefault(_key(match), []).append((weight, match, deciding))
                continue
            made.unsure |= said.keys() & (HIDING.keys() | set(PAINT))
            if not rule.around and any(name in HIDING and _hides(name, value) for name, value in said.items()):
                report.refuse(styles.UNCLEAR)
    return made


def _key(match: re.Match[str]) -> str:
    """Return the one name under which a rule is looked up."""
    named = re.match(r"[.#][^.#]+", match["rest"])
    return named[0] if named else (match["type"] or "").replace("*", "")


def _hides(name: str, value: str) -> bool:
    return bool(value) and HIDING[name].fullmatch(styles.IMPORTANT.sub("", value)) is not None


@dataclass(slots=True)
class Hider:
    """Takes out what is never seen, and reports it."""

    root: Element
    style: Style
    links: tuple[str, ...]  # the ids that styles refer to
    report: Report
    animated: dict[str, set[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def go(self) -> None:
        """Take out what is invisible, then what is kept ready and never used."""
        self.used = {name for each in self.root.iter() for name in referred(each)}
        for each in self.root.iter():
            if each.tag in MOVING and link(each).startswith("#"):
                self.animated.setdefault(link(each)[1:], set()).add(each.get("attributeName", ""))
        self._invisible(self.root, {}, False, "")
        self._unused()

    def _invisible(self, parent: Element, inherited: dict[str, str], framed: bool, around: str) -> None:
        for each in list(parent):
            if each.tag not in SEEN and each.tag not in DEFINED and each.tag != "defs":
                continue
            own = self.style.of(each)
            defined = around or (each.tag if each.tag in DEFINED or each.tag == "defs" else "")
            held = ({} if defined and not around else inherited) | {
                name: own[name] for name in ("visibility", *PAINT) if own.get(name, "inherit") != "inherit"
            }
            why = self._why(each, own, held, defined) if each.tag in SEEN else ""
            if why and not (framed and why != "display" and not self._speaks(each)):
                self._take(parent, each, why, framed)
            else:
                self._invisible(each, held, framed or any(own.get(name, "none") != "none" for name in FRAMED), defined)

    def _why(self, each: Element, own: dict[str, str], held: dict[str, str], around: str) -> str:
        """Return the property by which an element is not seen, or nothing."""
        moved = {below.get("attributeName", "") for below in each if below.tag in MOVING and not link(below)}
        moved |= self.animated.get(each.get("id", ""), set()) | self.style.moving
        for name in HIDING:
            value = held.get(name, "") if name == "visibility" else own.get(name, "")
            if not _hides(name, value) or moved & {name, "class", "style"} or not self._counts(name, each, around):
                continue
            if name in self.style.unsure:
                self.report.refuse(styles.UNCLEAR)
            return name
        unpainted = each.tag == "text" and not around and not moved & set(PAINT) and not self.style.unsure & set(PAINT)
        return "fill" if unpainted and not any(self._is_painted(below, held) for below in each.iter()) else ""

    def _counts(self, name: str, each: Element, around: str) -> bool:
        if name == "display":
            return True
        if name == "opacity":
            return each.tag not in ("tspan", "textPath") and around != "clipPath"
        return each.tag in LEAVES - {"use"} or each.tag in TEXTS

    def _is_painted(self, each: Element, held: dict[str, str]) -> bool:
        own = held | self.style.of(each)
        is_filled = own.get("fill", "black") != "none" and not HIDING["opacity"].fullmatch(own.get("fill-opacity", "1"))
        is_drawn = own.get("stroke", "none") != "none"
        return is_filled or (is_drawn and not HIDING["opacity"].fullmatch(own.get("stroke-opacity", "1")))

    def _speaks(self, element: Element) -> bool:
        return any(each.tag in SPOKEN for each in element.iter())

    def _take(self, parent: Element, each: Element, why: str, framed: bool) -> None:
        """Take an element out, or leave those of its parts that are used elsewhere."""
        is_text = each.tag in ("tspan", "textPath") or each.tag == "text"
        if (framed or each.tag in ("tspan", "textPath")) and why != "display":
            self.report.refuse("it holds hidden text or pictures that the rest is laid out by")
        if why == "visibility" and is_text and self._partly(each):
            self.report.refuse("it holds text that is hidden in part")
        if why == "display" and each.tag in SHAPES and each.get("id", "") in self.used:
            return
        tell(each, "hidden", self.report)
        if parent.tag == "switch":
            _empty(each)
        elif why == "display" and each.tag not in TEXTS and any("id" in below.attrib for below in each.iter()):
            each.tag = "defs"  # which is never drawn either, and from which only what is used stays
            for key in ("display", "style", "class"):
                each.attrib.pop(key, None)
        else:
            removed(parent, each)

    def _partly(self, each: Element) -> bool:
        return any(not _hides("visibility", self.style.of(below).get("visibility", "hidden")) for below in each.iter())

    def _unused(self) -> None:
        """Take out what lies ready, in `defs` or as a gradient or a pattern, and is not used by anything drawn."""
        parents = {each: parent for parent in self.root.iter() for each in parent}
        by_id: dict[str, list[Element]] = {}
        for each in self.root.iter():
            by_id.setdefault(each.get("id", ""), []).append(each)
        kept, walked = set[Element](), set[Element]()
        asked = [self.root, *(each for name in self.links for each in by_id.get(name, ()))]
        asked += [each for each in self.root.iter() if each.tag in MOVING and link(each)]
        while asked:
            start = asked.pop()
            above: Element | None = start
            while above is not None and above not in kept:
                kept.add(above)
                above = parents.get(above)
            for each in _used(start, walked):
                kept.add(each)
                asked += [found for name in referred(each) for found in by_id.get(name, ()) if found not in walked]
        _prune(self.root, kept, False, self.report)


def _used(start: Element, walked: set[Element]) -> Iterator[Element]:
    """Yield an element and all in it that is used with it."""
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if each in walked:
            continue
        walked.add(each)
        yield each
        waiting += [below for below in each if each.tag != "defs" and below.tag not in DEFINED]


def referred(element: Element) -> Iterator[str]:
    """Yield the ids of the parts that an element refers to."""
    for key, value in element.attrib.items():
        if key in ("href", "xlink:href"):
            yield from [value.strip()[1:]] if value.strip().startswith("#") else []
        elif key in ("aria-labelledby", "aria-describedby"):
            yield from value.split()
        elif key in ("begin", "end"):
            yield from re.findall(r"([\w:-]+)\.[A-Za-z]", value)
        elif "url(" in value:
            yield from (found[1] for found in styles.URL.findall(value))


def _prune(parent: Element, kept: set[Element], ready: bool, report: Report) -> None:
    for each in list(parent):
        is_ready = ready or parent.tag == "defs" or each.tag in DEFINED
        if is_ready and each not in kept and each.tag != "style":
            tell(each, "unused", report)
            removed(parent, each)
        else:
            _prune(each, kept, is_ready and each.tag == "defs", report)


def tell(element: Element, how: str, report: Report) -> None:
    """Report what an element that is left out holds."""
    said = " ".join(" ".join("".join(each.itertext()).split()) for each in element.iter() if each.tag in SPOKEN)
    name = element.tag.rpartition("}")[2]
    report.tell("words" if said.strip() else "edit", f"{how} {name}", said or f"a {name} that is not seen")


def _empty(element: Element) -> None:
    """Leave an element that draws nothing, where its place among its neighbours counts."""
    kept = {key: held for key, held in element.attrib.items() if key == "systemLanguage"}
    element.clear()
    element.tag = "g"
    element.attrib.update(kept)


def removed(parent: Element, each: Element) -> None:
    """Take an element out and leave the text that follows it."""
    at = list(parent).index(each)
    if each.tail and at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + each.tail
    elif each.tail:
        parent.text = (parent.text or "") + each.tail
    del parent[at]
