"""Lets the tests of this room use the desk that the desk's own tests use, and what makes small exports."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
sys.path.insert(0, str(Path(__file__).parent / "archives"))
sys.path.insert(0, str(Path(__file__).parent))

from open_desk import client, door, made, stranger, visitor

from forethought.desk.door import Door
from forethought.footprint.work import WORK

__all__ = ["client", "door", "made", "stranger", "visitor"]


@pytest.fixture
def key(client: object, door: Door) -> bytes:
    """The key of the open vault's fingerprints."""
    return door.vault.keys.fingerprints


@pytest.fixture
def worked(door: Door) -> Iterator[None]:
    """Leave no work behind, nor what was said of it."""
    yield
    WORK.stop()
    WORK.wait(60)
    WORK.what, WORK.trouble = "", ""
