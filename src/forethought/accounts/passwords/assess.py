"""Weighs the passwords of an export against each other: one row an account with every reason, the worst first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from forethought.accounts.passwords.guard import guarded
from forethought.accounts.passwords.kept import Changes, Kept, account_mark, changed, fingerprints
from forethought.accounts.passwords.likeness import alike, holds, names_in
from forethought.accounts.passwords.login import Login
from forethought.accounts.passwords.weighing import Scales

REASONS: Mapping[str, int] = MappingProxyType(
    {
        "reused": 16,
        "weak": 15,
        "http": 8,
        "similar": 7,
        "site-in-password": 4,
        "user-in-password": 4,
        "no-two-step": 3,
        "not-weighed": 2,
        "old": 1,
    }
)  # every reason with its weight: the order of what to mend first is Forethought's own
MOST_NAMED = 6
UNNAMED = "An entry whose name is left out"  # its name holds its password
_ENDINGS = frozenset("com org net co uk www http https login account accounts the and".split())


class Others(NamedTuple):
    """Titles of some accounts that one shares something with, and whether there are more than are named."""

    titles: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An account with something to mend: its reasons, worst first, and the titles of accounts like it."""

    mark: str
    title: str
    site: str
    user: str
    reasons: tuple[str, ...]
    same_as: Others
    similar_to: Others


@dataclass(frozen=True, slots=True)
class Report:
    """What was found: rows, how many accounts and logins there were, how many dates, and the marks to keep."""

    rows: tuple[Row, ...]
    accounts: int
    logins: int
    dated: int
    kept: Kept = field(repr=False)
    titles: Mapping[str, str] = field(repr=False)

    def since(self, before: Kept) -> Changes:
        """Return what became of last time's accounts."""
        return changed(before, self.kept)


@guarded
def assess(
    logins: Sequence[Login],
    offers_two_step: Collection[str],
    today: date,
    key: bytes,
    old_after: timedelta | None = None,
    scales: Scales | None = None,
) -> Report:
    """Return what to mend in logins; nothing of it holds a password, nor how long one is.

    `offers_two_step` names sites, such as `example.org`. `key` is the vault's. `old_after` adds the reason `old`, by
    the export's own dates alone, for a person who wants it; a login without a date is never old.
    """
    ways = scales or Scales()
    try:
        return _Weighing(logins, offers_two_step, today, key, old_after, ways).report()
    finally:
        ways.clear()


class _Weighing:
    """The logins by account and by password, while they are weighed."""

    def __init__(
        self,
        logins: Sequence[Login],
        offers_two_step: Collection[str],
        today: date,
        key: bytes,
        old_after: timedelta | None,
        scales: Scales,
    ) -> None:
        self.logins, self.offers, self.key, self.scales = logins, offers_two_step, key, scales
        self.old_before = today - old_after if old_after is not None else None
        self.accounts: dict[str, list[Login]] = defaultdict(list)
        self.users: dict[str, dict[str, None]] = defaultdict(dict)  # the accounts of each password, in order
        self.plain: set[str] = set()
        for login in logins:
            mark = account_mark(login.site, login.title, login.user, key)
            self.accounts[mark].append(login)
            self.users[login.password][mark] = None
            if login.plain:
                self.plain.add(login.password)
        self.titles = {mark: _shown(entries, entries[0].title) for mark, entries in self.accounts.items()}
        self.families = alike(login.password for login in logins)
        self.kin: dict[int, list[str]] = defaultdict(list)
        for password, family in self.families.items():
            self.kin[family].append(password)

    def report(self) -> Report:
        """Return the report."""
        rows = [self._row(mark, entries) for mark, entries in self.accounts.items()]
        marks = fingerprints(self.logins, self.key)
        return Report(
            rows=tuple(sorted((row for row in rows if row.reasons), key=_worst_first)),
            accounts=len(rows),
            logins=len(self.logins),
            dated=sum(login.changed is not None for login in self.logins),
            kept={row.mark: (marks[row.mark], row.reasons) for row in rows},
            titles=self.titles,
        )

    def _row(self, mark: str, entries: list[Login]) -> Row:
        reasons = {reason for login in entries for reason in self._of_password(login)}
        first, passwords = entries[0], {login.password for login in entries}
        same = self._others(mark, passwords)
        kin = self._others(mark, self._kindred(passwords))
        if same.titles:
            reasons.add("reused")
        if kin.titles:
            reasons.add("similar")
        if first.site in self.offers and not any(login.totp or login.notes_has_code for login in entries):
            reasons.add("no-two-step")
        ordered = tuple(reason for reason in REASONS if reason in reasons)
        site, user = (_shown(entries, words, "") for words in (first.site, first.user))
        return Row(mark, self.titles[mark], site, user, ordered, same, kin)

    def _kindred(self, passwords: set[str]) -> Iterator[str]:
        """Yield the passwords that are like one of these."""
        families = {self.families[each] for each in passwords if each in self.families}
        return (each for family in families for each in self.kin[family] if each not in passwords)

    def _others(self, mark: str, passwords: Iterable[str]) -> Others:
        """Return the other accounts of some passwords: a few of them, since there may be thousands."""
        marks = chain.from_iterable(self.users[each] for each in passwords)
        some = list(
            islice(dict.fromkeys(each for each in islice(marks, 4 * MOST_NAMED) if each != mark), MOST_NAMED + 1)
        )
        titles = dict.fromkeys(self.titles[each] for each in some[:MOST_NAMED])
        return Others(tuple(sorted(titles, key=str.casefold)), len(some) > MOST_NAMED)

    def _of_password(self, login: Login) -> Iterable[str]:
        """Yield what there is to say of one entry by itself."""
        sites = [name for name in names_in((login.title, login.site)) if name not in _ENDINGS]
        users = names_in((login.user, login.user.partition("@")[0]))
        in_site = frozenset(name for name in sites if holds(login.password, [name]))
        in_user = frozenset(name for name in users if holds(login.password, [name]))
        weak = self.scales.weak(login.password, in_site | in_user)
        if weak is not False:
            yield "not-weighed" if weak is None else "weak"
        if in_site:
            yield "site-in-password"
        if in_user:
            yield "user-in-password"
        if login.password in self.plain:
            yield "http"
        if self.old_before is not None and login.changed is not None and login.changed < self.old_before:
            yield "old"


def _shown(entries: Sequence[Login], words: str, instead: str = UNNAMED) -> str:
    """Return a name to show, unless a person has written a password into it."""
    return instead if any(login.password in words for login in entries) else words


def _worst_first(row: Row) -> tuple[int, str, str]:
    return -sum(REASONS[reason] for reason in row.reasons), row.title.casefold(), row.user
