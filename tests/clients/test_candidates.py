"""What in a text could be somebody, and what is left alone, so that most drafts need no slow work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.clients.candidates import MOST_SPAN, candidates
from forethought.reading import Span


def found(text: str) -> list[tuple[str, str]]:
    """Return the kind and words of each candidate."""
    return [(each.kind, each.words) for each in candidates(text)]


class TestNothing:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Mondays are for paperwork.",
            "New post: five ways to rest when you cannot sleep. Link below.",
            "Mental Health Awareness Week is here, and so is our Spring Newsletter.",
            "Will you come? May I ask? Mark the date. Grace is all we need.",
            "I saw a client at 3 pm in room 42, for 50 minutes.",
            "https://siobhan-kelly.example/siobhan.kelly",
            "#MentalHealth #therapistsofinstagram #SelfCareSunday",
            "it will rain and mark the start of spring",
        ],
        ids=[
            "nothing",
            "plain",
            "advert",
            "title-case",
            "names-as-words",
            "numbers",
            "link",
            "hashtags",
            "small-letters",
        ],
    )
    def test_a_draft_without_names(self, text: str) -> None:
        """A draft that names nobody has no candidate."""
        assert [] == found(text)


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Saw Siobhan Kelly today.", "Siobhan Kelly"),
            ("Yesterday Siobhan Kelly rang.", "Siobhan Kelly"),
            ("Siobhan Kelly’s dog", "Siobhan Kelly"),
            ("saw siobhan murphy today", "siobhan murphy"),
            ("Dr Siobhan Kelly was kind.", "Siobhan Kelly"),
            ("Then S. Kelly rang.", "S. Kelly"),
            ("Then S.Kelly rang.", "S.Kelly"),
            ("Then A Milne rang.", "A Milne"),
            ("We met Jan van der Berg there.", "Jan van der Berg"),
            ("Nkechi Obiora came.", "Nkechi Obiora"),
            ("Rose Hill came, and Mark Young.", "Mark Young"),
            ("SIOBHAN KELLY", "SIOBHAN KELLY"),
            ("#SiobhanKelly", "Siobhan Kelly"),
            ("Smith-Jones, or Anne-Marie O’Brien", "Anne-Marie O’Brien"),
            ("Siobha\u0301n Kelly", "Siobha\u0301n Kelly"),
        ],
        ids=[
            "plain", "after-a-word", "owner", "small", "title", "initial", "close", "initial-a", "particles", "unusual",
            "words", "capitals", "hashtag", "hyphen", "accent-apart",
        ],
    )  # fmt: skip
    def test_a_full_name_is_found(self, text: str, name: str) -> None:
        """A full name is found in its sentence, without what stands before or after it."""
        assert ("name", name) in found(text)

    def test_a_long_run_is_read_in_pairs_too(self) -> None:
        """A run of three words is read whole and in neighbouring pairs, and never by one word of it."""
        assert [("name", "Siobhan Orla Kelly"), ("name", "Siobhan Orla"), ("name", "Orla Kelly")] == found(
            "We saw Siobhan Orla Kelly."
        )

    @pytest.mark.parametrize("between", [". ", ", ", "\n", " and ", "; ", "   "])
    def test_a_run_ends_where_something_stands_between(self, between: str) -> None:
        """Two names with more than a space between them are not one name."""
        assert not [each for each in found(f"We saw Siobhan{between}Delaney") if each[0] == "name"]

    @pytest.mark.parametrize("text", ["saw mandy fountain today", "saw will featherstonehaugh today"])
    def test_small_letters_and_an_ordinary_word(self, text: str) -> None:
        """In small letters a name of which one part is an ordinary word is tried as it stands alone."""
        assert ("exact", text[4:-6]) in found(text)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Siobhan cried.", "Siobhan"), ("siobhan cried", "siobhan"), ("Yesterday Siobhan cried.", "Siobhan"),
            ("My client Will cried.", "Will"), ("Hello Zebedee!", "Zebedee"),
        ],
        ids=["start", "small", "after-a-word", "also-a-word", "unknown"],
    )  # fmt: skip
    def test_a_first_name_alone(self, text: str, name: str) -> None:
        """A given name that stands alone is a candidate of a kind of its own."""
        assert ("first", name) in found(text)

    def test_where_it_stands(self) -> None:
        """The span counts code points, and takes in the name alone."""
        text = "😀 Siobhán Kelly's"
        assert [Span(2, 15)] == [each.span for each in candidates(text)]


class TestOthers:
    @pytest.mark.parametrize(
        ("text", "kind", "words"),
        [
            ("ask @siobhan.kelly92, she knows", "handle", "@siobhan.kelly92"),
            ("write to s.kelly+x@home.example.", "email", "s.kelly+x@home.example"),
            ("ring 07700 900 123 now", "phone", "07700 900 123"),
            ("ring +44 (0)7700 900123", "phone", "+44 (0)7700 900123"),
        ],
        ids=["handle", "email", "phone", "abroad"],
    )
    def test_where_people_are_reached(self, text: str, kind: str, words: str) -> None:
        """A handle, an address and a number are each found as they stand."""
        assert (kind, words) in found(text)


class TestAnything:
    @given(st.text(max_size=200))
    def test_spans_lie_in_the_text(self, text: str) -> None:
        """Whatever the text, each span lies in it and what is found is the same again."""
        each = candidates(text)
        assert each == candidates(text)
        assert all(0 <= one.span.start < one.span.end <= len(text) for one in each)

    @pytest.mark.parametrize(
        "text",
        [f"Then {'A' * 41} Kelly", f"#Siobhan{'K' + 'e' * 40}", f"@{'k' * 41}", f"https://x.com/{'k' * 41}"],
        ids=["word", "tag", "handle", "link"],
    )
    def test_what_is_too_long_is_nobody(self, text: str) -> None:
        """Words, hashtags and handles over 40 letters are no candidates, nor is such an end of a link."""
        assert [] == [each for each in found(text) if len(each[1]) > 40]

    def test_particles_without_end_are_no_name(self) -> None:
        """A name that small words make very long is no candidate, so that none costs more than its length."""
        assert all(len(each[1]) <= MOST_SPAN for each in found(f"Jan {'van der ' * 5_000}Berg"))

    def test_a_long_text_of_names_is_read(self) -> None:
        """A text that is one long run of capitals is read in step with its length."""
        assert 39_999 <= len(candidates("Zebedee Quillfeather " * 20_000)) <= 40_001
