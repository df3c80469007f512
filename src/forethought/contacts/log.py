"""The decision log to hand over: as a document, and as a table for a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from forethought.documents import Block, Document, Heading, Paragraph, Terms
from forethought.documents.table_file import table_file

HEADS = ("Happened", "Written down", "What and who", "Platform", "Reference", "Advised", "Answered", "Why")
TRUE_OF_NAMES = "References stand for people here; what you wrote yourself is as you wrote it."


class Kept(Protocol):
    """A decision as it is kept."""

    happened: date
    made: date
    reference: str
    answered: str
    reasons: str

    @property
    def title(self) -> str:
        """What happened and who was behind it."""

    @property
    def where(self) -> str:
        """Where an answer would have gone."""

    @property
    def advised(self) -> str:
        """The course that was advised, in words."""


def document(decisions: Sequence[Kept], today: date) -> Document:
    """Return the log as a document."""
    count = f"{len(decisions)} decision{'' if len(decisions) == 1 else 's'}"
    lead = Paragraph(f"{count}, printed on {today:%d %B %Y}. {TRUE_OF_NAMES}")
    return Document("Decisions about contacts", (lead, *(block for each in decisions for block in _blocks(each))))


def _blocks(decision: Kept) -> tuple[Block, ...]:
    rows = tuple((head, words) for head, words in zip(HEADS[1:], _row(decision)[1:], strict=True) if words)
    return Heading(2, f"{decision.happened:%d %B %Y}"), Terms(rows)


def table(decisions: Sequence[Kept]) -> str:
    """Return the log as a file for a spreadsheet, a row a decision, with nothing in it that would be run."""
    return table_file(HEADS, map(_row, decisions))


def _row(decision: Kept) -> tuple[str, ...]:
    return (
        decision.happened.isoformat(),
        f"{decision.made:%Y-%m-%d %H:%M}",
        decision.title,
        decision.where,
        decision.reference,
        decision.advised,
        decision.answered,
        decision.reasons,
    )
