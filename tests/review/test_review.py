"""The report: the most severe finding decides, a client's view and the next steps follow from the findings."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest

from forethought.errors import UnknownNameError
from forethought.guidance import Guidance
from forethought.reading import Context, Draft, Image, read
from forethought.review import Report, in_force, review, verdict
from forethought.review.review import STEPS, THOUGHTS, THOUGHTS_BY_RULE, thought_on
from forethought.rules import VERDICTS, Finding, Rule, find, rules

Check = Callable[..., Report]
MAIN_JOB = import_module("forethought.review.review")
CASE = "confidentiality/client-case"
CONSENT = "confidentiality/consent-claimed"
each_rule = pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])


def raised(report: Report) -> set[str]:
    """Return the rules that a report raises."""
    return {item.finding.rule.id for item in report.findings}


def steps(report: Report) -> list[str]:
    """Return the next steps that a report asks for."""
    return [step.id for step in report.next_steps]


def of_severity(*severities: str) -> list[Finding]:
    """Return a finding of each of these severities."""
    return [Finding(rules()[0], severity, 0.9, ()) for severity in severities]  # type: ignore[arg-type]


class TestVerdict:
    @pytest.mark.parametrize(
        ("severities", "expected"),
        [
            ((), "clear"),
            (("consider",), "consider"),
            (("consider", "pause"), "pause"),
            (("stop", "consider", "pause"), "stop"),
            (("consider", "consider"), "consider"),
        ],
        ids=["none", "one", "two", "three", "alike"],
    )
    def test_the_most_severe_finding_decides(self, severities: tuple[str, ...], expected: str) -> None:
        """The verdict is the severity of the most severe finding, in any order, and clear where there is none."""
        assert (expected, expected) == (verdict(of_severity(*severities)), verdict(of_severity(*severities[::-1])))

    def test_severities_are_ranked(self) -> None:
        """Stop outranks pause, pause outranks consider, and consider outranks clear."""
        assert ("clear", "consider", "pause", "stop") == VERDICTS

    def test_a_breach_is_stopped(self, check: Check, wept: str) -> None:
        """A draft about one client is not to be posted."""
        report = check(wept)

        assert ("stop", wept) == (report.verdict, report.draft.text)
        assert CASE in raised(report)

    def test_heat_is_paused(self, check: Check, angry: str) -> None:
        """A draft written in anger is to be left for now."""
        assert "pause" == check(angry).verdict

    def test_a_worse_description_decides(self, everything: Guidance) -> None:
        """A rule that the words break with consent, and a picture's description without, counts as the worse."""
        words = "My client gave me written permission to tell you this: a client of mine cried today."
        picture = Image("kettle.jpg", "A client of mine wept all through today's hour.")
        alone, both = (review(Draft(words, images=images), everything) for images in ((), (picture,)))
        severities = {
            number: [
                (f.finding.severity, f.finding.image) for f in report.findings if f.finding.rule.id.endswith("-case")
            ]
            for number, report in (("alone", alone), ("both", both))
        }
        assert {"alone": [("pause", 0)], "both": [("stop", 1)]} == severities
        assert alone.findings[0].finding.spans == both.findings[0].finding.spans

    def test_words_in_a_picture(self, everything: Guidance, quiet: str) -> None:
        """The words to be seen in a picture count as its description does, and the finding says where it was made."""
        breach = "A client of mine wept all through today's hour."
        report = review(
            Draft(quiet, images=(Image("a.jpg", "A kettle."), Image("b.jpg", "A screen.", breach))), everything
        )
        found = [each.finding for each in report.findings if each.finding.rule.id.endswith("-case")]
        assert [(2, True, ())] == [(each.image, each.seen, each.spans) for each in found]
        assert "stop" == report.verdict

    def test_unreadable_words_in_a_picture(self, everything: Guidance, quiet: str) -> None:
        """Words in a picture that are no English leave a draft as clear as it was."""
        report = review(Draft(quiet, images=(Image("a.jpg", "A screen.", "xqv zzkw ppl"),)), everything)
        assert ("clear", True) == (report.verdict, report.in_english)

    def test_an_undescribed_image_is_considered(self, everything: Guidance, quiet: str) -> None:
        """An image without a description is a point to think about, marked on no words."""
        report = review(Draft(quiet, images=(Image("kettle.jpg"),)), everything)

        assert ("consider", {"reach/missing-alt-text"}) == (report.verdict, raised(report))
        assert ((), ()) == (report.findings[0].finding.spans, report.client_view)

    @pytest.mark.parametrize("text", ["", "   \n", "The library opens at nine."])
    def test_an_ordinary_draft_is_clear(self, check: Check, text: str) -> None:
        """Where nothing is found, the report is clear and has nothing else to say."""
        report = check(text)

        assert ("clear", (), (), ()) == (report.verdict, report.findings, report.client_view, report.next_steps)

    def test_findings_are_those_of_the_engine(self, check: Check, everything: Guidance, wept: str, angry: str) -> None:
        """A report holds what the engine finds, in the same order."""
        text = f"{angry} {wept}"
        report = check(text)

        found = find(read(Draft(text)), in_force(everything))

        assert found == tuple(item.finding for item in report.findings)

    def test_the_same_draft_gives_the_same_report(self, check: Check, wept: str, angry: str) -> None:
        """Nothing about a report changes from one reading to the next."""
        assert check(f"{wept} {angry}") == check(f"{wept} {angry}")


class TestConsent:
    def test_a_claimed_consent_is_raised_and_lowers_the_case(self, check: Check, wept: str) -> None:
        """With a client's agreement claimed, the verdict drops from stop to pause, and the claim is raised."""
        report = check(f"{wept} Shared with my client's consent.")

        assert "pause" == report.verdict
        assert {CASE, CONSENT} <= raised(report)

    def test_the_reason_is_given(self, check: Check, wept: str) -> None:
        """The lowered finding says what kind of permission has to be held."""
        report = check(f"{wept} Shared with my client's consent.")

        (case,) = (item.finding for item in report.findings if item.finding.rule.id == CASE)

        assert case.shift is not None
        assert "recorded" in case.shift.why


class TestEndedRules:
    def test_an_ended_rule_is_not_raised(
        self, everything: Guidance, wept: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A rule with a last day stays in its file and is raised no more."""
        ended = tuple(replace(r, until=date(2026, 11, 21)) if r.id == CASE else r for r in rules())
        monkeypatch.setattr(MAIN_JOB, "rules", lambda: ended)

        report = review(Draft(wept), everything.active(["bacp", "bps-dcp", "babcp"]))

        assert CASE not in raised(report)

    def test_every_rule_that_ships_is_in_force(self, everything: Guidance) -> None:
        """Under all five documents each rule that has not ended can be raised."""
        assert tuple(rule for rule in rules() if rule.until is None) == in_force(everything)

    def test_no_rule_ends_before_it_begins(self) -> None:
        """An ended rule held for at least a day."""
        assert all(rule.until is None or rule.until - rule.since >= timedelta(days=1) for rule in rules())


class TestClientView:
    def test_a_client_notices_the_sentence_that_is_about_them(self, check: Check, wept: str, quiet: str) -> None:
        """The client's view names the sentence that touches a client, and passes over the others."""
        text = f"{quiet}\n{wept}\nTea is at four."
        report = check(text)

        assert wept in [text[seen.span.start : seen.span.end] for seen in report.client_view]
        assert quiet not in [text[seen.span.start : seen.span.end] for seen in report.client_view]

    def test_the_thought_is_that_of_the_gravest_finding(self, check: Check, wept: str, angry: str) -> None:
        """Where a sentence touches several findings, the client's thought follows the most severe of them."""
        report = check(f"{wept.replace('.', ', shame on you!')} {angry} I am on sertraline, how dare you.")

        for seen in report.client_view:
            touching = [
                item.finding
                for item in report.findings
                if any(s.start < seen.span.end and seen.span.start < s.end for s in item.finding.spans)
            ]
            gravest = verdict(touching)
            assert seen.thought in {thought_on(f.rule) for f in touching if f.severity == gravest}

    def test_each_sentence_is_noticed_once_and_in_order(self, check: Check, wept: str, angry: str) -> None:
        """A sentence has at most one thought, and sentences keep their order."""
        starts = [seen.span.start for seen in check(f"{wept} {angry} {wept}").client_view]

        assert sorted(set(starts)) == starts

    def test_what_no_client_would_notice_is_left_out(self, check: Check) -> None:
        """A dressed-up link is raised, and raises no thought in a client."""
        report = check("Grief, explained: http://203.0.113.9/login")

        assert ({"safety/suspicious-link"}, ()) == (raised(report), report.client_view)

    def test_thoughts_belong_to_topics_that_exist(self) -> None:
        """Every thought belongs to a topic under which there are rules."""
        assert set() == THOUGHTS.keys() - {rule.topic for rule in rules()}

    def test_a_rule_of_its_own_kind_has_its_own_thought(self) -> None:
        """Where the topic's thought would not fit, the rule's own stands, or none at all."""
        thoughts = {rule.id: thought_on(rule) for rule in rules()}
        assert set() == THOUGHTS_BY_RULE.keys() - thoughts.keys()
        assert "Does everyone now know that I see them?" == thoughts["boundaries/client-contact"]
        assert "Is that how I would be answered?" == thoughts["respect/heat-of-moment"]
        assert ("", THOUGHTS["boundaries"]) == (
            thoughts["boundaries/power-imbalance"],
            thoughts["boundaries/self-disclosure"],
        )


class TestNextSteps:
    def test_the_steps_are_those_of_the_rules_raised(self, check: Check, wept: str) -> None:
        """A report asks for the steps that the rules it raises name, in one order."""
        assert ["hold", "supervision", "record"] == steps(check(wept))

    def test_a_breach_without_steps_asks_for_none(self, check: Check) -> None:
        """A rule that names no step adds none."""
        assert [] == steps(check("Our meeting passcode is 8841 2207."))

    @pytest.mark.parametrize(
        ("body", "asked"),
        [
            ("bacp", True),
            ("bacp-gpia-040", True),
            ("bacp-social-media-1", False),
            ("bacp-social-media-2", False),
            ("bps-dcp", False),
            ("babcp", False),
        ],
    )
    def test_the_client_record_is_asked_for_by_one_document(
        self, check: Check, wept: str, body: str, asked: bool
    ) -> None:
        """A note in the client record is asked for where Good Practice in Action 040 is active, and nowhere else."""
        assert asked == ("record" in steps(check(wept, body)))

    @pytest.mark.parametrize("body", ["bacp", "bps-dcp", "babcp", "bacp-gpia-040", "bacp-social-media-2"])
    def test_each_step_names_who_asks_for_it(self, check: Check, everything: Guidance, wept: str, body: str) -> None:
        """A step stands on provisions of the active documents that ask for something, never on a bare fact."""
        active = {provision.id for provision in everything.active([body]).provisions()}

        for step in check(wept, body).next_steps:
            assert step.provisions
            assert {p.id for p in step.provisions} <= active
            assert all(provision.strength != "fact" for provision in step.provisions)
            assert step.says == STEPS[step.id][0]


class TestContext:
    @pytest.mark.parametrize("audience", ["closed-group", "followers", "public"])
    def test_a_closed_group_is_as_public_as_any(self, check: Check, wept: str, audience: str) -> None:
        """A case told in a closed group is stopped like one told to all."""
        assert "stop" == check(wept, audience=audience).verdict

    @pytest.mark.parametrize(("kind", "name"), [("role", "wizard"), ("audience", "closed"), ("platform", "pigeon")])
    def test_a_place_that_is_not_known_is_named(self, kind: str, name: str) -> None:
        """A context outside the vocabulary is refused before anything is reviewed, by its name."""
        with pytest.raises(UnknownNameError, match=name):
            Context(**{kind: name})  # type: ignore[arg-type]


class TestNoPromise:
    PROMISE = re.compile(
        r"\b(?:(?:is|be|are|seems?|now|quite|perfectly) safe|safe(?:ly)? to|complian\w+|compl(?:y|ies|ied))\b",
        re.IGNORECASE,
    )

    @each_rule
    def test_rules_promise_nothing(self, rule: Rule) -> None:
        """No rule calls a post safe, nor anybody compliant."""
        said = (rule.title, rule.what, rule.why, rule.instead, *(shift.why for shift in rule.shifts))

        assert [] == [words for words in said if self.PROMISE.search(words)]

    def test_steps_and_thoughts_promise_nothing(self) -> None:
        """Neither next steps nor a client's thoughts call a post safe or compliant."""
        said = (*(says for says, _ in STEPS.values()), *THOUGHTS.values(), *THOUGHTS_BY_RULE.values())

        assert [] == [words for words in said if re.search(r"\bsafe|\bcompl[iy]", words, re.IGNORECASE)]

    def test_the_best_verdict_is_clear(self) -> None:
        """The best that a report says is clear: that nothing was found to raise."""
        assert "clear" == min(VERDICTS, key=VERDICTS.index)

    @pytest.mark.parametrize("words", ["This is safe to post.", "You comply.", "Fully compliant."])
    def test_a_promise_would_be_noticed(self, words: str) -> None:
        """The words that are looked for are found where they stand."""
        assert self.PROMISE.search(words)
