"""A chain's head, to be kept elsewhere, on paper or with a solicitor: it shows when an older copy was put back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD = re.compile(r"incident\s+([0-9a-f]{32})\s+events\s+(\d{1,12})\s+head\s+([0-9a-f\s]{64,127})", re.IGNORECASE)


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
    """Yield the heads that a text holds: a file that was handed out, or typed in from paper, spaces and all."""
    for incident, length, hash in _HEAD.findall(text):
        packed = "".join(hash.split())[:64].lower()
        if len(packed) == 64:
            yield Head(incident.lower(), int(length), packed)
