"""Finds details of one client, or another private person met through the work, that together could tell who it is."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from forethought.reading import Mention, Reading
from forethought.rules.engine import Hit

_ABOUT = frozenset(("client", "client-relative", "trainee"))
_TELLING = frozenset(
    "age place organisation school job family condition event ethnicity faith appearance hobby".split()
)
_ENOUGH = 3  # kinds of detail; two alone are right too seldom to be raised without other evidence
_SURE = {3: 0.6, 4: 0.75}
_UNTOLD = frozenset(("invented", "hypothetical", "policy", "marketing", "own-therapy"))


def detect(reading: Reading) -> list[Hit]:
    """Return a hit where enough kinds of telling detail belong to one such person; none for what is invented."""
    return [_hit(details) for details in _people(reading) if len({m.kind for m in details}) >= _ENOUGH]


def _people(reading: Reading) -> Iterator[Sequence[Mention]]:
    """Yield the telling details of each kind of person, in reading order."""
    telling = [m for m in reading.mentions if m.subject in _ABOUT and m.kind in _TELLING and _told(reading, m)]
    for _, details in groupby(sorted(telling, key=lambda m: (m.subject, m.span)), key=lambda m: m.subject):
        yield tuple(details)


def _told(reading: Reading, mention: Mention) -> bool:
    return not reading.sentences[mention.sentence].frames & _UNTOLD


def _hit(details: Sequence[Mention]) -> Hit:
    kinds = len({m.kind for m in details})
    return Hit(tuple(m.span for m in details), _SURE.get(kinds, 0.85))
