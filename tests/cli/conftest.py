"""The program run inside the test process, and drafts that are plain cases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forethought.cli import main

Run = Callable[..., Result]
HARBOUR = """\
id = "harbour-1"
body = "harbour"
publisher = "Harbourmouth Counselling and Psychotherapy Cooperative"
title = "Words from the harbour"
edition = "First"
read = 2026-11-20
review = 2027-11-20
status = "current"
weight = "binds"
note = "Invented."
url = "https://harbour.example"
addressees = ["practitioner"]

[[provision]]
id = "H-01"
section = "Clients"
kind = "duty"
strength = "must"
triggers = ["post"]
duties = ["no-specific-client-material"]
serves = ["text"]
says = "Say nothing of one client."
"""


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


@pytest.fixture
def harbour(tmp_path: Path) -> str:
    """A folder that holds one pack, of an invented service whose name is long."""
    (tmp_path / "harbour.toml").write_text(HARBOUR, encoding="utf-8")
    return str(tmp_path)
