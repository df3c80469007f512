"""What this room brings to the desk."""

from forethought.room import Room

ROOM = Room(name="incidents", title="Incidents")
