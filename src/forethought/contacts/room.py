"""What this room brings to the desk."""

from collections.abc import Iterable

from django.urls import reverse

from forethought.contacts.models import Decision
from forethought.room import Item, Room


def _search(words: str) -> Iterable[Item]:
    every = Decision.objects.all()
    found = every.filter(reasons__icontains=words) | every.filter(answered__icontains=words)
    for decision in found | every.filter(reference__icontains=words):
        yield Item(decision.title, reverse("contacts:decision", args=[decision.pk]), f"{decision.happened:%d %B %Y}")


ROOM = Room(name="contacts", title="Contacts", search=_search)
