"""Threads in the vault: found anew from what the audit noted of each post, and what a stranger learns from them all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from forethought.documents import Mark, Quote
from forethought.documents.html import fragment
from forethought.footprint.guess import Guess, OwnPost, guessed
from forethought.footprint.jigsaw import threads as jigsaw
from forethought.footprint.jigsaw.clues import Clue, Detail
from forethought.footprint.models import Entry, Thread
from forethought.reading import Span

MOST_OWN = 20_000  # posts that are looked through for what a stranger learns, the newest first


def noted(clue: Clue) -> dict[str, Any]:
    """Return what is kept of a post's clue; nothing where it gives none."""
    if not (clue.own or jigsaw.worth_keeping(clue)):
        return {}
    kept: dict[str, Any] = {"own": [[each.kind, *each.span] for each in clue.own]}
    if jigsaw.worth_keeping(clue):
        kept |= {
            "weight": round(clue.weight, 4),
            "details": [[each.kind, *each.span] for each in clue.details],
            "kin": clue.kin.hex(),
        }
    return kept


def weave(tell: Callable[[int], None] = lambda done: None) -> int:
    """Look for threads in everything that was reviewed, put them in place of those before, and return how many."""
    told = [told_of(entry) for entry in telling().iterator()]
    place = place_of_the_person()
    connections.close_all()  # a vault that is locked meanwhile is not written to with its old key
    tell(len(told))
    found = jigsaw.threads(told, place)
    with transaction.atomic():
        Thread.objects.all().delete()
        for each in found:
            _keep(each)
    tell(len(found))
    return len(found)


def telling() -> QuerySet[Entry]:
    """Return the entries that may belong to a thread."""
    return Entry.objects.filter(clue__has_key="weight").only("pk", "text", "clue", "created")


def told_of(entry: Entry) -> jigsaw.Told:
    """Return an entry as the search for threads takes it."""
    details, own = (_details(entry.clue[name]) for name in ("details", "own"))
    clue = Clue(entry.clue["weight"], details, own, bytes.fromhex(entry.clue["kin"]))
    return jigsaw.Told(str(entry.pk), entry.text, clue, entry.created)


def _details(rows: list[list[Any]]) -> tuple[Detail, ...]:
    return tuple(Detail(kind, Span(start, end)) for kind, start, end in rows)


def place_of_the_person() -> str:
    """Return where the person says that they are, in the newest profile that says so."""
    for details in Entry.objects.filter(kind="profile").order_by("-pk").values_list("details", flat=True):
        place = details.get("location", "")
        if place:
            return str(place)
    return ""


def _keep(found: jigsaw.Thread) -> None:
    kept = Thread.objects.create(
        about=found.about[:200],
        identifying=found.identifying,
        recognise=found.recognise,
        low=found.estimate.low,
        high=found.estimate.high,
        basis=list(found.estimate.basis),
        details=[[each.post, each.kind, each.start, each.words] for each in found.details],
        pair=[{"words": each.words, "kind": each.kind} for each in found.pair],
        loosen=found.loosen,
        made=datetime.now(UTC),
    )
    kept.entries.set([int(post) for post in found.posts])


def marked(entry: Entry, thread: Thread) -> str:
    """Return a post's words as HTML, with those marked that tell of the thread's person."""
    here = [each for each in thread.details if each[0] == str(entry.pk)]
    marks = [Mark(start, start + len(words), kind) for _, kind, start, words in here]
    return fragment([Quote(entry.text, tuple(marks))])


def guesses() -> list[Guess]:
    """Return what a stranger could learn from the person's posts; each post is named by its number."""
    entries = Entry.objects.exclude(clue={}).order_by("-created", "-pk")[:MOST_OWN]
    return guessed(
        OwnPost(
            str(entry.pk), entry.text, [tuple(each) for each in entry.clue["own"]], [f["rule"] for f in entry.findings]
        )
        for entry in entries
    )
