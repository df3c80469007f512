"""`forethought incidents pack`: evidence written for one recipient, with only what they need."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from forethought.cli import names
from forethought.cli.incident_vault import FOLDER, FORM, NUMBER, find
from forethought.cli.program import complain
from forethought.cli.progress import bar
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.documents import Document
    from forethought.incidents.packs import Case, Pack, Selection


class NoItemError(ForethoughtError):
    """A number that no item of the incident has."""

    def __init__(self, number: int) -> None:
        """Take the number."""
        super().__init__(f"there is no item {number} in this incident. `forethought incidents show` lists its items.")


def recipients() -> Iterable[str]:
    """Return to whom a pack can be handed."""
    from forethought.incidents.packs.recipients import recipients as every

    return tuple(every())


@click.command(cls=names.NamesInHelp, epilog="Example: forethought incidents pack 3 --for police --out pack.zip")
@NUMBER
@click.option("--for", "recipient", required=True, type=names.Known("recipient", recipients), help="Who is to have it.")
@click.option("--out", required=True, metavar="FILE", help="The new file to write.")
@click.option(
    "--item", "items", multiple=True, type=int, metavar="N", help="Only this item. Repeat for more. [all of them]"
)
@click.option(
    "--with-client",
    "confirmed",
    multiple=True,
    type=int,
    metavar="N",
    help="This recipient may have this item, though it could identify a client. Repeat for more.",
)
@click.option("--reason", default="", metavar="WORDS", help="Why you hand it over; it is noted in the incident.")
@click.option(
    "--age", is_flag=True, help="Seal it with a passphrase, which you are asked for; any age program opens it."
)
@FOLDER
@FORM
def pack(
    number: int, recipient: str, out: str, items: tuple[int, ...], confirmed: tuple[int, ...], reason: str, age: bool,
    folder: Path | None, form: str,
) -> None:  # fmt: skip
    """Write a pack for a recipient, with only what they need, which can be checked without Forethought.

    What could identify a client is held back, unless a copy with that covered is there or you name it.
    """
    from forethought.cli.output import ExistsError, present
    from forethought.cli.vault import opened

    if os.path.lexists(out):
        raise ExistsError(out)
    with opened(folder) as vault:
        from forethought.incidents.keeping.packs import case_of, hand_over

        incident = find(number)
        case = case_of(vault, incident)
        selection = _selection(case, recipient, items, confirmed)
        passphrase = _passphrase() if age else ""
        with bar("Writing", _bytes(selection), in_bytes=True) as tell:
            made = _built(replace(case, open=_telling(case.open, tell)), selection)
            whole = _written(out, hand_over(incident, made, datetime.now(UTC), reason, passphrase))
    present(_document(made, out, whole), _record(made, out, whole), form)


def _selection(case: "Case", recipient: str, items: Sequence[int], confirmed: Sequence[int]) -> "Selection":
    """Return what goes; an item that is confirmed is wanted as well. Raises NoItemError."""
    from forethought.incidents.packs import choose
    from forethought.incidents.packs import recipient as of
    from forethought.incidents.packs.choosing import newest

    records = {each.number: each.record for each in newest(case.kept) if each.kind == "item"}
    for number in (*items, *confirmed):
        if number not in records:
            raise NoItemError(number)
    sure = {records[number] for number in confirmed}
    return choose(case, of(recipient), {records[number] for number in items} | sure if items else None, sure)


def _built(case: "Case", selection: "Selection") -> "Pack":
    """Return the pack to be written; where nothing would be in it, say first what was held back."""
    from forethought.incidents.packs import NothingToPackError, build

    try:
        return build(case, selection, datetime.now(UTC))
    except NothingToPackError:
        for each in selection.held:
            complain(f"item {each.kept.number} is held back: {each.why}.")
        raise


def _passphrase() -> str:
    return str(click.prompt("A passphrase for the pack", hide_input=True, confirmation_prompt=True, err=True))


def _bytes(selection: "Selection") -> int:
    return sum(int(each.kept.value("length") or 0) for each in selection.going)


def _telling(open: Callable[[str], Iterator[bytes]], tell: Callable[[int], None]) -> Callable[[str], Iterator[bytes]]:
    """Return what opens an item and tells how many bytes of all were read."""
    done = 0

    def opened(record: str) -> Iterator[bytes]:
        nonlocal done
        for piece in open(record):
            yield piece
            done += len(piece)
            tell(done)

    return opened


def _written(out: str, parts: Iterable[bytes]) -> str:
    """Write a new file for the owner alone, and return its SHA-256; a part of a file is taken away again.

    Raises ExistsError and NotWrittenError, and whatever making the parts raises.
    """
    digest = sha256()
    with _new(out) as file:
        for part in parts:
            file.write(part)
            file.flush()  # before the last part is asked for, after which the pack is noted as handed over
            digest.update(part)
    return digest.hexdigest()


@contextmanager
def _new(out: str) -> Iterator[BinaryIO]:
    from forethought.cli.output import ExistsError, NotWrittenError

    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise ExistsError(out) from error
    except OSError as error:
        raise NotWrittenError(out, error.strerror or "unknown reason") from error
    try:
        with open(handle, "wb") as file:
            yield file
    except OSError as error:
        Path(out).unlink(missing_ok=True)
        raise NotWrittenError(out, error.strerror or "unknown reason") from error
    except BaseException:
        Path(out).unlink(missing_ok=True)
        raise


def _document(made: "Pack", out: str, whole: str) -> "Document":
    from forethought.documents import Document, Heading, Listing, Paragraph, Table, Terms

    selection = made.selection
    covered = sum(each.covered for each in selection.going)
    rows = [("File", out), ("Items in it", f"{len(selection.going):,}, of them {covered:,} with parts covered")]
    rows += [("Pack number", made.number), ("SHA-256 of the file", whole)]
    blocks: list[Any] = [
        Terms(tuple(rows)),
        Paragraph("Tell the recipient the pack number in another way, such as by telephone, so that they can compare."),
    ]
    if selection.held:
        held = tuple((f"{each.kept.number}", each.why) for each in selection.held)
        blocks += [Heading(2, "Held back"), Table("Items that are not in it", ("Item", "Why"), held)]
        blocks.append(Paragraph("--with-client names an item that this recipient may have all the same."))
    blocks += [Heading(2, "Before you hand it over"), Listing(selection.recipient.cautions)]
    return Document(f"Pack: {selection.recipient.title}", tuple(blocks))


def _record(made: "Pack", out: str, whole: str) -> dict[str, Any]:
    selection = made.selection
    return {
        "file": out,
        "recipient": selection.recipient.id,
        "pack_number": made.number,
        "sha256": whole,
        "items": [{"number": e.kept.number, "file": e.file, "covered": e.covered} for e in selection.going],
        "held": [{"number": each.kept.number, "why": each.why} for each in selection.held],
        "cautions": list(selection.recipient.cautions),
    }
