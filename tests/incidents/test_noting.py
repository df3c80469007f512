"""What was done: every step has words for the ledger, and days are written as people write them."""

import pytest

from forethought.incidents.about_me import stages
from forethought.incidents.fields import title_of
from forethought.incidents.noting import STEP, day, deed, doings
from forethought.incidents.triage.load import natures, rules, steps


def test_every_step_can_be_noted() -> None:
    """Every step that a plan can ask for, now or next, has words for when it is done; nothing else but stages has."""
    asked = {id for rule in (*rules(), *(each.does for each in natures().values())) for id in (*rule.now, *rule.next)}
    assert asked <= doings().keys()
    assert doings().keys() <= {*steps(), *(each.id for each in stages())}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026-11-03", "3 November 2026"), ("2026-11-03T21:05:00+02:00", "3 November 2026, 21:05"),
        ("2026-11-03T21:05", "3 November 2026, 21:05"), ("early that week", "early that week"), ("", ""),
    ],
)  # fmt: skip
def test_a_day(given: str, shown: str) -> None:
    """A day and a moment are written out as they were said, in the zone in which they were; words stay words."""
    assert shown == day(given)


def test_a_deed() -> None:
    """What was done is the person's word, with the step that it belongs to; what was not done says so."""
    fields = deed("block", "Blocked the account", when="2026-11-02", remark="")
    assert {"step", "when", STEP} == fields.keys()
    assert {"said"} == {each["from"] for each in fields.values()}
    assert "Not done: blocked the account" == deed("block", "Blocked the account", done=False)["step"]["value"]
    assert STEP == title_of("action", STEP)
