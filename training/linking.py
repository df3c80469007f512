#!/usr/bin/env python3
"""Measure how posts of one author are told to be about the same person, on the timelines, and write the weights.

    make kin does this after teaching        (or: python training/linking.py)

Two small regressions: which posts are about somebody met through work, and which two of those are about the same one.
The figures that it prints are of timelines that were left out in turn, and of others that are never learned from.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from forethought.footprint.audit import usual_from
from forethought.footprint.jigsaw import clues
from forethought.footprint.jigsaw.links import Signs, grouped, signs_of
from forethought.reading import Draft, Reading, read
from forethought.reading.learned import reader

TIMELINES = Path(__file__).with_name("timelines")
LEARNED = "D[1-5]*.json"  # learned from the others too, which only hint, links no longer join what is said plainly
TARGET = Path(clues.__file__).with_name("linking.json")
CONSTANTS = {
    "least": 0.3,  # how likely a post must be about somebody met through work
    "enough": -1.5,  # how strong a link must be, as log-odds
    "pair": -0.75,  # and how strong where it holds two posts alone
    "lean": 0.25,  # how far the best link between two groups counts against all of them
    "few": 4,  # posts of one person: where two groups have more together,
    "crowding": 0.6,  # each post beyond those takes so much off what links them
}
STRENGTH = 0.3  # of the regressions: the less, the more their weights are kept small
ONE = ("another", "client", "once")  # words of a decoy that is about somebody met through work


def main() -> None:
    """Fit, measure and write."""
    learned = set(TIMELINES.glob(LEARNED))
    lines, others = _read_all(learned), _read_all(set(TIMELINES.glob("*.json")) - learned)
    _report(lines, [_fitted([line for line in lines if line is not out]) for out in lines])
    fitted = _fitted(lines)
    print("of those never learned from:")
    _report(others, [fitted] * len(others))
    TARGET.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _read_all(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [_read(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(paths)]


def _read(line: Mapping[str, Any]) -> dict[str, Any]:
    profile = dict(line["profile"])
    usual = usual_from(profile)
    readings = [
        read(Draft(post["text"], replace(usual, reply_to=post["reply_to"] or None)), reader()) for post in line["posts"]
    ]
    return {**line, "readings": readings, "signs": [clues.signs(each) for each in readings]}


def _met(line: Mapping[str, Any]) -> list[bool]:
    """Return of each post whether it is about somebody met through work."""
    about = {post for thread in line["threads"] for post in thread["posts"]}
    about |= {post for each in line["decoys"] if any(w in each["why"] for w in ONE) for post in each["posts"]}
    return [post["id"] in about for post in line["posts"]]


def _fitted(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    telling = _regression([row for line in lines for row in line["signs"]], [y for line in lines for y in _met(line)])
    rows, same = _pairs(lines, telling)
    by_words = _regression([row[1:] for row in rows], same)
    alone = {**by_words, "weights": [0.0, *by_words["weights"]]}  # where no post has a direction
    return {"telling": telling, "same": _regression(rows, same), "alone": alone, **CONSTANTS}


def _pairs(lines: Sequence[Mapping[str, Any]], telling: Mapping[str, Any]) -> tuple[list[Any], list[bool]]:
    rows: list[Any] = []
    same: list[bool] = []
    for line in lines:
        (posts, signs), about = _told(line, telling), _thread_of(line)
        for one, post in enumerate(posts):
            rows += list(signs.against([one])[:, 0, one + 1 :].T)
            same += [post in about and about[post] == about.get(other) for other in posts[one + 1 :]]
    return rows, same


def _thread_of(line: Mapping[str, Any]) -> dict[str, str]:
    return {post: thread["id"] for thread in line["threads"] for post in thread["posts"]}


def _told(line: Mapping[str, Any], telling: Mapping[str, Any]) -> tuple[list[str], Signs]:
    """Return the posts that are worth keeping, and their signs."""
    weights = [clues.likely(row, telling) for row in line["signs"]]
    kept = [
        (post, weight, _kin(reading))
        for post, weight, reading in zip(line["posts"], weights, line["readings"], strict=True)
        if weight >= CONSTANTS["least"]
    ]
    texts, sure, kin = [post["text"] for post, *_ in kept], [each[1] for each in kept], [each[2] for each in kept]
    return [post["id"] for post, *_ in kept], signs_of(texts, sure, kin)


def _kin(reading: Reading) -> bytes:
    assert reading.learned
    return reading.learned.kin


def _regression(rows: Sequence[Sequence[float]], truth: Sequence[bool]) -> dict[str, Any]:
    """Return weights and bias that take the numbers as they are."""
    fit = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2_000)).fit(np.array(rows), truth)
    scaler, model = fit[0], fit[1]
    weights = model.coef_[0] / scaler.scale_
    return {
        "weights": [round(float(w), 5) for w in weights],
        "bias": round(float(model.intercept_[0] - weights @ scaler.mean_), 5),
    }


def _report(lines: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> None:
    """Print how well timelines are read that were left out."""
    pairs = list(zip(lines, found, strict=True))
    odds = [
        float(np.dot(fit["telling"]["weights"], row)) + fit["telling"]["bias"]
        for line, fit in pairs
        for row in line["signs"]
    ]
    print(
        "about somebody met through work, area under the curve:", _auc([y for line in lines for y in _met(line)], odds)
    )
    told = [(line, fit, _told(line, fit["telling"])) for line, fit in pairs]
    for pair in (CONSTANTS["enough"], -1.0, CONSTANTS["pair"], -0.5, 0.0):
        print("a pair linked by", pair, _scored(told, pair))


def _auc(truth: Sequence[bool], odds: Sequence[float]) -> float:
    return round(float(roc_auc_score(truth, odds)), 3)


def _scored(
    told: Sequence[tuple[Mapping[str, Any], dict[str, Any], tuple[list[str], Signs]]], pair: float
) -> dict[str, Any]:
    """Return how many threads are found, false threads in 100 posts, and decoys fallen for."""
    found = total = false = posts = fallen = decoys = 0
    for line, fit, candidates in told:
        groups = _groups(candidates, fit | {"pair": pair})
        posts += len(line["posts"])
        used: set[int] = set()
        for thread in line["threads"]:
            total += 1
            wanted = set(thread["posts"])
            hit = next((n for n, g in enumerate(groups) if n not in used and _fits(g, wanted)), None)
            if hit is not None:
                used.add(hit)
                found += 1
        false += len(groups) - len(used)
        decoys += len(line["decoys"])
        fallen += sum(any(len(group & set(decoy["posts"])) > 1 for group in groups) for decoy in line["decoys"])
    return {
        "found": f"{found}/{total}",
        "false in 100 posts": round(100 * false / posts, 2),
        "fallen": f"{fallen}/{decoys}",
    }


def _fits(group: set[str], wanted: set[str]) -> bool:
    both = len(group & wanted)
    return both >= 0.6 * len(wanted) and both >= 0.6 * len(group)


def _groups(told: tuple[list[str], Signs], fit: Mapping[str, Any]) -> list[set[str]]:
    posts, signs = told
    return [{posts[n] for n in group} for group in grouped(signs, fit)]


if __name__ == "__main__":
    main()
