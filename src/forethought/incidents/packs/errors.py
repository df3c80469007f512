"""What can stop a pack, each in words for the person."""

from forethought.errors import ForethoughtError

MOST_SEALED = 512 * 2**20  # bytes: the whole pack is in memory while it is encrypted


class NothingToPackError(ForethoughtError):
    """No item would go into the pack."""

    def __init__(self) -> None:
        super().__init__(
            "nothing would go into this pack: no item was chosen, or every one is held back because it could identify "
            "a client. Cover what could identify them in a copy, or confirm the items that this recipient may have."
        )


class ChangedItemError(ForethoughtError):
    """An item's file is not the one that was kept."""

    def __init__(self, number: int) -> None:
        """Take its number."""
        super().__init__(
            f"item {number} is not as it was kept, so no pack was made. Check the incident to see what changed, and "
            "restore a backup from before."
        )


class TooLargeToSealError(ForethoughtError):
    """A pack that is larger than can be encrypted at once."""

    def __init__(self) -> None:
        super().__init__(
            f"this pack is larger than {MOST_SEALED // 2**20} MB, which is the most that can be sealed with a "
            "passphrase. Choose fewer items, or make it without a passphrase and hand it over on an encrypted drive."
        )


class NotAPackError(ForethoughtError):
    """There is no pack where one was to be checked."""

    def __init__(self, name: str) -> None:
        """Take the name of what was given."""
        super().__init__(
            f"{name} is no pack, nor a folder into which one was unpacked. Choose the zip file as it came, or the "
            "folder in which its hashes.txt lies. A pack that was sealed has to be opened with its passphrase first."
        )
