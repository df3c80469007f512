"""Moving pictures and those of several pages: each frame painted anew, in its time and order."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from forethought.media.buffer import Buffer, TooLargeError
from forethought.media.pictures.painting import MOST_PIXELS, canvas, painted, picture_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_FRAMES = 5_000
HOW: dict[str, dict[str, Any]] = {"GIF": {"disposal": 2}, "WEBP": {"quality": 92, "method": 4}}


def repainted(data: Buffer, form: str) -> bytes:
    """Return a picture painted anew, with all its frames, in this format of Pillow's.

    Raises TooLargeError or DamagedError.
    """
    with picture_of(data) as picture:
        if getattr(picture, "n_frames", 1) == 1:
            return painted(data, form)
        loop = {"loop": picture.info["loop"]} if "loop" in picture.info else {}
        frames, times = [], []
        for frame in each_frame(picture, MOST_PIXELS):
            frames.append(canvas(frame.convert("RGBA")))
            times.append(int(frame.info.get("duration", 0)))
        held = io.BytesIO()
        frames[0].save(held, form, save_all=True, append_images=frames[1:], duration=times, **loop, **HOW[form])
        return held.getvalue()


def each_frame(picture: "Image", most_pixels: int) -> Iterator["Image"]:
    """Yield a picture at each of its frames, not yet decoded. Raises TooLargeError."""
    left, count = most_pixels, 0
    for count in chain(range(MOST_FRAMES), [MOST_FRAMES]):
        try:
            picture.seek(count)
        except EOFError:
            return
        left -= picture.width * picture.height
        if left < 0 or picture.width * picture.height > MOST_PIXELS or count == MOST_FRAMES:
            raise TooLargeError("its frames have more pixels together than can be painted")
        yield picture
