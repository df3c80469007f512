"""Makes passphrases of common words, drawn by the system's source of chance, and says how hard each is to guess."""

import math
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forethought.errors import ForethoughtError

FEWEST, MOST = 4, 12


class WordCountError(ForethoughtError):
    """A passphrase was asked for with too few or too many words."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(f"a passphrase has {FEWEST} to {MOST} words: fewer are guessed, and more are not remembered.")


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """A passphrase and its entropy in bits: what it takes to guess it for one who knows the list and how it is made."""

    text: str
    bits: float

    def __repr__(self) -> str:
        """Show nothing: a report of a crash prints this."""
        return "Passphrase(hidden)"

    @property
    def told(self) -> str:
        """How hard it is to guess, as a sentence."""
        return (
            f"Drawn by chance from {len(words()):,} words ({self.bits:.0f} bits). A computer that tries a million a "
            f"second would need about {_long(2**self.bits / 2 / 1e6)}. That holds only while you take it as it is."
        )


def _long(seconds: float) -> str:
    """Return a time in round words."""
    years, days = seconds / 31_557_600, seconds / 86_400
    if years >= 2:
        return f"{float(f'{years:.1g}'):,.0f} years"
    return f"{days:,.0f} days" if days >= 2 else "hours or less"


@cache
def words() -> tuple[str, ...]:
    """Return the words that passphrases are drawn from, four to eight letters each, no two a letter apart."""
    lines = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


def passphrase(count: int = 5, between: str = "-") -> Passphrase:
    """Return a new passphrase of so many words. Raises WordCountError."""
    if not FEWEST <= count <= MOST:
        raise WordCountError
    chosen = [secrets.choice(words()) for _ in range(count)]
    return Passphrase(between.join(chosen), count * math.log2(len(words())))
