"""PNG pictures: everything hidden is told and taken out, and every pixel stays."""

import io
import struct
import zlib

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.pictures import CANARY, camera_notes, picture, saved
from makers.png import FILES, plain, screenshot, with_chunks
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.png import FORMAT, chunks, written

MAKERS = pytest.mark.parametrize("name", FILES)


def told(data: bytes) -> dict[str, str]:
    """Return what a PNG gives away, by field."""
    return {trace.where: trace.value for trace in FORMAT.traces(data)}


class TestTraces:
    def test_a_screenshot(self) -> None:
        """Texts of all three kinds, the time, the screen and the rest of a crop are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(screenshot())}
        assert {
            ("person", "text Author"), ("software", "text Software"), ("words", "text Comment"), ("time", "tIME"),
            ("place", "XMP GPS"), ("person", "XMP creator"), ("device", "ICC profile"), ("edit", "after the end"),
        } <= found  # fmt: skip
        assert "2026-05-03 14:10:00" == told(screenshot())["tIME"]

    def test_notes_as_digits(self) -> None:
        """EXIF that a converter wrote as digits in a text is told with its words."""
        assert CANARY in told(FILES["converted"]())["text Raw profile type exif"]

    def test_own_chunks(self) -> None:
        """A program's own chunk is told rather than passed over."""
        assert "kestrel-claims" == told(FILES["converted"]())["chunk caBX"]

    def test_a_plain_picture_gives_nothing_away(self) -> None:
        """A picture with nothing hidden has no traces."""
        assert {} == told(plain())


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        assert sings(data)
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    @MAKERS
    def test_the_pixels_stay(self, name: str) -> None:
        """Every pixel of every frame is the same in the copy, and stands upright."""
        data = FILES[name]()
        assert upright(data) == upright(copy_of(FORMAT, data))

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_every_orientation(self, turned: int) -> None:
        """However a picture is to be turned, the copy looks the same and needs no turning."""
        data = saved(picture(), "PNG", exif=camera_notes(turned))
        copy = copy_of(FORMAT, data)
        assert upright(data) == upright(copy)
        assert b"eXIf" not in copy

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_pixel(self, mode: str) -> None:
        """Pictures of every depth and with every kind of transparency stay the same."""
        image = picture("L").convert("I;16") if mode == "I;16" else picture(mode)
        data = with_chunks(saved(image, "PNG"), written(b"tEXt", b"Author\0kestrel"))
        assert upright(data) == upright(copy_of(FORMAT, data))

    def test_a_moving_picture_keeps_its_frames(self) -> None:
        """Frames, their times and how often they are shown stay."""
        from io import BytesIO

        with Image.open(BytesIO(copy_of(FORMAT, FILES["moving"]()))) as image:
            assert (3, 2) == (image.n_frames, image.info["loop"])
            assert 120 == image.info["duration"]

    def test_a_clean_copy_is_left_as_it_is(self) -> None:
        """Cleaning twice changes nothing more."""
        for make in FILES.values():
            copy = copy_of(FORMAT, make())
            assert copy == copy_of(FORMAT, copy)


class TestDoubts:
    @pytest.mark.parametrize("name", [*FILES])
    def test_an_uncleaned_picture_is_doubted(self, name: str) -> None:
        """The second reader finds something in every picture that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))


class TestDamaged:
    def test_cut_off_at_every_border(self) -> None:
        """A picture that is cut off at, before or behind any chunk is refused."""
        data = screenshot()
        for part in chunks(data):
            for end in (part.start + 4, part.start + 8, part.end - 1):
                with pytest.raises(DamagedError):
                    list(FORMAT.clean(data[:end], Wishes()))

    def test_a_text_that_unpacks_without_end(self) -> None:
        """A text that unpacks to more than any text is refused."""
        bomb = written(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64 << 20), 9))
        with pytest.raises(TooLargeError):
            list(FORMAT.traces(with_chunks(plain(), bomb)))

    def test_a_length_beyond_the_end(self) -> None:
        """A chunk that says it is longer than the file is refused."""
        with pytest.raises(DamagedError):
            list(FORMAT.traces(plain()[:33] + struct.pack(">L4s", 0x7FFFFFFF, b"tEXt") + bytes(40)))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        whole = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))]())
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])
        try:
            copy = copy_of(FORMAT, cut)
            list(FORMAT.traces(cut))
        except CannotCleanError:
            return
        assert [] == list(FORMAT.traces(copy))


def test_a_turn_beside_notes_that_nobody_can_write() -> None:
    """A picture that is turned is painted upright though another note holds words where its form asks for a number."""
    notes = b"MM\0*\0\0\0\x08\0\x02\x01\x01\0\x02\0\0\0\x04abc\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    made = io.BytesIO()
    picture = Image.new("RGB", (4, 2))
    picture.putpixel((0, 0), (250, 0, 0))
    picture.save(made, "PNG")
    data = made.getvalue()[:33] + written(b"eXIf", notes) + made.getvalue()[33:]
    with Image.open(io.BytesIO(copy_of(FORMAT, data))) as copy:
        assert (2, 4) == copy.size
        assert (250, 0, 0) == copy.getpixel((1, 0))
