"""Fingerprints of names: the same for one name however it is written, and nothing without the key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.vault.fingerprints import LENGTH, fingerprint

KEY, OTHER = b"k" * 32, b"o" * 32
NAMES = st.text(min_size=1, max_size=40).filter(lambda name: bool(fingerprint(KEY, name)))


@pytest.mark.parametrize(
    "written",
    [
        *("José Núñez", "jose nunez", "JOSÉ  NÚÑEZ", "Jose\u0301 Nu\u0301n\u0303ez"),
        *("@jose.nunez", "José-Núñez", "ｊｏｓｅ　ｎｕｎｅｚ"),
    ],
)
def test_one_name_has_one_fingerprint(written: str) -> None:
    """Case, accents, spaces, signs and full-width letters do not matter."""
    assert fingerprint(KEY, "Jose Nunez") == fingerprint(KEY, written)


@pytest.mark.parametrize("other", ["Josef Nunez", "Nunez Jose", "Jose Nunez 2", "张伟"])
def test_another_name_has_another(other: str) -> None:
    """Another name, or the same names the other way round, gives another fingerprint."""
    assert fingerprint(KEY, "Jose Nunez") != fingerprint(KEY, other)


def test_names_in_every_script_have_one() -> None:
    """A name of letters that have no case is known again, too."""
    assert fingerprint(KEY, "张伟") == fingerprint(KEY, " 张伟 ") != fingerprint(KEY, "王芳")


@pytest.mark.parametrize("empty", ["", "  ", "...", "🦉"])
def test_what_names_nobody_has_none(empty: str) -> None:
    """Without a letter or digit there is no fingerprint, so that nobody is taken for somebody."""
    assert "" == fingerprint(KEY, empty)


@given(NAMES)
def test_it_tells_nothing_without_the_key(name: str) -> None:
    """A fingerprint is digits of a fixed length, the same each time, and another under another key."""
    made = fingerprint(KEY, name)
    assert LENGTH == len(made) == len(set(made) & set("0123456789abcdef")) + len(made) - len(set(made))
    assert made == fingerprint(KEY, name) != fingerprint(OTHER, name)


@given(NAMES)
def test_how_a_name_is_composed_does_not_matter(name: str) -> None:
    """The composed and decomposed form of any name are one."""
    forms = {fingerprint(KEY, unicodedata.normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert {fingerprint(KEY, name)} == forms
