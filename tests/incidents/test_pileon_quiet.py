"""Quiet mode's checklists: whole, honest about their source, and kept to their schema."""

from pathlib import Path

import pytest

from forethought.documents import Listing
from forethought.errors import UnknownNameError
from forethought.guidance import PackError
from forethought.incidents.pileon.quiet import FILE, checklist, checklists, document, sheet
from forethought.reading import PLATFORMS

ASKED_FOR = "x facebook instagram threads tiktok linkedin youtube bluesky mastodon reddit whatsapp other".split()


@pytest.mark.parametrize("platform", ASKED_FOR)
def test_each_platform_has_a_checklist(platform: str) -> None:
    """Every platform can be made quiet and watched by somebody else, and says that nobody checked it there."""
    found = checklist(platform)
    assert platform in PLATFORMS
    assert {"limit-replies", "notifications-off", "somebody-else"} <= {each.id for each in found.settings}
    assert "not checked" in found.source
    assert all(each.where and each.does and each.undo for each in found.settings)


def test_any_other_platform_has_every_kind() -> None:
    """What fits any platform names every kind of setting that some platform has."""
    every = {each.id for found in checklists().values() for each in found.settings}
    assert every == {each.id for each in checklist("other").settings}


def test_a_platform_that_is_not_known() -> None:
    """A slip in a platform's name is met with the nearest ones."""
    with pytest.raises(UnknownNameError, match="facebook"):
        checklist("facebok")


def test_the_document_holds_the_sheet() -> None:
    """The page ends with what to ask of the person who keeps watch."""
    assert Listing(sheet(), numbered=True) in document("x").blocks


def test_a_kind_that_is_not_known_is_named(tmp_path: Path) -> None:
    """A setting of no known kind is a fault that names the file and the key."""
    path = tmp_path / "quiet.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("\nmute-words =", "\nmute-wrods =", 1), encoding="utf-8")
    with pytest.raises(PackError, match="mute-wrods"):
        checklists(path)
