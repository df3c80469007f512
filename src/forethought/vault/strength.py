"""How well a passphrase would stand up to guessing, in words."""

from typing import NamedTuple

LONGEST_WEIGHED = 72  # letters that the estimate can take
ENOUGH = 3  # of 4: more than 10^8 guesses, each of which Argon2id makes slow
WORDS = ("very weak", "weak", "fair", "good", "strong")


class Strength(NamedTuple):
    """A score from 0 to 4, what it means, and what makes it weak, where something does."""

    score: int
    words: str
    why: str

    @property
    def enough(self) -> bool:
        """Whether a vault may be kept under it."""
        return self.score >= ENOUGH


def strength(passphrase: str) -> Strength:
    """Return how well `passphrase` would stand up to guessing, by zxcvbn's estimate."""
    from zxcvbn import zxcvbn  # its word lists take a while to load

    if not passphrase:
        return Strength(0, WORDS[0], "it is empty")
    found = zxcvbn(passphrase[:LONGEST_WEIGHED])
    why = found["feedback"]["warning"].rstrip(".").lower()
    return Strength(found["score"], WORDS[found["score"]], why or "it is short")
