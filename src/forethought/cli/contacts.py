"""`forethought contacts`: what to do when a client or somebody else gets in touch, and words to answer with."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from forethought.cli import names
from forethought.cli.program import Named
from forethought.errors import ForethoughtError, either

if TYPE_CHECKING:
    from forethought.documents import Document

FORMATS = ("text", "json", "html")


class NotSaidError(ForethoughtError):
    """What happened, or who is behind it, was left out."""


def situation_ids() -> Iterable[str]:
    """Return what may happen."""
    from forethought.contacts.load import situations

    return tuple(situations())


def requester_ids() -> Iterable[str]:
    """Return who may be behind it."""
    from forethought.contacts.load import requesters

    return tuple(requesters())


def place_ids() -> Iterable[str]:
    """Return where an answer could go."""
    from forethought.contacts.places import places

    return tuple(places())


@click.group(cls=Named, epilog="Example: forethought contacts advise connection-request --from current-client")
def contacts() -> None:
    """Answer a client's request, or anybody's, and know what your bodies say about it."""


@contacts.command(
    cls=names.NamesInHelp,
    epilog="Example: forethought contacts advise connection-request --from former-client --body bps-dcp",
)
@click.argument("situation", required=False, type=names.Known("situation", situation_ids))
@click.option("--from", "requester", type=names.Known("requester", requester_ids), help="Who is behind it.")
@click.option("--platform", type=names.Known("platform", place_ids), default="other", help="Where you would answer.")
@click.option(
    "--body", multiple=True, type=names.Suggested("body", names.bodies), help="A body of yours. Repeat for more."
)
@click.option("--format", "form", type=names.Known("format", lambda: FORMATS), default="text", help="How to answer.")
@click.option("--out", metavar="FILE", help="Write the answer to a new file.")
def advise(
    situation: str | None, requester: str | None, platform: str, body: tuple[str, ...], form: str, out: str | None
) -> None:
    """Say what to do about a SITUATION, with the words to send, by each body's guidance."""
    from forethought.cli.output import present
    from forethought.contacts import telling
    from forethought.contacts.advise import advise as answer
    from forethought.guidance import load

    if situation is None or requester is None:
        raise NotSaidError(_what_to_name(situation, requester))
    guidance = load().active(body)
    advice = answer(situation, requester, guidance)
    present(telling.document(advice, guidance, platform), telling.record(advice, platform), form, out)


def _what_to_name(situation: str | None, requester: str | None) -> str:
    """Return what is to be added."""
    happened = f"say what happened: {either(situation_ids())}."
    who = f"say who is behind it with --from: {either(requester_ids())}."
    return " ".join(words for words, given in ((happened, situation), (who, requester)) if given is None)


@contacts.command("list", epilog="Example: forethought contacts list")
@click.option("--format", "form", type=names.Known("format", lambda: FORMATS), default="text", help="How to answer.")
@click.option("--out", metavar="FILE", help="Write the answer to a new file.")
def list_all(form: str, out: str | None) -> None:
    """List what may happen and who may be behind it, with the names to use."""
    from forethought.cli.output import present
    from forethought.contacts.load import requesters, situations

    data = {
        "situations": {each.id: each.meaning for each in situations().values()},
        "requesters": {each.id: each.meaning for each in requesters().values()},
    }
    present(_listed(), data, form, out)


def _listed() -> "Document":
    from forethought.contacts.load import requesters, situations
    from forethought.documents import Document, Heading, Terms

    happened = tuple((f"{each.id}", f"{each.title}. {each.meaning}") for each in situations().values())
    who = tuple((f"{each.id}", f"{each.title}. {each.meaning}") for each in requesters().values())
    blocks = (Heading(2, "What may happen"), Terms(happened), Heading(2, "Who may be behind it"), Terms(who))
    return Document("Contacts", blocks)
