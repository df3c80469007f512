"""A document as plain text: headings underlined, lines no wider than 72 characters, and tables as lines."""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap
from typing import Any

from forethought.documents.model import (
    Block,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Quote,
    Table,
    Terms,
    segments,
)
from forethought.documents.visible import visible

WIDTH = 72  # characters; a word that is longer, such as an address, stands alone on its line
RULES = {1: "=", 2: "-", 3: "."}  # what underlines a heading of each level; the title's is the first


def text(document: Document) -> str:
    """Return the whole file as text."""
    parts = [_underlined(1, document.title), *(_WRITERS[type(block)](block) for block in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def bracketed(quote: Quote) -> str:
    """Return a quote with its marks as signs: `You [clot] (1)`.

    >>> from forethought.documents import Mark
    >>> bracketed(Quote("You clot", (Mark(4, 8, "1"),)))
    'You [clot] (1)'
    """
    return "".join(
        f"{'[' * len(each.opens)}{each.text}{''.join(f'] ({label})' for label in each.closes)}"
        for each in segments(quote.text, quote.marks)
    )


def _wrapped(words: str, first: str = "", later: str = "") -> str:
    """Return words in lines, their own line ends kept; `first` begins the first line and `later` each other one."""
    lines: list[str] = []
    for line in visible(words).split("\n"):
        lines += wrap(
            line,
            WIDTH,
            initial_indent=later if lines else first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def _underlined(level: int, words: str) -> str:
    lines = _wrapped(words).split("\n")
    widest = max(map(len, lines))
    return "\n".join([*lines, RULES.get(level, RULES[3]) * widest]) if widest else ""


def _heading(block: Heading) -> str:
    return _underlined(block.level, block.words)


def _paragraph(block: Paragraph) -> str:
    return _wrapped(block.words)


def _note(block: Note) -> str:
    return _wrapped(block.words, "| ", "| ")


def _listing(block: Listing) -> str:
    signs = [f"{number}. " if block.numbered else "- " for number, _ in enumerate(block.items, 1)]
    return _lines(_wrapped(item, sign, " " * len(sign)) for sign, item in zip(signs, block.items, strict=True))


def _terms(block: Terms) -> str:
    return _lines(_wrapped(f"{name}: {words}", "", "  ") for name, words in block.rows)


def _table(block: Table) -> str:
    return "\n\n".join(part for part in (_wrapped(block.caption), *_rows(block)) if part)


def _rows(block: Table) -> Iterator[str]:
    """Yield each row: its name on a line, then each of its cells with the heading of its column."""
    for name, *cells in block.rows:
        told = (_wrapped(f"{head}: {cell}", "  ", "    ") for head, cell in zip(block.heads[1:], cells, strict=True))
        yield _lines((_wrapped(f"{block.heads[0]}: {name}", "", "  "), *told))


def _quote(block: Quote) -> str:
    return _wrapped(bracketed(block), "> ", "> ")


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Listing: _listing,
    Terms: _terms,
    Table: _table,
    Quote: _quote,
}
