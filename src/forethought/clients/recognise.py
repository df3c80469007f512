"""Somebody known again: names in a text, or what a contact request tells, tried against the fingerprints kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from forethought.clients.addresses import email, handle, local_handle, phone
from forethought.clients.candidates import Candidate, candidates
from forethought.clients.letters import first_names, letters
from forethought.clients.names import (
    KINDS,
    MOST_LETTERS,
    WEAK,
    Form,
    alone,
    exact,
    initial,
    pairs,
    parted,
    slips,
    sounding,
)
from forethought.clients.slow import Hashing, Memory, slow
from forethought.reading import Span

MOST_HASHES = 2_500  # forms that are tried for one text: about four seconds of work at most on one core
ORDER = ("email", "phone", "handle", "name", "exact", "first")  # of candidates: the surest kinds are tried first
Stages = Iterable[Iterable[Form]]  # forms to try, the surest first; the first stage that meets somebody decides


class Known(NamedTuple):
    """Who a fingerprint belongs to, by reference, and of what kind the form is that it was made of."""

    reference: str
    kind: str


class Match(NamedTuple):
    """Somebody who was met: where in the text, who by reference, and by what kind of form (one of `names.KINDS`).

    `ordinary` says that the name is made of ordinary words alone, such as Rose Field, and so may be no name here.
    """

    span: Span
    reference: str
    kind: str
    ordinary: bool = False

    @property
    def weak(self) -> bool:
        """Whether what was met tells little: many people share it, or it may be no name at all."""
        return self.ordinary or self.kind in WEAK


class Recogniser:
    """Knows people again by the fingerprints of their names. Without anybody known, it does nothing slow."""

    def __init__(
        self,
        known: Mapping[bytes, Sequence[Known]],
        key: bytes,
        memory: Memory | None = None,
        hashing: Hashing = slow,
    ) -> None:
        """Take whom each fingerprint belongs to and the key of `slow.key_of`.

        `memory` keeps what was hashed beyond this recogniser's life; another `hashing` is for measuring.
        """
        self._known, self._key, self._hashing = known, key, hashing
        self._memory = Memory() if memory is None else memory

    def in_text(self, text: str) -> tuple[Match, ...]:
        """Return whom the text names, in order of place; offsets count code points. No candidate, no slow work.

        Of one text `MOST_HASHES` forms are tried: first addresses, numbers, handles and names as they stand, then
        names by sound, slips and initials. Beyond that the rest is not tried.
        """
        return _settled(self._of(candidates(text))) if self._known else ()

    def of_person(self, name: str = "", handle: str = "", email: str = "", phone: str = "") -> tuple[Match, ...]:
        """Return who somebody could be, the surest first; each match spans the whole of what it was met in.

        A name of one word is tried as a first name, and as a handle too, since that is what many platforms show.
        """
        if not self._known:
            return ()
        asked = [*_of_name(name), Candidate(_whole(handle), "handle", handle)]
        asked += [Candidate(_whole(email), "email", email), Candidate(_whole(phone), "phone", phone)]
        asked += [found for found in candidates(name) if found.kind in {"handle", "email", "phone"}]
        return _surest(self._of(asked))

    def _of(self, asked: Iterable[Candidate]) -> Iterator[Match]:
        """Yield whom candidates meet: all of them by the surest way, then those that met nobody by the next."""
        alike: dict[tuple[str, str], list[Candidate]] = {}
        for each in sorted(asked, key=_rank):
            alike.setdefault((each.kind, each.words), []).append(each)
        tried: dict[Form, Sequence[Known]] = {}
        waiting = [(places, iter(_stages(kind, words))) for (kind, words), places in alike.items()]
        while waiting and len(tried) < MOST_HASHES:
            going = []
            for places, stages in waiting:
                stage = next(stages, None)
                met = self._met(stage, tried) if stage is not None else ()
                yield from (Match(at.span, who.reference, who.kind, at.ordinary) for at in places for who in met)
                if stage is not None and not met:
                    going.append((places, stages))
            waiting = going

    def _met(self, stage: Iterable[Form], tried: dict[Form, Sequence[Known]]) -> tuple[Known, ...]:
        """Return who is met by one of the forms; what was tried is remembered, until it is `MOST_HASHES`."""
        met: dict[Known, None] = {}
        for form in stage:
            if form.letters and form not in tried:
                if len(tried) >= MOST_HASHES:
                    continue
                tried[form] = self._look(form)
            met.update(dict.fromkeys(tried.get(form, ())))
        return tuple(met)

    def _look(self, form: Form) -> Sequence[Known]:
        return self._known.get(self._memory.hashed(self._key, form.whole, self._hashing), ())


def _rank(candidate: Candidate) -> int:
    return ORDER.index(candidate.kind)


def _whole(text: str) -> Span:
    return Span(0, len(text))


def _of_name(name: str) -> Iterator[Candidate]:
    person = parted(name)
    if person.surname:
        yield Candidate(_whole(name), "name", name)
    else:
        yield from (Candidate(_whole(name), "first", called) for called in (person.given, *person.known_as))
    if len(name.split()) == 1 and letters(name) not in first_names():
        yield Candidate(_whole(name), "handle", name)


def _stages(kind: str, words: str) -> Stages:
    """Return the forms in which something is tried."""
    if kind == "name":
        return _name_stages(words)
    if kind == "exact":
        return ((form for pair in pairs(words) for form in exact(*pair)),)
    if kind == "first":
        return (alone(letters(words)),)
    if kind == "handle":
        return _handle_stages(words)
    if kind == "email":
        return ((Form("email", email(words)),), *_handle_stages(local_handle(words)))
    return ((Form("phone", phone(words)),),)


def _name_stages(words: str) -> Stages:
    """Return the forms of a full name: as it is, by sound, with a slip; an initial is tried as one alone."""
    read = pairs(words)
    long = [pair for pair in read if all(len(part) > 1 for part in pair)]
    short = [pair for pair in read if min(map(len, pair)) == 1 < max(map(len, pair))]
    either_way = [each for given, surname in long for each in ((given, surname), (surname, given))]
    return (
        (form for pair in either_way for form in exact(*pair)),
        (form for pair in long for form in sounding(*pair)),
        (form for pair in long for form in slips(*pair)),
        (form for pair in short for form in initial(*pair)),
    )


def _handle_stages(words: str) -> Stages:
    """Return the forms of a handle: as it is, then cut where a given name or an initial ends."""
    whole = handle(words)
    if len(whole) > MOST_LETTERS:
        return ()
    apart = [pair for pair in pairs(words.strip("@ ")) if all(len(part) > 1 for part in pair)]
    cut = [pair for at in range(2, len(whole) - 1) for pair in _cuts(whole[:at], whole[at:])]
    return (
        (Form("handle", whole),),
        (form for pair in dict.fromkeys([*apart, *cut]) for form in exact(*pair)),
        initial(whole[:1], whole[1:]) if len(whole) > 3 else (),
        initial(whole[:-1], whole[-1:]) if len(whole) > 3 else (),
    )


def _cuts(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the two parts of a handle as given name and surname, where either is a given name that is known."""
    if before in first_names():
        yield before, after
    if after in first_names():
        yield after, before


def _settled(met: Iterable[Match]) -> tuple[Match, ...]:
    """Return each meeting once, in order of place: of one person's that overlap, the surest, and then the longest."""
    kept: list[Match] = []
    covered: set[tuple[str, int]] = set()  # whom each place tells of
    for match in sorted(met, key=lambda each: (KINDS.index(each.kind), each.span.start - each.span.end, each)):
        places = {(match.reference, at) for at in range(match.span.start, match.span.end)}
        if covered.isdisjoint(places):
            kept.append(match)
            covered |= places
    return tuple(sorted(kept))


def _surest(met: Iterable[Match]) -> tuple[Match, ...]:
    """Return one meeting for each person, the surest first."""
    best: dict[str, Match] = {}
    for match in sorted(met, key=lambda each: (KINDS.index(each.kind), each.reference)):
        best.setdefault(match.reference, match)
    return tuple(best.values())
