"""The words that all parts of this room share, each with what a page calls it."""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "professional": "For work",
        "personal": "Private",
        "organisation": "An organisation's",
        "research": "For research",
        "dormant": "No longer used",
    }
)  # what an account is for
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "open": "Open: you want to be found and read",
        "careful": "Careful: you are there, and choose who sees what",
        "closed": "Closed: as little as the platform allows",
    }
)  # how private an account is to be, the most open first
SORTS: Mapping[str, str] = MappingProxyType(
    {
        "social": "A social network",
        "messaging": "Messages",
        "video": "Films and streams",
        "forum": "A forum",
        "site": "A website of your own",
        "directory": "A directory",
        "mail": "E-mail and the account behind a device",
        "device": "A device or a browser",
    }
)  # what sort of platform it is
