"""A document as a Word file, with real headings, lists and a table head that repeats; python-docx is an extra."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
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
from forethought.errors import MissingExtraError

LANGUAGE = "en-GB"


def word(document: Document) -> bytes:
    """Return the whole file. Raises MissingExtraError where python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("Word files", "word", "The page for printing (HTML) needs no extra.") from error
    made = docx.Document()
    _say_what_is_true(made, document.title)
    made.add_heading(_text(document.title), level=1)
    for block in document.blocks:
        _WRITERS[type(block)](made, block)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _say_what_is_true(made: Any, title: str) -> None:
    """Put our own title and time in place of what the library's template says of itself: another program and day."""
    told, rels = made.core_properties, made.part.package.rels
    told.title, told.language, told.author, told.comments = _text(title), LANGUAGE, "", ""
    told.created = told.modified = datetime.now(UTC)
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/extended-properties", "/thumbnail"))]:
        del rels[key]


def _text(words: str) -> str:
    """Return words as XML can hold them."""
    return "".join(sign if sign >= " " or sign in "\n\t" else "\ufffd" for sign in visible(words)).translate(_UNHELD)


_UNHELD = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def _heading(made: Any, block: Heading) -> None:
    made.add_heading(_text(block.words), level=block.level)


def _paragraph(made: Any, block: Paragraph) -> None:
    made.add_paragraph(_text(block.words))


def _note(made: Any, block: Note) -> None:
    made.add_paragraph(_text(block.words), style="Intense Quote")


def _listing(made: Any, block: Listing) -> None:
    for item in block.items:
        made.add_paragraph(_text(item), style="List Number" if block.numbered else "List Bullet")


def _terms(made: Any, block: Terms) -> None:
    for name, words in block.rows:
        line = made.add_paragraph()
        line.add_run(f"{_text(name)}: ").bold = True
        line.add_run(_text(words))


def _table(made: Any, block: Table) -> None:
    made.add_paragraph(_text(block.caption), style="Caption")
    table = made.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    for row in (block.heads, *block.rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _text(words)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(f"{{{head.nsmap['w']}}}tblHeader", {}))


def _quote(made: Any, block: Quote) -> None:
    line = made.add_paragraph(style="Quote")
    for segment in segments(block.text, block.marks):
        run = line.add_run(_text(segment.text))
        run.bold = run.underline = bool(segment.labels) or None
        if segment.closes:
            line.add_run(_text(", ".join(segment.closes))).font.superscript = True


_WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Listing: _listing,
    Terms: _terms,
    Table: _table,
    Quote: _quote,
}
