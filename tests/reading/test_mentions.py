"""Typed details: what each kind looks like, near misses, and names that are also words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading import Draft, read

# kind, text, the words that show it
SHOWN = {
    "age, number and years": ("age", "He is 34 years old", "34 years old"),
    "age, one year": ("age", "a 9 year old came", "9 year old"),
    "age, hyphens": ("age", "a 34-year-old teacher", "34-year-old"),
    "age, short": ("age", "that 14yo again", "14yo"),
    "age and sex": ("age", "New: 34F, anxious", "34F"),
    "age in words": ("age", "she is aged forty", "aged forty"),
    "age, decade": ("age", "a man in his thirties", "in his thirties"),
    "age, part of a decade": ("age", "late fifties, quiet", "late fifties"),
    "age, school year": ("age", "my year 9 lad", "year 9"),
    "age, turned": ("age", "just turned forty", "turned forty"),
    "job": ("job", "she is a midwife", "midwife"),
    "job, several words": ("job", "she is a bus driver", "bus driver"),
    "job, by workplace": ("job", "he works at the mill", "works at"),
    "school": ("school", "off to sixth form", "sixth form"),
    "organisation": ("organisation", "he left the army", "the army"),
    "family, children": ("family", "she has three kids", "three kids"),
    "family, state": ("family", "newly widowed", "widowed"),
    "family, relative": ("family", "her brother left", "her brother"),
    "condition": ("condition", "living with epilepsy", "epilepsy"),
    "condition, part of a word": ("condition", "newly diagnosed", "diagnosed"),
    "event": ("event", "before the inquest", "inquest"),
    "event, loss": ("event", "he was evicted", "evicted"),
    "event, sacked": ("event", "my son was sacked", "sacked"),
    "date, day": ("date", "on Tuesday", "Tuesday"),
    "date, part of a day": ("date", "on Tuesday afternoon", "Tuesday afternoon"),
    "date, month": ("date", "in October", "October"),
    "date, season": ("date", "last winter", "last winter"),
    "date, feast": ("date", "on boxing day", "boxing day"),
    "ethnicity": ("ethnicity", "a Lithuanian baker", "Lithuanian"),
    "faith": ("faith", "a Quaker meeting", "Quaker"),
    "faith, place": ("faith", "seen at mosque", "mosque"),
    "appearance": ("appearance", "the one with ginger hair", "ginger hair"),
    "appearance, mark": ("appearance", "tattooed arms", "tattooed"),
    "hobby": ("hobby", "he does model trains", "model trains"),
    "hobby, choir": ("hobby", "the choir sang", "choir"),
    "relationship": ("relationship", "his landlord rang", "his landlord"),
    "relationship, married": ("relationship", "he is married", "married"),
    "contact, phone": ("contact", "ring 07700900123", "07700900123"),
    "contact, address of mail": ("contact", "write to jo@example.org", "jo@example.org"),
    "contact, spoken of": ("contact", "her home address", "home address"),
    "person": ("person", "Asha came", "Asha"),
    "person, no capital": ("person", "asha came", "asha"),
    "person, all capitals": ("person", "ASHA came", "ASHA"),
    "person, accents": ("person", "Zoë came", "Zoë"),
    "person, possessive": ("person", "Asha's mum", "Asha's"),
    "person, handle": ("person", "ask @asha_t", "@asha_t"),
    "place": ("place", "wet in Leeds", "Leeds"),
    "place, no capital": ("place", "leeds is wet", "leeds"),
    "place, several words": ("place", "Newcastle upon Tyne", "Newcastle upon Tyne"),
    "place, in no list": ("place", "she moved to Zorbia", "Zorbia"),
    "place, near by": ("place", "round the corner from us", "round the corner from"),
}
# kind, a text that holds nothing of that kind
UNSHOWN = {
    "age, a count": ("age", "34 people came"),
    "age, a price": ("age", "it costs 34 a head"),
    "age, a long number": ("age", "room 340f"),
    "age, time ago": ("age", "I trained 20 years ago"),
    "job, a part": ("job", "the nursery rhyme"),
    "contact, a short number": ("contact", "room 07700"),
    "contact, money": ("contact", "£100,000 raised"),
    "person, a plain word": ("person", "the client came"),
    "person, within a contraction": ("person", "We'll see, she said; I'll wait"),
    "place, a thing after in": ("place", "she came in tears"),
    "place, a capital elsewhere": ("place", "she saw Zorbia"),
    "place, a day": ("place", "see you around Tuesday"),
    "place, a month": ("place", "we begin in October"),
    "place, the author": ("place", "the state that I came in I hid"),
}
# a name that is also a word: as a name, as the word
AMBIGUOUS = {
    "Mark": ("I saw Mark there", "the mark was good"),
    "Bill": ("then Bill cried", "pay the bill"),
    "Grace": ("then Grace cried", "with some grace"),
    "Hope": ("then Hope cried", "there is hope"),
    "Will": ("then Will cried", "we will cry"),
    "May": ("then May cried", "you may cry"),
    "Joy": ("then Joy cried", "such joy"),
    "Dawn": ("then Dawn cried", "up at dawn"),
}
PLACES = {
    "Reading": ("we met in Reading", "we met reading poems"),
    "Bath": ("she lives in Bath", "she ran a bath"),
    "Deal": ("she lives in Deal", "that is a deal"),
}


def details(text: str, kind: str) -> list[str]:
    """Return the words of each mention of a kind."""
    reading = read(Draft(text))
    return [reading.quote(mention.span) for mention in reading.mentions if mention.kind == kind]


def with_ids(table: dict[str, object]) -> list[object]:
    """Return the rows of a table as parameters named by its keys."""
    return [
        pytest.param(*row.values, marks=row.marks, id=name) if hasattr(row, "marks") else pytest.param(*row, id=name)  # type: ignore[misc]
        for name, row in table.items()
    ]


class TestKinds:
    @pytest.mark.parametrize(("kind", "text", "words"), with_ids(SHOWN))
    def test_shown(self, kind: str, text: str, words: str) -> None:
        """A detail is found with its kind and the words that show it."""
        assert words in details(text, kind)

    @pytest.mark.parametrize(("kind", "text"), with_ids(UNSHOWN))
    def test_unshown(self, kind: str, text: str) -> None:
        """What only looks like a detail of that kind is left alone."""
        assert [] == details(text, kind)

    def test_inside_their_sentence(self) -> None:
        """Each detail names the sentence that it lies in."""
        reading = read(Draft("Asha came.\nShe is a midwife in Leeds. Good."))
        for mention in reading.mentions:
            inside = reading.sentences[mention.sentence].span
            assert inside.start <= mention.span.start < mention.span.end <= inside.end
        assert [0, 1, 1] == [mention.sentence for mention in reading.mentions]

    def test_order(self) -> None:
        """Details come in the order of the text, whatever their kinds."""
        reading = read(Draft("A midwife from Leeds, 34 years old, came on Tuesday with Asha."))
        starts = [mention.span.start for mention in reading.mentions]
        assert sorted(starts) == starts
        assert {"job", "place", "age", "date", "person"} == {mention.kind for mention in reading.mentions}


class TestNames:
    @pytest.mark.parametrize(("name", "word"), AMBIGUOUS.values(), ids=AMBIGUOUS)
    def test_needs_a_capital(self, name: str, word: str) -> None:
        """A first name that is also a word is a person only where it has its capital."""
        assert (1, 0) == (len(details(name, "person")), len(details(word, "person")))

    @pytest.mark.parametrize(("name", "word"), PLACES.values(), ids=PLACES)
    def test_place_needs_a_capital(self, name: str, word: str) -> None:
        """A place that is also a word is a place only where it has its capital."""
        assert (1, 0) == (len(details(name, "place")), len(details(word, "place")))

    @pytest.mark.parametrize("text", ["May I ask something?", "Will you come?", "Mark my words."])
    def test_capital_of_a_sentence(self, text: str) -> None:
        """The capital that begins a sentence makes no name of a word."""
        assert [] == details(text, "person")

    def test_month(self) -> None:
        """A month is not a person."""
        assert [] == details("We open in May.", "person")

    def test_longest_place(self) -> None:
        """A place of several words is one place, not the shorter one within it."""
        assert ["Newcastle upon Tyne"] == details("back to Newcastle upon Tyne", "place")

    @given(
        st.sampled_from(("Asha", "Priya", "Joan", "Callum", "Zoë", "Fatima")),
        st.sampled_from(("{} cried", "so {} cried", "I saw {}")),
    )
    def test_every_name_alike(self, name: str, frame: str) -> None:
        """One name is found as surely as another."""
        assert [name] == details(frame.format(name), "person")
