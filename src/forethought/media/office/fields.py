"""Fields in a text: those that a reader needs stay, and of all others only what they show."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from forethought.media.office import xml
from forethought.media.office.report import Report

# Fields whose code says no more than what they show; `=` is a sum in a table.
PLAIN = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES REF PAGEREF NOTEREF TOC SEQ STYLEREF SYMBOL EQ DATE TIME LISTNUM"
    " AUTONUM AUTONUMLGL AUTONUMOUT INDEX".split()
)
LINK = re.compile(r'\s*HYPERLINK\s+("(https?://|mailto:|tel:)[^"]*"|\\l\s+"[^"]*")[^"]*("[^"]*")?\s*(\\\w\s*)*')
CODES = frozenset({"instrText", "delInstrText"})


@dataclass(slots=True)
class _Field:
    """A field that is being read: its code so far, its marks and its code's elements with their runs."""

    code: str = ""
    is_shown: bool = False
    items: list[tuple[Element, Element]] = field(default_factory=list)


def is_plain(code: str) -> bool:
    """Tell whether a field's code gives nothing away that is not shown."""
    words = code.split()
    return bool(LINK.fullmatch(code)) or (bool(words) and words[0].upper() in PLAIN)


def flattened(root: Element, report: Report) -> None:
    """Leave only what fields show, other than plain ones, and report their codes."""
    waiting: list[_Field] = []
    for run in list(xml.named(root, "r")):
        for each in list(run):
            _step(run, each, waiting, report)
    for left in waiting:
        _drop(left, report)
    xml.sift(root, lambda _, each: _simple(each, report))


def _step(run: Element, each: Element, waiting: list[_Field], report: Report) -> None:
    kind = xml.value(each, "fldCharType") if xml.local(each.tag) == "fldChar" else ""
    if kind == "begin":
        waiting.append(_Field())
    if not waiting:
        if xml.local(each.tag) in CODES:
            run.remove(each)
            report.tell("words", "field", xml.words(each))
        return
    top = waiting[-1]
    for held in waiting if xml.local(each.tag) != "rPr" else []:
        held.items += [(run, each)] if not held.is_shown or (kind and held is top) else []
    top.code += (each.text or "") if xml.local(each.tag) in CODES and not top.is_shown else ""
    top.is_shown = top.is_shown or kind == "separate"
    if kind == "end":
        done = waiting.pop()
        if not is_plain(done.code):
            _drop(done, report)


def _drop(left: _Field, report: Report) -> None:
    """Take a field's marks and code out of its runs."""
    report.tell("words", f"field {(left.code.split() or ['without code'])[0]}", left.code)
    for run, each in left.items:
        if any(held is each for held in run):
            run.remove(each)


def _simple(element: Element, report: Report) -> xml.Fate:
    """Judge a field whose code is an attribute, and the data of those that have some."""
    name = xml.local(element.tag)
    if name in ("fldData", "ffData"):
        report.tell("words", f"field {name}", xml.told(element))
        return xml.DROP
    code = xml.value(element, "instr")
    if name != "fldSimple" or is_plain(code):
        return xml.KEEP
    report.tell("words", f"field {(code.split() or ['without code'])[0]}", code)
    return xml.UNWRAP
