"""Tables and hidden styles of OpenDocument files."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from forethought.media.office import xml
from forethought.media.office.report import Report

CELLS = frozenset({"table-cell", "covered-table-cell"})
VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value", "value-type", "formula", "currency")
MOST_COLUMNS = 1 << 20


def hidden_styles(roots: Iterable[Element]) -> dict[str, frozenset[str]]:
    """Return the names of styles that hide what has them, by what they are for, and of layers that are not shown."""
    found: dict[str, set[str]] = {"text": set(), "table": set(), "page": set(), "layer": set()}
    parents: dict[str, str] = {}
    for root in roots:
        for style in xml.named(root, "style"):
            name = xml.value(style, "name")
            parents[name] = xml.value(style, "parent-style-name")
            for each in style:
                _hides(xml.local(each.tag), each, name, found)
        found["layer"] |= {
            xml.value(each, "name")
            for each in xml.named(root, "layer")
            if xml.value(each, "display") in ("none", "printer")
        }
    found["text"] |= {name for name in parents if _inherits(name, parents, found["text"])}
    return {what: frozenset(names) for what, names in found.items()}


def _hides(kind: str, properties: Element, name: str, found: dict[str, set[str]]) -> None:
    if kind == "text-properties" and xml.value(properties, "display") == "none":
        found["text"].add(name)
    if kind == "table-properties" and xml.value(properties, "display") == "false":
        found["table"].add(name)
    if kind == "drawing-page-properties" and xml.value(properties, "visibility") == "hidden":
        found["page"].add(name)


def _inherits(name: str, parents: dict[str, str], hidden: set[str]) -> bool:
    for _ in range(50):
        if name in hidden:
            return True
        name = parents.get(name, "")
    return False


def cleaned(root: Element, is_lost: bool, report: Report) -> None:
    """Empty cells that are hidden, and report them.

    Where any are, or a hidden table `is_lost`, formulas become their values, as do those that lead to other files.
    """
    emptied = is_lost
    for table in list(xml.named(root, "table")):
        columns = list(_hidden_columns(table))
        for row in xml.named(table, "table-row"):
            is_hidden = xml.value(row, "visibility") in ("collapse", "filter")
            emptied = _row(row, is_hidden, columns, report) or emptied
    for cell in xml.named(root, *CELLS):
        for key in [key for key in cell.attrib if xml.local(key) == "formula"]:
            if emptied or "'file:" in cell.attrib[key] or "://" in cell.attrib[key]:
                report.tell("edit", "formula", cell.attrib.pop(key))


def _repeated(element: Element) -> int:
    held = xml.value(element, "number-columns-repeated")
    return min(int(held[:9]), MOST_COLUMNS) if held.isdigit() else 1


def _hidden_columns(table: Element) -> Iterator[tuple[int, int]]:
    """Yield the first column of each hidden stretch, and the one after its last."""
    at = 0
    for each in xml.named(table, "table-column"):
        count = _repeated(each)
        if xml.value(each, "visibility") in ("collapse", "filter"):
            yield at, at + count
        at += count


def _row(row: Element, is_hidden: bool, columns: list[tuple[int, int]], report: Report) -> bool:
    """Empty the hidden cells of a row, and tell whether any held something."""
    at, emptied = 0, False
    for cell in row:
        if xml.local(cell.tag) not in CELLS:
            continue
        count = _repeated(cell)
        is_in = any(first < at + count and at < end for first, end in columns)
        at += count
        if (is_hidden or is_in) and (len(cell) or xml.value(cell, "value-type")):
            report.tell("words", "hidden cell", xml.words(cell) or xml.value(cell, "value"))
            cell[:] = []
            for key in [key for key in cell.attrib if xml.local(key) in VALUES]:
                del cell.attrib[key]
            emptied = True
    return emptied
