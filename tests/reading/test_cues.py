"""What the weighing of a sentence rests on: its words, and the same made general."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading import Draft, read
from forethought.reading.cues import cues

NAMES = ("Priya", "Joan", "Callum", "Fatima")
# a cue and a sentence that gives it
GIVEN = {
    "a word": ("kettle", "The kettle boiled"),
    "a pair": ("the kettle", "The kettle boiled"),
    "a triple": ("the kettle boiled", "The kettle boiled"),
    "the beginning": ("^ the", "The kettle boiled"),
    "the end": ("boiled $", "The kettle boiled"),
    "a long word's beginning": ("confi*", "all confidential"),
    "a class": ("@kin", "the grandmother came"),
    "a class in a row": ("@client 's @kin", "a patient's sister"),
    "a number": ("# boxes", "34 boxes"),
    "a name": ("<person> cooks", "Priya cooks"),
    "a detail and its owner": ("job:client", "My client is a midwife"),
    "whom it is about": ("about:own-family", "My mum is a midwife"),
    "a frame": ("frame:policy", "Our privacy notice is new"),
    "a question": ("mark:?", "Is it?"),
    "exclamations": ("mark:!!", "No!!"),
    "shouting": ("mark:shout", "THE WORST day"),
    "a quotation": ("mark:quote", "He wore “the hat”"),
}
MARKS = {
    "one exclamation": ("mark:!!", "Lovely!"),
    "one word in capitals": ("mark:shout", "the WORST day"),
    "a question told": ("mark:?", "He asked what it was"),
    "an apostrophe": ("mark:quote", "the dog's dinner"),
}


def of(text: str) -> set[str]:
    """Return the cues of the first sentence of `text`."""
    reading = read(Draft(text))
    return cues(text, reading.sentences[0], reading.by_sentence()[0])


def general(text: str) -> set[str]:
    """Return the cues that speak of a person in place of a name."""
    return {cue for cue in of(text) if "<person>" in cue}


class TestGiven:
    @pytest.mark.parametrize(("cue", "text"), GIVEN.values(), ids=GIVEN)
    def test_given(self, cue: str, text: str) -> None:
        """A sentence gives its words, plain and made general, and its manner."""
        assert cue in of(text)

    @pytest.mark.parametrize(("cue", "text"), MARKS.values(), ids=MARKS)
    def test_not_given(self, cue: str, text: str) -> None:
        """A mark that is not there gives no cue of manner."""
        assert cue not in of(text)

    def test_only_its_own(self) -> None:
        """A sentence gives nothing of its neighbours."""
        assert of("The kettle boiled.") == of("The kettle boiled. Priya told me!!")


class TestSame:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("text", ["{} told me all about it", "so {} told me", "I met {}"])
    def test_names(self, name: str, text: str) -> None:
        """A name and another name share every cue that is made general."""
        assert general(text.format("Asha")) == general(text.format(name)) != set()

    @pytest.mark.parametrize(
        ("one", "other"), [("mum", "dad"), ("brother", "niece"), ("man", "woman"), ("Monday", "Tuesday")]
    )
    def test_class(self, one: str, other: str) -> None:
        """Two words of a class share every cue but those of the words themselves."""
        first, second = (
            {cue for cue in of(f"The {word} came") if word.casefold() not in cue and not cue.endswith("*")}
            for word in (one, other)
        )
        assert first == second
        assert any(cue.startswith("^ the @") for cue in first)

    @pytest.mark.parametrize(
        "text", ["THE KETTLE BOILED", "the kettle boiled", "Thé kettle, boiled"], ids=["capitals", "small", "accent"]
    )
    def test_writing(self, text: str) -> None:
        """The words of a sentence give the same cues however they are typed."""
        assert {cue for cue in of("The kettle boiled") if ":" not in cue} == {cue for cue in of(text) if ":" not in cue}

    @given(
        st.lists(
            st.sampled_from(("my", "client", "Priya", "Leeds", "she's", "34", "😀", "mum", "!")), min_size=1, max_size=8
        )
    )
    def test_twice(self, words: list[str]) -> None:
        """The same sentence gives the same cues each time."""
        assert of(" ".join(words)) == of(" ".join(words))
