"""The calendar of reviews, from what the vault holds: what is due, what was put off, what was done, and reminders."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction

from forethought.accounts.calendar import due as dues
from forethought.accounts.calendar.due import Due
from forethought.accounts.calendar.ics import Wish
from forethought.accounts.calendar.record import Entry
from forethought.accounts.calendar.rhythm import rhythms
from forethought.accounts.checkups.load import checkups
from forethought.accounts.keeping.looks import COUNTED
from forethought.accounts.keeping.reviews import changes_of
from forethought.accounts.models import Account, Calendar, PasswordLook, Review, SelfSearch
from forethought.guidance import Guidance

TOKEN = 32  # bytes of the secret in the feed's address
LAW = {"news": "law", "out-of-date": "law"}  # reviews that the record counts as one of the law


def calendar(today: date) -> Calendar:
    """Return what the calendar remembers; it begins today where there was none."""
    found = Calendar.objects.first()
    return found or Calendar.objects.create(began=today, token=secrets.token_urlsafe(TOKEN))


def due(today: date, guidance: Guidance) -> tuple[Due, ...]:
    """Return every review with the day on which it falls due, the earliest first."""
    kept = calendar(today)
    diary = dues.Diary(kept.began, _days(kept.put_off), kept.nation)
    return dues.due(_known(), done(), today, guidance, diary)


def reminders(today: date, guidance: Guidance) -> tuple[Due, ...]:
    """Return what is due by today and was not yet shown today; whoever shows it calls `shown` as well."""
    return dues.nags(due(today, guidance), _days(calendar(today).shown), today)


def shown(found: tuple[Due, ...], today: date) -> None:
    """Note that these were shown today, so that nothing nags twice a day."""
    kept = calendar(today)
    earlier = {id: day for id, day in kept.shown.items() if day == today.isoformat()}
    kept.shown = earlier | {each.id: today.isoformat() for each in found}
    kept.save(update_fields=("shown",))


def done() -> Mapping[str, date]:
    """Return the day on which each review was last made, by its id."""
    found: dict[str, date] = {}
    for id, entry in _made():
        found[id] = max(entry.on, found.get(id, date.min))
    return found


def entries() -> tuple[Entry, ...]:
    """Return every review that was made, for the yearly record."""
    return tuple(entry for _, entry in _made())


@transaction.atomic
def note_done(id: str, title: str, today: date, note: str = "", by: str = "you") -> None:
    """Note that a review was made; `title` is what it was of, for a review of an account."""
    kept = calendar(today)
    kept.done = [*kept.done, {"id": id, "on": today.isoformat(), "of": title, "by": by, "note": note}]
    kept.put_off = {each: until for each, until in kept.put_off.items() if each != id}
    kept.save(update_fields=("done", "put_off"))


@transaction.atomic
def put_off(id: str, until: date, today: date) -> None:
    """Put a review off until a day."""
    kept = calendar(today)
    kept.put_off = kept.put_off | {id: until.isoformat()}
    kept.save(update_fields=("put_off",))


@transaction.atomic
def looked(ids: list[str], today: date) -> None:
    """Note that single checks were made today."""
    kept = calendar(today)
    kept.looked = kept.looked | dict.fromkeys(ids, today.isoformat())
    kept.save(update_fields=("looked",))


def new_token(today: date) -> None:
    """Give the feed a new address; the old one leads nowhere from now on."""
    kept = calendar(today)
    kept.token = secrets.token_urlsafe(TOKEN)
    kept.save(update_fields=("token",))


def titles() -> Mapping[str, str]:
    """Return what a page calls each kind of review, by its id."""
    return {id: each.title for id, each in rhythms().items()}


def wish(kept: Calendar, key: bytes) -> Wish:
    """Return how the person wants their calendar, under the vault's key."""
    return Wish(kept.named, kept.at, kept.alarm, key)


def _known() -> list[dues.Known]:
    return [
        dues.Known(
            id=str(each.pk),
            title=each.name,
            platform=each.platform,
            kind=each.kind,
            last_used=each.last_used,
            last_reviewed=each.last_reviewed,
            level=each.level,
        )
        for each in Account.objects.filter(closed=None)
    ]


def _made() -> Iterator[tuple[str, Entry]]:
    """Yield every review that was made, with its id."""
    for review in Review.objects.select_related("account"):
        yield f"settings:{review.account.pk}", _of_settings(review)
    for look in PasswordLook.objects.all():
        yield "passwords", Entry(look.made.astimezone().date(), "passwords", changed=_faults(look))
    for search in SelfSearch.objects.all():
        mended = tuple(each["done"] for each in search.found if each.get("done"))
        found = (f"{len(search.found)} noted",) if search.found else ()
        yield "self-search", Entry(search.made.astimezone().date(), "self-search", changed=found, mended=mended)
    for kept in Calendar.objects.all():
        for each in kept.done:
            yield each["id"], _noted(each)


def _of_settings(review: Review) -> Entry:
    found = changes_of(review)
    changed = tuple(f"{each.title} had changed, and not by you" for each in found.reset)
    mended = (*(each.title for each in found.changed), *_put_right(review))
    by = "you" if review.by == "me" else review.by
    return Entry(review.made.astimezone().date(), "settings", review.account.name, by, changed, mended)


def _put_right(review: Review) -> Iterator[str]:
    """Yield the titles of the settings that were set as recommended after a review."""
    platform = checkups().get(review.platform)
    known = platform.settings if platform else {}
    yield from (known[id].title for id in review.changes.get("mended", ()) if id in known)


def _faults(look: PasswordLook) -> tuple[str, ...]:
    return tuple(f"{COUNTED[reason]}: {count}" for reason, count in look.counts.items() if reason in COUNTED and count)


def _noted(each: Mapping[str, str]) -> Entry:
    mended = (each["note"],) if each["note"] else ()
    kind = each["id"].partition(":")[0]
    return Entry(date.fromisoformat(each["on"]), LAW.get(kind, kind), each["of"], each["by"], mended=mended)


def _days(kept: Mapping[str, str]) -> dict[str, date]:
    return {id: date.fromisoformat(day) for id, day in kept.items()}
