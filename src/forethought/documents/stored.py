"""A document as plain data to be kept, and back again, so that it stays as it was whatever made it changes later."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, get_args

from forethought.documents.model import Block, Document, Mark, Quote

_KINDS: Mapping[str, Any] = {kind.__name__.lower(): kind for kind in get_args(Block)}


def stored(document: Document) -> dict[str, Any]:
    """Return a document as data that JSON can hold."""
    blocks = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in document.blocks]
    return {"title": document.title, "blocks": blocks}


def restored(data: Mapping[str, Any]) -> Document:
    """Return the document that was stored as this data, also after JSON has held it."""
    return Document(data["title"], tuple(_block(each) for each in data["blocks"]))


def _block(data: Mapping[str, Any]) -> Block:
    values = {name: _tuples(value) for name, value in data.items() if name != "kind"}
    block: Block = _KINDS[data["kind"]](**values)
    if isinstance(block, Quote):
        return Quote(block.text, tuple(Mark(*each) for each in block.marks))
    return block


def _tuples(value: Any) -> Any:
    """Return lists as tuples, however deep."""
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value
