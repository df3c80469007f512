"""The ledger in the vault: what is added stays as it was, and every tampering is named."""

from datetime import UTC, datetime

import pytest
from at_the_desk import DOOR
from django.test import Client

from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.models import Incident

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def incident(client: Client) -> Incident:
    """An incident with one item in it."""
    made = keeping.open_incident("Messages after the workshop", said(title="Messages after the workshop"), NOW)
    keeping.add_item(DOOR.vault, made, [b"you will ", b"regret this"], said(title="First message"), NOW)
    return made


def test_whole(incident: Incident) -> None:
    """An incident that nobody touched has no fault, and its item comes back byte for byte."""
    assert [] == keeping.verify(DOOR.vault, incident)
    item = keeping.records(incident, "item").get()
    assert b"you will regret this" == b"".join(keeping.original(DOOR.vault, item))
