"""The plan after a hack: every path has steps and an end, evidence comes first, and what it says is sourced."""

import json
from datetime import UTC, date, datetime
from itertools import combinations, product

import pytest

from forethought.accounts.hacked.clock import clock
from forethought.accounts.hacked.load import FACTS, kind_of, kinds, sources, stages, steps
from forethought.accounts.hacked.plan import HackedPlan, coming, plan, ready
from forethought.accounts.hacked.telling import document, record
from forethought.accounts.vocabulary import SORTS
from forethought.documents import Note, Terms
from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, load
from forethought.incidents.triage.model import NATIONS

GUIDANCE = load()
BABCP, BPS = GUIDANCE.active(["babcp"]), GUIDANCE.active(["bps-dcp"])
TODAY = date(2026, 12, 1)
ORDER = ["evidence", "regain", "sign-out", "check", "secure", "remove", "tell", "report", "learn"]
COMBINED = [facts for n in range(len(FACTS) + 1) for facts in combinations(FACTS, n)]


def held(found: HackedPlan) -> dict[str, str]:
    """The plan's steps by id, with the stage that each stands in."""
    return {step.id: part.stage.id for part in found.stages for step in part.steps}


@pytest.mark.parametrize(("kind", "nation"), [*product(kinds(), NATIONS)])
def test_every_path_ends(kind: str, nation: str) -> None:
    """For every combination of facts each stage has a step, in order, and the last step says when it is over."""
    for facts in COMBINED:
        found = plan(kind, nation, BABCP, facts)
        assert ORDER == [part.stage.id for part in found.stages]
        assert all(part.steps for part in found.stages)
        last = found.stages[-1].steps[-1]
        assert last.id == "close"
        assert last.items == kinds()[kind].lists["end"]


@pytest.mark.parametrize("guidance", [GUIDANCE, BABCP, BPS], ids=["all", "babcp", "bps"])
def test_steps_are_grounded(guidance: Guidance) -> None:
    """A step has words and a reason, cites active provisions alone, and its source is dated."""
    active = {each.id for each in guidance.provisions()}
    for facts in COMBINED[:40]:
        for part in plan("mail", "Wales", guidance, facts).stages:
            for step in part.steps:
                assert step.words
                assert step.why
                assert {*step.cites} <= active
                assert step.source is None or step.source.read_on < step.source.review_on


def test_every_provision_is_there() -> None:
    """Each provision that the data cites is one of the packs' own."""
    known = {each.id for each in GUIDANCE.provisions()}
    assert {
        id for step in steps() for cites in (step.cites, *(each.cites for each in step.cases)) for id in cites
    } <= known


def test_every_source_is_used() -> None:
    """No source stands there that no step names."""
    assert {each.source for each in steps() if each.source} == {*sources()}


@pytest.mark.parametrize(
    ("nation", "route", "phone"),
    [
        ("England", "fraud", "0300 123 2040"),
        ("Wales", "fraud", "0300 123 2040"),
        ("Northern Ireland", "fraud", "0300 123 2040"),
        ("Scotland", "police", "101"),
    ],
)
def test_the_nation_decides_where_to_report(nation: str, route: str, phone: str) -> None:
    """Scotland reports on 101, the other nations to Report Fraud, in the words and by the route."""
    step = next(
        step for part in plan("social", nation, BABCP).stages for step in part.steps if step.id == "report-fraud"
    )
    assert step.route
    assert (route, phone) == (step.route.id, step.route.phone)
    assert ("101" in step.words) == (nation == "Scotland")


@pytest.mark.parametrize(
    ("facts", "there", "not_there"),
    [
        ({"clients"}, {"tell-clients", "report-ico", "tell-body"}, {"tell-employer", "money-now"}),
        ({"practice"}, {"tell-clients-risk", "report-ico", "what-of-clients"}, {"tell-clients"}),
        ({"personal"}, {"tell-contacts", "tell-supervisor"}, {"tell-insurer", "report-ico", "tell-clients"}),
        ({"personal", "practice"}, {"tell-insurer", "report-ico"}, set()),
        ({"money"}, {"money-now", "bank-and-shops", "helpline"}, {"report-ico"}),
        ({"locked-out"}, {"still-out", "helpline"}, {"lost-device"}),
        ({"device"}, {"lost-device"}, {"still-out"}),
        ({"employed"}, {"tell-employer"}, {"tell-body"}),
        ({"complaint"}, {"tell-body"}, {"tell-clients"}),
    ],
)
def test_facts_bring_their_steps(facts: set[str], there: set[str], not_there: set[str]) -> None:
    """Each fact brings the steps that belong to it, and a fact that reaches further outweighs `personal`."""
    found = {*held(plan("social", "England", BABCP, facts))}
    assert there <= found
    assert not not_there & found


def test_the_body_is_told_by_its_own_rule() -> None:
    """With BABCP active its provision stands behind telling it; without, the step is a suggestion to find out."""
    for guidance, cites in ((BABCP, "BABCP-71"), (BPS, None)):
        found = plan("social", "England", guidance, {"complaint"})
        step = next(step for part in found.stages for step in part.steps if step.id == "tell-body")
        assert (cites in step.cites) if cites else not step.cites


class TestReady:
    @pytest.mark.parametrize("stage", ["regain", "sign-out", "check", "secure", "remove", "learn"])
    def test_evidence_first(self, stage: str) -> None:
        """Nothing that changes the account, or closes the matter, begins before evidence is noted."""
        refusal = ready(stage, {each for each in ORDER if each != "evidence"})
        assert refusal
        assert ("evidence",) == refusal.needs
        assert refusal.words

    def test_removing_waits_for_looking_through(self) -> None:
        """Taking down needs both a copy and a look through the account."""
        assert ready("remove", {"evidence"})
        assert ready("remove", {"check"})
        assert ready("remove", {"evidence", "check"}) is None

    @pytest.mark.parametrize("stage", ["evidence", "tell", "report"])
    def test_warning_never_waits(self, stage: str) -> None:
        """Keeping, warning people and reporting may begin at once."""
        assert ready(stage, ()) is None

    def test_the_order_can_be_walked(self) -> None:
        """Doing what comes next is always allowed and ends after every stage once."""
        done: list[str] = []
        while stage := coming(done):
            assert ready(stage.id, done) is None
            done.append(stage.id)
        assert ORDER == done

    def test_needs_are_earlier(self) -> None:
        """A stage waits for earlier ones alone, so that no two wait for each other."""
        for n, stage in enumerate(stages()):
            assert {*stage.needs} <= {each.id for each in stages()[:n]}
            assert bool(stage.needs) == bool(stage.refusal)


@pytest.mark.parametrize(
    ("kind", "nation", "facts", "named"),
    [
        ("socal", "England", (), "kind of account 'socal'"),
        ("social", "Englnd", (), "nation"),
        ("social", "England", ("mony",), "fact 'mony'"),
    ],
)
def test_unknown_names(kind: str, nation: str, facts: tuple[str, ...], named: str) -> None:
    """A kind, nation or fact that is not in its list is refused by name."""
    with pytest.raises(UnknownNameError, match=named):
        plan(kind, nation, BABCP, facts)
    with pytest.raises(UnknownNameError, match="stage"):
        ready("remve", ())


def test_every_sort_has_a_kind() -> None:
    """Each sort of platform in the register leads to one kind of plan."""
    assert all(sum(sort in kind.sorts for kind in kinds().values()) == 1 for sort in SORTS)
    assert kind_of("forum") == "social"
    assert kind_of("site") == "website"


class TestTelling:
    def test_document(self) -> None:
        """The document warns of what nobody checked, shows the hours and where to turn, and names danger first."""
        at = datetime(2026, 11, 30, 9, tzinfo=UTC)
        found = document(plan("mail", "Scotland", GUIDANCE, {"practice"}), GUIDANCE, TODAY, clock(at, at))
        notes = [each.words for each in found.blocks if isinstance(each, Note)]
        assert "999" in notes[0]
        assert any("72 hours" in each for each in notes)
        assert any("Nobody has checked" in each for each in notes)
        assert any(("Telephone", "101") in each.rows for each in found.blocks if isinstance(each, Terms))

    def test_past_its_review(self) -> None:
        """A source past its day of review says so, and one before it does not."""
        found = plan("mail", "Wales", BABCP)
        late = [each.words for each in document(found, BABCP, date(2027, 3, 1)).blocks if isinstance(each, Note)]
        soon = [each.words for each in document(found, BABCP, TODAY).blocks if isinstance(each, Note)]
        assert any("looked at again" in each for each in late)
        assert not any("looked at again" in each for each in soon)

    def test_record(self) -> None:
        """The data holds every stage and step, and goes through JSON."""
        found = plan("device", "Wales", GUIDANCE, {"device"})
        data = json.loads(json.dumps(record(found, TODAY)))
        assert ORDER == [each["id"] for each in data["stages"]]
        assert held(found) == {step["id"]: stage["id"] for stage in data["stages"] for step in stage["steps"]}
        (own, cited) = (data["stages"][0]["steps"][0], data["stages"][1]["steps"][0])
        assert "own suggestion" in own["says"]
        assert "BABCP-69 (binds)" in cited["says"]
