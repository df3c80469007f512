"""Documents as data: whatever is stored comes back the same, also through JSON."""

import json
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Document, Heading, Listing, Mark, Note, Paragraph, Quote, Table, Terms
from forethought.documents.model import Block
from forethought.documents.stored import restored, stored

WORDS = st.text(max_size=20)
MARKS = st.builds(Mark, st.integers(0, 9), st.integers(0, 9), WORDS)
MANY = st.lists(WORDS, max_size=3).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, st.integers(2, 4), WORDS),
    st.builds(Paragraph, WORDS),
    st.builds(Note, WORDS),
    st.builds(Listing, MANY, st.booleans()),
    st.builds(Terms, st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)),
    st.builds(Table, WORDS, MANY, st.lists(MANY, max_size=3).map(tuple)),
    st.builds(
        Quote, WORDS, st.lists(st.builds(Mark, st.integers(0, 9), st.integers(0, 9), WORDS), max_size=2).map(tuple)
    ),
)


@given(WORDS, st.lists(BLOCKS, max_size=6).map(tuple))
def test_what_is_stored_comes_back(title: str, blocks: tuple[object, ...]) -> None:
    """Any document is the same after it was stored as JSON and restored."""
    document = Document(title, blocks)
    assert document == restored(json.loads(json.dumps(stored(document))))


def test_every_kind_of_block_is_tried() -> None:
    """A new kind of block would have to join the test above, since storing goes by the blocks there are."""
    assert {Heading, Paragraph, Note, Listing, Terms, Table, Quote} == set(get_args(Block))
