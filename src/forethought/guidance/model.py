"""What the bodies say: provisions in packs, the duties they share, where they differ, and look-ups over them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from forethought.errors import UnknownNameError
from forethought.guidance.vocabulary import STANDINGS, STRENGTHS, TRIGGERS, Standing, Strength

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that one document says, in our own words; `body`, `document` and `section` cite it."""

    id: str
    body: str
    pack: str
    document: str
    section: str
    kind: str
    strength: Strength
    on_duty: bool
    addressees: tuple[str, ...]
    triggers: tuple[str, ...]
    duties: tuple[str, ...]
    background: bool
    serves: tuple[str, ...]
    says: str

    @property
    def binds(self) -> bool:
        """Whether it holds the reader to something: a must, or a softer verb on a binding duty."""
        return self.strength == "must" or self.on_duty

    @property
    def standing(self) -> Standing:
        """`binds`, `advises`, or `silent` for a plain statement of fact, which asks nothing."""
        if self.binds:
            return "binds"
        return "silent" if self.strength == "fact" else "advises"


@dataclass(frozen=True, slots=True)
class Pack:
    """One document as data: who published it, when it was read and is to be read again, and its provisions.

    `published` is only as exact as the document: `2012`, `2023-03`, a full date, or None.
    `weight` is what the document says of itself; `note` is for the practitioner to read.
    """

    id: str
    body: str
    publisher: str
    title: str
    edition: str
    published: str | None
    read: date
    review: date
    status: str
    superseded_by: str | None
    weight: str
    note: str
    url: str
    provisions: tuple[Provision, ...]

    def is_due(self, today: date) -> bool:
        """Whether the day has passed on which the document was to be read again."""
        return today > self.review


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that bodies share; how strongly each holds it follows from its provisions."""

    id: str
    code: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Position:
    """What one body, or one pack of a body, says on a point where they differ."""

    of: str
    says: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A point on which the documents differ; `strictest` is empty where none outranks the others."""

    id: str
    topic: str
    duties: tuple[str, ...]
    strictest: tuple[str, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guidance:
    """The packs in force for a person, with the shared duties and the known differences; equal only to itself."""

    packs: tuple[Pack, ...]
    duties: tuple[Duty, ...]
    differences: tuple[Difference, ...]
    _under: dict[str, tuple[Provision, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_under", _by_duty(self.packs, self.duties))

    def active(self, bodies: Iterable[str] = ()) -> "Guidance":
        """Return the guidance of these bodies or packs alone; nothing given keeps every pack.

        A body's id brings all its packs. Raises UnknownNameError for a name that is neither.
        """
        wanted = set(bodies)
        for name in sorted(wanted):
            self._check_body(name)
        return replace(self, packs=tuple(p for p in self.packs if wanted & {p.id, p.body})) if wanted else self

    def pack(self, id: str) -> Pack:
        """Return the pack with this id, or raise UnknownNameError."""
        return _named("pack", id, {pack.id: pack for pack in self.packs})

    def duty(self, id: str) -> Duty:
        """Return the duty with this id, or raise UnknownNameError."""
        return _named("duty", id, {duty.id: duty for duty in self.duties})

    def provisions(
        self, body: str | None = None, duty: str | None = None, trigger: str | None = None
    ) -> tuple[Provision, ...]:
        """Return the provisions of a body or pack, under a duty, for a moment; each left out means any.

        Raises UnknownNameError for a name that is not in its list.
        """
        if body is not None:
            self._check_body(body)
        if trigger is not None:
            _named("trigger", trigger, TRIGGERS)
        found = self._every() if duty is None else _named("duty", duty, self._under)
        return tuple(
            p
            for p in found
            if (body is None or body in (p.pack, p.body)) and (trigger is None or trigger in p.triggers)
        )

    def behind(self, duties: Iterable[str]) -> tuple[Provision, ...]:
        """Return the provisions under any of these duties, each once: binding first, plain facts last."""
        found = {p.id: p for duty in duties for p in _named("duty", duty, self._under)}
        return tuple(sorted(found.values(), key=_weakness))

    def supports(self, duties: Iterable[str]) -> bool:
        """Whether some active provision asks for one of these duties, rather than merely stating a fact."""
        return any(p.strength != "fact" for duty in duties for p in _named("duty", duty, self._under))

    def strength(self, duty: str) -> dict[str, Standing]:
        """Return how each active pack, by id, holds this duty: `binds`, `advises` or `silent`."""
        return {pack.id: standing_of(self.provisions(pack.id, duty)) for pack in self.packs}

    def strength_by_body(self, duty: str) -> dict[str, Standing]:
        """Return how each body holds this duty, taking the strictest of its active packs."""
        return {pack.body: standing_of(self.provisions(pack.body, duty)) for pack in self.packs}

    def differences_on(self, duties: Collection[str]) -> tuple[Difference, ...]:
        """Return the known differences that concern any of these duties, with the positions of active documents.

        There are none where a single body is active.
        """
        names = {name for pack in self.packs for name in (pack.id, pack.body)}
        if len({pack.body for pack in self.packs}) < 2:
            return ()
        concerned = (point for point in self.differences if not set(duties).isdisjoint(point.duties))
        kept = (replace(p, positions=tuple(each for each in p.positions if each.of in names)) for p in concerned)
        return tuple(point for point in kept if point.positions)

    def due(self, today: date) -> tuple[Pack, ...]:
        """Return the packs whose documents were to be read again before `today`."""
        return tuple(pack for pack in self.packs if pack.is_due(today))

    def _every(self) -> tuple[Provision, ...]:
        return tuple(provision for pack in self.packs for provision in pack.provisions)

    def _check_body(self, name: str) -> None:
        known = {known for pack in self.packs for known in (pack.id, pack.body)}
        if name not in known:
            raise UnknownNameError("body", name, known)


def standing_of(provisions: Iterable[Provision]) -> Standing:
    """Return the strongest standing among provisions, `silent` where there are none."""
    return min((p.standing for p in provisions), key=STANDINGS.index, default="silent")


def _by_duty(packs: tuple[Pack, ...], duties: tuple[Duty, ...]) -> dict[str, tuple[Provision, ...]]:
    under: dict[str, list[Provision]] = {duty.id: [] for duty in duties}
    for pack in packs:
        for provision in pack.provisions:
            for duty in provision.duties:
                under[duty].append(provision)
    return {duty: tuple(provisions) for duty, provisions in under.items()}


def _weakness(provision: Provision) -> tuple[bool, int]:
    return not provision.binds, STRENGTHS.index(provision.strength)


def _named(kind: str, name: str, known: Mapping[str, T]) -> T:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
