"""What this room brings to the desk."""

from datetime import UTC, datetime

from django.conf import settings

from forethought.media import keeping
from forethought.room import Room


def _opened() -> None:
    keeping.tidy(settings.DOOR.vault, datetime.now(UTC))


ROOM = Room(name="media", title="Files", opened=_opened)
