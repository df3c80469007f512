"""A review that was begun: saved after each step, finished into one that is kept, and mended afterwards."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from forethought.accounts.checkups.archives import from_archive
from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Level, Platform
from forethought.accounts.keeping.filling import matched
from forethought.accounts.keeping.reviews import SCREENSHOT, last_seen, review_done, screenshot
from forethought.accounts.models import Account, Review
from forethought.footprint.models import Entry
from forethought.vault import Vault

NOT_FOUND = "-"  # what stands in the place of an option where the person could not find a setting
TELLING = ("setting", "profile")  # the kinds of an archive's items that tell settings


def begin(account: Account, platform: Platform, level: Level) -> None:
    """Begin a review, or go on with the one that was begun of this platform at another level."""
    answers = account.halfway.get("answers", {}) if under_way(account) == platform else {}
    _keep(account, {"platform": platform.id, "level": level, "answers": answers})


def save(account: Account, seen: Mapping[str, str], asked: Iterable[str]) -> None:
    """Keep what was seen of the settings that were asked for; one that has no answer any more loses its own."""
    gone = {*asked}
    others = {id: each for id, each in account.halfway["answers"].items() if id not in gone}
    _keep(account, account.halfway | {"answers": {**others, **seen}})


def drop(account: Account) -> None:
    """Drop a review that was begun."""
    _keep(account, {})


def _keep(account: Account, halfway: Mapping[str, object]) -> None:
    account.halfway = halfway
    account.save(update_fields=("halfway",))


def under_way(account: Account) -> Platform | None:
    """Return the check-up of a review that was begun, or None."""
    return checkups().get(account.halfway.get("platform", ""))


def answers(account: Account, platform: Platform) -> dict[str, str]:
    """Return what was seen so far, with `NOT_FOUND` for what was not found; what is no longer known is left out."""
    kept: Mapping[str, str] = account.halfway.get("answers", {})
    known = {id: (*each.options, NOT_FOUND) for id, each in platform.settings.items()}
    return {id: option for id, option in kept.items() if option in known.get(id, ())}


def seen(account: Account, platform: Platform) -> dict[str, str]:
    """Return the options that were seen so far."""
    return {id: option for id, option in answers(account, platform).items() if option != NOT_FOUND}


def last_time(account: Account, platform: Platform) -> dict[str, str]:
    """Return the option at which each setting was last seen in a review of this platform, under today's ids."""
    return {platform.names.get(id, id): option for id, option in last_seen(account, platform).items()}


def told_by_archives(account: Account, platform: Platform) -> Mapping[str, str]:
    """Return the options that the account's imported archives tell."""
    own = matched().get(account.pk, ()) if platform.id == account.platform else ()
    kept = Entry.objects.filter(archive__in=own, kind__in=TELLING).order_by("archive__begun", "pk")
    return from_archive(platform, (details.items() for details in kept.values_list("details", flat=True)))


def finish(
    account: Account, vault: Vault, by: str, now: datetime, mine: Collection[str], pictures: Iterable[bytes]
) -> Review:
    """Make the review that was begun one that is kept, its pictures sealed. Raises OSError where that fails."""
    platform, sealed = checkups()[account.halfway["platform"]], list[str]()
    try:
        for each in pictures:
            sealed.append(screenshot(vault, [each]))
        with transaction.atomic():
            found = seen(account, platform)
            level = account.halfway["level"]
            made = review_done(account, platform, level, found, by, now, by_person=mine, screenshots=sealed)
            drop(account)
    except BaseException:
        for record in sealed:
            vault.discard(SCREENSHOT, record)
        raise
    return made


def mend(review: Review, done: Mapping[str, str], reasons: Mapping[str, str]) -> None:
    """Note the options that were chosen after a review, and why settings stay as they are; an empty reason goes.

    What had changed before the review stays as it was found; what was put right is noted beside it.
    """
    account = review.account
    review.changes["mended"] = sorted({*review.changes.get("mended", ()), *done})
    kept = account.reasons | reasons
    account.reasons = {id: why for id, why in kept.items() if why and id not in done}
    review.answers |= done
    with transaction.atomic():
        account.save(update_fields=("reasons",))
        review.save(update_fields=("answers", "changes"))
