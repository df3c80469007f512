"""The desk that these tests share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from open_desk import client, door, made, stranger, visitor

__all__ = ["client", "door", "made", "stranger", "visitor"]
