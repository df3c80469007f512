"""One login of an export, which never shows its password, and an export as it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """An entry with a password; `site` is the name that the site is known by, such as `example.org`.

    `changed` is the latest day on which the password may have been set, where the export says. `totp`: the manager
    makes its codes; `notes_has_code`: a code's secret stands elsewhere in the entry. `plain`: an address is http.
    """

    title: str
    site: str
    user: str
    password: str
    changed: date | None = None
    totp: bool = False
    notes_has_code: bool = False
    plain: bool = False

    def __repr__(self) -> str:
        """Show nothing: a report of a crash prints this."""
        return "Login(hidden)"


@dataclass(frozen=True, slots=True)
class Export:
    """What a file held: the manager's name, its logins, entries left out by why, and rows that could not be read."""

    manager: str
    logins: tuple[Login, ...] = field(repr=False)
    skipped: Mapping[str, int]
    unread: int = 0


def forget(logins: Iterable[Login]) -> None:
    """Drop the passwords of logins that are no longer needed.

    Python cannot overwrite text in memory, and may have copied it: what was there goes when the memory is used again,
    or the program ends. The system may also have written memory to its swap file.
    """
    for login in logins:
        object.__setattr__(login, "password", "")
