"""Exports of 1Password: a table, or a 1PUX file, which is a zip with JSON inside."""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from forethought.accounts.passwords.content import (
    MOST_BYTES,
    bounded,
    day_since,
    has_code,
    listing,
    mapping,
    parts_of,
    string,
    text_of,
)
from forethought.accounts.passwords.errors import (
    DamagedExportError,
    LargeExportError,
    LockedExportError,
    UnknownExportError,
)
from forethought.accounts.passwords.login import Export, Login
from forethought.accounts.passwords.sheets import Sheet
from forethought.accounts.passwords.sites import is_plain, site_name

_DATA = "export.data"
_CATEGORIES = ("001", "005")  # a login, and a password by itself

SHEETS = (
    Sheet(
        "1Password",
        frozenset({"title", "url", "username", "password", "otpauth", "favorite", "archived"}),
        title="title",
        site="url",
        user="username",
        password="password",
        totp="otpauth",
        notes=("notes",),
        skip=lambda row: "archived" if row["archived"].strip().casefold() == "true" else "",
    ),
)


def read_1pux(content: bytes | bytearray, name: str) -> Export:
    """Return the logins of a 1PUX file. Raises an error for what is locked, damaged, too large or another zip."""
    parts = parts_of(text_of(_data(content, name), name), name)
    items = list(_items(parts))
    bounded(len(items), name)
    logins: list[Login] = []
    skipped = Counter[str]()
    for item in items:
        if why := _why_not(item):
            skipped[why] += 1
        else:
            logins.append(_login(item))
    return Export("1Password", tuple(logins), skipped)


def _data(content: bytes | bytearray, name: str) -> bytes:
    """Return what the zip's one member of interest holds; nothing is unpacked to disk, nor more than may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = archive.getinfo(_DATA)
            if entry.flag_bits & 1:
                raise LockedExportError(name)
            with archive.open(entry) as stream:
                found = stream.read(MOST_BYTES + 1)
    except KeyError:
        raise UnknownExportError(name) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        raise DamagedExportError(name, "the zip is cut off, damaged or packed in an unknown way") from None
    if len(found) > MOST_BYTES:
        raise LargeExportError(name, f"{MOST_BYTES >> 20} MB unpacked")
    return found


def _items(parts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for account in map(mapping, listing(parts.get("accounts"))):
        for vault in map(mapping, listing(account.get("vaults"))):
            for item in map(mapping, listing(vault.get("items"))):
                yield mapping(item.get("item")) or item  # older files wrap each item once more


def _why_not(item: dict[str, Any]) -> str:
    state = item.get("state") or ("archived" if item.get("trashed") else "active")
    if state != "active":
        return "archived" if state == "archived" else "deleted"
    if item.get("categoryUuid") not in _CATEGORIES:
        return "not a login"
    return "" if _field(item, "password") else "without a password"


def _field(item: dict[str, Any], designation: str) -> str:
    details = mapping(item.get("details"))
    fields = map(mapping, listing(details.get("loginFields")))
    found = next((string(each.get("value")) for each in fields if each.get("designation") == designation), "")
    return found or string(details.get(designation))


def _login(item: dict[str, Any]) -> Login:
    overview, details = mapping(item.get("overview")), mapping(item.get("details"))
    listed = (string(mapping(each).get("url")) for each in listing(overview.get("urls")))
    addresses = [string(overview.get("url")), *listed]
    site = next(filter(None, map(site_name, addresses)), "")
    return Login(
        title=string(overview.get("title")).strip() or site or "An entry without a name",
        site=site,
        user=_field(item, "username").strip(),
        password=_field(item, "password"),
        changed=_changed(item, details),
        totp=any("totp" in value for value in _values(details)),
        notes_has_code=has_code(string(details.get("notesPlain")), *map(_written, _values(details))),
        plain=any(map(is_plain, addresses)),
    )


def _values(details: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in map(mapping, listing(details.get("sections"))):
        for each in map(mapping, listing(section.get("fields"))):
            yield mapping(each.get("value"))


def _written(value: dict[str, Any]) -> str:
    return string(value.get("string")) or string(value.get("concealed"))


def _changed(item: dict[str, Any], details: dict[str, Any]) -> date | None:
    """Return when the last older password gave way, or when the item was made where it has had no other."""
    times = (day_since(mapping(each).get("time")) for each in listing(details.get("passwordHistory")))
    return max(filter(None, times), default=None) or day_since(item.get("createdAt"))
