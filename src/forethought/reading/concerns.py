"""What stretches of a draft seem to do, weighed from cues: the lexical reader's own judgement, with a probability.

A concern is scored on every run of up to four sentences and takes its best run, so that more text never
weakens it. The weights in `cues.txt` are learned by `training/train_cues.py`; probabilities are calibrated
on writers that were held out. The learned reader, where it is installed, answers in the same form.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from forethought.reading.cues import cues
from forethought.reading.draft import Context
from forethought.reading.model import Concern, Mention, Sentence, Span, grouped

LONGEST_RUN = 4
LEAST = 0.05  # probabilities below this are not worth naming


@dataclass(frozen=True, slots=True)
class Weights:
    """What each cue weighs for each rule, and how a score becomes a probability.

    `cues` maps a cue to its share of a run's length and its weights by rule number, as text that is unpacked when
    the cue is met; a rule's probability is the logistic of `slope * score + offset`.
    """

    rules: tuple[str, ...]
    cues: dict[str, str]
    context: dict[str, list[float]]
    offsets: tuple[float, ...]
    slopes: tuple[float, ...]
    least_length: float


def context_cues(context: Context) -> Iterator[str]:
    """Yield the cues that a draft's context gives."""
    yield from (f"role={context.role}", f"account={context.account}", f"audience={context.audience}")
    if context.reply_to:
        yield "reply"


def concerns(
    text: str, context: Context, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Concern, ...]:
    """Return the concerns of a draft, each with the sentences that carried it."""
    weights = _weights()
    within = grouped(mentions, len(sentences))
    scored = [_score(cues(text, s, m), weights) for s, m in zip(sentences, within, strict=True)]
    best: dict[int, tuple[float, int, int]] = {}
    for start, end in _runs(len(scored)):
        _take_best(best, scored, start, end, weights.least_length)
    base = _base(context, weights)
    return tuple(
        _named(weights, base, rule, found, sentences, scored)
        for rule, found in sorted(best.items())
        if _probability(weights, base, rule, found[0]) >= LEAST
    )


def _score(found: set[str], weights: Weights) -> tuple[float, dict[int, float]]:
    """Return a sentence's squared length and its raw score for each rule that any cue speaks to."""
    length, scores = 0.0, defaultdict[int, float](float)
    for cue in found:
        row = weights.cues.get(cue)
        if row:
            share, by_rule = _unpacked(row)
            length += share
            for rule, weight in by_rule:
                scores[rule] += weight
    return length, scores


@lru_cache(maxsize=20_000)
def _unpacked(row: str) -> tuple[float, tuple[tuple[int, float], ...]]:
    """Unpack one cue's row, such as `38.4 3:12.5 17:-4.2`."""
    share, *pairs = row.split(" ")
    return float(share), tuple(
        (int(rule), float(weight)) for rule, _, weight in (pair.partition(":") for pair in pairs)
    )


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for start in range(count):
        for end in range(start + 1, min(count, start + LONGEST_RUN) + 1):
            yield start, end


def _take_best(
    best: dict[int, tuple[float, int, int]],
    scored: Sequence[tuple[float, dict[int, float]]],
    start: int,
    end: int,
    least: float,
) -> None:
    run = scored[start:end]
    scale = 1 / math.sqrt(max(least, sum(length for length, _ in run)))
    for rule in {rule for _, scores in run for rule in scores}:
        score = scale * sum(scores.get(rule, 0.0) for _, scores in run)
        if rule not in best or score > best[rule][0]:
            best[rule] = (score, start, end)


def _base(context: Context, weights: Weights) -> list[float]:
    base = [0.0] * len(weights.rules)
    for cue in context_cues(context):
        for rule, weight in enumerate(weights.context.get(cue, ())):
            base[rule] += weight
    return base


def _probability(weights: Weights, base: Sequence[float], rule: int, score: float) -> float:
    return 1 / (1 + math.exp(-(weights.slopes[rule] * (score + base[rule]) + weights.offsets[rule])))


def _named(
    weights: Weights,
    base: Sequence[float],
    rule: int,
    found: tuple[float, int, int],
    sentences: Sequence[Sentence],
    scored: Sequence[tuple[float, dict[int, float]]],
) -> Concern:
    score, start, end = found
    spans = tuple(sentences[n].span for n in range(start, end) if scored[n][1].get(rule, 0.0) > 0)
    return Concern(
        weights.rules[rule],
        _probability(weights, base, rule, score),
        spans or (Span(sentences[start].span.start, sentences[end - 1].span.end),),
    )


@cache
def _weights() -> Weights:
    """Read the three lines of `cues.txt`: the head as JSON, the cues, and a row for each cue."""
    text = Path(__file__).with_name("cues.txt").read_text(encoding="utf-8")
    head, cue_line, row_line = text.split("\n")
    table = json.loads(head)
    by_cue = dict(zip(cue_line.split("\t"), row_line.split("\t"), strict=True))
    offsets, slopes = tuple(table["offsets"]), tuple(table["slopes"])
    return Weights(tuple(table["rules"]), by_cue, table["context"], offsets, slopes, table["least_length"])
