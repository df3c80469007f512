"""Who says so: every provision behind a finding, each body's stance, where they differ, and which bodies are active."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, load
from forethought.reading import Context, Draft, Image
from forethought.review import Explained, Report, in_force, review
from forethought.rules import VERDICTS, Rule, load_examples, rules
from forethought.rules.load import HERE

Check = Callable[..., Report]
BODIES = ("bacp", "bps-dcp", "babcp")
PACKS = tuple(pack.id for pack in load().packs)
STANCES = ("binds", "advises", "silent")


def specimen(rule: Rule) -> Draft:
    """Return the first example that raises a rule, as a draft."""
    example = next(e for e in load_examples(HERE / f"{rule.id}.toml") if "marks" in e and "known" not in e)
    context = Context(**{key: example[key] for key in ("role", "account", "audience", "reply_to") if key in example})
    image = Image(alt_text="described" if example.get("alt_text", True) else "")
    return Draft(example["text"], context, (image,) * example.get("images", 0))


def on(rule: Rule, guidance: Guidance) -> Explained | None:
    """Return what a report on the rule's specimen says of that rule, or None where it is not raised."""
    return next((item for item in review(specimen(rule), guidance).findings if item.finding.rule.id == rule.id), None)


def unsupported() -> Iterator[Any]:
    """Yield each body or pack with a rule for which it alone gives no ground."""
    for name in (*BODIES, *PACKS):
        guidance = load().active([name])
        for rule in rules():
            if not guidance.supports(rule.duties):
                yield pytest.param(name, rule, id=f"{name} {rule.id}")


each_rule = pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])


class TestProvisions:
    @each_rule
    def test_each_stands_under_a_duty_of_the_rule(self, rule: Rule, everything: Guidance) -> None:
        """Every provision shown behind a finding is under one of the rule's duties, and none is left out."""
        explained = on(rule, everything)

        assert explained is not None
        expected = {p.id for p in everything.provisions() if set(p.duties) & set(rule.duties)}
        assert expected == {provision.id for provision in explained.grounds.provisions}

    @each_rule
    def test_each_is_shown_once_and_the_binding_first(self, rule: Rule, everything: Guidance) -> None:
        """A provision under several of a rule's duties is shown once; those that bind stand before the others."""
        explained = on(rule, everything)

        assert explained is not None
        shown = explained.grounds.provisions
        assert len({p.id for p in shown}) == len(shown)
        assert sorted((p.binds for p in shown), reverse=True) == [p.binds for p in shown]

    @pytest.mark.parametrize("name", [*BODIES, *PACKS])
    def test_only_active_documents_are_cited(self, everything: Guidance, wept: str, name: str) -> None:
        """With one body or document active, no other is cited."""
        report = review(Draft(wept), everything.active([name]))
        cited = {name for item in report.findings for p in item.grounds.provisions for name in (p.pack, p.body)}

        assert cited
        assert cited <= {known for pack in everything.active([name]).packs for known in (pack.id, pack.body)}


class TestStances:
    @each_rule
    def test_a_body_stands_by_its_strictest_provision(self, rule: Rule, everything: Guidance) -> None:
        """A body binds if any provision of its binds, advises if one asks, and is silent where none asks anything."""
        explained = on(rule, everything)

        assert explained is not None
        for stance in explained.grounds.stances:
            own = [p.standing for p in explained.grounds.provisions if p.body == stance.body]
            assert min(own, key=STANCES.index, default="silent") == stance.standing

    def test_each_active_body_has_a_stance(self, everything: Guidance, wept: str) -> None:
        """Every active body is named once, whatever the number of its documents."""
        for item in review(Draft(wept), everything).findings:
            assert sorted(BODIES) == sorted(stance.body for stance in item.grounds.stances)

    @each_rule
    def test_somebody_is_not_silent(self, rule: Rule, everything: Guidance) -> None:
        """A finding is raised only where some body binds or advises."""
        explained = on(rule, everything)

        assert explained is not None
        assert {"silent"} != {stance.standing for stance in explained.grounds.stances}

    @each_rule
    def test_bodies_differ_when_their_stances_do(self, rule: Rule, everything: Guidance) -> None:
        """The report says that bodies differ exactly where one holds the duties more strongly than another."""
        explained = on(rule, everything)

        assert explained is not None
        standings = {stance.standing for stance in explained.grounds.stances}
        assert (len(standings) > 1) == explained.grounds.bodies_differ

    def test_some_differ_and_some_agree(self, everything: Guidance) -> None:
        """Both kinds are found among the rules, so that the distinction means something."""
        assert {True, False} == {item.grounds.bodies_differ for rule in rules() if (item := on(rule, everything))}

    @pytest.mark.parametrize("body", BODIES)
    def test_one_body_alone_differs_from_nobody(self, everything: Guidance, wept: str, body: str) -> None:
        """With a single body active there is one stance and nothing to differ."""
        for item in review(Draft(wept), everything.active([body])).findings:
            assert ([body], False) == ([s.body for s in item.grounds.stances], item.grounds.bodies_differ)

    @each_rule
    def test_differences_concern_the_rules_duties(self, rule: Rule, everything: Guidance) -> None:
        """The known differences that are shown are those on the rule's duties, every one."""
        explained = on(rule, everything)

        assert explained is not None
        expected = [d.id for d in everything.differences if set(d.duties) & set(rule.duties)]
        assert expected == [difference.id for difference in explained.grounds.differences]


class TestActiveBodies:
    def test_there_are_rules_that_a_body_does_not_support(self) -> None:
        """The documents do differ in what they speak of, or the tests below would prove nothing."""
        assert {"bps-dcp", "babcp"} <= {case.values[0] for case in unsupported()}

    @pytest.mark.parametrize(("name", "rule"), tuple(unsupported()))
    def test_a_rule_without_support_is_not_raised(self, everything: Guidance, name: str, rule: Rule) -> None:
        """A draft that breaches a rule raises it under all documents, and not where no active one asks for it."""
        assert on(rule, everything) is not None
        assert on(rule, everything.active([name])) is None

    @pytest.mark.parametrize("name", [*BODIES, *PACKS])
    def test_a_rule_with_support_is_raised(self, everything: Guidance, name: str) -> None:
        """What an active body does ask for is raised for it alone as it is for all together."""
        active = everything.active([name])
        supported = [rule for rule in rules() if active.supports(rule.duties)]

        assert supported == list(in_force(active))
        assert [] == [rule.id for rule in supported if on(rule, active) is None]

    @pytest.mark.parametrize("name", [*BODIES, *PACKS])
    def test_the_strictest_decides(self, everything: Guidance, name: str) -> None:
        """With every body active a draft is judged at least as severely as under any one of them."""
        active = everything.active([name])
        lower = [
            rule.id
            for rule in rules()
            if not rule.shifts
            and VERDICTS.index(review(specimen(rule), everything).verdict)
            < VERDICTS.index(review(specimen(rule), active).verdict)
        ]

        assert [] == lower

    def test_a_second_body_brings_its_rules_back(self, everything: Guidance) -> None:
        """A rule that one body leaves alone is raised as soon as a body that asks for it is active too."""
        (rule,) = (rule for rule in rules() if rule.id == "respect/feeding-trolls")

        alone, together = (on(rule, everything.active(bodies)) for bodies in (["babcp"], ["babcp", "bacp"]))

        assert (True, False) == (alone is None, together is None)

    def test_a_body_that_is_not_known_is_named(self, check: Check, wept: str) -> None:
        """A body outside the list is refused by name rather than taken as none."""
        with pytest.raises(UnknownNameError, match="bacq"):
            check(wept, "bacq")
