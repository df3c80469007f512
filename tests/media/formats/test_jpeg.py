"""JPEG pictures: everything hidden is told and taken out, and every pixel stays."""

import io
import struct
from itertools import pairwise

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.jpeg import FILES, camera, edited, phone, plain, with_segments
from makers.pictures import camera_notes, picture, saved
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError
from forethought.media.format import Wishes
from forethought.media.formats.jpeg import FORMAT, segments

MAKERS = pytest.mark.parametrize("name", FILES)


def told(data: bytes) -> dict[str, str]:
    """Return what a JPEG gives away, by field."""
    return {trace.where: trace.value for trace in FORMAT.traces(data)}


class TestTraces:
    def test_a_phones_photo(self) -> None:
        """Place, people, device, thumbnail and film of a phone's photo are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(phone())}
        assert {
            ("place", "EXIF GPS"), ("person", "EXIF Artist"), ("person", "EXIF CameraOwnerName"),
            ("device", "EXIF Make"), ("device", "EXIF MakerNote"), ("time", "EXIF DateTimeOriginal"),
            ("picture", "EXIF thumbnail"), ("device", "ICC profile"),
            ("file", "after the end"), ("person", "EXIF XPAuthor"), ("words", "EXIF UserComment"),
        } <= found  # fmt: skip

    def test_the_place_is_told_in_words(self) -> None:
        """Coordinates are told in degrees, with the nearest town."""
        assert "51.45000 N, 2.58333 W, in or beside Bristol (GB)" == told(phone())["EXIF GPS"]

    def test_captions(self) -> None:
        """The captions in Photoshop's block are told field by field."""
        assert "kestrel-byline" == told(camera())["IPTC by-line"]
        assert "kestrel-iptc-city" == told(camera())["IPTC city"]

    def test_an_editors_notes(self) -> None:
        """XMP is told field by field, with the place in words, and what lies after the end."""
        found = told(edited())
        assert "kestrel-creator" == found["XMP creator"]
        assert "Bristol" in found["XMP GPS"]
        assert found["after the end"].startswith("another picture")

    def test_two_pictures_in_one(self) -> None:
        """A second picture behind the first is told, and so is the list that leads to it."""
        found = told(FILES["pair"]())
        assert found["after the end"].startswith("another picture")
        assert "more pictures" in found

    def test_a_plain_picture_gives_nothing_away(self) -> None:
        """A picture with nothing hidden has no traces."""
        assert {} == told(plain())

    def test_an_unknown_segment_is_told(self) -> None:
        """What is not known is told rather than passed over."""
        assert "kestrel-own" in told(with_segments(plain(), (0xEA, b"Own\0kestrel-own")))["APP10 Own"]

    def test_notes_that_are_damaged(self) -> None:
        """Camera notes that cannot be read are told as such, and are gone from the copy."""
        for notes in (b"II*\0\xff\xff\xff\xffkestrel-damaged", b"MM\0*", b"IIkestrel"[:7], b""):
            data = with_segments(plain(), (0xE1, b"Exif\0\0" + notes))
            assert told(data)
            assert plain() == copy_of(FORMAT, data)

    def test_bytes_between_segments(self) -> None:
        """Bytes that stand between segments, which decoders skip, are told, and are gone from the copy."""
        stray = b"\0kestrel-stray\xff\0\xff"
        data = with_segments(plain(), (0xE5, b"Own\0")).replace(b"Own\0", b"Own\0" + stray)
        assert "kestrel-stray" in told(data)["between its parts"]
        assert upright(data) == upright(copy_of(FORMAT, data))
        assert plain() == copy_of(FORMAT, data)


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        assert sings(data)
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert [] == list(FORMAT.traces(copy))
        assert [] == list(FORMAT.doubts(copy))

    @MAKERS
    def test_painted_anew(self, name: str) -> None:
        """A picture that is painted anew holds nothing either, and stands upright."""
        copy = copy_of(FORMAT, FILES[name](), Wishes(repaint=True))
        assert not sings(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    @MAKERS
    def test_the_pixels_stay(self, name: str) -> None:
        """Every pixel is the same in the copy."""
        data = FILES[name]()
        assert upright(data) == upright(copy_of(FORMAT, data))

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_every_orientation(self, turned: int) -> None:
        """However the camera was held, the copy looks the same; painted anew it needs no turning."""
        data = saved(picture(), "JPEG", quality=95, subsampling=0, exif=camera_notes(turned))
        assert upright(data) == upright(copy_of(FORMAT, data))
        with Image.open(io.BytesIO(copy_of(FORMAT, data, Wishes(repaint=True)))) as image:
            assert ((32, 48) if turned > 4 else (48, 32)) == image.size
            assert not image.getexif()
            painted = image.convert("RGB").tobytes()
        seen = Image.frombytes("RGBA", image.size, upright(data)[0]).convert("RGB").tobytes()
        assert max(abs(one - other) for one, other in zip(seen, painted, strict=True)) < 24

    def test_the_colours_stay(self) -> None:
        """A profile of other colours stays in numbers, without the name of the screen."""
        with Image.open(io.BytesIO(copy_of(FORMAT, phone()))) as image:
            assert image.info["icc_profile"]

    def test_a_clean_copy_is_left_as_it_is(self) -> None:
        """Cleaning twice changes nothing more."""
        for make in FILES.values():
            copy = copy_of(FORMAT, make())
            assert copy == copy_of(FORMAT, copy)

    def test_the_shape_of_pixels_stays(self) -> None:
        """How many pixels make an inch is kept, since it is no secret and changes how a picture prints."""
        with Image.open(io.BytesIO(copy_of(FORMAT, saved(picture(), "JPEG", dpi=(300, 300))))) as image:
            assert (300, 300) == image.info["dpi"]


class TestDoubts:
    @MAKERS
    def test_an_uncleaned_picture_is_doubted(self, name: str) -> None:
        """The second reader finds something in every picture that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))


class TestDamaged:
    def test_cut_off_at_every_border(self) -> None:
        """A picture that is cut off at, before or behind any segment is refused."""
        data = phone()
        parts = list(segments(data))
        for part, _ in pairwise(parts):
            for end in (part.start, part.start + 1, part.start + 3, part.end - 1):
                with pytest.raises(CannotCleanError):
                    list(FORMAT.clean(data[:end], Wishes()))

    @pytest.mark.parametrize("size", [b"\0\0", b"\0\1", b"\xff\xff"])
    def test_a_length_that_cannot_be(self, size: bytes) -> None:
        """A segment that says it is shorter than its own length, or longer than the file, is refused."""
        with pytest.raises(DamagedError):
            list(FORMAT.traces(b"\xff\xd8\xff\xe0" + size + b"JFIF\0"))

    def test_very_many_segments(self) -> None:
        """A file of nothing but small segments is refused rather than read for ever."""
        with pytest.raises(DamagedError, match="too many"):
            list(FORMAT.traces(b"\xff\xd8" + struct.pack(">BBH", 0xFF, 0xFE, 2) * 30_000))

    def test_a_huge_picture_is_not_painted(self) -> None:
        """A picture with more pixels than memory can hold is refused before it is decoded."""
        data = bytearray(plain())
        at = data.index(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">HH", 40_000, 40_000)
        with pytest.raises(CannotCleanError, match="pixels"):
            copy_of(FORMAT, bytes(data), Wishes(repaint=True))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        whole = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))]())
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(2, len(whole) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])
        try:
            copy = copy_of(FORMAT, cut)
            list(FORMAT.traces(cut))
        except CannotCleanError:
            return
        assert [] == list(FORMAT.traces(copy))
