"""Exports of Chrome, Edge, Brave and other browsers made from Chromium."""

from forethought.accounts.passwords.sheets import Sheet

SHEETS = (
    Sheet(
        "Chrome, Edge or Brave",
        frozenset({"name", "url", "username", "password"}),
        title="name",
        site="url",
        user="username",
        password="password",
        notes=("note",),
    ),
)
