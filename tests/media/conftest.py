"""Makes this folder's helpers importable, and those of the desk's tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
sys.path.insert(0, str(Path(__file__).parent))

from open_desk import client, door, made, visitor

__all__ = ["client", "door", "made", "visitor"]
