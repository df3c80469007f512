"""What is recommended at each level and under each set of documents, and how it is told."""

import json
from datetime import date
from itertools import combinations

import pytest

from forethought.accounts.checkups.archives import from_archive
from forethought.accounts.checkups.compare import compare
from forethought.accounts.checkups.load import areas, checkups
from forethought.accounts.checkups.model import LEVEL_IDS, Changes, Level, Platform
from forethought.accounts.checkups.recommend import falls_short, recommended
from forethought.accounts.checkups.telling import advised, document, record, review, review_record
from forethought.documents import Document, Heading, Note
from forethought.documents.html import html
from forethought.documents.text import text
from forethought.guidance import load

EVERY = load()
PACKS = [pack.id for pack in EVERY.packs]
SETS = [EVERY.active(each) for size in range(1, len(PACKS) + 1) for each in combinations(PACKS, size)]
BABCP, BACP = EVERY.active(["babcp"]), EVERY.active(["bacp"])
TODAY = date(2026, 12, 1)
FACEBOOK = checkups()["facebook"]
every = pytest.mark.parametrize("platform", checkups().values(), ids=lambda each: each.id)
levels = pytest.mark.parametrize("level", LEVEL_IDS)


def headings(paper: Document) -> list[str]:
    """Return the headings of a document."""
    return [block.words for block in paper.blocks if isinstance(block, Heading)]


@every
@levels
def test_never_more_open_than_a_floor_or_the_level(platform: Platform, level: Level) -> None:
    """Under any set of documents the option is no more open than the level's own and than any floor that reaches it."""
    for guidance in SETS:
        for setting in platform.settings.values():
            advice = recommended(setting, level, guidance)
            least = [setting.levels[level], *(each.floor for each in advice.stands if each.floor)]
            rank = setting.rank(advice.option)
            assert rank is not None
            assert all(rank >= (setting.rank(each) or 0) for each in least), setting.id


@every
def test_a_body_s_floor_reaches_every_level_but_what_is_open_on_purpose(platform: Platform) -> None:
    """BABCP's floor holds at careful and closed everywhere, and at open too where a page for work gains nothing."""
    for setting in platform.settings.values():
        for level in LEVEL_IDS:
            option = recommended(setting, level, BABCP).option
            if "babcp" in setting.floors and not (setting.on_purpose and level == "open"):
                assert (setting.rank(option) or 0) >= (setting.rank(setting.floors["babcp"]) or 0), setting.id


def test_who_asks_for_more_is_named() -> None:
    """The level alone leaves posts to friends; BABCP raises that and BACP, which names no level, does not."""
    raised, plain = (recommended(FACEBOOK.settings["posts"], "careful", each) for each in (BABCP, BACP))
    assert (raised.option, plain.option) == ("me", "friends")
    assert raised.raised_by == ("babcp-social-media",)
    assert "“Friends”" in raised.why
    assert "BABCP" in raised.why
    assert plain.raised_by == ()
    assert {each.body for each in plain.stands if each.provisions} == {"bacp"}


def test_open_on_purpose_stays_open_and_asks_for_a_reason() -> None:
    """A page for work is not shut by BABCP's advice: it says who asks for more, and two-step sign-in stays on."""
    posts = recommended(FACEBOOK.settings["posts"], "open", BABCP)
    assert (posts.option, posts.set_aside, posts.raised_by) == ("public", ("babcp-social-media",), ())
    assert "note your reason" in posts.why
    assert recommended(FACEBOOK.settings["two-step"], "open", BABCP).option == "app"
    assert recommended(FACEBOOK.settings["posts"], "open", BACP).set_aside == ()


def test_why_names_a_body_whose_floor_is_met_and_claims_none_where_there_is_none() -> None:
    """A level that goes far enough says for whom it does; a body that says nothing of how far is not put forward."""
    met, unsaid = (recommended(FACEBOOK.settings["look-up"], "closed", each) for each in (BABCP, BACP))
    assert met.why.endswith("enough for BABCP.")
    assert met.raised_by == ()
    assert "None of your documents" in unsaid.why


@every
def test_settings_come_area_by_area(platform: Platform) -> None:
    """Each area is gone through once, in the order of the file that names them."""
    order = [each.setting.area.id for each in advised(platform, "careful", EVERY)]
    assert order == sorted(order, key=list(areas()).index)
    assert len(order) == len(platform.settings)


def test_what_falls_short() -> None:
    """An answer more open than recommended is named, and so is one that is not known; a stricter one is not."""
    answers = {"posts": "me", "look-up": "anyone", "friends": "gone"}
    assert ["friends", "look-up"] == [each.setting.id for each in falls_short(FACEBOOK, answers, "careful", BACP)]


@every
@levels
def test_a_check_up_tells_everything(platform: Platform, level: Level) -> None:
    """The document has each setting, its option, its undo and its warnings; the data says the same."""
    paper = document(platform, level, EVERY, TODAY)
    words = " ".join(text(paper).split())
    told = record(platform, level, EVERY, TODAY)
    assert html(paper)
    assert set(headings(paper)) >= {each.title for each in platform.settings.values()}
    assert any(isinstance(each, Note) and "Nobody has checked" in each.words for each in paper.blocks)
    assert "Who says so" in words
    assert {*platform.settings} == {each["id"] for each in json.loads(json.dumps(told))["settings"]}
    for each in told["settings"]:
        assert each["recommended"] == recommended(platform.settings[each["id"]], level, EVERY).option
        assert each["undo"]
        assert each["undo"] in words


def test_where_the_documents_differ_is_told() -> None:
    """With several bodies active the difference on the level of privacy is there; with one it is not."""
    assert "Where they differ: Level of privacy" in headings(document(FACEBOOK, "careful", EVERY, TODAY))
    assert not any("differ" in each for each in headings(document(FACEBOOK, "careful", BACP, TODAY)))


def test_a_review_names_a_reset_and_what_is_left() -> None:
    """The document says what the platform put back, from what to what, what falls short, and what has no answer."""
    before, after = {"posts": "friends"}, {"posts": "public"}
    changes = compare(before, after, FACEBOOK)
    paper = review(FACEBOOK, "careful", BACP, after, changes, TODAY)
    words = " ".join(text(paper).split())
    assert ["Changed, and not by you", "More open than recommended"] == headings(paper)[:2]
    assert "“Friends”, now “Anyone” (more open)" in words
    assert "Not looked at this time" in headings(paper)
    told = review_record(FACEBOOK, "careful", BACP, after, changes, TODAY)
    assert json.loads(json.dumps(told))["reset"] == [
        {"setting": "posts", "before": "Friends", "after": "Anyone", "wider": True}
    ]
    assert told["short"] == {"posts": "friends"}
    assert "two-step" in told["left"]
    assert "posts" not in told["left"]


def test_a_review_without_changes_says_so() -> None:
    """Everything as it is recommended and as before leaves nothing but that sentence."""
    answers = {each.id: recommended(each, "closed", EVERY).option for each in FACEBOOK.settings.values()}
    paper = review(FACEBOOK, "closed", EVERY, answers, Changes(), TODAY)
    assert headings(paper) == []
    assert "Nothing changed" in text(paper)


def test_an_archive_tells_what_it_can() -> None:
    """Settings that an export carries come out as options, the last word standing; what is not known tells nothing."""
    details = (
        (("setting", "Private Account"), ("value", "Disabled")),
        (("setting", "Who Can Post Comments"), ("value", "Friends")),
        (("setting", "Who Can Send Me Message"), ("value", "a value of next year")),
        (("setting", "Push, New fans"), ("value", "Off")),
        (("setting", "private account"), ("value", "enabled")),
    )
    assert from_archive(checkups()["tiktok"], details) == {"posts": "followers", "comments": "friends"}
    assert from_archive(checkups()["instagram"], [(("username", "wren"), ("private", "True"))]) == {
        "posts": "followers"
    }
    assert from_archive(FACEBOOK, details) == {}
