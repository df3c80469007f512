"""The last look at a copy: values are found however they are packed, and what is shown is no remains."""

import gzip
import random
import zlib

import pytest
from makers.packages import zipped

from forethought.media import searching
from forethought.media.buffer import TooLargeError
from forethought.media.searching import FEW, inflated, needles, remains
from forethought.media.trace import Trace

AUTHOR = Trace("person", "author", "Mrs Kestrel")


class TestRemains:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_however_it_is_written(self, encoding: str) -> None:
        """A value is found in each of the ways in which text is written."""
        copy = b"x" * 50 + "by Mrs Kestrel.".encode(encoding)
        assert ["author: its value still lies in its bytes"] == list(remains([AUTHOR], copy, ""))

    def test_in_a_packed_stream(self) -> None:
        """A value that lies in a packed stream of a PNG is found."""
        copy = b"\x89PNG\r\n" + zlib.compress(b"(Mrs Kestrel)") + b"IEND"
        assert ["author: its value still lies in a packed stream"] == list(remains([AUTHOR], copy, ""))

    def test_across_two_pieces(self) -> None:
        """A value that lies across the border of two pieces is found."""
        copy = bytes((1 << 20) - 5) + b"Mrs Kestrel" + bytes(100)
        assert list(remains([AUTHOR], copy, ""))

    def test_what_is_shown(self) -> None:
        """A name that also stands in the text that a person sees is no remains."""
        assert [] == list(remains([AUTHOR], b"Signed, Mrs Kestrel", "Signed, Mrs Kestrel"))

    def test_each_is_told_once(self) -> None:
        """A value that lies in a copy many times is told once."""
        assert 1 == len(list(remains([AUTHOR], b"Mrs Kestrel " * 400_000, "")))

    def test_nothing_left(self) -> None:
        """A copy without the value has no remains."""
        assert [] == list(remains([AUTHOR], b"nothing of the kind", ""))


class TestMany:
    def test_all_of_many_are_found(self) -> None:
        """However many values are looked for, each that lies there is found, and no other."""
        every = [Trace("words", f"note {number}", f"Kestrel Hill, door {1_000 + number}") for number in range(4 * FEW)]
        every.append(Trace("words", "one word", "Buzzard"))
        copy = b"".join(each.value.encode() + b"\n" for each in every[::2])
        assert [f"{each.where}: its value still lies in its bytes" for each in every[::2]] == list(
            remains(every, copy, "")
        )

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_in_every_encoding(self, encoding: str) -> None:
        """A value among many is found in each of the ways in which text is written."""
        others = [Trace("words", "other", f"another thing {number}") for number in range(2 * FEW)]
        copy = b"x" + "by Mrs Kestrel of Hill Road.".encode(encoding)
        sought = Trace("person", "author", "Mrs Kestrel of Hill Road")
        assert ["author: its value still lies in its bytes"] == list(remains([*others, sought], copy, ""))

    def test_thousands(self) -> None:
        """Two thousand sentences are looked for in a million bytes, and only the one that is there is found."""
        source = random.Random(1)
        words = ["".join(source.choices("etaoinshrdlu", k=7)) for _ in range(5_000)]
        sought = [Trace("words", "deleted", " ".join(source.choices(words, k=12))) for _ in range(2_000)]
        copy = " ".join([*source.choices(words, k=125_000), sought[-1].value]).encode()
        assert ["deleted: its value still lies in its bytes"] == list(remains(sought, copy, ""))


class TestInMarkup:
    """What was taken out of an office file is looked for in what its parts say, not in how they are marked up."""

    def found(self, value: str, inside: str, name: str = "word/document.xml", kind: str = "words") -> list[str]:
        """Return what is told to be left of a value in an archive with one part."""
        copy = zipped({name: f'<?xml version="1.0"?><w:body xmlns:w="urn:schemas-x">{inside}</w:body>'})
        return list(remains([Trace(kind, "deleted text", value)], copy, ""))

    @pytest.mark.parametrize(
        ("value", "inside"),
        [
            ("border", "<w:border/>"),
            ("centre", '<w:jc w:val="centre"/>'),
            ("document", "<w:p/>"),
            ("schemas", "<w:p/>"),
            ("Normal", "<w:t>Normality</w:t>"),
        ],
    )
    def test_words_of_the_format(self, value: str, inside: str) -> None:
        """A deleted word is not found in an element's name, a choice, a part's name, an address or a longer word."""
        assert [] == self.found(value, inside)

    @pytest.mark.parametrize(
        ("value", "inside"),
        [
            ("Kestrel", "<w:t>by Kestrel.</w:t>"),
            ("Kestrel", '<w:a w:b="Kestrel"/>'),
            ("Mrs Kestrel", '<w:a w:b="of Mrs Kestrel"/>'),
            ("Mrs Kestrel", "<w:t>Mrs Kes</w:t><w:t>trel</w:t>"),
            ("Kestrel & Sons", "<w:t>Kestrel &amp; Sons</w:t>"),
            ("Mrs Kestrel", '<w:a w:b="/photos/Mrs Kestrel/x.png"/>'),
        ],
    )
    def test_what_is_said(self, value: str, inside: str) -> None:
        """A value is found in text, split or not, and in what an attribute says."""
        assert ["deleted text: its value still lies in word/document.xml"] == self.found(value, inside)

    def test_in_the_name_of_a_part(self) -> None:
        """A value is found in the name of a part."""
        assert self.found("Kestrel", "", name="word/Kestrel.xml")

    def test_bookkeeping(self) -> None:
        """One word of what a format keeps for itself is not looked for, and several are."""
        assert [] == self.found("Calibri", '<w:a w:b="Calibri"/>', kind="other")
        assert self.found("Kestrel Sans", '<w:a w:b="Kestrel Sans"/>', kind="other")


class TestNeedles:
    @pytest.mark.parametrize("value", ["", "Ann", "300", "2026-05-03 14:10", "1,024 bytes: kestrel"])
    def test_what_may_stand_anywhere(self, value: str) -> None:
        """A value that is short, or only numbers, or a size, is not looked for, since it stands anywhere by chance."""
        assert [] == list(needles(Trace("time", "when", value)))

    def test_own_needles(self) -> None:
        """A trace may say by which bytes its value would be known."""
        assert b"\0\0\0\x33\0\0\0\x01" in list(
            needles(Trace("place", "GPS", "51 N", needles=(b"\0\0\0\x33\0\0\0\x01",)))
        )


class TestInflated:
    def test_a_bomb_stays_small(self) -> None:
        """A stream that unpacks without end is read only so far."""
        bomb = b"%PDF-" + zlib.compress(bytes(300 << 20), 9)
        assert max(map(len, inflated(bomb))) <= 256 << 20

    def test_a_long_stream(self) -> None:
        """A stream that is longer than what is unpacked at once is read to its end."""
        held = random.Random(1).randbytes(100_000) + b"Mrs Kestrel"
        assert held == next(inflated(b"%PDF-" + zlib.compress(held) + b"rest"))

    def test_what_only_looks_packed(self) -> None:
        """Letters that begin like a packed stream and are none are passed over."""
        assert [] == list(inflated(b"x\x9cno stream at all"))


def test_a_packed_drawing() -> None:
    """A value that lies in a packed drawing is found as it is unpacked."""
    packed = gzip.compress(b"<svg><!-- Mrs Kestrel --></svg>", mtime=0)
    assert ["a: its value still lies in what is packed in it"] == list(
        remains([Trace("words", "a", "Mrs Kestrel")], packed, "")
    )


def test_more_than_can_be_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more is packed in a copy than can be searched, that is no clean copy."""
    monkeypatch.setattr(searching, "MOST_STREAMS", 3)
    with pytest.raises(TooLargeError, match="more is packed in it"):
        list(remains([Trace("words", "a", "Mrs Kestrel")], b"\x89PNG" + b"x\x9c" * 9, ""))
