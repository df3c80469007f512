"""Mistakes that a person can mend: which names are suggested, and how the message reads."""

import pytest

from forethought.errors import ForethoughtError, UnknownNameError, either, nearest

FRUIT = ("apple", "apricot", "pear", "plum")


class TestNearest:
    def test_likeness(self) -> None:
        """A slip of the finger is met with the name that was meant."""
        assert ("apricot",) == nearest("aprikot", FRUIT)

    def test_capitals(self) -> None:
        """Capitals do not hide the name that was meant."""
        assert "pear" == nearest("PEAR", FRUIT)[0]

    def test_nothing_like_it(self) -> None:
        """Where no name is like it, every name is offered, in order of the alphabet."""
        assert FRUIT == nearest("zzz", reversed(FRUIT))

    def test_most(self) -> None:
        """No more names are suggested than asked for."""
        assert 2 == len(nearest("aaaa", ["aaab", "aaac", "aaad"], most=2))


class TestEither:
    @pytest.mark.parametrize(
        ("names", "joined"),
        [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
        ids=["one", "two", "three"],
    )
    def test_joined(self, names: list[str], joined: str) -> None:
        """Names are joined as a sentence would have them."""
        assert joined == either(names)


class TestUnknownName:
    def test_message(self) -> None:
        """The message says what was given and what to use."""
        assert "fruit 'plumb' is not known. Use plum." == str(UnknownNameError("fruit", "plumb", FRUIT))

    def test_parts(self) -> None:
        """What was given and what is near stand apart for a face that words it in its own way."""
        error = UnknownNameError("fruit", "plumb", FRUIT)
        assert ("fruit", "plumb", ("plum",)) == (error.kind, error.given, error.nearest)

    def test_one_family(self) -> None:
        """A face that catches the project's errors catches this one."""
        assert issubclass(UnknownNameError, ForethoughtError)
