"""The styles of a drawing: sheets read into rules, and written anew with only what SVG knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forethought.media.drawings.vocabulary import ELEMENTS, PROPERTIES, is_known
from forethought.media.office.report import Report

COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|\([^()]*\)|[{}]|[^{}\"'(]+|.", re.DOTALL)
DECLARED = re.compile(r"(?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^()]*\))+")
IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
SELECTOR = re.compile(r"(?P<name>[.#]?[A-Za-z_][\w-]*)|:(?:root|hover|active|focus)(?![\w-])|[*>\s]")
SIMPLE = re.compile(r"(?P<type>[A-Za-z]+|\*)?(?P<rest>(?:[.#][A-Za-z_][\w-]*)*)")
MEDIA = re.compile(
    r"@media(?:[\s,():]|(?:screen|print|all|only|and|not|prefers-color-scheme|prefers-reduced-motion|dark|light|reduce"
    r"|no-preference|(?:min|max)-(?:width|height)|orientation|landscape|portrait)(?![\w-])|[\d.]+(?:px|em)?(?!\w))+"
)
STOPS = re.compile(r"(?:\s*(?:from|to|[\d.]+%)\s*,?)+")
URL = re.compile(r"url\(\s*(['\"]?)#([^'\")\s]+)\1\s*\)")
UNCLEAR = "its styles choose what is drawn in a way that cannot be followed"


@dataclass(slots=True)
class Names:
    """The names in a drawing, and the numbers that stand in their place in the copy."""

    ids: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)

    def linked(self, value: str) -> str:
        """Return a value with the parts that it refers to by their numbers."""
        return URL.sub(lambda found: f"url(#{self.ids.get(found[2], 'gone')})", value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: whom it is for, what it says, and the condition or the movement that it is a part of."""

    selectors: tuple[str, ...]
    declared: tuple[tuple[str, str], ...]
    around: str = ""


def declarations(text: str) -> list[tuple[str, str]]:
    """Return the properties and values of a style."""
    found = (each.partition(":") for each in DECLARED.findall(COMMENT.sub("", text)))
    return [(name.strip(), value.strip()) for name, _, value in found if name.strip()]


def style(text: str, names: Names, report: Report) -> str:
    """Return a style with only what SVG knows, and report the rest."""
    for note in COMMENT.findall(text):
        report.tell("words", "comment in a style", note)
    return ";".join(f"{name}:{value}" for name, value in _known(declarations(text), names, report))


def _known(declared: list[tuple[str, str]], names: Names, report: Report) -> Iterator[tuple[str, str]]:
    for name, value in declared:
        new = names.linked(value)
        if name.lower().startswith("animation"):
            new = re.sub(r"[\w-]+", lambda found: names.moves.get(found[0], found[0]), new)
        if name.startswith("--") or "var(" in value:
            report.refuse("its styles use values that are named elsewhere")
        elif name.lower() in PROPERTIES and is_known(name.lower(), new):
            yield name.lower(), new
        else:
            report.tell("other", f"style {name}", f"{name}: {value}")


def rules(text: str, report: Report) -> list[Rule]:
    """Return the rules of a sheet, and report what is left out."""
    for note in COMMENT.findall(text):
        report.tell("words", "comment in a style", note)
    found: list[Rule] = []
    for prelude, body in _blocks(COMMENT.sub("", text).replace("<!--", "").replace("-->", ""), report):
        found += _ruled(prelude, body, report)
    return found


def _blocks(text: str, report: Report) -> Iterator[tuple[str, str]]:
    """Yield what stands before each pair of outer braces, and what stands between them."""
    depth, held = 0, ["", ""]
    for piece in PIECE.findall(text):
        depth += (piece == "{") - (piece == "}")
        if depth < 0 or "\\" in piece:
            report.refuse(UNCLEAR)
            return
        if piece == "}" and depth == 0:
            yield _prelude(held[0], report), held[1]
            held = ["", ""]
        elif not (piece == "{" and depth == 1):
            held[depth > 0] += piece
    _prelude(f"{held[0]}{held[1]};", report)


def _prelude(text: str, report: Report) -> str:
    """Return what a block is for, and report the statements before it, such as sheets that lie elsewhere."""
    *statements, prelude = text.split(";")
    for each in statements:
        report.tell("contact" if "//" in each else "other", "style", each)
    return prelude.strip()


def _ruled(prelude: str, body: str, report: Report) -> list[Rule]:
    if not prelude.startswith("@"):
        return [Rule(tuple(each.strip() for each in prelude.split(",")), tuple(declarations(body)))]
    if prelude.startswith("@font-face"):
        _font(body, report)
        return []
    if "keyframes" in prelude or MEDIA.fullmatch(prelude):
        return [
            Rule(tuple(each.strip() for each in inner.split(",")), tuple(declarations(held)), prelude)
            for inner, held in _blocks(body, report)
        ]
    report.refuse(UNCLEAR)
    return []


def _font(body: str, report: Report) -> None:
    report.tell("other", "font", body)
    if "data:" in body:
        report.refuse("it brings letters of its own, which cannot be looked into: turn its text into outlines")


def moves(found: list[Rule]) -> list[str]:
    """Return the names of the movements in a sheet, in order."""
    return list(dict.fromkeys(each.around.split()[-1] for each in found if "keyframes" in each.around))


def named(found: list[Rule]) -> Iterator[str]:
    """Yield the classes and ids that rules are for, with their dot or hash."""
    for rule in found:
        if "keyframes" not in rule.around:
            for selector in rule.selectors:
                yield from re.findall(r"[.#][A-Za-z_][\w-]*", selector)


def links(found: list[Rule]) -> Iterator[str]:
    """Yield the ids of the parts that rules refer to."""
    for rule in found:
        for _, value in rule.declared:
            yield from (link[1] for link in URL.findall(value))


def sheet(found: list[Rule], names: Names, report: Report) -> str:
    """Return the rules as a sheet."""
    written, around = list[str](), ""
    for rule in found:
        head = _around(rule.around, names)
        if head != around:
            written += ["}"] * bool(around) + [f"{head}{{"] * bool(head)
            around = head
        selectors = _stops(rule, report) if "keyframes" in rule.around else _selectors(rule, names, report)
        said = ";".join(f"{name}:{value}" for name, value in _important(rule, names, report))
        written += [f"{selectors}{{{said}}}"] * bool(selectors and said)
    return "\n".join(written + ["}"] * bool(around))


def _around(text: str, names: Names) -> str:
    if "keyframes" in text:
        return f"@keyframes {names.moves[text.split()[-1]]}"
    return " ".join(text.split())


def _important(rule: Rule, names: Names, report: Report) -> Iterator[tuple[str, str]]:
    for name, value in rule.declared:
        bare = IMPORTANT.sub("", value)
        yield from (
            (key, f"{new}!important" if bare != value else new) for key, new in _known([(name, bare)], names, report)
        )


def _stops(rule: Rule, report: Report) -> str:
    text = ",".join(rule.selectors)
    if STOPS.fullmatch(text):
        return text
    report.tell("other", "style", text)
    return ""


def _selectors(rule: Rule, names: Names, report: Report) -> str:
    kept = (_selector(each, names, report) for each in rule.selectors)
    return ",".join(each for each in kept if each)


def _selector(text: str, names: Names, report: Report) -> str:
    """Return whom a rule is for, by numbers, or nothing where that is nobody in this drawing."""
    written, at = "", 0
    while at < len(text):
        found = SELECTOR.match(text, at)
        if not found:
            report.refuse(UNCLEAR)
            return ""
        at = found.end()
        new = _name(found[0], names) if found["name"] else found[0]
        if not new:
            report.tell("words", "style for", f"the style of {text}")
            return ""
        written += new
    return written


def _name(text: str, names: Names) -> str:
    if text[0] == ".":
        return f".{names.classes[text[1:]]}" if text[1:] in names.classes else ""
    if text[0] == "#":
        return f"#{names.ids[text[1:]]}" if text[1:] in names.ids else ""
    return text if text in ELEMENTS else ""
