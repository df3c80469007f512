"""What can go wrong with a vault, each said so that the person knows what to do."""

from pathlib import Path

from forethought.errors import ForethoughtError


class LockedVaultError(ForethoughtError):
    """Something kept was asked for while the vault is locked."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the vault is locked. Unlock it with your passphrase first.")


class WrongPassphraseError(ForethoughtError):
    """The passphrase does not open the vault."""

    def __init__(self) -> None:
        """Say so; nothing tells how near it was."""
        super().__init__(
            "that passphrase does not open the vault. Look at capital letters and spaces, and type it again. "
            "If you have lost it, the recovery key on your printed sheet opens the vault too."
        )


class WrongRecoveryKeyError(ForethoughtError):
    """The recovery key does not open the vault."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "that recovery key does not open the vault. It has 32 letters and digits in eight groups of four, and "
            "changing the passphrase makes a new one: use the newest sheet."
        )


class WeakPassphraseError(ForethoughtError):
    """A new passphrase could be guessed."""

    def __init__(self, why: str) -> None:
        """Take what makes it weak."""
        super().__init__(f"that passphrase could be guessed: {why}. Four or more words that do not belong together do.")


class NoVaultError(ForethoughtError):
    """There is no vault in the folder, or its key file is gone."""

    def __init__(self, key_file: Path) -> None:
        """Take where the key file should be."""
        super().__init__(
            f"the key file of the vault is missing: {key_file}. Without it nothing in the vault can be read. "
            "Put it back from a copy of the folder, or restore a backup."
        )


class VaultExistsError(ForethoughtError):
    """A vault was to be made where there is one."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        super().__init__(f"there is a vault in {folder} already. Open that one, or choose another folder.")


class DamagedVaultError(ForethoughtError):
    """A file of the vault is not what was written."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        super().__init__(
            f"the vault's file {name} is damaged: it is not as Forethought wrote it. Nothing was changed. "
            "Copy the whole folder somewhere safe first, then restore your last backup."
        )


class BusyVaultError(ForethoughtError):
    """Another desk has the vault open."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "the vault is in use: it is open in another Forethought on this computer, or being read just now. Stop the "
            "other, or wait a moment and do this again. Nothing was changed."
        )
