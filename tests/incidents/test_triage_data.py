"""The triage's data and engine: what each plan keeps to, over every nature, person, place, nation and sign."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents.html import html
from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, load
from forethought.incidents.triage import load as data
from forethought.incidents.triage import model, reporting
from forethought.incidents.triage.asking import leaning
from forethought.incidents.triage.model import Answers, Plan, Step
from forethought.incidents.triage.telling import OWN, document, record, says
from forethought.incidents.triage.triage import triage

EVERY = load()
BODIES = ("bacp", "babcp", "bps-dcp")
SETS = list(chain.from_iterable(combinations(BODIES, size) for size in (1, 2, 3)))
GUIDANCE = {names: EVERY.active(names) for names in SETS}
NATURES = list(data.natures())
TODAY = date(2026, 11, 21)
FIXED = {"fixated", "turned-up"}
AFTER_CAPTURE = {"block", "report-platform", "tell-admin", "limit-own-post", "remove-own-post", "ask-for-removal"}
ANSWERS = st.builds(
    Answers,
    nature=st.sampled_from(NATURES),
    nation=st.sampled_from(model.NATIONS),
    danger=st.booleans(),
    place=st.sampled_from(model.PLACES),
    who=st.sampled_from(model.PEOPLE),
    their_body=st.sampled_from(("", *model.BODIES)),
    signs=st.frozensets(st.sampled_from(model.SIGNS), max_size=6),
    grounds=st.frozensets(st.sampled_from(model.GROUNDS), max_size=2),
)


def ids(steps: tuple[Step, ...]) -> list[str]:
    """Return the ids of steps, in order."""
    return [each.id for each in steps]


def names(plan: Plan) -> list[str]:
    """Return the ids of a plan's routes, in order."""
    return [way.route.id for way in plan.routes]


def every(nature: str) -> Iterator[Answers]:
    """Yield the answers for a nature: each person, place and nation, with no sign, each one alone, and in danger."""
    signs = [frozenset[str](), *(frozenset([each]) for each in model.SIGNS)]
    for who, place, nation, sign in product(model.PEOPLE, model.PLACES, model.NATIONS, signs):
        yield Answers(nature=nature, nation=nation, place=place, who=who, signs=sign)
    for who, place, nation in product(model.PEOPLE, model.PLACES, model.NATIONS):
        yield Answers(nature=nature, nation=nation, place=place, who=who, danger=True)


def urgent(answers: Answers) -> bool:
    """Whether somebody may be in danger."""
    return answers.danger or "threat-to-life" in answers.signs


def keeps(plan: Plan, guidance: Guidance) -> None:
    """Fail where a plan breaks what every plan keeps to."""
    answers, routes = plan.answers, names(plan)
    done, avoid, bodies = ids((*plan.now, *plan.next)), ids(plan.avoid), {pack.body for pack in guidance.packs}
    assert plan.now, answers
    assert "supervisor" in [each.id for each in plan.support]
    assert "capture" in ids(plan.now)
    assert not AFTER_CAPTURE & {*done[: done.index("capture")]}
    assert len({*done, *avoid}) == len(done) + len(avoid)
    assert all(answers.nation in way.route.nations for way in plan.routes)
    assert len({*routes}) == len(routes)
    assert ("block" in done) == (plan.block in ("after-capture", "advised"))
    assert ("do-not-block" in avoid) == (plan.block == "no")
    if urgent(answers):
        assert (done[0], routes[0]) == ("call-999", "emergency")
    if FIXED & answers.signs or answers.who == "former-partner" or answers.nature == "stalking":
        assert plan.block == "no"
        assert "ask-stalking-line" in ids(plan.now)
        assert {"stalking", "police"} <= {*routes}
    if answers.nature == "criticism":
        assert plan.block == "no"
        assert {"never-confirm-client"} <= {*avoid}
        assert "offer-complaints-route" in done
        assert "answer-once-neutral" in done or "no-reply" in avoid
    assert "rhc" not in routes or "platform-refused" in answers.signs
    assert "ico" not in routes or answers.nature == "data-misuse"
    assert "own-breach" not in routes or (
        answers.nature in ("hacking", "own-post") and answers.signs & {"client-shown", "regret-client"}
    )
    if answers.place == "closed-group":
        assert "tell-admin" in done
        assert "group" in routes
        assert "platform" not in routes or routes.index("group") < routes.index("platform")
    assert "one-statement" not in ids(plan.now)
    assert {each for step in plan.steps for each in step.cites} <= {each.id for each in guidance.provisions()}
    if plan.block == "advised":
        assert "babcp" in bodies


@pytest.mark.parametrize("nature", NATURES)
def test_every_plan_keeps_the_rules(nature: str) -> None:
    """Danger, capture, fixation, critics, nations and supports hold for every person, place, nation and sign."""
    for answers in every(nature):
        keeps(triage(answers, EVERY), EVERY)


@given(ANSWERS, st.sampled_from(SETS))
def test_signs_together_keep_the_rules(answers: Answers, bodies: tuple[str, ...]) -> None:
    """Several signs, grounds and bodies at once break none of them, and the plan can be written down."""
    guidance = GUIDANCE[bodies]
    plan = triage(answers, guidance)
    keeps(plan, guidance)
    said = html(document(plan, guidance, TODAY))
    assert all(route.name.split("'")[0] in said for route in (way.route for way in plan.routes))
    assert record(plan, TODAY)["block"] == plan.block


@pytest.mark.parametrize("nation", model.NATIONS)
@pytest.mark.parametrize("sign", ["", "under-18"])
def test_an_intimate_picture_goes_to_those_for_its_age(nation: str, sign: str) -> None:
    """An adult is sent to the helpline and StopNCII; somebody under 18 to those for children instead."""
    plan = triage(Answers(nature="intimate-image", nation=nation, signs=frozenset(filter(None, [sign]))), EVERY)
    adult, child = {"intimate", "stopncii"}, {"child-images", "safeguarding-lead"}
    assert (child if sign else adult) <= {*names(plan)}
    assert not (adult if sign else child) & {*names(plan)}
    assert "no-removal-before-police" in ids(plan.avoid)
    assert ("safeguarding" in ids(plan.now)) == bool(sign)


@pytest.mark.parametrize(
    ("bodies", "block"), [(("babcp",), "advised"), (("bacp", "babcp"), "advised"), (("bacp",), "after-capture")]
)
def test_blocking_after_discrimination_follows_the_bodies(bodies: tuple[str, ...], block: str) -> None:
    """Blocking is strongly advised where BABCP is active; its police and platform both appear."""
    plan = triage(Answers(nature="discrimination", nation="Wales", grounds=frozenset(["race"])), GUIDANCE[bodies])
    assert plan.block == block
    assert {"platform", "police", "hate"} <= {*names(plan)}


@pytest.mark.parametrize(
    ("ground", "bodies", "hate"),
    [("class", BODIES, False), ("age", ("bacp",), False), ("age", ("babcp",), True), ("race", ("bps-dcp",), True)],
)
def test_grounds_of_hate_are_those_that_a_body_states(ground: str, bodies: tuple[str, ...], hate: bool) -> None:
    """The hate route follows what an active body, or the police's form, counts; class is on none of them."""
    plan = triage(Answers(nature="discrimination", nation="England", grounds=frozenset([ground])), GUIDANCE[bodies])
    assert ("hate" in names(plan)) == hate


def test_scotland_sends_to_its_police() -> None:
    """In Scotland hate, hacking and blackmail go to the police, by a row of Scotland's own."""
    for answers in (
        Answers(nature="discrimination", nation="Scotland", grounds=frozenset(["race"])),
        Answers(nature="hacking", nation="Scotland"),
        Answers(nature="extortion", nation="Scotland"),
        Answers(nature="impersonation", nation="Scotland", signs=frozenset(["money"])),
    ):
        plan = triage(answers, GUIDANCE[("bacp",)])
        assert "Police Scotland, 101" in [way.route.name for way in plan.routes], answers
        assert not {"hate", "fraud"} & {*names(plan)}


@pytest.mark.parametrize("who", ["member", "colleague"])
@pytest.mark.parametrize("body", model.BODIES)
def test_a_colleague_s_body_comes_after_the_platform(who: str, body: str) -> None:
    """A colleague's or member's body follows group and platform; Social Work England is there in England alone."""
    for nation in model.NATIONS:
        plan = triage(
            Answers(nature="misconduct", nation=nation, who=who, their_body=body, place="closed-group"), EVERY
        )
        there = body != "social-work-england" or nation == "England"
        assert (f"body-{body}" in names(plan)) == there
        assert "complain-to-their-body" in ids(plan.next)
        if there:
            order = [names(plan).index(each) for each in ("group", "platform", f"body-{body}")]
            assert order == sorted(order)


def test_a_colleague_at_work_brings_in_the_workplace() -> None:
    """Conduct that is tied to the work brings the employer, and whistleblowing as a step."""
    plan = triage(Answers(nature="misconduct", nation="Wales", who="colleague", signs=frozenset(["work"])), EVERY)
    assert {"whistleblow", "tell-employer"} <= {*ids(plan.next)}
    assert "employer" in names(plan)


def test_my_own_post_is_kept_before_it_goes() -> None:
    """The order is: keep, limit, remove, record, consult, tell, learn."""
    plan = triage(Answers(nature="own-post", nation="England", signs=frozenset(["regret-client"])), EVERY)
    wanted = [
        "capture", "limit-own-post", "remove-own-post", "record-own-post", "take-to-supervision",
        "tell-people-affected", "learn",
    ]  # fmt: skip
    assert wanted == [each for each in ids((*plan.now, *plan.next)) if each in wanted]
    assert "own-breach" in names(plan)


def test_a_complaint_is_answered_with_advice() -> None:
    """A complaint is kept, answered calmly, taken to supervision and told to the insurer before anything else."""
    plan = triage(Answers(nature="complaint", nation="Northern Ireland"), EVERY)
    assert ids(plan.now) == ["capture", "answer-complaint-calmly", "take-to-supervision", "tell-insurer"]
    assert {"insurer", "own-body"} <= {*names(plan)}


def test_two_editions_of_one_body_differ_on_blocking() -> None:
    """With BACP alone active its two editions still show the point on which they differ, and one edition does not."""
    answers = Answers(nature="abuse", nation="England")
    assert "D17" in [each.id for each in triage(answers, EVERY.active(["bacp"])).differences]
    assert "D17" not in [each.id for each in triage(answers, EVERY.active(["bacp-social-media-1"])).differences]


def test_a_point_on_which_one_body_alone_speaks_is_shown_beside_others() -> None:
    """Where several bodies are active, a point on which one of them speaks and the rest are silent is shown."""
    points = triage(Answers(nature="criticism", nation="Wales"), GUIDANCE[("bacp", "babcp")]).differences
    assert [(each.id, len(each.positions)) for each in points] == [("D16", 1)]


@pytest.mark.parametrize(
    ("nature", "first"),
    [("stalking", ["stalking", "police"]), ("threat", ["police"]), ("intimate-image", ["intimate", "police"])],
)
def test_the_gravest_go_past_the_platform(nature: str, first: list[str]) -> None:
    """Stalking, threats and intimate pictures begin with those who know that harm, and the platform comes after."""
    plan = triage(Answers(nature=nature, nation="Scotland", place="closed-group"), EVERY)
    assert names(plan)[: len(first)] == first
    assert names(plan).index("group") == len(first)


def test_a_step_says_who_says_it() -> None:
    """A step names the active bodies behind it and how strongly, and is our own suggestion where none is."""
    plan = triage(Answers(nature="abuse", nation="England", signs=frozenset(["client-shown"])), EVERY)
    steps = {each.id: each for each in plan.steps}
    assert says(steps["block"], plan) == "BABCP advises and BACP advises."
    assert says(steps["never-confirm-client"], plan).startswith("BABCP binds")
    assert says(steps["keep-original"], plan) == OWN
    alone = triage(plan.answers, GUIDANCE[("bps-dcp",)])
    assert says(next(each for each in alone.now if each.id == "block"), alone) == OWN


def test_offences_are_named_with_their_nations_and_never_found() -> None:
    """Law is shown only with the police, only in the nations that it reaches, and beside who decides."""
    for nature, nation in product(NATURES, model.NATIONS):
        plan = triage(Answers(nature=nature, nation=nation), EVERY)
        assert all(nation in each.nations for each in plan.offences)
        assert not plan.offences or "police" in names(plan)
        assert not plan.offences or "the police and the courts decide" in html(document(plan, EVERY, TODAY))
    assert triage(Answers(nature="threat", nation="Wales"), EVERY).offences


@pytest.mark.parametrize(
    ("field", "value"), [("nature", "gossip"), ("nation", "France"), ("who", "cat"), ("place", "moon")]
)
def test_an_unknown_answer_is_named(field: str, value: str) -> None:
    """An answer that is not in its list is named in the error."""
    with pytest.raises(UnknownNameError, match=value):
        triage(replace(Answers(nature="abuse", nation="Wales"), **{field: value}), EVERY)


def test_every_name_in_the_data_exists() -> None:
    """Provisions, duties and differences that the data names are there, and each step and route is used somewhere."""
    known, duties = {each.id for each in EVERY.provisions()}, {each.id for each in EVERY.duties}
    for step in data.steps().values():
        assert {*step.duties} <= duties, step.id
        assert {*step.cites, *(id for case in step.cases for id in case.cites)} <= known, step.id
    rules = (*data.rules(), *(each.does for each in data.natures().values()))
    assert {id for rule in rules for id in rule.differences} <= {each.id for each in EVERY.differences}
    assert {id for each in data.supports() for id in each.cites} <= known
    assert {pack for each in data.natures().values() for pack in each.kinds} <= {pack.id for pack in EVERY.packs}
    used = {id for rule in rules for id in (*rule.now, *rule.next, *rule.avoid)}
    assert used | {"do-not-block"} == {*data.steps()}
    routes = {id for rule in rules for id in (*rule.routes, *rule.first)}
    assert routes - {"their-body"} == {each.id for each in data.routes() if not each.id.startswith("body-")}
    assert {id for rule in rules for id in rule.support} | {"supervisor"} == {each.id for each in data.supports()}


def test_a_route_has_one_row_for_a_nation() -> None:
    """No nation has two rows of one route or support, and an address carries no tracking."""
    for rows in (data.routes(), data.supports()):
        pairs = [(each.id, nation) for each in rows for nation in each.nations]
        assert len({*pairs}) == len(pairs)
    for route in data.routes():
        assert route.cannot_do
        assert not re.search(r"[?#]", route.address + route.source_url)
        assert route.review_on > route.read_on


def test_the_questions_offer_the_whole_vocabulary() -> None:
    """Danger comes first and fixation before the nature; every answer there is can be given."""
    asked = data.questions()
    order = [each.id for each in asked]
    assert order[0] == "danger"
    assert order.index("fixation") < order.index("nature")
    offered = {
        about: {c.id for q in asked if q.about == about for c in q.choices} for about in {q.about for q in asked}
    }
    assert offered["signs"] == {*model.SIGNS}
    assert offered["grounds"] == {*model.GROUNDS}
    assert offered["who"] == {*model.PEOPLE}
    assert offered["place"] == {*model.PLACES}
    assert offered["nation"] == {*model.NATIONS}
    assert offered["their_body"] == {*model.BODIES}
    assert {id for q in asked for c in q.choices for id in c.cites} <= {each.id for each in EVERY.provisions()}


@pytest.mark.parametrize(
    ("signs", "points"),
    [
        ((), "criticism"),
        (("no-subject", "enjoys-it"), "trolling"),
        (("names-something",), "criticism"),
        (("no-subject", "enjoys-it", "moves-on", "about-the-work"), "criticism"),
    ],
)
def test_in_doubt_it_is_criticism(signs: tuple[str, ...], points: str) -> None:
    """One sign of a real concern outweighs every sign of a troll, and no sign at all is no troll."""
    assert leaning(signs) == points


def test_a_row_warns_until_it_is_checked_and_once_it_is_past() -> None:
    """An unchecked row warns, a checked one does not until its day of review has passed."""
    route = data.routes()[0]
    checked = replace(route, checked_by="a person")
    assert len(reporting.warnings(route, TODAY)) == 1
    assert reporting.warnings(checked, checked.review_on) == ()
    assert "20 February 2027" in reporting.warnings(checked, checked.review_on + timedelta(days=1))[0]
    assert len(reporting.warnings(route, route.review_on + timedelta(days=1))) == 2


def test_a_release_is_held_back_by_the_danger_path() -> None:
    """Unchecked rows for danger, stalking, intimate pictures and hate hold it back; others do not."""
    held = {each.id for each in reporting.unchecked_on_the_danger_path()}
    assert {"emergency", "police", "stalking", "intimate", "stopncii", "hate", "child-images"} <= held
    assert not {"platform", "ico", "legal", "fraud"} & held


def test_the_warning_stands_above_the_number() -> None:
    """A warning comes before the telephone number, and what a route cannot do before what it can."""
    said = html(document(triage(Answers(nature="stalking", nation="Wales"), EVERY), EVERY, TODAY))
    said = said[said.index("Where to turn") :]
    places = [
        said.index(words) for words in ("Nobody has checked", "What it cannot do", "What it can do", "0808 802 0300")
    ]
    assert places == sorted(places)


@given(st.dictionaries(st.sampled_from(list(reporting.PLACES)), st.text()), st.sampled_from(data.routes()))
def test_a_draft_never_has_an_empty_gap(filled: dict[str, str], route: model.Route) -> None:
    """What the person gave stands there as it is, and each place with nothing asks for it in brackets."""
    said = reporting.drafted(route, filled)
    for place, prompt in reporting.PLACES.items():
        if f"{{{place}}}" in route.draft:
            assert (filled.get(place, "").strip() or f"[{prompt}]") in said
    assert bool(said) == bool(route.draft)


def test_a_draft_asks_only_for_what_is_missing() -> None:
    """Nothing is asked for in a draft where everything is known, and one thing where one is blank."""
    police = next(each for each in data.routes() if each.id == "police")
    whole = dict.fromkeys(reporting.PLACES, "said")
    assert "[" not in reporting.drafted(police, whole)
    assert re.findall(r"\[.*?\]", reporting.drafted(police, whole | {"when": " "})) == ["[when it happened]"]


def test_drafts_name_known_places_alone() -> None:
    """Each draft names places that are known, and says what happened and what is asked."""
    for route in data.routes():
        named = {*re.findall(r"\{(\w*)\}", route.draft)}
        assert named <= {*reporting.PLACES}, route.id
        assert not route.draft or {"what", "when", "where", "who", "asked"} <= named, route.id


def test_the_words_are_plain_and_claim_nothing() -> None:
    """No word of the data begs, apologises, finds a crime or calls anything safe from rules."""
    for path in data.HERE.glob("*.toml"):
        words = path.read_text(encoding="utf-8")
        assert not re.search(r"(?i)\b(please|sorry|invalid|oops|compliant|is a crime|is an offence|guilty)\b", words), (
            path
        )


@pytest.mark.parametrize("route", ["platform", "group", "own-breach"])
def test_a_report_that_others_see_does_not_tell_how_it_hurt(route: str) -> None:
    """Whoever sent it may see a report to a platform or group: what it did to the person stays out of it."""
    every = dict.fromkeys(reporting.PLACES, "x") | {"effect": "I cannot sleep."}
    rows = [each for each in data.routes() if each.id == route]
    assert rows
    assert not any("I cannot sleep" in reporting.drafted(each, every) for each in rows)


@pytest.mark.parametrize("nature", ["own-post", "complaint", "stalking"])
@pytest.mark.parametrize("nation", model.NATIONS)
def test_who_is_alone_with_it_is_told_whom_to_ring(nature: str, nation: str) -> None:
    """A complaint or a regretted post can weigh as much as abuse: a line for any hour is always among the supports."""
    assert "crisis-lines" in data.natures()[nature].does.support
    assert any(each.id == "crisis-lines" and nation in each.nations for each in data.supports())


@pytest.mark.parametrize(("signs", "waits"), [(["fixated"], True), (["turned-up"], True), ([], False)])
def test_a_fixated_person_is_reported_only_after_advice(signs: list[str], waits: bool) -> None:
    """To report to the platform can provoke somebody who is fixed on the person: they are told to ask first."""
    found = data.steps()["report-platform"]
    known = {"sign": signs, "nature": ["stalking"]}
    words = next((case.words for case in found.cases if case.when.holds(known)), found.words)
    assert waits == ("Once you have asked the helpline or the police" in words)
