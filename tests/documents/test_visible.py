"""What acts on a screen is shown as a symbol."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import visible


class TestVisible:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("\x1b[31mred", "␛[31mred"),
            ("\x07ding", "␇ding"),
            ("one\rtwo", "one␍two"),
            ("gone\x7f", "gone␡"),
            ("\x9b31m", "<U+009B>31m"),
            ("left\u202eright", "left<U+202E>right"),
            ("\u2066apart\u2069", "<U+2066>apart<U+2069>"),
            ("half \ud83d", "half \ufffd"),
        ],
        ids=["escape", "bell", "return", "delete", "second set", "override", "isolate", "surrogate"],
    )
    def test_an_acting_character_is_shown(self, given: str, expected: str) -> None:
        """A control code or direction override becomes something to see."""
        assert expected == visible(given)

    @pytest.mark.parametrize(
        "words",
        ["Plain.", "two\nlines", "a\ttab", "café “quoted” – £5", "👩🏽‍⚕️", "שלום", "e\u0301"],
        ids=["plain", "lines", "tab", "punctuation", "joined emoji", "right-to-left", "combining"],
    )
    def test_ordinary_text_is_left_alone(self, words: str) -> None:
        """Line ends, tabs, accents, emoji and right-to-left scripts stay as they were written."""
        assert words == visible(words)

    def test_a_windows_line_end_is_a_line_end(self) -> None:
        """The return before a line end is no control code to show."""
        assert "one\ntwo" == visible("one\r\ntwo")

    @given(st.text(alphabet=st.characters()))
    def test_no_control_is_left(self, text: str) -> None:
        """Whatever goes in, no control code but line ends and tabs comes out."""
        assert {"\n", "\t"} >= {letter for letter in visible(text) if unicodedata.category(letter) in {"Cc", "Cs"}}
