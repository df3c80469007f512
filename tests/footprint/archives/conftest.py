"""Lets the tests of archives import what makes small exports."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
