"""A document as one HTML file: no script, nothing fetched, readable on paper, in the dark and by a screen reader.

Marked words carry their label as text, so that colour is never the only sign.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from forethought.documents.model import (
    Block,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    Quote,
    Segment,
    Table,
    Terms,
    segments,
)
from forethought.documents.visible import visible

# Every pair of colours has a contrast of at least 7 to 1, above the 4.5 that WCAG 2.2 AA asks of text.
_STYLE = """
:root { color-scheme: light dark; --ink: #0b0c0c; --paper: #ffffff; --soft: #f3f2f1; --line: #505a5f; --mark: #ffe88a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f2f1; --paper: #16181a; --soft: #25282b; --line: #a5adb2; --mark: #574600; }
}
body { margin: 0 auto; padding: 2rem 1rem; max-width: 44rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.3rem; line-height: 1.3; margin-top: 2.25rem; }
h3 { font-size: 1.1rem; margin-top: 1.5rem; }
blockquote { margin: 1rem 0; padding: .75rem 1rem; border-left: .3rem solid var(--line); background: var(--soft);
  white-space: pre-wrap; }
mark { background: var(--mark); color: inherit; font-weight: 600; text-decoration: underline; }
mark sup { margin-left: .15em; font-size: .75em; text-decoration: none; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0; }
aside { margin: 1rem 0; padding: .1rem 1rem; border: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
@media print {
  :root { --ink: #000000; --paper: #ffffff; --soft: #ffffff; --line: #505a5f; --mark: #ffffff; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h2, h3, dt { break-after: avoid; }
  blockquote, tr, dd, aside { break-inside: avoid; }
}
"""


def html(document: Document) -> str:
    """Return the whole file as text; written as UTF-8, it stands alone."""
    title = _text(document.title)
    body = fragment(document.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def fragment(blocks: Iterable[Block]) -> str:
    """Return the blocks alone, to stand in a page of somebody else's making."""
    return "\n".join(_block(block) for block in blocks)


def _text(words: str) -> str:
    return escape(visible(words))


def _wrap(tag: str, words: str) -> str:
    return f"<{tag}>{_text(words)}</{tag}>"


def _block(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _heading(block: Heading) -> str:
    return _wrap(f"h{block.level}", block.words)


def _paragraph(block: Paragraph) -> str:
    return _wrap("p", block.words)


def _note(block: Note) -> str:
    return f"<aside>{_wrap('p', block.words)}</aside>"


def _listing(block: Listing) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>\n{_lines(_wrap('li', item) for item in block.items)}</{tag}>"


def _terms(block: Terms) -> str:
    return f"<dl>\n{_lines(_wrap('dt', name) + _wrap('dd', words) for name, words in block.rows)}</dl>"


def _table(block: Table) -> str:
    """Return the table in a box of its own, which scrolls by keyboard too where the page is narrow."""
    caption = _text(block.caption)
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in block.heads)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">\n<table>\n'
        f"<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{_lines(_row(row) for row in block.rows)}</tbody>\n</table>\n</div>"
    )


def _row(row: tuple[str, ...]) -> str:
    name, *cells = row
    return f'<tr><th scope="row">{_text(name)}</th>{"".join(_wrap("td", cell) for cell in cells)}</tr>'


def _quote(block: Quote) -> str:
    return f"<blockquote>{''.join(_segment(each) for each in segments(block.text, block.marks))}</blockquote>"


def _segment(segment: Segment) -> str:
    words = _text(segment.text)
    if not segment.labels:
        return words
    closing = _text(", ".join(segment.closes))
    label = f'<sup><span class="away"> marked </span>{closing}</sup>' if closing else ""
    return f"<mark>{words}{label}</mark>"


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"{part}\n" for part in parts)


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: _note,
    Listing: _listing,
    Terms: _terms,
    Table: _table,
    Quote: _quote,
}
