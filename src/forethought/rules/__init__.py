"""Rules: one TOML file each, and the engine that raises them on a Reading."""

from forethought.rules.engine import Hit, evidence, find
from forethought.rules.load import RuleError, load_examples, load_rule, rules
from forethought.rules.model import VERDICTS, Finding, Rule, Severity, Shift, Verdict

__all__ = [
    "VERDICTS",
    "Finding",
    "Hit",
    "Rule",
    "RuleError",
    "Severity",
    "Shift",
    "Verdict",
    "evidence",
    "find",
    "load_examples",
    "load_rule",
    "rules",
]
