"""From a Reading to findings: every rule's phrases at once, then concerns, then the few detectors in Python."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from forethought.reading import Reading, Span
from forethought.reading.lexicon import classes
from forethought.reading.phrases import Line, PhraseBook
from forethought.rules.load import rules
from forethought.rules.model import VERDICTS, Finding, Rule, Shift

SURE = 0.85  # what a phrase match is worth: phrases are kept only where they are right about nine times in ten


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule is about, and how sure (0 to 1)."""

    spans: tuple[Span, ...]
    confidence: float = SURE


@dataclass(slots=True)
class _Seen:
    """What the phrases of one rule met in a draft: words that show it, sentences that excuse it, shifts."""

    shown: list[Span] = field(default_factory=list)
    excused: list[Span] = field(default_factory=list)
    shifts: set[int] = field(default_factory=set)


def find(reading: Reading, among: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings of `among` (every rule, if not given) in reading order, one a rule."""
    among = rules() if among is None else among
    seen = _phrases_seen(reading)
    raised = [(rule, hit) for rule in among if _placed(rule, reading) and (hit := _hit(rule, reading, seen[rule.id]))]
    ids = {rule.id for rule, _ in raised}
    findings = (_finding(rule, hit, reading, seen, ids) for rule, hit in raised)
    return tuple(sorted(findings, key=lambda f: (f.spans[:1] or (Span(0, 0),), f.rule.id)))


def lines(reading: Reading) -> Iterator[Line]:
    """Yield each sentence as phrases see it, its words marked with the mentions they stand in."""
    for sentence, within in zip(reading.sentences, reading.by_sentence(), strict=True):
        kinds = [
            frozenset(m.kind for m in within if m.span.start <= t.span.start < m.span.end) for t in sentence.tokens
        ]
        yield Line.of(sentence.tokens, kinds)


@cache
def _book() -> PhraseBook:
    """Every phrase of every rule, owned by `id`, `id unless` or `id shift N`."""
    return PhraseBook((pair for rule in rules() for pair in _owned(rule)), classes())


def _owned(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from ((rule.id, phrase) for phrase in rule.looks.phrases)
    yield from ((f"{rule.id} unless", phrase) for phrase in rule.looks.unless)
    for number, shift in enumerate(rule.shifts):
        yield from ((f"{rule.id} shift {number}", phrase) for phrase in shift.phrases)


def _phrases_seen(reading: Reading) -> dict[str, _Seen]:
    """Return what each rule's phrases met, sentence by sentence: an excuse holds for its own sentence."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for sentence, line in zip(reading.sentences, lines(reading), strict=True):
        met: dict[str, list[Span]] = defaultdict(list)
        for owner, _, span in _book().matches(line):
            rule, _, role = owner.partition(" ")
            if role == "unless":
                seen[rule].excused.append(sentence.span)
            elif role:
                seen[rule].shifts.add(int(role.split()[1]))
            else:
                met[rule].append(span)
        for rule, spans in met.items():
            seen[rule].shown += spans
    return seen


def _placed(rule: Rule, reading: Reading) -> bool:
    """Say whether the rule can occur where this draft goes out."""
    here, looks = reading.draft.context, rule.looks
    return (
        (not looks.audience or here.audience in looks.audience)
        and (not looks.account or here.account in looks.account)
        and (not looks.role or here.role in looks.role)
    )


def _hit(rule: Rule, reading: Reading, seen: _Seen) -> Hit | None:
    """Join what phrases, concerns and the detector of one rule found outside its excuses, or return None."""
    excused = [*seen.excused, *(s.span for s in reading.sentences if not s.frames.isdisjoint(rule.looks.frames))]
    hits = [Hit(tuple(seen.shown))]
    if rule.looks.concern is not None:
        least = rule.looks.concern
        hits += [Hit(c.spans, c.probability) for c in reading.concerns if c.rule == rule.id and c.probability >= least]
    hits = [Hit(left, hit.confidence) for hit in hits if (left := _outside(hit.spans, excused))]
    if rule.looks.detector:
        hits += _detector(rule.looks.detector)(reading)
    if not hits:
        return None
    return Hit(_merged(span for hit in hits for span in hit.spans), max(hit.confidence for hit in hits))


def _outside(spans: Iterable[Span], excused: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans that do not lie within an excused sentence."""
    return tuple(span for span in spans if not any(e.start <= span.start and span.end <= e.end for e in excused))


@cache
def _detector(name: str):  # type: ignore[no-untyped-def]
    return import_module(f"forethought.rules.{name}").detect


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _finding(rule: Rule, hit: Hit, reading: Reading, seen: dict[str, _Seen], ids: set[str]) -> Finding:
    met = seen[rule.id].shifts
    holding = [s for n, s in enumerate(rule.shifts) if _holds(s, n in met, reading, ids)]
    shift = max(holding, key=lambda s: VERDICTS.index(s.severity), default=None)
    return Finding(rule, shift.severity if shift else rule.severity, hit.confidence, hit.spans, shift)


def _holds(shift: Shift, said: bool, reading: Reading, ids: set[str]) -> bool:
    here = reading.draft.context
    return (
        (not shift.phrases or said)
        and (not shift.beside or bool(ids & set(shift.beside)))
        and (not shift.audience or here.audience in shift.audience)
        and (not shift.account or here.account in shift.account)
        and (not shift.role or here.role in shift.role)
    )
