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
from typing import NamedTuple

from forethought.reading.cues import cues
from forethought.reading.draft import Context
from forethought.reading.model import Concern, Mention, Sentence, Span, grouped

LONGEST_RUN = 4
LEAST = 0.05  # probabilities below this are not worth naming


@dataclass(frozen=True, slots=True)
class Weights:
    """What each cue weighs for each rule, and how a score becomes a probability.

    `cues` maps a cue to its share of a run's length and its weights by rule number, as bytes that are unpacked
    when the cue is met; a rule's probability is the logistic of `slope * score + offset`.
    """

    rules: tuple[str, ...]
    cues: dict[bytes, bytes]
    context: dict[str, list[float]]
    offsets: tuple[float, ...]
    slopes: tuple[float, ...]
    least_length: float

    def probability(self, rule: int, score: float) -> float:
        """Return how likely a rule is, given its score."""
        return 1 / (1 + math.exp(-(self.slopes[rule] * score + self.offsets[rule])))


class Scored(NamedTuple):
    """A sentence's squared length and its raw score for each rule that any of its cues speaks to."""

    length: float
    by_rule: dict[int, float]


class Run(NamedTuple):
    """Sentences `start` to `end`, end exclusive, and the score of one rule on them."""

    score: float
    start: int
    end: int


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
    base = _base(context, weights)
    likely = (
        (rule, run, probability)
        for rule, run in sorted(_best_runs(scored, weights.least_length).items())
        if (probability := weights.probability(rule, run.score + base[rule])) >= LEAST
    )
    return tuple(
        Concern(weights.rules[rule], sure, _carrying(rule, run, sentences, scored)) for rule, run, sure in likely
    )


def _score(found: set[str], weights: Weights) -> Scored:
    length, by_rule = 0.0, defaultdict[int, float](float)
    for cue in sorted(found):  # in one order always, so that sums round alike in every run
        if row := weights.cues.get(cue.encode(errors="surrogatepass")):
            share, pairs = _unpacked(row)
            length += share
            for rule, weight in pairs:
                by_rule[rule] += weight
    return Scored(length, by_rule)


@lru_cache(maxsize=20_000)
def _unpacked(row: bytes) -> tuple[float, tuple[tuple[int, float], ...]]:
    """Unpack one cue's row, such as `38.4 3:12.5 17:-4.2`."""
    share, *pairs = row.split(b" ")
    return float(share), tuple(
        (int(rule), float(weight)) for rule, _, weight in (pair.partition(b":") for pair in pairs)
    )


def _best_runs(scored: Sequence[Scored], least_length: float) -> dict[int, Run]:
    """Return for each rule the run of up to `LONGEST_RUN` sentences that speaks loudest for it."""
    best: dict[int, Run] = {}
    for start in range(len(scored)):
        for end in range(start + 1, min(len(scored), start + LONGEST_RUN) + 1):
            for rule, score in _summed(scored[start:end], least_length):
                if rule not in best or score > best[rule].score:
                    best[rule] = Run(score, start, end)
    return best


def _summed(run: Sequence[Scored], least_length: float) -> Iterator[tuple[int, float]]:
    """Yield each rule with its score on a run, scaled by the run's length."""
    scale = 1 / math.sqrt(max(least_length, sum(sentence.length for sentence in run)))
    for rule in {rule for sentence in run for rule in sentence.by_rule}:
        yield rule, scale * sum(sentence.by_rule.get(rule, 0.0) for sentence in run)


def _base(context: Context, weights: Weights) -> list[float]:
    """Return what the context alone adds to each rule's score.

    The documents treat groups and followers as public, so neither ever takes anything away.
    """
    rows = [weights.context.get(cue, ()) for cue in context_cues(context)]
    if context.audience in ("closed-group", "followers"):
        public, own = (weights.context[f"audience={audience}"] for audience in ("public", context.audience))
        rows.append([max(0.0, here - there) for here, there in zip(public, own, strict=True)])
    return [sum(row[rule] for row in rows if row) for rule in range(len(weights.rules))]


def _carrying(rule: int, run: Run, sentences: Sequence[Sentence], scored: Sequence[Scored]) -> tuple[Span, ...]:
    """Return the sentences of a run that speak for the rule, or all of it where none does alone."""
    spans = tuple(sentences[n].span for n in range(run.start, run.end) if scored[n].by_rule.get(rule, 0.0) > 0)
    return spans or tuple(sentence.span for sentence in sentences[run.start : run.end])


@cache
def _weights() -> Weights:
    """Read the three lines of `cues.txt`: the head as JSON, the cues, and a row for each cue."""
    head, cue_line, row_line = Path(__file__).with_name("cues.txt").read_bytes().split(b"\n")
    table = json.loads(head)
    by_cue = dict(zip(cue_line.split(b"\t"), row_line.split(b"\t"), strict=True))
    offsets, slopes = tuple(table["offsets"]), tuple(table["slopes"])
    return Weights(tuple(table["rules"]), by_cue, table["context"], offsets, slopes, table["least_length"])
