"""Accounts that wait for a decision: to be brought up to date, closed, or put down as no longer used."""

from datetime import date

WORKING, PRIVATE = 183, 365  # days without use; Forethought's own, since the documents name none
CITES = ("GPIA-91", "BABCP-61")
WORK = frozenset({"professional", "organisation"})


def why_stale(kind: str, last_used: date | None, closed: date | None, today: date) -> str:
    """Return why an account needs a decision and which, in a sentence; empty where it needs none.

    A presence is to be kept current (GPIA-91), and accounts that are little used are those that get taken over
    (BABCP-61). Of an account whose last use is not known nothing is said.
    """
    if closed is not None:
        return ""
    if kind == "dormant":
        return "You no longer use it. Save what you want to keep and close it: such accounts get taken over unnoticed."
    days = (today - last_used).days if last_used else 0
    if kind in WORK and days > WORKING:
        return "Not used for half a year. Bring it up to date, or close it: people take what it says for current."
    return "Not used for a year. Close it, or put it down as no longer used." if days > PRIVATE else ""
