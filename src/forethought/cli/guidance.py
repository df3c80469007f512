"""`forethought guidance`: what the professional bodies say, and how far Forethought puts it into practice."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.program import Named

if TYPE_CHECKING:
    from forethought.guidance import Guidance
    from forethought.guidance.coverage import Served
    from forethought.pages.guidance import Page

FORMATS = ("text", "json", "html")


def _answering(command: Callable[..., "Page"]) -> Callable[..., None]:
    """Give a command that returns a page the options `--format`, `--out` and `--pack`, and print its page."""

    @click.option("--pack", multiple=True, metavar="FOLDER", help="A folder with guidance packs of your own.")
    @click.option(
        "--format", "form", type=names.Known("format", lambda: FORMATS), default="text", help="How to answer."
    )
    @click.option("--out", metavar="FILE", help="Write the answer to a new file.")
    @wraps(command)
    def answer(form: str, out: str | None, pack: tuple[str, ...], **given: Any) -> None:
        from forethought.cli.output import present

        page = command(_loaded(pack), **given)
        present(page.document, page.data, form, out)

    return answer


def _loaded(folders: tuple[str, ...]) -> "Guidance":
    from pathlib import Path

    from forethought.guidance import load

    return load(extra=[Path(folder) for folder in folders])


@click.group(cls=Named, epilog="Example: forethought guidance show client-identifiability")
def guidance() -> None:
    """Read what the professional bodies say about social media."""


@guidance.command("list", epilog="Example: forethought guidance list --format json")
@_answering
def list_all(guidance: "Guidance") -> "Page":
    """List the packs, the duties that they share and the rules."""
    from forethought.pages.guidance import contents

    return contents(guidance)


@guidance.command(epilog="Example: forethought guidance show confidentiality/client-case")
@click.argument("id", type=names.Suggested("id", names.guidance_ids, listed=False))
@_answering
def show(guidance: "Guidance", id: str) -> "Page":
    """Show a pack, body, duty, provision or rule by its id."""
    from forethought.pages import guidance as guidance_pages

    return guidance_pages.show(guidance, id)


@guidance.command(epilog="Example: forethought guidance compare bacp babcp")
@click.argument("first", type=names.Suggested("id", names.bodies, listed=False))
@click.argument("second", type=names.Suggested("id", names.bodies, listed=False))
@_answering
def compare(guidance: "Guidance", first: str, second: str) -> "Page":
    """Set two bodies or packs side by side, duty by duty."""
    from forethought.pages.guidance import side_by_side

    return side_by_side(guidance, first, second)


@guidance.command(epilog="Example: forethought guidance coverage --format html --out coverage.html")
@_answering
def coverage(guidance: "Guidance") -> "Page":
    """List every provision with how far it is put into practice today, after the totals."""
    from forethought.pages.guidance import covered

    return covered(guidance, *served_by_rooms())


def served_by_rooms() -> "tuple[Served, ...]":
    """Return what each room puts into practice."""
    from forethought.accounts import serving as accounts
    from forethought.contacts import serving as contacts
    from forethought.footprint import serving as footprint
    from forethought.incidents import serving as incidents
    from forethought.policy import serving as policy

    return footprint.served(), contacts.served(), policy.served(), incidents.served(), accounts.served()
