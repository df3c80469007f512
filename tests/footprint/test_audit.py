"""What is out there is reviewed as the draft that it once was: only own words that others see, each in its setting."""

from dataclasses import replace
from typing import get_args

import pytest

from forethought.footprint.archives import platforms
from forethought.footprint.audit import AUDIENCES, PRIVATE, context_of, draft_of, reviewable, usual_from
from forethought.footprint.item import Audience, Item, Media, Pointer, Who
from forethought.guidance import load
from forethought.reading import Context
from forethought.reading import draft as vocabulary
from forethought.review import review

POST = Item("post", "mastodon", Pointer("hash", "outbox.json"), text="Quiet week.")
USUAL = Context(role="counsellor", account="personal", audience="followers", platform="blog")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"text": "", "media": (Media("a.jpg"),)}, True),
        ({"kind": "comment"}, True),
        ({"text": " \n"}, False),
        ({"own_words": False}, False),
        ({"kind": "repost"}, False),
        ({"kind": "message"}, False),
        ({"kind": "contact"}, False),
        ({"audience": Audience("only me", "post")}, False),
        ({"audience": Audience("named people", "post")}, True),
    ],
)
def test_own_words_that_others_see_are_reviewed(change: dict[str, object], expected: bool) -> None:
    """And nothing else: no words of others, no empty item, nothing that nobody else can see."""
    assert expected is reviewable(replace(POST, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("who", get_args(Who))
def test_every_audience_is_known_to_the_rules(who: Who) -> None:
    """What is unknown is as usual for the account, and no item is made more private than it is."""
    context = context_of(replace(POST, audience=Audience(who, "post")), USUAL)
    assert context.audience in vocabulary.AUDIENCES
    expected = "followers" if who == "unknown" else AUDIENCES.get(who, "public")
    assert expected == context.audience
    assert set(get_args(Who)) == set(AUDIENCES) | PRIVATE


def test_an_unlisted_post_is_public() -> None:
    """Whoever has its address can read it."""
    assert "public" == context_of(replace(POST, audience=Audience("unlisted", "post")), USUAL).audience


def test_an_item_goes_out_on_its_own_platform() -> None:
    """By the account's role, and in answer to what it answered; a platform that no rule knows is as usual."""
    context = context_of(replace(POST, kind="reply", details=(("answers", "How was it?"),)), USUAL)
    assert ("mastodon", "How was it?") == (context.platform, context.reply_to)
    assert ("counsellor", "personal") == (context.role, context.account)
    assert "blog" == context_of(replace(POST, platform="feeds"), USUAL).platform
    assert context_of(POST, USUAL).reply_to is None


@pytest.mark.parametrize("platform", [each.name for each in platforms()])
def test_items_of_every_platform_can_be_drafts(platform: str) -> None:
    """Whatever its name, the setting is one that there is."""
    assert context_of(replace(POST, platform=platform), USUAL).platform in {platform, "blog"}


def test_pictures_with_descriptions_are_part_of_the_draft() -> None:
    """Those without are not, since nothing is known of them."""
    draft = draft_of(replace(POST, media=(Media("a.jpg", "a red door"), Media("b.jpg"))), USUAL)
    assert "Quiet week." == draft.text
    assert [("a.jpg", "a red door")] == [(image.name, image.alt_text) for image in draft.images]


@pytest.mark.parametrize("text", ["Quiet week.", "", "\ufffd", "\N{HERB}" * 9])
def test_a_draft_of_an_item_can_be_reviewed(text: str) -> None:
    """A picture without a word as well."""
    draft = draft_of(replace(POST, text=text, media=(Media("a.jpg", "a red door"),)), USUAL)
    assert draft == review(draft, load(), "lexical").draft


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({}, Context()),
        ({"role": "trainee", "account": "personal", "platform": "x"}, Context("trainee", "personal", platform="x")),
        ({"role": "wizard", "account": "", "platform": "Myspace", "name": "Wren"}, Context()),
    ],
)
def test_a_profile_tells_the_usual_setting(profile: dict[str, str], expected: Context) -> None:
    """What it does not say, or says in words that are not known, stays as it usually is."""
    assert expected == usual_from(profile)
