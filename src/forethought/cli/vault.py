"""Opening the vault for a command: the passphrase asked for on the terminal, the keys gone again at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.vault import Vault


class NoneYetError(ForethoughtError):
    """No vault was ever made there."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        super().__init__(
            f"there is no vault in {folder} yet. Run 'forethought desk' to make one, or name its folder with --folder."
        )


@contextmanager
def opened(folder: Path | None) -> Iterator["Vault"]:
    """Give the open vault in `folder`, or the person's own; it is locked at the end, however that comes.

    Raises NoneYetError, NoVaultError, BusyVaultError, WrongPassphraseError, DamagedVaultError and OSError.
    """
    from forethought.cli.desk import own_folder
    from forethought.desk.server import prepared
    from forethought.vault import Vault

    vault = Vault(folder or own_folder())
    if not vault.exists:
        raise NoneYetError(vault.folder)
    vault.unlock(click.prompt("Your passphrase", hide_input=True, err=True))
    try:
        prepared(vault)
        yield vault
    finally:
        vault.lock()
