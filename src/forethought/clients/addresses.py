"""Handles, e-mail addresses and telephone numbers, each brought to one form however it was typed."""

import re

from forethought.clients.letters import first_names, letters
from forethought.reading.tokens import fold

LEAST_LOCAL = 5  # letters of an address before its @ that could tell a person from another
MOST_DIGITS, COMPARED = 15, 10  # of a telephone number: as many as there can be, and the last that are compared
ROLES = frozenset(
    "info admin hello contact enquiries enquiry office mail email sales support reception noreply".split()
)
_SAME = {"googlemail.com": "gmail.com"}
_SIGNS = re.compile(r"[\s().\-/\u2010-\u2015]+")


def handle(text: str) -> str:
    """Return a handle as its letters alone, or with its digits where it has fewer than three letters; "" for none."""
    bare = letters(text)
    return bare if len(bare) > 2 else "".join(filter(str.isalnum, fold(text)))


def email(text: str) -> str:
    """Return an address in small letters, with no +tag and no dots before the @; "" for what is none."""
    local, at, domain = fold(text).strip().rpartition("@")
    local = local.partition("+")[0].replace(".", "")
    return f"{local}@{_SAME.get(domain, domain)}" if local and at and "." in domain else ""


def local_handle(text: str) -> str:
    """Return what stands before an address's @ as a handle; "" where it is short, a first name or no person."""
    local = letters(email(text).rpartition("@")[0])
    return local if len(local) >= LEAST_LOCAL and local not in ROLES and local not in first_names() else ""


def phone(text: str) -> str:
    """Return the last ten digits of a number, so that +44, 0044 and 0 before them do not matter; "" for none."""
    digits = _SIGNS.sub("", fold(text)).removeprefix("+")
    whole = digits.isascii() and digits.isdigit() and COMPARED <= len(digits) <= MOST_DIGITS
    return digits[-COMPARED:] if whole else ""
