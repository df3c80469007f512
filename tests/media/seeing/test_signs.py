"""Signs: what lines of words tell of what a picture shows, and how sure that is."""

import pytest

from forethought.media.seeing.regions import Box
from forethought.media.seeing.signs import KINDS, LEAST, Sign, signs_in, sure_words
from forethought.media.seeing.words import Line

SIZE = (1_000, 1_000)


def lines(*texts: str, sure: float = 1.0, top: int = 0) -> tuple[Line, ...]:
    """Return lines below each other."""
    return tuple(Line(text, Box(50, top + 40 * n, 450, top + 40 * n + 30), sure) for n, text in enumerate(texts))


def kinds(*texts: str, top: int = 300) -> set[str]:
    """Return the kinds of thing that lines tell of."""
    return {sign.kind for sign in signs_in(lines(*texts, top=top), SIZE)}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("telephone number", "Tel: 01632 960 001"),
        ("telephone number", "07700900123"),
        ("telephone number", "+44 (0)7700 900 123"),
        ("telephone number", "(01632) 960-001"),
        ("telephone number", "+353 1 234 5678"),
        ("e-mail address", "write to sam.k@clinic.example.org today"),
        ("e-mail address", "sam @example.org"),
        ("address", "NE99 1ZZ"),
        ("address", "Oldtown Ox49ZZ"),
        ("address", "41a Orchard Road"),
        ("address", "12 Mill Lane, Oldtown"),
        ("number plate", "AB51 XYZ"),
        ("number plate", "AB51XYZ"),
        ("appointment", "Thursday at 10:30?"),
        ("appointment", "Mon 9 March, 2.30 pm"),
        ("appointment", "03/04/2026 at 14:00"),
        ("appointment", "10am on Friday"),
        ("appointment", "see you today at 3pm in room 4"),
    ],
)
def test_one_line_tells(kind: str, text: str) -> None:
    """A line that holds such a thing is told as this kind, and nothing else."""
    assert {kind} == kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Today 14:02", "14:02", "Thursday", "It was 5 miles down the road", "12345", "£9.99", "2026", "Chapter 4",
        "a long walk in the park", "The end of 1984", "@home", "1234 5678 9012 3456", "version 10.2.0.1", "M25 exit",
        "I feel dear to them", "my name was called", "read a book", "42%",
    ],
)  # fmt: skip
def test_other_lines_tell_nothing(text: str) -> None:
    """Everyday words and numbers are taken for none of these things."""
    assert set() == kinds(text)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("screen", ("Today 14:02", "See you then", "Delivered")),
        ("screen", ("Sam", "Yesterday, 9:15", "Type a message")),
        ("letter", ("Dear Mr Kestrel,", "Thank you for coming.", "Yours sincerely,")),
        ("letter", ("Dear Sam", "Date of birth: 04/07/1988")),
        ("letter", ("NHS No. 943 476 5919", "DOB 4.7.88")),
        ("name badge", ("Hello my name is", "Alex")),
        ("name badge", ("Oldtown NHS Trust", "Psychotherapist", "Staff ID 204417")),
        ("whiteboard", ("Agenda", "1. Client J", "2. Referral", "Actions: call")),
    ],
)
def test_several_lines_tell(kind: str, texts: tuple[str, ...]) -> None:
    """Hints that are too weak alone tell together what is in the picture."""
    assert kind in kinds(*texts)


class TestWhere:
    def test_a_clock_counts_only_at_the_top(self) -> None:
        """A time and a charge are a screen's where a screen has them, and not in the middle."""
        assert {"screen"} == kinds("14:02", "87%", top=0)
        assert set() == kinds("14:02", "87%", top=500)

    def test_the_box_holds_what_tells(self) -> None:
        """A sign's box holds each line that tells of it, so that covering it covers them."""
        (sign,) = signs_in(lines("Flat 2, 41 Orchard Road", "Newbridge", "NE99 1ZZ"), SIZE)
        assert ("address", Box(50, 0, 450, 110)) == (sign.kind, sign.box)

    def test_addresses_far_apart_are_two(self) -> None:
        """Two postcodes that stand far from each other are two addresses."""
        apart = (*lines("NE99 1ZZ"), *lines("OX4 9ZZ", top=800))
        assert 2 == len(signs_in(apart, SIZE))

    def test_a_long_paper_is_no_badge(self) -> None:
        """A person's work and a service's name in a page of text make no name badge."""
        assert "name badge" not in kinds("Oldtown NHS Trust", "Psychotherapist", "Staff ID 204417", *["more"] * 20)


class TestSure:
    def test_what_is_read_badly_is_less_sure(self) -> None:
        """How sure a sign is falls with how sure its words are."""
        (well,) = signs_in(lines("AB51 XYZ"), SIZE)
        (badly,) = signs_in(lines("AB51 XYZ", sure=0.6), SIZE)
        assert well.sure > badly.sure

    def test_one_hint_twice_counts_once(self) -> None:
        """The same hint in many lines makes nothing surer."""
        assert set() == kinds(*["Delivered"] * 9)

    def test_surest_first(self) -> None:
        """Signs come in the order of how sure they are, and none is below what is told."""
        found = signs_in(lines("Dear Sam", "sam@example.org", "Thursday at 10:30", "DOB 4.7.88"), SIZE)
        assert sorted((sign.sure for sign in found), reverse=True) == [sign.sure for sign in found]
        assert min(sign.sure for sign in found) >= LEAST

    @pytest.mark.parametrize(("sure", "words"), [(0.9, "probably"), (0.75, "probably"), (0.74, "may be")])
    def test_in_words(self, sure: float, words: str) -> None:
        """How sure something is is said in words, never as a fact."""
        assert words == sure_words(sure)

    @pytest.mark.parametrize("kind", KINDS)
    def test_in_a_sentence(self, kind: str) -> None:
        """Every kind is told in a sentence with the words that tell of it."""
        there = [str(Sign(kind, "kestrel", "a reason", Box(0, 0, 1, 1), sure)) for sure in (0.9, 0.6)]
        assert there[0].startswith("There is probably a")
        assert there[1].startswith("There may be a")
        assert all(said.endswith("a reason (“kestrel”).") for said in there)


@pytest.mark.parametrize(
    "text", ["0 " * 200, "a" * 400, "1 a " * 100, "+1" * 200, "a.b@" * 100, "mon 1" * 80, "ab" * 200]
)
def test_lines_made_to_be_slow(text: str) -> None:
    """Lines made to be slow to search are searched to their end, each as the others."""
    assert len(signs_in(lines(*[text] * 20), SIZE)) in (0, 1, 20)
