#!/usr/bin/env python3
"""Train the learned reader from the labelled posts, with fixed seeds, and write it where the package ships it.

    make train       (or: python training/train.py WEIGHTS_FOLDER)
    make teach       (or: python training/train.py WEIGHTS_FOLDER --on)

WEIGHTS_FOLDER holds the pretrained encoder: `model.safetensors`, `config.json` and `vocab.txt`. With `--on`, training
goes on from the reader that is shipped, for a few rounds: enough to learn from a new hand, in a quarter of the time.
"""

import json
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from encoder import Reader, Sizes, pretrained
from posts import (
    IGNORE,
    KINDS,
    LONG,
    LONGEST,
    RULES,
    SUBJECTS,
    Lesson,
    Post,
    companions,
    everyday,
    lessons,
    load,
    place,
    rule_posts,
    rules_of,
    together,
    training_part,
)
from quantize import read_network, write_network
from swaps import in_other_words
from torch import Tensor
from torch.nn import functional
from vocabulary import cut_down

from forethought.reading.pieces import Vocabulary

TARGET = Path(__file__).parent.parent / "src/forethought/reading/encoder"
LAYERS, DROPOUT, SEED = 6, 0.1, 20
EPOCHS, RATE, HEAD_RATE, WARM_UP, DECAY, MOST = 9, 2.5e-4, 5.0, 0.06, 0.01, 1.0
EPOCHS_ON, RATE_ON = 2, 1.2e-4  # where training goes on from the reader that is shipped
LENGTHENED = 0.2  # the share of posts that are put beside a clear one
TOKENS, CHUNK, STEP = 2_048, 512, 16  # tokens in a batch; posts sorted by length at a time; rounding of lengths
BREACH_WEIGHT = 1.0  # of a broken rule against one that is kept
HALVES = bool(torch.cpu.get_capabilities().get("avx512_bf16"))  # halves are quicker only where the processor has them
SHARES = {"rules": 1.0, "verdict": 0.5, "attention": 0.2, "kinds": 0.5, "subjects": 0.3}


def main() -> None:
    """Train on the training part, then write the network, its tokenizer and its card."""
    weights, on = Path(sys.argv[1]), sys.argv[2:] == ["--on"]
    told = [post for path in sorted(RULES.glob("*/*.toml")) for post in rule_posts(path)]
    posts = training_part(load()) + told + everyday("learn")
    rules = rules_of(posts)
    stored = (weights / "vocab.txt").read_text(encoding="utf-8")
    pieces, kept = cut_down(stored, [post["text"] for post in posts])
    torch.manual_seed(SEED)
    reader = Reader(pretrained(weights, kept, LAYERS, DROPOUT), Sizes(len(rules), len(KINDS), len(SUBJECTS)))
    taught = forms(posts, Vocabulary.of(pieces), rules)
    if not on:
        train(reader, taught, EPOCHS, SEED)
    else:
        before = go_on(reader, pieces, rules)
        train(reader, taught, EPOCHS_ON, SEED, RATE_ON)
        halfway(reader, before)
    write(reader, pieces, rules)


def go_on(reader: Reader, pieces: str, rules: Sequence[str], source: Path = TARGET) -> dict[str, Tensor]:
    """Give `reader` the numbers of the one in `source`, and return them; pieces that are new to it keep their own.

    It must know the same rules.
    """
    known = json.loads((source / "reader.json").read_text(encoding="utf-8"))["rules"]
    assert known == list(rules), "the shipped reader knows other rules: train from the start"
    numbers = read_network(source / "encoder.onnx")
    name = "encoder.embeddings.word_embeddings.weight"
    before = Vocabulary.of((source / "vocabulary.txt").read_text(encoding="utf-8")).ids
    words = reader.state_dict()[name].clone()
    for piece, number in Vocabulary.of(pieces).ids.items():
        if piece in before:
            words[number] = numbers[name][before[piece]]
    before = numbers | {name: words}
    reader.load_state_dict(before)
    return before


def halfway(reader: Reader, before: Mapping[str, Tensor]) -> None:
    """Give `reader` the mean of its numbers and those it had `before`.

    What lies halfway holds better for writers that neither has seen (Wortsman and others 2022, "Robust fine-tuning of
    zero-shot models").
    """
    reader.load_state_dict({name: (before[name] + after) / 2 for name, after in reader.state_dict().items()})


def forms(posts: Sequence[Post], vocabulary: Vocabulary, rules: Sequence[str]) -> tuple[list[Lesson], list[Lesson]]:
    """Return the posts as lessons twice over: as written, and about somebody else, some of them in a longer text."""
    choice = random.Random(SEED)
    plain = companions(posts)
    others = [in_other_words(post, SEED) for post in posts]
    longer = [
        together(post, choice.choice(beside), choice.random() < 0.5)
        if len(post["text"]) < LONG and choice.random() < LENGTHENED and (beside := plain.get(place(post)))
        else post
        for post in others
    ]
    return lessons(posts, vocabulary, rules), lessons(longer, vocabulary, rules)


def train(
    reader: Reader, taught: Sequence[Sequence[Lesson]], epochs: int, seed: int, highest_rate: float = RATE
) -> None:
    """Fit `reader` to the lessons, one form of them an epoch in turn, the rate rising and then falling in lines."""
    torch.manual_seed(seed)
    shuffler = random.Random(seed)
    turns = [taught[turn % len(taught)] for turn in range(epochs)]
    plan = [_shuffled(lessons, shuffler) for lessons in turns]
    steps = sum(map(len, plan))
    optimizer = torch.optim.AdamW(_groups(reader, highest_rate), weight_decay=DECAY, fused=True)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    reader.train()
    started = time.monotonic()
    for epoch, batches in enumerate(plan, 1):
        losses = [_step(reader, batch, optimizer, rate) for batch in batches]
        print(f"epoch {epoch} of {epochs}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)
    reader.eval()


def _shuffled(taught: Sequence[Lesson], shuffler: random.Random) -> list[list[Lesson]]:
    """Return every lesson once, in batches of similar length and in a new order."""
    order = list(taught)
    shuffler.shuffle(order)
    chunks = (sorted(order[at : at + CHUNK], key=lambda lesson: len(lesson.ids)) for at in range(0, len(order), CHUNK))
    batches = [batch for chunk in chunks for batch in _batches(chunk)]
    shuffler.shuffle(batches)
    return batches


def _batches(chunk: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    """Yield runs of lessons, which stand in order of length, of at most `TOKENS` tokens once padded."""
    batch: list[Lesson] = []
    for lesson in chunk:
        if batch and rounded(len(lesson.ids)) * (len(batch) + 1) > TOKENS:
            yield batch
            batch = []
        batch.append(lesson)
    yield batch


def _groups(reader: Reader, rate: float) -> list[dict[str, object]]:
    """Return the parameters in two groups: the heads are new and learn faster than the encoder."""
    heads = [value for name, value in reader.named_parameters() if not name.startswith("encoder.")]
    return [{"params": list(reader.encoder.parameters()), "lr": rate}, {"params": heads, "lr": rate * HEAD_RATE}]


def _step(reader: Reader, batch: Sequence[Lesson], optimizer: torch.optim.Optimizer, rate: object) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
        out = reader(padded([x.ids for x in batch], 0), padded([x.parts for x in batch], 0))
    loss = lost(out, batch)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(reader.parameters(), MOST)
    optimizer.step()
    rate.step()  # type: ignore[attr-defined]
    return loss.item()


def lost(out: Sequence[Tensor], batch: Sequence[Lesson]) -> Tensor:
    """Return the summed loss of every head on a batch."""
    rules, attention, kinds, subjects, verdict = (answer.float() for answer in out)
    parts = {
        "rules": _rules_loss(rules, torch.tensor(np.stack([x.rules for x in batch]))),
        "verdict": functional.cross_entropy(verdict, torch.tensor([x.verdict for x in batch]), ignore_index=IGNORE),
        "attention": _attention_loss(attention.log_softmax(-1), batch),
        "kinds": _tags_loss(kinds, padded([x.kinds for x in batch], IGNORE)),
        "subjects": _tags_loss(subjects, padded([x.subjects for x in batch], IGNORE)),
    }
    return torch.stack([SHARES[name] * part for name, part in parts.items()]).sum()


def _rules_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Return the loss a post, leaving out rules of which a post says nothing."""
    weight = torch.tensor(BREACH_WEIGHT)
    each = functional.binary_cross_entropy_with_logits(logits, wanted.nan_to_num(), reduction="none", pos_weight=weight)
    return (each * ~wanted.isnan()).sum() / len(wanted)


def _attention_loss(shares: Tensor, batch: Sequence[Lesson]) -> Tensor:
    """Return how far each rule looks away from the words that its writer marked."""
    missed = [
        -torch.logsumexp(shares[n, rule, : len(at)][torch.tensor(at)], 0)
        for n, x in enumerate(batch)
        for rule, at in x.carried
    ]
    return torch.stack(missed).mean() if missed else shares.new_zeros(())


def _tags_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    if not (wanted != IGNORE).any():
        return logits.new_zeros(())
    return functional.cross_entropy(logits.transpose(1, 2), wanted, ignore_index=IGNORE)


def padded(rows: Sequence[np.ndarray], fill: int) -> Tensor:
    """Return the rows as one table, the shorter ones filled up to one of a few lengths, each made ready but once."""
    length = rounded(max(map(len, rows)))
    return torch.tensor(np.stack([np.pad(row, (0, length - len(row)), constant_values=fill) for row in rows]))


def rounded(length: int) -> int:
    """Return `length` rounded up to a whole number of steps."""
    return -(-length // STEP) * STEP


def write(reader: Reader, pieces: str, rules: Sequence[str], target: Path = TARGET) -> None:
    """Write the network, its vocabulary and the card that names what it answers and checks both files."""
    target.mkdir(exist_ok=True)
    write_network(reader, target / "encoder.onnx")
    (target / "vocabulary.txt").write_text(pieces, encoding="utf-8")
    sums = {name: sha256((target / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "vocabulary.txt")}
    card = {"rules": rules, "kinds": KINDS, "subjects": SUBJECTS, "longest": LONGEST, "sha256": sums}
    (target / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
