"""How a draft speaks: heat, irony and address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading import Draft, Register, read

CALM = {
    "plain": "Lovely walk by the river today.",
    "one exclamation": "What a lovely day!",
    "bodies and degrees": "BACP, NHS, CBT and PTSD in one day.",
    "strong opinion": "I disagree with this law, strongly and wholly.",
    "sad": "I am so sad about the closure.",
    "empty": "",
}
HOT = {
    "shouting": "THIS IS THE WORST SERVICE EVER",
    "exclamations": "How dare they!!",
    "marks mixed": "Seriously?!",
    "short oath": "Another form, ffs",
    "faces": "Another form 😡",
}
IRONIC = {
    "face": "Another form 🙄",
    "praise": "Oh great, another form.",
    "mark": "I love forms /s",
    "thanks": "Well done, minister.",
}
ADDRESSES = {
    "you": ("you are kind", True),
    "your": ("is this your dog?", True),
    "you are": ("You're kind.", True),
    "they": ("they are kind", False),
    "I": ("I am kind", False),
    "part of a word": ("the youth club", False),
}


def register(text: str) -> Register:
    """Return the register of `text`."""
    return read(Draft(text)).register


class TestAnger:
    @pytest.mark.parametrize("text", CALM.values(), ids=CALM)
    def test_calm(self, text: str) -> None:
        """What is said calmly has no heat, whatever its opinion or its short forms."""
        assert 0.0 == register(text).anger

    @pytest.mark.parametrize("text", HOT.values(), ids=HOT)
    def test_hot(self, text: str) -> None:
        """Shouting, marks and oaths are heat."""
        assert register(text).anger > 0

    @pytest.mark.parametrize("text", HOT.values(), ids=HOT)
    def test_hotter(self, text: str) -> None:
        """More of the same is no cooler."""
        assert register(f"{text} {text}").anger >= register(text).anger


class TestIrony:
    @pytest.mark.parametrize("text", IRONIC.values(), ids=IRONIC)
    def test_ironic(self, text: str) -> None:
        """Marks of irony are seen."""
        assert register(text).irony > 0

    @pytest.mark.parametrize("text", CALM.values(), ids=CALM)
    def test_plain(self, text: str) -> None:
        """Plain speech has none."""
        assert 0.0 == register(text).irony


class TestAddress:
    @pytest.mark.parametrize(("text", "spoken_to"), ADDRESSES.values(), ids=ADDRESSES)
    def test_you(self, text: str, spoken_to: bool) -> None:
        """A draft that says you speaks to somebody."""
        assert spoken_to == register(text).addresses


@given(st.text(max_size=80) | st.lists(st.sampled_from((*HOT.values(), *IRONIC.values())), max_size=8).map(" ".join))
def test_bounds(text: str) -> None:
    """Anger and irony lie between 0 and 1, however much of them there is."""
    found = register(text)
    assert 0 <= found.anger <= 1
    assert 0 <= found.irony <= 1
