"""Makes the sound and pictures that makers of films and sound files hide canaries in, with ffmpeg where it is."""

import struct
import subprocess
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

CANARY = "kestrel"
FFMPEG = which("ffmpeg")
NEEDS = "ffmpeg is not installed, which makes and decodes these"
TAGS = {
    "title": f"{CANARY}-title", "artist": f"{CANARY}-artist", "comment": f"{CANARY}-comment",
    "location": "+51.4500-002.5800/", "date": "2026-05-03", "encoded_by": f"{CANARY}-encoder",
}  # fmt: skip
TONE, TEST = "sine=440:duration=1", "testsrc=duration=1:size=64x48:rate=10"


@cache
def made(suffix: str, *arguments: str, picture: bool = False, inputs: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """Return a file that ffmpeg makes of a tone, a test picture where that is wanted, and files beside them."""
    with TemporaryDirectory() as folder:
        command = [FFMPEG or "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", TONE]
        command += ["-f", "lavfi", "-i", TEST] if picture else []
        for name, data in inputs:
            (Path(folder) / name).write_bytes(data)
            command += ["-i", str(Path(folder) / name)]
        maps = [part for number in range(1 + picture + (len(inputs) > 0)) for part in ("-map", str(number))]
        target = Path(folder) / f"made.{suffix}"
        tags = [part for name, value in TAGS.items() for part in ("-metadata", f"{name}={value}")]
        subprocess.run([*command, *maps, *tags, *arguments, str(target)], check=True, timeout=60)
        return target.read_bytes()


def decoded(data: bytes, suffix: str) -> list[str]:
    """Return the sums of every frame of picture and sound, as ffmpeg decodes them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"held.{suffix}"
        path.write_bytes(data)
        command = [FFMPEG or "ffmpeg", "-v", "error", "-i", str(path), "-map", "0:V?", "-map", "0:a?"]
        done = subprocess.run([*command, "-f", "framemd5", "-"], check=True, capture_output=True, text=True, timeout=60)
        return [line for line in done.stdout.splitlines() if not line.startswith("#")]


def samples(count: int = 800) -> bytes:
    """Return samples of 16 bits that differ."""
    return struct.pack(f"<{count}h", *((number * 37) % 4_001 - 2_000 for number in range(count)))
