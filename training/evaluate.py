#!/usr/bin/env python3
"""Measure the learned reader on writers of whom nothing was learned, and write what was found as its model card.

make evaluate       (or: python training/evaluate.py)
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from string import Template

import numpy as np
from measure import Judged, Share, by_sets, calibration_error, confidence, held, judged, macro_f1, rules, verdicts
from posts import CHOOSING, HERE, MEASURING, Post, by_hands, everyday, load, training_part
from swaps import AXES, in_other_words
from swaps import MEASURING as UNLEARNED

from forethought.reading.learned import FOLDER, Reader, reader
from forethought.rules import VERDICTS

CARD, TEMPLATE, FUNCTIONAL = HERE / "MODEL_CARD.md", HERE / "card.md", HERE / "functional"
LENGTHS = ((0, 100), (100, 200), (200, 400), (400, 10_000))


def main() -> None:
    """Write `MODEL_CARD.md` from the template and the figures."""
    encoder = reader()
    assert encoder is not None
    posts = load()
    measured = [judged(post, encoder) for post in by_hands(posts, MEASURING)]
    alone = [judged(post, None) for post in by_hands(posts, MEASURING)]
    figures = {
        "data": data(posts),
        "hands": hands(posts),
        "agreement": agreement(posts),
        "verdicts": verdict_table({"both readers": measured, "lexical reader alone": alone}),
        "rules": rule_table(measured),
        "voices": split_table(measured, lambda case: case.post["hand"]),
        "lengths": split_table(measured, length),
        "roles": split_table(measured, lambda case: case.post["context"]["role"]),
        "confidence": confidence_table(measured),
        "everyday": everyday_share(encoder),
        "functional": functional(encoder),
        "swaps": swap_table(measured, encoder),
        "choosing": ", ".join(sorted(CHOOSING)),
        "measuring": ", ".join(sorted(MEASURING)),
        "size": f"{sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.1f}",
        "pieces": f"{len(encoder.vocabulary.ids):,}",
    }
    CARD.write_text(Template(TEMPLATE.read_text(encoding="utf-8")).substitute(figures), encoding="utf-8")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; the first column is words, the rest figures."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def data(posts: Sequence[Post]) -> str:
    """Return how many posts there are, of which verdict, and how they were put to use."""
    parts = {
        "learned from": training_part(posts),
        "thresholds chosen on": by_hands(posts, CHOOSING),
        "measured on": by_hands(posts, MEASURING),
        "in all": posts,
    }
    counts = {name: Counter(post["verdict"] for post in part) for name, part in parts.items()}
    rows = [
        [name, sum(count.values()), *(f"{count[v] / sum(count.values()):.0%}" for v in VERDICTS)]
        for name, count in counts.items()
    ]
    return table(["posts", "number", *VERDICTS], rows)


def hands(posts: Sequence[Post]) -> str:
    """Return each writer's share of the posts."""
    counts = Counter(post["hand"] for post in posts)
    return ", ".join(
        f"{hand} {count / len(posts):.1%}" for hand, count in sorted(counts.items(), key=lambda each: int(each[0][1:]))
    )


def agreement(posts: Sequence[Post]) -> str:
    """Return how often two readers who did not see each other's labels gave the same verdict, and Cohen's kappa."""
    pairs = [tuple(each["verdict"] for each in post["readers"]) for post in posts if len(post.get("readers", ())) > 1]
    same = np.mean([one == other for one, other in pairs])
    first, second = (Counter(column) for column in zip(*pairs, strict=True))
    chance = sum(first[v] * second[v] for v in VERDICTS) / len(pairs) ** 2
    return f"{len(pairs):,} posts, the same verdict on {same:.1%}, kappa {(same - chance) / (1 - chance):.2f}"


def verdict_table(modes: dict[str, list[Judged]]) -> str:
    """Return the shares held and left in peace, a column a way of reading."""
    names = list(verdicts(next(iter(modes.values()))))
    rows = [[name, *(by_sets(cases, partial(share_of, name)) for cases in modes.values())] for name in names]
    rows.append(["macro_f1", *(by_sets(cases, macro_f1) for cases in modes.values())])
    return table(["measure", *modes], rows)


def share_of(measure: str, cases: Sequence[Judged]) -> float:
    """Return one of the shares of verdicts."""
    return verdicts(cases)[measure].share


def rule_table(cases: Sequence[Judged]) -> str:
    """Return precision and recall for each rule."""
    return table(
        ["rule", "expected", "precision", "recall", "F1"],
        [
            [name, recall.total, precision, recall, f"{f1:.2f}"]
            for name, (precision, recall, f1) in rules(cases).items()
        ],
    )


def split_table(cases: Sequence[Judged], key: Callable[[Judged], str]) -> str:
    """Return what was held and left in peace, apart for each group of posts."""
    groups: dict[str, list[Judged]] = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    shares = {name: verdicts(groups[name]) for name in sorted(groups)}
    wanted = ("stop_held", "pause_held", "clear_unheld")
    return table(
        ["posts", "number", *wanted],
        [[name, len(groups[name]), *(each[w] for w in wanted)] for name, each in shares.items()],
    )


def length(case: Judged) -> str:
    """Return the band of length, in characters, that a post falls into."""
    low, high = next((low, high) for low, high in LENGTHS if low <= len(case.post["text"]) < high)
    return f"{low:>3} to {high - 1}" if high < LENGTHS[-1][1] else f"{low} and more"


def confidence_table(cases: Sequence[Judged]) -> str:
    """Return how many findings were right in each band of confidence, and the calibration error."""
    rows = [[name, share] for name, share in confidence(cases).items()]
    return f"{table(['confidence', 'right'], rows)}\n\nExpected calibration error: {calibration_error(cases):.3f}."


def everyday_share(encoder: Reader) -> str:
    """Return the share of everyday posts that were held, which is to say falsely alarmed about."""
    cases = [held(judged(post, encoder)) for post in everyday("check")]
    return str(Share(sum(cases), len(cases)))


def functional(encoder: Reader) -> str:
    """Return how the functional posts fared, a row a function."""
    right: dict[str, list[bool]] = {}
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for post in functional_posts():
        met = held(judged(post, encoder)) == post["held"]
        right.setdefault(post["function"], []).append(met)
        sides[post["held"]].append(met)
    rows = [[name.replace("_", " "), Share(sum(each), len(each))] for name, each in right.items()]
    every = [met for side in sides.values() for met in side]
    totals = (("**to be held**", sides[True]), ("**lawful**", sides[False]), ("**all**", every))
    return table(["function", "right"], [*rows, *([name, Share(sum(each), len(each))] for name, each in totals)])


def functional_posts() -> Iterator[Post]:
    """Yield the functional posts in a plain setting."""
    usual = {"role": "counsellor", "account": "professional", "audience": "public"}
    for path in sorted(FUNCTIONAL.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            post = json.loads(line)
            yield post | {"context": usual | {"reply_to": post["reply_to"]}}


def swap_table(cases: Sequence[Judged], encoder: Reader) -> str:
    """Return how many verdicts change when a post is about somebody else."""
    rows, every = [], []
    for axis in AXES:
        pairs = [(case, other) for case in cases if (other := swapped(case.post, axis))["text"] != case.post["text"]]
        changed = [case.verdict != judged(other, encoder).verdict for case, other in pairs]
        every += changed
        rows.append([axis, Share(sum(changed), len(changed))])
    return table(["swapped", "verdict changed"], [*rows, ["**all**", Share(sum(every), len(every))]])


def swapped(post: Post, axis: str) -> Post:
    """Return a post with one thing swapped."""
    return in_other_words(post, 0, partial(str.__eq__, axis), UNLEARNED)


if __name__ == "__main__":
    main()
