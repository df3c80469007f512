"""The worked scenarios, written before the triage's data, and what every plan keeps, whatever was answered."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from forethought.guidance import load
from forethought.incidents.triage.model import Answers, Plan
from forethought.incidents.triage.triage import triage

SCENARIOS = tomllib.loads((Path(__file__).parent / "scenarios.toml").read_text(encoding="utf-8"))["scenario"]
NATURES = (
    "abuse", "threat", "stalking", "discrimination", "impersonation", "intimate-image", "doxxing", "extortion",
    "pile-on", "trolling", "criticism", "false-statement", "grooming", "hacking", "misconduct", "data-misuse",
    "complaint", "own-post",
)  # fmt: skip
PLACES = ("public", "closed-group", "private")
WHO = (
    "client", "former-client", "client-relation", "colleague", "member", "former-partner", "stranger", "unknown",
    "several",
)  # fmt: skip
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
BODIES = ("bacp", "bps-dcp", "babcp")
SIGNS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"fixated", "repeated"}),
    frozenset({"turned-up", "address-known"}),
    frozenset({"threat-to-life"}),
    frozenset({"under-18", "one-of-many"}),
    frozenset({"platform-refused", "money", "press"}),
    frozenset({"client-shown", "regret-client", "work", "employed"}),
)
EVERY_SIGN = frozenset[str]().union(*SIGNS)
GROUNDS = frozenset({"race", "class"})
HEDGED = re.compile(r"\b(if|whether|when|where)\b[^.,;:]*", re.IGNORECASE)
VERDICT = re.compile(
    r"\b(is|was|are|were|been|being|amounts? to|commit\w*) (clearly |certainly )?"
    r"(an? )?(crimes?|criminals?|criminal offences?|offences?|illegal|unlawful|against the law|libel|slander)\b"
    r"|\byou (are|were|have been) being \w+|\byou (were|have been) (stalked|harassed|defamed|defrauded)\b"
    r"|\b(has|have) (committed|broken the law)\b|\bguilty\b",
    re.IGNORECASE,
)
IN_DANGER = frozenset({"threat-to-life"})
FIXED_ON_ONE = frozenset({"fixated", "turned-up"})
NOT_ABOUT_THEM = frozenset({"complaint", "own-post", "data-misuse"})


def answers(scenario: dict[str, Any]) -> Answers:
    """Return the answers of a scenario; what it leaves out is no danger, no sign, no ground and no body."""
    return Answers(
        danger=scenario.get("danger", False),
        nature=scenario["nature"],
        place=scenario["place"],
        who=scenario["who"],
        their_body=scenario.get("their_body", ""),
        nation=scenario["nation"],
        signs=frozenset(scenario.get("signs", ())),
        grounds=frozenset(scenario.get("grounds", ())),
    )


def planned(scenario: dict[str, Any]) -> Plan:
    """Return the triage's plan for a scenario under its bodies."""
    return triage(answers(scenario), load().active(scenario["bodies"]))


def ids(things: Iterable[Any]) -> list[str]:
    """Return the ids of steps, supports or differences, in order."""
    return [each.id for each in things]


def steps(plan: Plan) -> list[str]:
    """Return the ids of what to do, now and then next."""
    return ids((*plan.now, *plan.next))


def routes(plan: Plan) -> list[str]:
    """Return the ids of the routes, in order."""
    return [way.route.id for way in plan.routes]


def missing(wanted: Iterable[str | list[str]], found: Iterable[str]) -> list[str | list[str]]:
    """Return what is wanted and not found; a list within is a choice, of which one is enough."""
    present = set(found)
    return [each for each in wanted if present.isdisjoint([each] if isinstance(each, str) else each)]


def in_order(wanted: Sequence[str], found: Sequence[str]) -> bool:
    """Whether each wanted id is found, each after the one before it."""
    return not missing(wanted, found) and [found.index(each) for each in wanted] == sorted(
        found.index(each) for each in wanted
    )


def before(earlier: str, later: str, found: Sequence[str]) -> bool:
    """Whether, where both are found, one comes first."""
    return earlier not in found or later not in found or found.index(earlier) < found.index(later)


def judges(words: str) -> bool:
    """Whether words say that a crime was committed; what follows if or whether says nothing of the kind."""
    return bool(VERDICT.search(HEDGED.sub("", words)))


@pytest.mark.parametrize(
    "scenario", [pytest.param(s, id=f"{n}-{s['nature']}-{s['who']}") for n, s in enumerate(SCENARIOS, 1)]
)
class TestEach:
    def test_blocking(self, scenario: dict[str, Any]) -> None:
        """The advice on blocking is one that a careful reader could give, and agrees with the steps."""
        plan = planned(scenario)
        assert plan.block in scenario["block"]
        assert plan.block not in ("no", "not-needed") or "block" not in steps(plan)

    def test_what_to_do(self, scenario: dict[str, Any]) -> None:
        """What must be done is there, now where it must be now, and in the right order."""
        plan = planned(scenario)
        assert not missing(scenario.get("now", ()), ids(plan.now))
        assert not missing(scenario.get("steps", ()), steps(plan))
        assert in_order(scenario.get("order", ()), steps(plan))
        assert scenario.get("first", plan.now[0].id) == plan.now[0].id

    def test_what_not_to_do(self, scenario: dict[str, Any]) -> None:
        """What must be avoided is said, and what would do harm is nowhere advised."""
        plan = planned(scenario)
        assert not missing(scenario.get("avoid", ()), ids(plan.avoid))
        assert not missing(scenario.get("heed", ()), [*steps(plan), *ids(plan.avoid)])
        assert not {*scenario.get("never", ())} & {*steps(plan)}

    def test_where_to_turn(self, scenario: dict[str, Any]) -> None:
        """The routes are those that serve this person, in order, and none that would send them the wrong way."""
        found = routes(planned(scenario))
        assert not missing(scenario.get("routes", ()), found)
        assert in_order(scenario.get("routes_order", ()), found)
        assert not {*scenario.get("no_routes", ())} & {*found}

    def test_who_stands_by(self, scenario: dict[str, Any]) -> None:
        """The supports expected are offered, the supervisor always."""
        assert not missing([*scenario.get("support", ()), "supervisor"], ids(planned(scenario).support))

    def test_where_the_documents_differ(self, scenario: dict[str, Any]) -> None:
        """The points on which the active documents differ are shown."""
        assert not missing(scenario.get("differs", ()), ids(planned(scenario).differences))


def told(nature: str, place: str, who: str, nation: str, signs: frozenset[str], danger: bool = False) -> Answers:
    """Return answers that carry grounds where the nature has them, and a body where a member is behind it."""
    return Answers(
        danger=danger,
        nature=nature,
        place=place,
        who=who,
        their_body="bacp" if who == "member" else "",
        nation=nation,
        signs=signs,
        grounds=GROUNDS if nature == "discrimination" else frozenset(),
    )


def answered(nature: str, bodies: Sequence[str], signs: Iterable[frozenset[str]]) -> Iterator[tuple[Answers, Plan]]:
    """Yield every combination of place, who, nation and set of signs for a nature, with its plan."""
    guidance = load().active(bodies)
    for each in product((nature,), PLACES, WHO, NATIONS, signs):
        yield told(*each), triage(told(*each), guidance)


@pytest.fixture(scope="module", params=NATURES)
def every(request: pytest.FixtureRequest) -> list[tuple[Answers, Plan]]:
    """Every combination of one nature under all bodies, and with no sign and with every sign under each alone."""
    alone = (pair for body in BODIES for pair in answered(request.param, [body], (frozenset(), EVERY_SIGN)))
    return [*answered(request.param, (), (*SIGNS, EVERY_SIGN)), *alone]


class TestEveryPath:
    def test_it_ends_in_an_action_and_a_support(self, every: list[tuple[Answers, Plan]]) -> None:
        """There is something to do now and somebody to turn to, the supervisor among them."""
        assert not [asked for asked, plan in every if not plan.now or "supervisor" not in ids(plan.support)]

    def test_no_step_is_given_twice_or_both_ways(self, every: list[tuple[Answers, Plan]]) -> None:
        """A step stands once, and nothing is both advised and warned against."""
        assert not [
            asked
            for asked, plan in every
            if len(steps(plan)) != len({*steps(plan)}) or {*steps(plan)} & {*ids(plan.avoid)}
        ]

    def test_capture_comes_first(self, every: list[tuple[Answers, Plan]]) -> None:
        """Evidence is kept before anything that could make it vanish, and only danger goes before it."""
        losing = ("block", "report-platform", "remove-own-post", "ask-for-removal", "tell-admin")
        assert not [
            asked for asked, plan in every if not all(before("capture", later, steps(plan)) for later in losing)
        ]
        childs = {"intimate-image", "under-18"}
        assert not [
            asked
            for asked, plan in every
            if "capture" not in steps(plan) and not childs <= {asked.nature, *asked.signs}
        ]

    def test_danger_to_life_comes_before_everything(self, every: list[tuple[Answers, Plan]]) -> None:
        """A threat to life puts 999 first among steps and among routes."""
        grave = [(asked, plan) for asked, plan in every if asked.signs & IN_DANGER]
        assert grave
        assert {(plan.now[0].id, routes(plan)[0]) for _, plan in grave} == {("call-999", "emergency")}

    def test_nobody_fixed_on_one_is_blocked(self, every: list[tuple[Answers, Plan]]) -> None:
        """A person who is fixated, turns up, was a partner or stalks is not to be blocked without advice."""
        close = [
            (asked, plan)
            for asked, plan in every
            if asked.signs & FIXED_ON_ONE
            or asked.nature == "stalking"
            or (asked.who == "former-partner" and asked.nature not in NOT_ABOUT_THEM)
        ]
        assert close
        wrong = [asked for asked, plan in close if plan.block != "no" or "do-not-block" not in ids(plan.avoid)]
        assert not wrong
        assert not [asked for asked, plan in close if missing(["stalking", "police"], routes(plan))]

    def test_blocking_is_said_one_way(self, every: list[tuple[Answers, Plan]]) -> None:
        """The step to block is there exactly where blocking is advised or open, and never beside its warning."""
        assert not [
            asked
            for asked, plan in every
            if ("block" in steps(plan)) != (plan.block in ("after-capture", "advised"))
            or {"block", "do-not-block"} <= {*steps(plan), *ids(plan.avoid)}
        ]

    def test_every_route_is_of_the_nation(self, every: list[tuple[Answers, Plan]]) -> None:
        """No route is shown to a person whose nation it does not serve, and none twice."""
        assert not [
            (asked, way.route.id)
            for asked, plan in every
            for way in plan.routes
            if asked.nation not in way.route.nations
        ]
        assert not [asked for asked, plan in every if len(routes(plan)) != len({*routes(plan)})]
        scottish = {route for asked, plan in every if asked.nation == "Scotland" for route in routes(plan)}
        assert not scottish & {"fraud", "hate", "body-social-work-england"}

    def test_a_route_comes_only_in_its_turn(self, every: list[tuple[Answers, Plan]]) -> None:
        """Each waits for what it asks: the platform, an organisation, data at risk; the insurer comes before law."""
        for asked, plan in every:
            found = routes(plan)
            assert "rhc" not in found or "platform-refused" in asked.signs
            assert "ico" not in found or asked.nature == "data-misuse"
            assert "own-breach" not in found or asked.signs & {"client-shown", "regret-client"}
            assert before("insurer", "legal", found)

    def test_a_statement_is_never_pressed(self, every: list[tuple[Answers, Plan]]) -> None:
        """A public statement is at most a choice for later."""
        assert not [asked for asked, plan in every if "one-statement" in ids(plan.now)]

    def test_no_words_pass_judgement(self, every: list[tuple[Answers, Plan]]) -> None:
        """Nothing says that a crime was committed: that is for others to decide."""
        words = {step.words for _, plan in every for step in (*plan.now, *plan.next, *plan.avoid)}
        words |= {way.why for _, plan in every for way in plan.routes}
        words |= {str(way.route) for _, plan in every for way in plan.routes}
        assert [each for each in sorted(words) if judges(each)] == []


@pytest.mark.parametrize("nature", NATURES)
def test_danger_now_goes_first_whatever_else_was_said(nature: str) -> None:
    """With somebody in danger now, 999 is the first step and route, and evidence follows."""
    for place, who, nation in product(PLACES, WHO, NATIONS):
        plan = triage(told(nature, place, who, nation, frozenset(), danger=True), load())
        assert (plan.now[0].id, routes(plan)[0]) == ("call-999", "emergency")
        assert in_order(("call-999", "capture"), steps(plan))


def test_a_critic_is_not_blocked_and_a_client_not_confirmed() -> None:
    """Criticism never leads to blocking, and always warns against confirming that somebody is a client."""
    plans = [plan for _, plan in answered("criticism", (), (*SIGNS, EVERY_SIGN))]
    assert not [plan for plan in plans if "block" in steps(plan) or "never-confirm-client" not in ids(plan.avoid)]


def test_police_hear_of_images_before_they_are_removed() -> None:
    """With intimate images the police come before any request to remove; a child's go to no adult service."""
    for asked, plan in answered("intimate-image", (), (*SIGNS, EVERY_SIGN)):
        assert before("go-to-police", "report-platform", steps(plan))
        assert before("go-to-police", "ask-for-removal", steps(plan))
        adult = {"intimate", "stopncii"} & {*routes(plan)}
        assert not adult if "under-18" in asked.signs else adult


@pytest.mark.parametrize("words", ["This is a crime.", "It was an offence", "You are being stalked", "He is guilty"])
def test_judgement_is_recognised(words: str) -> None:
    """The expression that looks for verdicts finds one."""
    assert judges(words)


@pytest.mark.parametrize(
    "words",
    ["It may be an offence: the police decide whether it is an offence.", "You can report it as a hate incident."],
)
def test_caution_is_not_taken_for_judgement(words: str) -> None:
    """The expression leaves careful words alone."""
    assert not judges(words)


def test_they_are_many_and_broad() -> None:
    """At least eighty, three or more of each nature, and over all places, people, nations and bodies."""
    natures = [scenario["nature"] for scenario in SCENARIOS]
    assert len(SCENARIOS) >= 80
    assert {nature for nature in NATURES if natures.count(nature) >= 3} == {*NATURES}
    assert ({s["place"] for s in SCENARIOS}, {s["who"] for s in SCENARIOS}) == ({*PLACES}, {*WHO})
    assert all([s["nation"] for s in SCENARIOS].count(nation) >= 12 for nation in NATIONS)
    assert {(), *((body,) for body in BODIES)} <= {tuple(scenario["bodies"]) for scenario in SCENARIOS}
    assert {sign for scenario in SCENARIOS for sign in scenario.get("signs", ())} == EVERY_SIGN
