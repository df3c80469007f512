"""Two reviews compared: what was reset, changed, added, removed and renamed is found and named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.checkups.compare import compare, title
from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Changes, Platform

FACEBOOK = checkups()["facebook"]


def renamed() -> Platform:
    """Return the platform with one setting under a new id since its last edition."""
    settings = dict(FACEBOOK.settings)
    settings["look-up"] = replace(settings["look-up"], renamed_from=("phone-look-up", "found-by"))
    return replace(FACEBOOK, settings=settings)


PLATFORM = renamed()
IDS = st.sampled_from([*PLATFORM.settings, *PLATFORM.names, "gone", "older"])
OPTIONS = st.sampled_from(["public", "friends", "me", "on", "off", "never heard of"])
ANSWERS = st.dictionaries(IDS, OPTIONS)


def test_a_reset_is_told_from_a_change_of_one_s_own() -> None:
    """The same difference is the platform's doing until the person says that it was theirs."""
    before, after = {"posts": "friends", "tags": "on"}, {"posts": "public", "tags": "off"}
    changes = compare(before, after, PLATFORM, by_person={"tags"})
    assert [("posts", "Friends", "Anyone", True)] == [(c.id, c.before, c.after, c.wider) for c in changes.reset]
    assert ["tags"] == [each.id for each in changes.changed]
    assert changes.reset[0].title == "Who sees your posts from now on"


@pytest.mark.parametrize(
    ("before", "after", "wider"),
    [("me", "friends", True), ("friends", "me", False), ("friends", "new-word", None), ("old-word", "friends", None)],
)
def test_whether_it_opened_up_is_told_where_it_can_be(before: str, after: str, wider: bool | None) -> None:
    """A step to a more open option says so, one to a less open one too, and an unknown option leaves it open."""
    assert compare({"posts": before}, {"posts": after}, PLATFORM).reset[0].wider is wider


def test_added_and_removed_settings_are_named() -> None:
    """What has an answer for the first time is new; what had one and has none is gone, under its title or its id."""
    changes = compare({"posts": "me", "old-wall": "on", "tags": "on"}, {"posts": "me", "legacy": "chosen"}, PLATFORM)
    assert changes == Changes(added=("legacy",), removed=("old-wall", "tags"))
    assert title("old-wall", PLATFORM) == "old-wall"
    assert title("legacy", PLATFORM) == "Who looks after the account when you die"


def test_a_renamed_setting_is_followed() -> None:
    """It is neither new nor gone; another option under its new id is still found, and its old id finds its title."""
    same = compare({"phone-look-up": "me"}, {"look-up": "me"}, PLATFORM)
    assert same == Changes(renamed=(("phone-look-up", "look-up"),))
    other = compare({"found-by": "me"}, {"look-up": "anyone"}, PLATFORM)
    assert other.renamed == (("found-by", "look-up"),)
    assert ["look-up"] == [each.id for each in other.reset]
    assert title("found-by", PLATFORM) == title("look-up", PLATFORM)


def test_a_renamed_setting_that_was_not_answered_again_is_gone_under_its_new_id() -> None:
    """Nothing is lost between two ids."""
    assert compare({"found-by": "me"}, {}, PLATFORM) == Changes(removed=("look-up",))


@given(answers=ANSWERS)
def test_a_review_compared_with_itself_finds_nothing(answers: dict[str, str]) -> None:
    """Nothing differs, whatever was answered, known or not."""
    changes = compare(answers, answers, PLATFORM)
    assert changes == Changes()
    assert not changes


@given(before=ANSWERS, after=ANSWERS, own=st.sets(IDS))
def test_every_difference_is_found_once(before: dict[str, str], after: dict[str, str], own: set[str]) -> None:
    """Each setting is reset, changed, added or removed, and no more than one of them; going back swaps the last two."""
    changes = compare(before, after, PLATFORM, own)
    back = compare(after, before, PLATFORM, own)
    found = [*(c.id for c in (*changes.reset, *changes.changed)), *changes.added, *changes.removed]
    assert len(found) == len(set(found))
    assert set(back.added) == set(changes.removed)
    assert {each.id for each in back.changed} == {each.id for each in changes.changed} <= own
