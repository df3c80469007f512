"""Mistakes that a person can mend: one class each, the message ready to be shown as it stands.

Every error that may reach a user derives from `ForethoughtError`, so that the faces (command line,
desk) catch one class, print one line and never show a traceback.
"""

from collections.abc import Iterable

LIKE = 0.65  # of 1: a slip or two of the finger; at 0.5 `xml` is met with `html`
MOST_LISTED = 12  # names that one line can hold


class ForethoughtError(Exception):
    """Something the person can mend; `str(error)` says what happened and how."""


class UnknownNameError(ForethoughtError):
    """A role, body, platform or other name that is not in its list.

    Where no name is near and there are too many to list, the message says that `shown_by` lists them.
    """

    def __init__(self, kind: str, given: str, known: Iterable[str], shown_by: str = "") -> None:
        self.kind, self.given = kind, given
        self.nearest = nearest(given, known)
        many = shown_by and len(self.nearest) > MOST_LISTED
        advice = f"{shown_by} lists those that are." if many else f"Use {either(self.nearest)}."
        super().__init__(f"{kind} '{given}' is not known. {advice}")


def sentence(error: Exception) -> str:
    """Return what an error says as a sentence; the name of a file that it begins with stays as it is."""
    said = str(error)
    return said if "." in said.partition(" ")[0] else said[:1].upper() + said[1:]


def nearest(given: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the known names most like `given`, or all of them where none is like it."""
    from difflib import get_close_matches  # wanted only once something went wrong, and slow to import

    names = sorted(known)
    return tuple(get_close_matches(given.casefold(), names, n=most, cutoff=LIKE)) or tuple(names)


def either(names: Iterable[str]) -> str:
    """Join names for a sentence: `a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


class DamagedReaderError(ForethoughtError):
    """A file of the learned reader is missing, or is not the one that was shipped."""

    def __init__(self, name: str) -> None:
        """Take the name of the file."""
        super().__init__(
            f"the learned reader cannot be used: its file {name} is missing or has changed since it was made. "
            "Install Forethought again to mend it."
        )


class MissingExtraError(ForethoughtError):
    """Something needs a part that is not installed by itself."""

    def __init__(self, what: str, extra: str, without: str) -> None:
        """Take what was asked for, the extra that brings it, and what can be done without."""
        super().__init__(f"{what} need a part that is not installed: pip install 'forethought[{extra}]'. {without}")
