"""What the tests of reading share: a count of the work done, which tells cost without a clock."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

Work = Callable[[], object]


def count_calls(work: Work) -> int:
    """Return how many functions `work` calls or resumes, built-in ones among them."""
    total = 0

    def tick(_frame: FrameType, event: str, _detail: Any) -> None:
        nonlocal total
        total += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return total


@pytest.fixture
def calls() -> Callable[[Work], int]:
    """A count of the calls that a piece of work makes."""
    return count_calls
