"""The summary for supervision: details of other people are out, one's own stay, and nothing else is lost."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents.html import html
from forethought.reading import Draft, Span
from forethought.supervision.summary import OUT, redacted, summary, telling


def shown(text: str) -> str:
    """Return a draft as it is kept for supervision, where nothing else was marked in it."""
    return redacted(text, telling(Draft(text)))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Priya, a nurse from Leeds, told me about the crash.", ("Priya", "nurse", "Leeds")),
        ("My client's mother runs the bakery in Frome.", ("bakery", "Frome")),
    ],
)
def test_details_of_others_are_out(text: str, gone: tuple[str, ...]) -> None:
    """Names, places and trades that could tell who is meant are not kept."""
    assert all(word not in shown(text) for word in gone)
    assert OUT in shown(text)


def test_what_tells_of_nobody_stays() -> None:
    """A draft without details about others is kept as it is."""
    text = "I am tired of explaining what supervision is for."
    assert text == shown(text)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_only_the_words_marked_go(text: str, pairs: list[tuple[int, int]]) -> None:
    """Whatever the spans, in any order and overlapping, the letters outside them stay, in order."""
    spans = [Span(min(pair), min(max(pair), len(text))) for pair in pairs if min(pair) < len(text)]
    kept = "".join(letter for at, letter in enumerate(text) if not any(a <= at < b for a, b in spans))
    assert kept == redacted(text, spans).replace(OUT, "") or OUT in text


def test_a_summary_without_findings_or_question() -> None:
    """A note with nothing in it yet says so, in place of empty parts."""
    page = html(summary("One", "Mondays.", [], "", datetime(2030, 1, 2)))
    assert "Nothing is written down yet." in page
    assert "Nothing was raised." in page


def test_a_dilemma_speaks_of_no_draft() -> None:
    """A dilemma written down without a draft says what it is about, and nothing of a draft that is not there."""
    page = html(summary("A request from a neighbour", "", [], "What now?", datetime(2030, 1, 2)))
    assert "A request from a neighbour" in page
    assert "What now?" in page
    assert "draft" not in page
