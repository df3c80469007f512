"""The plan after a hack: what was taken over, where and how badly in; stages in order with their steps out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from forethought.accounts.hacked.load import FACTS, Kind, Source, Stage, StepData, kinds, sources, stages, steps
from forethought.errors import UnknownNameError
from forethought.guidance import Difference, Guidance
from forethought.incidents.triage.model import NATIONS, Route, Stand
from forethought.incidents.triage.triage import route_in, stands

WIDER = {"clients", "practice", "employed", "complaint"}  # any of these, and it is not personal only


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do; `cites` are active provisions, none makes it our own suggestion, `items` are told one by one."""

    id: str
    words: str
    why: str
    cites: tuple[str, ...]
    items: tuple[str, ...] = ()
    source: Source | None = None
    route: Route | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stage of this plan with its steps: never without one."""

    stage: Stage
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a stage has to wait: the stage, those for which nothing is noted yet, and what to do, in words."""

    stage: str
    needs: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class HackedPlan:
    """What to do, in order, with where each active pack stands and where the documents differ."""

    kind: Kind
    nation: str
    facts: frozenset[str]
    stages: tuple[Part, ...]
    stands: tuple[Stand, ...] = field(repr=False)
    differences: tuple[Difference, ...] = field(repr=False)


def plan(kind: str, nation: str, guidance: Guidance, facts: Collection[str] = ()) -> HackedPlan:
    """Return the plan for a kind of account, a nation and what is known, under the active packs.

    `facts` are of FACTS; `personal` gives way to any fact that reaches further. Raises UnknownNameError for a kind,
    nation or fact that is not in its list.
    """
    _check("kind of account", (kind,), kinds())
    _check("nation", (nation,), NATIONS)
    _check("fact", facts, FACTS)
    held = frozenset(facts) - ({"personal"} if WIDER & {*facts} else set())
    active = {pack.body for pack in guidance.packs}
    known = {"kind": {kind}, "nation": {nation}, "fact": held, "active": active}
    said = [(each.stage, _step(each, known, kinds()[kind], guidance)) for each in steps() if each.when.holds(known)]
    parts = tuple(Part(stage, tuple(step for of, step in said if of == stage.id)) for stage in stages())
    cited = {id for _, step in said for id in step.cites}
    return HackedPlan(
        kinds()[kind], nation, held, parts, stands(cited, guidance), guidance.differences_on(("hack-recovery",))
    )


def ready(stage: str, done: Collection[str]) -> Refusal | None:
    """Return why a stage has to wait, given the stages for which something is noted; None where it may begin.

    Evidence comes before all that changes the account, and taking down comes after looking through it. Warning and
    reporting never wait. Raises UnknownNameError for a stage that is not in the plan.
    """
    by_id = {each.id: each for each in stages()}
    _check("stage", (stage, *done), by_id)
    missing = tuple(each for each in by_id[stage].needs if each not in done)
    return Refusal(stage, missing, by_id[stage].refusal) if missing else None


def coming(done: Collection[str]) -> Stage | None:
    """Return the first stage for which nothing is noted: what to do next. None once every stage has something."""
    return next((each for each in stages() if each.id not in done), None)


def _step(data: StepData, known: Mapping[str, Collection[str]], kind: Kind, guidance: Guidance) -> Step:
    """Return a step in the words of the case that holds, citing active provisions alone."""
    case = next((each for each in data.cases if each.when.holds(known)), data)
    active = {each.id for each in guidance.provisions()}
    (nation,) = known["nation"]
    return Step(
        data.id, case.words, data.why, tuple(each for each in case.cites if each in active),
        kind.lists[data.list] if data.list else (), sources()[data.source] if data.source else None,
        route_in(data.route, nation) if data.route else None, data.notice,
    )  # fmt: skip


def _check(kind: str, given: Collection[str], known: Collection[str]) -> None:
    for each in given:
        if each not in known:
            raise UnknownNameError(kind, each, known)
