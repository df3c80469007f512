"""What is said of a client who was met: what may leave the vault gives no reference, and what stays gives it."""

import pytest

from forethought.clients.names import KINDS
from forethought.clients.recognise import Match
from forethought.clients.telling import ORDINARY, SLIPS, how, met, named
from forethought.reading import Span


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    def test_a_report_gives_no_reference(self, kind: str) -> None:
        """What a review takes has the place and the reason, and nothing of the reference, whatever the kind."""
        told = named(Match(Span(0, 4), "blue door", kind))
        assert "blue" not in repr(told)
        assert told.why.startswith("Somebody you added as a client is met here by ")
        assert Span(0, 4) == told.span

    def test_a_page_of_the_vault_gives_it(self, kind: str) -> None:
        """What is shown inside the vault begins with the reference."""
        assert met(Match(Span(0, 4), "blue door", kind)).startswith("blue door, whom you added")

    def test_a_slip_is_marked(self, kind: str) -> None:
        """A sound and a slip are marked, so that a review is less sure of them."""
        assert (kind in SLIPS) is getattr(named(Match(Span(0, 4), "C-07", kind)), "slip", False)


def test_ordinary_words_are_said_to_be() -> None:
    """A name of ordinary words is said to be one, and weak."""
    match = Match(Span(0, 10), "C-07", "full", ordinary=True)
    assert (ORDINARY, True) == (how(match), named(match).weak)
