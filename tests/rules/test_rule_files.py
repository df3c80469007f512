"""The gates of a rule file: what every rule has to carry before it may be raised on anybody's words."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest

from forethought.guidance import load
from forethought.reading import Draft
from forethought.reading.lexicon import classes
from forethought.reading.model import Frame
from forethought.reading.phrases import compile_phrase
from forethought.review import review
from forethought.review.review import STEPS
from forethought.rules import Rule, load_examples, rules
from forethought.rules.load import HERE

SEVERITIES = {
    "stop": """
        boundaries/client-contact boundaries/dual-relationship
        confidentiality/client-case confidentiality/client-named confidentiality/clinical-by-message
        confidentiality/identifying-details
        respect/abusive respect/demeaning-clients respect/discriminatory respect/doxxing respect/incitement
        safety/credential
        standing/defamation
    """,
    "pause": """
        boundaries/power-imbalance boundaries/therapy-online boundaries/viewing-client-content
        confidentiality/client-mirror confidentiality/consent-claimed confidentiality/workplace-confidence
        research/data-use research/recruitment
        respect/feeding-trolls respect/heat-of-moment
        safety/personal-details safety/security-quiz safety/suspicious-link
        standing/colleague-undermined standing/disrepute standing/employer-harm standing/misleading-claim
        standing/speaks-for-body standing/testimonial
    """,
    "consider": """
        boundaries/role-blur boundaries/self-disclosure
        confidentiality/client-group
        reach/missing-alt-text reach/overseas-promotion
        respect/stigmatising-language
        safety/whereabouts
    """,
}
FEWEST = 10
LONGEST = 300
MOST_KNOWN = 2
KEYS = {"text", "marks", "also", "known", "why"}
PLACES = {"role", "account", "audience", "platform", "reply_to", "images", "alt_text"}

each_rule = pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])


def examples(rule: Rule) -> list[dict[str, object]]:
    """Return the examples of a rule's file."""
    return [dict(example) for example in load_examples(HERE / f"{rule.id}.toml")]


def as_told(example: dict[str, object]) -> tuple[str, ...]:
    """Return an example's text, whatever its capitals and spaces, and where it goes out."""
    return (" ".join(str(example["text"]).casefold().split()), *(str(example.get(key)) for key in sorted(PLACES)))


def lists(rule: Rule) -> Iterator[tuple[str, ...]]:
    """Yield each list of phrases of a rule: those that show it, excuse it, shift it or feed its detector."""
    yield rule.looks.phrases
    yield rule.looks.unless
    yield from (shift.phrases for shift in rule.shifts)
    yield from rule.lists.values()


def parts(phrase: str) -> list[tuple[frozenset[str], bool]]:
    """Return the choices of each part of a phrase, and whether it may be left out."""
    pieces = phrase.split()
    return [(frozenset(piece.removesuffix("?").split("|")), piece.endswith("?")) for piece in pieces]


def takes_all_of(wide: str, narrow: str) -> bool:
    """Say whether `wide`, part by part, takes at least the words that `narrow` takes."""
    first, second = parts(wide), parts(narrow)
    return len(first) == len(second) and all(
        theirs <= ours and omitted >= theirs_omitted
        for (ours, omitted), (theirs, theirs_omitted) in zip(first, second, strict=True)
    )


class TestVocabulary:
    def test_the_rules_are_those_of_the_public_vocabulary(self) -> None:
        """The 39 rules bear the names and usual severities that reports and labelled posts share."""
        expected = {rule: severity for severity, named in SEVERITIES.items() for rule in named.split()}

        assert 39 == len(expected)
        assert expected == {rule.id: rule.severity for rule in rules()}

    def test_rules_come_in_order(self) -> None:
        """Rules are listed by their ids, so that every list of them reads alike."""
        assert sorted(rule.id for rule in rules()) == [rule.id for rule in rules()]

    @each_rule
    def test_shifts_point_at_rules_and_say_why(self, rule: Rule) -> None:
        """A shift of severity names rules that exist, a severity that differs, and its reason."""
        known = {other.id for other in rules()}

        assert set() == {other for shift in rule.shifts for other in shift.beside} - known
        assert all(shift.severity != rule.severity and shift.why for shift in rule.shifts)

    @each_rule
    def test_a_shift_depends_on_something(self, rule: Rule) -> None:
        """No shift holds everywhere: one that did would be the usual severity."""
        assert all(s.beside or s.phrases or s.severe or s.audience or s.account or s.role for s in rule.shifts)

    @each_rule
    def test_frames_and_steps_are_known(self, rule: Rule) -> None:
        """A rule is silent only in frames that reading finds, and asks only for steps that review knows."""
        assert set() == set(rule.looks.frames) - set(get_args(Frame))
        assert set() == set(rule.steps) - STEPS.keys()


class TestGrounds:
    @each_rule
    def test_duties_are_shared_ones(self, rule: Rule) -> None:
        """Every duty that a rule serves is in the list of duties, and none is named twice."""
        known = {duty.id for duty in load().duties}

        assert set() == set(rule.duties) - known
        assert len(set(rule.duties)) == len(rule.duties)

    @each_rule
    def test_some_document_asks_for_it(self, rule: Rule) -> None:
        """A rule rests on a provision that asks for something and names its document and section."""
        asking = [provision for provision in load().behind(rule.duties) if provision.strength != "fact"]

        assert asking
        assert all(provision.document and provision.section for provision in asking)

    @each_rule
    def test_the_rule_has_a_first_day(self, rule: Rule) -> None:
        """A rule says since when it has held, and a rule that has ended did so later."""
        assert date is type(rule.since)
        assert rule.until is None or rule.until > rule.since


class TestWords:
    @each_rule
    @pytest.mark.parametrize("part", ["title", "what", "why", "instead"])
    def test_its_own_words_are_clear(self, rule: Rule, part: str) -> None:
        """What a rule says to the author would itself go out with nothing raised by words and phrases."""
        report = review(Draft(getattr(rule, part)), load(), "lexical")

        assert [] == [item.finding.rule.id for item in report.findings]

    @each_rule
    def test_its_words_are_sentences(self, rule: Rule) -> None:
        """The title is a phrase without a full stop; what, why and instead are whole sentences."""
        assert not rule.title.endswith(".")
        assert all(words.endswith((".", "?")) for words in (rule.what, rule.why, rule.instead))

    def test_no_two_rules_share_a_title(self) -> None:
        """Each finding is headed differently from every other."""
        assert [] == [title for title, count in Counter(rule.title for rule in rules()).items() if count > 1]


class TestPhrases:
    @each_rule
    def test_every_phrase_compiles(self, rule: Rule) -> None:
        """Each phrase of a rule is one that the phrase language reads, with word classes that exist."""
        for phrase in (phrase for phrases in lists(rule) for phrase in phrases):
            assert phrase == compile_phrase(phrase, classes()).source

    @each_rule
    def test_no_phrase_stands_twice(self, rule: Rule) -> None:
        """A phrase is listed once under a rule: it either shows a breach or excuses it."""
        listed = Counter((*rule.looks.phrases, *rule.looks.unless))

        assert [] == [phrase for phrase, count in listed.items() if count > 1]

    @each_rule
    def test_no_phrase_is_needless(self, rule: Rule) -> None:
        """No phrase takes only words that another phrase of the same list takes in the same order."""
        needless = [
            (narrow, wide)
            for phrases in lists(rule)
            for narrow in phrases
            for wide in phrases
            if narrow != wide and takes_all_of(wide, narrow)
        ]

        assert [] == needless

    @pytest.mark.parametrize(
        ("wide", "narrow", "expected"),
        [
            ("my client|patient said|told", "my client told", True),
            ("my old? client", "my old client", True),
            ("my client told", "my client|patient told", False),
            ("my client told", "my client told me", False),
            ("my old client", "my old? client", False),
        ],
        ids=["fewer words", "must be there", "more words", "longer", "may be left out"],
    )
    def test_needless_means_wholly_taken(self, wide: str, narrow: str, expected: bool) -> None:
        """One phrase makes another needless where it takes all that the other takes, and only then."""
        assert expected == takes_all_of(wide, narrow)

    @each_rule
    def test_there_is_a_way_to_raise_it(self, rule: Rule) -> None:
        """A rule has phrases, a concern or a detector; a concern is asked to be neither faint nor certain."""
        looks = rule.looks

        assert looks.phrases or looks.concern is not None or looks.detector
        assert looks.concern is None or 0.3 <= looks.concern <= 0.9


class TestExamples:
    @each_rule
    def test_there_are_enough_and_half_are_near_misses(self, rule: Rule) -> None:
        """A rule has at least ten examples, some that raise it, and half or more that raise nothing."""
        silent = sum("marks" not in example for example in examples(rule))

        assert len(examples(rule)) >= FEWEST
        assert len(examples(rule)) / 2 <= silent < len(examples(rule))

    @each_rule
    def test_their_keys_are_known(self, rule: Rule) -> None:
        """An example holds its text, what is expected and where it goes out, and no key is misspelt."""
        assert set() == {key for example in examples(rule) for key in example} - KEYS - PLACES

    @each_rule
    def test_they_are_short_and_their_marks_are_theirs(self, rule: Rule) -> None:
        """An example is no longer than a post, and the words it marks stand in it."""
        for example in examples(rule):
            text = str(example["text"])
            assert 0 < len(text) <= LONGEST
            assert [] == [mark for mark in example.get("marks", ()) if mark not in text]  # type: ignore[attr-defined]

    @each_rule
    def test_other_rules_they_allow_exist(self, rule: Rule) -> None:
        """The rules that an example allows besides its own are known and are others."""
        allowed = {other for example in examples(rule) for other in example.get("also", ())}  # type: ignore[attr-defined]

        assert set() == allowed - {other.id for other in rules()}

    @each_rule
    def test_known_faults_are_few_and_explained(self, rule: Rule) -> None:
        """At most two examples of a rule are known to go wrong: a positive missed or a negative raised, and why."""
        known = [example for example in examples(rule) if "known" in example]

        assert len(known) <= MOST_KNOWN
        assert all(example["why"] for example in known)
        assert all(("miss" if "marks" in example else "false alarm") == example["known"] for example in known)

    def test_no_example_stands_twice(self) -> None:
        """Every example is one of its own, whatever the rule: another text, or the same text in another place."""
        told = Counter(as_told(example) for rule in rules() for example in examples(rule))

        assert [] == [example for example, count in told.items() if count > 1]
