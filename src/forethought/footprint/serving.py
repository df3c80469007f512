"""Which duties the audit of archives puts into practice: those of every rule, by all of which it reviews each post."""

from forethought.guidance.coverage import Served
from forethought.rules import rules

AUDIT = "footprint/audit"


def served() -> Served:
    """Return, for each duty of a rule, the audit."""
    return {duty: {"audit": (AUDIT,)} for rule in rules() for duty in rule.duties}
