"""Makes PNGs as screens, editors and phones write them, with a canary in every hidden field."""

import zlib
from collections.abc import Callable

from PIL import PngImagePlugin

from forethought.media.formats.png import written
from makers.pictures import CANARY, camera_notes, picture, profile, saved, xmp_packet


def with_chunks(png: bytes, *chunks: bytes, after: bytes = b"") -> bytes:
    """Return a PNG with more chunks behind its header, and bytes after its end."""
    return png[:33] + b"".join(chunks) + png[33:] + after


def plain() -> bytes:
    """Return a PNG that gives nothing away."""
    return saved(picture("RGBA"), "PNG")


def screenshot() -> bytes:
    """Return a screenshot: texts of all three kinds, a time, a profile, and what a crop left after the end."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", f"{CANARY}-author")
    texts.add_text("Software", f"{CANARY}-software", zip=True)
    texts.add_itxt("Comment", f"{CANARY}-ünïcode", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", xmp_packet().decode())
    png = saved(picture(), "PNG", pnginfo=texts, icc_profile=profile(f"{CANARY} screen"))
    earlier = zlib.compress(f"{CANARY}-cropped".encode() * 20)
    return with_chunks(png, written(b"tIME", bytes([7, 234, 5, 3, 14, 10, 0])), after=earlier + CANARY.encode())


def converted() -> bytes:
    """Return what a converter wrote: EXIF as a chunk and as digits in a text, and chunks of its own."""
    block = camera_notes(1).tobytes()
    digits = f"\nexif\n{len(block):8}\n{block.hex()}\n"
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Raw profile type exif", digits, zip=True)
    png = saved(picture("L"), "PNG", pnginfo=texts, exif=camera_notes(1))
    return with_chunks(png, written(b"caBX", f"{CANARY}-claims".encode()), written(b"prVW", CANARY.encode()))


def moving() -> bytes:
    """Return a moving picture with a text."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", f"{CANARY}-title")
    frames = [picture().rotate(turn) for turn in (90, 180)]
    return saved(picture(), "PNG", pnginfo=texts, save_all=True, append_images=frames, duration=120, loop=2)


def sideways() -> bytes:
    """Return a picture that is to be turned."""
    return saved(picture(), "PNG", exif=camera_notes(8))


FILES: dict[str, Callable[[], bytes]] = {
    "screenshot": screenshot, "converted": converted, "moving": moving, "sideways": sideways,
}  # fmt: skip
