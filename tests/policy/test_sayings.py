"""What a policy from elsewhere should not say: numbers that help nobody, and sentences that hold out too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.guidance import Guidance, load
from forethought.policy.interview import chosen
from forethought.policy.load import questions, topics
from forethought.policy.sayings import FILE, evened, sayings, wrong_numbers
from forethought.tables import table


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Ring Samaritans on 08457 90 90 90.", "no longer the one of Samaritans: 08457 90 90 90."),
            ("Samaritans (0845 790 9090), day and night", "no longer the one of Samaritans: 0845 790 9090."),
            ("Help: 08457909090", "no longer the one of Samaritans: 08457909090."),
            ("NHS Direct 0845 4647 can help.", "no longer the one of NHS Direct: 0845 4647."),
            ("Call Samaritans 24 hours a day on 116 132.", "not the one of Samaritans: 116 132."),
            ("Childline: 0800 11 12", "not the one of Childline: 0800 11 12."),
            ("Text SHOUT to 85285 at any time", "not the one of Shout: 85285."),
            ("Lifeline 0808 808 8008", "not the one of Lifeline: 0808 808 8008."),
            ("The NSPCC on 116 123", "not the one of the NSPCC: 116 123."),
        ],
        ids=["old", "brackets", "no-spaces", "nhs-direct", "typo", "childline", "shout", "lifeline", "another-line"],
    )
    def test_what_is_told(self, text: str, says: str) -> None:
        """A number that is a line's no longer, or stands beside the wrong name, is told once with the right one."""
        (told,) = wrong_numbers(text)
        assert f"This number is {says}" in told
        assert len(told.split(". ", 1)[1]) > 10

    @pytest.mark.parametrize(
        "text",
        [
            "Samaritans on 116 123, Childline on 0800 1111 and Lifeline on 0808 808 8000.",
            "Samaritans: 116123. NSPCC 0808 800 5000. Text SHOUT to 85258. NHS 111, or 999.",
            "Samaritans are there day and night. Ring 999 if a life is in danger.",
            "Samaritans answer 24/7 on 116 123",
            "Samaritans\n\nMy own number is 01632 960 123.",
            "I do not shout. Ring me on 01632 960 123, in 2026 as before.",
            "",
        ],
        ids=["right", "close", "no-number", "hours", "next-part", "other-words", "empty"],
    )
    def test_what_is_not(self, text: str) -> None:
        """Right numbers, and numbers that are no line's at all, raise nothing."""
        assert () == wrong_numbers(text)

    def test_our_own_lines_are_right(self) -> None:
        """No choice of the interview has a number that this would raise."""
        every = {question.id: tuple(each.id for each in question.choices) for question in questions().values()}
        said = [sentence for _, _, choice in chosen(every) for sentence in (*choice.says, choice.brief, *choice.easy)]
        assert () == wrong_numbers("\n\n".join(said))

    @given(st.text(max_size=200))
    def test_any_text(self, text: str) -> None:
        """Any text gives an answer."""
        assert isinstance(wrong_numbers(f"Samaritans {text}"), tuple)


def ids(sentence: str, guidance: Guidance) -> list[str]:
    """Return the kinds that a sentence is of."""
    return [each.id for each in sayings({sentence: evened(sentence)}, guidance)]


class TestSayings:
    @pytest.mark.parametrize(
        ("id", "sentence"),
        [
            ("help-by-message", "If you are in distress you can WhatsApp me, also at weekends."),
            ("help-by-message", "I’ll answer texts at the weekend if you are struggling."),
            ("changed-details", "I sometimes write about my clients’ work with details changed."),
            ("changed-details", "I may post anonymised cases on my blog."),
            ("looking-at-pages", "I look at your Facebook page before we meet."),
            ("looking-at-pages", "I may check clients' profiles now and then."),
            ("thanks-for-reviews", "I always thank people for their reviews."),
            ("thanks-for-reviews", "We respond to every Google review."),
        ],
        ids=["whatsapp", "text", "changed", "anonymised", "facebook", "profiles", "thanks", "respond"],
    )
    def test_raised(self, id: str, sentence: str, guidance: Guidance) -> None:
        """A sentence that holds it out is raised."""
        assert [id] == ids(sentence, guidance)

    @pytest.mark.parametrize(
        "sentence",
        [
            "I cannot answer messages in a crisis, so ring 999.",
            "I do not write about clients, even with details changed.",
            "I do not look at your pages.",
            "We look at your posts together when we meet.",
            "I do not answer reviews.",
            "Messages are for appointments.",
        ],
        ids=["crisis", "changed", "pages", "together", "reviews", "plain"],
    )
    def test_not_raised(self, sentence: str, guidance: Guidance) -> None:
        """A sentence that says the contrary is not."""
        assert [] == ids(sentence, guidance)

    @pytest.mark.parametrize("kind", table(FILE)["saying"], ids=lambda kind: kind["id"])
    def test_each_kind_rests_on_provisions(self, kind: dict[str, list[str]], guidance: Guidance) -> None:
        """Each kind names provisions that there are."""
        known = {each.id for each in guidance.provisions()}
        assert set(kind["cites"]) <= known

    def test_nothing_of_a_body_that_is_silent(self) -> None:
        """Where no active document speaks to it nothing is raised."""
        assert [] == ids("I look at your Facebook page before we meet.", load().active(["bps-dcp"]))

    def test_what_the_strictest_choices_say(self, guidance: Guidance) -> None:
        """No sentence of a choice that the interview begins with is raised."""
        said = [each for topic in topics() for question in topic.questions for choice in question.choices
                if choice.id in question.default for each in choice.says]  # fmt: skip
        assert () == sayings({each: evened(each) for each in said}, guidance)
