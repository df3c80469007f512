"""Exports of Bitwarden and Vaultwarden: a table, or JSON with what was deleted and when passwords were changed."""

import re
from collections import Counter
from typing import Any

from forethought.accounts.passwords.content import bounded, day, has_code, listing, mapping, string
from forethought.accounts.passwords.errors import LockedExportError
from forethought.accounts.passwords.login import Export, Login
from forethought.accounts.passwords.sheets import Sheet
from forethought.accounts.passwords.sites import is_plain, site_name

_LOGIN = 1  # the type of an item that is neither a note, a card, an identity nor a key
_BETWEEN = re.compile(r",(?=\s*[a-z][a-z0-9+.-]*://)", re.IGNORECASE)  # addresses, which may hold commas themselves


def _skip(row: Any) -> str:
    if row["type"].strip().casefold() != "login":
        return "not a login"
    return "archived" if row.get("archiveddate", "").strip() else ""


SHEETS = (
    Sheet(
        "Bitwarden",
        frozenset({"type", "name", "login_uri", "login_username", "login_password"}),
        title="name",
        site="login_uri",
        user="login_username",
        password="login_password",
        totp="login_totp",
        notes=("notes", "fields"),
        addresses=_BETWEEN.split,
        skip=_skip,
    ),
)


def told_by(parts: dict[str, Any]) -> bool:
    """Say whether JSON is Bitwarden's."""
    return "encrypted" in parts and ("items" in parts or bool(parts["encrypted"]))


def read_json(parts: dict[str, Any], name: str) -> Export:
    """Return the logins of the JSON. Raises LockedExportError and LargeExportError."""
    if parts["encrypted"]:
        raise LockedExportError(name)
    items = listing(parts["items"])
    bounded(len(items), name)
    logins: list[Login] = []
    skipped = Counter[str]()
    for item in map(mapping, items):
        if why := _why_not(item):
            skipped[why] += 1
        else:
            logins.append(_login(item))
    return Export("Bitwarden", tuple(logins), skipped)


def _why_not(item: dict[str, Any]) -> str:
    if item.get("deletedDate"):
        return "deleted"
    if item.get("archivedDate"):
        return "archived"
    if item.get("type") != _LOGIN:
        return "not a login"
    return "" if string(mapping(item.get("login")).get("password")) else "without a password"


def _login(item: dict[str, Any]) -> Login:
    login = mapping(item.get("login"))
    addresses = [string(mapping(each).get("uri")) for each in listing(login.get("uris"))]
    site = next(filter(None, map(site_name, addresses)), "")
    fields = [string(mapping(each).get("value")) for each in listing(item.get("fields"))]
    return Login(
        title=string(item.get("name")).strip() or site or "An entry without a name",
        site=site,
        user=string(login.get("username")).strip(),
        password=string(login.get("password")),
        changed=day(login.get("passwordRevisionDate")) or day(item.get("creationDate")),
        totp=bool(login.get("totp")),
        notes_has_code=has_code(string(item.get("notes")), *fields),
        plain=any(map(is_plain, addresses)),
    )
