"""Looks passwords up among those of known breaches, by five characters of a hash: off until a person says yes.

The protocol is Pwned Passwords' (https://haveibeenpwned.com/API/v3#PwnedPasswords), with padding. What could not be
looked up is said to be so, and never counts as good.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, Literal
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from forethought.accounts.passwords.assess import UNNAMED
from forethought.accounts.passwords.errors import NoConsentError
from forethought.accounts.passwords.guard import guarded
from forethought.accounts.passwords.login import Login

ADDRESS = "https://api.pwnedpasswords.com/range/"
HEADERS = {"Add-Padding": "true", "User-Agent": "password-check"}  # some servers refuse a request without the second
TIMEOUT = 15.0  # seconds for one answer, from looking up the name to the last byte
LARGEST = 256 * 1024  # bytes of an answer; 1,000 lines have about 40,000
FEWEST = 800  # lines: a padded answer has at least these, so a shorter one was cut
LONGEST_WAIT = 10.0  # seconds that the service may ask us to wait before trying once more
MOST_TIME = 1_800.0  # seconds for all answers, after which no more are asked for
MOST_FAILED = 3  # answers missed in a row, after which no more are asked for
_LINE = re.compile(r"([0-9A-F]{35}):(\d{1,12})")
State = Literal["found", "not found", "could not check"]
Opener = Callable[..., IO[bytes]]


def shown(count: int, address: str = ADDRESS) -> str:
    """Return exactly what would leave for so many different ranges, to be read before a person says yes."""
    host = urlsplit(address).hostname
    return (
        f"{count:,} web requests would be sent to {host}, one after another, and one again where the "
        "service asks us to wait. Each holds:\n"
        "- the first five hexadecimal characters of a password's SHA-1 hash, of forty; on average about a thousand "
        "known passwords begin alike, so nobody can tell which one was meant, or whether any was;\n"
        "- the header Add-Padding: true, so that an answer's size tells nothing;\n"
        "- the header User-Agent: password-check, and what web requests need (Host, Accept-Encoding, Connection).\n"
        "No password, whole hash, site or user name leaves. "
        f"{host} and your provider see the network address that you connect from, and when."
    )


@dataclass(slots=True)
class Consent:
    """A yes to what was shown, word for word, for one run."""

    shown: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What became of one login: found so many times, not found, or not checked and why."""

    title: str
    state: State
    times: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Missed:
    """An answer that did not come, why, how long to wait where the service said, and whether others may fare better."""

    why: str
    wait: float | None = None


LATE = _Missed("the service answered so slowly that the rest was not asked for")


def ranges(logins: Iterable[Login]) -> tuple[str, ...]:
    """Return the different ranges to ask for, in an order that tells nothing of the export's."""
    return tuple(sorted({_hash(login.password)[:5] for login in logins}))


@guarded
def check(
    logins: Sequence[Login],
    consent: Consent | None = None,
    opener: Opener | None = None,
    address: str = ADDRESS,
    timeout: float = TIMEOUT,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Look, ...]:
    """Return a look for each login, in order. Raises NoConsentError unless `consent` is to `shown` of these ranges.

    A consent is used up by this. `opener`, `address` and `sleep` take the place of the usual ones.
    """
    wanted = ranges(logins)
    if consent is None or consent.used or consent.shown != shown(len(wanted), address):
        raise NoConsentError
    consent.used = True
    service = _Service(opener or build_opener(_Staying).open, address, timeout, sleep)
    answers = dict(zip(wanted, service.answers(wanted), strict=True))
    return tuple(_look(login, answers[_hash(login.password)[:5]]) for login in logins)


def _hash(password: str) -> str:
    return hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper()


def _look(login: Login, answer: dict[str, int] | _Missed) -> Look:
    title = next((name for name in (login.title, login.site) if login.password not in name), UNNAMED)
    if isinstance(answer, _Missed):
        return Look(title, "could not check", why=answer.why)
    if times := answer.get(_hash(login.password)[5:], 0):  # padding is counted 0
        return Look(title, "found", times)
    if len(answer) < FEWEST:
        return Look(title, "could not check", why="the answer was shorter than a whole one")
    return Look(title, "not found")


class _Service:
    """The service, asked for one range after another, until too many answers in a row do not come."""

    def __init__(self, opener: Opener, address: str, timeout: float, sleep: Callable[[float], None]) -> None:
        self.opener, self.address, self.timeout, self.sleep = opener, address, timeout, sleep

    def answers(self, wanted: Iterable[str]) -> Iterator[dict[str, int] | _Missed]:
        """Yield an answer for each range."""
        failed, last, until = 0, _Missed(""), time.monotonic() + MOST_TIME
        for prefix in wanted:
            late = time.monotonic() > until
            answer = last if failed >= MOST_FAILED else LATE if late else self._patiently(prefix)
            if isinstance(answer, _Missed):
                failed, last = failed + 1, answer
            else:
                failed = 0
            yield answer

    def _patiently(self, prefix: str) -> dict[str, int] | _Missed:
        """Return an answer, waiting once as long as the service asks, where that is not too long."""
        answer = self._waited(prefix)
        if isinstance(answer, _Missed) and answer.wait is not None and answer.wait <= LONGEST_WAIT:
            self.sleep(answer.wait)
            answer = self._waited(prefix)
        return answer

    def _waited(self, prefix: str) -> dict[str, int] | _Missed:
        """Return an answer, waiting for it from outside: a trickle of bytes has no limit of its own."""
        told: SimpleQueue[dict[str, int] | _Missed] = SimpleQueue()
        Thread(target=lambda: told.put(self._answer(prefix)), daemon=True).start()
        try:
            return told.get(timeout=self.timeout)
        except Empty:
            return _Missed("the service took too long to answer")

    def _answer(self, prefix: str) -> dict[str, int] | _Missed:
        request = Request(self.address + prefix, headers=HEADERS)
        try:
            with closing(self.opener(request, timeout=self.timeout)) as stream:
                return _read(stream)
        except HTTPError as error:
            error.close()
            return _refused(error)
        except TimeoutError:
            return _Missed("the service took too long to answer")
        except (OSError, HTTPException, ValueError):
            return _Missed("the service could not be reached, or broke off: check whether this computer is online")


class _Staying(HTTPRedirectHandler):
    """Goes nowhere else: what was agreed to was one request to one address."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


def _read(stream: IO[bytes]) -> dict[str, int] | _Missed:
    """Return how often each hash of an answer was met; one odd line spoils the whole."""
    content = stream.read(LARGEST + 1)
    said = getattr(stream, "headers", {}).get("Content-Length")
    if len(content) > LARGEST:
        return _Missed("the answer was far too long")
    if said is not None and said != str(len(content)):
        return _Missed("the answer was cut off")
    lines = [_LINE.fullmatch(line) for line in content.decode("ascii", "replace").splitlines()]
    found = {line[1]: int(line[2]) for line in lines if line}
    if not lines or len(found) != len(lines):
        return _Missed("the answer was not a list of hashes: a network that wants you to sign in can cause that")
    return found


def _refused(error: HTTPError) -> _Missed:
    if 300 <= error.code < 400:
        return _Missed("the service sent us on to another address, which was not asked")
    wait = error.headers.get("Retry-After", "").strip() if error.code in (429, 503) else ""
    seconds = float(wait) if wait.isascii() and wait.isdigit() and len(wait) < 7 else None
    return _Missed(f"the service said no (HTTP {error.code})", seconds)
