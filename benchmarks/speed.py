"""Measure how fast, how small and how right Forethought is, and how that changed since the last saved run.

    benchmarks/speed.py [--save] [--posts N ...] [--labels FOLDER]

Times are wall-clock medians; memory is the peak of the process measured. Budgets are for two x86-64 cores.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk import PAGES, begin, draft, visit

if TYPE_CHECKING:
    from forethought.review import ReaderName

HERE = Path(__file__).parent
RESULTS = HERE / "results"
LABELS = HERE.parents[1] / "shared" / "benchmark"
COMMAND = (str(Path(sys.executable).with_name("forethought")),)
WARM_ROUNDS, COLD_ROUNDS, DESK_ROUNDS = 500, 9, 25
READERS: "dict[ReaderName, tuple[float, float]]" = {"learned": (15, 0.6), "lexical": (3, 0.2)}  # warm in ms, cold in s

DRAFT = (
    "Three new places on my Thursday evening group for people living with loss, from March at the usual rooms. "
    "You can read how it works, what it costs and who runs it on the website, and there is no need to decide before "
    "we have talked. If you need help now, ring 116 123 at any time."
)
POSTS = (
    "Session {n} of the week done and I could not stop thinking about my client from Leeds on the train home.",
    "New blog post number {n}: what to ask in a first session, and how to tell whether a therapist suits you.",
    "Does anyone else find that January {n} brings more enquiries than the rest of the winter put together?",
    "I guarantee you will be free of panic in {n} days with my method, or your money back.",
    "Walked {n} miles along the canal with the dog. Herons, drizzle, flask of tea.",
    "Reading list {n} for trainees: attachment, endings, and how supervision changes what we hear.",
    "You are wrong, as usual, and everyone in thread {n} can see what kind of person you are.",
    "Workshop {n} is full; there is a waiting list for the autumn. Thank you to everyone who asked.",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its name, value, unit, and the most (or, for a rate, the least) that is in budget."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    more_is_better: bool = False

    @property
    def kept(self) -> str:
        """Say whether the figure is within its budget, or nothing where it has none."""
        if self.budget is None:
            return ""
        return "yes" if (self.value >= self.budget if self.more_is_better else self.value <= self.budget) else "NO"


def median_seconds(action: Callable[[], object], rounds: int) -> float:
    """Return the median time of `action` in seconds, after one round that does not count."""
    action()
    return statistics.median(seconds(action) for _ in range(rounds))


def seconds(action: Callable[[], object]) -> float:
    """Return how long `action` takes once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def warm() -> Iterator[Measure]:
    """Measure a check inside a program that has already loaded everything."""
    from forethought.guidance import load
    from forethought.reading import Draft
    from forethought.review import review

    draft, guidance = Draft(DRAFT), load()
    for reader, budget in READERS.items():
        took = median_seconds(partial(review, draft, guidance, reader), WARM_ROUNDS)
        yield Measure(f"{reader} review of {len(DRAFT)} characters, warm", took * 1000, "ms", budget[0])


def cold() -> Iterator[Measure]:
    """Measure whole commands, from the start of the process to its end."""
    checks = [
        (f"check, {reader}", ("check", "--reader", reader, DRAFT), budget[1]) for reader, budget in READERS.items()
    ]
    for name, words, budget in (*checks, ("--help", ("--help",), 0.15)):
        took = median_seconds(partial(run, words), COLD_ROUNDS)
        yield Measure(f"forethought {name}, cold", took, "s", budget)


def run(words: tuple[str, ...]) -> None:
    """Run one command; a status above 1 means that it did not do its work."""
    if subprocess.run([*COMMAND, *words], stdout=subprocess.DEVNULL, check=False).returncode > 1:
        raise SystemExit(f"forethought {words[0]} did not run.")


def many(sizes: list[int]) -> Iterator[Measure]:
    """Measure speed and peak memory over long files of posts; memory should not grow with the file."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.jsonl"
            write_posts(path, size)
            took, peak = stream(path)
            yield Measure(f"{size:,} posts, speed", size / took, "posts/s", 250, more_is_better=True)
            yield Measure(f"{size:,} posts, peak memory", peak, "MB", 400)


def write_posts(path: Path, size: int) -> None:
    """Write `size` posts, no two alike, one JSON record a line."""
    texts = (POSTS[n % len(POSTS)].format(n=n) for n in range(size))
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))


def stream(path: Path) -> tuple[float, float]:
    """Check a file of posts in a process of its own; return its seconds and its peak memory in MB.

    Wait for that one process by its id, because the usual figure for children is the highest of any so far.
    """
    start = time.perf_counter()
    words = [*COMMAND, "check", "--posts", str(path), "--format", "jsonl"]
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:
        raise SystemExit(f"forethought check --posts ended with status {child.returncode}.")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return time.perf_counter() - start, usage.ru_maxrss / unit


def quality(labels: Path) -> Iterator[Measure]:
    """Score the checker on labelled posts, where a folder of them with its `score.py` is at hand."""
    posts, scorer = labels / "example_posts.jsonl", labels / "score.py"
    if not scorer.exists():
        print(f"No labelled posts in {labels}, so quality is not measured.")
        return
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        with reports.open("w", encoding="utf-8") as out:
            subprocess.run([*COMMAND, "check", "--posts", posts, "--format", "jsonl"], stdout=out, check=False)
        scored = subprocess.run([sys.executable, scorer, posts, reports, "--json"], capture_output=True, check=True)
    yield from figures(json.loads(scored.stdout))


def figures(scores: dict[str, Any]) -> Iterator[Measure]:
    """Yield the shares and other plain numbers among a scorer's answers, leaving its tables by rule aside."""
    for name, value in scores.items():
        number = value.get("share") if isinstance(value, dict) else value
        if isinstance(number, int | float):
            yield Measure(name.replace("_", " "), number, "")


def desk() -> Iterator[Measure]:
    """Measure the desk: its first page from the start of the process, then every page and the check as one types."""
    with visit() as (visitor, first):
        yield Measure("desk, start to first page", first, "s", 0.7)
        begin(visitor)
        pages = [statistics.median(visitor.seconds(page) for _ in range(DESK_ROUNDS)) for page in PAGES]
        yield Measure("desk, slowest page", max(pages) * 1000, "ms", 50)
        checks = statistics.median(visitor.seconds("/check/", **draft(DRAFT)) for _ in range(DESK_ROUNDS))
        yield Measure(f"desk, check of {len(DRAFT)} characters", checks * 1000, "ms", 150)


def photos() -> Iterator[Measure]:
    """Measure how long a photo takes to be cleaned, here and with other cleaners."""
    from photos import measured

    for name, took, budget in measured():
        yield Measure(name, took, "s", budget)


def last_saved() -> dict[str, float]:
    """Return the figures of the newest saved run, by name; none where nothing was saved."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in RESULTS.glob("*.json")]
    newest: dict[str, Any] = max(runs, key=lambda each: str(each["measured"]), default={"measures": {}})
    return {name: entry["value"] for name, entry in newest["measures"].items()}


def save(measures: list[Measure]) -> Path:
    """Write the figures under the version that they belong to and return where."""
    from forethought import __version__

    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{__version__}.json"
    record = {
        "version": __version__,
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "measures": {each.name: {"value": round(each.value, 4), "unit": each.unit} for each in measures},
    }
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return path


def row(measure: Measure, before: float | None) -> str:
    """Lay out one line of the table."""
    change = f"{(measure.value / before - 1):+.0%}" if before else ""
    budget = "" if measure.budget is None else f"{measure.budget:g}"
    value = f"{measure.value:,.0f}" if measure.value >= 100 else f"{measure.value:.3g}"
    return f"{measure.name:<46}{value:>11} {measure.unit:<8}{budget:>7} {measure.kept:>7} {change:>7}"


def main() -> None:
    """Measure, print the table as the figures come, and save them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", action="store_true", help="keep the figures as those of this version")
    parser.add_argument("--posts", type=int, nargs="*", default=[20_000, 100_000], metavar="N")
    parser.add_argument("--labels", type=Path, default=LABELS, metavar="FOLDER")
    given = parser.parse_args()
    before, measures = last_saved(), []
    print(f"{'measure':<46}{'value':>11} {'unit':<8}{'budget':>7} {'kept':>7} {'change':>7}")
    # Long runs come first: a child's peak counts what its parent held when it began, and this process is still small.
    for measure in chain(many(given.posts), cold(), desk(), photos(), warm(), quality(given.labels)):
        measures.append(measure)
        print(row(measure, before.get(measure.name)), flush=True)
    if given.save:
        print(f"Saved as {save(measures).relative_to(HERE.parent)}.")


if __name__ == "__main__":
    main()
