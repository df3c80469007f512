"""Exports of Firefox, the only browser that says when each password was changed."""

from datetime import date

from forethought.accounts.passwords.content import day_since
from forethought.accounts.passwords.sheets import Sheet


def _milliseconds(value: str) -> date | None:
    return day_since(int(value) // 1000) if value.isascii() and value.isdigit() and len(value) < 20 else None


SHEETS = (
    Sheet(
        "Firefox",
        frozenset({"url", "username", "password", "httprealm", "guid"}),
        title="",
        site="url",
        user="username",
        password="password",
        changed="timepasswordchanged",
        day=_milliseconds,
        skip=lambda row: "not a login" if row["url"].startswith("chrome://") else "",  # Firefox's own account
    ),
)
