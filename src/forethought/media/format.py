"""What every format has to bring, and what a person may choose for the copy."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, Change
from forethought.media.seeing.regions import Region
from forethought.media.trace import Trace


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person chose for the clean copy.

    `repaint`: paint a picture anew, turned upright and in plain colours, in place of keeping its pixels exactly; of a
    PDF, make its pages pictures. `refuse`: refuse the tracked changes of a text in place of accepting them. `cover`:
    the stretches of a picture to be painted over, in black, or blurred where `blur` says so.
    """

    repaint: bool = False
    refuse: bool = False
    cover: tuple[Region, ...] = ()
    blur: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    `title` names it; `kind` is what its copy is called; `suffix` ends the copy's name; `suffixes` are all
    that such a file may have. `traces` yields what a file gives away, and nothing for a clean one. `clean` yields the
    changes that make a copy clean. `doubts` reads a copy with another parser than both, and yields in words what is
    still there. `shown` yields what a person sees in it as text, where it has text. All raise CannotCleanError.
    """

    title: str
    kind: str
    suffixes: tuple[str, ...]
    traces: Callable[[Buffer], Iterator[Trace]]
    clean: Callable[[Buffer, Wishes], Iterable[Change]]
    doubts: Callable[[Buffer], Iterator[str]]
    shown: Callable[[Buffer], Iterator[str]] = lambda data: iter(())

    @property
    def suffix(self) -> str:
        """The usual end of such a file's name."""
        return self.suffixes[0]
