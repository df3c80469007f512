"""The plain-text writer: every word kept, in lines of at most 72 characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Document, Heading, Listing, Mark, Note, Paragraph, Quote, Table, Terms, visible
from forethought.documents.text import WIDTH, bracketed, text

LONG = "word " * 40
DOCUMENT = Document(
    "My policy",
    (
        Heading(2, "What if?"),
        Heading(3, "And then?"),
        Paragraph("One line.\nAnother line."),
        Note("A remark."),
        Listing(("first", "second"), numbered=True),
        Listing(("loose",)),
        Terms((("Why", "It matters."),)),
        Table("Bodies", ("Body", "Holds"), (("North", "binds"), ("South", ""))),
        Quote("You clot.", (Mark(4, 8, "1"),)),
    ),
)


@pytest.mark.parametrize(
    "lines",
    [
        "My policy\n=========\n", "\nWhat if?\n--------\n", "\nAnd then?\n.........\n", "\nOne line.\nAnother line.\n",
        "\n| A remark.\n", "\n1. first\n2. second\n", "\n- loose\n", "\nWhy: It matters.\n",
        "\nBodies\n\nBody: North\n  Holds: binds\n\nBody: South\n  Holds:\n", "\n> You [clot] (1).\n",
    ],
    ids=["title", "heading", "subheading", "line-ends", "note", "numbered", "bullets", "terms", "table", "quote"],
)  # fmt: skip
def test_each_block_is_what_a_person_would_type(lines: str) -> None:
    """Each kind of block is set as people set it in a letter."""
    assert lines in text(DOCUMENT)


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(LONG), Note(LONG), Listing((LONG, LONG)), Listing((LONG,) * 12, numbered=True), Terms((("A", LONG),)),
        Table(LONG, (LONG, LONG), ((LONG, LONG),)), Quote(LONG), Heading(2, LONG),
    ],
    ids=lambda block: type(block).__name__,
)  # fmt: skip
def test_lines_are_not_too_wide(block: Paragraph) -> None:
    """No line of any block is wider than a page of text."""
    made = text(Document(LONG, (block,)))
    assert max(map(len, made.split("\n"))) <= WIDTH
    assert LONG.split()[0] in made


def test_a_longer_item_is_indented_under_its_words() -> None:
    """The second line of an item begins under the first word, not under the sign."""
    assert "\n  word" in text(Document("T", (Listing((LONG,)),)))


def test_a_word_is_never_broken() -> None:
    """An address that is wider than a line stays whole."""
    address = "https://example.org/" + "a-b" * 40
    assert address in text(Document("T", (Paragraph(f"See {address} there."),)))


@given(st.text(max_size=300))
def test_every_word_survives(words: str) -> None:
    """Any words come through in order, but for the white space between them."""
    made = text(Document("T", (Paragraph(words),)))
    assert ["T", "=", *visible(words).split()] == made.split()


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_marks_add_signs_and_lose_nothing(words: str, one: int, other: int) -> None:
    """A mark puts brackets and a label about its words and changes none of them."""
    start, end = sorted((min(one, len(words)), min(other, len(words))))
    marked = bracketed(Quote(words, (Mark(start, end, "7"),)))
    wanted = f"{words[:start]}[{words[start:end]}] (7){words[end:]}" if end > start else words
    assert wanted == marked
