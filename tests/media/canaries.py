"""Whether a canary still lies in a file: in its bytes, its packed streams or its members, however it is written."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image, ImageOps

from forethought.media.buffer import changed
from forethought.media.format import Format, Wishes

CANARY = "kestrel"
WRITTEN = (CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be"), CANARY.encode().hex().encode())
STREAM = re.compile(rb"x[\x01\x5e\x9c\xda]")


def copy_of(form: Format, data: bytes, wishes: Wishes = Wishes()) -> bytes:  # noqa: B008 (it never changes)
    """Return the copy that a format makes."""
    return b"".join(changed(data, form.clean(data, wishes)))


def sings(data: bytes) -> bool:
    """Tell whether a canary lies anywhere in these bytes."""
    return any(word.lower() in stretch.lower() for stretch in stretches(data) for word in WRITTEN)


def stretches(data: bytes, deep: int = 3) -> Iterator[bytes]:
    """Yield the bytes, and what each stream and member unpacks to."""
    yield data
    for found in STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.start() :])
        except zlib.error:
            continue
    if data[:2] == b"\x1f\x8b" and deep:
        yield from stretches(zlib.decompress(data, 31), deep - 1)
    if data[:4] == b"PK\3\4" and deep:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from stretches(archive.read(name), deep - 1)


def upright(data: bytes) -> list[bytes]:
    """Return the pixels of every frame as a person sees them."""
    with Image.open(io.BytesIO(data)) as image:
        frames = []
        for number in range(1 if image.format == "MPO" else getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(ImageOps.exif_transpose(image).convert("RGBA").tobytes())
        return frames
