#!/usr/bin/env python3
"""Try other ways to train the learned reader, on a part of the examples, and write how they did.

    make trials       (or: python training/trials.py WEIGHTS_FOLDER [NAME ...])

A trial's figures are those of the encoder by itself, on the writers that thresholds are chosen on: the mean average
precision over the rules, which needs no threshold, and how well its severity tells posts to hold from the others.
"""

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import train
from encoder import Reader, Sizes, pretrained
from posts import (
    CHOOSING,
    HERE,
    KINDS,
    SUBJECTS,
    Lesson,
    Post,
    by_hands,
    everyday,
    lessons,
    load,
    rules_of,
    training_part,
)
from sklearn.metrics import average_precision_score
from vocabulary import cut_down

from forethought.reading.pieces import Vocabulary
from forethought.reading.sentences import sentence_spans
from forethought.rules import VERDICTS

RESULTS, FIGURES = HERE / "trials.md", HERE / "trials.json"
EPOCHS, SEED = 4, 20


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to train: what share of the posts, how many layers, and what else is different."""

    share: float = 0.25
    layers: int = 6
    frozen: bool = False
    weight: float = 1.0
    sentences: bool = False


TRIALS = {
    "a quarter of the posts": Trial(),
    "three layers": Trial(layers=3),
    "encoder frozen, heads alone": Trial(frozen=True),
    "breaches weighted three to one": Trial(weight=3.0),
    "each sentence by itself": Trial(sentences=True),
    "half of the posts": Trial(share=0.5),
    "all the posts": Trial(share=1.0),
}


def main() -> None:
    """Run the trials that are named, or all but the last, which takes hours, and write the table anew."""
    weights, names = Path(sys.argv[1]), sys.argv[2:] or list(TRIALS)[:-1]
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    for name in names:
        figures[name] = run(TRIALS[name], weights)
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        RESULTS.write_text(page(figures), encoding="utf-8")


def run(trial: Trial, weights: Path) -> dict[str, float]:
    """Train as the trial says and return its figures."""
    posts = load()
    part = training_part(posts)
    taught = (
        random.Random(SEED).sample(part, int(trial.share * len(part))) + everyday("learn")[: int(1500 * trial.share)]
    )
    pieces, kept = cut_down((weights / "vocab.txt").read_text(encoding="utf-8"), [post["text"] for post in part])
    vocabulary, rules = Vocabulary.of(pieces), rules_of(part)
    torch.manual_seed(SEED)
    reader = Reader(
        pretrained(weights, kept, trial.layers, train.DROPOUT), Sizes(len(rules), len(KINDS), len(SUBJECTS))
    )
    reader.encoder.requires_grad_(not trial.frozen)
    train.BREACH_WEIGHT = trial.weight
    started = time.monotonic()
    train.train(reader, [lessons(cut(taught) if trial.sentences else taught, vocabulary, rules)], EPOCHS, SEED)
    minutes = (time.monotonic() - started) / 60
    return figures_of(reader, by_hands(posts, CHOOSING), vocabulary, rules, trial.sentences) | {
        "minutes": round(minutes, 1)
    }


def cut(posts: Sequence[Post]) -> list[Post]:
    """Return each sentence as a post of its own: a breach where a writer marked words in it."""
    return [piece for post in posts for piece in _sentences(post)]


def _sentences(post: Post) -> list[Post]:
    pieces = []
    for start, end in sentence_spans(post["text"]):
        within = {
            rule: [[max(a, start) - start, min(b, end) - start] for a, b in spans if a < end and b > start]
            for rule, spans in post.get("carried", {}).items()
        }
        carried = {rule: spans for rule, spans in within.items() if spans}
        unmarked = [rule for rule in post["expect"] if rule not in post.get("carried", {})]
        other = {"expect": list(carried), "allow": [*post["allow"], *unmarked], "carried": carried}
        piece = {key: value for key, value in post.items() if key not in ("verdict", "details")} | other
        pieces.append(piece | {"text": post["text"][start:end]})
    return pieces


@torch.no_grad()
def figures_of(
    reader: Reader, posts: Sequence[Post], vocabulary: Vocabulary, rules: Sequence[str], sentences: bool
) -> dict[str, float]:
    """Return how well the encoder by itself ranks breaches of each rule, and posts to hold."""
    told = [lessons(_sentences(post) if sentences else [post], vocabulary, rules) for post in posts]
    answers = [[_answer(reader, lesson) for lesson in each] for each in told]
    chances = np.array([np.max([rule for rule, _ in each], axis=0) for each in answers])
    holds = np.array([max(severe for _, severe in each) for each in answers])
    wanted = np.array([[rule in post["expect"] for rule in rules] for post in posts])
    counts = np.array([[rule not in post["allow"] for rule in rules] for post in posts])
    by_rule = [
        average_precision_score(wanted[c, n], chances[c, n]) for n, c in enumerate(counts.T) if wanted[c, n].any()
    ]
    held = [VERDICTS.index(post["verdict"]) >= VERDICTS.index("pause") for post in posts]
    return {"rules": round(float(np.mean(by_rule)), 3), "held": round(float(average_precision_score(held, holds)), 3)}


def _answer(reader: Reader, lesson: Lesson) -> tuple[np.ndarray, float]:
    out = reader(*(train.padded([row], 0) for row in (lesson.ids, lesson.parts)))
    chances = torch.sigmoid(out.rules[0]).numpy()
    return chances, float(out.verdict[0].softmax(-1)[2:].sum())


def page(figures: dict[str, dict[str, float]]) -> str:
    """Return the results as a page."""
    rows = [
        f"| {name} | {each['rules']:.3f} | {each['held']:.3f} | {each['minutes']:.0f} |"
        for name in TRIALS
        if (each := figures.get(name))
    ]
    return "\n".join(
        [
            "# Trials",
            "",
            "Made by `make trials`. Each line is one way to train, on a quarter of the posts unless it says otherwise,",
            f"{EPOCHS} epochs and one seed; differences under about 0.02 may be chance.",
            "The figures are mean average precision over the rules, and average precision for posts to hold, of the",
            "encoder by itself on the writers that thresholds are chosen on.",
            "",
            "| trial | rules | posts to hold | minutes |",
            "| --- | --: | --: | --: |",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
