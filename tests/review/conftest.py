"""Drafts with one plain breach, and the reports on them under the documents that are active."""

from collections.abc import Callable

import pytest

from forethought.guidance import Guidance, load
from forethought.reading import Context, Draft
from forethought.review import Report, review

Check = Callable[..., Report]


@pytest.fixture(scope="session")
def everything() -> Guidance:
    """All the guidance that ships."""
    return load()


@pytest.fixture
def check(everything: Guidance) -> Check:
    """Review a text under these bodies or packs (all, if none is named), in this context, by words alone."""

    def check(text: str, *bodies: str, **context: str) -> Report:
        draft = Draft(text, Context(**context))  # type: ignore[arg-type]
        return review(draft, everything.active(bodies), "lexical")

    return check


@pytest.fixture
def wept() -> str:
    """A draft about one client, which anyone would stop."""
    return "A client of mine wept all through today's hour."


@pytest.fixture
def angry() -> str:
    """A draft written in anger, which is to be left for now."""
    return "How dare you. Shame on you!"


@pytest.fixture
def quiet() -> str:
    """A draft that nobody would raise."""
    return "The library opens at nine."
