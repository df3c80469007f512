"""From a Reading to findings: every rule's phrases at once, then concerns, then the few detectors in Python."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from forethought.reading import Concern, Context, Reading, Span
from forethought.reading.lexicon import classes
from forethought.reading.phrases import Line, PhraseBook
from forethought.rules.joining import Evidence, joints
from forethought.rules.load import rules
from forethought.rules.model import VERDICTS, Finding, Looks, Rule, Severity, Shift

SURE = 0.85  # what a phrase match is worth: on writers held out, about eight in ten were right


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule is about, and how sure (0 to 1)."""

    spans: tuple[Span, ...]
    confidence: float = SURE


@dataclass(slots=True)
class _Seen:
    """What is found of one rule in a draft: words that show it, sentences that excuse it, shifts, and concerns."""

    shown: list[Span] = field(default_factory=list)
    excused: set[int] = field(default_factory=set)
    shifts: set[int] = field(default_factory=set)
    lexical: Concern | None = None
    learned: Concern | None = None


def find(reading: Reading, among: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings of `among` (every rule, if not given) in reading order, one a rule."""
    among = rules() if among is None else among
    seen = _found(reading)
    placed = (rule for rule in among if _set_in(rule.looks, reading.draft.context))
    raised = [(rule, hit) for rule in placed if (hit := _hit(rule, reading, seen[rule.id]))]
    ids = {rule.id for rule, _ in raised}
    findings = (_finding(rule, hit, reading, seen[rule.id], ids) for rule, hit in raised)
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


def _found(reading: Reading) -> dict[str, _Seen]:
    """Return what is found of each rule: its phrases, sentence by sentence, and the concerns of both readers."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for concern in reading.concerns:
        seen[concern.rule].lexical = concern
    for concern in reading.learned.concerns if reading.learned else ():
        seen[concern.rule].learned = concern
    for number, line in enumerate(lines(reading)):
        for owner, _, span in _book().matches(line):
            rule, _, role = owner.partition(" ")
            if role == "unless":
                seen[rule].excused.add(number)
            elif role:
                seen[rule].shifts.add(int(role.split()[1]))
            else:
                seen[rule].shown.append(span)
    return seen


def _set_in(where: Looks | Shift, here: Context) -> bool:
    """Say whether a draft goes out where a rule, or what shifts it, can occur."""
    limits = ((where.audience, here.audience), (where.account, here.account), (where.role, here.role))
    return all(not allowed or given in allowed for allowed, given in limits)


def _hit(rule: Rule, reading: Reading, seen: _Seen) -> Hit | None:
    """Join what was found of one rule outside its excuses, or return None where that is not enough to raise it."""
    excused = _excused(rule, reading, seen)
    shown = list(_shown(rule, reading, seen, excused))
    joint = joints().get(rule.id) if reading.learned else None
    if joint is None:
        return _strongest([*shown, *_weighed(rule, reading, seen, excused)])
    probability = joint.probability(_evidence(rule, reading, seen, shown, excused))
    if probability < joint.least:
        return None
    return Hit(_merged(_words(reading, seen, shown, excused)), probability)


def _words(reading: Reading, seen: _Seen, shown: Sequence[Hit], excused: set[int]) -> Iterable[Span]:
    """Return the words that carried a rule: those of the encoder and of phrases, or else the lexical reader's."""
    learned, lexical = _spans(seen.learned), _spans(seen.lexical)
    told = [*_outside(reading, learned, excused), *(span for hit in shown for span in hit.spans)]
    return told or _outside(reading, lexical, excused) or learned or lexical


def evidence(reading: Reading) -> Iterator[tuple[str, Evidence]]:
    """Yield every rule with all that is known of it on this draft, wherever it may occur."""
    found = _found(reading)
    for rule in rules():
        seen = found[rule.id]
        excused = _excused(rule, reading, seen)
        yield rule.id, _evidence(rule, reading, seen, list(_shown(rule, reading, seen, excused)), excused)


def _evidence(rule: Rule, reading: Reading, seen: _Seen, shown: Sequence[Hit], excused: set[int]) -> Evidence:
    """Return what both readers know of a rule."""
    words = _spans(seen.learned)
    return Evidence(
        seen.learned.probability if seen.learned else 0.0,
        _severity(rule.severity, reading),
        seen.lexical.probability if seen.lexical else 0.0,
        max((hit.confidence for hit in shown), default=0.0),
        1 - len(_outside(reading, words, excused)) / len(words) if words else 0.0,
    )


def _spans(concern: Concern | None) -> tuple[Span, ...]:
    return concern.spans if concern else ()


def _excused(rule: Rule, reading: Reading, seen: _Seen) -> set[int]:
    """Return the numbers of the sentences that the rule's excuses or frames take back."""
    framed = (n for n, s in enumerate(reading.sentences) if not s.frames.isdisjoint(rule.looks.frames))
    return seen.excused.union(framed)


def _shown(rule: Rule, reading: Reading, seen: _Seen, excused: set[int]) -> Iterator[Hit]:
    """Yield what the rule's phrases met outside its excuses, and what its detector finds."""
    if left := _outside(reading, seen.shown, excused):
        yield Hit(left)
    if rule.looks.detector and _hinted(rule.looks.hints, reading.draft.text):
        yield from _detector(rule.looks.detector)(reading)


def _weighed(rule: Rule, reading: Reading, seen: _Seen, excused: set[int]) -> Iterator[Hit]:
    """Yield what the weighed cues found of a rule outside its excuses, where that alone is enough to raise it."""
    concern, least = seen.lexical, rule.looks.concern
    enough = concern is not None and least is not None and concern.probability >= least
    if concern and enough and (left := _outside(reading, concern.spans, excused)):
        yield Hit(left, concern.probability)


def _strongest(hits: Sequence[Hit]) -> Hit | None:
    """Return one hit at all the words of `hits`, as sure as the surest of them; None where there are none."""
    if not hits:
        return None
    return Hit(_merged(span for hit in hits for span in hit.spans), max(hit.confidence for hit in hits))


def _hinted(hints: Sequence[str], text: str) -> bool:
    return not hints or any(hint in text for hint in hints)


def _outside(reading: Reading, spans: Iterable[Span], excused: set[int]) -> tuple[Span, ...]:
    """Return the spans that do not lie within excused sentences."""
    return tuple(span for span in spans if not excused.issuperset(reading.sentences_at(span)))


@cache
def _detector(name: str) -> Callable[[Reading], Iterable[Hit]]:
    detect: Callable[[Reading], Iterable[Hit]] = import_module(f"forethought.rules.{name}").detect
    return detect


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _finding(rule: Rule, hit: Hit, reading: Reading, seen: _Seen, ids: set[str]) -> Finding:
    """Return the finding at the severity that the strictest of the shifts that hold gives it."""
    holding = [shift for n, shift in enumerate(rule.shifts) if _holds(shift, n in seen.shifts, reading, ids)]
    shift = max(holding, key=lambda shift: VERDICTS.index(shift.severity), default=None)
    return Finding(rule, shift.severity if shift else rule.severity, hit.confidence, hit.spans, shift)


def _holds(shift: Shift, said: bool, reading: Reading, ids: set[str]) -> bool:
    """Say whether a shift holds: its phrases said, a rule it names raised beside, severe enough, its setting met."""
    beside = not shift.beside or bool(ids & set(shift.beside))
    severe = shift.severe is None or _severity(shift.severity, reading) >= shift.severe
    return (said or not shift.phrases) and beside and severe and _set_in(shift, reading.draft.context)


def _severity(least: Severity, reading: Reading) -> float:
    """Return how likely the encoder finds a draft to be at least this severe; 0 where it has not read it."""
    return reading.learned.severity[VERDICTS.index(least) - 1] if reading.learned else 0.0
