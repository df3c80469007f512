"""Items have an id that is the same in every export, and lead back to where they stand."""

import unicodedata
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.item import WRITING, Audience, Item, Media, Moment, Pointer

HERE = Pointer("hash", "posts.json", "/posts/0")
POST = Item("post", "x", HERE, text="Café, then rain.", created=Moment("2025-02-04 08:30:00"))
KEYED = replace(POST, key="17")


@pytest.mark.parametrize(
    "change",
    [
        {"pointer": Pointer("other", "data/posts.json", "/0")},
        {"text": "  Café,\n then  rain. "},
        {"text": unicodedata.normalize("NFD", POST.text)},
        {"audience": Audience("public", "post", "visibility")},
        {"media": (Media("a.jpg", "a red door"),)},
        {"address": "https://x.example/17"},
        {"own_words": False},
    ],
)
def test_the_same_item_of_another_export_has_the_same_id(change: dict[str, object]) -> None:
    """Wherever it lies there, and however its white space and its letters are written."""
    assert POST.id == replace(POST, **change).id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Cafe, then rain."},
        {"created": Moment("2025-02-04 08:30:01")},
        {"platform": "threads"},
        {"kind": "reply"},
        {"details": (("group", "Quiet rooms"),)},
        {"key": "17"},
    ],
)
def test_another_item_has_another_id(change: dict[str, object]) -> None:
    """By what was said, when, where, as what, and with which details."""
    assert POST.id != replace(POST, **change).id  # type: ignore[arg-type]


def test_the_platform_s_id_stands_for_an_edited_post() -> None:
    """So that a post whose words were changed is the same post; yet one id names two things of two kinds."""
    assert KEYED.id == replace(KEYED, text="Edited", created=Moment()).id
    assert KEYED.id != replace(KEYED, key="18").id
    assert KEYED.id != replace(KEYED, kind="like").id


@given(st.text(alphabet=st.characters(), max_size=40), st.text(alphabet=st.characters(), max_size=9))
def test_every_text_has_an_id(text: str, key: str) -> None:
    """Half a pair of surrogates included: 24 hexadecimal digits, the same each time."""
    item = replace(POST, text=text, key=key)
    assert item.id == replace(item, pointer=Pointer("", "")).id
    assert 24 == len(item.id) == len(f"{int(item.id, 16):024x}")


def test_an_item_says_no_more_than_is_known() -> None:
    """Without word from the export its audience and its zone are unknown, and it cannot be changed later."""
    item = Item("like", "x", HERE)
    assert ("unknown", "none", "") == (item.audience.who, item.audience.level, item.audience.source)
    assert (None, "unknown") == (item.created.at, item.created.zone)
    with pytest.raises(FrozenInstanceError):
        item.text = "other"  # type: ignore[misc]


def test_what_is_writing_is_what_a_person_put_in_words() -> None:
    """Others' words, lists of people and settings are none."""
    assert not WRITING & {"repost", "like", "message", "profile", "contact", "request", "app", "session", "setting"}
    assert {"post", "comment", "reply", "quote", "bio", "photo"} <= WRITING
