"""A chain's head, to be kept elsewhere, on paper or with a solicitor: it shows when an older copy was put back."""

from collections.abc import Iterator
from dataclasses import dataclass

_HEX = frozenset("0123456789abcdef")
KEY, HASH, LONGEST = 32, 64, 12  # letters of an incident's key and of a hash, and the digits that a length may have


@dataclass(frozen=True, slots=True)
class Head:
    """How long an incident's chain was at some moment, and the hash of its last event then."""

    incident: str
    length: int
    hash: str

    @property
    def text(self) -> str:
        """The three lines that are handed out and stamped, always the same for the same head.

        >>> print(Head("0" * 32, 7, "ab" * 32).text, end="")
        incident 00000000000000000000000000000000
        events 7
        head abababababababababababababababababababababababababababababababab
        """
        return f"incident {self.incident}\nevents {self.length}\nhead {self.hash}\n"


def heads_in(text: str) -> Iterator[Head]:
    """Yield the heads that a text holds: a file that was handed out, or typed in from paper, spaces and all.

    A head with a letter too few or too many is left out; a wrong letter cannot be known here.
    """
    for part in text.lower().replace(":", " ").split("incident")[1:]:
        key, _, rest = part.partition("events")
        length, _, hash = rest.partition("head")
        found, digits, packed = _packed(key, KEY), "".join(length.split()), _packed(hash, HASH)
        if found and packed and digits.isascii() and digits.isdigit() and len(digits) <= LONGEST:
            yield Head(found, int(digits), packed)


def _packed(text: str, size: int) -> str:
    """Return the hexadecimal letters that a text begins with, in groups of any size; empty unless there are `size`."""
    packed = ""
    for group in text.split():
        if len(packed) >= size or not _HEX.issuperset(group):
            break
        packed += group
    return packed if len(packed) == size else ""
