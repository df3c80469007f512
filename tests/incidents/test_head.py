"""Heads that come back from paper or from a file: known again however they were typed, and left out where wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.ledger import Head, heads_in

HEAD = Head("0123456789abcdef" * 2, 1_204, "f00dfacedeadbeef" * 4)
OTHER = Head("ab" * 16, 1, "cd" * 32)
HEADS = st.builds(
    Head,
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.integers(0, 10**12 - 1),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)


def grouped(text: str, size: int, between: str) -> str:
    """Return letters in groups."""
    return between.join(text[at : at + size] for at in range(0, len(text), size))


@given(st.lists(HEADS, max_size=4))
def test_as_handed_out(heads: list[Head]) -> None:
    """Heads come back from the text that was handed out, several of them too."""
    assert heads == list(heads_in("".join(head.text for head in heads)))


@given(HEADS, st.integers(1, 9), st.sampled_from((" ", "\n", "\r\n", "  \n\t", "\u00a0")))
def test_typed_from_paper(head: Head, size: int, between: str) -> None:
    """Groups of any size, line breaks, capitals, colons and words around it make no difference."""
    typed = (
        f"My note. Incident: {grouped(head.incident, size, between)}\n\nEVENTS {head.length}\n"
        f"head:{between}{grouped(head.hash, size, between).upper()}\nAdded by me on 3 November."
    )
    assert [head] == list(heads_in(typed))


WRONG = {
    "a letter too few": HEAD.text[:-2],
    "a letter too many": HEAD.text[:-1] + "a",
    "a letter too few, then a word that could be hexadecimal": HEAD.text[:-2] + "\nadd",
    "a letter that is not hexadecimal": HEAD.text.replace("f00d", "foOd"),
    "an incident cut short": HEAD.text.replace("incident 0", "incident "),
    "no number of events": HEAD.text.replace("1204", ""),
    "a number that is none": HEAD.text.replace("1204", "many"),
    "a number in other digits": HEAD.text.replace("1204", "١٢٠٤"),
    "a number beyond all measure": HEAD.text.replace("1204", "1" * 13),
    "no head": HEAD.text.replace("head ", ""),
    "in another order": "\n".join(reversed(HEAD.text.split("\n"))),
    "nothing": "",
}


@pytest.mark.parametrize("typed", WRONG.values(), ids=WRONG.keys())
def test_wrong_ones(typed: str) -> None:
    """A head that cannot be right is left out, and the one after it is still found."""
    assert [OTHER] == list(heads_in(f"{typed}\n\n{OTHER.text}"))


@given(st.text() | st.text("incdethavs 0af:\n"))
def test_any_text(text: str) -> None:
    """No text makes it fail, and what it finds has the form of a head."""
    for head in heads_in(text):
        assert (32, 64) == (len(head.incident), len(head.hash))
        assert [head] == list(heads_in(head.text))


def test_a_long_text() -> None:
    """A megabyte of near misses is read in one pass, and the head at its end is found."""
    assert [HEAD] == list(heads_in("incident events head " * 50_000 + " " * 100_000 + HEAD.text))
