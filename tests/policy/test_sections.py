"""Sections: what choices say, each sentence once, words in their gaps, and what is missing."""

from forethought.policy.load import topics
from forethought.policy.model import Topic
from forethought.policy.sections import briefly, missing, sections


class TestSections:
    def test_no_sentence_stands_twice(self, edge: tuple[Topic, ...]) -> None:
        """What two choices both say is said once, at its first place, and a paragraph left empty is gone."""
        (boat, _) = sections({"boats": ("yes",), "oars": ("wood", "tin"), "tides": ("high",)})
        assert (
            ("Bring your boat.", "It is the same for everyone."),
            ("Oars are of wood.", "Oars are of tin."),
        ) == boat.paragraphs
        assert ("Bring your boat.", "Oars come too.") == boat.brief

    def test_words_go_into_every_gap(self, edge: tuple[Topic, ...]) -> None:
        """Words are put wherever the sentence has a place for them."""
        (boat, *_) = sections({"boats": ("yes",), "oars": ("tin",), "mooring": ("at sea",)})
        assert "It is moored at sea, and stays at sea." in boat.says

    def test_an_easy_sentence_that_is_its_heading_is_left_out(self, edge: tuple[Topic, ...]) -> None:
        """The easy version does not ask the same question twice in a row."""
        (boat,) = sections({"boats": ("no",)})
        assert ("No boats.",) == boat.easy

    def test_a_topic_of_which_nothing_is_asked_is_not_missing(self, edge: tuple[Topic, ...]) -> None:
        """A topic whose only question is not asked is neither told nor missing."""
        assert () == missing({"boats": ("no",)})
        assert ["tide"] == [topic.id for topic in missing({"boats": ("yes",)})]

    def test_brief_sentences_in_the_order_wanted(self, edge: tuple[Topic, ...]) -> None:
        """Brief sentences come by question or by single choice, each once, as they are asked for."""
        answers = {"boats": ("yes",), "oars": ("wood", "tin"), "tides": ("high",)}
        wanted = ["tides", "oars/tin", "oars", "boats/no", "boats", "unknown"]
        assert ("We leave at high tide.", "Oars come too.", "Bring your boat.") == briefly(answers, wanted)

    def test_nothing_answered_says_nothing(self) -> None:
        """Without answers there are no sections, and every topic is missing."""
        assert () == sections({})
        assert [topic.id for topic in topics()] == [topic.id for topic in missing({})]
