"""Kill a process that adds to incidents, and count what is found after each kill.

    python benchmarks/kills.py [--kills N]

It uses the tests' own killing and checking, which stop at the first entry that is lost, half there or out of the chain.
"""

import argparse
import shutil
import sys
import time
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"


def main() -> None:
    """Kill as often as asked, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=500)
    given = arguments.parse_args()
    sys.path[:0] = [str(TESTS / "desk"), str(TESTS / "incidents")]
    desk = import_module("at_the_desk")
    vault, passphrase = desk.DOOR.vault, desk.PASSPHRASE
    vault.create(passphrase)
    import_module("forethought.desk.views.front").opened()
    began = time.monotonic()
    found = import_module("killed_adds").kills(vault, passphrase, given.kills)
    print(f"{given.kills} kills in {time.monotonic() - began:.0f} s: nothing lost, no half entry, every chain holds.")
    for what, count in sorted(found.items()):
        print(f"{count:>7,} {what}")
    shutil.rmtree(desk.HOME)


if __name__ == "__main__":
    main()
