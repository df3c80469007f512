"""What the room serves is what its parts cite: every provision by the part, and in the way, that really serves it."""

import pytest

from forethought.accounts.calendar.record import CARE
from forethought.accounts.calendar.rhythm import rhythms
from forethought.accounts.checkups.load import checkups
from forethought.accounts.hacked.load import steps
from forethought.accounts.searching.household import household, upkeep
from forethought.accounts.searching.sheets import sheets
from forethought.accounts.serving import APART, served
from forethought.cli.guidance import served_by_rooms
from forethought.guidance import load
from forethought.guidance.coverage import coverage, together
from forethought.guidance.vocabulary import FUNCTIONS


class TestServed:
    @pytest.mark.parametrize("check", [*household().values(), *upkeep().values()], ids=lambda each: each.id)
    def test_each_check_is_a_checklist(self, check: object) -> None:
        """Each thing to look at stands under the provisions that it cites."""
        found = served()
        names = {f"accounts/household-{check.id}", f"accounts/upkeep-{check.id}"}  # type: ignore[attr-defined]
        assert all(names & {*found[id]["checklist"]} for id in check.cites)  # type: ignore[attr-defined]

    def test_settings_are_checked_and_registered(self) -> None:
        """What an area or a setting of a check-up cites is served by it."""
        cited = {id for each in checkups().values() for setting in each.settings.values() for id in setting.provisions}
        assert all("accounts/check-ups" in served()[id][way] for id in cited for way in ("checklist", "register"))

    def test_reviews_are_reminded_of_and_recorded(self) -> None:
        """What a rhythm cites is in the calendar and the yearly record; care as such is in the record."""
        found = served()
        cited = {id for each in rhythms().values() for id in each.cites}
        assert all("accounts/calendar" in found[id]["reminder"] for id in cited)
        assert all("accounts/record" in found[id]["report"] for id in cited | {*CARE})

    def test_steps_guide_and_notices_are_written(self) -> None:
        """What a step cites is guided by it, and written only where it has a notice."""
        found = served()
        for step in steps():
            for id in (*step.cites, *(id for case in step.cases for id in case.cites)):
                assert f"accounts/hacked-{step.id}" in found[id]["guide"]
                assert not step.notice or f"accounts/notice-{step.notice}" in found[id]["docgen"]
        written = {name for ways in found.values() for name in ways.get("docgen", ())}
        assert {f"accounts/notice-{each.notice}" for each in steps() if each.notice} | {"accounts/sheets"} >= written

    def test_sheets(self) -> None:
        """What a sheet cites is written as a sheet."""
        assert all("accounts/sheets" in served()[id]["docgen"] for each in sheets().values() for id in each.cites)

    def test_nothing_that_is_not_there(self) -> None:
        """Only known provisions, one duty and known functions are named, and none that checks text or pictures."""
        found = served()
        assert {*found} - {each.id for each in load().provisions()} == {APART}
        assert {way for ways in found.values() for way in ways} <= {*FUNCTIONS} - {"text", "image", "audit", "pack"}

    def test_coverage_grows(self) -> None:
        """With this room among the others, fewer provisions wait for something."""
        rooms = served_by_rooms()
        without, whole = (
            coverage(load(), together(*each)).totals()["not yet"]
            for each in ([r for r in rooms if r != served()], rooms)
        )
        assert whole < without
