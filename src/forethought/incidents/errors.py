"""What can be wrong with what is given to this room, each in words for the person."""

from forethought.errors import ForethoughtError


class EmptyItemError(ForethoughtError):
    """A file without a byte in it."""

    def __init__(self, name: str) -> None:
        """Take the file's name."""
        super().__init__(f"{name or 'the item'} is empty, so there is nothing to keep. Save or copy it again.")


class AlreadyKeptError(ForethoughtError):
    """An item that the incident holds already, byte for byte."""

    def __init__(self, number: int) -> None:
        """Take the number under which it is kept."""
        super().__init__(f"this is kept already, as item {number}, byte for byte. Nothing was added.")


class NoRecordError(ForethoughtError):
    """A record that was removed, or never there."""

    def __init__(self) -> None:
        super().__init__("there is no such record, or it was removed. Look at the incident again.")
