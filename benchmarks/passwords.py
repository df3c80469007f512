"""Measure how long an export of passwords takes to read and weigh, on invented entries of several kinds.

    python benchmarks/passwords.py [--entries N]

Each kind is measured in a process of its own, the loading of zxcvbn's word lists included. Nobody's password is used.
"""

import argparse
import csv
import io
import json
import random
import resource
import string
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

SIGNS = string.ascii_letters + string.digits + "!$%-@#&*^"
WORDS = "summer garden monday pepper football rainbow sunshine dragon kitten coffee".split()
MB = 1024  # kilobytes, which is what the system counts in


def made(rng: random.Random) -> str:
    """Return a password as a manager makes it."""
    return "".join(rng.choices(SIGNS, k=rng.choice((14, 16, 20, 20, 24, 32))))


def chosen(rng: random.Random) -> str:
    """Return a password as a person chooses it."""
    return rng.choice(WORDS).capitalize() + str(rng.randrange(2_030)) + rng.choice(("", "!", "?", "1"))


def mixed(rng: random.Random) -> str:
    """Return either."""
    return rng.choice((made, chosen))(rng)


def long(rng: random.Random) -> str:
    """Return a password far longer than the estimate can take."""
    return "".join(rng.choices(SIGNS, k=100))


def lookalike(rng: random.Random) -> str:
    """Return one made of signs that stand for letters, over which the estimate takes longest."""
    return "".join(rng.choices("4@8({[</369&#!1/|0$5+7%2", k=26)) * 2


KINDS: dict[str, Callable[[random.Random], str]] = {
    "made by a manager": made,
    "chosen by a person": chosen,
    "half and half": mixed,
    "100 characters": long,
    "signs for letters": lookalike,
}


def export(kind: str, entries: int) -> bytearray:
    """Return an export of Bitwarden's shape."""
    rng, file = random.Random(7), io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["folder", "favorite", "type", "name", "notes", "login_uri", "login_username", "login_password"])
    for number in range(entries):
        site = f"site{number}.example"
        rows.writerow(["", "", "login", site, "a note", f"https://{site}/", "jo@example.org", KINDS[kind](rng)])
    return bytearray(file.getvalue().encode())


def measured(kind: str, entries: int) -> dict[str, object]:
    """Return how long one kind took, and how much memory."""
    from forethought.accounts.passwords.assess import assess
    from forethought.accounts.passwords.reading import read_content

    content = export(kind, entries)
    begun = time.perf_counter()
    logins = read_content(content, "made.csv").logins
    read = time.perf_counter()
    report = assess(logins, set(), date(2026, 11, 29), bytes(32))
    ended = time.perf_counter()
    unweighed = sum("not-weighed" in row.reasons for row in report.rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MB
    return {
        "kind": kind,
        "read": f"{read - begun:.2f}",
        "weighed": f"{ended - read:.2f}",
        "rows": len(report.rows),
        "not weighed": unweighed,
        "peak": peak,
    }


def main() -> None:
    """Measure each kind, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--entries", type=int, default=5_000)
    asked.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.kind:
        print(json.dumps(measured(given.kind, given.entries)))
        return
    print("| passwords | read, s | weighed, s | to mend | not weighed | peak memory, MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind in KINDS:
        options = ["--entries", str(given.entries), "--kind", kind]
        said = subprocess.run([sys.executable, __file__, *options], capture_output=True, text=True, check=True).stdout
        print("| " + " | ".join(str(value) for value in json.loads(said).values()) + " |", flush=True)


if __name__ == "__main__":
    main()
