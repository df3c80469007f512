"""The same post about somebody else: what is swapped, what is left alone, and where its marks go."""

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

SWAPS = import_module("swaps")
WORDS = st.lists(
    st.sampled_from(
        "Priya told me her husband wept at the mosque in Leeds . She is Polish , and CBT helped him".split()
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("axis", "text", "left"),
    [
        ("name", "Priya wept.", "Priya"),
        ("sex", "She saw his wife.", "She"),
        ("faith", "A Muslim prays.", "Muslim"),
        ("ethnicity", "A Polish bakery.", "Polish"),
        ("region", "Born in Leeds.", "Leeds"),
        ("modality", "I teach CBT.", "CBT"),
    ],
)
def test_each_axis(axis: str, text: str, left: str) -> None:
    """Each axis swaps its own words and keeps their capitals."""
    new = SWAPS.swapped(text, [axis], 1).text
    assert left not in new
    assert new[0].isupper()


@pytest.mark.parametrize(
    "text",
    ["The Isle of Man ferry.", "Will you come?", "A cat sat.", "Black coffee.", "nail polish", "She lent me it."],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    """Words that are names, sexes, faiths or schools by accident stay."""
    axes = [axis for axis in SWAPS.AXES if axis != "sex" or "She" not in text]
    assert text == SWAPS.swapped(text, axes, 1).text


def test_his_and_him() -> None:
    """`her` becomes `his` before what is hers, and `him` where she is meant."""
    assert "I told him." == SWAPS.swapped("I told her.", ["sex"], 1).text
    assert "I saw his dog." == SWAPS.swapped("I saw her dog.", ["sex"], 1).text


def test_each_is_judged_where_it_stands() -> None:
    """The same pronoun is turned one way here and another way there."""
    assert "I told him that his dog bit him." == SWAPS.swapped("I told her that her dog bit her.", ["sex"], 1).text


def test_two_people_stay_two() -> None:
    """Two names never become one."""
    names = SWAPS.swapped("Priya met Helen, and Helen met Declan.", ["name"], 1).text.replace(",", "").split()
    assert 3 == len({names[0], names[2], names[6].rstrip(".")})
    assert names[2] == names[4]


def test_what_is_measured_was_not_learned() -> None:
    """The two halves swap in different words."""
    halves = [
        {SWAPS.swapped(f"Priya, a Polish Sikh from Leeds. {n}", SWAPS.AXES, n, half).text[:-3] for n in range(40)}
        for half in (SWAPS.LEARNING, SWAPS.MEASURING)
    ]
    one, other = ({word.strip(",.") for text in half for word in text.split()} for half in halves)
    assert {"a", "from"} == one & other


@given(WORDS, st.integers(0, 9))
def test_marks_move_along(text: str, seed: int) -> None:
    """Whatever is not swapped stands at its moved place, and the same seed gives the same swap."""
    new = SWAPS.swapped(text, SWAPS.AXES, seed)
    assert new == SWAPS.swapped(text, SWAPS.AXES, seed)
    edited = [range(start, end) for start, end, _ in new.edits]
    for place, letter in enumerate(text):
        if not any(place in edit for edit in edited):
            assert letter == new.text[new.moved(place)]


def test_a_labelled_post_keeps_its_labels() -> None:
    """The labels stay, and the words that carry them are still the ones that are marked."""
    post = {
        "text": "Priya wept today.",
        "context": {"reply_to": None},
        "expect": ["r"],
        "carried": {"r": [[6, 10]]},
        "details": [["person", 0, 5, "client"]],
    }
    other = SWAPS.in_other_words(post, 1)
    (start, end), (_, a, b, who) = other["carried"]["r"][0], other["details"][0]
    assert ("wept", ["r"], "client") == (other["text"][start:end], other["expect"], who)
    assert other["text"][a:b] == other["text"].split()[0] != "Priya"


def test_what_is_answered_is_swapped_alike() -> None:
    """The message that a post answers speaks of the same other person, and the post's marks stay on its own words."""
    post = {
        "text": "Poor Priya!",
        "context": {"role": "counsellor", "reply_to": "Priya was sick."},
        "carried": {},
        "details": [["person", 5, 10, "people"]],
    }
    other = SWAPS.in_other_words(post, 1)
    name = other["context"]["reply_to"].split()[0]
    assert f"{name} was sick." == other["context"]["reply_to"]
    assert name != "Priya"
    assert f"Poor {name}!" == other["text"]
    assert [["person", 5, 5 + len(name), "people"]] == other["details"]
    assert "counsellor" == other["context"]["role"]
    assert "Priya was sick." == post["context"]["reply_to"]
