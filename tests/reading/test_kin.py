"""What tells of the same person, as it ships: a direction and a probability for each post, and the file's checksum."""

import json
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.reading import Draft, Learned, read
from forethought.reading.learned import FILES, FOLDER, Reader, reader

WEAVER = "My Tuesday client, a weaver from Hawick, brought her loom shuttle in and wept about her son."
AGAIN = "Still thinking of the weaver. She told me that the loom has stood empty since her husband's funeral."
PILOT = "My client is a pilot who cannot fly any more, and he shook when he told me about the storm."
CALM = "The kettle boiled. It rained all day. Bread rose in the oven and the cat slept on the post."
NOTES = "Notes from the garden: beans are up, slugs are winning, the compost smells of apples."
LONG = f"{NOTES} The council wants the bins out by seven. " * 50
TEXTS = st.text(min_size=1, max_size=80).filter(str.strip) | st.lists(
    st.sampled_from((WEAVER, PILOT, CALM, "😡")), min_size=1, max_size=3
).map(" ".join)


@pytest.fixture(scope="module")
def encoder() -> Reader:
    """The reader that ships."""
    found = reader()
    assert found is not None
    return found


def understood(text: str, encoder: Reader | None = None) -> Learned:
    """Return what the encoder makes of a text."""
    learned = read(Draft(text), encoder or reader()).learned
    assert learned is not None
    return learned


def direction(text: str) -> np.ndarray:
    """Return which way a text points."""
    return np.frombuffer(understood(text).kin, np.float16).astype(float)


class TestDirection:
    @settings(max_examples=30, deadline=None)
    @given(TEXTS)
    def test_length(self, text: str) -> None:
        """Any text points in one of 128 dimensions, with a length of 1."""
        found = direction(text)
        assert (128,) == found.shape
        assert 1 == pytest.approx(np.linalg.norm(found), abs=0.002)

    def test_the_same_person(self) -> None:
        """Two posts about one person are nearer to each other than either is to a post about another."""
        one, again, other = map(direction, (WEAVER, AGAIN, PILOT))
        assert one @ again > max(one @ other, again @ other)

    def test_alone_and_among_many(self, encoder: Reader) -> None:
        """A post points the very same way alone, again, and after many others."""
        alone = understood(WEAVER, encoder)
        for text in (CALM, AGAIN * 4, "😡", PILOT):
            understood(text, encoder)
        again = understood(WEAVER, encoder)
        assert (alone.kin, alone.about) == (again.kin, again.about)

    def test_no_words(self, encoder: Reader) -> None:
        """A text without words points nowhere, and is about nobody."""
        assert (b"", 0.0) == (understood(" \n", encoder).kin, understood(" \n", encoder).about)


class TestAbout:
    def test_somebody_met_through_work(self) -> None:
        """Posts about a client are likelier about one particular person than bread and rain are."""
        assert min(understood(text).about for text in (WEAVER, AGAIN, PILOT)) > understood(CALM).about

    @settings(max_examples=20, deadline=None)
    @given(TEXTS)
    def test_a_probability(self, text: str) -> None:
        """Any text gives a probability."""
        assert 0 <= understood(text).about <= 1

    @pytest.mark.parametrize("text", [LONG + WEAVER, f"{WEAVER} {LONG}"], ids=["last", "first"])
    def test_a_long_post(self, text: str) -> None:
        """A post longer than the encoder can hold is about whom its likeliest stretch is about, and points that way."""
        whole, calm = understood(text), understood(LONG)
        assert whole.about > calm.about + 0.2
        assert whole.kin != calm.kin


class TestFiles:
    @pytest.mark.parametrize("name", FILES)
    def test_checksums(self, name: str) -> None:
        """The checksums in the card are those of the files that ship."""
        card = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == card["sha256"][name]
