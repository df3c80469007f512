"""Looks at passwords: marks by which a change is known next time, and counts; never a password, a site or a name."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from forethought.accounts.models import PasswordLook
from forethought.accounts.passwords.assess import Report
from forethought.accounts.passwords.kept import Kept

COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "reused": "Used more than once",
        "weak": "Could be guessed",
        "http": "Used without encryption",
        "similar": "Almost the same as another",
        "site-in-password": "Holds the name of the site",
        "user-in-password": "Holds the user name",
        "no-two-step": "Two-step sign-in offered and no code seen",
        "not-weighed": "Could not be weighed",
        "old": "Older than you asked about",
    }
)  # what is counted, each reason with what a page calls it


def last_look() -> Kept | None:
    """Return the marks and reasons of the last look, or None where there was none."""
    found = PasswordLook.objects.order_by("-pk").first()  # by its number: the clock may have been put back
    if found is None:
        return None
    return {mark: (tuple(marks), tuple(reasons)) for mark, (marks, reasons) in found.fingerprints.items()}


@transaction.atomic
def keep_look(report: Report, now: datetime) -> PasswordLook:
    """Keep what the next look needs, and how many accounts had which fault; older marks are let go."""
    counts = Counter(reason for row in report.rows for reason in row.reasons)
    PasswordLook.objects.update(fingerprints={})
    return PasswordLook.objects.create(
        made=now,
        fingerprints={mark: [list(marks), list(reasons)] for mark, (marks, reasons) in report.kept.items()},
        counts={"accounts": report.accounts, **counts},
    )
