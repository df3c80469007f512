"""Clients are noticed in what is added, and the person has the last word."""

import pytest
from django.test import Client as Browser

from forethought.clients.keeping import add
from forethought.clients.names import parted
from forethought.incidents.fields import said
from forethought.incidents.keeping.noticing import noticed


@pytest.fixture
def known(client: Browser) -> Browser:
    """A vault to which a client was added."""
    add(parted("Oriel Vantongeren"))
    return client


@pytest.mark.usefixtures("known")
class TestNoticed:
    def test_a_client_who_was_added(self) -> None:
        """A full name that was added is met, and the item is marked as one that shows a client, with why."""
        fields, why = noticed(said(words="Tell Oriel Vantongeren that I know"), "")
        assert {"client": {"from": "observed", "value": "yes"}} == fields
        assert why

    def test_words_that_tell_of_a_client(self) -> None:
        """Words that a review would raise for confidentiality mark it as one that perhaps does."""
        fields, why = noticed({}, "She told everyone about her client who cried about her divorce at 3 pm.")
        assert {"client": {"from": "observed", "value": "perhaps"}} == fields
        assert why

    @pytest.mark.parametrize("words", ["You will regret this.", ""])
    def test_nothing_met_says_nothing(self, words: str) -> None:
        """Where nothing points to a client nothing is said, so that nobody takes it for a promise."""
        assert ({}, ()) == noticed({}, words)

    def test_the_person_has_the_last_word(self) -> None:
        """What the person said of it is left as it is."""
        assert ({}, ()) == noticed(said(client="no", words="Tell Oriel Vantongeren that I know"), "")
