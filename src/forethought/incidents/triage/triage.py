"""The front door of the triage: answers and the active guidance in, a plan out. Data decides; this combines."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from forethought.errors import UnknownNameError
from forethought.guidance import Difference, Guidance
from forethought.guidance.model import standing_of
from forethought.incidents.triage.load import natures, offences, routes, rules, steps, supports
from forethought.incidents.triage.model import (
    BLOCKS,
    BODIES,
    GROUNDS,
    NATIONS,
    PEOPLE,
    PLACES,
    SIGNS,
    Answers,
    Block,
    Offence,
    Plan,
    Route,
    Rule,
    Stand,
    Step,
    Support,
    Way,
)  # fmt: skip

Known = Mapping[str, Collection[str]]


def triage(answers: Answers, guidance: Guidance) -> Plan:
    """Return the plan for these answers under the active packs.

    Raises UnknownNameError for an answer that is not in its list.
    """
    known = facts(answers, guidance)
    nature = natures()[answers.nature]
    hold = (nature.does, *(rule for rule in rules() if rule.when.holds(known)))
    block = blocking(hold)
    now, later, avoid = _steps(hold, block, known, guidance)
    ways = _ways(hold, answers)
    support = _support(hold, answers.nation)
    cited = {id for said in (*now, *later, *avoid) for id in said.cites} | {id for one in support for id in one.cites}
    return Plan(
        answers, nature, now, later, avoid, block, ways, support, _offences(ways, answers),
        _differences({id for rule in hold for id in rule.differences}, guidance), stands(cited, guidance),
    )  # fmt: skip


def facts(answers: Answers, guidance: Guidance) -> Known:
    """Return the answers as conditions know them, kind by kind. Raises UnknownNameError as `triage` does."""
    _check("nature", [answers.nature], natures())
    _check("place", [answers.place], PLACES)
    _check("person", [answers.who], PEOPLE)
    _check("body", [answers.their_body], (*BODIES, ""))
    _check("nation", [answers.nation], NATIONS)
    _check("sign", answers.signs, SIGNS)
    _check("ground", answers.grounds, GROUNDS)
    return {
        "nature": {answers.nature},
        "place": {answers.place},
        "who": {answers.who},
        "their_body": {answers.their_body, "any"} if answers.their_body else {"none"},
        "nation": {answers.nation},
        "sign": {*answers.signs, *(["danger"] if answers.danger else [])},
        "ground": {*answers.grounds, "any"} if answers.grounds else {"none"},
        "active": {pack.body for pack in guidance.packs},
    }


def blocking(hold: Iterable[Rule]) -> Block:
    """Return whether to block: a reason against it outranks every reason for it."""
    return min((rule.block for rule in hold if rule.block), key=BLOCKS.index)


def stands(cited: Collection[str], guidance: Guidance) -> tuple[Stand, ...]:
    """Return where each active pack stands on these provisions, by id, silent packs as well."""
    own = ((pack, tuple(each for each in pack.provisions if each.id in cited)) for pack in guidance.packs)
    return tuple(Stand(pack.id, pack.body, standing_of(said), said) for pack, said in own)


def _steps(
    hold: Collection[Rule], block: Block, known: Known, guidance: Guidance
) -> tuple[tuple[Step, ...], tuple[Step, ...], tuple[Step, ...]]:
    """Return the steps for now, for next and to avoid; a step that is wanted now is not said again for later."""
    dropped = {id for rule in hold for id in rule.drop} | ({"block"} if block in ("no", "not-needed") else set())
    now = {id for rule in hold for id in rule.now} - dropped
    later = {id for rule in hold for id in rule.next} - dropped - now
    avoid = {id for rule in hold for id in rule.avoid} - dropped | ({"do-not-block"} if block == "no" else set())
    active = {each.id for each in guidance.provisions()}
    said = [_said(id, known, active) for id in steps()]
    first, second, third = (tuple(each for each in said if each.id in ids) for ids in (now, later, avoid))
    return first, second, third


def _said(id: str, known: Known, active: Collection[str]) -> Step:
    """Return a step in the words of the case that holds, citing active provisions alone."""
    data = steps()[id]
    case = next((each for each in data.cases if each.when.holds(known)), data)
    return Step(id, case.words, tuple(each for each in case.cites if each in active), data.why)


def _ways(hold: Collection[Rule], answers: Answers) -> tuple[Way, ...]:
    """Return the routes of this nation, those that go first in front, each in its turn."""
    reasons: dict[str, str] = {}
    first: set[str] = set()
    for rule in hold:
        for id in (*rule.first, *rule.routes):
            if route := route_in(id.replace("their-body", f"body-{answers.their_body}"), answers.nation):
                reasons[route.id] = reasons.get(route.id) or rule.why
                first |= {route.id} if id in rule.first else set()
    found = [each for each in routes() if each.id in reasons and answers.nation in each.nations]
    found.sort(key=lambda route: route.id not in first)
    return tuple(Way(each, reasons[each.id] or each.when, bool(each.draft)) for each in found)


def route_in(id: str, nation: str) -> Route | None:
    """Return a route's row for a nation, or the one that takes its place there; None where there is neither."""
    rows = [each for each in routes() if each.id == id]
    here = next((each for each in rows if nation in each.nations), None)
    instead = next((each.instead for each in rows if each.instead), "")
    return here or (route_in(instead, nation) if instead else None)


def _support(hold: Iterable[Rule], nation: str) -> tuple[Support, ...]:
    """Return the supports of this nation; a supervisor is always among them."""
    wanted = {"supervisor", *(id for rule in hold for id in rule.support)}
    return tuple(each for each in supports() if each.id in wanted and nation in each.nations)


def _offences(ways: Iterable[Way], answers: Answers) -> tuple[Offence, ...]:
    """Return the law to name when asking the police; none where the plan does not go to them."""
    police = any(way.route.id == "police" for way in ways)
    return tuple(
        each for each in offences() if police and answers.nature in each.natures and answers.nation in each.nations
    )


def _differences(ids: Collection[str], guidance: Guidance) -> tuple[Difference, ...]:
    """Return these points with the positions of active documents; two editions of one body may differ as well."""
    names = {name for pack in guidance.packs for name in (pack.id, pack.body)}
    alone = len({pack.body for pack in guidance.packs}) < 2
    points = (
        replace(point, positions=tuple(each for each in point.positions if each.of in names))
        for point in guidance.differences
        if point.id in ids
    )
    return tuple(point for point in points if len({each.says for each in point.positions}) > alone)


def _check(kind: str, given: Iterable[str], known: Iterable[str]) -> None:
    names = [*known]
    for each in given:
        if each not in names:
            raise UnknownNameError(kind, each, [name for name in names if name])
