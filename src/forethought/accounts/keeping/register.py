"""The register: accounts added, changed, closed and removed, and those that wait for a decision."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from forethought.accounts.keeping.reviews import SCREENSHOT
from forethought.accounts.marks import email_mark, phone_mark, photo_mark
from forethought.accounts.models import Account
from forethought.accounts.stale import why_stale
from forethought.errors import ForethoughtError
from forethought.vault import Vault

MARKED: Mapping[str, Callable[[Any, bytes], str]] = MappingProxyType(
    {"email": email_mark, "phone": phone_mark, "photo": photo_mark}
)  # fields that are given in plain and kept as marks


class UnfitAccountError(ForethoughtError):
    """An account that cannot be kept as it is."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        """Take what is wrong by the field's name in words."""
        told = (f"{name}: {' '.join(words)}" if name else " ".join(words) for name, words in faults.items())
        super().__init__(f"the account was not kept. {' '.join(told)}")


def add(fields: Mapping[str, Any], key: bytes) -> Account:
    """Add an account and return it. `email`, `phone` and `photo` come in plain, and only marks under `key` are kept.

    Raises UnfitAccountError, and media's CannotCleanError for a picture that does not open.
    """
    return change(Account(), fields, key)


def change(account: Account, fields: Mapping[str, Any], key: bytes) -> Account:
    """Change an account and return it; fields that are not named stay as they are. Raises as `add` does."""
    for name, value in fields.items():
        marked = MARKED[name](value, key) if name in MARKED and value else value
        setattr(account, name, marked or "" if name in MARKED else marked)
    account.handle = account.handle.strip().lstrip("@")
    try:
        account.full_clean()
    except ValidationError as error:
        raise UnfitAccountError(_faults(error)) from error
    account.save()
    return account


def _faults(error: ValidationError) -> dict[str, list[str]]:
    titles = {field.name: str(field.verbose_name) for field in Account._meta.fields} | {NON_FIELD_ERRORS: ""}
    return {titles.get(name, name): words for name, words in error.message_dict.items()}


def close(account: Account, on: date) -> Account:
    """Note that an account was closed there; it stays in the register with its reviews."""
    account.closed = on
    account.save(update_fields=("closed",))
    return account


def remove(account: Account, vault: Vault) -> None:
    """Remove an account from the register for good, with its reviews and their pictures; notes of hacks stay."""
    records = [record for review in account.reviews.all() for record in review.screenshots]
    with transaction.atomic():
        account.delete()
        transaction.on_commit(lambda: _discard(vault, records))


def _discard(vault: Vault, records: list[str]) -> None:
    for record in records:
        vault.discard(SCREENSHOT, record)


def stale(today: date) -> list[tuple[Account, str]]:
    """Return the accounts that wait for a decision, each with why."""
    found = ((each, why_stale(each.kind, each.last_used, each.closed, today)) for each in Account.objects.all())
    return [(account, why) for account, why in found if why]
