"""Covering what is not to be seen in a picture: its pixels are painted over, in every frame, and the picture anew.

Black leaves nothing. Blurring leaves the average colours of a few large blocks, in coarse steps; for words and numbers
that can be too much, so black is the default and the advice.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from forethought.errors import ForethoughtError, UnknownNameError
from forethought.media.buffer import CannotCleanError
from forethought.media.pictures.frames import HOW, each_frame
from forethought.media.pictures.painting import MOST_PIXELS, QUALITY, canvas, picture_of
from forethought.media.seeing.regions import Box, Region
from forethought.media.seeing.upright import STRANGE, eight_bits

if TYPE_CHECKING:
    from PIL.Image import Image

Way = Literal["black", "blur"]
FORMS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "GIF", "WEBP": "WEBP", "BMP": "PNG"}
MOVING = frozenset({"PNG", "GIF", "WEBP"})
REACH = {"JPEG": 16, "WEBP": 16}  # pixels around a region into which its picture was spread when it was compressed
BLOCKS = 4  # of a blurred region, on its longer side
STEP = 32  # between the levels of colour that a block may have
MOST_REGIONS = 1_000


class CannotCoverError(ForethoughtError):
    """A picture of which nothing can be covered; the message says why, and that it is not to be posted."""

    def __init__(self, why: str) -> None:
        """Take the reason as the end of a sentence, such as `no region was named`."""
        super().__init__(f"cannot be covered, so do not post it: {why}.")
        self.why = why


def covered(data: bytes, regions: Sequence[Region], how: Way = "black") -> bytes:
    """Return a picture painted anew with some regions of it covered, and nothing else of the file.

    It stays of the same format where that is JPEG, PNG, GIF or WebP. Raises CannotCoverError or UnknownNameError.
    """
    if how not in get_args(Way):
        raise UnknownNameError("way of covering", how, get_args(Way))
    if not 0 < len(regions) <= MOST_REGIONS:
        raise CannotCoverError("too many regions were named" if regions else "no region of it was named")
    try:
        with picture_of(data) as picture:
            return _covered(picture, regions, how)
    except CannotCleanError as error:
        raise CannotCoverError(error.why) from error
    except STRANGE as error:
        raise CannotCoverError("it cannot be painted anew") from error


def _covered(picture: "Image", regions: Sequence[Region], how: Way) -> bytes:
    form = FORMS.get(picture.format or "")
    if form is None:
        raise CannotCoverError(f"pictures of the kind {picture.format} cannot be painted anew here")
    several = picture.format in MOVING and getattr(picture, "n_frames", 1) > 1
    frames, times = [], []
    for frame in each_frame(picture, MOST_PIXELS) if several else [picture]:
        fresh = _plain(frame)
        for box in _boxes(regions, fresh.size, REACH.get(form, 0)):
            _cover(fresh, box, how)
        frames.append(fresh)
        times.append(int(frame.info.get("duration", 0)))
    moving = {**HOW.get(form, {}), **_moving(picture, times), "append_images": frames[1:]} if several else {}
    held = io.BytesIO()
    frames[0].save(held, form, **{**QUALITY.get(form, {}), **moving})
    return held.getvalue()


def _moving(picture: "Image", times: list[int]) -> dict[str, Any]:
    loop = {"loop": picture.info["loop"]} if "loop" in picture.info else {}
    return {"save_all": True, "duration": times, **loop}


def _plain(frame: "Image") -> "Image":
    """Return a frame on a canvas of its own, in a mode that can be painted in every colour."""
    fresh = canvas(eight_bits(frame))
    wanted = "RGBA" if frame.has_transparency_data else "RGB"
    return fresh if fresh.mode == wanted else fresh.convert(wanted)


def _boxes(regions: Sequence[Region], size: tuple[int, int], reach: int) -> list[Box]:
    """Return regions in pixels, with what of them lies in the pixels around. Raises CannotCoverError."""
    return [_box(number, region, size).grown(reach, size) for number, region in enumerate(regions, 1)]


def _box(number: int, region: Region, size: tuple[int, int]) -> Box:
    try:
        box = region.in_pixels(size)
    except (ValueError, OverflowError) as error:
        raise CannotCoverError(f"region {number} is not given in numbers") from error
    if box.width <= 0 or box.height <= 0:
        raise CannotCoverError(f"region {number} has no width or no height")
    if box.left < 0 or box.top < 0 or box.right > size[0] or box.bottom > size[1]:
        raise CannotCoverError(
            f"region {number} reaches beyond the picture, which is {size[0]:,} by {size[1]:,} pixels"
        )
    return box


def _cover(picture: "Image", box: Box, how: Way) -> None:
    if how == "black":
        picture.paste((0, 0, 0, 255)[: len(picture.getbands())], box.edges)
    else:
        picture.paste(_blurred(picture.crop(box.edges)), box.edges)


def _blurred(part: "Image") -> "Image":
    """Return a part of a picture of which only the averages of a few blocks are left, in coarse steps, and smoothed."""
    from PIL import Image

    longer = max(part.size)
    across, down = (max(1, round(side * BLOCKS / longer)) for side in part.size)
    averages = part.convert("RGB").resize((across, down), Image.Resampling.BOX)
    coarse = averages.point(lambda level: min(255, (level + STEP // 2) // STEP * STEP))
    return coarse.resize(part.size, Image.Resampling.BICUBIC).convert(part.mode)
