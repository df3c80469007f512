"""How far each provision is put into practice, worked out from what exists and never typed.

A capability counts only where it serves the provision itself, or one of its own duties, in one of the ways the
provision calls for.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from forethought.errors import UnknownNameError
from forethought.guidance.model import Guidance, Provision
from forethought.guidance.vocabulary import FUNCTIONS

Status = Literal["checked", "partly checked", "guided", "partly guided", "human judgement", "background", "not yet"]
Served = Mapping[str, Mapping[str, tuple[str, ...]]]

CHECKS = frozenset({"text", "image"})


@dataclass(frozen=True, slots=True)
class Covered:
    """A provision, how far it is covered, the capabilities that serve it by function, and the functions missing."""

    provision: Provision
    status: Status
    served: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every active provision with how far it is covered."""

    rows: tuple[Covered, ...]

    def totals(self) -> dict[Status, int]:
        """Return the number of provisions at each status, the empty ones too."""
        return _count(self.rows)

    def by_body(self) -> dict[str, dict[Status, int]]:
        """Return the same totals for each body."""
        bodies = dict.fromkeys(row.provision.body for row in self.rows)
        return {body: _count(tuple(row for row in self.rows if row.provision.body == body)) for body in bodies}


def coverage(guidance: Guidance, served: Served) -> Coverage:
    """Return how far each active provision is covered.

    `served` maps a duty, or a single provision, to its functions (`text`, `guide`, `log`, ...) and each function to
    the names of the working capabilities that serve it. The `pack` function needs none: a pack that has loaded serves
    it. Raises UnknownNameError for a duty or function that is not known.
    """
    known = {each.id for each in guidance.provisions()}
    for name, functions in served.items():
        if name not in known:
            guidance.duty(name)
        for function in functions:
            if function not in FUNCTIONS:
                raise UnknownNameError("function", function, FUNCTIONS)
    return Coverage(tuple(_covered(p, served) for pack in guidance.packs for p in pack.provisions))


def together(*served: Served) -> Served:
    """Return what serves each duty and provision by any of these, each name once.

    >>> together({"a": {"text": ("x",)}}, {"a": {"text": ("x", "y"), "log": ("z",)}})
    {'a': {'text': ('x', 'y'), 'log': ('z',)}}
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in served:
        for name, functions in each.items():
            for function, names in functions.items():
                own = found.setdefault(name, {})
                own[function] = tuple(dict.fromkeys([*own.get(function, ()), *names]))
    return found


def _covered(provision: Provision, served: Served) -> Covered:
    found = {function: _capabilities(provision, function, served) for function in provision.serves}
    having = tuple((function, names) for function, names in found.items() if names)
    missing = tuple(function for function, names in found.items() if not names)
    return Covered(provision, _status(provision, {function for function, _ in having}, missing), having, missing)


def _capabilities(provision: Provision, function: str, served: Served) -> tuple[str, ...]:
    if function == "pack":
        return (provision.pack,)
    keys = (*provision.duties, provision.id)
    names = (name for key in keys for name in served.get(key, {}).get(function, ()))
    return tuple(dict.fromkeys(names))


def _status(provision: Provision, having: set[str], missing: tuple[str, ...]) -> Status:
    if provision.background:
        return "background"
    if not provision.serves:
        return "human judgement"
    if not having:
        return "not yet"
    if having & CHECKS:
        return "partly checked" if missing else "checked"
    return "partly guided" if missing else "guided"


def _count(rows: tuple[Covered, ...]) -> dict[Status, int]:
    counted = Counter(row.status for row in rows)
    return {status: counted[status] for status in get_args(Status)}
