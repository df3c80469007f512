"""`forethought accounts passwords`: a password manager's export looked through in memory, and passphrases made."""

import secrets
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli.account_options import BODY, FORM, OUT, guidance_of
from forethought.cli.incident_vault import FOLDER
from forethought.errors import ForethoughtError, sentence

if TYPE_CHECKING:
    from forethought.accounts.passwords.assess import Report
    from forethought.accounts.passwords.breach import Look
    from forethought.accounts.passwords.kept import Changes
    from forethought.accounts.passwords.login import Export, Login
    from forethought.guidance import Guidance

MONTH = 30.44  # days


class NoExportError(ForethoughtError):
    """No export was named."""

    def __init__(self) -> None:
        super().__init__("name the export of your password manager, or make a passphrase with --phrase.")


class PhraseAloneError(ForethoughtError):
    """A passphrase was asked for together with something else."""

    def __init__(self) -> None:
        super().__init__("--phrase goes by itself, with --words at most: it shows a passphrase and writes it nowhere.")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look through an export found, and the guidance that it goes by; of the passwords nothing is left."""

    report: "Report"
    changes: "Changes | None"
    looks: "Sequence[Look]"
    guidance: "Guidance"


@click.command(epilog="Example: forethought accounts passwords export.csv --delete")
@click.argument("file", required=False, metavar="FILE", type=click.Path(path_type=Path))
@click.option("--breach", is_flag=True, help="Ask a service which are known from breaches, once you agree.")
@click.option("--phrase", is_flag=True, help="Make a passphrase instead.")
@click.option("--words", type=int, metavar="NUMBER", help="How many words a passphrase has. [5]")
@click.option("--old-after", type=click.IntRange(1, 600), metavar="MONTHS", help="List those not changed for so long.")
@click.option("--keep", is_flag=True, help="Keep marks in the vault, to tell next time what was changed.")
@click.option("--delete/--leave", default=None, help="Delete FILE afterwards, or leave it without asking.")
@BODY
@FOLDER
@FORM
@OUT
def passwords(
    file: Path | None, breach: bool, phrase: bool, words: int | None, old_after: int | None, keep: bool,
    delete: bool | None, body: tuple[str, ...], folder: Path | None, form: str, out: str | None,
) -> None:  # fmt: skip
    """Look through a password manager's export, or make a passphrase.

    What is weak, reused, alike or without two-step sign-in is listed, one row an account.

    FILE is read in memory, and no password is kept, shown or sent. It is an export from Bitwarden, KeePass, KeePassXC,
    1Password, LastPass, Chrome, Edge, Brave, Firefox, Safari or Apple Passwords.
    """
    from forethought.accounts.passwords import reading, telling
    from forethought.accounts.passwords.login import forget
    from forethought.cli.output import present

    if phrase or words is not None:
        _phrase(words, form, alone=phrase and not any((file, breach, old_after, keep, delete, out)))
        return
    if file is None:
        raise NoExportError
    export = reading.read(file)
    try:
        found = _checked(export, old_after, folder if keep else None, body, keep=keep, breach=breach)
    finally:
        forget(export.logins)
    told = (found.report, date.today(), found.guidance, export, found.changes, found.looks)
    present(telling.document(*told, marked=keep), _data(found, export), form, out)
    _offer(file, delete)


def _phrase(count: int | None, form: str, alone: bool) -> None:
    """Show a new passphrase. Raises PhraseAloneError and WordCountError."""
    from forethought.accounts.passwords.phrase import passphrase
    from forethought.cli.output import present
    from forethought.documents import Document, Paragraph, Quote

    if not alone:
        raise PhraseAloneError
    made = passphrase() if count is None else passphrase(count)
    data = {"phrase": made.text, "bits": round(made.bits, 1), "words": count or made.text.count("-") + 1}
    present(Document("A passphrase", (Quote(made.text), Paragraph(made.told))), data, form)


def _checked(
    export: "Export", months: int | None, folder: Path | None, body: tuple[str, ...], *, keep: bool, breach: bool
) -> Checked:
    """Weigh the passwords, with what was kept of the last time where marks are kept, and look them up where agreed."""
    from forethought.accounts.passwords.assess import assess
    from forethought.accounts.passwords.two_step import offering
    from forethought.cli.vault import opened

    old_after = timedelta(days=months * MONTH) if months else None
    with opened(folder) if keep else nullcontext() as vault:
        key = vault.keys.fingerprints if vault else secrets.token_bytes(32)
        report = assess(export.logins, offering(), date.today(), key, old_after)
        changes = _kept(report) if vault else None
        guidance = guidance_of(body, own=keep)
    return Checked(report, changes, _looked_up(export.logins) if breach else (), guidance)


def _kept(report: "Report") -> "Changes | None":
    """Keep what the next look needs, and return what was changed since the last one, where there was one."""
    from forethought.accounts.keeping.looks import keep_look, last_look

    before = last_look()
    keep_look(report, datetime.now(UTC))
    return report.since(before) if before else None


def _looked_up(logins: "Sequence[Login]") -> "Sequence[Look]":
    """Show what would leave, and look the passwords up where the person agrees; of a no nothing is sent."""
    from forethought.accounts.passwords import breach
    from forethought.accounts.passwords.errors import NoConsentError

    told = breach.shown(len(breach.ranges(logins)), breach.ADDRESS)
    _tell("What would be sent", told.split("\n"))
    if not _agreed("Send these requests, this once?"):
        click.echo(f"{sentence(NoConsentError())}\n", err=True)
        return ()
    return breach.check(logins, breach.Consent(told), address=breach.ADDRESS)


def _agreed(asks: str) -> bool:
    """Return whether the person says yes, here and now; nobody to ask is a no."""
    try:
        return click.confirm(asks, err=True)
    except click.Abort:
        click.echo(err=True)
        return False


def _tell(title: str, lines: Iterable[str]) -> None:
    """Print lines on standard error, those that begin with a dash as a list."""
    from forethought.cli.terminal import show
    from forethought.documents import Document, Listing, Paragraph

    blocks: list[Any] = []
    for listed, group in groupby(lines, lambda each: each.startswith("- ")):
        members = tuple(each.removeprefix("- ") for each in group)
        blocks += [Listing(members)] if listed else map(Paragraph, members)
    click.echo(err=True)
    show(Document(title, tuple(blocks)), sys.stderr)
    click.echo(err=True)


def _data(found: Checked, export: "Export") -> dict[str, Any]:
    from forethought.accounts.passwords import telling

    since = found.changes and {
        "changed": _titles(found.report, found.changes.changed),
        "unchanged": _titles(found.report, found.changes.unchanged),
        "missing": len(found.changes.missing),
    }
    return {
        **telling.record(found.report, date.today(), export, found.looks),
        "looked_up": bool(found.looks),
        "since_last": since,
    }


def _titles(report: "Report", marks: Iterable[str]) -> list[str]:
    return sorted(report.titles[mark] for mark in marks)


def _offer(file: Path, delete: bool | None) -> None:
    """Delete the export where the person says so, and say what that cannot do. Raises NotRemovedError."""
    from forethought.accounts.passwords.removal import remove_file

    still = f"{file.name} still holds every password."
    if delete is None and not (sys.stdin and sys.stdin.isatty()):
        click.echo(f"{still} Run this with --delete, or delete it yourself and empty the bin.", err=True)
    elif delete or (delete is None and _agreed(f"{still} Delete it now?")):
        removed = remove_file(file)
        first, *others = removed.cannot
        _tell(f"{removed.name} was deleted", [first, *(f"- {each}" for each in others)])
