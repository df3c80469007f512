"""FLAC sound: everything hidden is told and becomes padding in its place, and every frame stays."""

import pytest
from canaries import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import id3
from makers.flac import (
    APPLICATION,
    COMMENT,
    CUES,
    FILES,
    PADDING,
    PICTURE,
    SEEKS,
    block,
    comments,
    cues,
    frame,
    frames,
    info,
    picture,
    plain,
    whole,
)  # fmt: skip
from makers.sounds import FFMPEG, NEEDS, decoded
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.buffer import DamagedError
from forethought.media.formats.flac import FORMAT
from forethought.media.sound import vorbis

MAKERS = pytest.mark.parametrize("name", FILES)
HIDDEN = {
    "comments": block(COMMENT, comments()), "picture": block(PICTURE, picture()), "cues": block(CUES, cues()),
    "application": block(APPLICATION, b"kestrel"), "padding": block(PADDING, b"kestrel"),
    "unknown": block(77, b"kestrel"),
    "a second head": info(), "seek points": block(SEEKS, b"kestrel" + bytes(11)),
    "a seek point too short": block(SEEKS, b"kestrel"),
}  # fmt: skip


class TestTraces:
    def test_every_block(self) -> None:
        """Comments, pictures, cues, programs' blocks and filling are told, each as what it is."""
        found = told(FORMAT, FILES["ripper"]())
        assert "kestrel-vendor" == found["Vorbis vendor"]
        assert "kestrel-ARTIST" == found["Vorbis ARTIST"]
        assert "kestrel-said" == found["FLAC picture description"]
        assert "kestrel-cover-artist" == found["FLAC picture: EXIF Artist"]
        assert "kestrel-unknown" == found["FLAC block 9"]
        assert {"FLAC application", "FLAC cue sheet", "FLAC padding"} <= found.keys()

    def test_kinds(self) -> None:
        """Places, people and devices are told as what they are."""
        kinds = {trace.where: trace.kind for trace in FORMAT.traces(FILES["tagged"]())}
        assert "place" == kinds["Vorbis LOCATION"]
        assert "person" == kinds["Vorbis ARTIST"]
        assert "device" == kinds["Vorbis DEVICE"]
        assert "person" == kinds["APE Artist"]

    def test_a_plain_file_gives_nothing_away(self) -> None:
        """Sound, places to seek to and empty padding are no traces."""
        assert {} == told(FORMAT, plain())
        assert plain() == copy_of(FORMAT, plain())

    def test_empty_comments(self) -> None:
        """Comments that hold nothing are told and go too."""
        assert {"FLAC comments": "no comments"} == told(FORMAT, whole(block(COMMENT, bytes(8))))


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        check_cleaned(FORMAT, FILES[name]())

    @pytest.mark.parametrize("name", HIDDEN)
    def test_each_block_becomes_padding(self, name: str) -> None:
        """Each block becomes padding of its size, so that nothing moves."""
        data = whole(HIDDEN[name])
        assert whole(block(PADDING, bytes(len(HIDDEN[name]) - 4))) == copy_of(FORMAT, data)

    def test_a_last_block(self) -> None:
        """The last block before the sound stays the last one."""
        data = b"fLaC" + info() + block(COMMENT, comments(), True) + frames()
        assert b"fLaC" + info() + block(PADDING, bytes(len(comments())), True) + frames() == copy_of(FORMAT, data)

    @pytest.mark.parametrize("tag", [id3.tag(4), id3.tag(2), id3.ape()])
    def test_tags_before_and_behind(self, tag: bytes) -> None:
        """Tags of other kinds are dropped, several in a row too."""
        assert plain() == copy_of(FORMAT, tag + tag + plain() + id3.ape(False) + id3.first() + id3.lyrics())

    @pytest.mark.parametrize("name", ["tagged", "program"])
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_sounds_the_same(self, name: str) -> None:
        """Every sample is the same as decoded."""
        data = FILES[name]()
        assert decoded(data, "flac") == decoded(copy_of(FORMAT, data), "flac") != []


class TestDoubts:
    @pytest.mark.parametrize("name", [*HIDDEN])
    def test_each_planted_thing_is_doubted(self, name: str) -> None:
        """The second reader finds each block that no copy has."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(whole(HIDDEN[name])))

    def test_tags_are_doubted(self) -> None:
        """The second reader finds tags before and behind the sound, and other bytes behind it."""
        for tag in (id3.tag(3), id3.ape(), id3.first(), b"kestrel"):
            assert list(FORMAT.doubts(plain() + tag))
        assert list(FORMAT.doubts(id3.tag(3) + plain()))


class TestDamaged:
    def test_cut_off_at_every_border(self) -> None:
        """A file that is cut off before the end of its blocks, or inside its last frame, is refused."""
        data = FILES["ripper"]()
        blocks = len(data) - len(frames())
        for end in (*range(0, 60), 300, 900, blocks - 1, blocks, len(data) - 1, len(data) - 8):
            check_refused(FORMAT, data[:end])

    def test_bytes_behind(self) -> None:
        """Bytes behind the sound that are no tag are told, and the file is refused."""
        data = plain() + b"kestrel"
        assert "kestrel" in told(FORMAT, data)["after the end"]
        check_refused(FORMAT, data)

    def test_blocks_out_of_place(self) -> None:
        """A file whose first block is another one, or that has none or too many, is refused."""
        check_refused(FORMAT, b"fLaC" + block(COMMENT, comments()) + info() + block(PADDING, b"", True) + frames())
        check_refused(FORMAT, b"fLaC" + frames())
        check_refused(FORMAT, b"fLaC" + info() + block(PADDING, b"") * 20_000 + block(PADDING, b"", True) + frames())
        check_refused(FORMAT, b"fLaC" + info() + b"\x84\xff\xff\xff" + frames())

    def test_frames_of_every_size(self) -> None:
        """Frames whose numbers, sizes and speeds take more bytes are known by their sums too."""
        from makers.flac import summed

        for head in (
            b"\xff\xf8\x69\x08\x05\xbf",
            b"\xff\xf8\x7c\x08\xc4\x80\x0f\xff\x2c",
            b"\xff\xf9\x1d\x08\x05\xac\x44",
        ):
            body = head + summed(head, 8, 0x107) + b"\0\1\2"
            data = b"fLaC" + info() + block(PADDING, b"", True) + frame(0) + body + summed(body, 16, 0x18005)
            assert data == copy_of(FORMAT, data)
            check_refused(FORMAT, data[:-1])

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A file with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, sorted(FILES), data)


class TestComments:
    def test_emptied(self) -> None:
        """Emptied comments have the same size, and say nothing."""
        for size in (16, 17, 500):
            raw = vorbis.emptied(size, b"OpusTags")
            assert size == len(raw)
            assert [] == list(vorbis.traces(raw[8:]))
        with pytest.raises(DamagedError):
            vorbis.emptied(15, b"OpusTags")

    @pytest.mark.parametrize("raw", [b"", b"kes", b"\xff" * 4, bytes(4) + b"\xff" * 4, bytes(4) + b"\1\0\0\0"])
    def test_damaged_comments_are_told(self, raw: bytes) -> None:
        """Comments that cannot be read are one trace."""
        assert ["Vorbis comments"] == [trace.where for trace in vorbis.traces(raw)]

    def test_damaged_pictures_are_told(self) -> None:
        """A picture that cannot be read, or that is no text where it should be, is told as a picture."""
        assert ["picture"] == [trace.kind for trace in vorbis.picture_block(b"kestrel")]
        raw = bytes(4) + b"\1\0\0\0" + b"\x1a\0\0\0METADATA_BLOCK_PICTURE=k=\xff"
        assert ["picture"] == [trace.kind for trace in vorbis.traces(raw)]
