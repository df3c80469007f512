"""A summary to take to supervision: what was noticed and what is asked, without the words that were marked."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypedDict

from forethought.documents import Block, Document, Heading, Note, Paragraph, Quote, Terms
from forethought.reading import Draft, Span, read
from forethought.reading.learned import reader

OUT = "[…]"
HARMLESS = frozenset(("author", "fictional", "nobody", "people", "public-figure"))  # whose details tell of no client


class Noticed(TypedDict):
    """One finding as it is kept: what it was and why it matters."""

    title: str
    severity: str
    message: str
    instead: str


def telling(draft: Draft) -> list[Span]:
    """Return where a draft's details about other people stand: any of them could tell who is meant."""
    reading = read(draft, reader())
    found = (*reading.mentions, *(reading.learned.mentions if reading.learned else ()))
    return [each.span for each in found if each.subject not in HARMLESS]


def redacted(text: str, spans: Sequence[Span]) -> str:
    """Return `text` with the words at `spans`, which may overlap, taken out."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at : max(at, start)], OUT]
            at = end
    return "".join([*parts, text[at:]]).replace(OUT + OUT, OUT)


def summary(title: str, text: str, noticed: Sequence[Noticed], question: str, made: datetime) -> Document:
    """Return the summary as a document; `text` is the draft as it may be shown, empty for a dilemma without one."""
    asked = (Heading(2, "What I want to ask"), Paragraph(question or "Nothing is written down yet."))
    if not text:
        about = Paragraph(f"A dilemma, written down on {made:%d %B %Y}: {title}")
        return Document("To take to supervision", (about, *asked))
    checked = Paragraph(f"A draft post, checked on {made:%d %B %Y}. It has not been posted from Forethought.")
    shown = (Heading(2, "The draft, without the words that were marked"), Quote(text))
    care = Note("Words were taken out by a program. Read it once more yourself before you hand it over.")
    return Document("To take to supervision", (checked, *asked, *shown, *_said(noticed), care))


def _said(noticed: Sequence[Noticed]) -> Iterator[Block]:
    """Yield what was noticed, each with why it matters and what to do instead."""
    yield Heading(2, "What was noticed")
    for each in noticed:
        yield Heading(3, f"{each['severity'].capitalize()}: {each['title']}")
        yield Terms((("Why", each["message"]), ("Instead", each["instead"])))
    if not noticed:
        yield Paragraph("Nothing was raised.")
