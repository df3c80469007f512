"""AVI films: everything hidden is told and emptied in its place, and every frame stays."""

import struct

import pytest
from canaries import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.avi import FILES, FRAME, frames, headed, index, long, plain, stream, whole
from makers.sounds import FFMPEG, NEEDS, decoded
from makers.wav import chunk, listed, word
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.formats.avi import FORMAT

MAKERS = pytest.mark.parametrize("name", FILES)


class TestTraces:
    def test_a_camera(self) -> None:
        """Dates, names, a maker's notes and bytes nothing reads are told, each as what it is."""
        found = {trace.where: (trace.kind, trace.value) for trace in FORMAT.traces(FILES["camera"]())}
        assert ("time", "kestrel 2026-05-03") == found["AVI IDIT"]
        assert ("words", "kestrel-strn") == found["AVI strn"]
        assert ("device", "kestrel-strd") == found["AVI strd"]
        assert ("device", "kestrel-emdl") == found["AVI exif emdl"]
        assert ("other", "kestrel-movi") == found["AVI zzzz"]
        assert "kestrel-reserved" in found["behind AVI avih"][1]
        assert "kestrel-rest" in found["after the end"][1]

    def test_later_riffs(self) -> None:
        """What stands in a later RIFF of a long film is told."""
        assert "kestrel-later" == told(FORMAT, long())["AVI JUNK"]

    def test_a_plain_film_gives_nothing_away(self) -> None:
        """Frames, their shape and their index are no traces."""
        assert {} == told(FORMAT, plain())
        assert plain() == copy_of(FORMAT, plain())

    @pytest.mark.parametrize("kind", [b"txts", b"mids", b"kest"])
    def test_subtitles(self, kind: bytes) -> None:
        """A stream that is neither picture nor sound is told, and the film refused."""
        data = whole(headed(streams=(stream(), stream(kind))), frames(chunk(b"01tx", b"kestrel")))
        assert "AVI stream" in told(FORMAT, data)
        check_refused(FORMAT, data)

    @pytest.mark.parametrize(("kind", "packed"), [(b"iavs", b"dvsd"), (b"vids", b"dvsd"), (b"vids", b"DV25")])
    def test_digital_video(self, kind: bytes, packed: bytes) -> None:
        """A film whose frames hold the time of recording is told so, and refused."""
        data = whole(headed(streams=(stream(kind, packed),)), frames())
        assert "time of recording" in told(FORMAT, data)["AVI stream"]
        check_refused(FORMAT, data)


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, neither reader finds anything, and nothing has moved."""
        data = FILES[name]()
        copy = check_cleaned(FORMAT, data) if name != "program" else copy_of(FORMAT, data)
        assert len(data) - len(copy) in (0, len(b"kestrel-rest"))
        assert data.count(FRAME) == copy.count(FRAME)

    @MAKERS
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_looks_the_same(self, name: str) -> None:
        """Every frame and sample is the same as decoded."""
        data = FILES[name]()
        assert decoded(data, "avi") == decoded(copy_of(FORMAT, data), "avi") != []

    def test_odd_sizes(self) -> None:
        """The byte that evens a frame out is emptied."""
        data = whole(headed(), listed(b"movi", b"00db\3\0\0\0abck"))
        assert {"behind AVI 00db"} == told(FORMAT, data).keys()
        assert copy_of(FORMAT, data).endswith(b"abc\0")

    def test_an_unfinished_film(self) -> None:
        """A film that was never finished runs to the end of the file."""
        data = plain()[:4] + bytes(4) + plain()[8:]
        assert data == copy_of(FORMAT, data)


class TestDoubts:
    @pytest.mark.parametrize(
        "data",
        [
            whole(headed(), listed(b"INFO", word("ISFT")), frames(), index()),
            whole(headed(chunk(b"IDIT", b"k")), frames()), whole(headed(), frames(chunk(b"zzzz", b"k"))),
            whole(headed(streams=(stream(more=chunk(b"strn", b"k")),)), frames()),
            whole(headed(), frames(chunk(b"JUNK", b"k"))), whole(headed(), chunk(b"JUNK", b"k"), frames()),
            plain() + b"kestrel", plain() + whole(listed(b"INFO", word("ISFT")), form=b"AVIX"),
        ],
    )  # fmt: skip
    def test_each_planted_thing_is_doubted(self, data: bytes) -> None:
        """The second reader finds each thing that may be hidden beside the frames."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(data))


class TestDamaged:
    def test_cut_off(self) -> None:
        """A film that is cut off anywhere is refused."""
        data = plain()
        for end in (*range(0, 30), 100, 200, 300, len(data) - 200, len(data) - 9):
            check_refused(FORMAT, data[:end])

    def test_sizes_beyond_the_end(self) -> None:
        """A list that says it is larger than what it stands in is refused."""
        check_refused(FORMAT, whole(headed(), b"LIST" + struct.pack("<L", 99_999) + b"movi"))
        check_refused(FORMAT, whole(headed(b"JUNK\xff\xff\xff\x7f"), frames()))

    def test_no_streams(self) -> None:
        """A film without a stream is refused, and so is another RIFF."""
        check_refused(FORMAT, whole(frames()))
        check_refused(FORMAT, whole(headed(), form=b"ACON"))

    def test_deep_lists(self) -> None:
        """Lists in lists in lists are emptied as a whole."""
        held = b""
        for _ in range(500):
            held = listed(b"rec ", held, chunk(b"kest", b"kestrel"))
        data = whole(headed(), frames(held))
        check_cleaned(FORMAT, data)

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A film with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, ["camera", "long"], data)
