"""Two documents or bodies set side by side, and rules found from the duties that they serve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forethought.guidance.model import Difference, Duty, Guidance, Provision, standing_of
from forethought.guidance.vocabulary import Standing


@dataclass(frozen=True, slots=True)
class Side:
    """How one pack or body holds a duty, and the provisions that say so."""

    standing: Standing
    provisions: tuple[Provision, ...]

    @property
    def asks(self) -> bool:
        """Whether anything is asked, beyond stating facts."""
        return self.standing != "silent"


@dataclass(frozen=True, slots=True)
class ComparedDuty:
    """A duty as two packs or bodies hold it."""

    duty: Duty
    first: Side
    second: Side

    @property
    def alike(self) -> bool:
        """Whether both hold the duty equally strongly."""
        return self.first.standing == self.second.standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packs or bodies, duty by duty, for each duty that either mentions.

    `differences` holds the known points on which the two do not say the same.
    """

    first: str
    second: str
    rows: tuple[ComparedDuty, ...]
    differences: tuple[Difference, ...]

    @property
    def only_first(self) -> tuple[ComparedDuty, ...]:
        """The duties that the first asks for, where the second asks nothing."""
        return tuple(row for row in self.rows if row.first.asks and not row.second.asks)

    @property
    def only_second(self) -> tuple[ComparedDuty, ...]:
        """The duties that the second asks for, where the first asks nothing."""
        return tuple(row for row in self.rows if row.second.asks and not row.first.asks)


def compare(guidance: Guidance, first: str, second: str) -> Comparison:
    """Set two packs or bodies, by id, side by side; raises UnknownNameError for a name that is neither."""
    rows = (ComparedDuty(duty, _side(guidance, first, duty), _side(guidance, second, duty)) for duty in guidance.duties)
    told = tuple(row for row in rows if row.first.provisions or row.second.provisions)
    differences = tuple(
        point for point in guidance.differences if _said(guidance, first, point) != _said(guidance, second, point)
    )
    return Comparison(first, second, told, differences)


def rules_by_duty(rules: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Turn rules and the duties that each serves into duties and the rules that serve each.

    >>> rules_by_duty({"respect/abusive": ["respectful-tone"], "respect/incitement": ["no-incitement"]})
    {'respectful-tone': ('respect/abusive',), 'no-incitement': ('respect/incitement',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for rule, duties in rules.items():
        for duty in duties:
            found[duty] = (*found.get(duty, ()), rule)
    return found


def _side(guidance: Guidance, name: str, duty: Duty) -> Side:
    provisions = guidance.provisions(name, duty.id)
    return Side(standing_of(provisions), provisions)


def _said(guidance: Guidance, name: str, point: Difference) -> frozenset[str]:
    names = {known for pack in guidance.active([name]).packs for known in (pack.id, pack.body)}
    return frozenset(position.says for position in point.positions if position.of in names)
