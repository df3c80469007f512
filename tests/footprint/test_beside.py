"""A draft beside old posts: what combines is said while one writes, and nothing is said of what does not."""

import re
from pathlib import Path

import pytest
from at_the_desk import DOOR, draft
from django.test import Client

from forethought.footprint import keeping

OLD = (
    "My Tuesday beekeeper lost two hives in the frost, she told me, and wept for her mother.",
    "The beekeeper again: her mother's hives are hers now, and she came on Tuesday in the veil.",
)
NEW = "She brought honey on Tuesday, my beekeeper, from her mother's last hive."


@pytest.fixture
def posted(client: Client, tmp_path: Path) -> Client:
    """A browser at a desk whose vault holds two old posts about one client."""
    rows = "".join(f'{n},2024-0{n}-05,"{text}"\n' for n, text in enumerate(OLD, 1))
    (tmp_path / "posts.csv").write_text("id,date,text\n" + rows, encoding="utf-8")
    keeping.bring_in([tmp_path / "posts.csv"], keeping.Usual(), DOOR.vault.keys.fingerprints)
    keeping.audit(keeping.own_guidance())
    return client


def test_a_draft_that_combines_is_told(posted: Client) -> None:
    """The old posts are named by their days, with how many people could match."""
    page = posted.post("/check/", draft(NEW)).content.decode()
    assert "Together with what you posted before" in page
    assert re.search(r"on 5 (January|February) 2024", page)
    assert "could match" in page


@pytest.mark.parametrize("text", ["Mondays are for paperwork.", "Five new places on the sleep course from March."])
def test_an_ordinary_draft_is_left_alone(posted: Client, text: str) -> None:
    """A draft about nobody is set beside nothing."""
    assert "Together with what you posted before" not in posted.post("/check/", draft(text)).content.decode()


def test_with_nothing_posted_nothing_is_said(client: Client) -> None:
    """A breach without old posts is raised as before, and combines with nothing."""
    page = client.post("/check/", draft(NEW)).content.decode()
    assert "Stop:" in page
    assert "Together with what you posted before" not in page
