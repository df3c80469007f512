"""Threads: posts of one author that are about the same person, what they tell together, and of how many it could be.

Each post gives a clue. Two posts are linked by how near their directions are, by the seldom words that they share, by
he or she, and by how surely each is about somebody met through work; weights in `linking.json`, measured on timelines
of invented practitioners. Groups grow while what links them on average holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

from forethought.footprint.jigsaw.clues import Clue, linking
from forethought.footprint.jigsaw.links import grouped, signs_of
from forethought.footprint.jigsaw.population import Estimate
from forethought.footprint.jigsaw.telling import Said, narrowed, sex_of
from forethought.footprint.jigsaw.words import says_something


@dataclass(frozen=True, slots=True)
class Told:
    """A post as the search for threads takes it."""

    id: str
    text: str
    clue: Clue
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A detail of a thread: the post, its words there, and of what kind."""

    post: str
    words: str
    kind: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts that tell of one person together.

    `low` to `high` people could match, eight times in ten; `identifying` says that it is red by the rules on small
    counts, `recognise` that the person would know themselves. `pair` holds the two details that narrow it most, and
    `loosen` the smallest change that would help.
    """

    posts: tuple[str, ...]
    details: tuple[Shown, ...]
    about: str
    identifying: bool
    recognise: bool
    estimate: Estimate
    pair: tuple[Shown, ...] = ()
    loosen: str = ""


def worth_keeping(clue: Clue) -> bool:
    """Say whether a post may belong to a thread at all."""
    return clue.weight >= float(linking()["least"])


def threads(posts: Sequence[Told], place: str = "", only: str = "") -> list[Thread]:
    """Return the threads in some posts of one author, who lives or works in `place` where that is known.

    Posts with the same words are one post, and tell no more together than one does. With `only` named, just the thread
    that this post belongs to is returned, if there is one.
    """
    told: dict[str, list[Told]] = {}
    for post in sorted(posts, key=_in_time):
        if worth_keeping(post.clue):
            told.setdefault(" ".join(post.text.casefold().split()), []).append(post)
    same = list(told.values())
    if len(same) < 2 or find_spec("numpy") is None:  # where that cannot be had, nothing is linked, and no error is met
        return []
    first = [copies[0] for copies in same]
    signs = signs_of([p.text for p in first], [p.clue.weight for p in first], [p.clue.kin for p in first])
    groups = [[post for number in group for post in same[number]] for group in grouped(signs, linking())]
    wanted = [group for group in groups if not only or any(post.id == only for post in group)]
    return [_thread(sorted(group, key=_in_time), place) for group in wanted]


def _in_time(post: Told) -> tuple[bool, datetime, str]:
    """Return the order of posts: by when they were made, those without a date last."""
    created = post.created or datetime.max
    return post.created is None, created if created.tzinfo else created.replace(tzinfo=UTC), post.id


def _thread(told: Sequence[Told], place: str) -> Thread:
    details = tuple(
        Shown(post.id, post.text[detail.span.start : detail.span.end], detail.kind, detail.span.start)
        for post in told
        for detail in post.clue.details
        if says_something(post.text[detail.span.start : detail.span.end])
    )
    said = narrowed([Said(each.kind, each.words) for each in details], sex_of(post.text for post in told), place)
    by_words = {each.words: each for each in reversed(details)}
    pair = tuple(by_words[words] for words in said.pair if words in by_words)
    return Thread(
        tuple(post.id for post in told),
        details,
        _about(details),
        said.identifying,
        any(each.kind in ("event", "date") for each in details) and len(details) > 1,
        said.estimate,
        pair,
        said.loosen,
    )


def _about(details: Sequence[Shown]) -> str:
    """Return what a thread is about in its own telling words, one of a kind."""
    kinds: dict[str, str] = {}
    for kind in ("job", "family", "condition", "event", "hobby", "place", "age", "school", "faith", "organisation"):
        words = next((each.words for each in details if each.kind == kind), "")
        kinds |= {kind: words} if words else {}
    told = "; ".join(list(kinds.values())[:3])
    return f"somebody met through work ({told})" if told else "somebody met through work"
