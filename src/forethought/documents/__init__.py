"""Documents: one small model of a page of words; each writer that turns it into a file is imported when wanted."""

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
    "segments", "visible",
]  # fmt: skip
