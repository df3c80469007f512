"""A document as CommonMark: every sign that could be taken for markup is escaped, and tables are lists.

CommonMark has no tables; a list of lists reads well in every program, and to a screen reader.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from forethought.documents.model import Block, Document, Heading, Listing, Note, Paragraph, Quote, Table, Terms
from forethought.documents.text import bracketed
from forethought.documents.visible import visible

_SIGNS = re.compile(r"[\\`*_\[\]<>#~|]|&(?=#?\w+;)")
_OPENING = re.compile(r"^(?:[-+=]|\d{1,9}(?=[.)]))")  # what would begin a list or underline a heading
_BREAK = "\\\n"


def markdown(document: Document) -> str:
    """Return the whole file as text."""
    parts = [_headed(1, document.title), *(_WRITERS[type(block)](block) for block in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(words: str) -> str:
    r"""Return one line with its markup escaped and its white space even.

    >>> print(_line("1. *Not* a list"))
    1\. \*Not\* a list
    """
    plain = _SIGNS.sub(r"\\\g<0>", " ".join(words.split()))
    return _OPENING.sub(lambda found: f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}", plain)


def _words(words: str, later: str = "") -> str:
    """Return words whose own line ends are kept; `later` begins every line but the first."""
    lines = (_line(line) for line in visible(words).split("\n"))
    return f"{_BREAK}{later}".join(line for line in lines if line)


def _headed(level: int, words: str) -> str:
    line = _line(visible(words))
    return f"{'#' * level} {line}" if line else ""


def _heading(block: Heading) -> str:
    return _headed(block.level, block.words)


def _paragraph(block: Paragraph) -> str:
    return _words(block.words)


def _set_apart(words: str) -> str:
    told = _words(words, "> ")
    return f"> {told}" if told else ""


def _note(block: Note) -> str:
    return _set_apart(block.words)


def _quote(block: Quote) -> str:
    return _set_apart(bracketed(block))


def _listing(block: Listing) -> str:
    signs = [f"{number}. " if block.numbered else "- " for number, _ in enumerate(block.items, 1)]
    return _lines(_item(sign, item) for sign, item in zip(signs, block.items, strict=True))


def _item(sign: str, words: str, before: str = "") -> str:
    return f"{before}{sign}{_words(words, before + ' ' * len(sign))}"


def _terms(block: Terms) -> str:
    return "\n\n".join(_named(name, words) for name, words in block.rows)


def _named(name: str, words: str, later: str = "") -> str:
    """Return a name in bold with its words; where it is empty, the words alone."""
    bold = _line(visible(name))
    return f"**{bold}:** {_words(words, later)}".rstrip() if bold else _words(words, later)


def _table(block: Table) -> str:
    caption = _line(visible(block.caption))
    return "\n\n".join(part for part in (caption, _lines(_rows(block))) if part)


def _rows(block: Table) -> Iterator[str]:
    """Yield each row as an item of a list, its cells as a list within."""
    first, *heads = block.heads
    for name, *cells in block.rows:
        yield f"- {_named(first, name, '  ')}"
        yield from (f"  - {_named(head, cell, '    ')}" for head, cell in zip(heads, cells, strict=True))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part.rstrip() for part in parts)


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Listing: _listing,
    Terms: _terms,
    Table: _table,
    Quote: _quote,
}
