"""What `forethought incidents` says without a vault: what to do, where to report, and many hostile posts counted."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.errors import ForethoughtError, either, sentence

if TYPE_CHECKING:
    from forethought.documents import Document
    from forethought.incidents.interview import Told
    from forethought.incidents.triage.model import Question, Route

NEEDED = {
    "nature": "what happened", "place": "where it happened", "who": "who it is", "nation": "which nation you are in",
}  # fmt: skip
ANSWERED_BY = {"nature": "nature", "place": "place", "who": "who", "nation": "nation", "their-body": "their_body"}


class NotSaidError(ForethoughtError):
    """Something that a plan depends on was left out where nobody can be asked."""

    def __init__(self, missing: Iterable[str]) -> None:
        """Take the options that are missing."""
        known = {"nature": natures, "place": places, "who": people, "nation": nations}
        told = (f"say {NEEDED[name]} with --{name}: {either(known[name]())}." for name in missing)
        super().__init__(" ".join(told))


class ChoiceError(ForethoughtError):
    """An answer that is none of the numbers."""


def natures() -> Iterable[str]:
    """Return what may have happened."""
    from forethought.incidents.triage.load import natures as every

    return tuple(every())


def places() -> Iterable[str]:
    """Return where it may have happened."""
    from forethought.incidents.triage.model import PLACES

    return PLACES


def people() -> Iterable[str]:
    """Return who it may be."""
    from forethought.incidents.triage.model import PEOPLE

    return PEOPLE


def nations() -> Iterable[str]:
    """Return the nations."""
    from forethought.incidents.triage.model import NATIONS

    return NATIONS


def their_bodies() -> Iterable[str]:
    """Return the bodies to which whoever did it may belong."""
    from forethought.incidents.triage.model import BODIES

    return BODIES


def signs() -> Iterable[str]:
    """Return what else may be so."""
    from forethought.incidents.triage.model import SIGNS

    return SIGNS


def grounds() -> Iterable[str]:
    """Return over what somebody may be targeted."""
    from forethought.incidents.triage.model import GROUNDS

    return GROUNDS


FORM = click.option(
    "--format", "form", type=names.Known("format", lambda: ("text", "json", "html")), default="text",
    help="How to answer.",
)  # fmt: skip
OUT = click.option("--out", metavar="FILE", help="Write the answer to a new file.")
ASKED = (
    click.option("--danger", is_flag=True, help="Somebody is in danger now. Call 999 first."),
    click.option("--nature", type=names.Known("nature", natures), help="What happened."),
    click.option("--place", type=names.Known("place", places), help="Where it happened."),
    click.option("--who", type=names.Known("person", people), help="Who it is, as far as you know."),
    click.option("--nation", type=names.Known("nation", nations), help="Which nation you are in."),
    click.option("--their-body", type=names.Known("their-body", their_bodies), help="The body they belong to."),
    click.option(
        "--sign", "signs", multiple=True, type=names.Known("sign", signs), help="What else is so. Repeat for more."
    ),
    click.option(
        "--ground", "grounds", multiple=True, type=names.Known("ground", grounds),
        help="Over what you were targeted. Repeat for more.",
    ),
)  # fmt: skip


def _asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that answer the triage's questions."""
    for option in reversed(ASKED):
        command = option(command)
    return command


@click.command(
    cls=names.NamesInHelp,
    epilog="Example: forethought incidents triage --nature threat --place private --who stranger --nation Wales",
)
@_asking
@click.option(
    "--body", multiple=True, type=names.Suggested("body", names.bodies), help="A body of yours. Repeat for more."
)
@FORM
@OUT
def triage(body: tuple[str, ...], form: str, out: str | None, **told: Any) -> None:
    """Say what to do now, next and not at all, where to report it, and whom to lean on.

    In danger now, call 999 first. What you leave out is asked on a terminal, one question after the other. Nothing of
    it is kept.
    """
    from datetime import date

    from forethought.cli.output import present
    from forethought.guidance import load
    from forethought.incidents.triage import telling
    from forethought.incidents.triage.triage import triage as planned

    guidance, today = load().active(body), date.today()
    found = _answered(told)
    if found.remark:
        click.echo(found.remark, err=True)
    plan = planned(found.answers, guidance)
    present(telling.document(plan, guidance, today), telling.record(plan, today), form, out)


def _answered(told: dict[str, Any]) -> "Told":
    """Return the answers that the options give; ask the others where one that is needed is missing."""
    from forethought.incidents import interview
    from forethought.incidents.triage.model import Answers

    missing = [name for name in NEEDED if not told[name]]
    if missing and not (sys.stdin and sys.stdin.isatty()):
        raise NotSaidError(missing)
    if missing:
        return interview.told(_interviewed(_begun(told)))
    sets = {name: frozenset(told[name]) for name in ("signs", "grounds")}
    return interview.Told(Answers(**{**told, **sets, "their_body": told["their_body"] or ""}))


def _begun(told: dict[str, Any]) -> dict[str, list[str]]:
    """Return the answers of the options by question; with a sign or ground named, no more of them are asked for."""
    from forethought.incidents.triage.load import questions

    given = {id: [told[name]] for id, name in ANSWERED_BY.items() if told[name]}
    given |= {"danger": ["yes"]} if told["danger"] else {}
    for question in questions():
        if question.about in ("signs", "grounds") and told[question.about]:
            given[question.id] = [each.id for each in question.choices if each.id in told[question.about]]
    return given


def _interviewed(given: dict[str, list[str]]) -> dict[str, list[str]]:
    """Ask what is still open, danger first, and return all the answers."""
    from forethought.incidents.interview import coming
    from forethought.incidents.triage.telling import DANGER

    while question := coming(given):
        _show(question)
        given[question.id] = _answer(question)
        if {"yes", "threat-to-life"} & set(given[question.id]):
            click.echo(f"\n{DANGER}", err=True)
    return given


def _show(question: "Question") -> None:
    """Print a question with its choices, numbered, on standard error."""
    from forethought.cli.terminal import show
    from forethought.documents import Document, Listing, Paragraph

    told = tuple(f"{each.title}{f': {each.help}' if each.help else ''}" for each in question.choices)
    helped = (Paragraph(question.help),) if question.help else ()
    click.echo(err=True)
    show(Document(question.title, (*helped, Listing(told, numbered=True))), sys.stderr)


def _answer(question: "Question") -> list[str]:
    """Ask until it is answered, and return the ids of what was chosen."""
    several = question.kind == "several"
    asks = "Numbers, with spaces between, or Enter for none" if several else "A number"
    while True:
        typed = str(click.prompt(asks, default="" if several else None, show_default=False, err=True))
        try:
            chosen = [_picked(word, question) for word in typed.replace(",", " ").split()]
        except ChoiceError as error:
            click.echo(sentence(error), err=True)
            continue
        if several or len(chosen) == 1:
            return chosen
        click.echo("Choose one of them.", err=True)


def _picked(word: str, question: "Question") -> str:
    """Return the choice of a number, or of its first letter where the answer is yes or no."""
    ids = [each.id for each in question.choices]
    if question.kind == "yes-no" and word.casefold() in ("y", "yes", "n", "no"):
        return "yes" if word.casefold().startswith("y") else "no"
    if not (word.isdecimal() and 1 <= int(word) <= len(ids)):
        raise ChoiceError(f"'{word}' is none of the numbers from 1 to {len(ids)}.")
    return ids[int(word) - 1]


@click.command(cls=names.NamesInHelp, epilog="Example: forethought incidents routes --nation Scotland")
@click.option("--nation", type=names.Known("nation", nations), help="Only those of this nation.")
@FORM
@OUT
def routes(nation: str | None, form: str, out: str | None) -> None:
    """List where to report to: what each cannot do, what it asks for, and when that was read."""
    from datetime import date

    from forethought.cli.output import present
    from forethought.incidents.triage.load import routes as every
    from forethought.incidents.triage.reporting import warnings

    today = date.today()
    found = [each for each in every() if nation is None or nation in each.nations]
    data = [{**asdict(each), "warnings": warnings(each, today)} for each in found]
    present(_listed(found, nation, today), data, form, out)


def _listed(found: Sequence["Route"], nation: str | None, today: Any) -> "Document":
    """Return routes as a document, the warnings above the numbers."""
    from forethought.documents import Document, Heading, Note, Paragraph, Terms
    from forethought.incidents.triage.reporting import warnings
    from forethought.incidents.triage.telling import DANGER

    blocks: list[Any] = [Note(DANGER)]
    for route in found:
        blocks += [Heading(2, route.name), Paragraph(route.when), *map(Note, warnings(route, today))]
        blocks.append(Terms(tuple((name, words) for name, words in _rows(route) if words)))
    return Document(f"Where to turn in {nation}" if nation else "Where to turn", tuple(blocks))


def _rows(route: "Route") -> tuple[tuple[str, str], ...]:
    """Return what is known of a route: what it cannot do stands before what it can."""
    from forethought.pages.wording import joined

    return (
        ("What it cannot do", " ".join(route.cannot_do)),
        ("What it can do", route.can_do),
        ("It asks for", "; ".join(route.asks_for)),
        ("Have ready", "; ".join(route.have_ready)),
        ("Telephone", route.phone),
        ("Where", route.address),
        ("Nations", joined(route.nations)),
        ("Read", f"{route.source_title}, {route.read_on.day} {route.read_on:%B %Y}"),
    )


@click.command("pile-on", epilog="Example: forethought incidents pile-on replies.csv")
@click.argument("file", metavar="FILE|-")
@click.option("--day-first/--month-first", default=None, help="How dates are written, where it cannot be told.")
@FORM
@OUT
def pile_on(file: str, day_first: bool | None, form: str, out: str | None) -> None:
    """Count many hostile posts at once: over time, by account and by kind, and say which to keep.

    FILE is a list that you pasted, a table (CSV), JSON, or an exported chat; - reads it from standard input. Nothing
    of it is kept.
    """
    from datetime import datetime

    from forethought.cli.output import present
    from forethought.incidents.pileon import telling
    from forethought.incidents.pileon.reading import read_posts

    now = datetime.now().astimezone()
    found = read_posts(_content(file), now, day_first)
    present(telling.document(found, now), telling.record(found, now), form, out)


def _content(name: str) -> bytes:
    """Return what a file or standard input holds, up to one byte more than is read at once."""
    from forethought.cli.inputs import open_file, reading, standard_input
    from forethought.incidents.pileon.model import MOST_BYTES

    if name == "-":
        with reading("standard input"):
            return standard_input().read(MOST_BYTES + 1)
    with open_file(name) as source, reading(name):
        return source.read(MOST_BYTES + 1)
