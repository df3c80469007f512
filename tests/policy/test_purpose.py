"""Statements of purpose: true to the answers, within each platform's limit, the weightiest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import UnknownNameError
from forethought.platforms import platforms
from forethought.policy.interview import checked, defaults
from forethought.policy.load import questions
from forethought.policy.model import Answers
from forethought.policy.purpose import FILE, purposes
from forethought.tables import table

STATEMENTS = table(FILE)["statement"]
LEAST = min(each.profile for each in platforms().values() if each.profile)
NAMED = {"what", "no-therapy", "help", "replies", "not-followed"}  # what a profile is asked to say, by default


@pytest.mark.parametrize("platform", platforms())
class TestLimits:
    def test_each_fits(self, platform: str, answers: Answers) -> None:
        """No statement is longer than the platform's profile allows, and the shortest fits everywhere."""
        for each in purposes(answers, platform):
            assert len(each.words) <= (platforms()[platform].profile or len(each.words))
            assert each.length != "shortest" or len(each.words) <= LEAST

    def test_several_lengths_and_none_twice(self, platform: str, answers: Answers) -> None:
        """There is at least one length, and no two say the same."""
        words = [each.words for each in purposes(answers, platform)]
        assert words
        assert len(words) == len(set(words))

    def test_what_weighs_most_is_in_the_brief_ones(self, platform: str, answers: Answers) -> None:
        """Even where there is least room it says that there is no therapy, and where to go in danger."""
        said = purposes(answers, platform)[-1].words
        assert "No therapy" in said
        assert "999" in said


class TestWords:
    def test_everything_is_said_where_there_is_room(self, answers: Answers) -> None:
        """On a platform with a long profile nothing is left out, and all five things are said."""
        (whole, *_) = purposes(answers, "linkedin")
        assert () == whole.left_out
        assert all(each["long"] in whole.words for each in STATEMENTS if each["id"] in NAMED)
        assert "My contact details are on my website and in our agreement." in whole.words

    def test_what_is_left_out_is_named(self, answers: Answers) -> None:
        """What there was no room for is told to the practitioner, once for each thing."""
        (whole, *_) = purposes(answers, "instagram")
        assert "Who may follow" in whole.left_out

    @pytest.mark.parametrize("accounts", ["personal", "none"])
    def test_without_a_page_there_is_nothing_to_write(self, accounts: str) -> None:
        """Where there is no page for work no statement is made."""
        assert () == purposes(checked({**defaults(), "accounts": [accounts]}), "x")

    @pytest.mark.parametrize(
        ("question", "choice", "says"),
        [
            ("follow-me", "open", "Anybody may follow me here"),
            ("social-messages", "no-answer", "I do not read or answer messages"),
            ("social-messages", "bookings", "about an appointment"),
            ("accounts", "mixed", "my work and for my own life"),
        ],
    )
    def test_it_says_what_was_chosen(self, question: str, choice: str, says: str) -> None:
        """A choice made in the interview is what the profile says, and not the one beside it."""
        assert says in purposes(checked({**defaults(), question: [choice]}), "linkedin")[0].words
        assert says not in purposes(defaults(), "linkedin")[0].words

    def test_an_unknown_platform(self, answers: Answers) -> None:
        """A platform whose limits nobody wrote down is named."""
        with pytest.raises(UnknownNameError, match="facebook"):
            purposes(answers, "facebok")


class TestData:
    @pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: each["id"])
    def test_it_hangs_on_choices_that_there_are(self, statement: dict[str, dict[str, list[str]]]) -> None:
        """Each statement names a question of the interview and choices that it offers."""
        ((question, choices),) = statement["when"].items()
        assert set(choices) <= {choice.id for choice in questions()[question].choices}

    @given(st.sampled_from([each["id"] for each in STATEMENTS]))
    def test_short_is_shorter(self, id: str) -> None:
        """The short form of each statement is shorter than the long one."""
        (statement,) = (each for each in STATEMENTS if each["id"] == id)
        assert len(statement["short"]) < len(statement["long"])
