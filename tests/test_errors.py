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

    def test_hardly_like_it(self) -> None:
        """A name that shares a letter or two is not taken for the one that was meant."""
        assert ("html", "json") == nearest("xml", ["html", "json"])

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

    def test_too_many_to_list(self) -> None:
        """Where no name is near and there are many, the message says where they are listed."""
        many = [f"fruit-{number}" for number in range(40)]
        assert "fruit 'zzz' is not known. `fruit --help` lists those that are." == str(
            UnknownNameError("fruit", "zzz", many, "`fruit --help`")
        )

    def test_few_are_listed(self) -> None:
        """A short list is given whole, wherever else it stands."""
        assert "Use apple, apricot, pear or plum." in str(UnknownNameError("fruit", "zzz", FRUIT, "`fruit --help`"))

    def test_one_family(self) -> None:
        """A face that catches the project's errors catches this one."""
        assert issubclass(UnknownNameError, ForethoughtError)
