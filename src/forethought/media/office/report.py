"""What is found while a file of many parts is gone through: what it gives away, and why it cannot be made clean."""

from dataclasses import dataclass, field

from forethought.media.buffer import CannotCleanError
from forethought.media.trace import Trace

MOST_SHOWN, MOST_TRACES = 300, 5_000


@dataclass(slots=True)
class Report:
    """What was found and taken out: `traces` holds each thing once, in order, and `refusals` why there is no copy."""

    traces: dict[Trace, None] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)

    def tell(self, kind: str, where: str, value: str, needles: tuple[bytes, ...] = ()) -> None:
        """Add a thing that is given away; one that says nothing is left out."""
        shown = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:MOST_SHOWN]
        if shown and len(self.traces) < MOST_TRACES:
            self.traces[Trace(kind, where, shown, needles)] = None

    def refuse(self, why: str) -> None:
        """Add a reason why no clean copy can be made."""
        self.refusals.append(why)

    def check(self) -> None:
        """Raise CannotCleanError with the first reason, if there is one."""
        if self.refusals:
            raise CannotCleanError(self.refusals[0])
