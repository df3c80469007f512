"""A picture as a person sees it: upright, on white, in plain colours, and small enough to be looked into."""

import struct
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from forethought.errors import ForethoughtError
from forethought.media.buffer import CannotCleanError, opened
from forethought.media.pictures.exif import ORIENTATION
from forethought.media.pictures.painting import in_plain_colours, picture_of, turned
from forethought.media.seeing.regions import Box

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 200 << 20
ENOUGH_PIXELS = 3_000_000  # a page that is photographed with 12 million pixels can still be read in so many
LONGEST = 8_000  # pixels on a side
MOST_SHARES = 64  # times that a picture may be longer than it is wide
HALVED = 2.0  # how much larger than wanted a picture may be when it is made smaller quickly, before it is done well
# What Pillow raises on damaged pictures, besides what `picture_of` makes one error of.
STRANGE = (struct.error, LookupError, TypeError, RuntimeError, ArithmeticError, AttributeError, AssertionError)
SIDEWAYS = frozenset({5, 6, 7, 8})  # orientations that swap width and height


class CannotSeeError(ForethoughtError):
    """A picture that cannot be looked into; the message says why."""

    def __init__(self, why: str) -> None:
        """Take the reason as the end of a sentence, such as `it does not open as a picture`."""
        super().__init__(why)

    @property
    def why(self) -> str:
        """The reason."""
        return str(self.args[0])

    def __str__(self) -> str:
        return f"cannot be looked into: {self.why}."


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture to be looked into: its pixels, made smaller where it is large, its own size, and its frames."""

    image: "Image"
    size: tuple[int, int]
    frames: int = 1

    def full(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return where a stretch of `image` lies in the picture at its own size."""
        across, down = self.size[0] / self.image.width, self.size[1] / self.image.height
        edges = (round(left * across), round(top * down), round(right * across), round(bottom * down))
        width, height = self.size
        left, top = min(max(0, edges[0]), width - 1), min(max(0, edges[1]), height - 1)
        return Box(left, top, max(left + 1, min(width, edges[2])), max(top + 1, min(height, edges[3])))


def upright(source: Path | bytes) -> Upright:
    """Return the first frame of a picture, to be looked into. Raises CannotSeeError."""
    try:
        if isinstance(source, bytes):
            return _upright(source)
        with opened(source) as data:
            return _upright(data[: MOST_BYTES + 1])
    except CannotCleanError as error:
        raise CannotSeeError(error.why) from error
    except STRANGE as error:
        raise CannotSeeError("it does not open as a picture") from error
    except OSError as error:
        raise CannotSeeError(f"it does not open ({error.strerror or 'unknown reason'})") from error
    except ValueError as error:  # an empty file cannot be mapped
        raise CannotSeeError("there is nothing in it") from error


def _upright(data: bytes) -> Upright:
    if len(data) > MOST_BYTES:
        raise CannotSeeError("it is larger than pictures are")
    with picture_of(data) as picture:
        if max(picture.size) > MOST_SHARES * min(picture.size):
            raise CannotSeeError("it is too narrow for a photograph or a screen")
        frames = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
        is_sideways = picture.format != "TIFF" and picture.getexif().get(ORIENTATION) in SIDEWAYS  # Pillow turns TIFFs
        size = picture.size[::-1] if is_sideways else picture.size
        picture.draft("RGB", looked_at(picture.size))  # a JPEG need not be decoded at its full size
        return Upright(_on_white(_plain(picture)), size, frames)


def _plain(picture: "Image") -> "Image":
    """Return a picture upright and no larger than it is looked at, in the colours of sRGB."""
    from PIL import Image

    seen = eight_bits(turned(picture))
    if seen.mode in ("1", "P", "PA", "La", "RGBa"):
        seen = seen.convert("RGBA")
    return in_plain_colours(seen.resize(looked_at(seen.size), Image.Resampling.LANCZOS, reducing_gap=HALVED))


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def eight_bits(picture: "Image") -> "Image":
    """Return a picture of deeper greys with eight bits each, and any other as it is."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda level: level / 256).convert("L")
    return picture.convert("L") if picture.mode in ("I", "F") else picture


def looked_at(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which a picture of this size is looked into."""
    scale = min(1.0, sqrt(ENOUGH_PIXELS / (size[0] * size[1])), LONGEST / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
