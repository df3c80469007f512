"""What every page's frame shows: the rooms, whether the vault is open, and what the page is to tell."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from forethought.desk.rooms import rooms

NAV = {"held-drafts": "check", "held": "check", "entry": "library", "compare": "library"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the names that the base template uses; what there was to tell waits for a page that has a place for it."""
    visitor = getattr(request, "visitor", None)
    door = settings.DOOR
    return {
        "rooms": rooms(),
        "inside": visitor is not None,
        "open": door.vault.is_open,
        "trying": visitor is not None and not door.vault.exists,
        "idle_seconds": int(door.idle),
        "told": visitor.hear if visitor is not None else (),
        "nav": _nav(request),
    }


def _nav(request: HttpRequest) -> str:
    """Return which entry of the main navigation this page belongs to."""
    match = request.resolver_match
    return NAV.get(match.view_name, match.namespace or match.view_name) if match else ""
