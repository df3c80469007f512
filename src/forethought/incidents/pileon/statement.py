"""One public statement if wanted, from drafts without names or details; and a reply set beside what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forethought.guidance.schema import Schema, read, tables
from forethought.incidents.pileon.model import HostilePost
from forethought.reading import Context, Draft

FILE = Path(__file__).parent / "statement.toml"
DRAFT = Schema(required=dict.fromkeys(("id", "title", "opening", "paused", "reported", "closing"), str), optional={})


@dataclass(frozen=True, slots=True)
class Statement:
    """A draft to choose: what it is like, and its words."""

    id: str
    title: str
    words: str


@cache
def statements(paused: bool = False, reported: bool = False, path: Path = FILE) -> tuple[Statement, ...]:
    """Return the drafts, saying that replies are paused and posts reported only where that is so. Raises PackError.

    Only these two facts go in, so that no draft can hold a client's details, an argument or the name of an account.
    """
    entries = tables(path, read(path), "draft")
    for entry in entries:
        entry.check(DRAFT)
    parts = ["opening", *["paused"] * paused, *["reported"] * reported, "closing"]
    return tuple(
        Statement(each["id"], each["title"], " ".join(each[part] for part in parts))
        for each in (entry.values for entry in entries)
    )


def reply(words: str, answered: Sequence[HostilePost], usual: Context | None = None) -> Draft:
    """Return a reply as a draft to be reviewed, with the posts that it answers and the setting that it goes out in.

    `respect/feeding-trolls` is raised only where a draft says what it answers.
    """
    here = usual or Context()
    said = "\n".join(post.words for post in answered) or None
    return Draft(words, Context(here.role, here.account, here.audience, here.platform, said))
