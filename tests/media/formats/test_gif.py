"""GIF pictures: everything hidden is told and taken out, and every frame stays as and as long as it was."""

import io
import struct
from typing import Any

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.gif import FILES, TIMES, after_head, edited, extension, old, plain
from makers.pictures import CANARY, picture, saved
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.gif import FORMAT, blocks

MAKERS = pytest.mark.parametrize("name", FILES)


def told(data: bytes) -> dict[str, str]:
    """Return what a GIF gives away, by field."""
    return {trace.where: trace.value for trace in FORMAT.traces(data)}


def moved(data: bytes) -> list[Any]:
    """Return how often a picture is shown, and the time and way of clearing of each frame."""
    with Image.open(io.BytesIO(data)) as image:
        found: list[Any] = [image.info.get("loop")]
        for number in range(image.n_frames):
            image.seek(number)
            found.append((image.info.get("duration"), image.disposal_method))
        return found


class TestTraces:
    def test_an_edited_picture(self) -> None:
        """Comments, XMP, the screen, a program's own block and a rest are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(edited())}
        assert {
            ("words", "comment"), ("place", "XMP GPS"), ("person", "XMP creator"), ("device", "ICC profile"),
            ("other", "application MGK8BIM0000"), ("edit", "after the end"),
        } == found - {each for each in found if each[1].startswith("XMP") and each[0] not in ("place", "person")} - {
            ("place", "XMP GPSLatitude"), ("place", "XMP GPSLongitude"), ("place", "XMP City"),
        }  # fmt: skip

    def test_old_blocks(self) -> None:
        """Plain text and blocks of unknown kinds are told with their words, and bits that mean nothing too."""
        found = told(old())
        assert "kestrel-plain-text" == found["plain text"]
        assert "kestrel-unknown" == found["block CE"]
        assert {"block F9", "between blocks", "application NETSCAPE2.0"} <= found.keys()

    def test_a_long_comment_is_read_over_its_sub_blocks(self) -> None:
        """A comment is told from its beginning, no longer than a person reads."""
        assert told(edited())["comment"].startswith("kestrel-commentxxx")
        assert 300 == len(told(edited())["comment"])

    def test_a_plain_picture_gives_nothing_away(self) -> None:
        """Frames, their times and how often they are shown are no traces."""
        assert {} == told(plain())
        assert {} == told(saved(picture("P"), "GIF"))


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
        """Every pixel of every frame is the same in the copy."""
        data = FILES[name]()
        assert upright(data) == upright(copy_of(FORMAT, data))

    def test_frames_keep_their_times(self) -> None:
        """Each frame's time, way of clearing and how often all are shown stay."""
        data = edited()
        assert moved(data) == moved(copy_of(FORMAT, data))
        assert TIMES == [each[0] for each in moved(data)[1:]]
        assert 3 == moved(data)[0]

    def test_only_blocks_are_dropped(self) -> None:
        """What stays is the file as it was before anything was hidden in it, byte for byte."""
        assert plain() == copy_of(FORMAT, edited())

    @pytest.mark.parametrize("name", [*FILES, "plain"])
    def test_painted_anew(self, name: str) -> None:
        """Painted anew, all frames and their times are there, and nothing else."""
        data = plain() if name == "plain" else FILES[name]()
        copy = copy_of(FORMAT, data, Wishes(repaint=True))
        assert not sings(copy)
        assert [each[0] or 0 for each in moved(data)[1:]] == [each[0] or 0 for each in moved(copy)[1:]]
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_clean_copy_is_left_as_it_is(self) -> None:
        """Cleaning twice changes nothing more."""
        for make in FILES.values():
            copy = copy_of(FORMAT, make())
            assert copy == copy_of(FORMAT, copy)


class TestDoubts:
    @pytest.mark.parametrize(
        "hidden",
        [
            extension(0xFE, b"kestrel"), extension(0xFF, b"ICCRGBG1012", b"kestrel"), extension(0x01, b"kestrel"),
            extension(0xFF, b"NETSCAPE2.0", b"\1\0\0", b"\2kes"), extension(0xCE, b"kestrel"), b"\0\0",
            b"\x21\xf9\x04\xe0\0\0\x4b\0", b"\x21\xf9\x04\0\0\0\0\0" * 2, b"\x21\xf9\x05\0\0\0\0k\0",
        ],
    )  # fmt: skip
    def test_each_planted_thing_is_doubted(self, hidden: bytes) -> None:
        """The second reader finds each thing that may be hidden between the frames."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(after_head(plain(), hidden)))

    def test_rounds_between_a_time_and_its_frame(self) -> None:
        """A count of rounds may stand between the time of a frame and the frame, as many programs write it."""
        data = saved(picture("P"), "GIF")
        rows = extension(0xF9, b"\0\x0a\0\0"), extension(0xFF, b"NETSCAPE2.0", b"\1\0\0")
        copy = copy_of(FORMAT, after_head(data, *rows))
        assert b"".join(rows) in copy
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_program_without_a_name(self) -> None:
        """A block of a program that holds nothing at all is dropped."""
        assert plain() == copy_of(FORMAT, after_head(plain(), b"\x21\xff\0"))

    def test_a_rest_is_doubted(self) -> None:
        """The second reader finds what stands after the end, and a picture without an end."""
        assert list(FORMAT.doubts(plain() + b"k"))
        assert list(FORMAT.doubts(plain()[:-1]))
        assert list(FORMAT.doubts(b"GIF89a"))


class TestDamaged:
    def test_cut_off_at_every_border(self) -> None:
        """A picture that is cut off before or inside any block is refused."""
        data = edited()
        for block in blocks(data):
            for end in (block.start, block.start + 1, block.start + 2, block.end - 1):
                if end < data.rindex(b";"):
                    with pytest.raises(DamagedError):
                        list(FORMAT.clean(data[:end], Wishes()))

    def test_a_frame_beyond_the_picture(self) -> None:
        """A frame larger than what is shown is told, and refused: it still holds what was cut away."""
        cropped = bytearray(saved(picture("P"), "GIF"))
        struct.pack_into("<HH", cropped, 6, 24, 16)
        assert ["edit"] == [trace.kind for trace in FORMAT.traces(bytes(cropped))]
        with pytest.raises(CannotCleanError, match="more of the picture than it shows"):
            list(FORMAT.clean(bytes(cropped), Wishes()))

    def test_more_pixels_than_any_picture(self) -> None:
        """A picture that says it is enormous is refused before anything is decoded."""
        with pytest.raises(TooLargeError):
            list(FORMAT.traces(b"GIF89a\xff\xff\xff\xff\0\0\0;"))

    def test_no_picture(self) -> None:
        """A file without a frame is refused."""
        with pytest.raises(DamagedError):
            list(FORMAT.clean(b"GIF89a\1\0\1\0\0\0\0;", Wishes()))

    def test_blocks_without_end(self) -> None:
        """A file of nothing but stray bytes is given up in time."""
        with pytest.raises(DamagedError, match="too many parts"):
            list(blocks(b"GIF89a\1\0\1\0\0\0\0" + bytes(300_000)))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        whole = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))]())
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(6, len(whole) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])
        try:
            list(FORMAT.traces(cut))
            copy = copy_of(FORMAT, cut)
        except CannotCleanError:
            return
        assert [] == list(FORMAT.traces(copy))
        list(FORMAT.doubts(copy))
        assert CANARY.encode() not in copy or copy.count(b",") > 0
