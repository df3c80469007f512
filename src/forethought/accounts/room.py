"""What this room brings to the desk."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from forethought.accounts.hacked.plan import coming
from forethought.accounts.keeping import diary
from forethought.accounts.models import Account, Hack
from forethought.accounts.taken_over import called, hours
from forethought.room import Item, Room

NAMED = 3  # reviews that the first page names; the rest is counted
SEARCHED = ("name", "handle", "public_name", "bio", "who_can_post", "recovery", "note")


def _today() -> Iterable[Item]:
    """Yield each account that was taken over and is not done with, then what is due."""
    for each in Hack.objects.filter(closed=None).select_related("account"):
        yield Item(f"Taken over: {called(each)}", reverse("accounts:hack", args=[each.pk]), _remark(each))
    yield from _due()


def _remark(hack: Hack) -> str:
    """Return what comes next after a hack, and how long the hours still run where they count."""
    next_one, time = coming(hack.done), hours(hack, datetime.now(UTC))
    step = f"Next: {next_one.title.lower()}." if next_one else "Every stage has something noted: close it."
    return f"{step} {time.words}" if time else step


def _due() -> Iterable[Item]:
    """Return one item that gathers the reviews that are due, once a day; none before there is an account."""
    today = date.today()
    if Account.objects.exists() and (found := diary.reminders(today, settings.GUIDANCE())):
        diary.shown(found, today)
        named = [each.title for each in found[:NAMED]]
        more = [f"and {len(found) - NAMED} more"] if len(found) > NAMED else []
        title = "1 review is due" if len(found) == 1 else f"{len(found)} reviews are due"
        yield Item(title, reverse("accounts:calendar"), f"{'; '.join(named + more)}. Take one when it suits you.")


def _search(words: str) -> Iterable[Item]:
    """Return the accounts that hold these words."""
    holds = Q(*((f"{name}__icontains", words) for name in SEARCHED), _connector=Q.OR)
    for each in Account.objects.filter(holds):
        yield Item(each.name, reverse("accounts:account", args=[each.pk]), "One of your accounts")


ROOM = Room(name="accounts", title="Accounts", today=_today, search=_search, always=("feed",))
