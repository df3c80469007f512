"""WebP pictures: everything hidden is told and taken out, and every frame stays as and as long as it was."""

import io
import struct
from typing import Any

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.pictures import camera_notes, picture, saved
from makers.webp import FILES, TIMES, chunk, moving, phone, plain, sticker, with_chunks
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.webp import FORMAT, parts

MAKERS = pytest.mark.parametrize("name", FILES)


def told(data: bytes) -> dict[str, str]:
    """Return what a WebP gives away, by field."""
    return {trace.where: trace.value for trace in FORMAT.traces(data)}


def moved(data: bytes) -> list[Any]:
    """Return how often a picture is shown, and the time of each frame."""
    with Image.open(io.BytesIO(data)) as image:
        found: list[Any] = [image.info.get("loop")]
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            found.append(image.info["duration"])
        return found


class TestTraces:
    def test_a_photo(self) -> None:
        """Place, people, the screen, a program's own chunk and a rest are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(phone())}
        assert {
            ("place", "EXIF GPS"), ("person", "EXIF Artist"), ("place", "XMP GPS"), ("person", "XMP creator"),
            ("device", "ICC profile"), ("other", "chunk PSAI"), ("edit", "after the end"),
        } <= found  # fmt: skip

    def test_a_chunk_inside_a_frame(self) -> None:
        """A chunk that lies inside a frame of a moving picture is told with its words."""
        assert "kestrel-in-frame" == told(sticker())["chunk kesT"]

    def test_a_second_picture(self) -> None:
        """A second picture, which no program shows, is told as one."""
        data = with_chunks(plain(), chunk(b"VP8L", b"\x2f" + bytes(40)))
        assert ["picture"] == [trace.kind for trace in FORMAT.traces(data)]

    @pytest.mark.parametrize("data", [plain(), plain(lossless=True), moving(), saved(picture("RGBA"), "WEBP")])
    def test_a_plain_picture_gives_nothing_away(self, data: bytes) -> None:
        """Frames, their times, transparency and how often they are shown are no traces."""
        assert {} == told(data)
        assert data == copy_of(FORMAT, data)


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
        """Every pixel of every frame is the same in the copy, and so is its time."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data)
        assert upright(data) == upright(copy)
        assert moved(data) == moved(copy)

    @pytest.mark.parametrize("turned", range(1, 9))
    @pytest.mark.parametrize("head", [b"", b"Exif\0\0"])
    def test_every_orientation(self, turned: int, head: bytes) -> None:
        """However a picture is to be turned, the copy looks the same, and says no more than how."""
        notes = head + camera_notes(turned).tobytes().removeprefix(b"Exif\0\0")
        data = saved(picture(), "WEBP", exif=notes, lossless=True)
        copy = copy_of(FORMAT, data)
        assert upright(data) == upright(copy)
        assert (b"EXIF" in copy) == (turned > 1)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_moving_picture_keeps_its_times(self) -> None:
        """Each frame's time and how often all are shown stay."""
        data = with_chunks(moving(), chunk(b"XMP ", b"<kestrel/>"))
        copy = copy_of(FORMAT, data)
        assert moving() == copy
        assert [3, *TIMES] == moved(copy)

    def test_flags_tell_what_is_there(self) -> None:
        """The head of the copy no longer tells of notes that are gone, and still of transparency."""
        data = saved(picture("RGBA"), "WEBP", xmp=b"<kestrel/>", exif=camera_notes(1).tobytes())
        (head, *_) = parts(copy := copy_of(FORMAT, data))
        assert (b"VP8X", 0x10) == (head.name, copy[head.body] | 0x10)

    def test_a_profile_without_names(self) -> None:
        """Colours that are not plain keep their profile, without the name of the screen."""
        with Image.open(io.BytesIO(copy_of(FORMAT, phone()))) as image:
            assert image.info["icc_profile"]
        plain_colours = saved(picture(), "WEBP", icc_profile=srgb())
        assert b"ICCP" not in copy_of(FORMAT, plain_colours)

    @pytest.mark.parametrize("name", ["phone", "sticker", "simple"])
    def test_painted_anew(self, name: str) -> None:
        """Painted anew, all frames are there upright, with nothing else."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data, Wishes(repaint=True))
        assert not sings(copy)
        assert moved(data) == moved(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_clean_copy_is_left_as_it_is(self) -> None:
        """Cleaning twice changes nothing more."""
        for make in FILES.values():
            copy = copy_of(FORMAT, make())
            assert copy == copy_of(FORMAT, copy)


def srgb() -> bytes:
    """Return the profile of plain colours."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


class TestDoubts:
    @pytest.mark.parametrize(
        "hidden",
        [
            chunk(b"EXIF", camera_notes(1).tobytes()), chunk(b"XMP ", b"<kestrel/>"), chunk(b"PSAI", b"kestrel"),
            chunk(b"VP8L", b"kestrel"), chunk(b"JUNK", bytes(8)), chunk(b"EXIF", bytes(64)),
        ],
    )  # fmt: skip
    def test_each_planted_chunk_is_doubted(self, hidden: bytes) -> None:
        """The second reader finds each chunk that no copy has."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(with_chunks(plain(), hidden)))

    def test_frames_and_ends_are_doubted(self) -> None:
        """The second reader looks into frames, at filling, and behind the end."""
        assert [] == list(FORMAT.doubts(moving()))
        assert any("kesT" in doubt for doubt in FORMAT.doubts(sticker()))
        assert list(FORMAT.doubts(plain() + b"k"))
        assert list(FORMAT.doubts(b"RIFF\4\0\0\0WEBP"))


class TestDamaged:
    @MAKERS
    def test_cut_off_at_every_border(self, name: str) -> None:
        """A picture that is cut off before, at or inside any chunk is refused."""
        data = FILES[name]()
        for part in parts(data):
            for end in (part.start, part.start + 4, part.body, part.stop - 1):
                with pytest.raises(DamagedError):
                    list(FORMAT.clean(data[:end], Wishes()))

    def test_a_chunk_longer_than_the_file(self) -> None:
        """A chunk that says it is longer than the file is refused."""
        broken = with_chunks(plain(), b"PSAI\xff\xff\xff\xff")
        with pytest.raises(DamagedError):
            list(FORMAT.traces(broken))

    def test_more_pixels_than_any_picture(self) -> None:
        """A picture that says it is enormous is refused before anything is decoded."""
        with pytest.raises(TooLargeError):
            list(FORMAT.traces(with_chunks(b"RIFF\0\0\0\0WEBP", chunk(b"VP8X", bytes(4) + b"\xff" * 6))))

    @pytest.mark.parametrize("rest", [chunk(b"VP8X", bytes(10)), chunk(b"VP8X", b"\2"), chunk(b"ANMF", b""), b""])
    def test_no_picture(self, rest: bytes) -> None:
        """A file without a picture is refused."""
        with pytest.raises(CannotCleanError):
            list(FORMAT.clean(with_chunks(b"RIFF\0\0\0\0WEBP", rest), Wishes()))

    def test_filling(self) -> None:
        """Filling that holds something is told and cleared, and filling that is missing is put there."""
        whole = with_chunks(odd := saved(picture("L"), "WEBP", lossless=True))
        first = parts(odd)[0]
        if first.stop == first.end:  # one byte more behind the picture makes it odd
            whole = with_chunks(b"RIFF\0\0\0\0WEBP", chunk(b"VP8L", odd[first.body : first.stop] + b"\0"))
        assert [("other", "chunk VP8L")] == [(each.kind, each.where) for each in FORMAT.traces(whole[:-1] + b"k")]
        assert list(FORMAT.doubts(whole[:-1] + b"k"))
        assert whole == copy_of(FORMAT, whole[:-1] + b"k")
        assert whole == copy_of(FORMAT, b"RIFF" + struct.pack("<L", len(whole) - 9) + whole[8:-1])

    def test_a_second_head(self) -> None:
        """A second head, in which words may hide, is told and dropped."""
        data = with_chunks(moving(), chunk(b"VP8X", bytes(4) + b"kestrl"))
        assert "kestrl" in told(data)["chunk VP8X"]
        assert list(FORMAT.doubts(data))
        assert moving() == copy_of(FORMAT, data)

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        whole = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))]())
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(12, len(whole) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(whole[: data.draw(st.sampled_from([len(whole), len(whole) - 20, len(whole) // 2]))])
        try:
            list(FORMAT.traces(cut))
            copy = copy_of(FORMAT, cut)
        except CannotCleanError:
            return
        assert [] == list(FORMAT.traces(copy))
        list(FORMAT.doubts(copy))
