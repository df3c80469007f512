"""What this room brings to the desk."""

from collections.abc import Iterable

from django.urls import reverse

from forethought.footprint.models import Entry, Thread
from forethought.room import Item, Room

SHORT = 80  # characters of a post that a list shows


def _today() -> Iterable[Item]:
    """Return the threads that could tell who is meant, and what was decided and is still to be done."""
    for thread in Thread.objects.filter(identifying=True):
        yield Item("Posts of yours combine", reverse("footprint:thread", args=[thread.pk]), thread.about)
    waiting = Entry.objects.exclude(decision__in=("", "keep")).filter(done=None).count()
    if waiting:
        yield Item("Posts that you decided to take down or change", reverse("footprint:to-do"), f"{waiting} to do")


def _search(words: str) -> Iterable[Item]:
    for entry in Entry.objects.filter(text__icontains=words, own_words=True)[:20]:
        yield Item("A post of yours", reverse("footprint:post", args=[entry.pk]), entry.text[:SHORT])


ROOM = Room(name="footprint", title="Footprint", today=_today, search=_search)
