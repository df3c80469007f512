"""`forethought clients`: clients known again without a list of them; names are asked for, never given as arguments."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.program import Named
from forethought.cli.progress import bar

if TYPE_CHECKING:
    from forethought.clients.models import Client
    from forethought.clients.names import Person
    from forethought.clients.sheet import Fault
    from forethought.documents import Document

FORM = click.option(
    "--format", "form", type=names.Known("format", lambda: ("text", "json")), default="text", help="How to answer."
)
FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), envvar="FORETHOUGHT_HOME", help="Where your vault is."
)


@click.group(cls=Named, epilog="Example: forethought clients try")
def clients() -> None:
    """Know clients again, without keeping a list of them.

    Only slow keyed fingerprints of their names are kept in your vault. Names are asked for, so that they do not stay
    in the history of your shell.
    """


@clients.command(epilog="Example: forethought clients add --reference C-07")
@click.option("--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help="A list to add, saved as CSV.")
@click.option("--look", is_flag=True, help="Only say what the list holds; nothing is kept.")
@click.option("--reference", default="", metavar="REFERENCE", help="What to call one client; it tells nothing.")
@click.option("--same", is_flag=True, help="The client who has this reference is the same person: add to theirs.")
@FOLDER
@FORM
def add(file: Path | None, look: bool, reference: str, same: bool, folder: Path | None, form: str) -> None:
    """Add a client, whose names you are asked for, or everybody on a list."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    _agree(file is not None, look, reference, same)
    if file is not None:
        _bring(file, look, folder, form)
        return
    with opened(folder):
        from forethought.clients import keeping

        person = _asked()
        client = keeping.add(person, reference, same)
        document, data = _told([client], (), _remarks(person))
    present(document, data, form)


def _agree(listed: bool, look: bool, reference: str, same: bool) -> None:
    """Raise OptionError where options do not go together."""
    from forethought.cli.check import OptionError

    if look and not listed:
        raise OptionError("--look says what a list holds. Name the list with --csv, or leave --look out.")
    if listed and (reference or same):
        raise OptionError(
            "--reference and --same are for one client, and a list has references of its own. Leave them out, or --csv."
        )
    if same and not reference:
        raise OptionError("--same needs the reference of the client to add to. Give it with --reference.")


def _remarks(person: "Person") -> tuple[str, ...]:
    from forethought.clients.names import is_lone

    weak = "One word was given as the name, so it is met only weakly, as a first name."
    return (weak,) if is_lone(person) else ()


def _bring(file: Path, look: bool, folder: Path | None, form: str) -> None:
    from forethought.cli.inputs import open_file
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.clients.sheet import MOST_BYTES, read

    with open_file(str(file)) as given:
        sheet = read(given.read(MOST_BYTES + 1))
    if look:
        document, data = _seen(len(sheet.rows), sheet.faults)
    else:
        with opened(folder), bar("Adding", len(sheet.rows)) as tell:
            from forethought.clients import keeping

            added, faults = keeping.add_all(sheet, tell)
            document, data = _told(added, (*sheet.faults, *faults))
    present(document, data, form)


def _ask(what: str) -> str:
    answer: str = click.prompt(what, default="", show_default=False, err=True)
    return answer.strip()


def _asked() -> "Person":
    """Ask for one person's names and where they are reached; an empty answer leaves something out."""
    from forethought.clients.names import parted

    person = parted(_ask("Full name"))
    known_as, handles, emails, phones = (
        tuple(part.strip() for part in _ask(f"{what}, with commas between").split(",") if part.strip())
        for what in ("What else they go by", "Handles", "E-mail addresses", "Telephone numbers")
    )
    return replace(person, known_as=(*person.known_as, *known_as), handles=handles, emails=emails, phones=phones)


@clients.command("list", epilog="Example: forethought clients list --format json")
@FOLDER
@FORM
def listed(folder: Path | None, form: str) -> None:
    """List the references, with how many forms are kept of each. There are no names to show."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    with opened(folder):
        from forethought.clients.models import Client

        document, data = _told(list(Client.objects.all()), ())
    present(document, data, form)


@clients.command(epilog="Example: forethought clients remove C-07")
@click.argument("reference", metavar="REFERENCE")
@FOLDER
@FORM
def remove(reference: str, folder: Path | None, form: str) -> None:
    """Remove a client by reference, with every fingerprint of theirs."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.documents import Document, Paragraph

    with opened(folder):
        from forethought.clients import keeping

        keeping.remove(reference)
    said = Paragraph(f"{reference} was removed, with every fingerprint.")
    present(Document("Clients", (said,)), {"removed": reference}, form)


@clients.command("try", epilog="Example: forethought clients try --format json")
@FOLDER
@FORM
def attempt(folder: Path | None, form: str) -> None:
    """Ask for a name, a handle, an address or a number, and say whether it could be a client."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.clients.telling import how
    from forethought.documents import Document, Listing, Paragraph

    with opened(folder):
        from forethought.clients import keeping

        asked = [_ask(what) for what in ("Name", "Handle", "E-mail address", "Telephone number")]
        found = keeping.recogniser().of_person(*asked)
    nobody = Paragraph("Nobody that you added was met. It may still be a client under another name.")
    could = Listing(tuple(f"{each.reference}, by {how(each)}" for each in found))
    data = [{"reference": each.reference, "by": each.kind, "weak": each.weak} for each in found]
    present(Document("Who it could be", (could,) if found else (nobody,)), data, form)


def _told(added: "list[Client]", faults: "tuple[Fault, ...]", remarks: tuple[str, ...] = ()) -> "tuple[Document, Any]":
    """Return clients by reference, as a document and as data."""
    from forethought.documents import Document, Heading, Listing, Paragraph

    rows = [{"reference": each.reference, "added": each.added, "forms": each.forms.count()} for each in added]
    lines = tuple(f"{row['reference']}: {row['forms']} forms kept" for row in rows)
    people = Listing(lines) if lines else Paragraph("Nobody has been added.")
    wrong = (Heading(2, "Rows to look at"), Listing(tuple(map(_said, faults)))) if faults else ()
    said = tuple(map(Paragraph, remarks))
    return Document("Clients who can be known again", (people, *said, *wrong)), {
        "clients": rows,
        "faults": [_record(fault) for fault in faults],
    }


def _seen(count: int, faults: "tuple[Fault, ...]") -> "tuple[Document, Any]":
    """Return what a list holds, as a document and as data."""
    from forethought.documents import Document, Heading, Listing, Paragraph

    people = Paragraph(f"{count:,} {'person' if count == 1 else 'people'} can be added. Nothing was kept.")
    wrong = (Heading(2, "Rows to look at"), Listing(tuple(map(_said, faults)))) if faults else ()
    return Document("What the list holds", (people, *wrong)), {
        "people": count,
        "faults": [_record(fault) for fault in faults],
    }


def _said(fault: "Fault") -> str:
    return f"Row {fault.row}: {fault.why}." + (" The row is left out." if fault.out else "")


def _record(fault: "Fault") -> dict[str, Any]:
    return {"row": fault.row, "why": fault.why, "left_out": fault.out}
