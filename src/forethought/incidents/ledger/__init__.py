"""The ledger: events that are linked by hashes, so that whatever was changed, removed or put elsewhere shows."""

from forethought.incidents.ledger.canonical import Canonical, NotCanonicalError, canonical
from forethought.incidents.ledger.chain import Fault, Link, check, committed, start
from forethought.incidents.ledger.head import Head, heads_in

__all__ = [
    "Canonical", "Fault", "Head", "Link", "NotCanonicalError", "canonical", "check", "committed", "heads_in", "start",
]  # fmt: skip
