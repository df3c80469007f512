"""Exports of Apple Passwords, Safari and iCloud Passwords."""

from forethought.accounts.passwords.sheets import Sheet

SHEETS = (
    Sheet(
        "Apple Passwords",
        frozenset({"title", "url", "username", "password", "otpauth"}),
        title="title",
        site="url",
        user="username",
        password="password",
        totp="otpauth",
        notes=("notes",),
    ),
)
