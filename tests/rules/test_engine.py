"""The engine: one finding a rule, in reading order, with excuses, shifts, places and detectors as the rule says."""

from dataclasses import replace
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading import Context, Draft, Image, Reading, Span, read
from forethought.reading.model import Concern, Frame, Sentence
from forethought.rules import Finding, Rule, find, load_examples, rules
from forethought.rules.load import HERE
from forethought.rules.model import Looks, Shift

CASE = "confidentiality/client-case"
NAMED = "confidentiality/client-named"
DETAILS = "confidentiality/identifying-details"
CONSENT = "confidentiality/consent-claimed"
MESSAGE = "confidentiality/clinical-by-message"
OWN = "boundaries/self-disclosure"
WEPT = "A client of mine wept all through today's hour."
AGREED = "Shared with my client's consent."
BAIT = "You therapists are all parasites and liars."
BACK = "Actually you are wrong, and you know nothing about my job."


def rule(id: str) -> Rule:
    """Return a rule that ships, by id."""
    (found,) = (rule for rule in rules() if rule.id == id)
    return found


def reading_of(text: str, **context: str) -> Reading:
    """Return the reading of a draft that goes out in this context."""
    return read(Draft(text, Context(**context)))  # type: ignore[arg-type]


def found(text: str, **context: str) -> dict[str, Finding]:
    """Return the findings on a text, by rule."""
    return {finding.rule.id: finding for finding in find(reading_of(text, **context))}


def severities(text: str, **context: str) -> dict[str, str]:
    """Return the severity of each finding on a text, by rule."""
    return {id: finding.severity for id, finding in found(text, **context).items()}


def words(text: str, finding: Finding) -> list[str]:
    """Return the words that a finding marks."""
    return [text[span.start : span.end] for span in finding.spans]


def with_concern(reading: Reading, id: str, probability: float, *sentences: int) -> Reading:
    """Return the reading with one concern alone, carried by these sentences."""
    spans = tuple(reading.sentences[number].span for number in sentences)
    return replace(reading, concerns=(Concern(id, probability, spans),))


def in_frame(reading: Reading, number: int, frame: Frame) -> Reading:
    """Return the reading with one sentence standing in a frame as well."""
    framed = [
        Sentence(s.span, s.tokens, s.frames | {frame} if at == number else s.frames)
        for at, s in enumerate(reading.sentences)
    ]
    return replace(reading, sentences=tuple(framed))


def bare(id: str, **looks: object) -> Rule:
    """Return a rule that ships without its phrases' excuses and shifts, looking as these say."""
    return replace(rule(id), shifts=(), looks=Looks(**looks))  # type: ignore[arg-type]


class TestFindings:
    def test_a_rule_is_raised_once_with_all_its_words(self) -> None:
        """Two breaches of one rule are one finding that marks both."""
        text = f"{WEPT}\nThe library opens at nine.\nMy client told me about her mother."

        findings = [finding for finding in find(reading_of(text)) if finding.rule.id == CASE]

        assert 1 == len(findings)
        marked = "\n".join(words(text, findings[0]))
        assert ("A client of mine" in marked, "My client" in marked) == (True, True)

    def test_words_that_touch_are_marked_as_one(self) -> None:
        """Spans of a finding are in order, and none overlaps or touches the next."""
        text = f"{WEPT} My client told me, my client cried, my client left. {WEPT}"

        for finding in find(reading_of(text)):
            spans = finding.spans
            assert all(before.end < after.start for before, after in pairwise(spans))

    def test_findings_stand_in_reading_order(self) -> None:
        """The finding whose words come first comes first, whichever rule it is of."""
        first = f"Our meeting passcode is 8841 2207.\n{WEPT}"
        second = f"{WEPT}\nOur meeting passcode is 8841 2207."

        order = [[id for id in found(text) if id in (CASE, "safety/credential")] for text in (first, second)]

        assert [["safety/credential", CASE], [CASE, "safety/credential"]] == order

    @pytest.mark.parametrize("text", ["", " \n\t", "😀", "The library opens at nine."])
    def test_nothing_said_raises_nothing(self, text: str) -> None:
        """A draft with nothing in it that a rule looks for has no findings."""
        assert {} == found(text)

    def test_only_the_rules_asked_for_are_looked_at(self) -> None:
        """Given some rules, the engine raises no others."""
        assert (CASE,) == tuple(f.rule.id for f in find(reading_of(f"{WEPT} Shame on you!"), [rule(CASE)]))
        assert () == find(reading_of(WEPT), [])

    def test_the_surest_sign_gives_the_confidence(self) -> None:
        """Where words and a concern both raise a rule, the finding is as sure as the surer of them."""
        sure, less = (
            find(with_concern(reading_of(WEPT), CASE, probability, 0), [rule(CASE)])[0].confidence
            for probability in (0.97, 0.6)
        )

        assert 0.97 == sure
        assert 0.6 < less < 0.97


class TestConcerns:
    @pytest.mark.parametrize(
        ("probability", "raised"), [(0.49, False), (0.5, True), (1.0, True)], ids=["below", "at", "certain"]
    )
    def test_a_concern_counts_from_the_rules_threshold(self, probability: float, raised: bool) -> None:
        """A concern raises its rule from the probability that the rule's file asks for, and not below it."""
        reading = with_concern(reading_of("The hat is on the hook."), CASE, probability, 0)

        assert raised == bool(find(reading, [bare(CASE, concern=0.5)]))

    def test_a_concern_marks_the_sentences_that_carried_it(self) -> None:
        """A finding that a concern raised marks the concern's sentences, as sure as the concern is."""
        reading = with_concern(reading_of("It rained. The hat is on the hook. Tea is at four."), CASE, 0.7, 1)

        (finding,) = find(reading, [bare(CASE, concern=0.5)])

        assert (0.7, ["The hat is on the hook."]) == (finding.confidence, words(reading.draft.text, finding))

    def test_a_rule_without_a_threshold_hears_no_concern(self) -> None:
        """A rule that names no threshold is raised by its words or its detector alone."""
        reading = with_concern(reading_of("The hat is on the hook."), CASE, 1.0, 0)

        assert () == find(reading, [bare(CASE)])

    def test_a_concern_is_its_own_rules_alone(self) -> None:
        """A concern raises the rule that it names and no other."""
        reading = with_concern(reading_of("The hat is on the hook."), NAMED, 1.0, 0)

        assert () == find(reading, [bare(CASE, concern=0.5)])


class TestExcuses:
    EXCUSED = "Imagine a client of mine wept all through today's hour."

    def test_an_excuse_silences_its_sentence(self) -> None:
        """A phrase under `unless` keeps the rule silent on the words of its own sentence."""
        assert CASE in found(WEPT)
        assert CASE not in found(self.EXCUSED)

    def test_an_excuse_reaches_no_other_sentence(self) -> None:
        """A breach beside an excused sentence is raised, and the excused words are not marked."""
        text = f"{self.EXCUSED} Tea is at four. {WEPT}"
        reading = replace(reading_of(text), concerns=())

        (finding,) = find(reading, [rule(CASE)])

        assert all(words in WEPT for words in words(text, finding))

    @pytest.mark.parametrize(
        ("sentences", "raised"),
        [((0,), []), ((1,), ["Tea is at four."]), ((0, 1), ["Tea is at four."])],
        ids=["the excused", "the other", "both"],
    )
    def test_an_excuse_holds_for_concerns_too(self, sentences: tuple[int, ...], raised: list[str]) -> None:
        """What a concern says of an excused sentence is left aside; what it says of others is kept."""
        text = f"{self.EXCUSED} Tea is at four."
        reading = with_concern(reading_of(text), CASE, 0.9, *sentences)

        assert raised == [w for finding in find(reading, [rule(CASE)]) for w in words(text, finding)]

    @pytest.mark.parametrize("frame", ["quoted", "negated", "invented", "own-therapy", "policy"])
    def test_a_frame_holds_for_its_own_sentence(self, frame: Frame) -> None:
        """A rule is silent in the frames that it names, sentence by sentence."""
        text = "The hat is on the hook. The coat is on the chair."
        looks = bare(CASE, concern=0.5, frames=(frame,))
        reading = in_frame(with_concern(reading_of(text), CASE, 0.9, 0, 1), 0, frame)

        assert ["The coat is on the chair."] == words(text, find(reading, [looks])[0])

    def test_other_frames_excuse_nothing(self) -> None:
        """A frame that the rule does not name leaves its words raised."""
        text = "The hat is on the hook."
        reading = in_frame(with_concern(reading_of(text), CASE, 0.9, 0), 0, "question")

        assert [text] == words(text, find(reading, [bare(CASE, concern=0.5, frames=("quoted",))])[0])

    def test_an_invented_case_is_excused_throughout(self) -> None:
        """Saying that a vignette is made up excuses the whole of it."""
        assert CASE not in found(f"{WEPT} Entirely fictional, this vignette.")


class TestShifts:
    def test_a_claimed_consent_lowers_the_case(self) -> None:
        """Where a client is said to have agreed, their case is to be talked over rather than stopped."""
        assert "stop" == severities(WEPT)[CASE]
        assert {CASE: "pause", CONSENT: "pause"}.items() <= severities(f"{WEPT} {AGREED}").items()

    def test_a_claimed_consent_lowers_the_name_but_not_the_details(self) -> None:
        """Consent lowers the naming of a client and the case, and never the details that tell who it is."""
        seen = severities(
            "My client Priya, 34, a vet in Hexham, cried in session today. Shared with her permission.",
        )

        assert {NAMED: "pause", DETAILS: "stop", CONSENT: "pause"} == {k: seen[k] for k in (NAMED, DETAILS, CONSENT)}
        assert "pause" == seen.get(CASE, "pause")

    def test_a_claimed_consent_does_not_lower_a_message(self) -> None:
        """Clinical information in a direct message is stopped whoever agreed to it."""
        text = f"My client told me about her overdose on Tuesday. {AGREED}"

        assert "stop" == severities(text, audience="direct-message")[MESSAGE]

    @pytest.mark.parametrize(
        ("text", "severity"),
        [
            ("My mum died last spring.", "consider"),
            ("My mum died last spring. I am falling apart.", "pause"),
            ("I can't cope. Signed off again and I am falling apart.", "pause"),
        ],
        ids=["measured", "measured, then raw", "raw"],
    )
    def test_a_raw_disclosure_is_raised_higher(self, text: str, severity: str) -> None:
        """A chosen disclosure is to be considered; a raw one is to be left for now."""
        assert severity == severities(text)[OWN]

    def test_the_finding_says_which_shift_moved_it(self) -> None:
        """A moved finding carries the shift with its reason, and one that was not moved carries none."""
        assert found(WEPT)[CASE].shift is None
        moved = found(f"{WEPT} {AGREED}")[CASE].shift
        assert moved is not None
        assert "permission" in moved.why

    @pytest.mark.parametrize(
        ("where", "severity"),
        [
            ({"role": "tutor"}, "pause"),
            ({"role": "counsellor"}, "stop"),
            ({"role": "tutor", "account": "personal"}, "stop"),
        ],
        ids=["both hold", "one role", "another account"],
    )
    def test_all_that_a_shift_asks_has_to_hold(self, where: dict[str, str], severity: str) -> None:
        """A shift that names a role and an account moves the finding only where both are so."""
        shifted = replace(rule(CASE), shifts=(Shift("pause", "why", role=("tutor",), account=("professional",)),))

        assert [severity] == [finding.severity for finding in find(reading_of(WEPT, **where), [shifted])]

    def test_of_shifts_that_hold_the_most_severe_decides(self) -> None:
        """Where one shift would lower a finding and another raise it, the raised severity stands."""
        here = Shift("stop", "public", audience=("public",)), Shift("consider", "counsellor", role=("counsellor",))
        for shifts in (here, here[::-1]):
            (finding,) = find(reading_of(WEPT), [replace(rule(CASE), severity="pause", shifts=shifts)])
            assert "stop" == finding.severity


class TestPlaces:
    @pytest.mark.parametrize(
        ("limit", "inside", "outside"),
        [
            ("audience", "direct-message", "public"),
            ("account", "personal", "professional"),
            ("role", "tutor", "trainee"),
        ],
        ids=["audience", "account", "role"],
    )
    def test_a_limited_rule_is_raised_only_where_it_can_occur(self, limit: str, inside: str, outside: str) -> None:
        """A rule that names its audiences, accounts or roles is raised there and nowhere else."""
        limited = replace(rule(CASE), looks=replace(rule(CASE).looks, **{limit: (inside,)}))

        raised = [bool(find(reading_of(WEPT, **{limit: place}), [limited])) for place in (inside, outside)]

        assert [True, False] == raised

    def test_a_message_is_only_a_message_when_sent_privately(self) -> None:
        """Clinical information is raised as a message where the audience is a direct message, and not in public."""
        text = "My client told me about her overdose on Tuesday."

        assert [True, False] == [MESSAGE in found(text, audience=place) for place in ("direct-message", "public")]


class TestDetectors:
    @pytest.mark.parametrize(
        ("images", "raised"),
        [
            ((), False),
            ((Image("a.jpg", "A kettle."),), False),
            ((Image("a.jpg", ""),), True),
            ((Image("a.jpg", "  "),), True),
            ((Image("a.jpg", "A kettle."), Image("b.jpg")), True),
        ],
        ids=["no image", "described", "bare", "blank", "one of two bare"],
    )
    def test_an_image_needs_a_description(self, images: tuple[Image, ...], raised: bool) -> None:
        """An image without a description is raised, about no words in particular."""
        findings = find(read(Draft("Our new kettle.", images=images)))

        assert [("reach/missing-alt-text", ())] * raised == [(f.rule.id, f.spans) for f in findings]

    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("Grief, explained: http://203.0.113.9/login", "http://203.0.113.9/login"),
            ("Read it at [nhs.uk](http://nhs.example.net/login).", "[nhs.uk](http://nhs.example.net/login)"),
            ("Log in to renew: http://bacp-renew.example.com/login", "http://bacp-renew.example.com/login"),
            ("Read it at www.nhs.uk/mental-health", None),
            ("Read it at https://example.org/grief", None),
        ],
        ids=["an address in numbers", "words that name another", "a look-alike", "an official site", "a plain link"],
    )
    def test_links_that_are_not_what_they_seem(self, text: str, marked: str | None) -> None:
        """A link dressed up as another is raised and marked whole; a plain one is left alone."""
        self._check("safety/suspicious-link", text, marked)

    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("Our meeting passcode is 8841 2207.", "8841 2207"),
            ("The wifi password is Heron2219x.", "Heron2219x"),
            ("Never use a password such as Heron2219x.", None),
            ("I forgot my password again.", None),
        ],
        ids=["a passcode", "a password", "advice", "no secret told"],
    )
    def test_secrets_given_away(self, text: str, marked: str | None) -> None:
        """A password or passcode that is written out is raised; talk of passwords is not."""
        self._check("safety/credential", text, marked)

    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("I was born on 14 March 1979, so cake today.", "14 March 1979"),
            ("My personal mobile is 07700 900123, text me.", "07700 900123"),
            ("To book, ring the practice on 01632 960001.", None),
        ],
        ids=["a date of birth", "a private phone", "a practice phone"],
    )
    def test_private_details_of_the_author(self, text: str, marked: str | None) -> None:
        """The author's own numbers and dates are raised; a number offered for bookings is not."""
        self._check("safety/personal-details", text, marked, account="personal")

    @pytest.mark.parametrize(
        ("text", "answered", "raised"),
        [
            (BACK, {"reply_to": BAIT}, True),
            (BACK, {"reply_to": "What time does the workshop start?"}, False),
            (BACK, {}, False),
            ("Thanks for writing. I will leave it there.", {"reply_to": BAIT}, False),
        ],
        ids=["bait answered", "a fair question", "no message answered", "one line that closes"],
    )
    def test_a_provocation_kept_going(self, text: str, answered: dict[str, str], raised: bool) -> None:
        """Arguing back at a hostile message is raised, and only where there is such a message."""
        assert raised == ("respect/feeding-trolls" in found(text, **answered))

    @staticmethod
    def _check(id: str, text: str, marked: str | None, **context: str) -> None:
        findings = found(text, **context)
        assert (marked is not None) == (id in findings)
        if marked is not None:
            assert any(marked in shown for shown in words(text, findings[id]))


class TestAnyText:
    PIECES = (WEPT, AGREED, BACK, "Shame on you!", "I am falling apart.", " ", "\n", "“", "é😀")

    @given(st.lists(st.sampled_from(PIECES)))
    def test_confidence_and_words_stay_within_bounds(self, pieces: list[str]) -> None:
        """However breaches are strung together, confidence lies from 0 to 1 and words lie inside the text."""
        text = "".join(pieces)

        for finding in find(reading_of(text, reply_to=BAIT)):
            assert 0 < finding.confidence <= 1
            assert all(0 <= start < end <= len(text) for start, end in finding.spans)
            assert [Span(*span) for span in sorted(finding.spans)] == list(finding.spans)


def test_hints_hide_nothing() -> None:
    """Whatever a detector finds in any rule's examples stands in a draft that holds one of its hints."""
    hinted = [rule for rule in rules() if rule.looks.hints]
    texts = [example["text"] for path in sorted(HERE.glob("*/*.toml")) for example in load_examples(path)]
    unseen = [
        (rule.id, text)
        for text in texts
        for rule in hinted
        if not any(hint in text for hint in rule.looks.hints)
        and list(import_module(f"forethought.rules.{rule.looks.detector}").detect(read(Draft(text))))
    ]
    assert (["safety/credential", "safety/personal-details"], []) == ([rule.id for rule in hinted], unseen)
