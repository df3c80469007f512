"""Lets the tests of the estimate import what draws made-up populations, and those of threads what they share."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[3] / "benchmarks"), str(Path(__file__).parent)]
