"""What of a record goes into the vault: own words whole, of other people fingerprints, and text that can be stored."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.item import Audience, Item, Kind, Media, Moment, Pointer, Problem
from forethought.footprint.veiled import fields_of, name_of, storable, trouble_of
from forethought.vault.fingerprints import fingerprint

KEY = b"k" * 32
AT = Pointer("5" * 64, "data/posts.json", "/3")
NAME = "Marguerite Oystercatcher"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
)


def item(kind: Kind = "post", **more: Any) -> Item:
    """Return an item of X."""
    return Item(kind, "x", AT, **more)


def test_own_words_are_kept_whole() -> None:
    """What the person wrote is kept with its time, audience, pictures, what it answers, and where it lies."""
    written = item(
        text="Herons.", key="7", created=Moment("2024-01-03", datetime(2024, 1, 3, tzinfo=UTC), "utc"),
        audience=Audience("public", "post", "tweets.js"), media=(Media("1.jpg", "A heron"),),
        address="https://x.com/wren/status/7", details=(("answers", "What was it?"), ("with", "binoculars")),
    )  # fmt: skip
    kept = fields_of(written, KEY)
    expected = {
        "text": "Herons.", "key": written.id, "raw": "2024-01-03", "zone": "utc", "who": "public",
        "who_from": "tweets.js", "media": [["1.jpg", "A heron", "", ""]], "gives": False, "address": "https://x.com/wren/status/7",
        "answers": "What was it?", "details": {"with": "binoculars"}, "member": "data/posts.json", "locator": "/3",
    }  # fmt: skip
    assert expected == {name: kept[name] for name in expected}
    assert datetime(2024, 1, 3, tzinfo=UTC) == kept["created"]


@pytest.mark.parametrize("kind", ["contact", "request", "message", "repost", "like", "setting", "photo", "post"])
def test_of_other_people_there_are_fingerprints(kind: Kind) -> None:
    """A name, a handle, words and an address of somebody else are in no field, and a name is known again."""
    theirs = item(
        kind, text=f"{NAME} wrote", own_words=False, address=f"https://x.com/{NAME}", media=(Media(f"{NAME}.jpg"),),
        details=(("name", NAME), ("handle", f"@{NAME}"), ("state", "accepted")),
    )  # fmt: skip
    kept = fields_of(theirs, KEY)
    assert NAME not in repr(kept)
    assert {"name": fingerprint(KEY, NAME), "handle": fingerprint(KEY, NAME), "state": "accepted"} == kept["details"]


def test_a_name_cannot_be_tried_without_the_key() -> None:
    """By what somebody else's item is known again nothing can be told without the vault's key."""
    theirs = item("contact", own_words=False, details=(("name", NAME),))
    kept = fields_of(theirs, KEY)["key"]
    assert kept == fields_of(theirs, KEY)["key"]
    assert kept != theirs.id
    assert kept != fields_of(theirs, b"o" * 32)["key"]


def test_one_s_own_profile_is_readable() -> None:
    """The person's own name and address are theirs to keep, though they did not write them as a post."""
    mine = item("profile", own_words=False, details=(("name", "Wren Ash"),), address="https://x.com/wren")
    kept = fields_of(mine, KEY)
    assert ("Wren Ash", "https://x.com/wren") == (kept["details"]["name"], kept["address"])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "at://did/1", "//herons.example", " https://herons.example"]
)
def test_only_addresses_of_the_web_are_kept(address: str) -> None:
    """An address that a browser would run, or not find, is not kept."""
    assert "" == fields_of(item(text="Herons.", address=address), KEY)["address"]


@pytest.mark.parametrize(
    ("member", "shown"),
    [
        ("messages/inbox/margueriteoystercatcher_1/message_1.json", False),
        ("your_activity/messages/inbox/margueriteoystercatcher_1/photos/1.jpg", False),
        ("Messages/MargueriteOystercatcher.json", False),
        ("chats/MargueriteOystercatcher.txt", False),
        ("data/tweets.js", True),
        ("posts/your_posts_1.json", True),
        ("data/direct-messages.js", True),
    ],
)
def test_a_problem_in_a_conversation_names_nobody(member: str, shown: bool) -> None:
    """A file or folder that may be named after somebody is not named, in the sentence neither; any other is."""
    kept = trouble_of(Problem(Pointer("5" * 64, member, "/3"), f"{member}: it breaks off"), KEY)
    assert shown == (member in kept["member"]) == (member in kept["what"])
    assert ("it breaks off", "/3") == (kept["what"][-13:], kept["locator"])


@pytest.mark.parametrize(("platform", "name"), [("x", "one.zip, two.zip"), ("whatsapp", "a chat")])
def test_a_chat_is_not_called_after_whom_it_was_with(platform: str, name: str) -> None:
    """An export keeps its files' names, but for a chat, whose file is named after the person at the other end."""
    assert name == name_of(["one.zip", "two.zip"], platform)


def test_a_long_name_is_cut() -> None:
    """Very many files do not make a name that cannot be stored."""
    assert 255 == len(name_of([f"{n}.zip" for n in range(200)], "x"))


@given(ANYTHING)
def test_whatever_was_read_can_be_stored(value: Any) -> None:
    """Whatever a record holds, its text can be encoded and holds no zero; it is as long as it was."""
    kept = storable(value)
    written = json.dumps(kept, ensure_ascii=False)
    assert "\\u0000" not in written
    written.encode()
    if isinstance(value, str):
        assert len(value) == len(kept)
    if isinstance(value, list):
        assert len(value) == len(kept)


@given(st.text(max_size=60))
def test_what_any_database_takes_is_left_as_it_is(text: str) -> None:
    """Text without halves of characters and zeros stays as it was written."""
    if "\0" not in text:
        assert text == storable(text)
