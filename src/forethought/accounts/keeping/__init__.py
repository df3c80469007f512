"""What is kept in the vault: the register, its reviews, what archives add to it, and what is known for leads."""

from forethought.accounts.keeping.filling import accept, matched, proposed, told
from forethought.accounts.keeping.leading import known
from forethought.accounts.keeping.register import UnfitAccountError, add, change, close, remove, stale
from forethought.accounts.keeping.reviews import SCREENSHOT, changes_of, last_seen, review_done, screenshot

__all__ = [
    "SCREENSHOT", "UnfitAccountError", "accept", "add", "change", "changes_of", "close", "known", "last_seen",
    "matched", "proposed", "remove", "review_done", "screenshot", "stale", "told",
]  # fmt: skip
