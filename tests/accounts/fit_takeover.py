"""Fits the weights of takeover.toml on the tuned half of the made archives, and prints them. Run by hand.

.venv/bin/python tests/accounts/fit_takeover.py [archives]
"""

import sys

import numpy as np
from made_takeovers import archive

from forethought.accounts.hacked.posts import Usual
from forethought.accounts.hacked.signs import SIGNS, signs

ROUNDS, RATE, RIDGE = 4000, 0.5, 0.002


def main() -> None:
    """Print a base and a weight for each sign; no weight goes below nought, since no sign speaks for the person."""
    rows, planted = [], []
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 240):
        made = archive(seed, "tuned")
        rows += [[row[name].strength for name in SIGNS] for row in signs(made.posts, Usual())]
        planted += [each.key in made.planted for each in made.posts]
    x, y = np.array(rows), np.array(planted, dtype=float)
    weights, base = np.full(len(SIGNS), 0.5), -5.0
    for _ in range(ROUNDS):
        error = 1 / (1 + np.exp(-(x @ weights + base))) - y
        weights = np.maximum(0.0, weights - RATE * (x.T @ error / len(y) + RIDGE * weights * 0.1))
        base -= RATE * error.mean()
    print(
        f"base = {base:.2f}", *(f"{name} = {weight:.2f}" for name, weight in zip(SIGNS, weights, strict=True)), sep="\n"
    )


if __name__ == "__main__":
    main()
