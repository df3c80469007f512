"""What is kept in the vault: the ledger, and what is made from it."""

from forethought.incidents.keeping.ledger import (
    ITEM,
    add,
    add_item,
    clock_remarks,
    correct,
    forget,
    head_of,
    history,
    open_incident,
    original,
    records,
    remove,
    tidy,
    verify,
)

__all__ = [
    "ITEM", "add", "add_item", "clock_remarks", "correct", "forget", "head_of", "history", "open_incident", "original",
    "records", "remove", "tidy", "verify",
]  # fmt: skip
