"""The list to act on, as a table for a spreadsheet and as a page to print."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from forethought.documents import Block, Document, Heading, Note, Paragraph, Quote, Terms
from forethought.documents.table_file import table_file
from forethought.pages.wording import rule_title

HEADER = ("when", "platform", "account", "verdict", "found", "text", "address", "decision", "reason", "done")
MOST = 500  # posts on a page to print


class Row(Protocol):
    """A post as a list shows it."""

    text: str
    address: str
    platform: str
    raw: str
    verdict: str
    findings: list[dict[str, object]]
    decision: str
    reason: str
    created: datetime | None
    done: datetime | None

    @property
    def touches_client(self) -> bool:
        """Whether it may belong to a client's record."""

    @property
    def before_qualifying(self) -> bool:
        """Whether it was written before the person qualified."""


def as_csv(rows: Iterable[Row]) -> str:
    """Return the list as CSV; a cell that a spreadsheet program would run is made plain by an apostrophe."""
    return table_file(HEADER, map(_cells, rows))


def _cells(row: Row) -> tuple[str, ...]:
    found = "; ".join(f"{each['severity']} {each['rule']}" for each in row.findings)
    account = getattr(getattr(row, "archive", None), "account", "")
    when = when_of(row)
    done = f"{row.done:%Y-%m-%d}" if row.done else ""
    return (when, row.platform, account, row.verdict, found, row.text, row.address, row.decision, row.reason, done)


def when_of(row: Row) -> str:
    """Return when a post was made, as a day, or as the export writes it."""
    return f"{row.created:%Y-%m-%d}" if row.created else row.raw


def as_document(rows: Iterable[Row], now: datetime) -> Document:
    """Return the list as a document, the gravest first, with the order in which to act."""
    blocks: list[Block] = [
        Paragraph(f"Made on {now:%d %B %Y}. It holds your own posts with what was noticed in them."),
        Note("Where a post touches a client, keep a copy for the client record before you take it down."),
    ]
    for number, row in enumerate(rows, 1):
        if number > MOST:
            blocks.append(Paragraph(f"The first {MOST} posts are shown here. The table has them all."))
            break
        blocks += _post(number, row)
    return Document("What is out there, and what to do about it", tuple(blocks))


def _post(number: int, row: Row) -> Iterator[Block]:
    yield Heading(2, f"{number}. {row.verdict.capitalize()}: {row.platform}, {when_of(row) or 'without a date'}")
    yield Quote(row.text or "(a picture without words)")
    yield Terms(tuple((str(each["severity"]).capitalize(), rule_title(str(each["rule"]))) for each in row.findings))
    if row.before_qualifying:
        yield Paragraph("Written before you qualified. Clients can still find it.")
    if row.touches_client:
        yield Paragraph("Keep a copy for the client record first, then take it down.")
    if row.address:
        yield Paragraph(f"It stands at {row.address}")
