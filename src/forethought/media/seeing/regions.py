"""Stretches of a picture as it is seen upright: in pixels, or as shares of its width and height."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch in pixels, from its left and top up to its right and bottom, as Pillow counts them."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """The four edges in Pillow's order."""
        return self.left, self.top, self.right, self.bottom

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    def in_pixels(self, _size: tuple[int, int]) -> "Box":
        """Return it as it is."""
        return self

    def grown(self, by: int, size: tuple[int, int]) -> "Box":
        """Return it larger on every side, as far as the picture reaches."""
        width, height = size
        left, top = max(0, self.left - by), max(0, self.top - by)
        return Box(left, top, min(width, self.right + by), min(height, self.bottom + by))


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch in shares of the picture's width and height, each from 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    def in_pixels(self, size: tuple[int, int]) -> Box:
        """Return every pixel that it touches. Raises ValueError or OverflowError where it has no numbers."""
        width, height = size
        return Box(
            floor(self.left * width), floor(self.top * height), ceil(self.right * width), ceil(self.bottom * height)
        )


Region = Box | Share


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of some boxes."""
    lefts, tops, rights, bottoms = zip(*(box.edges for box in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
