#!/usr/bin/env python3
"""Learn how the two readers are joined, on writers of whom neither has learned, and choose where rules are raised.

    make train does this after training        (or: python training/join.py)

How much each part of the evidence counts is shared by all rules, which have too few examples each to learn it alone;
how easily a rule is believed, and what its own phrases are worth, are its own, held close to the common value.
"""

import json

import numpy as np
from measure import draft_of
from posts import CHOOSING, Post, by_hands, everyday, load
from scipy.optimize import minimize

from forethought.reading import read
from forethought.reading.learned import Reader, reader
from forethought.rules import evidence, rules
from forethought.rules.joining import FILE, Evidence, features

SHOWN = Evidence._fields.index("shown")
SEVERITY = {rule.id: rule.severity for rule in rules()}
# An excuse never speaks for a rule, and nothing else ever speaks against one.
LIMITS = ((0, None), (0, None), (0, None), (0, None), (None, 0))
OWN, COMMON = 0.6, 0.05  # how strongly what is a rule's own is held to nothing, and what is common to where it starts
START = (1.0, 0.1, 0.1, 1.0, -0.5)
MISS = {"stop": 1.75, "pause": 1.25, "consider": 1.0}  # how much a miss weighs against a false alarm, as in F-beta
ORDINARY = 24  # how many posts each everyday one stands for: there are far more of them than breaches
GRID = np.arange(0.15, 0.61, 0.025)  # what is less likely than one in seven is not worth a word


def main() -> None:
    """Write `joining.json`."""
    written, ordinary = by_hands(load(), CHOOSING), everyday("choose")
    posts = written + ordinary
    encoder = reader()
    assert encoder is not None
    known = encoder.rules
    table = np.array([evidence_of(post, encoder) for post in posts])
    broken = np.array([[rule in post["expect"] for rule in known] for post in posts], float)
    counts = np.array([[rule not in post["allow"] for rule in known] for post in posts], float)
    counts[len(written) :] *= ORDINARY
    weights, offsets = fitted(table, broken, counts)
    chances = 1 / (1 + np.exp(-(np.einsum("prf,rf->pr", table, weights) + offsets)))
    severities = np.array([SEVERITY[rule] for rule in known])
    least = {s: chosen(chances, broken, counts, severities == s, beta) for s, beta in MISS.items()}
    joints = {
        rule: {
            "weights": [round(float(w), 4) for w in weights[n]],
            "offset": round(float(offsets[n]), 4),
            "least": least[SEVERITY[rule]],
        }
        for n, rule in enumerate(known)
    }
    FILE.write_text(json.dumps(joints, indent=1) + "\n", encoding="utf-8")


def chosen(chances: np.ndarray, broken: np.ndarray, counts: np.ndarray, among: np.ndarray, beta: float) -> float:
    """Return the probability from which the rules `among` are raised: the one with the best F-beta over all of them.

    One threshold serves all rules of a severity: their probabilities are calibrated, and few have examples enough for
    one of their own.
    """

    def f_beta(least: float) -> float:
        raised = (chances[:, among] >= least) & (counts[:, among] > 0)
        hits = (raised & (broken[:, among] > 0)).sum()
        raisings = (raised * counts[:, among]).sum()
        return float((1 + beta**2) * hits / (raisings + beta**2 * broken[:, among].sum()))

    return round(float(max(GRID, key=f_beta)), 3)


def evidence_of(post: Post, encoder: Reader) -> list[tuple[float, ...]]:
    """Return the features of every rule that the encoder knows, in its order."""
    told = dict(evidence(read(draft_of(post), encoder)))
    return [features(told[rule]) for rule in encoder.rules]


def fitted(table: np.ndarray, broken: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a row of weights and an offset for each rule, by penalised logistic regression."""
    _, rules_known, parts = table.shape

    def opened(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        common, base, own = values[:parts], values[parts], values[parts + 1 :].reshape(2, rules_known)
        weights = np.tile(common, (rules_known, 1))
        weights[:, SHOWN] += own[1]
        return weights, base + own[0], own

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights, offsets, own = opened(values)
        score = np.einsum("prf,rf->pr", table, weights) + offsets
        each = counts * (np.logaddexp(0, score) - broken * score)
        wrong = counts * (1 / (1 + np.exp(-score)) - broken)
        by_rule = np.einsum("pr,prf->rf", wrong, table)
        away = values[:parts] - START
        penalty = OWN * (own**2).sum() + COMMON * (away**2).sum()
        slope = np.concatenate(
            [
                by_rule.sum(0) + 2 * COMMON * away,
                [wrong.sum()],
                wrong.sum(0) + 2 * OWN * own[0],
                by_rule[:, SHOWN] + 2 * OWN * own[1],
            ]
        )
        return each.sum() + penalty, slope

    start = np.concatenate([START, np.zeros(1 + 2 * rules_known)])
    limits = [*LIMITS, *[(None, None)] * (1 + 2 * rules_known)]
    found = minimize(loss, start, jac=True, bounds=limits, method="L-BFGS-B", options={"maxiter": 2_000})
    assert found.success, found.message
    weights, offsets, _ = opened(found.x)
    return weights, offsets


if __name__ == "__main__":
    main()
