"""The labelled posts as the trainer sees them: token ids, and what every head should have said of them.

Writers are kept apart: what one of them wrote, contrast sets included, is either learned from, or used to choose
thresholds (`CHOOSING`), or to measure (`MEASURING`), and never two of these.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np

from forethought.reading.draft import Context
from forethought.reading.learned import Told, told
from forethought.reading.model import MentionKind, Subject
from forethought.reading.pieces import Vocabulary
from forethought.rules import VERDICTS, load_examples

HERE = Path(__file__).parent
EXAMPLES, EVERYDAY, RULES = HERE / "examples", HERE / "everyday", HERE.parent / "src/forethought/rules"
CHOOSING = frozenset(("W8", "W12", "W14", "W18", "W24", "W29", "W78", "W79", "W80", "W81", "W82", "W83"))
MEASURING = frozenset(("W16", "W34", "W41"))
UNLEARNED = frozenset(("reach/missing-alt-text",))  # told from the images alone
USUAL = {"role": "counsellor", "account": "professional", "audience": "public", "reply_to": None}
LONGEST = 320  # tokens of one reading; longer drafts are read in windows
KINDS: tuple[str, ...] = ("none", *get_args(MentionKind))
SUBJECTS: tuple[str, ...] = get_args(Subject)
IGNORE = -100
LONG = 400  # characters from which a post is not made longer
Post = dict[str, Any]


@dataclass(slots=True)
class Lesson:
    """One post as numbers. A rule's target is 1 or 0, and NaN where the post says nothing of the rule."""

    ids: np.ndarray
    parts: np.ndarray
    rules: np.ndarray
    verdict: int
    kinds: np.ndarray
    subjects: np.ndarray
    carried: list[tuple[int, np.ndarray]] = field(default_factory=list)


def load(folder: Path = EXAMPLES) -> list[Post]:
    """Return every labelled post of a folder, in order of file and line."""
    files = sorted(folder.glob("hand_*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]


def by_hands(posts: Iterable[Post], hands: frozenset[str]) -> list[Post]:
    """Return the posts that these writers wrote."""
    return [post for post in posts if post["hand"] in hands]


def training_part(posts: Iterable[Post]) -> list[Post]:
    """Return the posts that may be learned from."""
    return [post for post in posts if post["hand"] not in CHOOSING | MEASURING]


def everyday(name: str) -> list[Post]:
    """Return a set of everyday posts, in which there is nothing to raise."""
    lines = (EVERYDAY / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    nothing = {"context": USUAL, "verdict": "clear", "expect": [], "allow": [], "hand": name}
    return [json.loads(line) | nothing for line in lines]


def rule_posts(path: Path) -> list[Post]:
    """Return the examples of one rule file as labelled posts; what is known to fail is left out."""
    rule, examples = f"{path.parent.name}/{path.stem}", load_examples(path)
    return [_rule_post(rule, example) for example in examples if "known" not in example]


def _rule_post(rule: str, example: Mapping[str, Any]) -> Post:
    text, marks = example["text"], example.get("marks")
    return {
        "text": text,
        "context": USUAL | {key: example[key] for key in USUAL if key in example},
        "expect": [] if marks is None else [rule],
        "allow": example.get("also", []),
        "hand": f"rules of {rule.partition('/')[0]}",
        "carried": {rule: [[text.index(mark), text.index(mark) + len(mark)] for mark in marks or () if mark in text]},
    }


def place(post: Post) -> tuple[str, ...]:
    """Return from whom and to whom a post goes."""
    return tuple(post["context"][key] for key in ("role", "account", "audience"))


def companions(posts: Iterable[Post]) -> dict[tuple[str, ...], list[Post]]:
    """Return, for each place, clear posts that mean what they say and can stand beside any other from there."""
    found: dict[tuple[str, ...], list[Post]] = {}
    for post in posts:
        plain = post.get("verdict") == "clear" and post.get("form") in ("general", "everyday", "own", "policy")
        if plain and not post["context"]["reply_to"] and len(post["text"]) < LONG:
            found.setdefault(place(post), []).append(post)
    return found


def together(post: Post, other: Post, first: bool) -> Post:
    """Return a post with a clear one written before or after it: what it does stays as it was, in a longer text."""
    moved = len(other["text"]) + 2 if first else 0
    texts = (other["text"], post["text"]) if first else (post["text"], other["text"])
    carried = {rule: [[a + moved, b + moved] for a, b in spans] for rule, spans in post.get("carried", {}).items()}
    both = {key: value for key, value in post.items() if key != "details"}
    return both | {
        "text": "\n\n".join(texts),
        "allow": sorted({*post["allow"], *other["allow"]} - {*post["expect"]}),
        "carried": carried,
    }


def rules_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the rules that any of the posts breaks, as far as words can tell."""
    return tuple(sorted({rule for post in posts for rule in post["expect"]} - UNLEARNED))


def context(post: Post) -> Context:
    """Return a post's context; the platform is not read."""
    given = post["context"]
    return Context(given["role"], given["account"], given["audience"], "other", given["reply_to"])


def lessons(posts: Iterable[Post], vocabulary: Vocabulary, rules: Sequence[str]) -> list[Lesson]:
    """Return the posts as lessons, cut into pieces as checking does it; what is too long for one reading is cut off."""
    return [lesson(post, next(told(post["text"], context(post), vocabulary, LONGEST)), rules) for post in posts]


def lesson(post: Post, seen: Told, rules: Sequence[str]) -> Lesson:
    """Return one post as a lesson: what its readers said of every rule, and where its details stand."""
    kinds, subjects = details(post, seen)
    parts = np.array(seen.parts)
    return Lesson(
        np.array(seen.ids, np.int64),
        parts,
        np.array([target(post, rule) for rule in rules], np.float32),
        VERDICTS.index(post["verdict"]) if "verdict" in post else IGNORE,
        kinds,
        subjects,
        [
            (rules.index(rule), at)
            for rule, spans in post.get("carried", {}).items()
            if rule in rules and (at := pieces_in(seen, spans)).any()
        ],
    )


def target(post: Post, rule: str) -> float:
    """Return whether a post breaks a rule, 1 or 0; NaN where raising it is merely allowed."""
    if rule in post["expect"]:
        return 1.0
    return float("nan") if rule in post["allow"] else 0.0


def details(post: Post, seen: Told) -> tuple[np.ndarray, np.ndarray]:
    """Return the kind and the subject of each piece, `IGNORE` where the post has no marked details at all."""
    kinds, subjects = (np.full(len(seen.ids), IGNORE) for _ in range(2))
    if "details" in post:
        kinds[seen.start : seen.start + len(seen.places)] = 0
        for kind, start, end, subject in post["details"]:
            at = pieces_in(seen, [(start, end)])
            kinds[at], subjects[at] = KINDS.index(kind), SUBJECTS.index(subject)
    return kinds, subjects


def pieces_in(seen: Told, spans: Iterable[Sequence[int]]) -> np.ndarray:
    """Return which pieces lie in any of these spans of the post's text."""
    at = np.zeros(len(seen.ids), bool)
    for start, end in spans:
        at[seen.start : seen.start + len(seen.places)] |= [
            place.start < end and place.end > start for place in seen.places
        ]
    return at
