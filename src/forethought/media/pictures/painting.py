"""Painting a picture anew on an empty canvas: upright, in plain colours, and with nothing but its pixels."""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from warnings import catch_warnings

from forethought.media.buffer import Buffer, DamagedError, TooLargeError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 100_000_000
ORIENTATION = 0x0112
TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip
QUALITY = {"JPEG": {"quality": 92, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 92, "method": 4}}


@contextmanager
def picture_of(data: Buffer) -> Iterator["Image"]:
    """Give a picture, not yet decoded. Raises TooLargeError or DamagedError, also while it is used."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        with catch_warnings(action="ignore"), Image.open(io.BytesIO(data[:])) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLargeError(f"it has {picture.width:,} by {picture.height:,} pixels, more than are opened here")
            yield picture
    except UnidentifiedImageError as error:
        raise DamagedError("it does not open as a picture") from error
    except (OSError, SyntaxError, ValueError, LookupError, EOFError, MemoryError, struct.error) as error:
        raise DamagedError("it does not open to its end as a picture") from error


def painted(data: Buffer, form: str) -> bytes:
    """Return a picture painted anew in this format of Pillow's."""
    with picture_of(data) as picture:
        held = io.BytesIO()
        canvas(picture).save(held, form, **QUALITY.get(form, {}))
        return held.getvalue()


def canvas(picture: "Image") -> "Image":
    """Return the pixels of a picture on a new canvas, turned upright, in the colours of sRGB."""
    from PIL import Image

    upright = in_plain_colours(turned(picture))
    fresh = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and (palette := upright.getpalette()):
        fresh.putpalette(palette)
    fresh.paste(upright)
    return fresh


def turned(picture: "Image") -> "Image":
    """Return a picture upright, as its orientation says; its other notes are not looked at."""
    from PIL import Image

    picture.load()
    way = TURNS.get(picture.getexif().get(ORIENTATION, 1))
    return picture.transpose(Image.Transpose[way]) if way else picture


def in_plain_colours(picture: "Image") -> "Image":
    """Return a picture in sRGB where its own profile says that it is in other colours."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    mode = {"CMYK": "RGB", "L": "L", "RGBA": "RGBA"}.get(picture.mode, "RGB")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture.convert(mode)
