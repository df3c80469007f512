"""A document in the terminal: bold for titles, marks in numbered brackets so that they do without colour or sight.

No lines are drawn. Width follows the terminal up to 88 columns, beyond which lines are hard to follow.
"""

import itertools
from collections.abc import Callable
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from forethought.documents import (
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
    visible,
)

WIDEST, NARROWEST, USUAL = 88, 20, 80
MARKED = "bold underline"


class Page(Console):
    """A console that leaves a closed pipe to the program, which ends in its own way."""

    def on_broken_pipe(self) -> None:
        """Pass the error on."""
        raise BrokenPipeError


def show(document: Document, place: TextIO) -> None:
    """Print the document on a terminal, or plainly on anything else."""
    console = Page(file=place, highlight=False, markup=False, emoji=False)
    console.width = min(console.width if console.width >= NARROWEST else USUAL, WIDEST)
    _hang(console, "", _text(document.title, "bold"))
    for block in document.blocks:
        if not isinstance(block, Terms):
            console.print()
        _WRITERS[type(block)](console, block)


def _text(words: str, style: str = "") -> Text:
    return Text(visible(words), style=style, overflow="fold")


def _hang(console: Console, lead: str, words: Text) -> None:
    """Print words after a lead, their further lines set under the first word."""
    indent = " " * len(lead)
    lines = words.wrap(console, console.width - len(lead))
    for line in lines:
        line.rstrip()
    leads = itertools.chain([lead], itertools.repeat(indent))
    page = Text("\n").join(
        Text.assemble(before, line) if line else line for before, line in zip(leads, lines, strict=False)
    )
    console.print(page, soft_wrap=True)


def _heading(console: Console, block: Heading) -> None:
    _hang(console, "", _text(block.words, "bold"))


def _paragraph(console: Console, block: Paragraph) -> None:
    _hang(console, "", _text(block.words))


def _note(console: Console, block: Note) -> None:
    _hang(console, "", Text.assemble(("Note: ", "bold"), _text(block.words)))


def _listing(console: Console, block: Listing) -> None:
    for number, item in enumerate(block.items, start=1):
        _hang(console, f"{number}. " if block.numbered else "- ", _text(item))


def _terms(console: Console, block: Terms) -> None:
    for name, words in block.rows:
        _hang(console, "   ", Text.assemble((f"{visible(name)}: ", "bold"), _text(words)))


def _table(console: Console, block: Table) -> None:
    from rich.table import Table as Grid  # few pages hold a table, and it is slow to import

    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for number, head in enumerate(block.heads):
        grid.add_column(_text(head), overflow="fold", no_wrap=number == 0)
    for row in block.rows:
        grid.add_row(*(_text(cell) for cell in row))
    _hang(console, "", _text(block.caption, "bold"))
    console.print(grid)


def _quote(console: Console, block: Quote) -> None:
    words = Text()
    for segment in segments(block.text, block.marks):
        words.append("".join(f"[{label}: " for label in segment.opens), "bold")
        words.append(visible(segment.text), MARKED if segment.labels else "")
        words.append("]" * len(segment.closes), "bold")
    words.rstrip()
    _hang(console, "  ", words)


_WRITERS: dict[type[Block], Callable[[Console, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Listing: _listing,
    Terms: _terms,
    Table: _table,
    Quote: _quote,
}
