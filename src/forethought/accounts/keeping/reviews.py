"""Reviews of a platform's settings: what the person saw, compared with the time before, with pictures of it sealed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from forethought.accounts.checkups.compare import compare
from forethought.accounts.checkups.model import Change, Changes, Level, Platform
from forethought.accounts.models import Account, Review
from forethought.accounts.vocabulary import LEVELS
from forethought.errors import UnknownNameError
from forethought.vault import Vault

SCREENSHOT = "screenshot"


def review_done(
    account: Account,
    platform: Platform,
    level: Level,
    answers: Mapping[str, str],
    by: str,
    now: datetime,
    *,
    by_person: Collection[str] = (),
    screenshots: Sequence[str] = (),
) -> Review:
    """Keep a review and return it, with what changed since each setting of this platform was last seen.

    `by_person` are the settings that the person says they changed since then, `screenshots` records that `screenshot`
    sealed. The account's level and day of review move along. Raises UnknownNameError for a level, setting or option.
    """
    _check("level", (level,), LEVELS)
    _check("setting", (*answers, *by_person), platform.settings)
    for id, option in answers.items():
        _check("option", (option,), platform.settings[id].options)
    with transaction.atomic():
        before = account.reviews.filter(platform=platform.id).first()
        earlier = _earlier(before, answers, platform) if before else {}
        changes = compare(earlier, answers, platform, by_person) if before else Changes()
        account.level, account.last_reviewed = level, now.astimezone().date()
        account.save(update_fields=("level", "last_reviewed"))
        return Review.objects.create(
            account=account,
            platform=platform.id,
            made=now,
            level=level,
            answers=dict(answers),
            by=by,
            screenshots=list(screenshots),
            changes=asdict(changes),
        )


def last_seen(account: Account, platform: Platform) -> dict[str, str]:
    """Return the option at which each setting was last seen, under the id that it had then."""
    found: dict[str, tuple[str, str]] = {}
    for review in account.reviews.filter(platform=platform.id).order_by("made", "pk"):
        found |= {platform.names.get(id, id): (id, option) for id, option in review.answers.items()}
    return dict(found.values())


def _earlier(before: Review, answers: Mapping[str, str], platform: Platform) -> dict[str, str]:
    """Return the last review's answers, with those of earlier ones for what is seen again: a reset in between shows."""
    known = last_seen(before.account, platform)
    again = {id: option for id, option in known.items() if platform.names.get(id, id) in answers}
    return {**before.answers, **again}


def _check(kind: str, given: Iterable[str], known: Collection[str]) -> None:
    for each in given:
        if each not in known:
            raise UnknownNameError(kind, each, known)


def changes_of(review: Review) -> Changes:
    """Return the changes that a review found, as `checkups.compare` made them."""
    kept: dict[str, Any] = review.changes
    return Changes(
        reset=tuple(_changes(kept.get("reset", ()))),
        changed=tuple(_changes(kept.get("changed", ()))),
        added=tuple(kept.get("added", ())),
        removed=tuple(kept.get("removed", ())),
        renamed=tuple((old, new) for old, new in kept.get("renamed", ())),
    )


def _changes(kept: Iterable[Mapping[str, Any]]) -> Iterator[Change]:
    return (Change(**each) for each in kept)


def screenshot(vault: Vault, content: Iterable[bytes]) -> str:
    """Seal a picture of what was seen, and return the record under which a review can name it. Raises OSError."""
    record = uuid4().hex
    vault.seal(SCREENSHOT, record, content)
    return record
