"""Measure the footprint: how fast exports are read into the vault and reviewed, in how much memory, and threads found.

    python benchmarks/footprint.py [--posts N ...] [--reviewed N] [--reader lexical]

Posts are those of the timelines in `training/timelines`, again and again with a number added so that no two are alike.
Each size is measured in a process of its own; growth from one size to the next should be near the growth in posts.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TIMELINES = Path(__file__).parents[1] / "training" / "timelines"
PASSPHRASE = "teapot lantern gravel moth"
MB = 1024  # kilobytes, which is what the system counts in


def main() -> None:
    """Measure each size, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--posts", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--reviewed", type=int, default=1_000, help="how many are reviewed, since that takes longest")
    asked.add_argument("--reader", choices=("learned", "lexical"), default="learned")
    asked.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.alone:
        print(json.dumps(measured(given.posts[0], given.reviewed, given.reader)))
        return
    print("| posts | read, posts/s | reviewed, posts/s | telling posts | threads, s | peak memory, MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for posts in given.posts:
        options = ["--alone", "--posts", str(posts), "--reviewed", str(given.reviewed), "--reader", given.reader]
        said = subprocess.run([sys.executable, __file__, *options], capture_output=True, text=True, check=True).stdout
        row = json.loads(said.splitlines()[-1])
        print("| " + " | ".join(f"{value:,}" for value in row.values()) + " |", flush=True)


def measured(posts: int, reviewed: int, reader: Any) -> dict[str, float]:
    """Return what reading, reviewing and looking for threads took for one size."""
    from forethought.desk.server import prepared
    from forethought.vault import Vault

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "posts.jsonl"
        with made.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(post) + "\n" for post in many(posts))
        vault = Vault(Path(folder) / "vault")
        vault.create(PASSPHRASE)
        prepared(vault)
        return _steps(made, vault, posts, reviewed, reader)


def _steps(made: Path, vault: Any, posts: int, reviewed: int, reader: Any) -> dict[str, float]:
    from forethought.footprint import keeping, weaving, work
    from forethought.guidance import load

    def enough(done: int) -> None:
        if done >= reviewed:
            raise work.StoppedError

    read = _seconds(lambda: keeping.bring_in([made], keeping.Usual(), vault.keys.fingerprints))
    looked = _seconds(lambda: _until_stopped(lambda: keeping.audit(load(), reader, enough)))
    telling = _spread(posts)
    woven = _seconds(weaving.weave)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    done = max(reviewed, keeping.BATCH)
    figures = (posts, round(posts / read), round(done / looked), telling, round(woven, 1), round(peak))
    return dict(zip(("posts", "read", "reviewed", "telling", "threads", "memory"), figures, strict=True))


def _until_stopped(work_on: Any) -> None:
    from forethought.footprint.work import StoppedError

    try:
        work_on()
    except StoppedError:
        return


def _spread(posts: int) -> int:
    """Give one post in twenty the clue of a reviewed one, so that threads are looked for among as many as all have."""
    from forethought.footprint.models import Entry

    clues = [entry.clue for entry in Entry.objects.exclude(clue={}) if "weight" in entry.clue]
    chosen = list(Entry.objects.filter(clue={})[: posts // 20])
    for entry in chosen:
        entry.clue = random.choice(clues) | {"details": []}
    Entry.objects.bulk_update(chosen, ("clue",), batch_size=500)
    return len(chosen) + len(clues)


def many(count: int) -> Iterator[dict[str, str]]:
    """Yield so many posts, no two alike."""
    random.seed(7)
    every = [post for path in sorted(TIMELINES.glob("*.json")) for post in json.loads(path.read_text())["posts"]]
    for number in range(count):
        post = random.choice(every)
        yield {"id": str(number), "created": post["created"], "text": f"{post['text']} {number}"}


def _seconds(action: Any) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
