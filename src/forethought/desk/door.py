"""Who may come in: one link that opens the desk once, and a cookie for the browser that used it.

All of it is in memory, so that stopping the desk shuts everyone out.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from forethought.vault import Vault

IDLE = 10 * 60  # seconds without a request after which the vault locks, unless the person chose otherwise


@dataclass(slots=True)
class Visitor:
    """A browser that has come in; `told` holds what its next page is to tell it."""

    told: list[str] = field(default_factory=list)

    def hear(self) -> list[str]:
        """Return what there was to tell, which is then told."""
        told, self.told = self.told, []
        return told


@dataclass(slots=True)
class Door:
    """The way in to one running desk on `port`; `clock` counts seconds and never goes back."""

    vault: Vault
    port: int
    idle: float = IDLE
    clock: Callable[[], float] = time.monotonic
    _links: set[bytes] = field(default_factory=set)
    _visitors: dict[bytes, Visitor] = field(default_factory=dict)
    _seen: float = 0.0

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers share cookies between ports, so the port is part of it."""
        return f"forethought-{self.port}"

    def new_link(self) -> str:
        """Return a token that lets one browser in, once."""
        token = secrets.token_urlsafe(32)
        self._links.add(_kept(token))
        return token

    def admit(self, token: str) -> str | None:
        """Return the cookie for a browser that shows an unused token, which is used up; None for any other."""
        if _kept(token) not in self._links:
            return None
        self._links.discard(_kept(token))
        cookie = secrets.token_urlsafe(32)
        self._visitors[_kept(cookie)] = Visitor()
        self.touch()
        return cookie

    def visitor(self, cookie: str) -> Visitor | None:
        """Return the browser that holds this cookie, or None."""
        return self._visitors.get(_kept(cookie))

    def touch(self) -> None:
        """Note that somebody is at the desk."""
        self._seen = self.clock()

    def lock_if_idle(self) -> None:
        """Lock the vault where nobody has been at the desk for a while."""
        if self.vault.is_open and self.clock() - self._seen >= self.idle:
            self.vault.lock()


def _kept(secret: str) -> bytes:
    """Return what is remembered of a secret: enough to know it again, and compared without telling how near."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
