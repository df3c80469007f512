"""What the commands of `forethought accounts` share: names that their options take, the options, and the guidance."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from forethought.cli import names
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.accounts.models import Account
    from forethought.guidance import Guidance

LARGEST = 2**63 - 1  # the largest number that the database can look for


class NoAccountError(ForethoughtError):
    """A number that no account has."""

    def __init__(self, number: int) -> None:
        """Take the number."""
        super().__init__(f"there is no account {number}. `forethought accounts list` shows those that there are.")


def platforms() -> Iterable[str]:
    """Return the platforms that have a check-up."""
    from forethought.accounts.checkups.load import checkups

    return tuple(checkups())


def levels() -> Iterable[str]:
    """Return how private an account can be."""
    from forethought.accounts.vocabulary import LEVELS

    return tuple(LEVELS)


def nations() -> Iterable[str]:
    """Return the nations."""
    from forethought.incidents.triage.model import NATIONS

    return NATIONS


FORMS = ("text", "json", "html")
FORM = click.option(
    "--format", "form", type=names.Known("format", lambda: FORMS), default="text", help="How to answer."
)
OUT = click.option("--out", metavar="FILE", help="Write the answer to a new file.")
BODY = click.option(
    "--body", multiple=True, type=names.Suggested("body", names.bodies), help="A body of yours. Repeat for more."
)


def guidance_of(body: tuple[str, ...], own: bool = False) -> "Guidance":
    """Return the guidance of the bodies that are named; of none, the person's `own`, out of the vault that is open."""
    from forethought.guidance import load

    if own and not body:
        from forethought.desk.drafts import guidance_for
        from forethought.desk.models import Profile

        return guidance_for(Profile.current().bodies)
    return load().active(body)


def find(number: int) -> "Account":
    """Return the account of a number, out of the vault that is open. Raises NoAccountError."""
    from forethought.accounts.models import Account

    found = Account.objects.filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise NoAccountError(number)
    return found
