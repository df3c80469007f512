"""How an incident of many items behaves: adding, checking, and packing it, with the most memory that a pack takes."""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forethought.incidents.models import Incident
    from forethought.vault import Vault

SEED = 20_261_103
PASSPHRASE = "teapot lantern gravel moth"
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
CHUNK, MEGABYTE = 64 * 1024, 1_000_000


@contextmanager
def vault_at_hand() -> Iterator["Vault"]:
    """Make a vault for the time of the measure, open."""
    import django
    from django.conf import settings as configured

    from forethought.desk.door import Door
    from forethought.desk.settings import settings
    from forethought.vault import Vault

    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(Path(folder) / "vault")
        configured.configure(**settings(Door(vault, 0)))
        django.setup()
        vault.create(PASSPHRASE)
        from forethought.desk.views.front import opened

        opened()
        yield vault
        vault.lock()


def add(vault: "Vault", incident: "Incident", count: int, size: int) -> list[float]:
    """Add items of random bytes, and return the seconds that each took."""
    from forethought.incidents import keeping
    from forethought.incidents.fields import said

    rng, taken = Random(SEED), []
    for number in range(count):
        content = rng.randbytes(size)
        fields = said(
            kind="screenshot", name=f"shot {number}.png", client="no", handle="@moth", platform="other",
            posted=f"2026-10-{number % 28 + 1:02}T08:00", words=f"you will regret this, time {number}",
        )  # fmt: skip
        begun = time.perf_counter()
        keeping.add_item(vault, incident, (content[at : at + CHUNK] for at in range(0, size, CHUNK)), fields, NOW)
        taken.append(time.perf_counter() - begun)
    return taken


def pack(vault: "Vault", incident: "Incident", path: Path, papers: bool) -> tuple[float, int]:
    """Pack all of it for the police into a file; return the seconds and bytes."""
    from forethought.incidents.keeping.packs import case_of
    from forethought.incidents.packs import build, choose, recipient
    from forethought.incidents.packs import papers as writing

    begun = time.perf_counter()
    if not papers:
        setattr(writing, "kinds", lambda: writing.Kinds(("html",), ("html",)))  # noqa: B010
    case = case_of(vault, incident)
    made = build(case, choose(case, recipient("police")), NOW)
    with path.open("wb") as file:
        for chunk in made:
            file.write(chunk)
    return time.perf_counter() - begun, made.length


def measured(count: int, size: int, papers: bool) -> Iterator[tuple[str, str]]:
    """Yield what was measured, each with its name."""
    with vault_at_hand() as vault:
        from forethought.incidents import keeping
        from forethought.incidents.fields import said
        from forethought.incidents.packs import check_pack

        incident = keeping.open_incident("Messages", said(title="Messages"), NOW)
        taken = add(vault, incident, count, size)
        yield "add, median", f"{median(taken) * 1000:.1f} ms"
        yield "add, 95th percentile", f"{quantiles(taken, n=20)[-1] * 1000:.1f} ms"
        yield "add, 95th percentile of the last tenth", f"{quantiles(taken[-count // 10 :], n=20)[-1] * 1000:.1f} ms"
        begun = time.perf_counter()
        faults = keeping.verify(vault, incident)
        seconds = time.perf_counter() - begun
        yield "verify", f"{count * size / MEGABYTE / seconds:.0f} MB/s, {seconds:.1f} s, {len(faults)} faults"
        before, path = peak(), vault.folder.parent / "pack.zip"
        seconds, length = pack(vault, incident, path, papers)
        yield "pack", f"{length / MEGABYTE / seconds:.0f} MB/s, {seconds:.1f} s, {length / MEGABYTE:.0f} MB"
        yield "most memory before the pack, and with it", f"{before:.0f} MB, {peak():.0f} MB"
        begun = time.perf_counter()
        report = check_pack(path)
        seconds = time.perf_counter() - begun
        yield "verify.py on the pack", f"{length / MEGABYTE / seconds:.0f} MB/s, {len(report.faults)} faults"


def peak() -> float:
    """Return the most memory that this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def main() -> None:
    """Measure, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--items", type=int, default=10_000)
    asked.add_argument("--size", type=int, default=100_000, help="bytes of each item")
    asked.add_argument("--pages", action="store_true", help="write the chronology as pages in place of PDF and Word")
    given = asked.parse_args()
    print(f"{given.items:,} items of {given.size:,} bytes, {os.cpu_count()} cores\n\n| what | takes |\n| --- | --- |")
    for what, cost in measured(given.items, given.size, not given.pages):
        print(f"| {what} | {cost} |", flush=True)


if __name__ == "__main__":
    main()
