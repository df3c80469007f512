"""`forethought incidents`: evidence of online abuse kept as it is, what to do about it, and packs to hand over."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.incident_advice import pile_on, routes, triage
from forethought.cli.incident_checks import head, stamp, verify
from forethought.cli.incident_items import add
from forethought.cli.incident_packs import pack
from forethought.cli.incident_vault import FOLDER, FORM, NUMBER, find
from forethought.cli.program import Named
from forethought.errors import ForethoughtError, UnknownNameError
from forethought.pages.names import as_listed

if TYPE_CHECKING:
    from forethought.documents import Block, Document
    from forethought.incidents.models import Event, Incident

# What can be noted, and the field that its words go into.
MAIN = {"action": "step", "effect": "words", "witness": "saw", "account": "handle", "note": "words"}


class EmptyNoteError(ForethoughtError):
    """A note without a word in it."""

    def __init__(self) -> None:
        super().__init__("there are no words to note. Write what happened, in quotation marks.")


@click.group(cls=Named, epilog='Example: forethought incidents add screenshot.png --new "Messages after the workshop"')
def incidents() -> None:
    """Keep evidence of online abuse, know what to do, and hand over a pack that others can check.

    If anybody is in danger now, call 999 first.
    """


for command in (add, head, pack, pile_on, routes, stamp, triage, verify):
    incidents.add_command(command)


@incidents.command("list", epilog="Example: forethought incidents list")
@FOLDER
@FORM
def listed(folder: Path | None, form: str) -> None:
    """List your incidents, with the number of each."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.documents import Document, Paragraph, Table

    with opened(folder):
        from forethought.incidents.models import Incident

        data = [_summary(each) for each in Incident.objects.all()]
    heads = ("Number", "Title", "Opened", "Items", "Over")
    rows = tuple((str(each["number"]), *_cells(each)) for each in data)
    table = Table("Newest first", heads, rows) if rows else Paragraph("There is no incident yet.")
    present(Document("Incidents", (table,)), data, form)


def _summary(incident: "Incident") -> dict[str, Any]:
    from forethought.incidents import keeping

    return {
        "number": incident.pk,
        "title": incident.title,
        "opened": incident.opened.isoformat(timespec="seconds"),
        "closed": incident.closed.isoformat(timespec="seconds") if incident.closed else None,
        "items": keeping.records(incident, "item").count(),
        "events": incident.length,
        "key": incident.key,
        "head": incident.head,
    }


def _cells(summary: dict[str, Any]) -> tuple[str, ...]:
    opened, items = _day(summary["opened"]), f"{summary['items']:,}"
    return summary["title"], opened, items, _day(summary["closed"]) if summary["closed"] else "no"


def _day(moment: str) -> str:
    at = datetime.fromisoformat(moment).astimezone()
    return f"{at.day} {at:%b %Y}"


@incidents.command(epilog="Example: forethought incidents show 3")
@NUMBER
@click.option("--hidden", is_flag=True, help="Show the contents in a quiet time as well.")
@FOLDER
@FORM
def show(number: int, hidden: bool, folder: Path | None, form: str) -> None:
    """Show what an incident holds: each record, with where each of its values is from."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    with opened(folder):
        from forethought.incidents import keeping

        incident = find(number)
        quiet = not hidden and incident.quiet_until is not None and date.today() < incident.quiet_until
        events: list[Event] = [] if quiet else list(keeping.records(incident))
        data = {**_summary(incident), "hidden": quiet, "records": [_record(each) for each in events]}
        document = _document(incident, events, quiet)
    present(document, data, form)


def _document(incident: "Incident", events: "Iterable[Event]", quiet: bool) -> "Document":
    from forethought.documents import Document, Heading, Note, Paragraph, Terms
    from forethought.incidents.packs.papers import ORIGIN_WORDS

    summary = _summary(incident)
    rows = (
        ("Incident", f"{incident.pk}, opened {_day(summary['opened'])}"),
        ("Items", f"{summary['items']:,}"),
        ("Events in its chain", f"{incident.length:,}"),
        ("Head", incident.head),
    )
    blocks: list[Block] = [Terms(rows)]
    if quiet and incident.quiet_until:
        until = f"{incident.quiet_until.day} {incident.quiet_until:%B %Y}"
        blocks.append(Note(f"What was said is hidden until {until}. --hidden shows it all the same."))
        return Document(incident.title, tuple(blocks))
    blocks.append(Paragraph(ORIGIN_WORDS))
    for event in events:
        blocks += [Heading(2, _headed(event)), Terms(tuple(_fields(event)))]
    return Document(incident.title, tuple(blocks))


def _headed(event: "Event") -> str:
    from forethought.incidents.fields import WHATS
    from forethought.incidents.noting import day

    what = f"Item {event.value('number')}" if event.what == "item" else WHATS[event.what]
    return f"{what[:1].upper()}{what[1:]} (event {event.number}, kept {day(event.at)} UTC)"


def _fields(event: "Event") -> Iterator[tuple[str, str]]:
    """Yield a record's values, each with where it is from, in the order in which a page has them."""
    from forethought.incidents.fields import TITLES, title_of
    from forethought.incidents.packs.papers import UNSHOWN, shown

    fields = event.fields or {}
    for name in dict.fromkeys((*TITLES[event.what], *fields)):
        if name in fields and name not in UNSHOWN:
            yield f"{title_of(event.what, name)} [{fields[name]['from']}]", shown(name, fields[name]["value"])


def _record(event: "Event") -> dict[str, Any]:
    names = ("number", "at", "did", "what", "record", "fields")
    return {"event" if name == "number" else name: getattr(event, name) for name in names}


def _noted() -> tuple[str, ...]:
    return tuple(MAIN)


@incidents.command(epilog='Example: forethought incidents note 3 "I told the admin" --what action --say reference R-17')
@NUMBER
@click.argument("words", required=False)
@click.option("--what", type=names.Known("kind", _noted), default="note", show_default=True, help="What it is.")
@click.option(
    "--say", nargs=2, multiple=True, metavar="FIELD WORDS", help="One more field, such as when. Repeat for more."
)
@FOLDER
@FORM
def note(
    number: int, words: str | None, what: str, say: tuple[tuple[str, str], ...], folder: Path | None, form: str
) -> None:
    """Note an action, its effect on you, a witness, an account, or anything else.

    WORDS are asked for where you leave them out, so that they do not stay in the history of your shell.
    """
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.documents import Document, Heading, Terms
    from forethought.incidents.fields import TITLES, said

    fields = {as_listed(name, TITLES[what]): value.strip() for name, value in say}
    for name in fields.keys() - TITLES[what].keys():
        raise UnknownNameError("field", name, TITLES[what])
    with opened(folder):
        from forethought.incidents import keeping

        incident = find(number)
        fields[MAIN[what]] = (click.prompt("Your words", err=True) if words is None else words).strip()
        if not fields[MAIN[what]]:
            raise EmptyNoteError
        event = keeping.add(incident, what, said(**fields), datetime.now(UTC))
        blocks = (Heading(2, _headed(event)), Terms(tuple(_fields(event))))
        document, data = Document(f"Noted in incident {number}", blocks), _record(event)
    present(document, data, form)
