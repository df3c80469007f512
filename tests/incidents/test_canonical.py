"""The canonical form: one spelling for each value, whoever writes it, and nothing that has two."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.fields import clean
from forethought.incidents.ledger import NotCanonicalError, canonical

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    TEXT | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20
)  # fmt: skip
SPELT: list[tuple[Any, bytes]] = [
    ({"b": 1, "a": "é"}, b'{"a":"\xc3\xa9","b":1}'),
    ({"\U0001f600": 1, "\uffe0": 2}, '{"\uffe0":2,"\U0001f600":1}'.encode()),  # by code point, not by UTF-16
    (["a", [], {}], b'["a",[],{}]'),
    ('"\\/\n\t', b'"\\"\\\\/\\n\\t"'),
    (1_234_567_890_123_456_789, b"1234567890123456789"),
    (-1, b"-1"),
]


@pytest.mark.parametrize(("value", "spelt"), SPELT)
def test_spelling(value: Any, spelt: bytes) -> None:
    """Keys go by code point, nothing is escaped that need not be, and no space stands between tokens."""
    assert spelt == canonical(value)


@given(VALUES)
def test_there_and_back(value: Any) -> None:
    """What is read back is the same value, and is spelt the same way again."""
    spelt = canonical(value)
    assert value == json.loads(spelt)
    assert spelt == canonical(json.loads(spelt))


@given(VALUES, VALUES)
def test_two_values(one: Any, two: Any) -> None:
    """Two values have one spelling only where they are equal."""
    assert (one == two) is (canonical(one) == canonical(two))


@pytest.mark.parametrize("value", [1.5, None, True, {1: "a"}, [{"a": [0.0]}], b"a", ("a",), "\ud83d", {"\udc00": 1}])
def test_what_has_no_form(value: Any) -> None:
    """Fractions, nothing, true, keys that are no text, bytes, tuples and halves of letters are refused."""
    with pytest.raises(NotCanonicalError):
        canonical(value)


@given(st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text()))
def test_clean_text_has_a_form(value: Any) -> None:
    """Whatever text is given has a form once it is clean, stays as it is when cleaned again, and holds no NUL."""
    cleaned = clean(value)
    assert cleaned == clean(cleaned)
    assert b"\\u00" not in canonical(cleaned).replace(rb"\\", b"")


def test_clean_text_keeps_what_was_said() -> None:
    """Line ends, tabs, accents, emoji and marks of direction stay; only what is no letter is replaced."""
    said = "one\r\n\ttwo \u202ethree\u202c \u200f é 😊"
    assert said == clean(said)
    assert "a\ufffdb\ufffdc\ufffd" == clean("a\0b\ud83dc\x1b")
