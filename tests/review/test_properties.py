"""What holds for every draft: words marked inside it, nothing hidden by an unrelated sentence, no text too hostile."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.guidance import load
from forethought.reading import Context, Draft, Image
from forethought.reading.draft import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES
from forethought.review import ReaderName, Report, review
from forethought.review.review import STEPS, THOUGHTS, THOUGHTS_BY_RULE
from forethought.rules import VERDICTS, Rule, load_examples, rules
from forethought.rules.load import HERE

PLAIN = (
    "The library opens at nine.",
    "It rained most of the afternoon.",
    "The number 12 bus was on time.",
    "Our kettle has a new lid.",
    "The tomatoes are ripening slowly.",
    "A blackbird sings on the fence.",
    "The museum is open on Mondays.",
    "Porridge is good with cinnamon.",
    "The trains are running normally.",
    "There is a new bakery near the park.",
    "The bins go out on Thursdays.",
    "The garden needs a little water.",
    "The printer has run out of paper.",
    "Spring has come early here.",
    "The soup was better on the second day.",
    "The library has a copy of that book.",
    "Tea is at four.",
    "The clocks change next weekend.",
    "The lawn wants cutting.",
    "The river is high after the rain.",
)
JOINS = ("{text} {plain}", "{text}\n{plain}", "{plain} {text}", "{plain}\n{text}")
BAIT = "You therapists are all parasites and liars."
LONG = 200_000
SAMPLE = 6  # examples of each rule, where every one would take too long

each_rule = pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])


def examples(rule: Rule) -> tuple[Mapping[str, Any], ...]:
    """Return the examples of a rule's file."""
    return load_examples(HERE / f"{rule.id}.toml")


def draft_of(example: Mapping[str, Any], **changes: str) -> Draft:
    """Return the draft that an example describes, with some of it changed."""
    told = {**example, **changes}
    context = Context(**{key: told[key] for key in ("role", "account", "audience", "reply_to") if key in told})
    image = Image(alt_text="described" if told.get("alt_text", True) else "")
    return Draft(told["text"], context, (image,) * told.get("images", 0))


def report_on(text: str, context: Context | None = None, reader: ReaderName = "learned") -> Report:
    """Review a text under all documents."""
    return review(Draft(text, context or Context()), load(), reader)


def rank(report: Report) -> int:
    """Return how severe a report's verdict is."""
    return VERDICTS.index(report.verdict)


def spans_of(report: Report) -> Iterator[tuple[int, int]]:
    """Yield every span that a report points at."""
    for item in report.findings:
        yield from item.finding.spans
    yield from (seen.span for seen in report.client_view)


def lowered(rule: Rule, joins: tuple[str, ...], reader: ReaderName = "lexical", most: int | None = None) -> list[str]:
    """Return the rule's examples (`most` of them) whose verdict falls once plain sentences are joined to them."""
    plain = cycle(PLAIN)
    fallen = []
    for example in examples(rule)[:most]:
        report = review(draft_of(example), load(), reader)
        before = 0 if report.unchecked else rank(report)
        texts = [join.format(text=example["text"], plain=next(plain)) for join in joins]
        fallen += [text for text in texts if rank(review(draft_of(example, text=text), load(), reader)) < before]
    return fallen


SAID = tuple(str(example["text"]) for rule in rules() for example in examples(rule))
TEXTS = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=8)), max_size=6).map("".join))
CONTEXTS = st.builds(
    Context,
    role=st.sampled_from(ROLES),
    account=st.sampled_from(ACCOUNTS),
    audience=st.sampled_from(AUDIENCES),
    platform=st.sampled_from(PLATFORMS),
    reply_to=st.one_of(st.none(), st.text(), st.just(BAIT)),
)


class TestAnyDraft:
    @settings(max_examples=150)
    @given(TEXTS, CONTEXTS)
    def test_every_text_gives_a_report_about_itself(self, text: str, context: Context) -> None:
        """Any text in any context gives a report whose spans mark words inside that text."""
        report = report_on(text, context)

        assert text == report.draft.text
        assert all(0 <= start < end <= len(text) for start, end in spans_of(report))

    @settings(max_examples=75)
    @given(TEXTS, CONTEXTS)
    def test_a_report_agrees_with_itself(self, text: str, context: Context) -> None:
        """The verdict is that of the gravest finding, each rule stands once, and confidence lies within 0 to 1."""
        report = report_on(text, context)
        findings = [item.finding for item in report.findings]

        least = "clear" if findings or report.in_english else "consider"
        assert max([least, *(finding.severity for finding in findings)], key=VERDICTS.index) == report.verdict
        assert len({finding.rule.id for finding in findings}) == len(findings)
        assert all(0 < finding.confidence <= 1 for finding in findings)

    @settings(max_examples=50)
    @given(TEXTS, CONTEXTS)
    def test_the_same_draft_gives_the_same_report(self, text: str, context: Context) -> None:
        """A draft reviewed twice gives equal reports."""
        assert report_on(text, context) == report_on(text, context)

    @settings(max_examples=50)
    @given(TEXTS, CONTEXTS)
    def test_steps_and_thoughts_are_the_known_ones(self, text: str, context: Context) -> None:
        """A report says nothing of its own making: steps and thoughts are from their lists."""
        report = report_on(text, context)

        assert {step.says for step in report.next_steps} <= {says for says, _ in STEPS.values()}
        assert {seen.thought for seen in report.client_view} <= {*THOUGHTS.values(), *THOUGHTS_BY_RULE.values()}


class TestNothingIsHidden:
    @pytest.mark.parametrize("plain", PLAIN)
    def test_the_plain_sentences_are_clear(self, plain: str) -> None:
        """Each sentence that is joined to breaches has nothing to raise of its own."""
        assert "clear" == report_on(plain).verdict

    @each_rule
    def test_a_sentence_added_at_the_end_lowers_nothing(self, rule: Rule) -> None:
        """An unrelated sentence after a draft never makes the verdict of the lexical reader milder."""
        assert [] == lowered(rule, JOINS[:2])

    @each_rule
    def test_a_sentence_put_before_lowers_nothing(self, rule: Rule) -> None:
        """An unrelated sentence before a draft never makes the verdict of the lexical reader milder."""
        assert [] == lowered(rule, JOINS[2:])

    def test_an_unrelated_sentence_seldom_lowers_what_both_readers_say(self) -> None:
        """With both readers it makes the verdict milder in at most one draft in thirty."""
        fallen = [text for rule in rules() for text in lowered(rule, JOINS[1::2], "learned", SAMPLE)]
        assert len(fallen) <= len(rules()) * SAMPLE * len(JOINS[1::2]) / 30

    @settings(max_examples=75)
    @given(st.sampled_from(SAID), st.lists(st.sampled_from(PLAIN), max_size=8), st.lists(st.sampled_from(PLAIN)))
    def test_a_breach_amid_much_else_is_still_found(self, text: str, before: list[str], after: list[str]) -> None:
        """However many plain lines stand around a draft, the verdict of the lexical reader is no milder."""
        longer = "\n".join((*before, text, *after))
        assert rank(report_on(text, reader="lexical")) <= rank(report_on(longer, reader="lexical"))

    @each_rule
    def test_a_closed_group_lowers_nothing(self, rule: Rule) -> None:
        """A draft meant for a closed group raises all that it raises in public, as severely."""
        milder = []
        for example in examples(rule):
            public, closed = (
                {item.finding.rule.id: item.finding.severity for item in review(draft, load()).findings}
                for draft in (draft_of(example, audience=place) for place in ("public", "closed-group"))
            )
            milder += [
                (id, example["text"])
                for id, severity in public.items()
                if VERDICTS.index(closed.get(id, "clear")) < VERDICTS.index(severity)
            ]

        assert [] == milder


WORST = {
    "nested quotes": "“‘\"'",
    "an opening repeated": "a client of ",
    "joiners": "a\u200d",
    "dots": ".",
}
HOSTILE = {
    **WORST,
    "open brackets": "([",
    "two openings": "my my client client ",
    "zero-width spaces": "\u200b",
    "combining marks": "e\u0301\u0301\u0301",
    "right-to-left marks": "\u202e",
    "dots and spaces": ". ",
    "dotted letters": "a.b.",
    "handles": "@a",
    "hashes": "#",
    "digits": "0",
    "openings of links": "http://",
    "links half written": "[a.b](",
    "families of emoji": "👩‍👩‍👧",
    "line breaks": "\n",
    "spaces": " ",
    "one word": "x",
    "contractions": "'s ",
    "passwords begun": "password is ",
    "capitals": "AAA ",
}


def over_and_over(piece: str, length: int) -> str:
    """Return a text of this many characters that says one thing again and again."""
    return (piece * (length // len(piece) + 1))[:length]


class TestHostileText:
    @pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
    @pytest.mark.parametrize("reply_to", [None, BAIT], ids=["", "answering bait"])
    def test_a_text_made_to_choke_is_read_to_its_end(self, piece: str, reply_to: str | None) -> None:
        """Thousands of characters of one thing over and over give a report whose spans lie inside."""
        text = over_and_over(piece, LONG // 40)

        assert all(0 <= a < b <= len(text) for a, b in spans_of(report_on(text, Context(reply_to=reply_to))))

    @pytest.mark.parametrize("piece", WORST.values(), ids=WORST.keys())
    def test_the_longest_draft_is_read_to_its_end(self, piece: str) -> None:
        """The same holds for the longest draft that is taken in."""
        text = over_and_over(piece, LONG)

        assert all(0 <= a < b <= LONG for a, b in spans_of(report_on(text)))

    def test_a_breach_at_the_end_of_a_long_text_is_found(self) -> None:
        """However much stands before it, a breach is still stopped."""
        text = "\n".join((*(PLAIN * 20), "A client of mine wept all through today's hour."))

        assert "stop" == report_on(text).verdict
