"""A person's names in parts, the forms that are kept of them, and the forms that a name met later is tried in.

Both sides are brought to the same letters: a given name stands for its families, so that Bill and William meet, and a
full name is kept with each letter left out in turn, so that a slip of one letter meets it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from forethought.clients.addresses import email, handle, local_handle, phone
from forethought.clients.letters import heads, letters, sound, spelt, without_one

KINDS = ("full", "email", "phone", "handle", "sound", "typo", "initial", "first")  # the surest first
WEAK = frozenset({"initial", "first"})  # kinds that many people share
STRONG = frozenset({"full", "email", "phone"})  # kinds by which somebody is taken for the same person
LONGEST = 40  # characters of a reference
MOST_LETTERS = 40  # of a word, a handle or a part of a name that is tried
MOST_FORMS = 400  # of one person that are kept
LEAST = 6  # letters of a full name that slips and sounds are looked for in
TITLES = frozenset("mr mrs ms miss mx dr doctor prof professor rev revd reverend sir dame lady lord cllr".split())
AFTER = frozenset("jr jnr sr snr phd md obe mbe cbe esq".split())
PARTICLES = frozenset(
    "d van von der den de da do dos das di del della la le el al bin bint ibn abu ap ab mac mc o st ter ten".split()
)
_ASIDE = re.compile(r"[(\[\"“”]([^()\[\]\"“”]*)[)\]\"“”]")
_BETWEEN = re.compile(r"[\s_.]+")


class Form(NamedTuple):
    """One way in which a person may be met: its kind and its letters. `whole` is what is fingerprinted."""

    kind: str
    letters: str

    @property
    def whole(self) -> str:
        """Kind and letters together, so that two kinds never share a fingerprint."""
        return f"{self.kind}\0{self.letters}"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody's names as typed, and where they are reached. It is never shown in a log."""

    given: str = ""
    surname: str = ""
    middle: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def parted(name: str) -> Person:
    """Return a whole name in its parts: `Kelly, Siobhan`, `Dr Siobhan (Shiv) Mary Kelly`, `Jan van der Berg`.

    Titles are dropped, what stands in brackets or quotation marks is taken for what the person goes by, and small
    words such as `van` belong to the surname. A single word is a given name.
    """
    known_as = tuple(found.strip() for found in _ASIDE.findall(name) if letters(found))
    before, comma, after = _ASIDE.sub(" ", name).partition(",")
    words = _words(before)
    if comma and (given := _words(after)):
        return Person(given[0], " ".join(words), tuple(given[1:]), known_as)
    at = _surname_at(words)
    return Person(" ".join(words[:1]), " ".join(words[at:]), tuple(words[1:at]), known_as)


def _words(name: str) -> list[str]:
    """Return the words of a name without titles; a title that stands alone is a name."""
    words = [word for word in _BETWEEN.split(name) if letters(word)]
    bare = [word for word in words if letters(word) not in AFTER]
    while len(bare) > 1 and letters(bare[0]) in TITLES:
        bare = bare[1:]
    return bare or words


def _surname_at(words: list[str]) -> int:
    """Return where the surname begins: with the last word, and the particles before it."""
    at = max(1, len(words) - 1)
    while at > 1 and letters(words[at - 1]) in PARTICLES:
        at -= 1
    return at


def forms(person: Person) -> tuple[Form, ...]:
    """Return the forms to keep of a person, each once, in a fixed order, `MOST_FORMS` at most, the surest first."""
    found = chain(_reached(person), _full(person), _joined(person), _short(person), _slips(person))
    return tuple(islice(_once(form for form in found if form.letters.strip()), MOST_FORMS))


def _once(found: Iterable[Form]) -> Iterator[Form]:
    seen: set[Form] = set()
    for form in found:
        if form not in seen:
            seen.add(form)
            yield form


def is_lone(person: Person) -> bool:
    """Say whether all that is known of a person's name is one word, which is met weakly, as a first name."""
    return bool(letters(person.given)) and not letters(" ".join((*person.middle, person.surname)))


def _called(person: Person) -> list[str]:
    """Return the given names, as letters, that stand for the person by themselves."""
    return _unlike(letters(name) for name in (person.given, *person.known_as))


def _surnames(surname: str) -> list[str]:
    """Return a surname as letters, whole and in the parts of a double-barrelled one."""
    parts = [letters(part) for part in re.split(r"[\s\-\u2010-\u2015]+", surname)]
    telling = [part for part in parts if len(part) > 2 and part not in PARTICLES]
    return _unlike([letters(surname), *telling])


def _givens(person: Person) -> list[str]:
    """Return every given name that may stand before the surname: with its middle names, and in its parts."""
    whole = letters(" ".join((person.given, *person.middle)))
    parts = [letters(part) for name in (person.given, *person.middle) for part in re.split(r"[\s-]+", name)]
    return _unlike([*_called(person), whole, *(part for part in parts if len(part) > 1)])


def _unlike(found: Iterator[str] | list[str]) -> list[str]:
    return [each for each in dict.fromkeys(found) if each]


def _full(person: Person) -> Iterator[Form]:
    for surname in _surnames(person.surname):
        for given in _givens(person):
            yield from exact(given, surname)


def exact(given: str, surname: str) -> Iterator[Form]:
    """Yield the forms of a full name, in which the order of its two parts does not matter."""
    for head in heads(given):
        yield Form("full", " ".join(sorted((head, spelt(surname)))))


def sounding(given: str, surname: str) -> Iterator[Form]:
    """Yield how a full name sounds, where it is long enough to tell; of a given name, how its families do."""
    if len(given + surname) >= LEAST:
        yield from (Form("sound", f"{sound(head)} {sound(spelt(surname))}") for head in heads(given))


def slips(given: str, surname: str) -> Iterator[Form]:
    """Yield a full name with one letter left out of either part, and with none, where it is long enough to tell.

    Two names that share such a form differ by one letter left out, put in, mistaken or swapped, in one of the parts.
    """
    if len(given + surname) >= LEAST:
        yield from (Form("typo", f"1 {short} {surname}") for short in (given, *without_one(given)))
        yield from (Form("typo", f"2 {given} {short}") for short in (surname, *without_one(surname)))


def _slips(person: Person) -> Iterator[Form]:
    surname = letters(person.surname)
    for given in _called(person) if surname else ():
        yield from sounding(given, surname)
        yield from slips(given, surname)


def _short(person: Person) -> Iterator[Form]:
    """Yield the given name alone, and each name with an initial for the other."""
    for given in _called(person):
        yield from alone(given)
        for surname in _surnames(person.surname):
            yield from initial(given[0], surname)
            yield from initial(given, surname[0])


def alone(given: str) -> Iterator[Form]:
    """Yield the forms of a given name without a surname."""
    yield from (Form("first", head) for head in heads(given))


def initial(given: str, surname: str) -> Iterator[Form]:
    """Yield the forms of a name of which one part is an initial."""
    yield from (Form("initial", f"{head} {spelt(surname)}") for head in (heads(given) if len(given) > 1 else (given,)))


def _joined(person: Person) -> Iterator[Form]:
    """Yield the names run together, as handles have them."""
    surname = letters(person.surname)
    for given in _called(person) if surname else ():
        yield Form("handle", given + surname)
        yield Form("handle", surname + given)


def _reached(person: Person) -> Iterator[Form]:
    yield from (Form("handle", handle(each)) for each in person.handles)
    for each in person.emails:
        yield from (Form("email", email(each)), Form("handle", local_handle(each)))
    yield from (Form("phone", phone(each)) for each in person.phones)


def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """Return the readings of a name that was met as given name and surname, both as letters, the likeliest first.

    A reading with a part of more than `MOST_LETTERS` is left out.
    """
    person = parted(name)
    surnames = _surnames(person.surname)
    given, middle = letters(person.given), letters(" ".join(person.middle))
    found = [(given, surname) for surname in surnames]
    found += [(letters(called), surname) for called in person.known_as for surname in surnames]
    if middle and surnames:
        found += [(given + middle, surnames[0]), (given, middle + surnames[0])]
    return tuple(dict.fromkeys(pair for pair in found if all(0 < len(part) <= MOST_LETTERS for part in pair)))
