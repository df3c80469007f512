"""What the professional bodies say about social media: provisions, the duties they share and where they differ."""

from forethought.guidance.coverage import Coverage, Covered, coverage
from forethought.guidance.load import load
from forethought.guidance.lookup import ComparedDuty, Comparison, Side, compare, rules_by_duty
from forethought.guidance.model import Difference, Duty, Guidance, Pack, Position, Provision
from forethought.guidance.schema import PackError
from forethought.guidance.vocabulary import FUNCTIONS, TRIGGERS

__all__ = [
    "FUNCTIONS",
    "TRIGGERS",
    "ComparedDuty",
    "Comparison",
    "Coverage",
    "Covered",
    "Difference",
    "Duty",
    "Guidance",
    "Pack",
    "PackError",
    "Position",
    "Provision",
    "Side",
    "compare",
    "coverage",
    "load",
    "rules_by_duty",
]
