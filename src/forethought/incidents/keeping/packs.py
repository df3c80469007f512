"""Packs and the vault: a case taken out of it, timestamps kept in it, and each pack that was handed over noted."""

import base64
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from forethought.incidents.fields import observed, said
from forethought.incidents.keeping.ledger import ITEM, add
from forethought.incidents.ledger import Head
from forethought.incidents.models import Event, Incident
from forethought.incidents.packs.building import Pack
from forethought.incidents.packs.model import Case, Kept, StampFile
from forethought.incidents.packs.sealing import can_seal, seal
from forethought.vault import Vault


def case_of(vault: Vault, incident: Incident) -> Case:
    """Return an incident as a pack takes it, as it is at this moment."""
    events = list(incident.events.all())
    return Case(
        incident=incident.key,
        title=incident.title,
        links=tuple((event.link, event.hash) for event in events),
        kept=tuple(map(_kept, (event for event in events if event.fields is not None))),
        open=lambda record: vault.unseal(ITEM, record),
        stamps=tuple(_stamp(event) for event in events if event.what == "stamp" and event.current),
    )


def keep_stamp(incident: Incident, stamp: StampFile, now: datetime) -> Event:
    """Keep a timestamp in the ledger, with all that is needed to check it again."""
    head = Head(incident.key, stamp.head_length, incident.events.get(number=stamp.head_length).hash)
    fields = observed(
        authority=stamp.authority, time=stamp.at.isoformat(), length=stamp.head_length, head=head.hash,
        token=base64.b64encode(stamp.token).decode(), roots=stamp.roots.decode(),
    )  # fmt: skip
    return add(incident, "stamp", fields, now)


def hand_over(incident: Incident, pack: Pack, now: datetime, reason: str = "", passphrase: str = "") -> Iterator[bytes]:
    """Return the bytes of a pack, sealed where there is a passphrase; it is noted in the ledger once all were taken.

    Raises what `can_seal` raises at once, and on the way what building and sealing raise; nothing is noted then.
    """
    if passphrase:
        can_seal(passphrase)
    return _given(incident, pack, now, reason, passphrase)


def _given(incident: Incident, pack: Pack, now: datetime, reason: str, passphrase: str) -> Iterator[bytes]:
    digest = sha256()
    for chunk in [seal(pack, passphrase)] if passphrase else pack:
        digest.update(chunk)
        yield chunk
    made(incident, pack, digest.hexdigest(), now, reason)


def made(incident: Incident, pack: Pack, whole: str, now: datetime, reason: str = "") -> Event:
    """Note a pack that was wholly given; `whole` is the SHA-256 of the file as it was handed over."""
    items = ", ".join(map(str, pack.selection.numbers))
    told = observed(recipient=pack.selection.recipient.id, items=items, sha256=whole, pack_number=pack.number)
    return add(incident, "pack", told | said(reason=reason), now)


def _kept(event: Event) -> Kept:
    assert event.fields is not None
    return Kept(event.number, event.did, event.what, event.record, event.salt, event.fields, event.at)


def _stamp(event: Event) -> StampFile:
    return StampFile(
        at=datetime.fromisoformat(event.value("time")),
        authority=event.value("authority"),
        head_length=int(event.value("length")),
        token=base64.b64decode(event.value("token")),
        roots=event.value("roots").encode(),
    )
