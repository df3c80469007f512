"""Documents: one small model of a page of words, and the writers that turn it into a file."""

from forethought.documents.html import html
from forethought.documents.model import (
    Block,
    Document,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Segment,
    Table,
    Terms,
    segments,
)
from forethought.documents.visible import visible

__all__ = [
    "Block", "Document", "Heading", "Listing", "Mark", "Note", "Paragraph", "Quote", "Segment", "Table", "Terms",
    "html", "segments", "visible",
]  # fmt: skip
