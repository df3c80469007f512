"""What is read of a pile-on: its posts, what could not be read, and the mistakes that stop a reading."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from forethought.errors import ForethoughtError

MOST_BYTES = 20 * 2**20
MOST_POSTS = 50_000

How = Literal["", "zone", "clock", "worked out"]


@dataclass(frozen=True, slots=True)
class Time:
    """When something was posted and how that is known.

    `how` is `zone` where the source names its time zone, `clock` where the zone of this computer was taken, `worked
    out` where it was counted back from the moment of reading or the year was added. The true time may lie as far as
    `within` to either side. `at` is None where the source gives a time that cannot be placed.
    """

    at: datetime | None = None
    how: How = ""
    within: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class HostilePost:
    """One post: who, when, the words, where; `raw` is the exact text of the source that it was read from.

    `handle` has no leading @ and is empty where nobody is named; `said` is the time as the source writes it.
    """

    handle: str
    account_id: str
    words: str
    address: str
    raw: str
    time: Time = Time()
    said: str = ""

    @property
    def at(self) -> datetime | None:
        """When it was posted, with a time zone; None where that is not known."""
        return self.time.at

    @property
    def account(self) -> str:
        """What tells one account from another: its number where there is one, else its handle without case."""
        return self.account_id or self.handle.casefold()


@dataclass(frozen=True, slots=True)
class Found:
    """The posts in the order of the source, each line or record that was not understood, and what to know of both."""

    posts: tuple[HostilePost, ...]
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def noting(self, *notes: str) -> "Found":
        """Return the same with more notes; empty ones are dropped."""
        return replace(self, notes=(*self.notes, *filter(None, notes)))


class NothingFoundError(ForethoughtError):
    """No post could be made out in what was given."""

    def __init__(self) -> None:
        super().__init__(
            "no post was found here. Paste each one with its account, such as '@name: the words', or give a table with "
            "a column for the account and one for the text."
        )


class NotTextError(ForethoughtError):
    """What was given is a picture, a compressed file or another that is not text."""

    def __init__(self) -> None:
        super().__init__(
            "this file is not text, so no posts can be read from it. Keep it as an item, and give the posts as a "
            "pasted list, a CSV file or a JSON file."
        )


class TooLargeError(ForethoughtError):
    """The list has more bytes than are read at once."""

    def __init__(self) -> None:
        super().__init__(
            f"this list is larger than {MOST_BYTES // 2**20} MB, which is the most that is read at once. Keep the "
            "whole file as an item, then cut a copy into parts and read them one by one."
        )


class TooManyPostsError(ForethoughtError):
    """The list has more posts than are read at once."""

    def __init__(self) -> None:
        super().__init__(
            f"this list holds more than {MOST_POSTS:,} posts, which is the most that is read at once. Keep the whole "
            "file as an item, then cut a copy into parts and read them one by one."
        )
