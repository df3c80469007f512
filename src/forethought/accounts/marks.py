"""Marks by which an e-mail address, a phone number or a picture is known again and cannot be read back."""

import hmac
import re
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from forethought.media.buffer import DamagedError
from forethought.media.pictures.painting import picture_of, turned
from forethought.vault.fingerprints import fingerprint

if TYPE_CHECKING:
    from PIL.Image import Image

WIDE, HIGH, BANDS = 8, 8, 4  # steps from light to dark across a picture, its rows, and the stretches of rows
STEP = 3  # of 255: a step that is smaller is noise
SAME = 3  # bands that two pictures share before they count as the same
OPENED = frozenset({"AVIF", "BMP", "GIF", "HEIF", "JPEG", "MPO", "PNG", "TIFF", "WEBP"})  # Pillow's names of formats
DIGITS = 20  # hexadecimal digits of a band's mark
ABROAD = re.compile(r"^(?:\+|00)\d\d")  # the code of a country, as of +44 or 0044
KEPT = re.compile(r"[^\d+]")


def email_mark(address: str, key: bytes) -> str:
    """Return the mark of an e-mail address under a vault's key; capitals and signs do not matter."""
    return fingerprint(key, f"email {address}") if address.strip() else ""


def phone_mark(number: str, key: bytes) -> str:
    """Return the mark of a phone number, the same with a country's code of two digits and with a nought."""
    digits = ABROAD.sub("", KEPT.sub("", number.replace("(0)", ""))).lstrip("0")
    return fingerprint(key, f"phone {digits}") if digits else ""


def photo_mark(picture: bytes, key: bytes) -> str:
    """Return the mark of a picture's look: where it grows darker from left to right, in bands, each under the key.

    It lasts through another size, format or quality, and a crop to a square from the middle. It does not last through
    another crop, a mirror or a filter, and two plain pictures may share it. Raises media's CannotCleanError where the
    picture does not open.
    """
    from forethought.media.apart import Apart  # brings all formats of files along

    with Apart() as apart:  # a picture from elsewhere is hostile input
        steps = apart.ask(steps_of, picture)
    size = len(steps) // BANDS
    bands = (steps[start : start + size] for start in range(0, len(steps), size))
    marks = (hmac.new(key, f"photo {n} ".encode() + bytes(band), sha256) for n, band in enumerate(bands))
    return " ".join(mark.hexdigest()[:DIGITS] for mark in marks)


def steps_of(picture: bytes) -> list[bool]:
    """Return where a picture grows darker, row by row. Raises CannotCleanError for what is no usual picture."""
    with picture_of(picture) as opened:
        if opened.format not in OPENED:  # for others, Pillow may start another program
            raise DamagedError("it is not a picture of a usual kind")
        return _steps(_small(turned(opened)))


def same_photo(one: str, other: str) -> bool:
    """Return whether two marks are likely those of one picture."""
    return sum(a == b for a, b in zip(one.split(), other.split(), strict=False)) >= SAME


def _small(picture: "Image") -> "Image":
    """Return the square in the middle of a picture, in grey and a few dots wide; what shows through is white."""
    from PIL import Image, ImageOps

    clear = picture.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    grey = Image.alpha_composite(white, clear).convert("L")
    return ImageOps.fit(grey, (WIDE + 1, HIGH), Image.Resampling.BOX)


def _steps(small: "Image") -> list[bool]:
    dots, across = small.tobytes(), WIDE + 1
    rows = (dots[at : at + across] for at in range(0, len(dots), across))
    return [left - right > STEP for row in rows for left, right in pairwise(row)]
