"""`forethought accounts`: where you have accounts, how they are set and guarded, and what to do after a hack."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli.account_checkups import review, settings
from forethought.cli.account_dates import calendar, record
from forethought.cli.account_hacked import hacked, links
from forethought.cli.account_options import FORM, OUT
from forethought.cli.account_passwords import passwords
from forethought.cli.account_search import search
from forethought.cli.incident_vault import FOLDER
from forethought.cli.program import Named

if TYPE_CHECKING:
    from forethought.accounts.models import Account
    from forethought.documents import Block


@click.group(cls=Named, epilog="Example: forethought accounts review instagram --level closed")
def accounts() -> None:
    """Look after your accounts: settings, passwords, what others find, and what to do after a hack."""


for command in (calendar, hacked, links, passwords, record, review, search, settings):
    accounts.add_command(command)


@accounts.command("list", epilog="Example: forethought accounts list")
@FOLDER
@FORM
@OUT
def listed(folder: Path | None, form: str, out: str | None) -> None:
    """List your accounts with the number of each, and what waits."""
    from forethought.cli.output import present
    from forethought.cli.vault import opened
    from forethought.documents import Document

    with opened(folder):
        from forethought.accounts import keeping
        from forethought.accounts.models import Account

        every = list(Account.objects.all())
        waiting = {account.pk: why for account, why in keeping.stale(date.today())}
    document = Document("Your accounts", tuple(_blocks(every, waiting)))
    present(document, [_data(each, waiting) for each in every], form, out)


def _blocks(every: "Sequence[Account]", waiting: dict[int, str]) -> "Iterator[Block]":
    """Yield what waits for a decision, then the accounts, kind by kind."""
    from forethought.accounts.vocabulary import KINDS
    from forethought.documents import Heading, Listing, Paragraph, Terms

    if not every:
        yield Paragraph("There is no account yet. Add them at the desk, or take them over from your archives there.")
    if waiting:
        yield Heading(2, "Waiting for a decision")
        yield Listing(tuple(f"{each.name}: {waiting[each.pk]}" for each in every if each.pk in waiting))
    for kind, title in KINDS.items():
        if members := [each for each in every if each.kind == kind]:
            yield Heading(2, title)
        for each in members:
            yield from (Heading(3, f"{each.pk}. {each.name}"), Terms(tuple(_terms(each))))


def _terms(account: "Account") -> Iterator[tuple[str, str]]:
    """Yield what is known of an account; what is not known is left out."""
    from forethought.accounts.models import TWO_STEP
    from forethought.accounts.places import places
    from forethought.accounts.vocabulary import LEVELS
    from forethought.pages.wording import choices
    from forethought.reading import AUDIENCES

    where = ", ".join(filter(None, (dict(places()).get(account.platform, account.platform), account.handle)))
    rows = (
        ("Where", where),
        ("Closed on", _day(account.closed)),
        ("Who sees it", dict(choices(AUDIENCES)).get(account.audience, account.audience)),
        ("How private", LEVELS[account.level]),
        ("Two-step sign-in", TWO_STEP[account.two_step]),
        ("Last used", _day(account.last_used)),
        ("Last reviewed", _day(account.last_reviewed) or "never"),
    )
    yield from ((name, words) for name, words in rows if words)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _data(account: "Account", waiting: dict[int, str]) -> dict[str, Any]:
    names = (
        "name", "platform", "handle", "kind", "audience", "level", "two_step", "last_used", "last_reviewed", "closed",
    )  # fmt: skip
    values = {name: getattr(account, name) for name in names}
    days = {name: value.isoformat() for name, value in values.items() if isinstance(value, date)}
    return {"number": account.pk, **values, **days, "waiting": waiting.get(account.pk)}
