"""A document as a PDF that everyone can read: tagged, with a title and a language (PDF/UA-1), set by Typst.

Typst is an extra. It refuses a file that a screen reader could not read, and the same document gives the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from forethought.documents.model import Block, Document, Quote, segments
from forethought.documents.visible import visible
from forethought.errors import MissingExtraError

PAGE = Path(__file__).with_name("page.typ")
STANDARD = "ua-1"
_RARE = re.compile(r"[^\x00-\u024f\u2000-\u206f\u20a0-\u20bf\u2100-\u214f]")  # signs for which a font may lack a shape


def pdf(document: Document) -> bytes:
    """Return the whole file. Raises MissingExtraError where Typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise MissingExtraError("PDF files", "pdf", "The page for printing (HTML) needs no extra.") from error
    try:
        return _set(typst, document, visible)
    except typst.TypstError:
        return _set(typst, document, _named)


def _set(typst: Any, document: Document, written: Callable[[str], str]) -> bytes:
    """Return the file, each of its words as `written` gives them."""
    given = {"title": document.title, "blocks": [_block(block) for block in document.blocks]}
    told = {"document": json.dumps(_every(given, written))}
    made: bytes = typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs=told, pdf_standards=[STANDARD])
    return made


def _block(block: Block) -> dict[str, Any]:
    """Return a block as data, named by its kind."""
    if isinstance(block, Quote):
        parts = segments(block.text, block.marks)
        shown = [{"text": p.text, "marked": bool(p.labels), "label": ", ".join(p.closes)} for p in parts]
        return {"kind": "quote", "segments": shown}
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def _every(given: Any, written: Callable[[str], str]) -> Any:
    """Return data with every text in it rewritten; names of fields and kinds have no signs that could change."""
    if isinstance(given, str):
        return written(given)
    if isinstance(given, dict):
        return {name: _every(each, written) for name, each in given.items()}
    return [_every(each, written) for each in given] if isinstance(given, list | tuple) else given


def _named(words: str) -> str:
    """Return `words` with every sign that no font at hand may have a shape for replaced by its name."""
    return _RARE.sub(lambda sign: f"[{unicodedata.name(sign[0], 'unnamed sign').lower()}]", visible(words))
