"""The first page: what needs attention today, and nothing else."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from forethought.desk.models import HeldDraft
from forethought.desk.rooms import rooms
from forethought.room import Item


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the drafts whose time has come and what each room has for today, and what a search finds in the rooms."""
    words = request.GET.get("words", "").strip()
    items = [*ripe(datetime.now(UTC)), *(item for room in rooms() for item in room.today())]
    found = [*_held(words), *(item for room in rooms() for item in room.search(words))] if words else []
    shown = {"items": items, "waiting": HeldDraft.objects.count(), "words": words, "found": found}
    return render(request, "desk/home.html", shown)


def ripe(now: datetime) -> list[Item]:
    """Return the held drafts that may be looked at again."""
    return [
        Item("A draft that you held can be looked at again", reverse("held", args=[held.pk]), opening(held.text))
        for held in HeldDraft.objects.all()
        if held.is_ripe(now)
    ]


def _held(words: str) -> list[Item]:
    """Return the way to the held drafts, for each that holds these words."""
    found = HeldDraft.objects.filter(text__icontains=words)
    return [Item("A draft that you hold", reverse("held-drafts"), opening(held.text)) for held in found]


def opening(text: str, most: int = 80) -> str:
    """Return how a text begins."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
