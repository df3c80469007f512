"""Versions: what changed for clients, in plain words, and when the newest is to be looked at again."""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Heading, Listing, Paragraph
from forethought.policy.interview import checked, defaults
from forethought.policy.model import Answers
from forethought.policy.sections import Section, sections
from forethought.policy.versions import Change, changes, document, due, next_review
from forethought.policy.writing import Edition

FIRST, SECOND = Edition(1, date(2026, 1, 31)), Edition(2, date(2026, 11, 9))


def section(topic: str, *paragraphs: tuple[str, ...]) -> Section:
    """Return a section that says these paragraphs."""
    return Section(topic, topic.capitalize(), "", "", paragraphs, (), ())


class TestChanges:
    def test_a_choice_made_anew(self) -> None:
        """Another choice shows what it said and what it says now, and nothing of the rest."""
        before = sections({"recordings": ("no",), "ai-tools": ("no",)})
        after = sections({"recordings": ("with-consent",), "ai-tools": ("no",)})
        (change,) = changes(before, after)
        assert "changed" == change.kind
        assert set(change.was) == set(before[0].says) - set(after[0].says)
        assert set(change.now) == set(after[0].says) - set(before[0].says)

    @pytest.mark.parametrize(
        ("before", "after", "wanted"),
        [
            ([], [section("boat", ("A.",))], [Change("new", "Boat", (), ("A.",))]),
            ([section("boat", ("A.",))], [], [Change("gone", "Boat", ("A.",), ())]),
            (
                [section("boat", ("A.", "B."))],
                [section("boat", ("B.", "C."))],
                [Change("changed", "Boat", ("A.",), ("C.",))],
            ),
            ([section("boat", ("A.",), ("B.",))], [section("boat", ("B.",), ("A.",))], []),
            ([section("boat", ("A.",), ("B.",))], [section("boat", ("A.", "B."))], []),
            (
                [section("boat", ("A.",)), section("tide", ("T.",))],
                [section("tide", ("U.",)), section("oar", ("O.",))],
                [
                    Change("changed", "Tide", ("T.",), ("U.",)),
                    Change("new", "Oar", (), ("O.",)),
                    Change("gone", "Boat", ("A.",), ()),
                ],
            ),
        ],
        ids=["new", "gone", "changed", "moved", "joined", "all-three"],
    )
    def test_each_kind(self, before: list[Section], after: list[Section], wanted: list[Change]) -> None:
        """New, gone and changed topics are told apart, and the order of sentences is no change."""
        assert wanted == list(changes(before, after))

    def test_a_version_kept_as_text_is_the_same(self) -> None:
        """Sections that were kept as data and made again have not changed."""
        told = sections(defaults())
        assert () == changes([Section(**asdict(each)) for each in told], told)

    @given(st.lists(st.sampled_from("ABC")), st.lists(st.sampled_from("ABC")))
    def test_there_and_back(self, one: list[str], other: list[str]) -> None:
        """What came one way is what went the other way."""
        first, second = [section("boat", tuple(one))], [section("boat", tuple(other))]
        forth = [(set(each.was), set(each.now)) for each in changes(first, second)]
        back = [(set(each.now), set(each.was)) for each in changes(second, first)]
        assert forth == back


class TestWords:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (Change("changed", "Boats", ("A.",), ("B.", "C.")), "Changed: boats. It said: A. It now says: B. C."),
            (Change("new", "Boats", (), ("B.",)), "New: boats. It now says: B."),
            (Change("gone", "Boats", ("A.",), ()), "Gone: boats. It said: A."),
        ],
        ids=["changed", "new", "gone"],
    )
    def test_a_change_in_words(self, change: Change, says: str) -> None:
        """Each kind of change is told plainly."""
        assert says == change.says

    def test_the_document(self) -> None:
        """The document names both versions and shows each change under its topic."""
        made = document([Change("changed", "Boats", ("A.",), ("B.",))], FIRST, SECOND)
        assert (
            Paragraph("What is different in version 2, of 9 November 2026, from version 1."),
            Heading(2, "Changed: Boats"),
            Paragraph("It said:"),
            Listing(("A.",)),
            Paragraph("It now says:"),
            Listing(("B.",)),
        ) == made.blocks

    def test_nothing_changed(self) -> None:
        """Where nothing changed that is said."""
        assert Paragraph("Nothing that it says to clients has changed.") == document((), FIRST, SECOND).blocks[-1]


class TestDue:
    @pytest.mark.parametrize(
        ("made", "answers", "day"),
        [
            (date(2026, 11, 9), {"review-every": ("twelve-months",)}, date(2027, 11, 9)),
            (date(2026, 11, 9), {"review-every": ("six-months",)}, date(2027, 5, 9)),
            (date(2026, 11, 9), {}, date(2027, 11, 9)),
            (date(2026, 8, 31), {"review-every": ("six-months",)}, date(2027, 2, 28)),
            (date(2027, 8, 31), {"review-every": ("six-months",)}, date(2028, 2, 29)),
            (date(2028, 2, 29), {}, date(2029, 2, 28)),
            (date(2026, 6, 30), {"review-every": ("six-months",)}, date(2026, 12, 30)),
        ],
        ids=["a-year", "half", "not-chosen", "short-month", "leap", "leap-day", "december"],
    )
    def test_the_day(self, made: date, answers: Answers, day: date) -> None:
        """It is due in the months that were chosen, on the last day of a month that is too short."""
        assert day == next_review(made, answers)
        assert due(made, day, answers)
        assert not due(made, date.fromordinal(day.toordinal() - 1), answers)

    def test_every_choice_is_known(self) -> None:
        """Each choice that the interview offers gives another day."""
        made = date(2026, 11, 9)
        days = [next_review(made, checked({"review-every": [each]})) for each in ("six-months", "twelve-months")]
        assert 2 == len(set(days))
