"""Clients whom the practitioner can have recognised: a draft that names one of them breaks a rule, whatever it says.

Who they are comes from outside, as a function from a text to where it names them; nothing of it is kept here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from forethought.reading import Named, Span
from forethought.rules import VERDICTS, Finding, Rule, Severity, Shift

Naming = Callable[[str], Iterable[Named]]
RULE = "confidentiality/client-named"
# Of a full name, handle or address; of one that sounds alike or has a slip; of a first name, which others have too.
SURE, SLIP, LIKELY = 0.95, 0.7, 0.5


def nobody(text: str) -> tuple[Named, ...]:
    """Name nobody: where no client was added."""
    return ()


def with_named(found: Sequence[Finding], among: Sequence[Rule], named: Iterable[Named]) -> tuple[Finding, ...]:
    """Return the findings with the clients whom a text names: `client-named` is raised, or raised higher.

    By a first name alone it comes to `consider`, since the name may be somebody else's, and by a name with a slip to
    `pause`. Beside a surer name the weak ones are not marked. Where
    no active body supports the rule, nothing changes.
    """
    met = tuple(named)
    rule = next((each for each in among if each.id == RULE), None)
    if not met or rule is None:
        return tuple(found)
    own = next((each for each in found if each.rule.id == RULE), None)
    others = [each for each in found if each.rule.id != RULE]
    return tuple(sorted([*others, _finding(rule, met, own)], key=lambda each: each.spans[:1]))


def _finding(rule: Rule, met: Sequence[Named], own: Finding | None) -> Finding:
    """Return the finding on these names, together with what the words themselves raised, where they did."""
    told = [each for each in met if not each.weak] or list(met)
    severity, confidence = _grade(rule, told)
    shift = Shift(severity, " ".join(dict.fromkeys(each.why for each in told)))
    new = Finding(rule, severity, confidence, _spans(told, own), shift)
    if own is None or VERDICTS.index(own.severity) < VERDICTS.index(new.severity):
        return new
    return replace(own, spans=new.spans, confidence=max(own.confidence, new.confidence), shift=own.shift or shift)


def _grade(rule: Rule, told: Sequence[Named]) -> tuple[Severity, float]:
    """Return how grave and how sure the surest of these names is; all of them are weak, or none is."""
    if told[0].weak:
        return "consider", LIKELY
    if all(each.slip for each in told):
        return min(rule.severity, "pause", key=VERDICTS.index), SLIP
    return rule.severity, SURE


def _spans(told: Sequence[Named], own: Finding | None) -> tuple[Span, ...]:
    """Return where the names stand that are told of, and the words found before them, in order and each once."""
    return tuple(sorted({*(each.span for each in told), *(own.spans if own else ())}))
