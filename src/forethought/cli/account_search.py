"""`forethought accounts search`: what others may find about you, as addresses that only you open, and sheets."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.account_options import BODY, FORM, OUT, guidance_of
from forethought.cli.incident_vault import FOLDER
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.accounts.searching.queries import Me
    from forethought.documents import Document
    from forethought.guidance import Guidance

FAMILY = "family"
ASKS: Mapping[str, str] = MappingProxyType(
    {
        "names": "Your name",
        "old_names": "Names that you had before",
        "nicknames": "Nicknames",
        "handles": "What your accounts for work are called",
        "private_handles": "What your other accounts are called",
        "towns": "Towns",
        "professions": "Your profession",
        "workplaces": "Where you work",
        "phones": "Telephone numbers",
        "mails": "E-mail addresses",
        "homes": "Your home address",
    }
)  # fields of Me, as they are asked for


class NobodySaidError(ForethoughtError):
    """Nothing to search for, where nobody can be asked."""

    def __init__(self) -> None:
        super().__init__(
            "say what to search for, such as with --name or --handle, or run it in a terminal, where you are asked. "
            "What you type there stays out of the history of your shell."
        )


def engines() -> Iterable[str]:
    """Return the search engines."""
    from forethought.accounts.searching.queries import engines as every

    return tuple(every())


def sheets() -> Iterable[str]:
    """Return the sheets."""
    from forethought.accounts.searching.sheets import sheets as every

    return (*every(), FAMILY)


@click.command(cls=names.NamesInHelp, epilog="Example: forethought accounts search --engine duckduckgo --engine bing")
@click.option("--name", "names", multiple=True, help="Your name. Each of these can be repeated.")
@click.option("--old-name", "old_names", multiple=True, help="A name that you had before.")
@click.option("--nickname", "nicknames", multiple=True, help="A nickname.")
@click.option("--handle", "handles", multiple=True, help="What an account for work is called.")
@click.option("--private-handle", "private_handles", multiple=True, help="What another account is called.")
@click.option("--town", "towns", multiple=True, help="A town, searched for beside your name.")
@click.option("--profession", "professions", multiple=True, help="Your profession, beside your name.")
@click.option("--workplace", "workplaces", multiple=True, help="Where you work, beside your name.")
@click.option("--phone", "phones", multiple=True, help="A telephone number.")
@click.option("--mail", "mails", multiple=True, help="An e-mail address.")
@click.option("--home", "homes", multiple=True, help="Your home address.")
@click.option("--register", is_flag=True, help="Add the names and handles of your accounts, out of the vault.")
@click.option("--engine", "wanted", multiple=True, type=names.Known("engine", engines), help="Only these. [all]")
@click.option("--sheet", type=names.Known("sheet", sheets), help="A sheet for one who looks you up for you instead.")
@BODY
@FOLDER
@FORM
@OUT
def search(
    register: bool, wanted: tuple[str, ...], sheet: str | None, body: tuple[str, ...], folder: Path | None, form: str,
    out: str | None, **said: tuple[str, ...],
) -> None:  # fmt: skip
    """Prepare a search for yourself: addresses that only you open.

    Open them one by one, in a private window: Forethought opens none of them. What you leave out is asked on a
    terminal, and nothing of it is kept.
    """
    from forethought.cli.output import present

    if register:
        said = _registered(said, folder)
    elif not any(said.values()) and sheet != FAMILY:
        said = _asked()
    guidance, me = guidance_of(body), _me(said)
    document, data = _sheet(sheet, me, guidance) if sheet else _searches(me, wanted, guidance)
    present(document, data, form, out)


def _me(said: Mapping[str, tuple[str, ...]]) -> "Me":
    from forethought.accounts.searching.queries import Me

    return Me(**{each.name: tuple(said.get(each.name, ())) for each in fields(Me)})


def _asked() -> dict[str, tuple[str, ...]]:
    """Ask for everything that can be searched for. Raises NobodySaidError where nobody answers, or with nothing."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise NobodySaidError
    click.echo("Several go with a semicolon between them; Enter leaves one out.", err=True)
    found = {}
    for name, asks in ASKS.items():
        typed = str(click.prompt(asks, default="", show_default=False, err=True))
        found[name] = tuple(filter(None, (each.strip() for each in typed.split(";"))))
    if not any(found.values()):
        raise NobodySaidError
    return found


def _registered(said: Mapping[str, tuple[str, ...]], folder: Path | None) -> dict[str, tuple[str, ...]]:
    """Return what was said with the names and handles of the accounts that are not closed. Raises NobodySaidError."""
    from forethought.cli.vault import opened

    found = {name: dict.fromkeys(values) for name, values in said.items()}
    with opened(folder):
        from forethought.accounts import keeping

        for each in keeping.known():
            handles = found["handles" if each.is_for_work else "private_handles"]
            handles.update(dict.fromkeys(filter(None, (each.handle,))))
            found["names"].update(dict.fromkeys(each.names))
    if not any(found.values()):
        raise NobodySaidError
    return {name: tuple(values) for name, values in found.items()}


def _searches(me: "Me", wanted: tuple[str, ...], guidance: "Guidance") -> "tuple[Document, Any]":
    from forethought.accounts.searching import queries, telling

    found, looks = queries.searches(me, wanted), queries.looks(wanted)
    by_hand = [{"engine": each.id, "address": each.address, "steps": list(each.steps)} for each in looks]
    data = {"searches": telling.record(found), "by_hand": by_hand}
    return telling.document(found, looks, guidance, date.today()), data


def _sheet(id: str, me: "Me", guidance: "Guidance") -> "tuple[Document, Any]":
    """Return a sheet, and of it as data what its reader is told of the person."""
    from forethought.accounts.searching import sheets

    if id == FAMILY:
        return sheets.family(guidance), {"sheet": id, "shows": {}}
    shows = {name: list(getattr(me, name)) for name in sheets.sheets()[id].shows}
    return sheets.sheet(id, me, guidance), {"sheet": id, "shows": shows}
