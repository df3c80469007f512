"""The questions one at a time: which comes next, and what the answers come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.guidance import load
from forethought.incidents.interview import asked, coming, complete, sound, told
from forethought.incidents.triage.load import questions
from forethought.incidents.triage.triage import triage

EVERY = [complete(each) for each in questions()]


def answers(**changed: list[str]) -> dict[str, list[str]]:
    """Return an answer to every question that is asked, the first choice of each or what is changed."""
    found: dict[str, list[str]] = {}
    while question := coming(found):
        first = [] if question.kind == "several" else [question.choices[0].id]
        found[question.id] = changed.get(question.id.replace("-", "_"), first)
    return found


@given(st.data())
def test_every_path_ends_in_a_plan(data: st.DataObject) -> None:
    """Whatever is answered, no question comes twice, and the end is a plan with something to do and support."""
    found: dict[str, list[str]] = {}
    while question := coming(found):
        assert question.id not in found
        ids = [each.id for each in question.choices]
        several = question.kind == "several"
        found[question.id] = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)) if several else [
            data.draw(st.sampled_from(ids))
        ]  # fmt: skip
    plan = triage(told(found).answers, GUIDANCE)
    assert plan.now
    assert "supervisor" in {each.id for each in plan.support}


GUIDANCE = load()


def test_danger_then_fixation_then_the_rest() -> None:
    """Danger is asked first, and signs of fixation before what happened."""
    ids = [each.id for each in asked({})]
    assert "danger" == ids[0]
    assert ids.index("fixation") < ids.index("nature")


def test_a_question_that_no_longer_applies() -> None:
    """An answer to a question that is no longer asked counts for nothing."""
    member = answers(who=["member"], their_body=["bacp"])
    assert "bacp" == told(member).answers.their_body
    assert "" == told(member | {"who": ["stranger"]}).answers.their_body


@pytest.mark.parametrize(
    ("chosen", "signs", "nature", "remarked"),
    [
        ("trolling", ["no-subject"], "trolling", False),
        ("trolling", [], "criticism", True),
        ("trolling", ["no-subject", "about-the-work"], "criticism", True),
        ("criticism", ["no-subject", "enjoys-it"], "trolling", True),
        ("criticism", [], "criticism", False),
        ("abuse", [], "abuse", False),
        ("abuse", ["wants-it-put-right"], "abuse", True),
        ("abuse", ["enjoys-it"], "abuse", False),
    ],
)
def test_a_critic_or_a_troll(chosen: str, signs: list[str], nature: str, remarked: bool) -> None:
    """The signs tell a critic from a troll, in doubt for the critic, and a change is remarked on."""
    found = told(answers(nature=[chosen], troll_or_critic=signs))
    assert (nature, remarked) == (found.answers.nature, bool(found.remark))


def test_signs_come_together() -> None:
    """Signs from several questions are one set."""
    found = told(answers(urgent_signs=["address-known"], fixation=["repeated"], so_far=["money"])).answers
    assert {"address-known", "repeated", "money"} == found.signs


@given(st.dictionaries(st.sampled_from([each.id for each in EVERY] + ["old"]), st.lists(st.text(max_size=12))))
def test_what_is_kept_may_be_old(kept: dict[str, list[str]]) -> None:
    """Of whatever is kept only answers that there are remain, so that the rest is asked again."""
    found = sound(kept)
    for id, chosen in found.items():
        question = next(each for each in EVERY if each.id == id)
        assert set(chosen) <= {each.id for each in question.choices}
        assert chosen or question.kind == "several"
