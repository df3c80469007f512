"""Exports of LastPass."""

from forethought.accounts.passwords.sheets import Sheet

_NOTE = "http://sn"  # what LastPass gives as the address of a note, a card or an identity

SHEETS = (
    Sheet(
        "LastPass",
        frozenset({"url", "username", "password", "extra", "name", "grouping"}),
        title="name",
        site="url",
        user="username",
        password="password",
        totp="totp",
        notes=("extra",),
        skip=lambda row: "not a login" if row["url"].strip() == _NOTE else "",
    ),
)
