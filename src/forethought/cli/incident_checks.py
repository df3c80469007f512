"""`forethought incidents verify`, `head` and `stamp`: how it is shown that nothing was changed since."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.incident_vault import FOLDER, FORM, NUMBER, find
from forethought.cli.progress import bar
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.documents import Document
    from forethought.incidents.authorities import Authority
    from forethought.incidents.ledger import Head
    from forethought.incidents.models import Incident
    from forethought.vault import Vault

FAULTY = 1
SEALED = b"age-encryption.org/"  # how a sealed pack begins
LONGEST = 200_000  # bytes of heads that were kept elsewhere, and of certificates
Row = dict[str, Any]


class NotAPackError(ForethoughtError):
    """A file or folder that was to be checked and is no pack, or none that can be looked into."""


class NoHeadError(ForethoughtError):
    """A file in which no head was found."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        super().__init__(f"no head was found in {name}. A head has three lines: incident, events and head.")


class NotAgreedError(ForethoughtError):
    """Something would leave this device, and nobody said that it may."""

    def __init__(self) -> None:
        super().__init__("nothing was sent. Read what would leave, then run it again with --yes.")


class WhoError(ForethoughtError):
    """No authority was named, or half of one."""

    def __init__(self) -> None:
        super().__init__(
            "name who is to be asked: --authority with one that is known, or --address and --roots for another."
        )


def authorities() -> Iterable[str]:
    """Return the timestamp authorities that are known."""
    from forethought.incidents.authorities import authorities as every

    return tuple(every())


@click.command(epilog="Example: forethought incidents verify 3 --head head.txt")
@click.argument("target", required=False, metavar="[NUMBER|PACK.zip|FOLDER]")
@click.option("--head", "file", metavar="FILE", help="A file with heads that were handed out earlier.")
@click.option("--pack-number", default="", metavar="NUMBER", help="A pack's number, as its sender told it.")
@FOLDER
@FORM
@click.pass_context
def verify(
    ctx: click.Context, /, target: str | None, file: str | None, pack_number: str, folder: Path | None, form: str
) -> None:
    """Check that nothing was changed, removed or moved: in all your incidents, in one, or in a pack.

    A pack needs no vault. The exit status is 0 where no fault is found, 1 where one is, and 2 where it could not be
    looked at.
    """
    from forethought.cli.output import present

    heads = _heads(file) if file else ()
    if target is None or target.isdecimal():
        data = _incidents(int(target) if target else None, heads, folder)
    else:
        data = [_pack(target, heads, pack_number)]
    present(_document(data), data, form)
    ctx.exit(FAULTY if any(each["faults"] for each in data) else 0)


def _heads(name: str) -> "Sequence[Head]":
    """Return the heads in a file. Raises NoHeadError and an InputError."""
    from forethought.incidents.ledger import heads_in

    found = tuple(heads_in(_text(name)))
    if not found:
        raise NoHeadError(name)
    return found


def _text(name: str) -> str:
    from forethought.cli.inputs import open_file, reading

    with open_file(name) as file, reading(name):
        return file.read(LONGEST).decode("utf-8", "replace")


def _incidents(number: int | None, heads: "Sequence[Head]", folder: Path | None) -> list[Row]:
    """Check one incident, or every one with the heads that are its own."""
    from forethought.cli.vault import opened

    with opened(folder) as vault:
        from forethought.incidents.models import Incident

        every = [find(number)] if number else list(Incident.objects.order_by("pk"))
        keys = {each.key for each in every}
        rows = [
            _incident(vault, each, heads if number else [h for h in heads if h.incident == each.key]) for each in every
        ]
    lost = [] if number else [h for h in heads if h.incident not in keys]
    return [*rows, *([_lost(lost)] if lost else [])]


def _lost(heads: "Sequence[Head]") -> Row:
    """Return the heads that no incident of this vault has."""
    what = "no incident here has it: it was removed, this is an older copy of the vault, or it was typed wrongly"
    faults = [{"where": f"the head of {each.length} events", "what": what} for each in heads]
    return {"checked": "heads of other incidents", "number": None, "events": 0, "faults": faults, "notes": []}


def _incident(vault: "Vault", incident: "Incident", heads: "Sequence[Head]") -> Row:
    from forethought.incidents import keeping

    with bar(f"Incident {incident.pk}", keeping.records(incident, "item").count()) as tell:
        faults = keeping.verify(vault, incident, heads, tell)
    return {
        "checked": f"incident {incident.pk}: {incident.title}",
        "number": incident.pk,
        "events": incident.length,
        "faults": [{"where": each.where, "what": each.what} for each in faults],
        "notes": [str(each) for each in keeping.clock_remarks(incident)],
    }


def _pack(name: str, heads: "Sequence[Head]", number: str) -> Row:
    """Check a pack, as the program that lies in it does. Raises NotAPackError and an InputError."""
    from forethought.incidents.packs.verify_pack import NoPackError, check

    _refuse(name)
    try:
        report = check(name, [each.text for each in heads], number)
    except NoPackError as error:
        raise NotAPackError(f"{name} is no pack: it has none of the files of one. Name the .zip file.") from error
    except OSError as error:
        raise NotAPackError(f"{name} could not be read ({error.strerror}). Check that you may open it.") from error
    return {
        "checked": name,
        "number": report.number,
        "events": report.events,
        "faults": [each._asdict() for each in report.faults],
        "notes": report.notes,
    }


def _refuse(name: str) -> None:
    """Raise what is wrong with a name that stands for no pack, or for one that is sealed."""
    from forethought.cli.inputs import open_file

    if os.path.isdir(name):
        return
    with open_file(name) as file:
        if file.read(len(SEALED)) == SEALED:
            raise NotAPackError(f"{name} is sealed. Open it first, such as with: age -d -o pack.zip {name}")


def _document(data: Sequence[Row]) -> "Document":
    from forethought.documents import Document, Heading, Listing, Note, Paragraph

    blocks: list[Any] = [] if data else [Paragraph("There is no incident yet.")]
    for row in data:
        faults = tuple(f"{each['where']}: {each['what']}." for each in row["faults"])
        blocks.append(
            Heading(2, f"{row['checked'][:1].upper()}{row['checked'][1:]}" if _is_own(row) else row["checked"])
        )
        blocks.append(Listing(faults) if faults else Paragraph(f"No fault was found. Events: {row['events']:,}."))
        blocks += [Note(each) for each in row["notes"]]
        if not _is_own(row):
            blocks.append(Paragraph(f"Pack number: {row['number']}"))
    faulty = sum(bool(row["faults"]) for row in data)
    return Document("Something does not hold" if faulty else "Checked", tuple(blocks))


def _is_own(row: Row) -> bool:
    """Say whether this row is about the vault, and not about a pack."""
    return not isinstance(row["number"], str)


@click.command(epilog="Example: forethought incidents head 3 --out head.txt")
@NUMBER
@click.option("--out", metavar="FILE", help="Write it to a new file.")
@FOLDER
@FORM
def head(number: int, out: str | None, folder: Path | None, form: str) -> None:
    """Hand out the head of an incident's chain: three lines that tell nothing, to be kept on paper or elsewhere.

    With it `verify` finds out if an older copy of the vault was put back. That it was handed out is noted.
    """
    from forethought.cli.output import ExistsError, as_json, writing
    from forethought.cli.vault import opened

    if out is not None and os.path.lexists(out):
        raise ExistsError(out)
    with opened(folder):
        from forethought.incidents import keeping

        way = "written to a file" if out else "shown by the command line"
        given = keeping.exported(find(number), way, datetime.now(UTC))
    data = {"incident": given.incident, "events": given.length, "head": given.hash}
    with writing(out) as place:
        place.write(as_json(data, indent=2) + "\n" if form == "json" else given.text)
    if out:
        click.echo(f"{out} holds the head. Keep it away from this computer: on paper, or with somebody.", err=True)


@click.command(cls=names.NamesInHelp, epilog="Example: forethought incidents stamp 3 --authority digicert")
@NUMBER
@click.option("--authority", type=names.Known("authority", authorities), help="Who is to be asked.")
@click.option("--address", metavar="URL", help="The address of another authority.")
@click.option("--roots", metavar="FILE", help="The root certificate of that one, as PEM.")
@click.option("--yes", is_flag=True, help="Send it without asking.")
@FOLDER
@FORM
def stamp(
    number: int, authority: str | None, address: str | None, roots: str | None, yes: bool, folder: Path | None,
    form: str,
) -> None:  # fmt: skip
    """Have an outside authority confirm the time by which everything in an incident was there.

    All that would leave is shown first: a hash, from which nothing can be read back. It is sent once, where you agree.
    """
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.documents import Document, Terms

    asked = _authority(authority, address, roots)
    with opened(folder):
        incident = find(number)
        data = _stamped(incident, asked, yes)
    rows = (("Authority", data["authority"]), ("Time", data["time"]), ("Events", f"{data['events']:,}"))
    present(Document(f"Timestamp kept in incident {number}", (Terms(rows),)), data, form)


def _authority(known: str | None, address: str | None, roots: str | None) -> "Authority":
    """Return who is to be asked. Raises WhoError, AuthorityError and an InputError."""
    from forethought.incidents.authorities import authorities as every
    from forethought.incidents.authorities import own

    if bool(known) == bool(address) or bool(address) != bool(roots):
        raise WhoError
    return every()[known] if known else own(address or "", _text(roots or ""))


def _stamped(incident: "Incident", authority: "Authority", yes: bool) -> Row:
    """Show what would be sent, ask, send it, and keep the stamp. Raises NotAgreedError and StampError."""
    from forethought.incidents import keeping, stamping
    from forethought.incidents.keeping.packs import keep_stamp
    from forethought.incidents.packs.model import StampFile

    head = keeping.head_of(incident)
    request = stamping.prepared(stamping.stamped_text(head.incident, head.length, head.hash))
    click.echo(f"{request.shown}\nIt goes to {authority.title}, {authority.address}", err=True)
    if not yes and not _agreed():
        raise NotAgreedError
    made = stamping.ask(request, authority)
    kept = StampFile(made.at, authority.title, head.length, made.token, made.roots.encode())
    keep_stamp(incident, kept, datetime.now(UTC))
    return {"authority": authority.title, "time": made.at.isoformat(), "events": head.length, "head": head.hash}


def _agreed() -> bool:
    return bool(sys.stdin and sys.stdin.isatty()) and click.confirm("Send this, once?", err=True)
