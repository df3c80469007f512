"""What a draft seems to do: probabilities and spans, and that more text never weakens a concern."""

import subprocess
import sys
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.reading import Context, Draft, read
from forethought.rules.load import rules

BREACHES = {
    "case": "A client told me about her affair today.",
    "case over sentences": "Saw a man in his forties today. He wept for his brother. I was up all night.",
    "client contact": "Add me on here if you have been my client, I would love to stay friends.",
    "heat": "I am SO DONE with this trust, they can all rot!!",
    "abuse": "What an idiot you are.",
    "claim": "I cure anxiety in three sessions, guaranteed.",
    "consent": "She said I could share this, so here is what my client went through.",
    "troll": "Come and say that to my face.",
}
# Sentences about nobody, which end, open no quotation and invent nothing.
PLAIN = (
    "The kettle boiled.", "It rained all day.", "Trains were late again.", "The garden looks green!", "Tea helps.",
    "Bread rose in the oven.", "What a sunset!", "The lights went out.", "Snow fell on the hills.", "Summer is near.",
)  # fmt: skip
CALM = ["Lovely walk by the river.", "The kettle boiled.", "Tea and cake at the fair.", "😀", "...", "42"]
TEXTS = st.text(max_size=80) | st.lists(st.sampled_from((*BREACHES.values(), *PLAIN)), max_size=6).map(" ".join)


def weighed(text: str, context: Context | None = None) -> dict[str, float]:
    """Return the probability of each concern of `text`."""
    return {concern.rule: concern.probability for concern in read(Draft(text, context or Context())).concerns}


def lowered(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return the concerns of `before` that are weaker in `after`, beyond the rounding of sums."""
    return {rule: p for rule, p in before.items() if after.get(rule, 0.0) < p - 1e-9}


class TestWhole:
    @given(TEXTS)
    def test_probabilities(self, text: str) -> None:
        """Probabilities lie between 0 and 1, and each concern is named once, as a rule that there is."""
        found = read(Draft(text)).concerns
        assert all(0 <= concern.probability <= 1 for concern in found)
        assert len(found) == len({concern.rule for concern in found})
        assert {concern.rule for concern in found} <= {rule.id for rule in rules()}

    @given(TEXTS)
    def test_spans(self, text: str) -> None:
        """What carried a concern begins where a sentence begins and ends where one ends."""
        reading = read(Draft(text))
        starts, ends = ({span[n] for s in reading.sentences for span in [s.span]} for n in (0, 1))
        for span in (span for concern in reading.concerns for span in concern.spans):
            assert span.start in starts
            assert span.end in ends
            assert span.start < span.end

    @pytest.mark.parametrize("text", BREACHES.values(), ids=BREACHES)
    def test_carried(self, text: str) -> None:
        """Every concern shows at least one sentence that carried it, and none twice."""
        for concern in read(Draft(text)).concerns:
            assert concern.spans
            assert len(concern.spans) == len(set(concern.spans))


class TestMeaning:
    def test_case(self) -> None:
        """A client's story weighs more than the same said of clients at large."""
        case = "confidentiality/client-case"
        general = weighed("Clients may speak of such things.").get(case, 0.0)
        assert weighed(BREACHES["case"])[case] > 0.5 > general

    @pytest.mark.parametrize("text", CALM, ids=["walk", "kettle", "fair", "emoji", "dots", "number"])
    def test_calm(self, text: str) -> None:
        """Nothing is likely in a draft that does nothing."""
        assert [] == [rule for rule, probability in weighed(text).items() if probability >= 0.5]

    @pytest.mark.parametrize("text", ["", " \n\t ", "\u200d"], ids=["empty", "space", "invisible"])
    @pytest.mark.parametrize(
        "context", [Context(), Context(role="trainee", audience="direct-message", reply_to="Help me")]
    )
    def test_nothing(self, text: str, context: Context) -> None:
        """An empty draft raises no concern, wherever it goes."""
        assert [] == [rule for rule, probability in weighed(text, context).items() if probability >= 0.3]

    @pytest.mark.parametrize(
        "context",
        [
            Context(audience="direct-message"),
            Context(account="personal"),
            Context(role="researcher"),
            Context(reply_to="Can you help?"),
        ],
        ids=["audience", "account", "role", "reply"],
    )
    def test_context(self, context: Context) -> None:
        """Where words go out, from whom and in reply to what changes what they seem to do."""
        text = " ".join(BREACHES.values())
        assert weighed(text) != weighed(text, context)

    @pytest.mark.parametrize("text", BREACHES.values(), ids=BREACHES)
    @pytest.mark.parametrize("audience", ["closed-group", "followers"])
    def test_fewer_readers(self, text: str, audience: Literal["closed-group", "followers"]) -> None:
        """A closed group or a list of followers never lowers a concern below what it is in public."""
        assert {} == lowered(weighed(text), weighed(text, Context(audience=audience)))

    def test_reply_words(self) -> None:
        """That a draft is a reply matters, and not what it replies to."""
        one, two = (weighed(BREACHES["case"], Context(reply_to=words)) for words in ("Hello", "Goodbye"))
        assert one == two

    def test_names(self) -> None:
        """A client's name makes no difference to how likely a concern is, whatever name it is."""
        found = [
            weighed(f"My client {name} told me about her affair.") for name in ("Priya", "Helen", "Declan", "Abena")
        ]
        assert found == [found[0]] * 4


class TestMoreText:
    @pytest.mark.parametrize("text", BREACHES.values(), ids=BREACHES)
    @pytest.mark.parametrize("joint", [" ", "\n", "\n\n"], ids=["space", "line", "paragraph"])
    @given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5))
    @settings(max_examples=15)
    def test_after(self, text: str, joint: str, more: list[str]) -> None:
        """Sentences put after a draft never lower a concern."""
        assert {} == lowered(weighed(text), weighed(joint.join((text, *more))))

    @pytest.mark.parametrize("text", BREACHES.values(), ids=BREACHES)
    @pytest.mark.parametrize("joint", [" ", "\n", "\n\n"], ids=["space", "line", "paragraph"])
    @given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5))
    @settings(max_examples=15)
    def test_before(self, text: str, joint: str, more: list[str]) -> None:
        """Sentences put before a draft never lower a concern."""
        assert {} == lowered(weighed(text), weighed(joint.join((*more, text))))

    @given(st.sampled_from(tuple(BREACHES.values())), st.text("bdgkmnpt \n", max_size=60))
    @settings(max_examples=60)
    def test_any_words(self, text: str, words: str) -> None:
        """Letters without meaning after a draft never lower a concern."""
        assert {} == lowered(weighed(text), weighed(f"{text}\n{words}"))

    def test_word_of_the_work(self) -> None:
        """A word of the work after a draft does not lower a concern either."""
        assert {} == lowered(
            weighed(BREACHES["case over sentences"]), weighed(f"{BREACHES['case over sentences']} Session.")
        )

    def test_between(self) -> None:
        """A long draft keeps the concern of one sentence in its midst."""
        long = " ".join(PLAIN * 20)
        assert {} == lowered(weighed(BREACHES["case"]), weighed(f"{long} {BREACHES['case']} {long}"))

    def test_shown(self) -> None:
        """The sentence that carries a concern is shown, and not the plain ones far from it."""
        text = f"{' '.join(PLAIN[:5])} {BREACHES['case']} {' '.join(PLAIN[5:])}"
        reading = read(Draft(text))
        (case,) = [concern for concern in reading.concerns if concern.rule == "confidentiality/client-case"]
        assert BREACHES["case"] in [reading.quote(span) for span in case.spans]
        assert len(case.spans) <= 4

    def test_at_most_four(self) -> None:
        """However often a draft does the same, at most four sentences together carry a concern."""
        for concern in read(Draft(" ".join([BREACHES["case"]] * 12))).concerns:
            assert len(concern.spans) <= 4


class TestSame:
    @given(TEXTS)
    @settings(max_examples=30)
    def test_twice(self, text: str) -> None:
        """The same draft has the same concerns each time."""
        assert read(Draft(text)).concerns == read(Draft(text)).concerns

    def test_in_every_run(self) -> None:
        """The same draft has the very same probabilities in every run of the program."""
        program = (
            f"from forethought.reading import Draft, read; print(read(Draft({' '.join(BREACHES.values())!r})).concerns)"
        )
        told = {
            subprocess.run(
                [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert 1 == len(told)
