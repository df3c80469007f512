"""A draft beside what was posted before: whether it tells, together with old posts, who is meant."""

from dataclasses import dataclass
from datetime import UTC, datetime

from forethought.footprint.jigsaw.clues import clue
from forethought.footprint.jigsaw.telling import people
from forethought.footprint.jigsaw.threads import Told, threads, worth_keeping
from forethought.footprint.models import Entry
from forethought.footprint.weaving import place_of_the_person, telling, told_of
from forethought.review import Report

DRAFT = "draft"
NEWEST = 300  # posts that a draft is set beside, so that the answer comes while one writes


@dataclass(frozen=True, slots=True)
class Beside:
    """What a draft tells together with old posts: those posts, whether somebody could be told, of how many."""

    posts: tuple[Entry, ...]
    identifying: bool
    people: str
    loosen: str


def beside(report: Report) -> Beside | None:
    """Return what a reviewed draft tells together with the person's newest posts; None where nothing combines."""
    known = clue(report)
    if not worth_keeping(known):
        return None
    draft = Told(DRAFT, report.draft.text, known, datetime.now(UTC))
    told = [told_of(entry) for entry in telling().order_by("-created", "-pk")[:NEWEST]]
    if not told:
        return None
    found = next(iter(threads([*told, draft], place_of_the_person(), DRAFT)), None)
    if found is None:
        return None
    entries = Entry.objects.filter(pk__in=[int(post) for post in found.posts if post != DRAFT])
    match = people(found.estimate.low, found.estimate.high)
    return Beside(tuple(entries), found.identifying, match, found.loosen)
