"""`forethought footprint`: what is already out there, read from the exports that platforms give, and what combines."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from forethought.cli import names
from forethought.cli.program import Named
from forethought.cli.progress import bar
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.footprint.archives.platform import Options
    from forethought.footprint.reporting import Audit

FORMATS = ("text", "json")
FILES = click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
FORM = click.option(
    "--format", "form", type=names.Known("format", lambda: FORMATS), default="text", help="How to answer."
)
FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), envvar="FORETHOUGHT_HOME", help="Where your vault is."
)
SETTING = (
    click.option("--role", type=names.Known("role", names.roles), help="Who you are."),
    click.option("--account", type=names.Known("account", names.accounts), help="What the account is for."),
    click.option("--owner", default="", metavar="NAME", help="Your own name in a chat, or in a feed of several."),
    click.option("--day-first/--month-first", default=None, help="How a chat writes dates, where it cannot be told."),
    click.option("--own-messages", is_flag=True, help="Read the private messages that you sent, too."),
    click.option("--pictures", is_flag=True, help="Look into the pictures too; it takes longer."),
    click.option("--words-in-pictures", is_flag=True, help="Read the words in pictures too; seconds for each."),
)


class WhatError(ForethoughtError):
    """Neither files nor the vault were named, or both."""


def _in_setting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what an account is for and how its export is to be read."""
    for option in SETTING:
        command = option(command)
    return command


@click.group(cls=Named, epilog="Example: forethought footprint audit twitter-2025-03-04.zip")
def footprint() -> None:
    """Read what you have posted over the years, and find what combines."""


@footprint.command("import", epilog="Example: forethought footprint import twitter-2025-03-04.zip --look")
@FILES
@click.option("--look", is_flag=True, help="Only say what the files hold; nothing is kept.")
@FOLDER
@FORM
@_in_setting
def bring_in(files: Sequence[Path], look: bool, folder: Path | None, form: str, **given: Any) -> None:
    """Read exports into your vault: zips as they came, folders, or single files.

    It can be stopped and run again: what is there already stays, once. You are asked for your passphrase.
    """
    from forethought.cli.output import present
    from forethought.footprint import reporting

    if not files:
        raise WhatError("name the files to read, such as the zip that the platform sent.")
    if look:
        found = reporting.look(files, _options(given))
        present(reporting.contents(found), [each.record() for each in found], form, None)
    else:
        _keep(files, folder, form, given)


def _keep(files: Sequence[Path], folder: Path | None, form: str, given: dict[str, Any]) -> None:
    """Read exports into the vault and say what came of it."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    with opened(folder) as vault, bar("Reading", None) as tell:
        from forethought.footprint import keeping

        usual = keeping.Usual(
            given["role"] or "counsellor", given["account"] or "professional", options=_options(given)
        )
        archives = keeping.bring_in(files, usual, vault.keys.fingerprints, tell)
        document, data = keeping.brought(archives)
    present(document, data, form, None)


@footprint.command(epilog="Example: forethought footprint audit timeline.json --format json")
@FILES
@click.option("--vault", is_flag=True, help="Review what is in your vault instead of files.")
@FOLDER
@click.option(
    "--reader", type=names.Known("reader", names.readers), default="learned", show_default=True, help="How to read."
)
@FORM
@click.option("--out", metavar="FILE", help="Write the answer to a new file.")
@_in_setting
def audit(
    files: Sequence[Path], vault: bool, folder: Path | None, reader: Any, form: str, out: str | None, **given: Any
) -> None:
    """Review every post in exports or a timeline, and find the posts that tell of one person together."""
    if bool(files) == vault:
        raise WhatError("name the files to review, or use --vault for what is in your vault, and not both.")
    if vault:
        _audit_vault(folder, reader, form, out)
    else:
        _audit_files(files, reader, form, out, given)


def _audit_files(files: Sequence[Path], reader: Any, form: str, out: str | None, given: dict[str, Any]) -> None:
    from forethought.cli.output import present, writing
    from forethought.footprint import reporting
    from forethought.guidance import load

    usual = {name: given[name] for name in ("role", "account") if given[name]}
    found = reporting.Audit(load(), reader, usual)
    with bar("Reviewing", None) as tell:
        rows = _begun(found.posts(files, _options(given), tell))
        if form == "json":
            with writing(out) as to:
                _write(found, rows, to)
            return
        answer = reporting.document(found, rows)
    present(answer, None, form, out)


def _begun(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Return the rows with the first one made, so that what is no export is refused before an answer begins."""
    return chain(list(islice(rows, 1)), rows)


def _write(found: "Audit", rows: Iterator[dict[str, Any]], to: TextIO) -> None:
    """Write an audit as JSON, each post as soon as it is reviewed, so that memory stays flat."""
    from forethought.cli.output import as_json
    from forethought.footprint import reporting

    to.write('{"posts": [')
    for number, row in enumerate(rows):
        to.write((",\n" if number else "\n") + as_json({key: row[key] for key in row if key != "text"}))
    ending = {
        "threads": [reporting.thread_record(each) for each in found.threads()],
        "guessed": [reporting.guess_record(each) for each in found.guesses()],
        "profile": found.profile,
        "exports": [each.record() for each in found.found],
    }
    to.write("\n], " + as_json(ending)[1:] + "\n")


def _audit_vault(folder: Path | None, reader: Any, form: str, out: str | None) -> None:
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    with opened(folder):
        from forethought.footprint import keeping, weaving

        with bar("Reviewing", keeping.to_review(reader).count()) as tell:
            keeping.audit(keeping.own_guidance(), reader, tell)
            weaving.weave()
        document, data = keeping.audited()
    present(document, data, form, out)


def _options(given: dict[str, Any]) -> "Options":
    from forethought.footprint.archives.platform import Options

    names = ("own_messages", "day_first", "owner", "pictures", "words_in_pictures")
    return Options(*(given[name] for name in names))
