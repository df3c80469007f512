"""A process killed while it adds: no half entry, nothing lost that was kept, and the chain holds."""

import os

import pytest
from at_the_desk import DOOR, PASSPHRASE
from django.db import connections
from django.test import Client
from killed_adds import kills


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork a process")
def test_killed_while_adding(client: Client) -> None:
    """After each of 25 kills the vault opens, all that was reported is there, and what was left over is removed."""
    found = kills(DOOR.vault, PASSPHRASE, 25)
    connections.close_all()
    assert 25 == found["ready"]
    assert found["item"] > 25, "the processes were killed before they added anything"
    assert found["unfinished"] + found["left"] + found["unreported"] > 0, "no kill fell into an add"
