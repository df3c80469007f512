"""Photos to clean, and how long that takes here and with the cleaners that people know, where these are installed."""

import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from forethought.media.cleaning import clean
from forethought.media.format import Wishes

SIZE = (4_032, 3_024)  # 12 megapixels, as phones take them
ROUNDS = 5
MANY = 100


def photo() -> bytes:
    """Return a photo of 12 megapixels with a place, a name and a small picture in it."""
    from PIL import Image

    seed = random.Random(1)
    grain = Image.frombytes("L", (504, 378), seed.randbytes(504 * 378)).resize(SIZE)
    picture = Image.merge(
        "RGB", (grain, Image.linear_gradient("L").resize(SIZE), Image.radial_gradient("L").resize(SIZE))
    )
    notes = Image.Exif()
    notes[0x010F], notes[0x013B], notes[0x0112] = "Maker", "Somebody", 6
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 0.0), 3: "W", 4: (2.0, 35.0, 0.0)})
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=90, exif=notes)
    return made.getvalue()


def measured() -> Iterator[tuple[str, float, float | None]]:
    """Yield what was done, its median time in seconds, and the most that is in budget."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        path.write_bytes(photo())
        yield "clean a 12 MP JPEG, pixels kept", median(lambda n: clean(path, Path(folder) / f"e{n}")), 0.4
        repaint = Wishes(repaint=True)
        yield "clean a 12 MP JPEG, painted anew", median(lambda n: clean(path, Path(folder) / f"p{n}", repaint)), 1.5
        yield from others(path)
        yield f"clean {MANY} photos, one command", hundred(path), None


def others(path: Path) -> Iterator[tuple[str, float, float | None]]:
    """Yield how long the whole command takes here, and with ExifTool and mat2, where they are."""
    out = path.parent / "out"
    command = str(Path(sys.executable).with_name("forethought"))
    yield "forethought clean, the same JPEG, cold", median(lambda n: run(command, "clean", path, "--out", out)), None
    if shutil.which("exiftool"):
        told = ("exiftool", "-q", "-all=", "-o")
        yield "exiftool -all=, the same JPEG, cold", median(lambda n: run(*told, path.parent / f"x{n}.jpg", path)), None
    if shutil.which("mat2"):
        yield "mat2, the same JPEG, cold", median(lambda n: run("mat2", path)), None


def hundred(path: Path) -> float:
    """Return how many seconds a hundred photos take in one command."""
    folder = path.parent / "many"
    folder.mkdir()
    for number in range(MANY):
        shutil.copy(path, folder / f"{number}.jpg")
    begun = time.perf_counter()
    run(str(Path(sys.executable).with_name("forethought")), "clean", folder, "--out", path.parent / "cleaned")
    return time.perf_counter() - begun


def median(action: Callable[[int], object]) -> float:
    """Return the median time in seconds of an action that is given a number, so that it can write where none did."""
    taken = []
    for number in range(ROUNDS):
        begun = time.perf_counter()
        action(number)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[ROUNDS // 2]


def run(*words: object) -> None:
    """Run a command that has to end well."""
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
