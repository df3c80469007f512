"""Exports as tables: which columns hold what, and rows with commas, quotes and line breaks inside their fields."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forethought.accounts.passwords.content import bounded, day, has_code
from forethought.accounts.passwords.errors import DamagedExportError
from forethought.accounts.passwords.login import Export, Login
from forethought.accounts.passwords.sites import is_plain, site_name

MOST_FIELD = 100_000  # letters; the csv module has a limit too, but one that any other part of a program may move
Row = Mapping[str, str]  # a row's fields by the column's name in small letters


def whole(address: str) -> list[str]:
    """Return the one address of a field."""
    return [address]


def no_reason(row: Row) -> str:
    """Return why a row is left out: never."""
    return ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A manager's table: the columns that tell it, and where it keeps what; an empty name is one that it lacks."""

    manager: str
    told_by: frozenset[str]
    title: str
    site: str
    user: str
    password: str
    totp: str = ""
    notes: tuple[str, ...] = ()
    changed: str = ""
    day: Callable[[str], date | None] = day
    addresses: Callable[[str], list[str]] = whole
    skip: Callable[[Row], str] = no_reason  # why a row is no live login, or nothing

    def login(self, row: Row) -> Login:
        """Return the login of a row."""
        addresses = self.addresses(row[self.site])
        site = next(filter(None, map(site_name, addresses)), "")
        return Login(
            title=row.get(self.title, "").strip() or site or "An entry without a name",
            site=site,
            user=row[self.user].strip(),
            password=row[self.password],
            changed=self.day(row.get(self.changed, "")),
            totp=bool(row.get(self.totp, "").strip()),
            notes_has_code=has_code(*(row.get(note, "") for note in self.notes)),
            plain=any(map(is_plain, addresses)),
        )


def heads(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names of a table's columns in small letters, and what parts them."""
    first = text.lstrip("\r\n").partition("\n")[0][:4_096]
    delimiter = max(",;\t", key=first.count)
    found = next(csv.reader([first], delimiter=delimiter), [])
    return tuple(name.strip().casefold() for name in found), delimiter


def read_sheet(sheet: Sheet, text: str, name: str) -> Export:
    """Return the logins of a table. Raises DamagedExportError and LargeExportError."""
    columns, delimiter = heads(text)
    logins: list[Login] = []
    skipped = Counter[str]()
    unread = 0
    for fields in _rows(text, delimiter, name):
        if len(fields) != len(columns):
            unread += 1
            continue
        row = dict(zip(columns, fields, strict=True))
        if why := sheet.skip(row) or ("" if row[sheet.password] else "without a password"):
            skipped[why] += 1
        else:
            logins.append(sheet.login(row))
    return Export(sheet.manager, tuple(logins), skipped, unread)


def _rows(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield the rows after the first, but for empty ones."""
    rows = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter, strict=True)
    try:
        next(rows)
        for number, fields in enumerate(filter(None, rows), 1):
            bounded(number, name)
            if max(map(len, fields)) > MOST_FIELD:
                raise csv.Error
            yield fields
    except csv.Error:
        raise DamagedExportError(name, f"a field near line {rows.line_num} does not end, or is far too long") from None
