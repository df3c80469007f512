"""The documents: every sentence to a client comes from a choice or the frame, and each fits where it is to go."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Quote, Table, Terms
from forethought.documents.pdf import pdf
from forethought.errors import UnknownNameError
from forethought.platforms import platforms
from forethought.policy.interview import checked, defaults
from forethought.policy.load import questions, topics
from forethought.policy.model import Answers, Question
from forethought.policy.readability import of_document
from forethought.policy.sections import GAP, frame, missing, sections
from forethought.policy.writing import MOST, Edition, checklist, easy, page, policy, replies, reply, website

Write = Callable[[Answers, Edition], Document]
TO_CLIENTS: tuple[Write, ...] = (policy, page, easy, website, replies)
EDITION = Edition(3, date(2026, 11, 29))
LONG = "the Association of Long Names and the Other Council of the Quite Remarkably Long Names of the North"
CLIENT_AGE, EASY_AGE = 13, 9  # years, the oldest reader by either formula that each version may need


def any_answer(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for answers to a question, none at all among them."""
    if question.kind == "words":
        return st.sampled_from([(), ("a name",), (LONG[: question.longest],)])
    ids = [choice.id for choice in question.choices]
    if question.kind == "one":
        return st.sampled_from([(), *((id,) for id in ids)])
    return st.lists(st.sampled_from(ids), unique=True).map(tuple)


ANY_ANSWERS = st.fixed_dictionaries({id: any_answer(each) for id, each in questions().items()}).map(checked)


def strings(block: Block) -> Iterator[str]:
    """Yield the words of a block, each part by itself."""
    if isinstance(block, Heading | Paragraph | Note):
        yield block.words
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Terms):
        yield from (part for row in block.rows for part in row)
    elif isinstance(block, Table):
        yield from (block.caption, *block.heads, *(cell for row in block.rows for cell in row))
    elif isinstance(block, Quote):
        yield block.text


def every_string(given: Any) -> Iterator[str]:
    """Yield every text in data."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict):
        yield from (text for each in given.values() for text in every_string(each))
    elif isinstance(given, list | tuple):
        yield from (text for each in given for text in every_string(each))


def allowed(answers: Answers) -> set[str]:
    """Return every text that may reach a client: sentences of choices made, headings, the frame, and the head."""
    told: set[str] = {*every_string(frame()), "From", "Version", "Date", str(EDITION.version), EDITION.day}
    for topic in topics():
        told |= {topic.heading, topic.easy_heading}
        for question in topic.questions:
            given_words = answers.get(question.id, ())
            told.update(given_words if question.kind == "words" else ())
            for id in given_words:
                choice = question.choice(id)
                told |= {each.replace(GAP, id) for each in (*choice.says, choice.brief, *choice.easy)}
    return told


def untraced(words: str, told: list[str]) -> str:
    """Return what is left of words once every text that may stand there is taken off its front, the longest first."""
    while words and (text := next((each for each in told if each and words.startswith(each)), "")):
        words = words[len(text) :].lstrip()
    return words


def strings_of(document: Document) -> Iterator[str]:
    """Yield the words of all blocks of a document."""
    return (part for block in document.blocks for part in strings(block))


def pages(document: Document) -> int:
    """Return how many pages the document takes up on paper."""
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    return len(pypdf.PdfReader(io.BytesIO(pdf(document))).pages)


def head(document: Document) -> Terms:
    """Return the head of a document: who it is from, its version and its date."""
    return next(block for block in document.blocks if isinstance(block, Terms))


class TestHelp:
    @pytest.mark.parametrize("write", [policy, page, easy], ids=lambda write: write.__name__)
    def test_it_comes_before_everything(self, write: Write, answers: Answers, edition: Edition) -> None:
        """Where to find help stands first, 999 and A&E at its top, each line by itself."""
        lead, lines, *_ = write(answers, edition).blocks
        assert isinstance(lead, Note)
        assert isinstance(lines, Listing)
        assert "999 or go to A&E" in " ".join(lines.items[:2])
        assert {"111", "116 123"} <= {each for each in ("111", "116 123") if each in " ".join(lines.items)}

    @pytest.mark.parametrize("write", [policy, page, easy], ids=lambda write: write.__name__)
    @settings(max_examples=30)
    @given(answers=ANY_ANSWERS)
    def test_only_lines_that_were_chosen(self, write: Write, answers: Answers) -> None:
        """It has the lines that were chosen, all of them and no other, and is not there where none was."""
        part = "easy" if write is easy else "brief"
        wanted = [each for id in answers.get("crisis-lines", ()) for each in every_string(
            getattr(questions()["crisis-lines"].choice(id), part)
        )]  # fmt: skip
        first, second, *_ = write(answers, EDITION).blocks
        assert wanted == (list(second.items) if isinstance(second, Listing) and isinstance(first, Note) else [])

    @pytest.mark.parametrize("who", ["from-16", "young"])
    @pytest.mark.parametrize("write", [policy, easy, page], ids=lambda write: write.__name__)
    def test_harm_short_of_death_is_told_to_the_young(self, write: Write, who: str, edition: Edition) -> None:
        """Young clients read that somebody may have to be told if they are hurt, not for their life alone."""
        words = " ".join(part for block in write(checked({"young-clients": [who]}), edition).blocks
                         for part in strings(block))  # fmt: skip
        assert re.search("hurt|harm", words)
        assert "may have to tell somebody" in words


class TestTracing:
    @pytest.mark.parametrize("write", TO_CLIENTS, ids=lambda write: write.__name__)
    @settings(max_examples=30)
    @given(answers=ANY_ANSWERS)
    def test_every_sentence_is_a_choice_or_the_frame(self, write: Write, answers: Answers) -> None:
        """Whatever was answered, no sentence reaches a client but from a choice that was made or the fixed frame."""
        told = sorted(allowed(answers), key=len, reverse=True)
        blocks = write(answers, EDITION).blocks
        shown = [block for block in blocks if not (write is replies and isinstance(block, Heading))]
        assert [] == [rest for block in shown for words in strings(block) if (rest := untraced(words, told))]

    @pytest.mark.parametrize("write", [*TO_CLIENTS, checklist], ids=lambda write: write.__name__)
    @settings(max_examples=20)
    @given(answers=ANY_ANSWERS)
    def test_no_gap_is_left(self, write: Write, answers: Answers) -> None:
        """No braces are left where words were to go."""
        words = " ".join(part for block in write(answers, EDITION).blocks for part in strings(block))
        assert not set("{}") & set(words)

    @given(ANY_ANSWERS)
    def test_a_topic_is_told_or_missing_or_not_asked(self, answers: Answers) -> None:
        """A topic without an answer is left out and named as missing, unless nothing about it is asked."""
        told = [section.topic for section in sections(answers)]
        silent = [topic.id for topic in missing(answers)]
        assert not set(told) & set(silent)
        assert [topic.id for topic in topics() if topic.id in {*told, *silent}] == sorted(
            [*told, *silent], key=[topic.id for topic in topics()].index
        )
        assert {topic.id for topic in topics()} - {*told, *silent} <= {
            topic.id for topic in topics() if all(question.only_if or question.unless for question in topic.questions)
        }

    @pytest.mark.parametrize("part", ["lead", "closing"])
    def test_the_frame_promises_nothing(self, part: str) -> None:
        """No fixed sentence to clients speaks of always, never, a time or what the practitioner will do."""
        said = " ".join(
            each for name in ("policy", "page", "easy", "website", "reply") for each in frame()[name].get(part, ())
        )
        assert not re.search(r"\b(always|never|I will|guarantee\w*|promise\w*|within|hours?|days?|safe)\b", said)


class TestPolicy:
    def test_its_head(self, answers: Answers, edition: Edition) -> None:
        """It names its author, version and date first."""
        rows = (("From", "Amal Hart, counsellor"), ("Version", "2"), ("Date", "9 November 2026"))
        assert Terms(rows) == head(policy(answers, edition))

    def test_without_a_name(self, edition: Edition) -> None:
        """Where no name was given there is no line for it."""
        assert Terms((("Version", "2"), ("Date", "9 November 2026"))) == head(policy(defaults(), edition))

    def test_its_headings_are_the_clients(self, answers: Answers, edition: Edition) -> None:
        """Each topic stands under the question that a client would ask, and it ends with where to ask."""
        headings = [block.words for block in policy(answers, edition).blocks if isinstance(block, Heading)]
        assert [*(topic.heading for topic in topics()), frame()["policy"]["closing_heading"]] == headings

    def test_a_paragraph_for_each_thing_decided(self, answers: Answers, edition: Edition) -> None:
        """Each answer is a paragraph of its own, so that none is long."""
        told = sections(answers)
        paragraphs = [block for block in policy(answers, edition).blocks if isinstance(block, Paragraph)]
        assert sum(len(section.paragraphs) for section in told) + 2 == len(paragraphs)

    def test_most_clients_can_read_it(self, answers: Answers, edition: Edition) -> None:
        """By both formulas a reader of thirteen could follow it, and no sentence is too long."""
        found = of_document(policy(answers, edition))
        assert max(found.index_age, found.coleman_liau_age) <= CLIENT_AGE
        assert () == found.long_sentences


class TestPage:
    def test_it_fits_one_page(self, answers: Answers, edition: Edition) -> None:
        """It takes one page of A4."""
        assert 1 == pages(page(answers, edition))

    def test_the_longest_answers_fit_one_page(self) -> None:
        """It does so even where every answer is the longest that there is."""
        longest = {
            id: (LONG[: each.longest],) if each.kind == "words"
            else tuple(choice.id for choice in each.choices) if each.kind == "many"
            else (max(each.choices, key=lambda choice: len(choice.brief)).id,)
            for id, each in questions().items()
        }  # fmt: skip
        mixed = {**longest, "accounts": ("mixed",)}
        assert 1 == pages(page(checked(longest), EDITION)) == pages(page(checked(mixed), EDITION))

    @settings(max_examples=8)
    @given(ANY_ANSWERS)
    def test_any_answers_fit_one_page(self, answers: Answers) -> None:
        """It does so whatever was answered."""
        assert 1 == pages(page(answers, EDITION))

    @given(ANY_ANSWERS)
    def test_every_topic_is_on_it(self, answers: Answers) -> None:
        """However little room there is, every topic that was answered says something, in the policy's order."""
        _, told = (block for block in page(answers, EDITION).blocks if isinstance(block, Terms))
        shown = [
            each for id in answers.get("crisis-lines", ()) for each in [questions()["crisis-lines"].choice(id).brief]
        ]
        wanted = [each.easy_heading for each in sections(answers) if set(each.brief) - set(shown)]
        assert wanted == [heading for heading, _ in told.rows]
        assert all(words for _, words in told.rows)
        assert not any(line in words for line in shown for _, words in told.rows)

    def test_help_in_an_emergency_comes_before_other_second_sentences(self, answers: Answers, edition: Edition) -> None:
        """Where to find help at once is told in full."""
        words = " ".join(part for block in page(answers, edition).blocks for part in strings(block))
        assert all(number in words for number in ("999", "111", "116 123"))


class TestEasy:
    def test_an_idea_a_line(self, answers: Answers, edition: Edition) -> None:
        """Each sentence is a paragraph of its own."""
        paragraphs = [block.words for block in easy(answers, edition).blocks if isinstance(block, Paragraph)]
        assert all(len(re.findall(r"[.?!](?:\s|$)", words)) == 1 for words in paragraphs)

    def test_it_says_that_it_is_the_short_version(self, answers: Answers, edition: Edition) -> None:
        """It begins by saying what it is."""
        paragraphs = [block for block in easy(answers, edition).blocks if isinstance(block, Paragraph)]
        assert [Paragraph("This is the short version."), Paragraph("It has no pictures.")] == paragraphs[:3:2]

    def test_what_it_promises(self, answers: Answers, edition: Edition) -> None:
        """It promises no more than the policy, and no sentence hangs on one that may not stand before it."""
        words = " ".join(part for block in easy(answers, edition).blocks for part in strings(block))
        for misleading in (
            "I do not tell people that I know you",
            "If you want to, talk to me first",
            "just for family",
        ):
            assert misleading not in words
        assert "It is on" not in words

    def test_it_is_easy(self, answers: Answers, edition: Edition) -> None:
        """By both formulas a reader of nine could follow it."""
        found = of_document(easy(answers, edition))
        assert max(found.index_age, found.coleman_liau_age) <= EASY_AGE

    @pytest.mark.parametrize(("choice", "explained"), [("no", True), ("notes", True)])
    def test_hard_words_are_explained(self, edition: Edition, choice: str, explained: bool) -> None:
        """A hard word that stands in it is explained, in whichever form it stands."""
        words = easy(checked({"ai-tools": [choice]}), edition).blocks[-1]
        assert isinstance(words, Terms)
        assert explained == ("AI tools" in dict(words.rows))

    def test_words_that_are_not_there_are_not_explained(self, edition: Edition) -> None:
        """Nothing is explained that the version does not say."""
        assert not any(isinstance(block, Terms) for block in easy(checked({"recordings": []}), edition).blocks[5:])


class TestChecklist:
    def test_what_to_say_for_each_topic(self, answers: Answers, edition: Edition) -> None:
        """Each topic has what the policy says, and each thing to say or ask with an empty box for its date."""
        blocks = checklist(answers, edition).blocks
        for topic, section in zip(topics(), sections(answers), strict=True):
            at = blocks.index(Heading(3, topic.title))
            assert Paragraph(f"The policy says: {' '.join(section.brief)}") == blocks[at + 1]
            assert tuple((each, "") for each in topic.checklist) == blocks[at + 2].rows  # type: ignore[union-attr]

    def test_nothing_runs_off_the_paper(self, answers: Answers, edition: Edition) -> None:
        """No table is longer than a page, since a page of print holds a table whole."""
        tables = [block for block in checklist(answers, edition).blocks if isinstance(block, Table)]
        assert max(sum(len(" ".join(row)) for row in table.rows) for table in tables) <= 1_500

    def test_boxes_for_the_conversation_and_the_agreement(self, answers: Answers, edition: Edition) -> None:
        """There are boxes for date, reference and agreement, and the version is filled in."""
        cells = dict(
            row[:2] for block in checklist(answers, edition).blocks if isinstance(block, Table) for row in block.rows
        )
        assert "2, of 9 November 2026" == cells["Version of the policy"]
        assert {"Date", "Reference of the client"} <= {box for box, filled in cells.items() if not filled}

    def test_what_is_missing_is_named(self, answers: Answers, edition: Edition) -> None:
        """The practitioner sees the topics of which the policy says nothing, and no such list where there are none."""
        kept = {
            id: each
            for id, each in answers.items()
            if id not in ("recordings", "ai-tools", "kept-messages", "who-sees")
        }
        assert Listing(("Records, recordings and AI tools",)) in checklist(kept, edition).blocks
        assert not any(isinstance(block, Note) for block in checklist(answers, edition).blocks)


class TestWebsite:
    def test_its_length(self, answers: Answers, edition: Edition) -> None:
        """With the usual answers it has 60 to 130 words."""
        assert 60 <= of_document(website(answers, edition)).words <= MOST
        assert 60 <= of_document(website(defaults(), edition)).words <= MOST

    @given(ANY_ANSWERS)
    def test_it_is_never_too_long(self, answers: Answers) -> None:
        """Whatever was answered it has at most 130 words."""
        (paragraph,) = website(answers, EDITION).blocks
        assert isinstance(paragraph, Paragraph)
        assert len(paragraph.words.split()) <= MOST

    def test_enquirers_and_complainants_are_not_sent_away(self, answers: Answers, edition: Edition) -> None:
        """What it says of email and texts is of the work together, and leaves everybody else free to write."""
        for document in (website(answers, edition), page(answers, edition), policy(answers, edition)):
            words = " ".join(part for block in document.blocks for part in strings(block))
            assert "Email and texts are for" not in words
        assert "to complain" in " ".join(strings_of(policy(answers, edition)))


class TestReply:
    @given(ANY_ANSWERS, st.sampled_from(sorted(platforms())))
    def test_it_fits(self, answers: Answers, platform: str) -> None:
        """It fits a message on any platform, and a text message by itself."""
        assert len(reply(answers, platform)) <= (platforms()[platform].message or 160)
        assert len(reply(answers)) <= 160

    def test_a_text_message_is_kind_and_says_where_help_is(self, answers: Answers) -> None:
        """The shortest thanks, says that it may not be seen soon and who helps, and has no word of social media."""
        for words in ("thank you", "may not see it", "999", "Samaritans"):
            assert words in reply(answers)
        assert "social media" not in reply(answers)

    def test_it_is_longer_where_there_is_room(self, answers: Answers) -> None:
        """A longer message says what becomes of messages there too."""
        assert "how to reach me" in reply(answers, "mastodon")
        assert len(reply(answers, "mastodon")) > len(reply(answers))

    def test_each_length_is_shown_once(self, answers: Answers, edition: Edition) -> None:
        """The document shows each reply once, the shortest first, and names every platform that takes messages."""
        blocks = replies(answers, edition).blocks
        words = [block.words for block in blocks if isinstance(block, Paragraph)]
        headings = " ".join(block.words for block in blocks if isinstance(block, Heading))
        assert words == sorted(set(words), key=len)
        assert all(each.title in headings for each in platforms().values() if each.message)

    def test_an_unknown_platform(self, answers: Answers) -> None:
        """A platform whose limits nobody wrote down is named."""
        with pytest.raises(UnknownNameError, match="whatsapp"):
            reply(answers, "whatsap")
