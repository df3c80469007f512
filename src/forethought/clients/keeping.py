"""Clients into the open vault and out again: what is typed is hashed and dropped, and only fingerprints stay."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from forethought.clients.letters import letters
from forethought.clients.models import Client, Counter, Form
from forethought.clients.names import LONGEST, STRONG, Person, forms
from forethought.clients.names import Form as Written
from forethought.clients.recognise import Known, Recogniser
from forethought.clients.sheet import Fault, Row, Sheet
from forethought.clients.slow import Memory, key_of, slow
from forethought.errors import ForethoughtError

MEMORY = Memory()  # what was asked lately; unreadable without the key, and dropped whenever a vault is opened
TELLING = 3  # letters of a name that a reference may not hold
_OURS = re.compile(r"C-(\d{1,15})")

Made = tuple[Written, bytes]  # a form and its fingerprint
Tell = Callable[[int], None]  # told how many people are done


class NobodyError(ForethoughtError):
    """Nothing was given that somebody could be known by."""

    def __init__(self) -> None:
        super().__init__(
            "there is nothing to know this person by. Give a name, a handle, an e-mail address or a number."
        )


class TellingReferenceError(ForethoughtError):
    """A reference that holds part of the name, which would then be stored in the clear."""

    def __init__(self) -> None:
        super().__init__(
            "the reference holds part of the name, and references are stored as they are. Choose one that tells "
            "nothing, such as C-07, or leave it empty."
        )


class LongReferenceError(ForethoughtError):
    """A reference that is too long."""

    def __init__(self) -> None:
        super().__init__(f"the reference is longer than {LONGEST} characters. Choose a shorter one.")


class TakenReferenceError(ForethoughtError):
    """A reference that somebody has already."""

    def __init__(self) -> None:
        super().__init__(
            "a client has that reference already. Choose another one or leave it empty; if this is the same person, "
            "say so, and the names are added to theirs."
        )


class UnknownClientError(ForethoughtError):
    """A reference that nobody has."""

    def __init__(self) -> None:
        super().__init__("no client has that reference. 'forethought clients list' shows those there are.")


class Kept(Mapping[bytes, tuple[Known, ...]]):
    """The fingerprints in the vault, looked up one at a time, so that a long list costs no more than a short one."""

    def __getitem__(self, fingerprint: bytes) -> tuple[Known, ...]:
        """Return whom a fingerprint belongs to. Raises KeyError."""
        found = Form.objects.filter(fingerprint=fingerprint).values_list("client__reference", "kind")
        if not found:
            raise KeyError(fingerprint)
        return tuple(Known(reference, kind) for reference, kind in found)

    def __iter__(self) -> Iterator[bytes]:
        """Yield every fingerprint, each once."""
        every = Form.objects.order_by("fingerprint").values_list("fingerprint", flat=True)
        return (bytes(each) for each in every.distinct())

    def __len__(self) -> int:
        return Form.objects.values("fingerprint").distinct().count()

    def __bool__(self) -> bool:
        return Form.objects.exists()


def _key() -> bytes:
    return key_of(settings.DOOR.vault.keys.fingerprints)


def recogniser() -> Recogniser:
    """Return what knows the open vault's clients again; cheap to call. Raises LockedVaultError."""
    return Recogniser(Kept(), _key(), MEMORY)


def recogniser_at_hand() -> Recogniser:
    """Return the same with every fingerprint in memory, for long work that holds no connection to the vault."""
    known: dict[bytes, list[Known]] = {}
    for fingerprint, *who in Form.objects.values_list("fingerprint", "client__reference", "kind"):
        known.setdefault(bytes(fingerprint), []).append(Known(*who))
    return Recogniser(known, _key(), MEMORY)


def edition() -> str:
    """Return a name for who can be known now: another once somebody is added or removed, none where nobody is."""
    newest = Form.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{Form.objects.count()}-{newest}" if newest else ""


def forget() -> None:
    """Drop what was asked: called when a vault is opened."""
    MEMORY.forget()


def add(person: Person, reference: str = "", same: bool = False) -> Client:
    """Keep the fingerprints of somebody under a reference, or under one made for them, and return the client.

    A reference that is there already is refused, unless this is the `same` person: then the new forms join the old.
    Raises NobodyError, TellingReferenceError, LongReferenceError, TakenReferenceError and LockedVaultError.
    """
    reference = reference.strip()
    if not forms(person):
        raise NobodyError
    if len(reference) > LONGEST:
        raise LongReferenceError
    if tells(person, reference):
        raise TellingReferenceError
    if not same and is_taken(reference):
        raise TakenReferenceError
    return _keep(_hashed(person), reference)


def is_taken(reference: str) -> bool:
    """Say whether a client has this reference."""
    return Client.objects.filter(reference=reference.strip()).exists()


def add_all(sheet: Sheet, tell: Tell = lambda done: None) -> tuple[list[Client], list[Fault]]:
    """Keep everybody on a list; return the clients, and what is wrong with rows that shows only now.

    A row whose strong forms are all those of one client is left out. A reference that tells the name, or that is
    somebody else's, is replaced.
    """
    added: dict[int, Client] = {}
    faults: list[Fault] = []
    for done, row in enumerate(sheet.rows, 1):
        made = _hashed(row.person)
        if _has_all(made):
            faults.append(Fault(row.number, "somebody with this name or address is known already"))
        else:
            reference, wrong = _usable(row, made)
            faults += wrong
            client = _keep(made, reference)
            added[client.pk] = client
        tell(done)
    return list(added.values()), faults


def _hashed(person: Person) -> list[Made]:
    """Return the forms of a person with their fingerprints."""
    found = forms(person)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # hashing lets other threads run
        return list(zip(found, pool.map(partial(slow, _key()), (form.whole for form in found)), strict=True))


def _keep(made: Sequence[Made], reference: str) -> Client:
    """Keep fingerprints under a reference, or under the next of our own."""
    with transaction.atomic():
        if own := _OURS.fullmatch(reference):
            _counted(int(own[1]))
        client, _ = Client.objects.get_or_create(reference=reference or _next(), defaults={"added": date.today()})
        kept = (Form(client=client, kind=form.kind, fingerprint=fingerprint) for form, fingerprint in made)
        Form.objects.bulk_create(kept, ignore_conflicts=True)
    return client


def _strong(made: Sequence[Made]) -> set[bytes]:
    """Return the fingerprints by which a person is told from others; all, where there is no strong one."""
    return {each for form, each in made if form.kind in STRONG} or {each for _, each in made}


def _has_all(made: Sequence[Made]) -> bool:
    """Say whether one client has every strong form already."""
    strong = _strong(made)
    counts = Form.objects.filter(fingerprint__in=strong).values("client").annotate(count=Count("pk"))
    return any(each["count"] == len(strong) for each in counts)


def _usable(row: Row, made: Sequence[Made]) -> tuple[str, list[Fault]]:
    """Return the reference that a row gives, or "" and what is wrong with it."""
    if tells(row.person, row.reference):
        return "", [Fault(row.number, "its reference held part of the name, so another was given", out=False)]
    shared = Form.objects.filter(client__reference=row.reference, fingerprint__in=_strong(made))
    if is_taken(row.reference) and not shared.exists():
        return "", [Fault(row.number, "its reference is somebody else's already, so another was given", out=False)]
    return row.reference, []


def remove(reference: str) -> None:
    """Remove a client with every fingerprint of theirs. Raises UnknownClientError."""
    if not Client.objects.filter(reference=reference).delete()[0]:
        raise UnknownClientError


def _next() -> str:
    """Return the next reference of our own: one beyond the highest that anybody has or had."""
    return f"C-{_counted(_counter().highest + 1):02}"


def _counter() -> Counter:
    return Counter.objects.first() or Counter()


def _counted(number: int) -> int:
    """Return a number of a reference of our own; the highest yet is remembered."""
    counter = _counter()
    counter.highest = max(counter.highest, number)
    counter.save()
    return number


def tells(person: Person, reference: str) -> bool:
    """Say whether a reference holds a name, an address or a number of somebody's."""
    names = (person.given, person.surname, *person.middle, *person.known_as, *person.handles, *person.emails)
    parts = [letters(part) for name in names for part in re.split(r"[\W\d_]+", name)]
    digits = re.sub(r"\D", "", reference)
    numbers = ("".join(filter(str.isdigit, number))[-6:] for number in person.phones)
    return _within(parts, letters(reference)) or any(len(end) == 6 and end in digits for end in numbers)


def _within(parts: Sequence[str], reference: str) -> bool:
    return any(len(part) >= TELLING and part in reference for part in parts)
