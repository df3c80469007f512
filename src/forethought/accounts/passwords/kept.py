"""All that is kept of a check of passwords: keyed fingerprints, by which the next one knows what was changed."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from forethought.accounts.passwords.login import Login

MENDED_BY_CHANGE = frozenset({"weak", "reused", "similar"})
Kept = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # an account's mark: its passwords' marks, its reasons


@dataclass(frozen=True, slots=True)
class Changes:
    """Marks of accounts whose password was weak, reused or alike last time: changed since, not changed, not met."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]


def account_mark(site: str, title: str, user: str, key: bytes) -> str:
    """Return the mark of an account: its site, or its title where it has none, and its user name."""
    return _mark(key, "account", (site or title).casefold(), user.casefold())


def password_mark(password: str, key: bytes) -> str:
    """Return the mark of a password. Without the key nobody can try passwords against it."""
    return _mark(key, "password", password)


def fingerprints(logins: Iterable[Login], key: bytes) -> dict[str, tuple[str, ...]]:
    """Return the marks of each account's passwords under a vault's key (HMAC-SHA256, 256 bits)."""
    found: dict[str, set[str]] = {}
    for login in logins:
        mark = account_mark(login.site, login.title, login.user, key)
        found.setdefault(mark, set()).add(password_mark(login.password, key))
    return {mark: tuple(sorted(marks)) for mark, marks in found.items()}


def changed(before: Kept, after: Kept) -> Changes:
    """Return what became of the accounts whose password was to be changed last time.

    One counts as changed when none of the passwords that it had is left.
    """
    wanted = [mark for mark, (_, reasons) in before.items() if MENDED_BY_CHANGE & set(reasons)]
    met = [mark for mark in wanted if mark in after]
    left = {mark for mark in met if set(before[mark][0]) & set(after[mark][0])}
    return Changes(
        tuple(mark for mark in met if mark not in left),
        tuple(mark for mark in met if mark in left),
        tuple(mark for mark in wanted if mark not in after),
    )


def _mark(key: bytes, *parts: str) -> str:
    # Each part's length goes first, so that no two lists of parts read the same.
    written = b"".join(len(part := each.encode("utf-8", "surrogatepass")).to_bytes(8, "big") + part for each in parts)
    return hmac.new(key, written, sha256).hexdigest()
