"""What the commands of `forethought incidents` share: options, an incident by its number, and how far work has come."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from forethought.cli import names
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.incidents.models import Incident

LARGEST = 2**63 - 1  # the largest number that the database can look for
FORM = click.option(
    "--format", "form", type=names.Known("format", lambda: ("text", "json")), default="text", help="How to answer."
)
FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), envvar="FORETHOUGHT_HOME", help="Where your vault is."
)
NUMBER = click.argument("number", metavar="NUMBER", type=int)


class NoIncidentError(ForethoughtError):
    """A number that no incident has."""

    def __init__(self, number: int) -> None:
        """Take the number."""
        super().__init__(f"there is no incident {number}. `forethought incidents list` shows those that there are.")


def find(number: int) -> "Incident":
    """Return the incident of a number, out of the vault that is open. Raises NoIncidentError."""
    from forethought.incidents.models import Incident

    found = Incident.objects.filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise NoIncidentError(number)
    return found
