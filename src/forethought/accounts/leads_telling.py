"""How accounts lead to each other, as a table, as a document and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from forethought.accounts.leads import CITES, Lead
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table
from forethought.guidance import Guidance, Provision
from forethought.pages.wording import body_name

LIMITS = (
    "Only what you entered or imported was compared. What other people post, what apps suggest and who recognises you "
    "cannot be seen from here, so an account that nothing leads to can still be traced."
)
WORDS = {"strong": "Strong", "some": "Some", "weak": "Weak"}
HEADS = ("No.", "From", "To", "Joins work and private life", "How strong", "What a client would see", "To loosen it")


def table(leads: Sequence[Lead]) -> Table:
    """Return the leads as rows, under the numbers that the drawing has."""
    return Table("How your accounts lead to each other", HEADS, tuple(_row(n, each) for n, each in enumerate(leads, 1)))


def _row(number: int, lead: Lead) -> tuple[str, ...]:
    seen, loosen = (" ".join(getattr(each, name) for each in lead.reasons) for name in ("seen", "loosen"))
    joins = "Yes" if lead.leak else "No"
    return str(number), lead.a.name, lead.b.name, joins, WORDS[lead.strength], seen, loosen


def document(leads: Sequence[Lead], guidance: Guidance) -> Document:
    """Return what leads where, how to loosen it, and what the active documents say of being traced."""
    count = sum(each.leak for each in leads)
    ways = {0: "No way was found", 1: "1 way was found"}.get(count, f"{count} ways were found")
    blocks: list[Block] = [Paragraph(f"{ways} between your accounts for work and those not meant for clients.")]
    blocks += [table(leads)] if leads else []
    return Document("How your accounts lead to each other", (*blocks, Note(LIMITS), *_grounds(guidance)))


def _grounds(guidance: Guidance) -> Iterator[Block]:
    said = [(pack, each) for pack in guidance.packs for each in pack.provisions if each.id in CITES]
    if said:
        yield Heading(2, "Who says so")
        words = (
            f"{body_name(pack)}: {each.says} ({each.section}; {each.id}; {_standing(each)})" for pack, each in said
        )
        yield Listing(tuple(words))


def _standing(provision: Provision) -> str:
    return "states the facts" if provision.standing == "silent" else provision.standing


def record(leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Return the leads as data, for `--format json`."""
    return [
        {
            "from": each.a.name,
            "to": each.b.name,
            "leak": each.leak,
            "strength": each.strength,
            "reasons": [{"sort": why.sort, "seen": why.seen, "loosen": why.loosen} for why in each.reasons],
        }
        for each in leads
    ]
