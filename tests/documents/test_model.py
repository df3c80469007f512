"""Documents as data: quotes cut into segments."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Mark, segments


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """Give a text with marks that lie inside it, in any order and overlapping as they may."""
    text = draw(st.text(max_size=40))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges), max_size=5))
    return text, [Mark(min(pair), max(pair), str(number)) for number, pair in enumerate(pairs)]


def steps(count: int) -> int:
    """Return how many lines of the program are run to cut a text at so many marks."""
    marks = [Mark(5 * number, 5 * number + 4, str(number % 5)) for number in range(count)]
    taken = 0

    def step(frame: FrameType, event: str, given: object) -> Any:
        nonlocal taken
        taken += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        found = segments("word " * count, marks)
    finally:
        sys.settrace(before)
    assert 2 * count == len(found)
    return taken


class TestSegments:
    @pytest.mark.parametrize(
        ("marks", "expected"),
        [
            ([], [("abcd", ())]),
            ([Mark(1, 3, "1")], [("a", ()), ("bc", ("1",)), ("d", ())]),
            ([Mark(0, 4, "1")], [("abcd", ("1",))]),
            (
                [Mark(0, 3, "1"), Mark(2, 4, "2")],
                [("ab", ("1",)), ("c", ("1", "2")), ("d", ("2",))],
            ),
            ([Mark(0, 2, "1"), Mark(0, 2, "1")], [("ab", ("1",)), ("cd", ())]),
        ],
        ids=["none", "inside", "whole", "overlapping", "twice"],
    )
    def test_cuts(self, marks: list[Mark], expected: list[tuple[str, tuple[str, ...]]]) -> None:
        """A quote is cut where its marks begin and end, and each piece knows its labels."""
        assert expected == [(each.text, each.labels) for each in segments("abcd", marks)]

    @given(marked())
    def test_nothing_is_lost(self, given: tuple[str, list[Mark]]) -> None:
        """Whatever the marks, the segments joined are the text."""
        text, marks = given
        assert text == "".join(segment.text for segment in segments(text, marks))

    @given(marked())
    def test_every_marked_character_is_labelled(self, given: tuple[str, list[Mark]]) -> None:
        """Each character carries the labels of the marks that hold it, and no others."""
        text, marks = given
        labels = [set(segment.labels) for segment in segments(text, marks) for _ in segment.text]
        assert [{mark.label for mark in marks if mark.start <= at < mark.end} for at in range(len(text))] == labels

    def test_many_marks_are_cut_in_step(self) -> None:
        """Four times the marks take about four times the steps, and nowhere near sixteen."""
        assert steps(800) < 5 * steps(200)

    @given(marked())
    def test_every_label_opens_and_closes(self, given: tuple[str, list[Mark]]) -> None:
        """Read from left to right, the labels opened and not yet closed are those of each piece."""
        now: list[str] = []
        for segment in segments(*given):
            now += segment.opens
            assert set(segment.labels) == set(now)
            now = [label for label in now if label not in segment.closes]
        assert [] == now
