"""How well reports meet labels: verdicts held and left in peace, rules found, and how far confidence can be trusted."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forethought.reading import PLATFORMS, Context, Draft, Image, read
from forethought.reading.learned import Reader
from forethought.review import verdict
from forethought.rules import VERDICTS, Finding, Verdict, find

Post = dict[str, Any]
LEAST = 4  # a rule with fewer examples than this is left out of the mean


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled post with what was found in it."""

    post: Post
    findings: tuple[Finding, ...]
    verdict: Verdict

    @property
    def raised(self) -> set[str]:
        """The rules that were raised."""
        return {finding.rule.id for finding in self.findings}


@dataclass(frozen=True, slots=True)
class Share:
    """A share of so many cases, with its 95 % Wilson interval."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        """The share itself; not a number where there are no cases."""
        return self.hits / self.total if self.total else math.nan

    def __str__(self) -> str:
        """Return it as a table shows it, such as `0.91 (0.84 to 0.95)`."""
        if not self.total:
            return "no cases"
        n, p, z = self.total, self.share, 1.96
        centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = ((centre + sign * half) / (1 + z * z / n) for sign in (-1, 1))
        return f"{p:.3f} ({low:.2f} to {high:.2f})"


def draft_of(post: Post) -> Draft:
    """Return a labelled post as the draft that it was; a platform outside the list counts as `other`."""
    given = post["context"]
    platform = given.get("platform", "other")
    names = {key: given[key] for key in ("role", "account", "audience", "reply_to")}
    image = Image(alt_text="described" if given.get("alt_text", True) else "")
    context = Context(**names, platform=platform if platform in PLATFORMS else "other")
    return Draft(post["text"], context, (image,) * given.get("images", 0))


def judged(post: Post, reader: Reader | None) -> Judged:
    """Return a post with what the rules find in it, with or without the learned reader."""
    findings = find(read(draft_of(post), reader))
    return Judged(post, findings, verdict(findings))


def verdicts(cases: Sequence[Judged]) -> dict[str, Share]:
    """Return the shares that say whether breaches are held and the rest left in peace."""
    return {
        "stop_caught": _given(cases, "stop", "stop"),
        "stop_held": _given(cases, "stop", "pause", "stop"),
        "pause_held": _given(cases, "pause", "pause", "stop"),
        "clear_peace": _given(cases, "clear", "clear"),
        "clear_unheld": _given(cases, "clear", "clear", "consider"),
    }


def _given(cases: Iterable[Judged], labelled: str, *wanted: str) -> Share:
    among = [case.verdict in wanted for case in cases if case.post["verdict"] == labelled]
    return Share(sum(among), len(among))


def by_sets(cases: Sequence[Judged], measure: Callable[[Sequence[Judged]], float], rounds: int = 400) -> str:
    """Return a figure with its 95 % interval over contrast sets drawn again and again, since posts of one are alike."""
    sets: dict[str, list[Judged]] = {}
    for case in cases:
        sets.setdefault(case.post["set"], []).append(case)
    draw, every = np.random.default_rng(0), list(sets.values())
    drawn = ([case for n in draw.integers(len(every), size=len(every)) for case in every[n]] for _ in range(rounds))
    low, high = np.nanpercentile([measure(each) for each in drawn], (2.5, 97.5))
    return f"{measure(cases):.3f} ({low:.2f} to {high:.2f})"


def rules(cases: Iterable[Judged]) -> dict[str, tuple[Share, Share, float]]:
    """Return precision, recall and F1 for each rule; a raised rule that is merely allowed counts for neither side."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        expected, allowed = set(case.post["expect"]), set(case.post["allow"])
        right.update(case.raised & expected)
        wrong.update(case.raised - expected - allowed)
        missed.update(expected - case.raised)
    return {
        rule: (
            Share(right[rule], right[rule] + wrong[rule]),
            Share(right[rule], right[rule] + missed[rule]),
            2 * right[rule] / (2 * right[rule] + wrong[rule] + missed[rule]),
        )
        for rule in sorted({*right, *wrong, *missed})
    }


def macro_f1(cases: Sequence[Judged]) -> float:
    """Return the mean F1 of the rules with enough examples."""
    return float(np.mean([f1 for _, recall, f1 in rules(cases).values() if recall.total >= LEAST]))


def confidence(cases: Iterable[Judged], edges: Sequence[float] = (0.3, 0.5, 0.65, 0.8, 1.0)) -> dict[str, Share]:
    """Return, for bands of confidence, how many findings were right; those that are merely allowed are left out."""
    told = _told(cases)
    bands = list(zip((0.0, *edges), edges, strict=False))
    within = {
        f"{low:.2f} to {high:.2f}": [right for p, right in told if low <= p < high + (high == 1)] for low, high in bands
    }
    return {name: Share(sum(right), len(right)) for name, right in within.items() if right}


def _told(cases: Iterable[Judged]) -> list[tuple[float, bool]]:
    """Return how sure each finding was and whether it was right; those that are merely allowed are left out."""
    return [
        (finding.confidence, finding.rule.id in case.post["expect"])
        for case in cases
        for finding in case.findings
        if finding.rule.id not in case.post["allow"]
    ]


def calibration_error(cases: Iterable[Judged], bins: int = 10) -> float:
    """Return the expected calibration error of findings: how far, on average, confidence is from being right."""
    told = _told(cases)
    if not told:
        return math.nan
    sure, right = (np.array(column, float) for column in zip(*told, strict=True))
    at = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[at == n].mean() - right[at == n].mean()) * (at == n).sum() for n in range(bins) if (at == n).any()]
    return float(sum(gaps) / len(sure))


def held(case: Judged) -> bool:
    """Say whether a post was given a verdict above `consider`."""
    return VERDICTS.index(case.verdict) > VERDICTS.index("consider")
