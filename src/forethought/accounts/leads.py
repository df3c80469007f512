"""How accounts lead to each other: what somebody who knows one could follow to another, and how to loosen it.

Weights are Forethought's own order of what gives most away, and no measure of how likely anyone is to follow it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from forethought.accounts.marks import same_photo
from forethought.pages.wording import joined

WORKING = frozenset({"professional", "organisation"})  # where clients are expected; all others are not meant for them
CITES = ("BABCP-59", "BABCP-90", "BACP1-31", "BACP2-28", "DCP-73")
ALIKE = 0.85  # of 1: how like each other two handles are
SHORTEST_HANDLE, SHORTEST_ALIKE = 3, 5  # letters: a shorter one is met by chance
MOST_PLACES = 4  # shared words that are named
STRONG, SOME = 4, 2
WORK = frozenset(
    "cbt clinic clinical college counselling counsellor emdr hospital nhs practice psychologist psychology "
    "psychotherapist psychotherapy researcher supervisor therapist therapy trainee university".split()
)
COMMON = frozenset(
    "about all and any are but for from have her here his love not she that the their these they this views with you "
    "your mum dad opinions own mine likes fan lover writer reader".split()
)  # words that many a bio begins with
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\",;]+|(?<![\w.])@[\w.]+(?:@[\w.-]+)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")

Strength = Literal["strong", "some", "weak"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an account, as far as it can lead to another.

    `names` are the name that it shows and other or former ones, `sites` the hosts of its platform, `contacts`
    fingerprints of people, and `email`, `phone` and `photo` are marks.
    """

    key: str
    name: str
    kind: str
    platform: str = ""
    handle: str = ""
    names: tuple[str, ...] = ()
    bio: str = ""
    links: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    photo: str = ""
    contacts: frozenset[str] = frozenset()

    @property
    def is_for_work(self) -> bool:
        """Whether clients are expected to meet it."""
        return self.kind in WORKING


@dataclass(frozen=True, slots=True)
class Reason:
    """One way from an account to another: its sort, how much it gives away, what a client sees, how to loosen it."""

    sort: str
    weight: int
    seen: str
    loosen: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Two accounts of which one leads to the other, with every reason, the strongest first; `a` is the one for work."""

    a: Known
    b: Known
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """How much all of it gives away, to sort by."""
        return sum(each.weight for each in self.reasons)

    @property
    def leak(self) -> bool:
        """Whether it joins an account for work with one that is not meant for clients."""
        return self.a.is_for_work != self.b.is_for_work

    @property
    def strength(self) -> Strength:
        """How strong it is, in a word."""
        return "strong" if self.weight >= STRONG else "some" if self.weight >= SOME else "weak"


def leads(accounts: Sequence[Known]) -> tuple[Lead, ...]:
    """Return every two accounts that lead to each other: those that join work and private life first, then by weight.

    Finding nothing is no promise: what others post, an app's suggestions and anyone who knows the person lead, too
    (BABCP-59, BABCP-90, BACP1-31, BACP2-28, DCP-73).
    """
    pairs = (sorted(pair, key=lambda each: not each.is_for_work) for pair in combinations(accounts, 2))
    found = (Lead(a, b, _reasons(a, b)) for a, b in pairs)
    return tuple(sorted((each for each in found if each.reasons), key=lambda each: (not each.leak, -each.weight)))


def _reasons(a: Known, b: Known) -> tuple[Reason, ...]:
    found = (reason for way in WAYS for reason in way(a, b))
    return tuple(sorted(found, key=lambda each: -each.weight))


def _photo(a: Known, b: Known) -> Iterator[Reason]:
    if a.photo and same_photo(a.photo, b.photo):
        yield Reason(
            "photo", 4, "Both show what looks like the same picture, and a search by picture finds one from the other.",
            f"Give “{b.name}” a picture that is used nowhere else, best one without your face.",
        )  # fmt: skip


def _sign_in(a: Known, b: Known) -> Iterator[Reason]:
    for sort, words, same in (
        ("email", "e-mail address", a.email and a.email == b.email),
        ("phone", "phone number", a.phone and a.phone == b.phone),
    ):
        if same:
            yield Reason(
                sort, 4, f"Both were opened with the same {words}: who has it among their contacts may be shown both.",
                f"Give “{b.name}” another {words}, and switch off being found by it.",
            )  # fmt: skip


def _handle(a: Known, b: Known) -> Iterator[Reason]:
    one, other = _core(a.handle), _core(b.handle)
    if one and one == other and len(one) >= SHORTEST_HANDLE:
        yield Reason(
            "handle", 4, "Both have the same handle, and a search for it finds both.",
            f"Change the handle of “{b.name}”. The old one may still be found in others' posts.",
        )  # fmt: skip
    elif _alike(one, other):
        yield Reason(
            "similar handle", 2, "Their handles are much alike, so that a search for one is likely to show the other.",
            f"Give “{b.name}” a handle that has nothing in common with your name or your practice's.",
        )  # fmt: skip


def _name(a: Known, b: Known) -> Iterator[Reason]:
    one, other = _names(a), _names(b)
    full = [letters for letters in one.keys() & other.keys() if " " in one[letters]]
    worn = any(name in _core(x.handle) for x, names in ((a, other), (b, one)) for name, w in names.items() if " " in w)
    change = f"Show another name on “{b.name}”, such as a nickname that clients do not know."
    if full:
        yield Reason("name", 3, f"Both show the name {one[full[0]]}, and a search for it finds both.", change)
    elif worn:
        yield Reason("name", 2, "The name that one shows stands in the handle of the other.", change)
    elif one.keys() & other.keys():
        yield Reason("name", 1, "Both show the same short name, which points to the other where more is known.", change)


def _links(a: Known, b: Known) -> Iterator[Reason]:
    for start, end in ((a, b), (b, a)):
        if any(_leads_to(link, start, end) for link in _all_links(start)):
            yield Reason(
                "link", 5, f"The profile of “{start.name}” links to “{end.name}”: one tap, and they are there.",
                f"Take the link out of “{start.name}”.",
            )  # fmt: skip
    if shared := sorted({_plain(link) for link in _all_links(a)} & {_plain(link) for link in _all_links(b)}):
        yield Reason(
            "same link", 4, f"Both link to {shared[0]}, so that who follows it from one can look for the other.",
            f"Take this link out of “{b.name}”.",
        )  # fmt: skip


def _contacts(a: Known, b: Known) -> Iterator[Reason]:
    if count := len(a.contacts & b.contacts):
        people = "1 person is" if count == 1 else f"{count:,} people are"
        yield Reason(
            "contacts", 1 + (count >= 3) + (count >= 10),
            f"{people} likely among the contacts of both, by name or handle: platforms suggest accounts that way.",
            f"Do not let “{b.name}” read your address book, and hide its list of contacts.",
        )  # fmt: skip


def _bio(a: Known, b: Known) -> Iterator[Reason]:
    if shared := _telling(a.bio) & _telling(b.bio):
        work = shared & WORK
        named = joined(f"“{each}”" for each in [*sorted(work), *sorted(shared - work)][:MOST_PLACES])
        yield Reason(
            "bio", min(3, bool(work) + len(shared)), f"Both describe you with {named}, which narrows down who it is.",
            f"Leave out of “{b.name}” where you live or work and what you do.",
        )  # fmt: skip


WAYS: tuple[Callable[[Known, Known], Iterator[Reason]], ...] = (
    _links, _photo, _sign_in, _handle, _name, _contacts, _bio,
)  # fmt: skip


def _letters(words: str) -> str:
    """Return the letters and digits of words, accents and capitals aside."""
    return "".join(each for each in unicodedata.normalize("NFKD", words).casefold() if each.isalnum())


def _core(handle: str) -> str:
    """Return a handle without its server, its platform's address, and signs.

    >>> _core("@Anna.Reed@herons.example"), _core("https://www.photos.example/anna_reed/")
    ('annareed', 'annareed')
    """
    bare = re.sub(r"^(?:https?://|www\.)\S*?/(?=\S)", "", handle.strip()).strip("/").rpartition("/")[2]
    return _letters(bare.lstrip("@").partition("@")[0])


def _alike(one: str, other: str) -> bool:
    """Return whether one handle is within the other or nearly the same, digits at their end aside."""
    short, long = sorted((one.rstrip("0123456789"), other.rstrip("0123456789")), key=len)
    if len(short) < SHORTEST_ALIKE:
        return False
    return short in long or SequenceMatcher(None, short, long).ratio() >= ALIKE


def _names(account: Known) -> dict[str, str]:
    """Return each name by its letters."""
    return {letters: " ".join(name.split()) for name in account.names if (letters := _letters(name))}


def _all_links(account: Known) -> set[str]:
    return {*account.links, *_ADDRESS.findall(account.bio)}


def _plain(link: str) -> str:
    """Return a link without how it is fetched, what is asked there, and what is the same everywhere."""
    bare = re.sub(r"^(?:https?://)?(?:www\.|m\.)?", "", link.strip(), flags=re.IGNORECASE)
    return re.split(r"[?#]", bare)[0].rstrip("/.,;:!").casefold()


def _leads_to(link: str, start: Known, end: Known) -> bool:
    """Return whether a link in one account's profile, or a mention there, is the address of another account."""
    handle, plain = _core(end.handle), _plain(link)
    if not handle or len(handle) < SHORTEST_HANDLE:
        return False
    if plain == _plain(end.handle) and ("." in plain or "@" in plain[1:]):
        return True
    if plain.startswith("@"):
        return _core(plain) == handle and start.platform == end.platform
    host, *parts = plain.split("/")
    server = end.handle.lstrip("@").partition("@")[2].casefold()
    there = host == server if server else not end.sites or any(host in (s, f"m.{s}") for s in end.sites)
    return there and any(_core(part) == handle for part in parts)


def _telling(bio: str) -> set[str]:
    """Return the words of a bio that tell of a place or of work: names, which begin with a capital, and WORK."""
    words = _WORD.findall(_ADDRESS.sub(" ", bio))
    return {folded for word in words if (folded := word.casefold()) in WORK or word[0].isupper()} - COMMON
