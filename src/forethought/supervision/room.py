"""What this room brings to the desk."""

from collections.abc import Iterable

from django.urls import reverse

from forethought.room import Item, Room
from forethought.supervision.models import Note


def _today() -> Iterable[Item]:
    """Return the notes whose question is still to be written: without one there is nothing to take."""
    for note in Note.objects.filter(taken=None, question=""):
        yield Item("Write down what to ask in supervision", reverse("supervision:note", args=[note.pk]), note.title)


def _search(words: str) -> Iterable[Item]:
    every = Note.objects.all()
    found = every.filter(title__icontains=words) | every.filter(question__icontains=words)
    for note in found | every.filter(shown__icontains=words):
        yield Item(note.title, reverse("supervision:note", args=[note.pk]))


ROOM = Room(
    name="supervision",
    title="Supervision",
    today=_today,
    search=_search,
)
