"""A rule as its file states it, and the finding that it raises.

Severities and verdicts are the public vocabulary: `stop` > `pause` > `consider` > `clear`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forethought.reading.model import Frame, Span

Severity = Literal["consider", "pause", "stop"]
Verdict = Literal["clear", "consider", "pause", "stop"]
Step = Literal["hold", "supervision", "record"]

VERDICTS: tuple[Verdict, ...] = ("clear", "consider", "pause", "stop")


@dataclass(frozen=True, slots=True)
class Shift:
    """A context that changes a rule's usual severity, with the reason.

    `severe` is the probability, by the learned reader, that the draft is at least as severe as the shift makes it.
    """

    severity: Severity
    why: str
    beside: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    severe: float | None = None
    audience: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    role: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looks:
    """How a breach looks: phrases that show it, phrases and frames that excuse it, and where it can occur.

    A draft without any of `hints` is not shown to the detector, whose patterns are slow to make ready.
    """

    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    concern: float | None = None
    detector: str | None = None
    hints: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    role: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is noticed, why it matters, what to do instead, and which duties it serves.

    `lists` holds phrases that only the rule's own detector reads.
    """

    id: str
    title: str
    since: date
    until: date | None
    severity: Severity
    duties: tuple[str, ...]
    what: str
    why: str
    instead: str
    steps: tuple[Step, ...]
    shifts: tuple[Shift, ...]
    looks: Looks
    lists: Mapping[str, tuple[str, ...]]

    @property
    def topic(self) -> str:
        """The part of the id before the slash, such as `confidentiality`."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule raised on a draft: how severe here, how sure (0 to 1), and the words it is about.

    `image` numbers, from 1, the picture that raised it; it is 0 for the words of the draft. `seen` tells that it was
    the words to be seen in the picture, rather than its description.
    """

    rule: Rule
    severity: Severity
    confidence: float
    spans: tuple[Span, ...]
    shift: Shift | None = None
    image: int = 0
    seen: bool = False
