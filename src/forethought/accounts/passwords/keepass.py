"""Exports of KeePass 2.x (XML, and its table) and of KeePassXC (a table, and the same XML)."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from forethought.accounts.passwords.content import bounded, day, has_code
from forethought.accounts.passwords.errors import DamagedExportError, LockedExportError
from forethought.accounts.passwords.login import Export, Login
from forethought.accounts.passwords.sheets import Row, Sheet
from forethought.accounts.passwords.sites import is_plain, site_name

_BIN = "recycle bin"
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CODES = frozenset({"otp", "timeotp-secret", "timeotp-secret-base32", "timeotp-secret-hex", "hmacotp-secret-base32",
                    "totp seed"})  # fmt: skip


def _in_bin(row: Row) -> str:
    return "deleted" if _BIN in row["group"].casefold().split("/") else ""


SHEETS = (
    Sheet(
        "KeePassXC",
        frozenset({"group", "title", "username", "password", "url", "notes"}),
        title="title",
        site="url",
        user="username",
        password="password",
        totp="totp",
        notes=("notes",),
        changed="last modified",
        skip=_in_bin,
    ),
    Sheet(
        "KeePass",
        frozenset({"account", "login name", "password", "web site", "comments"}),
        title="account",
        site="web site",
        user="login name",
        password="password",
        notes=("comments",),
    ),
)


def read_xml(text: str, name: str) -> Export:
    """Return the logins of an XML export. Raises DamagedExportError, LockedExportError and LargeExportError."""
    root = _root(text, name)
    thrown_away = root.findtext("Meta/RecycleBinUUID") or ""
    logins: list[Login] = []
    skipped = Counter[str]()
    for number, (entry, deleted) in enumerate(_entries(root, thrown_away), 1):
        bounded(number, name)
        strings = _strings(entry, name)
        if why := "deleted" if deleted else "" if strings.get("Password") else "without a password":
            skipped[why] += 1
        else:
            logins.append(_login(entry, strings, name))
    return Export("KeePass", tuple(logins), skipped)


def _root(text: str, name: str) -> Element:
    """Return the root, without the line that names an encoding: the text is decoded already."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(_DECLARED.sub("", text, count=1).encode("utf-8", "replace"), forbid_dtd=True)
    except DefusedXmlException:
        raise DamagedExportError(name, "it defines entities of its own, as no export of KeePass does") from None
    except (ParseError, ValueError, LookupError):
        raise DamagedExportError(name, "its XML is cut off, or was changed") from None
    return root


def _entries(root: Element, thrown_away: str) -> Iterator[tuple[Element, bool]]:
    """Yield every entry but older versions of one, and whether it lies in the recycle bin; groups nest as they like."""
    groups = [(group, False) for group in root.iterfind("Root/Group")]
    while groups:
        group, deleted = groups.pop()
        deleted = deleted or (bool(thrown_away) and group.findtext("UUID") == thrown_away)
        for part in group:
            if part.tag == "Entry":
                yield part, deleted
            elif part.tag == "Group":
                groups.append((part, deleted))


def _strings(entry: Element, name: str) -> dict[str, str]:
    found = {}
    for part in entry.iterfind("String"):
        value = part.find("Value")
        if value is not None:
            if value.get("Protected", "").casefold() == "true":
                raise LockedExportError(name)
            found[part.findtext("Key") or ""] = value.text or ""
    return found


def _login(entry: Element, strings: dict[str, str], name: str) -> Login:
    address = strings.get("URL", "")
    names = {key.casefold() for key, value in strings.items() if value}
    return Login(
        title=strings.get("Title", "").strip() or site_name(address) or "An entry without a name",
        site=site_name(address),
        user=strings.get("UserName", "").strip(),
        password=strings["Password"],
        changed=_changed(entry, strings["Password"], name),
        totp=bool(names & _CODES),
        notes_has_code=has_code(*strings.values()),
        plain=is_plain(address),
    )


def _changed(entry: Element, password: str, name: str) -> date | None:
    """Return when the entry first had its password, by the older versions that are kept, newest last."""
    changed = _modified(entry)
    for version in reversed(entry.findall("History/Entry")):
        if _strings(version, name).get("Password") != password:
            break
        changed = _modified(version) or changed
    return changed


def _modified(entry: Element) -> date | None:
    """Return the day of a last change: an ISO time, or in newer files the seconds since the year 1 in base64."""
    written: Any = entry.findtext("Times/LastModificationTime") or ""
    try:
        seconds = int.from_bytes(base64.b64decode(written, validate=True), "little")
        return date(1, 1, 1) + timedelta(seconds=seconds) if written and len(written) == 12 else day(written)
    except (binascii.Error, OverflowError, ValueError):
        return day(written)
