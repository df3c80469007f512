"""What this room brings to the desk."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.db.models.fields.json import KT
from django.urls import reverse

from forethought.incidents.keeping import finish_removals
from forethought.incidents.models import Event, Incident
from forethought.room import Item, Room

MOST_FOUND = 50  # records that one search shows
SEARCHED = ("title", "words", "handle", "name", "about", "remark", "reference")


def _today() -> Iterable[Item]:
    """Return the incidents of which it is time to decide whether to keep them."""
    for each in Incident.objects.filter(look_again__lte=date.today()):
        yield Item("Decide whether to keep an incident", reverse("incidents:incident", args=[each.pk]), each.title)


def _search(words: str) -> Iterable[Item]:
    """Return the incidents and records that hold these words, each record by its incident; hidden words stay hidden."""
    for each in Incident.objects.filter(title__icontains=words):
        yield Item(each.title, reverse("incidents:incident", args=[each.pk]), "An incident")
    fields = {f"in_{name}": KT(f"fields__{name}__value") for name in SEARCHED}
    holds = Q(*((f"{name}__icontains", words) for name in fields), _connector=Q.OR)
    current = Event.objects.filter(current=True).exclude(what="incident").select_related("incident")
    for event in current.annotate(**fields).filter(holds).order_by("incident", "number")[:MOST_FOUND]:
        number = event.value("number")
        title = f"Item {number}" if event.what == "item" else "A record"
        yield Item(
            title, reverse("incidents:record", args=[event.incident.pk, event.record]), f"In {event.incident.title}"
        )


def _opened() -> None:
    """Finish what was being removed when the computer stopped."""
    finish_removals(settings.DOOR.vault)


ROOM = Room(
    name="incidents", title="Incidents", today=_today, search=_search, opened=_opened, always=("danger",)
)  # fmt: skip
