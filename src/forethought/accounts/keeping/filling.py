"""The register filled from the archives in the vault, as far as the person accepts it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from forethought.accounts.from_archives import Proposal, Told, is_empty, matching, proposals
from forethought.accounts.keeping.register import change
from forethought.accounts.models import Account
from forethought.footprint.models import Archive, Entry

DONE = ("like", "repost")  # which an archive holds though the words are another's
PROFILE, BIO = "profile", "bio"


def told() -> tuple[Told, ...]:
    """Return what each archive that was read to its end tells of its account, the newest archive first.

    Archives of one account, by its platform and name, are taken together, since an item that two hold is kept once.
    """
    groups: dict[tuple[str, str], list[Archive]] = {}
    for each in Archive.objects.exclude(finished=None).order_by("-begun", "-pk"):
        groups.setdefault((each.platform, each.account or f"archive {each.pk}"), []).append(each)
    return tuple(map(_told, groups.values()))


def _told(archives: list[Archive]) -> Told:
    newest = archives[0]
    entries = [entry for each in reversed(archives) for entry in each.entries.filter(kind__in=(PROFILE, BIO))]
    texts = (entry.text for entry in entries if entry.text)
    return Told(
        archives=tuple(each.pk for each in archives),
        platform=newest.platform,
        title=newest.title,
        account=newest.account,
        kind=newest.kind,
        audience=newest.audience,
        brought=newest.begun.date(),
        newest=_last_used(archives),
        facts=tuple((name, str(value)) for e in entries if e.kind == PROFILE for name, value in e.details.items()),
        bio="\n".join(dict.fromkeys(texts)),
    )


def _last_used(archives: list[Archive]) -> date | None:
    """Return the day of the newest thing that the person did there; a profile's own day is that of its beginning."""
    done = Entry.objects.filter(Q(own_words=True) | Q(kind__in=DONE), archive__in=archives)
    latest = done.exclude(kind__in=(PROFILE, BIO)).aggregate(at=Max("created"))
    return latest["at"].date() if latest["at"] else None


def proposed() -> tuple[Proposal, ...]:
    """Return what the archives would add to the register as it is now."""
    return proposals(told(), _register())


def _register() -> list[dict[str, Any]]:
    return [each | {"pk": each["id"]} for each in Account.objects.values()]


def matched() -> dict[int, tuple[int, ...]]:
    """Return, by the key of each account that archives are of, the keys of those archives."""
    register, found = _register(), dict[int, tuple[int, ...]]()
    for each in told():
        if own := matching(each, register):
            found[own["pk"]] = (*found.get(own["pk"], ()), *each.archives)
    return found


def accept(proposal: Proposal, key: bytes, take: Collection[str] = ()) -> Account:
    """Fill the register from a proposal and return the account; what the person said since stays.

    `take` names fields in which the archive differs, and whose value the person now takes over. Raises
    UnfitAccountError, and Account.DoesNotExist where the account is gone.
    """
    with transaction.atomic():
        if proposal.account is None:
            return change(Account(), proposal.fields, key)
        account = Account.objects.get(pk=proposal.account)
        fields = {name: value for name, value in proposal.fields.items() if is_empty(getattr(account, name))}
        taken = {name: theirs for name, (_, theirs) in proposal.differs.items() if name in take}
        return change(account, fields | taken, key)
