"""Fixtures of a desk to test, its vault put back as it was made before each test; the tests of its rooms share them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_the_desk import DOOR, HOME, PASSPHRASE, browser
from django.db import connections
from django.test import Client

from forethought.desk.door import Door
from forethought.desk.views.front import opened


@pytest.fixture(scope="session")
def made() -> Iterator[tuple[Path, str]]:
    """A vault that was just made, to copy from, and its recovery key."""
    shutil.rmtree(DOOR.vault.folder, ignore_errors=True)
    recovery_key = DOOR.vault.create(PASSPHRASE)
    opened()
    connections.close_all()
    DOOR.vault.lock()
    folder = Path(tempfile.mkdtemp(dir=HOME)) / "made"
    shutil.copytree(DOOR.vault.folder, folder)
    yield folder, recovery_key
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture
def door(made: tuple[Path, str]) -> Iterator[Door]:
    """The desk's door, before a locked vault."""
    connections.close_all()
    shutil.rmtree(DOOR.vault.folder, ignore_errors=True)
    shutil.copytree(made[0], DOOR.vault.folder)
    DOOR.idle = 600
    yield DOOR
    connections.close_all()
    DOOR.vault.lock()


@pytest.fixture
def stranger(door: Door) -> Client:
    """A browser that has not come in."""
    return browser()


@pytest.fixture
def visitor(door: Door) -> Client:
    """A browser that has come in, before a locked vault."""
    client = browser()
    client.get(f"/enter/{door.new_link()}/")
    return client


@pytest.fixture
def client(visitor: Client, door: Door) -> Client:
    """A browser that has come in and unlocked the vault."""
    door.vault.unlock(PASSPHRASE)
    return visitor
