"""`forethought accounts hacked` and `links`: what to do after a takeover, and whether a message looks like a scam."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.account_options import BODY, FORM, OUT, guidance_of, nations, platforms
from forethought.errors import ForethoughtError, UnknownNameError

if TYPE_CHECKING:
    from forethought.accounts.checkups.model import Platform
    from forethought.accounts.hacked.notices import Notice
    from forethought.accounts.hacked.plan import HackedPlan
    from forethought.documents import Block, Document

LONGEST = 200_000  # bytes of a message
NATION = "England"
MOMENTS = ("happened", "regained")
PLACES = (
    *MOMENTS,
    "effect",
    "handle",
    "how_many",
    "measures",
    "name",
    "other_way",
    "platform",
    "posted",
    "practice",
    "references",
    "what",
)  # of a draft, that --say fills
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M%z"])


class NoMessageError(ForethoughtError):
    """Nothing to look at."""

    def __init__(self) -> None:
        super().__init__(
            "there is no message to look at. Give it in quotation marks, name a file, or give - and paste."
        )


class NoMomentError(ForethoughtError):
    """Words that are no time."""

    def __init__(self, words: str) -> None:
        """Take the words."""
        super().__init__(f"'{words}' is not a time that can be read. Write it as 2026-11-29T08:30.")


class LongMessageError(ForethoughtError):
    """More than is looked at at once."""

    def __init__(self) -> None:
        super().__init__(f"the message has more than {LONGEST:,} bytes. Give the part with the link.")


def kinds() -> Iterable[str]:
    """Return what can be taken over: kinds of account, and the platforms by name."""
    from forethought.accounts.hacked.load import kinds as every

    return (*every(), *(each for each in platforms() if each not in every()))


def facts() -> Iterable[str]:
    """Return what else may be so."""
    from forethought.accounts.hacked.load import FACTS

    return tuple(FACTS)


@click.command(
    cls=names.NamesInHelp, epilog="Example: forethought accounts hacked instagram --nation Wales --fact clients"
)
@click.argument("kind", type=names.Known("kind", kinds))
@click.option("--nation", type=names.Known("nation", nations), help="Which nation you are in.")
@click.option("--fact", "facts", multiple=True, type=names.Known("fact", facts), help="What is so. Repeat for more.")
@click.option("--aware", type=MOMENT, metavar="TIME", help="When you learned of it, such as 2026-11-29T08:30.")
@click.option("--notices", is_flag=True, help="Add drafts to those who should know. Nothing is sent.")
@click.option("--say", nargs=2, multiple=True, metavar="PLACE WORDS", help="What a draft says, such as: handle @reed.")
@BODY
@FORM
@OUT
def hacked(
    kind: str, nation: str | None, facts: tuple[str, ...], aware: datetime | None, notices: bool,
    say: tuple[tuple[str, str], ...], body: tuple[str, ...], form: str, out: str | None,
) -> None:  # fmt: skip
    """Say what to do, in order, after an account was taken over.

    KIND is a kind of account, a device or a platform. Evidence comes first. This needs no vault, and nothing of it
    is kept or sent; at the desk you can note each stage.
    """
    from datetime import date

    from forethought.accounts.hacked import telling
    from forethought.accounts.hacked.clock import clock
    from forethought.accounts.hacked.plan import plan
    from forethought.cli.output import present

    guidance, now = guidance_of(body), datetime.now().astimezone()
    since = aware.astimezone() if aware else None
    platform = _platform(kind)
    made = plan(_kind(kind, platform), nation or NATION, guidance, facts)
    left = clock(since, now) if since else None
    drafts = _drafts(made, platform, since, say) if notices or say else ()
    if nation is None:
        click.echo(f"No nation was named, so this is for {NATION}. Change that with --nation.", err=True)
    document = telling.document(made, guidance, date.today(), left)
    data = {
        **telling.record(made, date.today(), left),
        "platform": _recovery_data(platform),
        "notices": [_notice_data(each) for each in drafts],
    }
    present(_with(document, platform, drafts), data, form, out)


def _platform(kind: str) -> "Platform | None":
    """Return the platform of this name; None for a kind of account, whose name comes first where both have one."""
    from forethought.accounts.checkups.load import checkups
    from forethought.accounts.hacked.load import kinds as every

    return None if kind in every() else checkups().get(kind)


def _kind(kind: str, platform: "Platform | None") -> str:
    from forethought.accounts.hacked.load import kind_of

    return kind_of(platform.sort) if platform else kind


def _drafts(
    plan: "HackedPlan", platform: "Platform | None", aware: datetime | None, say: tuple[tuple[str, str], ...]
) -> "tuple[Notice, ...]":
    """Return the drafts that the plan's steps speak of. Raises UnknownNameError and NoMomentError."""
    from forethought.accounts.hacked.notices import Told
    from forethought.accounts.hacked.notices import notices as every

    for place, _ in say:
        if place not in PLACES:
            raise UnknownNameError("place", place, PLACES)
    values: dict[str, Any] = {"platform": platform.title if platform else "", **dict(say)}
    values |= {place: _moment(words) for place, words in say if place in MOMENTS}
    wanted = [step.notice for part in plan.stages for step in part.steps if step.notice]
    return every(Told(aware=aware, **values), wanted) if wanted else ()


def _moment(words: str) -> datetime:
    """Return a moment as it was said. Raises NoMomentError."""
    try:
        return datetime.fromisoformat(words).astimezone()
    except ValueError as error:
        raise NoMomentError(words) from error


def _with(document: "Document", platform: "Platform | None", drafts: "Iterable[Notice]") -> "Document":
    """Return the plan with what is known of the platform, before it is got back, and with the drafts."""
    from forethought.accounts.hacked.load import stages
    from forethought.documents import Document, Heading

    at = document.blocks.index(Heading(2, next(each.title for each in stages() if each.id == "regain")))
    there = tuple(_recovery(platform)) if platform else ()
    return Document(document.title, (*document.blocks[:at], *there, *document.blocks[at:], *_drafted(drafts)))


def _recovery(platform: "Platform") -> "Iterator[Block]":
    from forethought.documents import Heading, Listing, Paragraph

    recovery = platform.recovery
    yield Heading(2, f"At {platform.title}")
    yield Paragraph(f"Where to begin, typed in by hand or opened yourself: {recovery.address}")
    for title, steps in (
        ("To get it back", recovery.regain),
        ("To sign everybody out", recovery.sign_out),
        ("Apps that may use it", recovery.apps),
        ("What else to look for", recovery.forwarding),
    ):
        if steps:
            yield from (Heading(3, title), Listing(steps))


def _drafted(drafts: "Iterable[Notice]") -> "Iterator[Block]":
    from forethought.documents import Heading, Quote

    for each in drafts:
        yield from (Heading(2, f"Draft: {each.title}"), Quote(each.formal))
        yield from (Heading(3, "In short"), Quote(each.short))


def _recovery_data(platform: "Platform | None") -> dict[str, Any] | None:
    from dataclasses import asdict

    return {"id": platform.id, **asdict(platform.recovery)} if platform else None


def _notice_data(notice: "Notice") -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(notice)


@click.command(
    epilog='Example: forethought accounts links "Your parcel waits: http://royalmail.parcel-fee.example/pay"'
)
@click.argument("message", metavar="TEXT|FILE|-")
@FORM
@OUT
def links(message: str, form: str, out: str | None) -> None:
    """Say whether a message or a link looks like a scam, and why.

    No link is opened or looked up. TEXT goes in quotation marks; - reads it from standard input.
    """
    from forethought.accounts.hacked import telling
    from forethought.accounts.hacked.links import look
    from forethought.cli.output import present

    found = look(_words(message))
    present(telling.links_document(found), telling.links_record(found), form, out)


def _words(given: str) -> str:
    """Return the message: the words themselves, a file's, or those on standard input."""
    from forethought.cli.inputs import open_file, reading, standard_input

    if given == "-":
        with reading("standard input"):
            held = standard_input().read(LONGEST + 1)
    elif os.path.exists(given):
        with open_file(given) as file, reading(given):
            held = file.read(LONGEST + 1)
    else:
        held = given.encode("utf-8", "surrogateescape")
    if len(held) > LONGEST:
        raise LongMessageError
    words = held.decode("utf-8-sig", "replace")
    if not words.strip():
        raise NoMessageError
    return words
