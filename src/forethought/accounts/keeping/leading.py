"""What is known of the accounts in the register, as far as they can lead to each other."""

from collections.abc import Iterator

from forethought.accounts.checkups.load import checkups
from forethought.accounts.keeping.filling import matched
from forethought.accounts.leads import Known
from forethought.accounts.models import Account
from forethought.footprint.models import Entry

LEFT_OUT = frozenset({"blocked"})  # states of contacts that lead nowhere
NAMED = ("handle", "name")  # details of a contact that the vault keeps as fingerprints


def known() -> tuple[Known, ...]:
    """Return every account that is not closed, with the fingerprints of its contacts where an archive holds them."""
    archives = matched()
    return tuple(_known(each, archives.get(each.pk, ())) for each in Account.objects.filter(closed=None))


def _known(account: Account, archives: tuple[int, ...]) -> Known:
    platform = checkups().get(account.platform)
    return Known(
        key=str(account.pk),
        name=account.name,
        kind=account.kind,
        platform=account.platform,
        handle=account.handle,
        names=tuple(name for name in (account.public_name, *account.names) if name),
        bio=account.bio,
        links=tuple(account.links),
        sites=platform.sites if platform else (),
        email=account.email,
        phone=account.phone,
        photo=account.photo,
        contacts=frozenset(_contacts(archives)),
    )


def _contacts(archives: tuple[int, ...]) -> Iterator[str]:
    kept = Entry.objects.filter(archive__in=archives, kind="contact").values_list("details", flat=True)
    for details in kept.iterator():
        if details.get("state") not in LEFT_OUT:
            yield from (mark for name in NAMED for mark in details.get(name, "").split())
