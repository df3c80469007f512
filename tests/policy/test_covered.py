"""What a policy from elsewhere covers: shown by its own words, with what is missing and what a check would raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Heading, Listing, Note, Paragraph
from forethought.guidance import Guidance, load
from forethought.policy.covered import HEADINGS, Coverage, Covered, Level, coverage, document
from forethought.policy.elsewhere import LongPolicyError
from forethought.policy.load import topics
from forethought.policy.model import Answers
from forethought.policy.writing import Edition, policy

MINE = (
    "I turn down every friend request or connection request from clients.\n"
    "Our texts, such as reminders, are for times only.\n"
    "My method is guaranteed to cure anxiety in two sessions."
)


@pytest.fixture(scope="module")
def found() -> Coverage:
    """A short policy, read under all packs."""
    return coverage(MINE, load(), "lexical")


def topic(found: Coverage, id: str) -> Covered:
    """Return what was found of one topic."""
    return next(each for each in found.topics if each.topic.id == id)


class TestCoverage:
    @pytest.mark.parametrize(
        ("id", "level"), [("friend-requests", "covered"), ("email-and-text", "covered"), ("location", "missing")]
    )
    def test_how_far(self, found: Coverage, id: str, level: Level) -> None:
        """A topic with two signs is covered, and one without any is missing."""
        assert level == topic(found, id).level
        assert topic(found, id) in found.at(level)

    def test_one_sign_is_not_enough(self, guidance: Guidance) -> None:
        """A single sign only touches a topic, and the practitioner is to look."""
        assert "touched" == topic(coverage("No friend request.", guidance, "lexical"), "friend-requests").level

    def test_the_words_that_show_it(self, found: Coverage) -> None:
        """Each topic has the signs that were found and the sentences that they stand in."""
        shown = topic(found, "friend-requests")
        assert {"friend request", "connection request"} <= set(shown.signs)
        assert (MINE.split("\n")[0],) == shown.sentences

    @pytest.mark.parametrize("text", ["No FRIEND  Request", "a friend request!"])
    def test_signs_are_met_in_any_case_and_spacing(self, guidance: Guidance, text: str) -> None:
        """A sign is met whatever its capitals, and at the end of a sentence."""
        assert "friend request" in topic(coverage(text, guidance, "lexical"), "friend-requests").signs

    @pytest.mark.parametrize("text", ["befriend request", "friend requesting"])
    def test_signs_are_whole_words(self, guidance: Guidance, text: str) -> None:
        """A sign within longer words is none."""
        assert "friend request" not in topic(coverage(text, guidance, "lexical"), "friend-requests").signs

    def test_who_asks_for_a_topic(self, guidance: Guidance) -> None:
        """Each topic names the active provisions that ask for it, binding ones first, and none of other bodies."""
        found = coverage("Nothing.", guidance.active(["babcp"]), "lexical")
        asking = topic(found, "friend-requests").provisions
        assert {"babcp"} == {each.body for each in asking}
        assert sorted(not each.binds for each in asking) == [not each.binds for each in asking]

    def test_our_own_policy_is_recognised(self, answers: Answers, edition: Edition, guidance: Guidance) -> None:
        """A policy made here is found to cover nearly all of its own topics, and nothing in it is raised."""
        words = [block.words for block in policy(answers, edition).blocks if isinstance(block, Paragraph | Heading)]
        found = coverage("\n".join(words), guidance, "lexical")
        assert () == (found.numbers + found.said)
        assert len(found.at("missing")) <= len(topics()) // 10
        assert () == found.findings

    def test_what_a_check_raises(self, found: Coverage) -> None:
        """A claim that no policy should make is raised by the rule for it."""
        assert ["standing/misleading-claim"] == [each.finding.rule.id for each in found.findings]

    @given(st.text(max_size=200))
    def test_any_text(self, text: str) -> None:
        """Any text at all gives an answer with every topic in it."""
        found = coverage(text, load(), "lexical")
        assert len(topics()) == sum(len(found.at(level)) for level in ("covered", "touched", "missing"))

    def test_it_has_an_end(self, guidance: Guidance) -> None:
        """A text beyond any policy is refused."""
        with pytest.raises(LongPolicyError):
            coverage("We meet. " * 25_000, guidance, "lexical")


class TestDocument:
    def test_wrong_numbers_come_first(self, guidance: Guidance) -> None:
        """A number that nobody answers any more is told before everything else but how this was looked at."""
        made = document(coverage("Ring Samaritans on 08457 90 90 90.", guidance, "lexical"), guidance)
        assert isinstance(made.blocks[1], Note)
        assert "08457 90 90 90" in made.blocks[1].words

    def test_what_is_said_is_shown_with_who_asks(self, guidance: Guidance) -> None:
        """A kind of sentence that no policy should have is told with why, instead and provisions."""
        made = document(coverage("I always thank people for their reviews.", guidance, "lexical"), guidance)
        at = made.blocks.index(Heading(3, "Thanking for reviews"))
        note, why, asking = made.blocks[at + 1 : at + 4]
        assert note == Note("It says: “I always thank people for their reviews.”")
        assert isinstance(why, Paragraph)
        assert isinstance(asking, Listing)
        assert not any("Nothing was found" in block.words for block in made.blocks if isinstance(block, Paragraph))

    def test_long_sentences_are_shown(self, guidance: Guidance) -> None:
        """Sentences that are hard to follow stand below the measure."""
        long = "We " + "meet and " * 15 + "talk."
        blocks = document(coverage(long, guidance, "lexical"), guidance).blocks
        assert Listing((long,)) in blocks[:5]

    def test_every_topic_stands_under_what_was_found(self, found: Coverage, guidance: Guidance) -> None:
        """The practitioner sees every topic once, under whether it is covered, touched or missing."""
        level = ""
        told: dict[str, list[str]] = {}
        for block in document(found, guidance).blocks:
            if isinstance(block, Heading) and block.level == 2:
                level = block.words
            elif isinstance(block, Heading):
                told.setdefault(level, []).append(block.words)
        for each, heading in HEADINGS.items():
            assert [one.topic.title for one in found.at(each)] == told.get(heading, [])

    def test_what_is_covered_shows_its_sentences(self, found: Coverage, guidance: Guidance) -> None:
        """A topic that is covered stands with the sentences that show it."""
        blocks = document(found, guidance).blocks
        at = blocks.index(Heading(3, "Friend and connection requests"))
        assert Listing((MINE.split("\n")[0],)) == blocks[at + 1]

    def test_what_is_missing_says_why_and_who_asks(self, found: Coverage, guidance: Guidance) -> None:
        """Each missing topic stands with what it is for and with a few provisions."""
        blocks = document(found, guidance).blocks
        for each in found.at("missing"):
            at = blocks.index(Heading(3, each.topic.title))
            assert Paragraph(each.topic.why) == blocks[at + 1]
            assert isinstance(blocks[at + 2], Listing)

    def test_what_is_raised_shows_the_words(self, found: Coverage, guidance: Guidance) -> None:
        """A finding is told with the words that raised it."""
        said = [block.words for block in document(found, guidance).blocks if hasattr(block, "words")]
        assert any("guaranteed to cure" in words for words in said)

    def test_nothing_raised_is_no_promise(self, guidance: Guidance) -> None:
        """Where nothing is raised it is said that this promises nothing."""
        last = document(coverage("We meet on Tuesdays.", guidance, "lexical"), guidance).blocks[-1]
        assert isinstance(last, Paragraph)
        assert "no promise" in last.words
