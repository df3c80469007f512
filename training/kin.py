#!/usr/bin/env python3
"""Teach the shipped reader which of an author's posts are about the same person, and write that into its file.

    make kin        (or: python training/kin.py)

`make train` and `make teach` do this after training, since they write the encoder's file anew.

A small head over two of the reader's inner layers, trained on the casts in `training/casts`: posts of one practitioner
about five people met through work, and others that share words with them. It gives each post a direction, near to that
of other posts about the same person, and how likely the post is about one particular person met through work.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from forethought.reading import Context
from forethought.reading.learned import FOLDER, reader, told

CASTS = Path(__file__).with_name("casts")
LAYERS = (0, 2)  # the layers whose states are looked at: near to the words, and with a little of their setting
INNER = "/reader/encoder/encoder/layer.{}/output/LayerNorm/LayerNormalization_output_0"
WIDTH, DIRECTION = 384, 128  # numbers of a state, and of a post's direction
EPOCHS, RATE, DROPOUT, WARMTH, DECAY, SEED = 6, 2e-4, 0.2, 0.2, 0.01, 20
FAR = -1e4
HEAD = "kin."  # what begins the names of all that is grafted
MET = frozenset({"person", "once"})  # kinds of post that are about one particular person met through work


class Post(NamedTuple):
    """A post of a cast: whom it is about, where that is one of the five, its kind, and its states and which count."""

    person: str
    kind: str
    states: np.ndarray
    own: np.ndarray


class Head(nn.Module):
    """What is trained: where to look in a post, which way it points, and whether it is about somebody."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray) -> None:
        """Take the mean and the spread of the states, so that they are alike in size."""
        super().__init__()
        size = WIDTH * len(LAYERS)
        self.mean, self.spread = torch.tensor(mean), torch.tensor(spread)
        self.look, self.point = nn.Linear(size, 1), nn.Linear(size, DIRECTION)
        self.ask, self.tell = nn.Linear(size, 1), nn.Linear(size, 1)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.look.weight)
        nn.init.orthogonal_(self.point.weight)

    def forward(self, states: Tensor, own: Tensor) -> tuple[Tensor, Tensor]:
        """Return each post's direction, of length 1, and its log-odds of being about somebody met through work."""
        states = self.dropout((states - self.mean) / self.spread)
        looked, asked = (_shares(layer(states), own) for layer in (self.look, self.ask))
        direction = functional.normalize((looked * self.point(states)).sum(1), dim=-1)
        return direction, (asked * self.tell(states)).sum(1).squeeze(-1)

    def folded(self) -> tuple[np.ndarray, np.ndarray]:
        """Return all four layers as one matrix and its bias, that take the states as they are."""
        layers = (self.point, self.look, self.ask, self.tell)
        weight = torch.cat([layer.weight for layer in layers]) / self.spread
        bias = torch.cat([layer.bias for layer in layers]) - weight @ self.mean
        return weight.T.detach().numpy().astype(np.float32), bias.detach().numpy().astype(np.float32)


def _shares(scores: Tensor, own: Tensor) -> Tensor:
    return scores.masked_fill(~own.unsqueeze(-1), FAR).softmax(1)


def main() -> None:
    """Train the head on every cast, graft it onto the reader's file, and note the file's new checksum."""
    path = FOLDER / "encoder.onnx"
    inside = looking_inside(path)
    casts = [read_cast(posts, inside) for posts in every_cast()]
    graft(path, *train(casts).folded())
    card = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))
    card["sha256"]["encoder.onnx"] = sha256(path.read_bytes()).hexdigest()
    (FOLDER / "reader.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"Taught {path.name} from {len(casts)} casts; it has {path.stat().st_size / 1e6:.1f} MB.")


def every_cast() -> Iterator[list[dict[str, Any]]]:
    """Yield the records of each cast."""
    for path in sorted(CASTS.glob("*.jsonl")):
        records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for _, cast in groupby(records, key=lambda record: record["cast"]):
            yield list(cast)


def looking_inside(path: Path) -> onnxruntime.InferenceSession:
    """Return the encoder with the states of `LAYERS` among its answers."""
    model = onnx.load(path)
    for layer in LAYERS:
        model.graph.output.append(helper.make_tensor_value_info(INNER.format(layer), TensorProto.FLOAT, None))
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def read_cast(records: Sequence[Mapping[str, Any]], session: onnxruntime.InferenceSession) -> list[Post]:
    """Return the posts of a cast with their states."""
    known = reader()
    assert known
    posts = []
    for record in records:
        context = Context(**{name: record[name] for name in ("role", "account", "platform")})
        stretch = next(iter(told(record["text"], context, known.vocabulary, known.longest)))
        row, parts = (np.array([numbers], np.int64) for numbers in (stretch.ids, stretch.parts))
        states = session.run([INNER.format(layer) for layer in LAYERS], {"ids": row, "parts": parts})
        own = np.array(stretch.parts, bool)
        posts.append(Post(record["person"], record["kind"], np.concatenate(states, -1)[0], own))
    return posts


def train(casts: Sequence[Sequence[Post]]) -> Head:
    """Return a head that was trained on `casts`, with fixed seeds."""
    torch.manual_seed(SEED)
    every = np.concatenate([post.states[post.own] for cast in casts for post in cast])
    head = Head(every.mean(0), every.std(0))
    steps, order, chance = EPOCHS * len(casts), list(casts), random.Random(SEED)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE * 5, weight_decay=DECAY)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, (n + 1) / (0.1 * steps)) * (1 - n / steps))
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for cast in order:
            optimiser.zero_grad()
            loss(head, cast).backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            rate.step()
    return head.eval()


def loss(head: Head, cast: Sequence[Post]) -> Tensor:
    """Return how far a cast's posts are from pointing where others about their person do, and from being told."""
    directions, odds = head(*padded(cast))
    same = torch.tensor([[a is not b and a.person != "" and a.person == b.person for b in cast] for a in cast])
    near = (directions @ directions.T / WARMTH).masked_fill(torch.eye(len(cast), dtype=torch.bool), FAR).log_softmax(-1)
    counts = same.sum(1)
    apart = -((near * same).sum(1)[counts > 0] / counts[counts > 0]).mean()
    met = torch.tensor([float(post.kind in MET) for post in cast])
    return apart + functional.binary_cross_entropy_with_logits(odds, met)


def padded(posts: Sequence[Post]) -> tuple[Tensor, Tensor]:
    """Return the states of some posts and which of them count, as long as the longest."""
    length = max(len(post.states) for post in posts)
    states = np.zeros((len(posts), length, WIDTH * len(LAYERS)), np.float32)
    own = np.zeros((len(posts), length), bool)
    for number, post in enumerate(posts):
        states[number, : len(post.states)], own[number, : len(post.own)] = post.states, post.own
    return torch.from_numpy(states), torch.from_numpy(own)


def graft(path: Path, weight: np.ndarray, bias: np.ndarray) -> None:
    """Write the head into the encoder's file as two more answers, `kin` and `about`, in place of any before."""
    model = onnx.load(path)
    graph = model.graph
    for held in (graph.node, graph.initializer, graph.output):
        kept = [each for each in held if not each.name.startswith(HEAD) and each.name not in ("kin", "about")]
        del held[:]
        held.extend(kept)
    constants = {
        "weight": weight, "bias": bias, "sizes": np.array([DIRECTION, 1, 1, 1], np.int64),
        "post": np.array(0, np.int64), "far": np.array(FAR, np.float32),
        "last": np.array([-1], np.int64), "first": np.array([1], np.int64),
    }  # fmt: skip
    graph.initializer.extend(numpy_helper.from_array(value, HEAD + name) for name, value in constants.items())
    graph.node.extend(_nodes())
    graph.output.append(helper.make_tensor_value_info("kin", TensorProto.FLOAT, [1, DIRECTION]))
    graph.output.append(helper.make_tensor_value_info("about", TensorProto.FLOAT, [1, 1]))
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _nodes() -> Iterator[Any]:
    """Yield the steps of the head: what each takes, and what it gives."""
    steps: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("Concat", " ".join(INNER.format(layer) for layer in LAYERS), "both", {"axis": -1}),
        ("MatMul", "both weight", "product", {}),
        ("Add", "product bias", "all", {}),
        ("Split", "all sizes", "points looks asks tells", {"axis": -1}),
        ("Equal", "=parts post", "flat", {}),
        ("Unsqueeze", "flat last", "outside", {}),
        ("Where", "outside far looks", "looked", {}),
        ("Softmax", "looked", "look", {"axis": 1}),
        ("Mul", "look points", "pointed", {}),
        ("ReduceSum", "pointed first", "sum", {"keepdims": 0}),
        ("LpNormalization", "sum", "=kin", {"axis": -1, "p": 2}),
        ("Where", "outside far asks", "asked", {}),
        ("Softmax", "asked", "ask", {"axis": 1}),
        ("Mul", "ask tells", "said", {}),
        ("ReduceSum", "said first", "odds", {"keepdims": 0}),
        ("Sigmoid", "odds", "=about", {}),
    )
    for kind, takes, gives, options in steps:
        yield helper.make_node(kind, _named(takes), _named(gives), HEAD + gives.split()[0], **options)


def _named(words: str) -> list[str]:
    """Return the names of values: those of the head under its own, those that begin with a sign as they are."""
    return [word.removeprefix("=") if word.startswith(("=", "/")) else HEAD + word for word in words.split()]


if __name__ == "__main__":
    main()
