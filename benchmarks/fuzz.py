"""Attack the cleaning of files with damaged ones, and count what is cleaned, what refused, and what goes wrong.

    benchmarks/fuzz.py [--count N] [--seed N] [--only FORMAT] [--jobs N] [--keep FOLDER] [--save]

A fault is another error than a refusal, more than 5 seconds or 1 GB, a half-written file, or a copy called clean in
which a canary is left, or which other programs cannot open though they opened the file. `--save` writes the table to
the documentation.
"""

import argparse
import io
import logging
import multiprocessing
import multiprocessing.connection
import os
import pkgutil
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "media"))

from canaries import CANARY, WRITTEN, stretches  # type: ignore[import-not-found]
from makers.every import EVERY  # type: ignore[import-not-found]
from mutations import damaged, overwritten

from forethought.errors import ForethoughtError
from forethought.media import formats
from forethought.media.apart import MEMORY
from forethought.media.cleaning import clean, look
from forethought.media.recognise import format_of, recognise

SECONDS, WATCH = 5, 40
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "media-fuzz.md"
SUFFIXES = (*"jpg png gif webp heic mp4 mkv avi mp3 wav flac ogg pdf docx xlsx pptx odt epub txt exe".split(), "")
OFFICE = ("word", "sheets", "deck", "odf", "epub")
PICTURES = ("jpeg", "png", "gif", "webp", "heif")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one input: cleaned, refused, or the fault in words."""

    number: int
    name: str
    outcome: str
    seconds: float = 0
    bytes: int = 0


@dataclass(slots=True)
class Tally:
    """What came of the inputs of one format."""

    inputs: int = 0
    cleaned: int = 0
    refused: int = 0
    faults: int = 0
    slowest: float = 0
    most: int = 0
    worst: dict[str, int] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one more."""
        self.inputs += 1
        self.cleaned += result.outcome == "cleaned"
        self.refused += result.outcome == "refused"
        self.faults += result.outcome not in ("cleaned", "refused")
        self.slowest, self.most = max(self.slowest, result.seconds), max(self.most, result.bytes)


@dataclass(frozen=True, slots=True)
class Input:
    """A damaged file: of which format it was, its suffix, its bytes, and whether bytes may lie elsewhere in it."""

    kind: str
    suffix: str
    data: bytes
    is_moved: bool


def made(seed: int, number: int, names: list[str], files: dict[str, bytes]) -> Input:
    """Return an input; the same for the same seed and number."""
    chance = Random(f"{seed} {number}")
    name = names[number % len(names)]
    kind = name.partition(":")[0]
    kin = [each for each in files if each.startswith(kind + ":")]
    other = silenced(files[chance.choice(kin if chance.random() < 0.6 else list(files))])
    is_moved = kind in (*OFFICE, "pdf") or chance.random() < 0.5
    data = damaged(files[name], other, chance) if is_moved else overwritten(files[name], chance)
    return Input(kind, chance.choice(SUFFIXES), data, is_moved)


def silenced(data: bytes) -> bytes:
    """Return a file that lends pieces, whose canaries may come to stand where they are seen."""
    for word in WRITTEN:
        data = data.replace(word, word[::-1])
    return data


def tried(given: Input, folder: Path) -> str:
    """Return what comes of one input."""
    path, out = folder / f"in.{given.suffix}", folder / "out"
    path.write_bytes(given.data)
    try:
        look(path)
        copy = clean(path, out).copy
        text = copy.read_bytes() if copy else b""
        left = [each.name for each in out.iterdir() if each != copy] if out.exists() else []
    except ForethoughtError as error:
        return f"not refused as a file: {error}"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-3:]
        return f"{type(error).__name__}: {error} at {[f'{Path(each.filename).name}:{each.lineno}' for each in at]}"
    finally:
        path.unlink()
        for each in out.glob("*"):
            each.unlink()
    if left:
        return f"left behind: {left}"
    return (_wrong(given, text) or "cleaned") if copy else "refused"


def _wrong(given: Input, copy: bytes) -> str:
    """Return what is wrong with a copy that is called clean, if anything.

    Where bytes of sound, film or pictures lie elsewhere than before, a canary may have become sound or pixels.
    """
    for stretch in stretches(copy) if given.kind in (*OFFICE, "pdf") or not given.is_moved else ():
        for word in WRITTEN:
            if word.lower() in stretch.lower() and CANARY not in " ".join(recognise(copy).shown(copy)):
                at = stretch.lower().find(word.lower())
                return f"a canary is left: {stretch[max(0, at - 20) : at + 40]!r}"
    if opens(given.data, given.kind) and not opens(copy, given.kind):
        return "the copy does not open, and the file does"
    return ""


def opens(data: bytes, kind: str) -> bool:
    """Tell whether another program opens these bytes; true where none is asked."""
    with suppress(Exception):
        if kind in PICTURES and recognise(data).kind == "picture":
            from PIL import Image

            with Image.open(io.BytesIO(data)) as picture:
                picture.load()
        elif data[:5] == b"%PDF-":
            import pikepdf

            with pikepdf.open(io.BytesIO(data)) as pdf:
                return len(pdf.pages) >= 0
        elif kind in OFFICE:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.testzip() is None
        return True
    return False


def work(line: Any, seed: int, names: list[str], files: dict[str, bytes]) -> None:
    """Answer what comes of each number that is asked for, until none is."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries in C say of a damaged file
    logging.disable()
    warnings.simplefilter("ignore")
    os.nice(5)
    with tempfile.TemporaryDirectory() as folder, suppress(EOFError):
        while True:
            number = line.recv()
            given = made(seed, number, names, files)
            with suppress(OSError):
                Path("/proc/self/clear_refs").write_text("5")
            signal.alarm(WATCH)  # ends the process, whatever it is doing
            start = time.process_time()
            outcome = tried(given, Path(folder))
            took, held = time.process_time() - start, peak()
            signal.alarm(0)
            if took > SECONDS:
                outcome = f"took {took:.1f} s ({outcome})"
            line.send(Result(number, given.kind, outcome, took, held))


def peak() -> int:
    """Return the most memory that this process has held since that was last set back, in bytes."""
    with suppress(OSError):
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) << 10
    return 0


class Worker:
    """A process that tries inputs, started anew when one ends it."""

    def __init__(self, *given: Any) -> None:
        self.given, self.number = given, -1
        self._start()

    def _start(self) -> None:
        self.line, other = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=work, args=(other, *self.given), daemon=True)
        self.process.start()
        other.close()

    def ask(self, number: int | None) -> bool:
        """Ask for one input, and tell whether there was one to ask for."""
        if number is not None:
            self.number = number
            self.line.send(number)
        return number is not None

    def answer(self) -> Result:
        """Return what came of the input asked for."""
        try:
            result: Result = self.line.recv()
            return result
        except EOFError:
            self.process.join()
            _, names, _ = self.given
            name, status = names[self.number % len(names)].partition(":")[0], self.process.exitcode
            self._start()
            return Result(self.number, name, f"ended the process with status {status}", WATCH)


def results(numbers: Iterator[int], jobs: int, *given: Any) -> Iterator[Result]:
    """Yield what comes of each input, as they come."""
    workers = [Worker(*given) for _ in range(jobs)]
    busy = [worker for worker in workers if worker.ask(next(numbers, None))]
    while busy:
        ready = multiprocessing.connection.wait([worker.line for worker in busy])
        for worker in [worker for worker in busy if worker.line in ready]:
            yield worker.answer()
            if not worker.ask(next(numbers, None)):
                busy.remove(worker)


def table(tallies: dict[str, Tally]) -> str:
    """Return the table in Markdown."""
    total = Tally()
    rows = ["| format | inputs | cleaned | refused | faults | slowest | most memory |", "|---|--:|--:|--:|--:|--:|--:|"]
    for each in tallies.values():
        for name in ("inputs", "cleaned", "refused", "faults"):
            setattr(total, name, getattr(total, name) + getattr(each, name))
        total.slowest, total.most = max(total.slowest, each.slowest), max(total.most, each.most)
    for name, each in [*sorted(tallies.items()), ("all", total)]:
        counts = f"{each.inputs:,} | {each.cleaned:,} | {each.refused:,} | {each.faults:,}"
        rows.append(f"| {name} | {counts} | {each.slowest:.2f} s | {each.most / 2**20:,.0f} MB |")
    return "\n".join(rows)


def main() -> None:
    """Try the inputs, print the faults as they come and the table at the end, and save it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--only", default="", metavar="FORMAT", help="such as png")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the inputs that show a fault here")
    parser.add_argument("--save", action="store_true", help=f"write the table to {PAGE.name}")
    given = parser.parse_args()
    for each in pkgutil.iter_modules(formats.__path__):  # before others may change them
        format_of(each.name)
    files = {name: make() for name, make in EVERY.items()}
    names = [name for name in files if name.startswith(given.only)]
    tallies = {name.partition(":")[0]: Tally() for name in names}
    for result in results(iter(range(given.count)), given.jobs, given.seed, names, files):
        tallies[result.name].add(result)
        if result.outcome not in ("cleaned", "refused"):
            print(f"{result.name} {result.number}: {result.outcome}", flush=True)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                data = made(given.seed, result.number, names, files).data
                (given.keep / f"{result.name}-{given.seed}-{result.number}").write_bytes(data)
    print(table(tallies))
    if given.save:
        PAGE.write_text(page(given.count, given.seed, tallies), encoding="utf-8")


def page(count: int, seed: int, tallies: dict[str, Tally]) -> str:
    """Return the page of the documentation."""
    return f"""# Damaged files and the cleaning of files

Written by `python benchmarks/fuzz.py --count {count} --seed {seed} --save`: files of every kind that is cleaned, each
damaged at random, in their bytes or in what lies packed inside them. Each must be cleaned or refused. A fault is
anything else: an error, more than {SECONDS} seconds or 1 GB, a half-written file, something planted that is left in a
copy called clean, or a copy that other programs cannot open though they opened the file.

{table(tallies)}

Damage can change what a thing is: where the size of a recording's sound grows over a note behind it, every program
plays the note as sound, and where the name of an element in a document changes, its words are no longer of a kind that
is hidden. Such inputs are counted as faults too.
"""


if __name__ == "__main__":
    main()
