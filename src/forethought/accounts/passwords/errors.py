"""What can go wrong with an export of passwords, each said without a word of what the export holds."""

from forethought.errors import ForethoughtError

AGAIN = "Export it again from your password manager, and give the file as it was saved."


class UnknownExportError(ForethoughtError):
    """A file is none of the exports that are read."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        super().__init__(
            f"{name} is not an export that is known. Give one from Bitwarden, KeePass, KeePassXC, 1Password, LastPass, "
            "Chrome, Edge, Brave, Firefox, Safari or Apple Passwords, as the program saved it."
        )


class LockedExportError(ForethoughtError):
    """An export is encrypted, so that nothing can be read from it."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        super().__init__(
            f"{name} is encrypted, and Forethought does not ask for its password. Export it again without encryption "
            "(in Bitwarden: .json or .csv, not 'encrypted'), have it checked, and delete it afterwards."
        )


class DamagedExportError(ForethoughtError):
    """An export cannot be read to its end."""

    def __init__(self, name: str, why: str) -> None:
        """Take the name of the file and what is wrong with it, as the end of a sentence."""
        super().__init__(f"{name} cannot be read: {why}. {AGAIN}")


class LargeExportError(ForethoughtError):
    """An export holds more than is read."""

    def __init__(self, name: str, most: str) -> None:
        """Take the name of the file and the most that is read."""
        super().__init__(f"{name} is larger than an export of passwords should be: at most {most} is read. {AGAIN}")


class StoppedError(ForethoughtError):
    """Something went wrong that nobody foresaw; what it was about is kept back, since it may hold a password."""

    def __init__(self, kind: str) -> None:
        """Take the kind of the mistake."""
        super().__init__(
            f"the passwords could not be checked: something unforeseen happened ({kind}). Details are left out, since "
            "they could hold a password. Nothing was kept. You can try an export in another format."
        )


class NotRemovedError(ForethoughtError):
    """A file could not be deleted."""

    def __init__(self, name: str, why: str) -> None:
        """Take the name of the file and why, as the end of a sentence."""
        super().__init__(f"{name} was not deleted: {why}. Delete it yourself, and empty the bin.")


class NoConsentError(ForethoughtError):
    """Breaches were to be looked up without a yes to exactly what would leave."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "nothing was looked up, since it needs your yes each time. Read what would be sent, and say yes to that."
        )
