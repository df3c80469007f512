"""Lets the tests of this room use the desk that the desk's own tests use."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
sys.path.insert(0, str(Path(__file__).parent))

from open_desk import client, door, made, stranger, visitor

__all__ = ["client", "door", "made", "stranger", "visitor"]
