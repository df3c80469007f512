"""What a person wishes for a file, where it takes a look at the picture to know: covering the faces or words in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from forethought.errors import ForethoughtError
from forethought.media.apart import Apart
from forethought.media.cleaning import Cleaned, Seen
from forethought.media.format import Wishes
from forethought.media.seeing.regions import Box, Region
from forethought.media.seeing.upright import CannotSeeError

if TYPE_CHECKING:
    from forethought.media.seeing.sight import Sight

FOUND = ("faces", "words")  # what is looked for, to be covered


class NoStretchError(ForethoughtError):
    """What was named to be covered is nothing that can be."""

    def __init__(self, given: str) -> None:
        """Take what was named."""
        super().__init__(f"{given} cannot be covered. Name {' or '.join(FOUND)}, or a stretch such as 40,60,200,80.")


@dataclass(frozen=True, slots=True)
class Wished:
    """How copies are to be made; whether pictures are to be looked into; and what of that is to be covered."""

    wishes: Wishes
    see: bool = False
    found: frozenset[str] = frozenset()

    @classmethod
    def of(cls, wishes: Wishes, see: bool, cover: Sequence[str]) -> Self:
        """Return what was wished for, with what is to be covered as it was typed. Raises NoStretchError."""
        stretches = tuple(_stretch(each) for each in cover if each not in FOUND)
        return cls(replace(wishes, cover=stretches), see, frozenset(cover).intersection(FOUND))

    def done(self, apart: Apart, file: Path, out: Path | None) -> Seen | Cleaned:
        """Return what a file gives away or, where there is a folder for its copy, what came of cleaning it.

        Where faces or words were to be covered and cannot be looked for, there is no copy. Raises NotReadError and
        NoRoomError.
        """
        if out is None:
            return self.seen(apart, file)
        seen = self.seen(apart, file) if self.see or self.found else None
        if seen and (missing := self._missing(seen)):
            return Cleaned(seen, why=f"what was to be covered cannot be looked for: {missing}")
        sight = seen.sight if seen else None
        return apart.clean(file, out, replace(self.wishes, cover=self._regions(sight))).showing(sight)

    def seen(self, apart: Apart, file: Path) -> Seen:
        """Return what a file gives away and, where that is asked for, what is to be seen in it. Raises NotReadError."""
        seen = apart.look(file)
        if not (self.see or self.found):
            return seen
        if seen.kind != "picture":
            return seen.unseen("only pictures can be looked into")
        try:
            return seen.showing(apart.see(file))
        except CannotSeeError as error:
            return seen.unseen(error.why)

    def _missing(self, seen: Seen) -> str:
        """Return why faces or words that are to be covered may not all have been found; empty where they may."""
        sight = seen.sight
        if not self.found or sight is None:
            return seen.why_unseen
        return sight.unread if "words" in self.found and sight.unread else " ".join(sight.words.remarks)

    def _regions(self, sight: "Sight | None") -> tuple[Region, ...]:
        """Return every stretch of a picture that is to be covered."""
        faces = [each.head(sight.size) for each in sight.faces] if sight and "faces" in self.found else []
        words = [each.box for each in sight.words.lines] if sight and "words" in self.found else []
        return (*self.wishes.cover, *faces, *words)


def _stretch(given: str) -> Box:
    parts = [part.strip() for part in given.split(",")]
    if len(parts) != 4 or not all(part.isdecimal() and len(part) < 7 for part in parts):
        raise NoStretchError(given)
    left, top, width, height = map(int, parts)
    return Box(left, top, left + width, top + height)
