"""What pages and the record say of an account that was taken over: its name, platform, hours and how it ended."""

from collections.abc import Iterator
from datetime import datetime

from forethought.accounts.calendar.record import TAKEN_OVER, Entry
from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Platform
from forethought.accounts.hacked.clock import Clock, clock
from forethought.accounts.hacked.load import kinds, stages
from forethought.accounts.models import Hack

CLOCKED = frozenset({"practice", "clients"})  # facts with which the hours count


def called(hack: Hack) -> str:
    """Return what to call a hack: the account's name, else the platform's or that of the kind."""
    return hack.account.name if hack.account else hack.facts.get("platform") or kinds()[hack.facts["kind"]].title


def platform_of(hack: Hack) -> Platform | None:
    """Return the platform that a hack happened on, where there is a check-up of it."""
    return checkups().get(hack.account.platform if hack.account else hack.facts.get("at", ""))


def hours(hack: Hack, now: datetime) -> Clock | None:
    """Return how the hours to report in stand, where they count."""
    counts = CLOCKED & {*hack.facts.get("facts", ())}
    return clock(hack.became_aware.astimezone(), max(now, hack.became_aware)) if counts else None


def entries() -> Iterator[Entry]:
    """Yield each account that was taken over as the yearly record has it: the stages noted, never their words."""
    for each in Hack.objects.select_related("account"):
        noted = tuple(stage.title for stage in stages() if each.done.get(stage.id))
        closed = each.closed.astimezone().date() if each.closed else None
        end = f"Closed on {closed.day} {closed:%B %Y}" if closed else "Not closed yet"
        yield Entry(each.became_aware.astimezone().date(), TAKEN_OVER, called(each), changed=(end,), mended=noted)
