"""`forethought accounts calendar` and `record`: which reviews fall due, and what was done in a year."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli.account_options import BODY, FORM, OUT, guidance_of
from forethought.cli.incident_vault import FOLDER
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.accounts.calendar.due import Due
    from forethought.documents import Block

FIRST_YEAR = 2000


class YearError(ForethoughtError):
    """A year of which no record can be made."""

    def __init__(self, year: int) -> None:
        """Take the year."""
        super().__init__(f"there is no record of {year}. Name a year from {FIRST_YEAR} to {date.today().year}.")


class CalendarThereError(ForethoughtError):
    """A calendar file that is there already, which is never overwritten."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        super().__init__(f"{name} is there already and was left as it is. Give --ics another name.")


@click.command(epilog="Example: forethought accounts calendar --ics reviews.ics")
@click.option("--ics", metavar="FILE", help="Write them to a new calendar file as well.")
@click.option("--named", is_flag=True, help="Say in that file what is due. Who sees the calendar can read it.")
@BODY
@FOLDER
@FORM
@OUT
def calendar(
    ics: str | None, named: bool, body: tuple[str, ...], folder: Path | None, form: str, out: str | None
) -> None:
    """Show which reviews are due and what comes next, with why.

    What falls near each other is gathered on one day.
    """
    from forethought.cli.output import present, write_new
    from forethought.cli.vault import opened
    from forethought.documents import Document

    today = date.today()
    if ics and os.path.lexists(ics):
        raise CalendarThereError(ics)
    with opened(folder) as vault:
        from forethought.accounts.keeping import diary

        dues = diary.due(today, guidance_of(body, own=True))
        content = _file(dues, today, vault, named) if ics else b""
    if ics:
        write_new(ics, content)
    present(Document("Reviews", tuple(_blocks(dues, today))), [_data(each, today) for each in dues], form, out)
    if ics:
        click.echo(f"{ics} holds them as a calendar. It does not change by itself: write it anew later.", err=True)


def _file(dues: "Sequence[Due]", today: date, vault: Any, named: bool) -> bytes:
    """Return the calendar as a file, as the person wants theirs."""
    from dataclasses import replace

    from forethought.accounts.calendar.ics import ics
    from forethought.accounts.keeping import diary

    wish = diary.wish(diary.calendar(today), vault.keys.fingerprints)
    return ics(dues, datetime.now().astimezone(), replace(wish, named=wish.named or named))


def _blocks(dues: "Sequence[Due]", today: date) -> "Iterator[Block]":
    """Yield the reviews day by day, those that are due first."""
    from forethought.accounts.calendar.rhythm import WHERE
    from forethought.documents import Heading, Paragraph, Terms
    from forethought.pages.wording import day_words

    if not dues or dues[0].on > today:
        yield Paragraph("Nothing is due now.")
    for heading, members in groupby(dues, lambda each: "Due now" if each.on <= today else day_words(each.on)):
        yield Heading(2, heading)
        for each in members:
            name = "Last used or looked at" if each.id.startswith("unused:") else "Last done"
            last = day_words(each.since) if each.since else "never"
            yield Heading(3, each.title)
            yield Paragraph(each.why)
            yield Terms(((name, last), ("Where", WHERE[each.where])))


def _data(due: "Due", today: date) -> dict[str, Any]:
    return {
        "id": due.id,
        "title": due.title,
        "on": due.on.isoformat(),
        "is_due": due.on <= today,
        "last": due.since.isoformat() if due.since else None,
        "why": due.why,
        "where": due.where,
        "stands": [{"pack": each.pack, "standing": each.standing, "months": each.months} for each in due.stands],
    }


@click.command(epilog="Example: forethought accounts record 2026 --format html --out record.html")
@click.argument("year", type=int)
@BODY
@FOLDER
@FORM
@OUT
def record(year: int, body: tuple[str, ...], folder: Path | None, form: str, out: str | None) -> None:
    """Write the record of a YEAR's care for your accounts, to print.

    It says what was reviewed and mended, and by whom, what is due next, and which guidance asks for it.
    """
    from forethought.accounts.calendar import record as made
    from forethought.cli.output import present
    from forethought.cli.vault import opened

    today = date.today()
    if not FIRST_YEAR <= year <= today.year:
        raise YearError(year)
    with opened(folder):
        from forethought.accounts import taken_over
        from forethought.accounts.keeping import diary

        until = min(date(year, 12, 31), today)
        guidance = guidance_of(body, own=True)
        told = ((*diary.entries(), *taken_over.entries()), diary.due(today, guidance), until, guidance)
    present(made.record(*told), made.data(*told), form, out)
