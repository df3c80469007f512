"""The name that a site is known by, whatever page of it an address leads to."""

import re
from urllib.parse import urlsplit

_SHARED = frozenset("ac co com edu gov ltd me net nhs nic or org plc police sch".split())
_LONGEST = 2_048  # letters of an address that are looked at
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d.]+|\[?[0-9a-f:]*:[0-9a-f:.]*\]?", re.IGNORECASE)


def site_name(address: str) -> str:
    """Return the name of an address's site, such as `example.co.uk`; empty where there is none.

    An approximation without a list of all public endings: two parts, or three where the second last is a usual one.
    """
    host = _host(address)
    if not host or _NUMBERS.fullmatch(host):
        return host
    parts = host.split(".")
    kept = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SHARED else 2
    return ".".join(parts[-kept:])


def _host(address: str) -> str:
    address = address.strip()[:_LONGEST]
    if address.casefold().startswith("android://"):  # android://signature@org.example.app/
        return ".".join(reversed(address.rpartition("@")[2].strip("/").casefold().split(".")[:2]))
    try:
        return (urlsplit(address if _SCHEME.match(address) else f"//{address}").hostname or "").strip(".")
    except ValueError:
        return ""


def is_plain(address: str) -> bool:
    """Say whether an address is http, so that what is typed there may travel unprotected."""
    return address.strip().casefold().startswith("http://") and bool(_host(address))
