"""The program run inside the test process, and drafts that are plain cases."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from forethought.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run `forethought` with these arguments and, where given, this on standard input."""

    def run(*arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=given)

    return run


@pytest.fixture
def breach() -> str:
    """A draft that anyone would stop, with two findings."""
    return "A client of mine wept all through today's hour.\nYou are all idiots, every one of you. Shame on you!"


@pytest.fixture
def quiet() -> str:
    """A draft that nobody would raise."""
    return "Mondays are for paperwork."
