"""The plan to keep private life and work apart: the right steps in the right order, each with who says so."""

import re
from itertools import combinations

import pytest

from forethought.documents import Heading, Listing, Quote
from forethought.errors import UnknownNameError
from forethought.guidance import Guidance
from forethought.policy.separation import TONES, Tone, document, facts, note, note_provisions, plan

ALL = tuple(facts())
LAST = "look"


class TestPlan:
    @pytest.mark.parametrize("fact", ALL)
    def test_each_fact_brings_one_step(self, fact: str, guidance: Guidance) -> None:
        """A fact that holds brings a step of its own before the one that is for everyone."""
        steps = plan([fact], guidance)
        assert 2 == len(steps)
        assert LAST == steps[-1].id

    def test_nothing_holds(self, guidance: Guidance) -> None:
        """Where nothing holds there is still a look from outside to take."""
        assert [LAST] == [step.id for step in plan([], guidance)]

    def test_the_order_is_the_same_whatever_holds(self, guidance: Guidance) -> None:
        """Steps keep their order, with talking to clients first, however the facts are given."""
        whole = [step.id for step in plan(ALL, guidance)]
        assert "talk" == whole[0]
        for some in combinations(reversed(ALL), 3):
            assert sorted((step.id for step in plan(some, guidance)), key=whole.index) == [
                step.id for step in plan(some, guidance)
            ]

    @pytest.mark.parametrize("step", range(len(ALL) + 1))
    def test_each_step_has_who_says_so(self, step: int, guidance: Guidance) -> None:
        """Each step has something to do, a reason, and provisions that ask for it."""
        each = plan(ALL, guidance)[step]
        assert each.do
        assert each.why
        assert any(provision.standing != "silent" for provision in each.provisions)

    def test_where_the_documents_differ(self, guidance: Guidance) -> None:
        """The step to separate accounts names the point on which the bodies differ, while several are active."""
        steps = {step.id: step for step in plan(ALL, guidance)}
        assert ["D09"] == [each.id for each in steps["two-accounts"].differences]
        assert () == plan(["one_account"], guidance.active(["babcp"]))[0].differences

    def test_only_active_bodies_are_cited(self, guidance: Guidance) -> None:
        """No step cites a document that is not active."""
        for step in plan(ALL, guidance.active(["bps-dcp"])):
            assert {each.body for each in step.provisions} <= {"bps-dcp"}

    def test_an_unknown_fact(self, guidance: Guidance) -> None:
        """A fact that is not in the list is named, with the nearest."""
        with pytest.raises(UnknownNameError, match="one_account"):
            plan(["one_acount"], guidance)


class TestNote:
    @pytest.mark.parametrize("tone", TONES)
    def test_it_asks_for_what_helps(self, tone: Tone) -> None:
        """In either tone it speaks of photos, strangers, settings and children, and of keeping quiet about clients."""
        words = note(tone)
        assert all(
            re.search(part, words) for part in ("photo|picture", "friends", "posts", "child", "see me|therapist")
        )

    def test_who_asks_for_it(self, guidance: Guidance) -> None:
        """It rests on provisions about family and friends."""
        assert {"DCP-75", "DCP-76"} <= {each.id for each in note_provisions(guidance)}

    def test_an_unknown_tone(self) -> None:
        """A tone that is not there is named."""
        with pytest.raises(UnknownNameError, match="warm"):
            note("warmer")  # type: ignore[arg-type]


def test_the_document(guidance: Guidance) -> None:
    """The plan can be handed over: numbered steps, what to do in each, and the note in both tones."""
    blocks = document(ALL, guidance).blocks
    headings = [block.words for block in blocks if isinstance(block, Heading) and block.level == 2]
    assert [f"{n}. {step.title}" for n, step in enumerate(plan(ALL, guidance), 1)] == headings[: len(ALL) + 1]
    assert all(Listing(step.do) in blocks for step in plan(ALL, guidance))
    assert [note(tone) for tone in TONES] == [block.text for block in blocks if isinstance(block, Quote)]
    asking = blocks[blocks.index(Heading(3, "Who asks for such a note")) + 1]
    assert isinstance(asking, Listing)
    assert len(note_provisions(guidance)) == len(asking.items)
