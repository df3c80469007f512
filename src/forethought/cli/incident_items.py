"""`forethought incidents add`: files, and text from standard input, kept in an incident as they are."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.incident_vault import FOLDER, FORM, find
from forethought.cli.program import COULD_NOT, complain
from forethought.cli.progress import bar
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.documents import Block, Document
    from forethought.incidents.fields import Fields
    from forethought.incidents.models import Event, Incident
    from forethought.incidents.saying import Reader
    from forethought.vault import Vault

PIECE = 1 << 20  # bytes that are read at a time
MOST_PASTED = 64 << 20  # bytes of text that are held at once
KEEP = (
    "The files where you took them from are as they were. Leave the messages themselves on the device or account that "
    "they came to as well: they answer whoever says that a copy was altered."
)
UNSAID = (
    "Nobody has said yet whether this could identify a client, so it is held back from packs. Look at it, then say "
    "so in the desk, or with --client where you add it."
)
SAID = (
    click.option("--platform", default="", metavar="WORDS", help="Where it was posted, such as Instagram."),
    click.option("--handle", default="", metavar="WORDS", help="The account that posted it."),
    click.option("--account-number", "account_id", default="", metavar="WORDS", help="That account's number."),
    click.option("--address", default="", metavar="URL", help="The link to the post."),
    click.option("--posted", default="", metavar="TIME", help="When it was posted, such as 2026-11-03T21:05Z."),
    click.option("--captured", default="", metavar="TIME", help="When you captured it, by this computer's time zone."),
    click.option("--words", default="", metavar="WORDS", help="The words that matter in it, as they stand."),
    click.option("--remark", default="", metavar="WORDS", help="What else you want to say of it."),
    click.option(
        "--client",
        type=names.Known("answer", lambda: ("no", "yes", "perhaps")),
        help="Whether it could identify a client.",
    ),
)


class WhereError(ForethoughtError):
    """Not said, or said twice, in which incident to keep something."""

    def __init__(self) -> None:
        super().__init__(
            "say where to keep it: --to with an incident's number, or --new with a title for a new one, and not both."
        )


class WhatError(ForethoughtError):
    """No file was named."""

    def __init__(self) -> None:
        super().__init__("name the files to keep, or give - and paste the text.")


class MomentError(ForethoughtError):
    """A time that cannot be read, or has not come yet."""


class TooMuchError(ForethoughtError):
    """More text on standard input than is held at once."""

    def __init__(self) -> None:
        super().__init__(
            f"there are more than {MOST_PASTED >> 20} MB on standard input. Save them as a file and name that, which "
            "may be of any size."
        )


class NotKeptError(ForethoughtError):
    """A file for which there was no room, or that could not be written into the vault."""

    def __init__(self, why: str) -> None:
        """Take what the system said."""
        super().__init__(
            f"it could not be kept ({why}). What was kept before is as it was. Make room on the disk, and add it again."
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Something to keep: its name, how long it is, and where it lies or its bytes."""

    name: str
    length: int
    content: Path | bytes

    @property
    def called(self) -> str:
        """What a message calls it."""
        return str(self.content) if isinstance(self.content, Path) else "the text"

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes. Raises UnreadableError."""
        from forethought.cli.inputs import open_file, reading

        if isinstance(self.content, bytes):
            yield self.content
            return
        with open_file(str(self.content)) as file:
            while True:
                with reading(str(self.content)):
                    piece = file.read(PIECE)
                if not piece:
                    return
                yield piece


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: its event, and remarks on what was read in it."""

    event: "Event"
    remarks: tuple[str, ...]


def _said(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for what a person says of an item."""
    for option in reversed(SAID):
        command = option(command)
    return command


@click.command(epilog='Example: forethought incidents add screenshot.png --new "Messages after the workshop"')
@click.argument("files", nargs=-1, metavar="[FILE...|-]")
@click.option("--to", type=int, metavar="NUMBER", help="The incident to keep it in.")
@click.option("--new", "title", metavar="TITLE", help="Begin a new incident, and keep it there.")
@_said
@FOLDER
@FORM
@click.pass_context
def add(
    ctx: click.Context, /, files: Sequence[str], to: int | None, title: str | None, folder: Path | None, form: str,
    **told: str | None,
) -> None:  # fmt: skip
    """Keep files as they are, of any kind and size, or with - the text that you paste.

    Do this before you block, report or delete anything. The exit status is 2 where one of the files could not be
    kept; the others are kept all the same.
    """
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    if (to is None) == (not (title or "").strip()):
        raise WhereError
    if not files and to is not None:
        raise WhatError
    told = {
        **told,
        "posted": _moment("posted", told["posted"] or ""),
        "captured": _moment("captured", told["captured"] or ""),
    }
    ready = [each for each in map(_looked_at, dict.fromkeys(files)) if each]
    if files and not ready:
        ctx.exit(COULD_NOT)
    with opened(folder) as vault:
        incident = _incident(to, title)
        kept = _keep(vault, incident, ready, told)
        document, data = _document(incident, kept), _record(incident, kept)
    present(document, data, form)
    ctx.exit(0 if len(kept) == len(dict.fromkeys(files)) else COULD_NOT)


def _moment(option: str, given: str) -> str:
    """Return a day or time in ISO 8601; of a capture without a zone, in this computer's own. Raises MomentError."""
    if not given.strip():
        return ""
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError as error:
        example = "2026-11-03, or 2026-11-03T21:05+00:00"
        raise MomentError(f"--{option} '{given}' is not a time that can be read. Write it as {example}.") from error
    if moment.date() > date.today() + timedelta(days=1):  # it may be tomorrow already where it was posted
        raise MomentError(f"--{option} '{given}' lies in the future. Look at the date again.")
    if len(given.strip()) <= len("2026-11-03"):
        return moment.date().isoformat()
    return (moment.astimezone() if option == "captured" else moment).isoformat(timespec="seconds")


def _looked_at(name: str) -> Found | None:
    """Return what a name stands for, or say what is wrong with it and return nothing."""
    try:
        return _pasted() if name == "-" else _file(name)
    except ForethoughtError as error:
        complain(str(error))
        return None


def _file(name: str) -> Found:
    """Return a file that can be read and has something in it."""
    from forethought.cli.inputs import UnreadableError, open_file
    from forethought.incidents.errors import EmptyItemError

    if os.path.exists(name) and not os.path.isdir(name) and not stat.S_ISREG(os.stat(name).st_mode):
        raise UnreadableError(name, "it is no plain file")
    with open_file(name) as file:
        length = os.fstat(file.fileno()).st_size
    if not length:
        raise EmptyItemError(name)
    return Found(Path(name).name, length, Path(name))


def _pasted() -> Found:
    """Return the text on standard input. Raises TooMuchError and an InputError."""
    from forethought.cli.inputs import reading, standard_input
    from forethought.incidents.errors import EmptyItemError

    source = standard_input()
    if source.isatty():
        click.echo("Paste the text. End with Ctrl-D on a line of its own, or Ctrl-Z and Enter on Windows.", err=True)
    with reading("standard input"):
        text = source.read(MOST_PASTED + 1)
    if len(text) > MOST_PASTED:
        raise TooMuchError
    if not text.strip():
        raise EmptyItemError("the text")
    return Found("", len(text), text)


def _incident(to: int | None, title: str | None) -> "Incident":
    from forethought.incidents import keeping

    if to is not None:
        return find(to)
    from forethought.incidents.forms.ledger import AGAIN

    begun = keeping.open_incident((title or "").strip()[:200], {}, datetime.now(UTC))
    begun.look_again = date.today() + AGAIN
    begun.save(update_fields=["look_again"])
    return begun


def _keep(vault: "Vault", incident: "Incident", ready: Sequence[Found], told: dict[str, str | None]) -> list[Kept]:
    """Keep each in turn, saying which could not be, and return what was kept."""
    from forethought.incidents.saying import Reader

    kept: list[Kept] = []
    done = 0
    with Reader() as reader, bar("Keeping", sum(each.length for each in ready), in_bytes=True) as tell:
        for found in ready:
            try:
                kept.append(_kept(vault, incident, reader, found, told, _telling(tell, done)))
            except ForethoughtError as error:
                complain(str(error) if found.called in str(error) else f"{found.called}: {error}")
            done += found.length
            tell(done)
    return kept


def _telling(tell: Callable[[int], None], before: int) -> Callable[[Iterable[bytes]], Iterator[bytes]]:
    """Return what passes pieces on and tells how far they have come."""

    def passed(pieces: Iterable[bytes]) -> Iterator[bytes]:
        done = before
        for piece in pieces:
            yield piece
            done += len(piece)
            tell(done)

    return passed


def _kept(
    vault: "Vault", incident: "Incident", reader: "Reader", found: Found, told: dict[str, str | None],
    passed: Callable[[Iterable[bytes]], Iterator[bytes]],
) -> Kept:  # fmt: skip
    """Keep one, with what was said of it and what it says itself."""
    from forethought.incidents import keeping
    from forethought.incidents.fields import observed, said
    from forethought.incidents.keeping.noticing import noticed

    seen = reader.of(found.name, found.content)
    time, remark = _own_time(found)
    fields = seen.fields | said(name=found.name, **told) | observed(kind=seen.kind) | time
    if found.name:
        fields["name"]["from"] = "file"
    client, why = noticed(fields, seen.preview)
    try:
        event = keeping.add_item(vault, incident, passed(found.pieces()), fields | client, datetime.now(UTC))
    except Exception as error:
        if not _is_of_storage(error):
            raise
        raise NotKeptError(getattr(error, "strerror", None) or str(error)) from error
    return Kept(event, (*seen.remarks, *remark, *why))


def _is_of_storage(error: Exception) -> bool:
    """Say whether the disk or the database raised this; no command imports Django, so its errors go by their module."""
    return isinstance(error, OSError) or type(error).__module__ == "django.db.utils"


def _own_time(found: Found) -> tuple["Fields", tuple[str, ...]]:
    """Return the time at which a file was last changed, by itself, and a remark where that is still to come."""
    from forethought.incidents.fields import field

    if isinstance(found.content, bytes):
        return {}, ()
    try:
        moment = datetime.fromtimestamp(found.content.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return {}, ()
    late = moment > datetime.now(UTC) + timedelta(days=1)
    remark = "The file's own time lies in the future. Either it or this computer's clock is wrong."
    return {"file_time": field(moment.isoformat(timespec="seconds"), "file")}, (remark,) if late else ()


def _document(incident: "Incident", kept: Sequence[Kept]) -> "Document":
    from forethought.documents import Document, Heading, Note, Paragraph, Terms
    from forethought.incidents.fields import ITEM_KINDS

    blocks: list[Block] = [] if kept else [Paragraph("Nothing was added.")]
    for each in kept:
        event = each.event
        name = event.value("name")
        blocks.append(Heading(2, f"Item {event.value('number')}{f': {name}' if name else ''}"))
        rows = (
            ("Kind", ITEM_KINDS[event.value("kind")]),
            ("Length", f"{event.value('length'):,} bytes"),
            ("SHA-256", event.value("sha256")),
        )
        blocks += [Terms(rows), *map(Note, each.remarks)]
    if any(each.event.value("client") == "" for each in kept):
        blocks.append(Note(UNSAID))
    if kept:
        blocks.append(Paragraph(KEEP))
    return Document(f"Incident {incident.pk}: {incident.title}", tuple(blocks))


def _record(incident: "Incident", kept: Sequence[Kept]) -> dict[str, Any]:
    names = ("number", "name", "kind", "length", "sha256")
    return {
        "incident": incident.pk,
        "title": incident.title,
        "kept": [{**{name: each.event.value(name) for name in names}, "remarks": list(each.remarks)} for each in kept],
    }
