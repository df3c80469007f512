"""The head of an incident's chain as a page to print and keep elsewhere."""

from forethought.documents import Document, Heading, Listing, Paragraph, Quote
from forethought.incidents.ledger import Head


def head_paper(head: Head, opened: str, made: str) -> Document:
    """Return the page: the head's three lines, what they are for, and how to use them.

    `opened` and `made` are when the incident was opened and the head handed out, in words. Its title is left out, since
    this paper may lie where others see it.
    """
    blocks = (
        Paragraph(f"Of the incident opened on {opened}. Handed out on {made}. Both by this computer's clock."),
        Quote(head.text.strip()),
        Heading(2, "What this is for"),
        Paragraph(
            f"These lines stand for the first {head.length} entries of the ledger, in their order. If one of them is "
            "changed, left out or moved later, or an older copy of the vault is put back, the check will say so. "
            "Nothing of what is in the entries can be read from these lines."
        ),
        Heading(2, "How to keep and use it"),
        Listing(
            (
                "Keep it away from the computer: on paper, with your solicitor, or with somebody whom you trust.",
                "To use it, open the incident's page “Check it” and type or paste the three lines there.",
                "It shows nothing about what is added afterwards. Hand out another one then.",
            )
        ),
    )
    return Document("Head of the evidence ledger", blocks)
