"""Words as pieces: every place inside the text, folding that sees through tricks, and no text that cannot be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.reading.pieces import LONGEST_WORD, MOST_SIGNS, SPECIAL, UNKNOWN, Vocabulary

WORDS = ("client", "##s", "told", "me", "ang", "##ry", "face", "po", "##uting", "i", "'", "m", "!", "cafe", "a", "##a")
VOCABULARY = Vocabulary.of("\n".join((*SPECIAL, *WORDS)) + "\n")
NAMES = {number: piece for piece, number in VOCABULARY.ids.items()}


def cut(text: str) -> list[str]:
    """Return the pieces of a text by name."""
    return [NAMES[number] for number, _ in VOCABULARY.numbers(text)]


class TestCutting:
    def test_a_known_word_is_one_piece(self) -> None:
        """A word of the vocabulary is not cut."""
        assert ["client", "told", "me"] == cut("client told me")

    def test_a_longer_word_is_cut_into_the_longest_pieces(self) -> None:
        """A word is cut from its start into the longest pieces that are known."""
        assert ["client", "##s"] == cut("clients")

    def test_a_word_that_cannot_be_spelt_is_unknown(self) -> None:
        """A word with a part that no piece covers is unknown as a whole."""
        assert [UNKNOWN] == cut("clientz")

    def test_punctuation_stands_alone(self) -> None:
        """Marks are pieces of their own, so that `I'm!` is four."""
        assert ["i", "'", "m", "!"] == cut("I'm!")

    def test_a_word_beyond_all_length_is_unknown(self) -> None:
        """A run of letters longer than any word is not searched for pieces."""
        assert [UNKNOWN] == cut("a" * (LONGEST_WORD + 1))
        assert "a" == cut("a" * LONGEST_WORD)[0]


class TestFolding:
    @pytest.mark.parametrize(
        "written",
        ["CLIENT", "Clíent", "cl\u200bient", "c\u0301lient", "ｃｌｉｅｎｔ", "сlient", "cl\u00adient"],
        ids=["capitals", "accent", "zero-width", "combining", "full-width", "look-alike", "soft-hyphen"],
    )
    def test_disguises_are_seen_through(self, written: str) -> None:
        """A word reads the same in capitals, accents, invisible marks, wide letters and look-alikes."""
        assert ["client"] == cut(written)

    def test_a_word_of_another_script_stays_what_it_is(self) -> None:
        """A word wholly in another script is not turned into a Latin one."""
        assert [UNKNOWN] == cut("тома")

    def test_a_tone_of_skin_says_nothing(self) -> None:
        """An emoji in any tone of skin reads as the one without, and any flag reads as a flag."""
        assert cut("😡") == cut("😡🏿")
        assert cut("🇬") == cut("🇵")

    def test_a_wall_of_signs_is_read_as_a_few(self) -> None:
        """However many signs stand in a row, a few of them are read, and the words after them are read in full."""
        assert cut("!" * MOST_SIGNS + "client") == cut("!" * 5_000 + "client")

    def test_a_sign_without_a_name_is_unknown(self) -> None:
        """A sign that has no name is one unknown piece."""
        assert [UNKNOWN] == cut("\ue000") == cut("\ud800")

    def test_an_emoji_is_read_by_its_name(self) -> None:
        """An emoji says what its Unicode name says."""
        assert ["po", "##uting", "face"] == cut("😡")


class TestPlaces:
    @given(st.text(max_size=200))
    def test_any_text_is_cut_and_every_place_lies_inside(self, text: str) -> None:
        """Any text at all is cut, in order, into pieces whose words lie inside it."""
        places = [place for _, place in VOCABULARY.numbers(text)]
        assert places == sorted(places)
        assert all(0 <= place.start < place.end <= len(text) for place in places)

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_a_line_break_keeps_what_stands_on_either_side_apart(self, one: str, two: str) -> None:
        """Two lines have the pieces of the one and then the pieces of the other."""
        assert cut(f"{one}\n{two}") == cut(one) + cut(two)

    def test_pieces_of_one_word_share_its_place(self) -> None:
        """Every piece of a word points at the whole word, so that nothing is marked in mid-word."""
        assert [(0, 7), (0, 7)] == [place for _, place in VOCABULARY.numbers("clients")]

    def test_the_same_word_is_cut_alike_each_time(self) -> None:
        """A word remembered is cut as it was the first time."""
        assert cut("angry clients") == cut("angry clients")


class TestDisguises:
    @pytest.mark.parametrize("written", ["cl13nt", "cliiiient", "CLIENTTTT"])
    def test_digits_and_drawn_out_letters(self, written: str) -> None:
        """A known word written with digits for letters, or with letters drawn out, is read as that word."""
        assert ["client"] == cut(written)

    @pytest.mark.parametrize("written", ["c l i e n t", "c.l.i.e.n.t", "C*l*i*e*n*t", "c-l-i-e-n-t", "cli*nt"])
    def test_letters_set_apart_or_masked(self, written: str) -> None:
        """A word whose letters stand apart, or one of whose vowels hides behind a star, is read as that word."""
        assert ["told", "client", "me"] == cut(f"told {written} me")

    @pytest.mark.parametrize(("written", "pieces"), [("c|ient", ["client"]), ("f@ce", ["face"]), ("$", [UNKNOWN])])
    def test_signs_for_letters(self, written: str, pieces: list[str]) -> None:
        """A sign between letters is read as the letter that it looks like, where a known word comes of it."""
        assert pieces == cut(written)

    def test_a_sign_between_two_words_parts_them(self) -> None:
        """A sign that stands for no letter stays, with the words on either side; a sum of money is no word."""
        assert ["told", "!", "me"] == cut("told!me")
        assert ["me", UNKNOWN, "face"] == cut("me@face")
        assert [UNKNOWN, UNKNOWN] == cut("$20")

    @pytest.mark.parametrize(
        ("written", "pieces"), [("a a", ["a", "a"]), ("me*told", ["me", UNKNOWN, "told"]), ("a a me", ["a", "a", "me"])]
    )
    def test_what_merely_stands_near_is_not_joined(self, written: str, pieces: list[str]) -> None:
        """A few single letters, or two words with a star between them, stay what they are."""
        assert pieces == cut(written)

    def test_what_stands_for_no_known_word_stays(self) -> None:
        """Digits among letters that stand for no known word are left as they are."""
        assert [UNKNOWN] == cut("m4zz")
