"""What holds for every test: no other host is ever reached, and properties are not judged by the clock."""

import sys
from typing import Any

from hypothesis import settings

LOOPBACK = {None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1", b"::1"}
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname"}


def refuse_look_ups(event: str, details: tuple[Any, ...]) -> None:
    """Stop a look-up of another host's name, which would itself leave the machine and which pytest-socket lets pass."""
    if event in LOOK_UPS and details[0] not in LOOPBACK:
        raise RuntimeError(f"A test looked up the host {details[0]!r}. Tests reach this machine alone.")


sys.addaudithook(refuse_look_ups)
settings.register_profile("forethought", deadline=None, derandomize=True)
settings.load_profile("forethought")
