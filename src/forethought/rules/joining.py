"""Where the two readers meet: what a rule's words and the encoder say of a draft, joined into one probability.

The encoder opens what lists miss, and phrases, excuses and frames pull it back or carry it over. How much each
counts is learned on writers whom neither reader learned from (`training/join.py`) and stands in `joining.json`.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from forethought.errors import DamagedReaderError
from forethought.reading.concerns import LEAST as LEAST_LEXICAL
from forethought.reading.model import LEAST_LEARNED

FILE = Path(__file__).with_name("joining.json")


class Evidence(NamedTuple):
    """What is known of one rule on one draft, each part from 0 to 1.

    `learned` and `lexical` are the two readers' probabilities, `severe` the encoder's that the draft is at least as
    severe as the rule usually is; `shown` is how sure the rule's own phrases and detector are, and `excused` the share
    of the words that carried it which its excuses and frames take back.
    """

    learned: float
    severe: float
    lexical: float
    shown: float
    excused: float


@dataclass(frozen=True, slots=True)
class Joint:
    """How much each part of the evidence counts for one rule, and the probability from which it is raised."""

    weights: tuple[float, ...]
    offset: float
    least: float

    def probability(self, evidence: Evidence) -> float:
        """Return how likely the rule is."""
        score = self.offset + sum(w * x for w, x in zip(self.weights, features(evidence), strict=True))
        return 1 / (1 + math.exp(-score))


def features(evidence: Evidence) -> tuple[float, ...]:
    """Return the evidence as numbers: probabilities as log-odds, the rest as it is.

    What a reader does not name counts as the least that it would have named, so that nothing hangs on its cut.
    """
    learned, severe, lexical, shown, excused = evidence
    return (_log_odds(learned), _log_odds(severe), _log_odds(max(lexical, LEAST_LEXICAL)), shown, excused)


def _log_odds(probability: float) -> float:
    """Return log-odds, kept within bounds, so that nothing is ever beyond doubt."""
    kept = min(max(probability, LEAST_LEARNED), 1 - LEAST_LEARNED)
    return math.log(kept / (1 - kept))


@cache
def joints() -> Mapping[str, Joint]:
    """Return how the readers are joined for each rule that the encoder knows. Raises DamagedReaderError."""
    try:
        table = json.loads(FILE.read_bytes())
    except (OSError, ValueError) as error:
        raise DamagedReaderError(FILE.name) from error
    return {rule: Joint(tuple(row["weights"]), row["offset"], row["least"]) for rule, row in table.items()}
