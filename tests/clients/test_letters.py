"""Names as letters: what is folded away, families of given names, sounds, and slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.clients.letters import (
    HERE,
    common_words,
    families,
    first_names,
    heads,
    letters,
    sound,
    spelt,
    surnames,
    without_one,
)


class TestLetters:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("Siobhán", "siobhan"), ("O’Brien", "obrien"), ("O'BRIEN", "obrien"), ("Smith-Jones", "smithjones"),
            ("Łukasz", "lukasz"), ("Søren", "soren"), ("Yıldız", "yildiz"), ("Strauß", "strauss"), ("Æthel", "aethel"),
            ("ｋｅｌｌｙ", "kelly"), ("𝓚𝓮𝓵𝓵𝔂", "kelly"), ("K\u200belly", "kelly"),
            ("Kеlly", "kelly"), ("Κelly", "kelly"),
            ("Kelly 92", "kelly"), ("", ""), ("42", ""),
        ],
        ids=[
            "accent", "curly", "capitals", "hyphen", "stroke", "slash", "dotless", "sharp-s", "ligature", "wide",
            "styled", "invisible", "cyrillic-e", "greek-k", "digits", "nothing", "number",
        ],
    )  # fmt: skip
    def test_it_keeps_the_letters_alone(self, typed: str, read: str) -> None:
        """However a name is typed, the same plain letters come out."""
        assert read == letters(typed)

    @pytest.mark.parametrize(
        "name", ["Наталья", "Ελένη", "محمد", "李小明"], ids=["Russian", "Greek", "Arabic", "Chinese"]
    )
    def test_a_name_in_another_alphabet_stays_in_it(self, name: str) -> None:
        """A name wholly in another alphabet is not half turned into Latin letters."""
        read = letters(name)
        assert read
        assert not any(letter.isascii() for letter in read)

    @given(st.text(max_size=40))
    def test_reading_twice_changes_nothing(self, typed: str) -> None:
        """What was read is letters, and stays as it is when read again."""
        read = letters(typed)
        assert read == "".join(filter(str.isalpha, read))
        assert letters(read) == read


class TestFamilies:
    def test_there_are_many(self) -> None:
        """At least 250 families are known, and every name in them is plain letters."""
        assert len({head for group in families().values() for head in group}) >= 250
        assert all(name == letters(name) for name in families())

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("bill", "william"), ("liz", "beth"), ("betty", "elizabeth"), ("shiv", "siobhan"), ("mo", "mohammed"),
            ("muhammad", "mohamed"), ("neve", "niamh"), ("dai", "david"), ("ewan", "euan"), ("kasia", "katarzyna"),
            ("tunde", "babatunde"), ("sukhi", "sukhvinder"), ("yusuf", "joseph"), ("kostas", "konstantinos"),
            ("peggy", "margaret"), ("mei", "meiling"), ("memo", "mehmet"), ("ali", "alison"),
        ],
    )  # fmt: skip
    def test_names_of_one_person_meet(self, one: str, other: str) -> None:
        """A short form or another spelling shares a family with the name."""
        assert set(heads(one)) & set(heads(other))

    @pytest.mark.parametrize(("one", "other"), [("william", "robert"), ("owen", "john"), ("siobhan", "sinead")])
    def test_names_of_different_people_do_not(self, one: str, other: str) -> None:
        """Two names that nobody shares have no family in common."""
        assert not set(heads(one)) & set(heads(other))

    def test_a_name_in_no_family_is_its_own(self) -> None:
        """A name that is in no family is compared by itself."""
        assert ("zebedee",) == heads("zebedee")


class TestSurnames:
    def test_a_surname_stands_in_one_family(self) -> None:
        """No spelling is listed twice, every one is plain letters, and spelling twice changes nothing."""
        lines = (HERE / "surnames.txt").read_text(encoding="utf-8").splitlines()
        listed = [word for line in lines if not line.startswith("#") for word in line.split()]
        assert len(listed) == len(set(listed)) == len(surnames())
        assert all(word == letters(word) and spelt(word) == spelt(spelt(word)) for word in listed)

    @pytest.mark.parametrize("surname", ["threlfall", "mace", "macy"])
    def test_others_stay_as_they_are(self, surname: str) -> None:
        """A surname in no family, and a short one that begins with Mac by chance, is compared by itself."""
        assert surname == spelt(surname)


class TestWords:
    @pytest.mark.parametrize("word", ["client", "young", "session", "therapist", "said"])
    def test_ordinary_words_are_known(self, word: str) -> None:
        """An ordinary word is not taken for a name by itself."""
        assert word in common_words()

    def test_a_name_that_is_a_word_needs_a_capital(self) -> None:
        """A name that is a word as well is marked so, and one that is not is not."""
        assert (True, False) == (first_names()["will"], first_names()["siobhan"])


class TestSound:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("claire", "clair"), ("thompson", "thomson"), ("philips", "fillips"), ("smith", "smyth"), ("reid", "read"),
            ("catherine", "katherine"), ("wright", "right"), ("sara", "sarah"),
            ("stephens", "stefens"), ("lynne", "lyn"), ("clarke", "clark"),
        ],
    )  # fmt: skip
    def test_like_sounds_meet(self, one: str, other: str) -> None:
        """Two spellings of one sound come to the same."""
        assert sound(one) == sound(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("barr", "carr"), ("hall", "hill"), ("mann", "munn"), ("kane", "kenny"), ("whitley", "heatley")],
    )
    def test_others_do_not(self, one: str, other: str) -> None:
        """Names that differ in a sound stay apart."""
        assert sound(one) != sound(other)


class TestWithoutOne:
    def test_each_letter_is_left_out_once(self) -> None:
        """Each letter is left out in turn; a double letter gives one result."""
        assert ("elly", "klly", "kely", "kell") == without_one("kelly")

    @given(st.text("abc", min_size=1, max_size=8), st.integers(0, 7), st.sampled_from("abc"))
    def test_a_mistaken_letter_is_met(self, word: str, at: int, letter: str) -> None:
        """A word and the same word with one letter mistaken share a result."""
        at %= len(word)
        assert set(without_one(word)) & set(without_one(word[:at] + letter + word[at + 1 :]))
