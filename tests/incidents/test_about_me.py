"""A matter about oneself: the stages in order, a copy before anything is taken down, and a log that shows care."""

from datetime import date

import pytest
from test_drafts import Made

from forethought.documents.text import text
from forethought.incidents.about_me import PROVES, CaptureFirstError, check_order, coming, stages, summary, waits, way
from forethought.incidents.noting import STEP
from forethought.incidents.triage.load import steps

TODAY = date(2026, 11, 4)


def action(step: str, at: str = "2026-11-03T09:30:00+00:00", **told: str) -> Made:
    """Return an action that was noted for a step."""
    return Made("action", {STEP: step, "step": step.capitalize(), "when": "2026-11-02"} | told, at)


def test_the_order() -> None:
    """The stages go from the copy to what is learned, and their steps are steps of the plan."""
    assert ["capture", "limit", "remove", "record", "consult", "tell", "learn"] == [each.id for each in stages()]
    assert {step for each in stages() for step in each.steps} <= {*steps()}


def test_the_next_stage() -> None:
    """What comes next is the first stage for which nothing is noted, whatever was noted further on."""
    noted: list[Made] = [action("take-to-supervision")]
    for stage in ("capture", "limit", "remove", "record", "tell", "learn"):
        following = coming(way(noted))
        assert following
        assert stage == following.id
        noted.append(action(stage))
    assert coming(way(noted)) is None


@pytest.mark.parametrize("step", ["remove", "remove-own-post"])
def test_a_copy_first(step: str) -> None:
    """Nothing is taken down before a copy is noted, by whichever name the step goes."""
    assert waits(step, {})
    with pytest.raises(CaptureFirstError):
        check_order(step, [action("limit")])
    check_order(step, [action("capture")])


@pytest.mark.parametrize("step", ["capture", "limit-own-post", "take-to-supervision", "block"])
def test_everything_else_can_be_noted(step: str) -> None:
    """All else can be noted as it happened, in any order."""
    check_order(step, [])


def test_the_summary_shows_care() -> None:
    """The summary has each thing that was done with its day, what is open, and what the log proves."""
    records = [
        Made("incident", {"title": "A post that I regret", "about": "I wrote of my day."}),
        action("remove-own-post", "2026-11-03T10:00:00+00:00"), action("capture", remark="Whole screen."),
        Made("action", {"step": "Something else"}),
    ]  # fmt: skip
    words = " ".join(text(summary(records, "Whom do I tell?", TODAY)).replace("|", " ").split())
    for told in ("A post that I regret", "Whom do I tell?", "2 November 2026", "Whole screen.", "Take advice", PROVES):
        assert told in words
    assert words.index("Whole screen.") < words.index("Remove-own-post")
    assert "Something else" not in words


def test_an_empty_summary() -> None:
    """With nothing noted the summary says so, and lists every stage as open."""
    words = " ".join(text(summary([Made("incident", {"title": "A post"})], "", TODAY)).split())
    assert "Nothing is noted yet." in words
    assert all(each.title in words for each in stages())
