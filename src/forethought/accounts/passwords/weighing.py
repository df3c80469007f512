"""How easily passwords are guessed, by zxcvbn's estimate, for thousands of them in a few seconds."""

from collections.abc import Iterable, Mapping
from functools import cache
from time import monotonic

from forethought.accounts.passwords.likeness import plain

WEAK, STRONG = 1e8 + 5, 1e10 + 5  # guesses: zxcvbn's scores from 3 and from 4
WHOLE = 72  # signs that the estimate can take; longer passwords are judged by these
_HEAD = 12  # when so many signs at the start are strong by themselves, those after them need no weighing
_TIME = 30.0  # seconds for all; passwords made of look-alike signs can take seconds each


class Scales:
    """Weighs passwords, each equal one once, until the time is up."""

    def __init__(self, seconds: float = _TIME) -> None:
        """Take how long all of the weighing may last."""
        self._until = monotonic() + seconds
        self._found: dict[tuple[str, frozenset[str]], bool] = {}

    def weak(self, password: str, names: frozenset[str]) -> bool | None:
        """Return whether a password is weak to one who knows these names; None where time is up before it is weighed.

        Give only names that stand in it: others change nothing, and equal passwords are then weighed once.
        """
        asked = (password[:WHOLE], names)
        if asked not in self._found:
            if monotonic() > self._until:
                return None
            self._found[asked] = _weak(*asked)
        return self._found[asked]

    def clear(self) -> None:
        """Forget every password."""
        self._found.clear()


def _weak(password: str, names: frozenset[str]) -> bool:
    whole = names or len(password) <= _HEAD or _cut(password)
    return (whole or guesses(password[:_HEAD]) < STRONG) and guesses(password, sorted(names)) < WEAK


def guesses(password: str, names: Iterable[str] = ()) -> float:
    """Return how many guesses zxcvbn expects a password of at most 72 signs to need, names being known.

    Its lists are put together as one, since only a word's best rank counts: the same answer in a fraction of the time.
    """
    from zxcvbn import matching, scoring  # its word lists take a while to load

    lists = {"known": _known(), "names": {name: rank for rank, name in enumerate(names, 1)}}
    found = scoring.most_guessable_match_sequence(password, matching.omnimatch(password, lists))
    return float(found["guesses"])


@cache
def _known() -> Mapping[str, int]:
    from zxcvbn.matching import RANKED_DICTIONARIES

    best: dict[str, int] = {}
    for name, words in RANKED_DICTIONARIES.items():
        if name != "user_inputs":  # what another caller gave last
            for word, rank in words.items():
                best[word] = min(rank, best.get(word, rank))
    return best


@cache
def _starts() -> frozenset[str]:
    """Return the first signs of each known word that is longer than a head, which would cut it."""
    return frozenset(word[: _HEAD + 1] for word in _known() if len(word) > _HEAD)


def _cut(password: str) -> bool:
    """Say whether a head of the password might end inside a word, so that it would look stronger than the whole."""
    forms = (password.lower(), plain(password))
    both = [form for each in forms for form in (each, each[::-1])]
    return any(form[at : at + _HEAD + 1] in _starts() for form in both for at in range(len(form) - _HEAD))
