"""What this room brings to the desk."""

from forethought.clients import keeping
from forethought.room import Room

ROOM = Room(name="clients", title="Clients", opened=keeping.forget)
