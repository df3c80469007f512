"""Whether an item could identify a client: who was added, what the words tell, and what nobody has looked at."""

import sys
from pathlib import Path

import pytest

from forethought.clients.recognise import Recogniser
from forethought.guidance import Guidance, load
from forethought.incidents.clients import FOREIGN, MOST_LETTERS, SAID, UNREAD, UNSEEN, flag
from forethought.incidents.fields import Fields, observed, said

sys.path.insert(0, str(Path(__file__).parents[1] / "clients"))

from invented import knows

NOBODY = Recogniser({}, b"")
HARMLESS = "Nobody wants you in this group. Leave."


@pytest.fixture(scope="module")
def guidance() -> Guidance:
    """Return the guidance of every body."""
    return load()


def item(**words: str) -> Fields:
    """Return the fields of an item with words."""
    return observed(kind="message") | said(**words)


class TestAddedClients:
    @pytest.mark.parametrize(
        ("fields", "preview"),
        [
            (item(words="Siobhan Kelly told me about you"), ""),
            (item(words=HARMLESS, handle="@siobhankelly"), ""),
            (item(words=HARMLESS, handle="Siobhan Kelly"), ""),
            (item(words=HARMLESS, profile="https://social.example/siobhan.kelly/"), ""),
            (item(words=HARMLESS), "From Siobhan Kelly, yesterday"),
            (item(words=HARMLESS) | {"file: From": {"from": "file", "value": "Siobhan Kelly <sk@mail.example>"}}, ""),
        ],
        ids=["words", "handle", "name", "profile", "preview", "file"],
    )
    def test_yes(self, fields: Fields, preview: str, guidance: Guidance) -> None:
        """A client who was added is met wherever the item names them, and the answer says by what, not who."""
        found = flag(fields, preview, knows("Siobhan Kelly"), guidance)
        assert "yes" == found.value
        assert found.why
        assert all("added as a client" in each and "Kelly" not in each for each in found.why)

    def test_they_outweigh_what_the_person_said(self, guidance: Guidance) -> None:
        """An item that the person said names no client is flagged all the same where one is met."""
        fields = item(words="Siobhan Kelly told me", client="no")
        assert "yes" == flag(fields, "", knows("Siobhan Kelly"), guidance).value

    def test_a_first_name_alone_is_perhaps(self, guidance: Guidance) -> None:
        """A first name that many share leaves it open."""
        found = flag(item(words="Siobhan says hello."), "", knows("Siobhan Kelly"), guidance)
        assert "perhaps" == found.value

    def test_somebody_else_is_not_taken_for_one(self, guidance: Guidance) -> None:
        """The name of somebody who was not added is no client's."""
        found = flag(item(words=HARMLESS, handle="@marcus.dunmore"), "", knows("Siobhan Kelly"), guidance)
        assert ("no", ()) == (found.value, found.why)


class TestWords:
    def test_what_tells_of_a_client_is_perhaps(self, guidance: Guidance) -> None:
        """Words that tell of a client whom nobody added leave it open, and say what the review raises."""
        words = "My client Dana, who is a nurse in Leeds, told me in our session about her divorce."
        found = flag(item(words=words), "", NOBODY, guidance)
        assert "perhaps" == found.value
        assert any("Read as a post" in each for each in found.why)

    def test_harmless_words_are_none(self, guidance: Guidance) -> None:
        """Abuse that tells of no client is not flagged."""
        assert "no" == flag(item(words=HARMLESS), "", NOBODY, guidance).value

    def test_words_that_cannot_be_read(self, guidance: Guidance) -> None:
        """Words in another language are not taken to be harmless."""
        words = "Diese Frau gehört nicht in unsere Gruppe, und das weiß sie auch ganz genau."
        assert FOREIGN in flag(item(words=words), "", NOBODY, guidance).why

    def test_only_the_beginning_is_read(self, guidance: Guidance) -> None:
        """A name beyond the first 20,000 letters is not read."""
        knows_her = knows("Siobhan Kelly")
        near, far = "so it goes. " * 100, "so it goes. " * (MOST_LETTERS // 12 + 1)
        assert "yes" == flag(item(), f"{near} Siobhan Kelly", knows_her, guidance).value
        assert "no" == flag(item(), f"{far} Siobhan Kelly", knows_her, guidance).value


class TestUnseen:
    @pytest.mark.parametrize("kind", ["screenshot", "film", "sound", "document"])
    def test_what_nobody_looked_at_is_perhaps(self, kind: str, guidance: Guidance) -> None:
        """An item without words that can be read is left open until the person says."""
        assert ("perhaps", (UNSEEN.get(kind, UNREAD),)) == (
            flag(observed(kind=kind), "", NOBODY, guidance).value,
            flag(observed(kind=kind), "", NOBODY, guidance).why,
        )

    @pytest.mark.parametrize("answer", ["no", "perhaps", "yes"])
    def test_what_the_person_said_counts(self, answer: str, guidance: Guidance) -> None:
        """Where the person looked and said so, that is the answer."""
        found = flag(observed(kind="screenshot") | said(client=answer), "", NOBODY, guidance)
        assert (answer, (SAID[answer],)) == (found.value, found.why)

    def test_what_the_program_guessed_before_does_not(self, guidance: Guidance) -> None:
        """An answer that the program gave before is no word of the person."""
        assert "perhaps" == flag(observed(kind="screenshot", client="no"), "", NOBODY, guidance).value
