"""What is kept in the vault: the ledger, and what is made from it."""

from forethought.incidents.keeping.ledger import (
    ITEM,
    add,
    add_item,
    correct,
    exported,
    finish_removals,
    forget,
    head_of,
    history,
    open_incident,
    original,
    records,
    remove,
    strays,
    sweep,
)
from forethought.incidents.keeping.verifying import clock_remarks, verify

__all__ = [
    "ITEM", "add", "add_item", "clock_remarks", "correct", "exported", "finish_removals", "forget", "head_of",
    "history", "open_incident", "original", "records", "remove", "strays", "sweep", "verify",
]  # fmt: skip
