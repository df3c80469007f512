#!/usr/bin/env python3
"""Learn the weights of the lexical concerns from the labelled examples, and say how well they hold for unseen writers.

    make cues        (or: python training/train_cues.py)

Each rule is a logistic regression over the cues of a run of sentences. It is fitted first on whole posts, then
again on the run of each post that speaks loudest, so that what is learned is what checking looks at. Probabilities
are calibrated on writers left out of the fit. Seeds are fixed; the same examples give the same weights.
"""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from posts import RULES, Post, context, everyday, load, rule_posts, rules_of, training_part
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from forethought.reading import Draft, read
from forethought.reading.concerns import LONGEST_RUN, context_cues
from forethought.reading.cues import cues

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/forethought/reading/cues.txt"
LEAST_POSTS, LEAST_LENGTH, CONTEXT_SHARE, STRENGTH, LOUDEST, LIGHTEST = 3, 1000.0, 0.5, 20.0, 2, 3.0
FOLDS, SAMPLE, TWEETS = 3, 7_000, 1_500


def main() -> None:
    """Train on every example, calibrate on held-out writers, write the weights and the measured results."""
    posts = load_posts()
    rules = list(rules_of(posts))
    seen = [(sentence_cues(post), list(context_cues(context(post)))) for post in posts]
    held_out = cross_validated(posts, seen, rules)
    scales = [calibrated(held_out[:, n], *answers(posts, rule)) for n, rule in enumerate(rules)]
    table, fitted = learned(posts, seen, rules)
    write_weights(table, rules, fitted, scales)
    write_results(posts, rules, held_out, scales)


def load_posts() -> list[Post]:
    """Return the examples to learn from: a sample, so that the weights load quickly, and the rule files' own."""
    told = random.Random(0).sample(training_part(load()), SAMPLE)
    return (
        told
        + everyday("learn")[:TWEETS]
        + [post for path in sorted(RULES.glob("*/*.toml")) for post in rule_posts(path)]
    )


def sentence_cues(post: Post) -> list[set[str]]:
    """Return the cues of each sentence, exactly as checking sees them."""
    reading = read(Draft(post["text"], context(post)))
    return [cues(post["text"], s, m) for s, m in zip(reading.sentences, reading.by_sentence(), strict=True)] or [set()]


def answers(posts: list[Post], rule: str) -> tuple[np.ndarray, np.ndarray]:
    """Return which posts break `rule`, and which count at all (a post that merely allows it does not)."""
    return np.array([rule in p["expect"] for p in posts]), np.array([rule not in p["allow"] for p in posts])


class Table:
    """Cues as numbers: sentences as rows weighted by rarity, runs of sentences as sums of rows."""

    def __init__(self, seen: list[tuple[list[set[str]], list[str]]], only: frozenset[str] | None = None) -> None:
        """Learn the vocabulary of these posts, or those of its cues that are in `only`."""
        known = Counter(cue for sentences, _ in seen for cue in set().union(*sentences))
        common = (cue for cue, count in known.items() if count >= LEAST_POSTS and (only is None or cue in only))
        self.cues = {cue: n for n, cue in enumerate(sorted(common))}
        self.rarity = np.array([np.log((1 + len(seen)) / (1 + known[cue])) + 1 for cue in self.cues])
        self.contexts = {cue: n for n, cue in enumerate(sorted({cue for _, here in seen for cue in here}))}
        self.runs, _, self.matrix, self.whole_matrix = self.tabulate(seen)

    def tabulate(
        self, seen: list[tuple[list[set[str]], list[str]]]
    ) -> tuple[np.ndarray, np.ndarray, csr_matrix, csr_matrix]:
        """Return the runs (start, end, post), the whole posts likewise, and a matrix of cues for each."""
        rows, post_of = self._sentences(seen)
        here = CONTEXT_SHARE * np.array([[float(cue in given) for cue in self.contexts] for _, given in seen])
        starts = np.searchsorted(post_of, np.arange(len(seen)))
        ends = np.append(starts[1:], len(post_of))
        whole = np.stack([starts, ends, np.arange(len(seen))], axis=1)
        runs = np.array(
            [(i, j, p) for a, b, p in whole for i in range(a, b) for j in range(i + 1, min(b, i + LONGEST_RUN) + 1)]
        )
        return runs, whole, self._summed(rows, runs, here), self._summed(rows, whole, here)

    def _sentences(self, seen: list[tuple[list[set[str]], list[str]]]) -> tuple[csr_matrix, np.ndarray]:
        indices, pointers, post_of = [], [0], []
        for number, (sentences, _) in enumerate(seen):
            for sentence in sentences:
                indices += [self.cues[cue] for cue in sorted(sentence) if cue in self.cues]
                pointers.append(len(indices))
                post_of.append(number)
        return csr_matrix((self.rarity[indices], indices, pointers), shape=(len(post_of), len(self.cues))), np.array(
            post_of
        )

    def _summed(self, rows: csr_matrix, runs: np.ndarray, here: np.ndarray) -> csr_matrix:
        length = np.concatenate([[0.0], np.cumsum(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())])
        scale = 1 / np.sqrt(np.maximum(LEAST_LENGTH, length[runs[:, 1]] - length[runs[:, 0]]))
        at = np.repeat(np.arange(len(runs)), runs[:, 1] - runs[:, 0])
        which = np.concatenate([np.arange(start, end) for start, end, _ in runs])
        joined = csr_matrix((np.ones(len(at)), (at, which)), shape=(len(runs), rows.shape[0]))
        return hstack([diags(scale) @ (joined @ rows), csr_matrix(here[runs[:, 2]])]).tocsr()


def learned(posts: list[Post], seen: list[Any], rules: list[str]) -> tuple[Table, list[LogisticRegression]]:
    """Fit every rule twice: at last over those cues alone that weighed something, since checking knows no others."""
    every = Table(seen)
    weighed = sum(abs(fit_rule(every, *answers(posts, rule)).coef_[0]) for rule in rules)
    table = Table(seen, frozenset(cue for cue, n in every.cues.items() if weighed[n]))
    return table, [fit_rule(table, *answers(posts, rule)) for rule in rules]


def fit_rule(table: Table, broken: np.ndarray, counts: np.ndarray) -> LogisticRegression:
    """Fit one rule on whole posts, then on the loudest run of each (the two loudest of posts that keep it)."""
    first = _regression().fit(table.whole_matrix[counts], broken[counts])
    scores, post_of = first.decision_function(table.matrix), table.runs[:, 2]
    order = np.lexsort((-scores, post_of))
    rank = np.arange(len(order)) - np.searchsorted(post_of[order], post_of[order])
    chosen = order[((rank == 0) | ((rank < LOUDEST) & ~broken[post_of[order]])) & counts[post_of[order]]]
    return _without_dust(_regression().fit(table.matrix[chosen], broken[post_of[chosen]]), table)


def _without_dust(model: LogisticRegression, table: Table) -> LogisticRegression:
    """Drop the many weights too light to change anything, so that the file stays small."""
    cues = model.coef_[0, : len(table.cues)]
    cues[abs(cues * table.rarity) < LIGHTEST] = 0
    return model


def _regression() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0)


def cross_validated(posts: list[Post], seen: list[Any], rules: list[str]) -> np.ndarray:
    """Return for each post and rule the score given by weights learned from other writers only."""
    writers = sorted({post["hand"] for post in posts})
    fold_of = np.array([writers.index(post["hand"]) % FOLDS for post in posts])
    scores = np.full((len(posts), len(rules)), -99.0)
    for fold in range(FOLDS):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        table, fitted = learned([posts[n] for n in train], [seen[n] for n in train], rules)
        runs, _, matrix, _ = table.tabulate([seen[n] for n in test])
        for number, model in enumerate(fitted):
            np.maximum.at(scores[:, number], test[runs[:, 2]], model.decision_function(matrix))
    return scores


def calibrated(scores: np.ndarray, broken: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """Return the slope and offset that turn held-out scores into probabilities."""
    model = LogisticRegression(C=1.0, solver="lbfgs").fit(scores[counts, None], broken[counts])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def write_weights(
    table: Table, rules: list[str], fitted: list[LogisticRegression], scales: list[tuple[float, float]]
) -> None:
    """Write the weights that matter as three lines: the head as JSON, the cues, and a row for each cue."""
    size = len(table.cues)
    weights = np.stack([model.coef_[0] for model in fitted])
    by_cue = weights[:, :size] * table.rarity
    rows = {cue: _row(table.rarity[n], by_cue[:, n]) for cue, n in table.cues.items()}
    offsets = [slope * float(m.intercept_[0]) + offset for m, (slope, offset) in zip(fitted, scales, strict=True)]
    head = {
        "about": "Made by training/train_cues.py; do not edit.",
        "rules": rules,
        "least_length": LEAST_LENGTH,
        "slopes": [round(slope, 4) for slope, _ in scales],
        "offsets": [round(offset, 4) for offset in offsets],
        "context": {
            cue: [round(CONTEXT_SHARE * w, 3) for w in weights[:, size + n]] for cue, n in table.contexts.items()
        },
    }
    lines = (json.dumps(head, separators=(",", ":")), "\t".join(rows), "\t".join(rows.values()))
    TARGET.write_text("\n".join(lines), encoding="utf-8")


def _row(rarity: float, weights: np.ndarray) -> str:
    """Return a cue's share of a run's length and its weights, as reading unpacks them: `38.4 3:12.5 17:-4.2`."""
    return " ".join([f"{rarity**2:.1f}", *(f"{rule}:{weights[rule]:.1f}" for rule in np.flatnonzero(weights))])


def write_results(posts: list[Post], rules: list[str], scores: np.ndarray, scales: list[tuple[float, float]]) -> None:
    """Write how each rule's concern does on writers that it did not learn from, at three probabilities."""
    lines = [
        "| rule | posts | p 0.3: precision / recall | p 0.5: precision / recall | p 0.7: precision / recall |",
        "| --- | --: | --- | --- | --- |",
    ]
    for number, rule in enumerate(rules):
        broken, counts = answers(posts, rule)
        slope, offset = scales[number]
        sure = 1 / (1 + np.exp(-(slope * scores[:, number] + offset)))
        cells = []
        for least in (0.3, 0.5, 0.7):
            raised = (sure >= least) & counts
            hits = int((raised & broken).sum())
            cells.append(f"{hits / max(1, int(raised.sum())):.2f} / {hits / max(1, int(broken.sum())):.2f}")
        lines.append(f"| {rule} | {int(broken.sum())} | {' | '.join(cells)} |")
    (HERE / "cues-results.md").write_text(
        "# Lexical concerns on writers held out\n\nMade by `train_cues.py`; each post is judged by "
        "weights that learned nothing from its writer.\n\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
