"""Which passwords are alike, and whether one holds a name: without comparing every two of them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

_SIGNS = str.maketrans("@$!|€", "asile")
_FIGURES = str.maketrans("4310572968", "aeiostzggb")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LEAST_CORE, _LEAST_SLIP, _LONGEST = 5, 8, 64  # letters: fewer are alike by chance; more are not looked at
_LEAST_NAME = 4
_WORD = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """Return text without capitals, accents, and signs that stand for letters."""
    return _small(text).translate(_SIGNS)


def _small(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text[: 4 * _LONGEST]).casefold()
    return "".join(each for each in letters if not unicodedata.combining(each))


def cores(password: str) -> frozenset[str]:
    """Return what is left of a password once figures and signs around it go, and those inside are read as letters."""
    bare = unicodedata.normalize("NFKD", password[:_LONGEST]).casefold()
    found = (_EDGES.sub("", form).translate(_FIGURES).translate(_SIGNS) for form in (bare, plain(password[:_LONGEST])))
    return frozenset(core for core in found if len(core) >= _LEAST_CORE)


def alike(passwords: Iterable[str]) -> dict[str, int]:
    """Return a number of its family for each password that is like another: same core, or a slip or two apart.

    Each gives a few keys, and those that share one are a family, so the work grows with their number alone.
    """
    families = _Families()
    first: dict[str, str] = {}
    distinct = sorted(set(passwords))
    for password in distinct:
        for key in _keys(password):
            families.join(password, first.setdefault(key, password))
    members = defaultdict(list)
    for password in distinct:
        members[families.head(password)].append(password)
    several = (family for family in members.values() if len(family) > 1)
    return {password: number for number, family in enumerate(several) for password in family}


def _keys(password: str) -> Iterator[str]:
    """Yield keys: the cores, and the whole with each one sign left out, which those a sign apart share."""
    for core in cores(password):
        yield f"core {core}"
    if _LEAST_SLIP <= len(password) <= _LONGEST:
        bare = password.casefold()
        yield bare
        yield from (bare[:at] + bare[at + 1 :] for at in range(len(bare)))


class _Families:
    """Which passwords belong together, by pairs that do."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def head(self, each: str) -> str:
        """Return the one that stands for a family."""
        while (above := self._above.get(each, each)) != each:
            self._above[each] = self._above.get(above, above)
            each = above
        return each

    def join(self, one: str, other: str) -> None:
        """Put two families together."""
        self._above[self.head(one)] = self.head(other)


def names_in(names: Iterable[str]) -> frozenset[str]:
    """Return the names, and each word of them, that are long enough to be known inside a password."""
    small = {_small(name) for name in names}
    words = {word for name in small for word in _WORD.findall(name)}
    whole = {name.translate(_SIGNS) for name in small}
    return frozenset(each for each in whole | words if _LEAST_NAME <= len(each) <= _LONGEST)


def holds(password: str, names: Iterable[str]) -> bool:
    """Say whether a password holds one of the names, written in whatever letters, forwards or backwards."""
    bare = plain(password)
    forms = {form for each in (bare, bare.translate(_FIGURES)) for form in (each, each[::-1])}
    return any(name in form for name in names for form in forms)
