"""What this room brings to the desk."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from forethought.policy.models import Version
from forethought.room import Item, Room


def _today() -> Iterable[Item]:
    """Return the newest version, where the day has come to look at it again."""
    newest = Version.objects.first()
    if newest and newest.is_due(date.today()):
        yield Item("Look at your digital policy again", reverse("policy:overview"), f"version {newest.number}")


ROOM = Room(name="policy", title="Policy", today=_today)
