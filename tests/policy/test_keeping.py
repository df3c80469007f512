"""The answers and versions in the vault: strict to begin with, kept as they are, and a version only of what is new."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client as Browser

from forethought.policy import keeping
from forethought.policy.interview import UnknownChoiceError, UnknownQuestionError, defaults
from forethought.policy.models import Interview, Version

TODAY = date(2026, 11, 9)
pytestmark = pytest.mark.usefixtures("client")


class TestAnswers:
    def test_the_strictest_to_begin_with(self) -> None:
        """Before anything is answered there are the strictest answers, and nothing is kept by looking."""
        assert defaults() == keeping.answers()
        assert not Interview.objects.exists()

    def test_they_are_kept_as_they_are(self) -> None:
        """What was answered is read as it was kept, in one place, with the time."""
        before = datetime.now(UTC)
        keeping.keep({**defaults(), "practice-name": (" Amal   Hart. ",)})
        keeping.keep({**keeping.answers(), "reply-time": ("two days",)})
        assert (("Amal Hart",), ("two days",)) == tuple(keeping.answers()[id] for id in ("practice-name", "reply-time"))
        assert before <= Interview.objects.get().changed <= datetime.now(UTC)

    def test_what_is_left_open_stays_open(self) -> None:
        """A question that was asked before and is answered with nothing does not get its strictest answer back."""
        keeping.keep({id: given for id, given in defaults().items() if id != "follow-me"})
        keeping.keep(keeping.answers())
        assert "follow-me" not in keeping.answers()

    def test_what_is_asked_first_has_the_strictest_answer(self) -> None:
        """A question that is asked for the first time has its strictest answer, also after it was asked no more."""
        keeping.keep({**defaults(), "accounts": ("none",)})
        assert "follow-me" not in keeping.answers()
        keeping.keep({**keeping.answers(), "accounts": ("page",)})
        assert ("rather-not",) == keeping.answers()["follow-me"]

    def test_an_answer_given_counts_more(self) -> None:
        """An answer that comes with the one it follows from is kept, and no strictest one in its place."""
        keeping.keep({**defaults(), "accounts": ("none",)})
        keeping.keep({**keeping.answers(), "accounts": ("page",), "follow-me": ("open",)})
        assert ("open",) == keeping.answers()["follow-me"]

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [({"follow-mee": ("open",)}, UnknownQuestionError), ({"follow-me": ("opens",)}, UnknownChoiceError)],
        ids=["question", "choice"],
    )
    def test_what_is_refused(self, wrong: dict[str, tuple[str, ...]], error: type[Exception]) -> None:
        """An unknown question or choice is refused, and what was kept stays."""
        keeping.keep({**defaults(), "reply-time": ("two days",)})
        with pytest.raises(error):
            keeping.keep({**keeping.answers(), **wrong})
        assert ("two days",) == keeping.answers()["reply-time"]

    def test_what_is_offered_no_more_is_left_out(self) -> None:
        """Answers of an older Forethought are read without the questions and choices that there are no more."""
        kept = {"gone": ["yes"], "uses": ["fax", "phone"], "follow-me": ["gone"], "reply-time": ["two days"]}
        Interview.objects.create(answers=kept, changed=datetime.now(UTC))
        found = keeping.answers()
        assert {"uses": ("phone",), "reply-time": ("two days",)} == dict(found)


class TestVersions:
    def test_they_are_counted_from_one(self) -> None:
        """Versions are numbered in order, each with its day and its own answers."""
        first = keeping.new_version(TODAY)
        keeping.keep({**defaults(), "reply-time": ("two days",)})
        second = keeping.new_version(TODAY)
        assert [(1, TODAY), (2, TODAY)] == [(each.edition.version, each.edition.made) for each in (first, second)]
        assert [second, first] == list(Version.objects.all())
        assert "reply-time" not in Version.objects.get(number=1).told

    def test_nothing_new_is_none(self) -> None:
        """Answers that the newest version has already make no other, and the error says which that is."""
        keeping.new_version(TODAY)
        keeping.keep({**defaults(), "reply-time": ("two days",)})
        keeping.new_version(TODAY)
        with pytest.raises(keeping.NothingNewError, match=r"since version 2.*Change an answer first"):
            keeping.new_version(TODAY)
        assert 2 == Version.objects.count()

    def test_back_to_an_older_one(self) -> None:
        """Answers that an older version had, and the newest has not, make a new one."""
        keeping.new_version(TODAY)
        keeping.keep({**defaults(), "reply-time": ("two days",)})
        keeping.new_version(TODAY)
        keeping.keep(defaults())
        assert 3 == keeping.new_version(TODAY).number

    @pytest.mark.parametrize(
        ("every", "day"),
        [("six-months", date(2027, 5, 9)), ("twelve-months", date(2027, 11, 9))],
    )
    def test_when_to_look_again(self, every: str, day: date) -> None:
        """A version is due on its day: half a year on where that was chosen, a year on otherwise."""
        keeping.keep({**defaults(), "review-every": (every,)})
        made = keeping.new_version(TODAY)
        assert day == made.review_on
        assert [False, True] == [made.is_due(each) for each in (date.fromordinal(day.toordinal() - 1), day)]


def test_the_desk_is_locked_with_it(client: Browser) -> None:
    """What was kept is read again after the vault was locked and opened."""
    from at_the_desk import DOOR, PASSPHRASE
    from django.db import connections

    keeping.keep({**defaults(), "practice-name": ("Amal Hart",)})
    connections.close_all()
    DOOR.vault.lock()
    DOOR.vault.unlock(PASSPHRASE)
    assert "Amal Hart" in client.get("/policy/interview/1/").content.decode()
