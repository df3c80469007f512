"""BMP pictures: everything hidden is told and taken out, and every pixel stays."""

import struct

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.bmp import FILES, bmp, even, newest, old, packed, plain, rows, usual
from makers.pictures import picture, saved
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.bmp import FORMAT

MAKERS = pytest.mark.parametrize("name", FILES)


class TestTraces:
    def test_what_stands_around_the_pixels(self) -> None:
        """Reserved bytes, and those before, beside and behind the pixels, are told."""
        found = told(FORMAT, FILES["filled"]())
        assert "KEST" == found["reserved bytes of the header"]
        assert "11 bytes: kestrel-gap" == found["between the header and the pixels"]
        assert "13 bytes: kestrel-after" == found["after the end"]
        assert "bytes that fill up the rows" in found

    def test_a_profile(self) -> None:
        """A profile is told with the name of its screen."""
        assert "kestrel" in told(FORMAT, newest())["ICC profile"]

    def test_where_a_profile_lies(self) -> None:
        """The place of a profile is told as it is: it names the folder of a person."""
        assert r"C:\Users\kestrel\screen.icc" == told(FORMAT, newest(b"KNIL"))["place of a profile"]

    def test_colours_without_pixels(self) -> None:
        """Colours that no pixel has, and the bytes beside colours, are told."""
        assert "colours that no pixel has" in told(FORMAT, FILES["coloured"]())

    def test_notes_of_os2(self) -> None:
        """The last fields of OS/2's header are told."""
        assert "kestrel-os2" == told(FORMAT, FILES["os2"]())["header"]

    @pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA"])
    def test_a_plain_picture_gives_nothing_away(self, mode: str) -> None:
        """Pictures with nothing hidden have no traces."""
        assert {} == told(FORMAT, saved(picture(mode), "BMP"))


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        if sings(data):
            check_cleaned(FORMAT, data)
        else:  # its letters stand apart, in colours or beside rows
            copy = copy_of(FORMAT, data)
            assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    @MAKERS
    def test_the_pixels_stay(self, name: str) -> None:
        """Every pixel is the same in the copy."""
        data = FILES[name]()
        assert upright(data) == upright(copy_of(FORMAT, data))

    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
    def test_every_kind_of_pixel(self, mode: str) -> None:
        """Pictures of every depth stay the same, with something behind them or not."""
        data = saved(picture(mode), "BMP")
        assert upright(data) == upright(check_cleaned(FORMAT, data + b"kestrel-after"))

    @pytest.mark.parametrize("name", [*FILES, "plain"])
    def test_painted_anew(self, name: str) -> None:
        """Painted anew, the picture looks the same, and holds nothing else."""
        data = plain() if name == "plain" else FILES[name]()
        copy = copy_of(FORMAT, data, Wishes(repaint=True))
        assert upright(data) == upright(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_nothing_but_headers_and_pixels(self) -> None:
        """What is left is the smallest header and the rows."""
        assert bmp(usual(24), b"", rows(24)) == _without_length(copy_of(FORMAT, FILES["filled"]()))
        assert rows(24) in copy_of(FORMAT, FILES["os2"]())

    def test_every_colour_beside_the_used_ones_is_gone(self) -> None:
        """No byte of the hidden words is left in the palette."""
        copy = copy_of(FORMAT, FILES["coloured"]())
        palette = copy[54 : 54 + 1024]
        assert bytes(256) == palette[3::4]
        unused = [number for number in range(256) if number not in rows(8)]
        assert all(bytes(3) == palette[4 * number : 4 * number + 3] for number in unused)

    def test_bits_that_fill_up_a_row(self) -> None:
        """The last bits of each row, behind its last pixel, are emptied."""
        copy = copy_of(FORMAT, bmp(usual(1), even(1), b"\xff" * 8 * 32))
        assert b"\xff\xff\xff\xff\xff\xf8\0\0" * 32 == copy[62:]

    def test_the_oldest_header_stays(self) -> None:
        """A header without a place for anything hidden stays as it is."""
        assert old()[14:26] == copy_of(FORMAT, old())[14:26]

    def test_what_fills_up_runs_is_emptied(self) -> None:
        """The byte that fills up a run is emptied, and the runs stay."""
        copy = copy_of(FORMAT, packed())
        assert b"k" in packed()[14 + 40 + 1024 :]
        assert copy.endswith(b"\0\0\0\1")
        assert len(packed()) - len(b"kestrel-behind") == len(copy)
        assert copy[-6:-4] == b"\x21\0"  # the last run's last colour, and nothing behind it

    def test_a_clean_copy_is_left_as_it_is(self) -> None:
        """Cleaning twice changes nothing more."""
        for make in FILES.values():
            copy = copy_of(FORMAT, make())
            assert copy == copy_of(FORMAT, copy)


def _without_length(copy: bytes) -> bytes:
    """Return a copy whose header does not say how many bytes its pixels have, as the maker leaves it out."""
    return copy[:34] + bytes(4) + copy[38:]


class TestDoubts:
    @pytest.mark.parametrize("name", FILES)
    def test_an_uncleaned_picture_is_doubted(self, name: str) -> None:
        """The second reader finds something in every picture that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))

    def test_each_planted_thing(self) -> None:
        """The second reader finds reserved bytes, a gap and a rest, each as what it is."""
        assert [] == list(FORMAT.doubts(plain()))
        assert ["a header that says more than it needs"] == list(FORMAT.doubts(plain()[:6] + b"k" + plain()[7:]))
        assert ["bytes before the pixels"] == list(FORMAT.doubts(bmp(usual(24), b"k", rows(24))))
        assert ["bytes after the pixels"] == list(FORMAT.doubts(bmp(usual(24), b"", rows(24), b"k")))


class TestRefused:
    @pytest.mark.parametrize("end", [0, 2, 14, 25, 26, 53, 54, 55, 4_405])
    def test_cut_off(self, end: int) -> None:
        """A picture that is cut off anywhere is refused."""
        with pytest.raises(DamagedError):
            list(FORMAT.clean(plain()[:end], Wishes()))

    @pytest.mark.parametrize(("bits", "packing"), [(24, 4), (24, 5), (2, 0), (8, 2), (4, 1), (24, 3), (64, 0), (8, 99)])
    def test_unknown_packings(self, bits: int, packing: int) -> None:
        """Pixels that are other files, or packed in unknown ways, are refused."""
        check_refused(FORMAT, bmp(usual(bits, packing), even(8), bytes(9_000)))

    def test_runs_without_an_end(self) -> None:
        """Runs that do not end are refused, and those of a million pieces read fast."""
        check_refused(FORMAT, bmp(usual(8, 1), even(8), b"\1\1" * 500_000))

    def test_more_pixels_than_any_picture(self) -> None:
        """A picture that says it is enormous is refused before anything is read."""
        large = struct.pack("<LllHHLLllLL", 40, 1 << 30, -(1 << 31), 1, 24, 0, 0, 0, 0, 0, 0)
        with pytest.raises(TooLargeError):
            list(FORMAT.traces(bmp(large, b"", bytes(100))))

    @pytest.mark.parametrize("size", [0, 11, 13, 39, 41, 125, 1 << 31])
    def test_unknown_headers(self, size: int) -> None:
        """Headers of unknown lengths are refused."""
        check_refused(FORMAT, bmp(usual(24, size=size), b"", rows(24)))

    def test_pixels_over_their_colours(self) -> None:
        """Pixels that begin inside the header or leave no room for colours are refused."""
        for start in (0, 20, 54):
            data = bytearray(bmp(usual(8), even(8), rows(8)))
            struct.pack_into("<L", data, 10, start)
            check_refused(FORMAT, bytes(data))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        try:
            check_any(FORMAT, FILES, sorted(FILES), data)
        except CannotCleanError:
            return  # a picture that no library opens
