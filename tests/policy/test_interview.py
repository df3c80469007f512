"""The interview: what is asked when, the strictest answers to begin with, and answers checked to the letter."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import ForethoughtError
from forethought.guidance import Guidance
from forethought.guidance.schema import PackError
from forethought.policy.interview import (
    LongWordsError,
    OneChoiceError,
    UnknownChoiceError,
    UnknownQuestionError,
    asked,
    checked,
    chosen,
    clashes,
    defaults,
    doubts,
    unanswered,
)
from forethought.policy.load import questions, topics
from forethought.policy.model import Answers, Question, Topic

Edge = tuple[Topic, ...]


def ids(found: tuple[Question, ...]) -> list[str]:
    """Return the ids of questions."""
    return [question.id for question in found]


class TestAsked:
    @pytest.mark.parametrize(
        ("answers", "wanted"),
        [
            ({}, ["boats"]),
            ({"boats": ("no",)}, ["boats"]),
            ({"boats": ("yes",)}, ["boats", "oars", "tides"]),
            ({"boats": ("yes",), "oars": ("wood",)}, ["boats", "oars", "tides"]),
            ({"boats": ("yes",), "oars": ("wood", "tin")}, ["boats", "oars", "mooring", "tides"]),
            ({"boats": ("no",), "oars": ("tin",)}, ["boats"]),
        ],
        ids=["nothing-yet", "no", "yes", "another-choice", "one-of-several", "a-chain-that-broke"],
    )
    def test_a_question_waits_for_the_one_it_hangs_on(self, edge: Edge, answers: Answers, wanted: list[str]) -> None:
        """A question is asked once its condition holds, and not where that hangs on one no longer asked."""
        assert wanted == ids(asked(answers))

    def test_what_is_open(self, edge: Edge) -> None:
        """What is asked and has no answer is open."""
        assert ["oars", "tides"] == ids(unanswered({"boats": ("yes",)}))

    def test_choices_of_questions_no_longer_asked_count_for_nothing(self, edge: Edge) -> None:
        """A choice kept from before speaks no more once its question is not asked."""
        assert ["no"] == [choice.id for _, _, choice in chosen({"boats": ("no",), "oars": ("tin",)})]


class TestClashes:
    @pytest.mark.parametrize(
        ("answers", "wanted"),
        [
            ({"message-safety": ["only-me", "office"]}, [("only-me", "office")]),
            ({"message-safety": ["only-me"], "kept-messages": ["service"]}, [("only-me", "service")]),
            ({"message-safety": ["locked", "office"]}, []),
            ({"location": ["check-ins", "online"]}, [("check-ins", "online")]),
            ({"practice-for": ["parents"], "young-clients": ["adults"]}, [("parents", "adults")]),
            ({"app-messages": ["no"], "group-chats": ["own-group"]}, [("no", "own-group")]),
            ({"testimonials": ["agreed"], "client-material": ["never"]}, [("agreed", "never")]),
            ({"photos": ["agreed"], "client-material": ["made-up"]}, [("agreed", "made-up")]),
            ({"photos": ["agreed"], "client-material": ["consent"]}, []),
            (
                {"uses": ["phone"], "no-email-text": ["not-used"], "former-requests": ["news"]},
                [("not-used", "news")],
            ),
        ],
        ids=["office", "service", "locked", "online", "parents", "chat", "reviews", "photos", "with-consent", "news"],
    )
    def test_what_cannot_both_be_true(self, answers: dict[str, list[str]], wanted: list[tuple[str, str]]) -> None:
        """Two choices that contradict each other are listed in the interview's order, and both are kept."""
        kept = checked({"uses": ["email"], **answers})
        assert wanted == [(each.first.choice.id, each.second.choice.id) for each in clashes(kept)]
        assert set(answers) <= set(kept)

    def test_the_strictest_answers_agree(self) -> None:
        """No two of the answers that the interview begins with contradict each other."""
        assert () == clashes(defaults())

    @pytest.mark.parametrize(
        ("old", "new"), [('"no"', '"noo"'), ("boats", "ships")], ids=["unknown-choice", "unknown-question"]
    )
    def test_names_are_checked(self, tmp_path: Path, old: str, new: str) -> None:
        """A choice that clashes with one that nothing offers is refused when the topics are loaded."""
        file = (Path(__file__).parent / "edge" / "01-boat.toml").read_text(encoding="utf-8")
        clash = 'not_with = { boats = ["no"] }'
        (tmp_path / "01-boat.toml").write_text(f"{file}{clash}\n", encoding="utf-8")
        assert topics(tmp_path)[0].questions[-1].choices[0].not_with == {"boats": ("no",)}
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "01-boat.toml").write_text(f"{file}{clash.replace(old, new)}\n", encoding="utf-8")
        with pytest.raises(PackError, match="which does not offer that"):
            topics(tmp_path / "b")


class TestWhatIsNotUsed:
    def test_not_on_social_media(self) -> None:
        """Whoever is not there is not asked about requests, followers or connections, and says so once."""
        answers = checked({**defaults(), "accounts": ["none"]})
        gone = {"client-requests", "connected-before", "follow-me", "follow-clients", "social-messages", "in-common"}
        assert not gone & set(answers)
        assert any("cannot connect with you" in said for _, _, choice in chosen(answers) for said in choice.says)

    @pytest.mark.parametrize(
        ("uses", "asked_"), [(["phone"], True), (["phone", "email"], False), (["text"], False), ([], False)],
        ids=["phone", "email", "text", "open"],
    )  # fmt: skip
    def test_email_and_texts(self, uses: list[str], asked_: bool) -> None:
        """Where neither email nor texts are used that is said, and nothing of what they are for."""
        found = ids(asked({"uses": tuple(uses)}))
        assert asked_ == ("no-email-text" in found)
        assert (not asked_ and bool(uses)) == ("email-text-for" in found) == ("message-safety" in found)


FACTS = {
    "message-safety": {"locked", "only-me", "protected", "office"}, "location": {"no-speaker"},
    "in-common": {"kept-out"}, "access": {"large-print", "relay", "other-language"},
}  # fmt: skip


class TestDefaults:
    @pytest.mark.parametrize("question", FACTS)
    def test_no_fact_is_promised_unasked(self, question: str) -> None:
        """What is true or not of somebody's phone, room or desk is offered and never ticked beforehand."""
        assert FACTS[question] <= {each.id for each in questions()[question].choices}
        assert not FACTS[question] & set(defaults()[question])
        assert questions()[question].help

    def test_nothing_stands_against_them(self, guidance: Guidance) -> None:
        """No document speaks against an answer that the interview begins with."""
        assert () == doubts(defaults(), guidance)

    def test_they_can_be_kept_as_they_are(self) -> None:
        """They pass the check, and leave only what takes words to be answered."""
        assert defaults() == checked(defaults())
        assert {"words"} == {question.kind for question in unanswered(defaults())}

    def test_they_follow_the_conditions(self, edge: Edge) -> None:
        """A default of a question that is not asked is left out."""
        assert {"boats": ("no",)} == defaults()


class TestChecked:
    def test_they_are_put_in_order(self, edge: Edge) -> None:
        """Questions and choices stand in the interview's order, each choice once."""
        kept = checked({"tides": ["high"], "oars": ["tin", "wood", "tin"], "boats": ["yes"]})
        assert [("boats", ("yes",)), ("oars", ("wood", "tin")), ("tides", ("high",))] == list(kept.items())

    def test_what_is_no_longer_asked_is_dropped(self, edge: Edge) -> None:
        """An answer whose question is not asked any more is not kept."""
        assert {"boats": ("no",)} == checked({"boats": ["no"], "oars": ["tin"], "mooring": ["here"]})

    @pytest.mark.parametrize("empty", [[], [""], [" \n "], ["."]], ids=["none", "empty", "blank", "stop"])
    def test_nothing_is_no_answer(self, edge: Edge, empty: list[str]) -> None:
        """An empty answer leaves the question open."""
        kept = checked({"boats": ["yes"], "oars": ["tin"], "mooring": empty})
        assert "mooring" not in kept

    @pytest.mark.parametrize(
        ("given_words", "kept"),
        [("by the quay", "by the quay"), (" by\n the  quay. ", "by the quay"), ("there;", "there"), ("{a}", "{a}")],
        ids=["as-given", "evened", "stops", "braces"],
    )
    def test_words_fit_into_a_sentence(self, edge: Edge, given_words: str, kept: str) -> None:
        """Words are put on one line and lose the stop that the sentence has of its own."""
        assert (kept,) == checked({"boats": ["yes"], "oars": ["tin"], "mooring": [given_words]})["mooring"]

    @pytest.mark.parametrize(
        ("answers", "error", "says"),
        [
            ({"boat": ["no"]}, UnknownQuestionError, "question 'boat' is not known. Use boats."),
            ({"boats": ["yess"]}, UnknownChoiceError, "for 'boats' the choice 'yess' is not known. Use yes."),
            ({"boats": ["yes", "no"]}, OneChoiceError, "'boats' takes one choice, and 2 were given."),
            ({"mooring": ["a", "b"]}, OneChoiceError, "'mooring' takes one text, and 2 were given."),
            ({"mooring": ["x" * 15]}, LongWordsError, "have 15 characters, and 12 fit. Shorten them by 3."),
        ],
        ids=["question", "choice", "two-choices", "two-texts", "too-long"],
    )
    def test_mistakes_say_how_to_mend_them(
        self, edge: Edge, answers: dict[str, list[str]], error: type[ForethoughtError], says: str
    ) -> None:
        """Each mistake has a class of its own, whose message names what was given and what would fit."""
        with pytest.raises(error) as raised:
            checked(answers)
        assert says in str(raised.value)

    @given(st.dictionaries(st.sampled_from([*questions(), "unknown"]), st.lists(st.text(max_size=90), max_size=3)))
    def test_any_answers_are_kept_or_explained(self, answers: dict[str, list[str]]) -> None:
        """Anything given is kept in a form that passes again unchanged, or raises a mistake that a person can mend."""
        try:
            kept = checked(answers)
        except ForethoughtError:
            return
        assert kept == checked(kept)


class TestDoubts:
    def test_who_speaks_against_a_choice(self, edge: Edge, guidance: Guidance) -> None:
        """A choice is met with the provisions against it, and the topic's points on which the documents differ."""
        (doubt,) = doubts({"boats": ("yes",)}, guidance)
        assert ("boats", "yes") == (doubt.question.id, doubt.choice.id)
        assert {"GPIA-65", "BACP1-34"} == {each.id for each in doubt.provisions}
        assert {"D04", "D11"} == {each.id for each in doubt.differences}

    @pytest.mark.parametrize(("body", "count"), [("babcp", 0), ("bacp-gpia-040", 1)])
    def test_only_active_documents_are_heard(self, edge: Edge, guidance: Guidance, body: str, count: int) -> None:
        """A document that is not active says nothing, and one body alone differs with nobody."""
        found = doubts({"boats": ("yes",)}, guidance.active([body]))
        assert count == len(found)
        assert not any(each.differences for each in found)

    def test_nothing_to_say(self, edge: Edge, guidance: Guidance) -> None:
        """A choice that nothing stands against is not met with differences either."""
        assert () == doubts({"boats": ("no",)}, guidance)
