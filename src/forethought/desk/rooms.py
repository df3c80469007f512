"""The rooms of the desk: a new one is a line here, and a folder of its own that holds all the rest."""

from functools import cache
from importlib import import_module

from forethought.room import Room

ROOMS: tuple[str, ...] = ("media", "footprint", "contacts", "policy", "clients", "incidents", "accounts", "supervision")


@cache
def rooms() -> tuple[Room, ...]:
    """Return every room, in the order in which the desk shows them."""
    return tuple(import_module(f"forethought.{name}.room").ROOM for name in ROOMS)
