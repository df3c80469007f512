"""Ogg sound and films: everything hidden is told and emptied in its place, and every packet of sound stays."""

import struct

import pytest
from canaries import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.flac import COMMENT, SEEKS, block, frame, info
from makers.ogg import (
    FILES,
    OPUS_HEAD,
    SILENCE,
    VORBIS_HEAD,
    chained,
    comments,
    opus,
    page,
    pages,
    plain,
    skeleton,
    stream,
    voice,
)  # fmt: skip
from makers.sounds import FFMPEG, NEEDS, decoded
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.formats.ogg import FORMAT, Gap, page_sum
from forethought.media.formats.ogg import pages as pages_of

MAKERS = pytest.mark.parametrize("name", FILES)
REAL = [name for name in ("vorbis", "opus", "flac", "theora", "voice", "chained") if name in FILES]


class TestTraces:
    def test_a_voice_message(self) -> None:
        """Comments over several pages, pictures in them and bytes behind them are told."""
        found = told(FORMAT, voice())
        assert "kestrel-ARTIST" == found["Ogg Opus ARTIST"]
        assert "kestrel-cover-artist" == found["Ogg Opus picture: EXIF Artist"]
        assert "kestrel-padding" in found["behind the Ogg Opus comments"]
        assert found["Ogg Opus LYRICS"].startswith("kestrel-lyrics")
        assert "12 bytes: kestrel-rest" == found["between its pages"]

    def test_streams_beside(self) -> None:
        """Streams that name others or hold subtitles are told."""
        found = told(FORMAT, skeleton())
        assert "kestrel-name" in found["Skeleton"]
        assert "kestrel-subtitle" in found["Kate subtitles"]

    def test_every_codec(self) -> None:
        """The comments of every kind of stream are told under its name."""
        found = told(FORMAT, FILES["old"]())
        for codec in ("Vorbis", "Theora", "Speex", "FLAC"):
            assert "kestrel-TITLE" == found[f"Ogg {codec} TITLE"]
        assert "kestrel-application" in found["Ogg FLAC block 2"]

    def test_plain_sound_gives_nothing_away(self) -> None:
        """Sound whose comments say nothing gives nothing away, and is its own copy."""
        assert {} == told(FORMAT, plain())
        assert plain() == copy_of(FORMAT, plain())


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        check_cleaned(FORMAT, FILES[name]())

    @MAKERS
    def test_pages_are_whole(self, name: str) -> None:
        """Every page of a copy carries the right sum, and nothing stands between them."""
        copy = copy_of(FORMAT, FILES[name]())
        for each in pages_of(copy):
            assert not isinstance(each, Gap)
            raw = copy[each.start : each.end]
            assert raw[22:26] == struct.pack("<L", page_sum(raw[:22] + bytes(4) + raw[26:]))

    @pytest.mark.parametrize("name", REAL)
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_sounds_the_same(self, name: str) -> None:
        """Every sample and frame is the same as decoded."""
        data = FILES[name]()
        assert decoded(data, "ogg") == decoded(copy_of(FORMAT, data), "ogg") != []

    def test_nothing_moves(self) -> None:
        """A copy has the size of its file but for what stood between its pages."""
        assert len(chained()) - len(b"kestrel between") == len(copy_of(FORMAT, chained()))

    def test_a_head_on_one_page_with_sound(self) -> None:
        """Comments, a setup and sound on one page: only the comments change."""
        packets = [b"\x03vorbis" + comments() + b"\1", b"\x05vorbis setup", b"sound"]
        data = b"".join(pages(1, [VORBIS_HEAD], 0, 2) + pages(1, packets))
        copy = check_cleaned(FORMAT, data)
        assert copy.endswith(b"\x05vorbis setupsound")
        assert len(data) == len(copy)


class TestDoubts:
    @MAKERS
    def test_each_planted_thing_is_doubted(self, name: str) -> None:
        """The second reader finds comments, other streams and bytes between pages."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(FILES[name]()))

    def test_a_stray_page_is_doubted(self) -> None:
        """The second reader finds a page of no stream, bytes behind the end, and comments on a later page."""
        assert any("no stream" in doubt for doubt in FORMAT.doubts(plain() + page(9, 0, 0, b"\7", b"kestrel")))
        assert any("no page" in doubt for doubt in FORMAT.doubts(plain() + b"k"))
        late = b"OpusTags" + struct.pack("<L", 90_000) + b" " * 89_999 + b"k" + bytes(4)
        assert "comments" in list(FORMAT.doubts(b"".join(stream(1, OPUS_HEAD, late, SILENCE))))


class TestDamaged:
    def test_cut_off_at_every_border(self) -> None:
        """A file that is cut off before its comments end, or inside any page, is refused."""
        data = b"".join(opus())
        borders = [each.start for each in pages_of(data)]
        for end in (0, 4, 26, 27, borders[1] + 28, borders[1], borders[2], *(border - 1 for border in borders[1:])):
            check_refused(FORMAT, data[:end])

    def test_a_stream_of_an_unknown_kind(self) -> None:
        """A file with a stream that is not known is refused, and one with nothing but subtitles too."""
        check_refused(FORMAT, plain() + b"".join(stream(2, b"BBCDkestrel", b"k", b"k")))
        check_refused(FORMAT, b"".join(stream(2, b"\x80kate\0\0", b"k", b"k")))

    def test_comments_that_are_none(self) -> None:
        """A file whose second packet is no comments, or too short for any, is refused."""
        check_refused(FORMAT, b"".join(stream(1, OPUS_HEAD, b"kestrel", SILENCE)))
        check_refused(FORMAT, b"".join(stream(1, OPUS_HEAD, b"OpusTags", SILENCE)))
        check_refused(FORMAT, b"".join(stream(1, b"\x7fFLAC\1\0\0\1fLaC", b"\6kestrel", SILENCE)))

    def test_blocks_that_are_none(self) -> None:
        """An empty packet where a block of FLAC is to be is refused, and empty comments of it are not."""
        head = b"\x7fFLAC\1\0\0\1fLaC" + info()
        for second in (b"", b"\4", b"\4\0\0"):
            check_refused(FORMAT, b"".join(stream(1, head, second, SILENCE)))
        data = b"".join(stream(1, head, block(COMMENT, bytes(8)), block(SEEKS, b"kestrel", True), frame(0)))
        assert ["Ogg FLAC block 3"] == list(told(FORMAT, data))
        check_cleaned(FORMAT, data)

    @pytest.mark.parametrize("head", [OPUS_HEAD, VORBIS_HEAD])
    def test_a_head_that_is_too_long(self, head: bytes) -> None:
        """Bytes behind what is read of a stream's head are told and emptied."""
        tags = b"\x03vorbis" + bytes(8) + b"\1" if head == VORBIS_HEAD else b"OpusTags" + bytes(8)
        data = b"".join(stream(1, head + b"kestrel" * 30, tags, b"\x05vorbis", SILENCE))
        assert next(iter(told(FORMAT, data).values())).startswith("kestrelkestrel")
        check_cleaned(FORMAT, data)

    def test_many_pages(self) -> None:
        """Many streams are given up, and many empty pages are read in time."""
        check_refused(FORMAT, b"".join(page(number, 0, 2, b"\x13", OPUS_HEAD) for number in range(1_200)))
        data = plain() + page(1, 3, 0, b"", b"") * 20_000
        assert data == copy_of(FORMAT, data)

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A file with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, ["voice", "skeleton", "old"], data)
