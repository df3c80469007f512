"""MP3 sound: all tags and other bytes are told and dropped, and every frame of sound stays."""

import struct
import zlib

import pytest
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import id3
from makers.mp3 import FILES, HEAD, counted, frames, plain
from makers.sounds import FFMPEG, NEEDS, decoded
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.formats.mp3 import FORMAT, frame_size

MAKERS = pytest.mark.parametrize("name", FILES)
TAGS = {
    "2.4": id3.tag(4), "2.3": id3.tag(3), "2.2": id3.tag(2), "1": id3.first(), "APE": id3.ape(), "words": id3.lyrics(),
}  # fmt: skip


class TestTraces:
    @pytest.mark.parametrize("version", [3, 4])
    def test_every_field_of_a_tag(self, version: int) -> None:
        """Each field is told as what it is, with what pictures and chapters hold."""
        found = told(FORMAT, id3.tag(version) + frames())
        for name in ("TIT2", "TPE1", "TSSE", "COMM", "USLT"):
            assert f"kestrel-{name}" == found[f"ID3 {name}"]
        assert "https://kestrel.example" == found["ID3 WXXX"]
        assert "kestrel.txt said" == found["ID3 GEOB"]
        assert "kestrel-cover-artist" == found["ID3 APIC: EXIF Artist"]
        assert "kestrel-chapter" == found["ID3 CHAP TIT2"]

    def test_tags_behind(self) -> None:
        """Old tags, APE and words behind the sound are told, field by field."""
        found = told(FORMAT, FILES["podcast"]())
        assert "kestrel-artist" == found["ID3v1 artist"]
        assert "kestrel-ape-artist" == found["APE Artist"]
        assert "kestrel-cover-artist" == found["APE Cover Art (Front): EXIF Artist"]
        assert "kestrel-lyrics" in found["Lyrics3"]

    def test_bytes_that_are_no_frame(self) -> None:
        """Bytes between frames and behind the count of frames are told."""
        found = [trace.value for trace in FORMAT.traces(FILES["old"]()) if trace.where == "between its parts"]
        assert ["22 bytes: kestrel between frames", "2 bytes"] == found
        assert "kestrel-count" in told(FORMAT, counted())["behind its count of frames"]

    def test_plain_sound_gives_nothing_away(self) -> None:
        """Frames, and a first frame that counts them, are no traces."""
        assert {} == told(FORMAT, plain())
        assert {} == told(FORMAT, frames())

    def test_packed_and_secret_fields(self) -> None:
        """A packed field is unpacked, one with marks between its bytes too, and a secret one is told by its size."""
        packed = struct.pack(">L", 20) + zlib.compress(b"\3kestrel-packed")
        tag = id3.wrapped(
            id3.frame("TIT2", packed, 4, 0x09) + id3.frame("TPE1", b"\3kes\xff\0trel", 4, 0x02)
            + id3.frame("PRIV", b"\1\2\3\4kestrel", 4, 0x04) + id3.frame("TALB", b"\1\0\0\0\5", 3, 0x40)
        )  # fmt: skip
        found = told(FORMAT, tag + frames())
        assert "kestrel-packed" == found["ID3 TIT2"]
        assert "ID3 PRIV" in found

    def test_an_inflate_bomb(self) -> None:
        """A field that unpacks to more than it may is told all the same, in time."""
        bomb = struct.pack(">L", 1 << 30) + zlib.compress(b"\3" + bytes(100 << 20), 9)
        data = id3.wrapped(id3.frame("TIT2", bomb, 3, 0x80), 3) + frames()
        list(FORMAT.traces(data))
        assert frames() == copy_of(FORMAT, data)

    def test_an_extended_head(self) -> None:
        """A tag with more of a head, and one whose sizes are written as an older one's, are read."""
        more = id3.safe(6) + b"\1\0"
        assert (
            "kestrel-x"
            == told(FORMAT, id3.wrapped(more + id3.frame("TIT2", b"\3kestrel-x"), 4, 0x40) + frames())["ID3 TIT2"]
        )
        wrong = id3.frame("TIT2", b"\3kestrel" + b"x" * 200, 3) + id3.frame("TPE1", b"\3kestrel-who", 3)
        assert "kestrel-who" == told(FORMAT, id3.wrapped(wrong, 4) + frames())["ID3 TPE1"]

    @pytest.mark.parametrize("tag", [id3.wrapped(b""), id3.wrapped(bytes(60)), b"TAG" + bytes(125)])
    def test_empty_tags(self, tag: bytes) -> None:
        """A tag without anything in it is told and dropped too."""
        assert ["other"] == [trace.kind for trace in FORMAT.traces(tag + frames())]
        assert frames() == copy_of(FORMAT, tag + frames())


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        check_cleaned(FORMAT, FILES[name]())

    @pytest.mark.parametrize("before", TAGS)
    @pytest.mark.parametrize("behind", TAGS)
    def test_only_sound_is_left(self, before: str, behind: str) -> None:
        """Whatever tags stand before and behind, what stays is the frames, byte for byte."""
        assert frames() == copy_of(FORMAT, TAGS[before] + frames() + TAGS[behind] + TAGS[before])

    def test_old_sound(self) -> None:
        """Bytes between frames and a tag without a head are dropped."""
        assert frames(4) * 2 == copy_of(FORMAT, FILES["old"]())

    @pytest.mark.parametrize("name", ["podcast", "behind", "program"])
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_sounds_the_same(self, name: str) -> None:
        """Every sample is the same as decoded, with the gaps that the count of frames tells of."""
        data = FILES[name]()
        assert decoded(data, "mp3") == decoded(copy_of(FORMAT, data), "mp3") != []

    def test_sound_of_several_kinds(self) -> None:
        """Sounds of different speeds behind one another all stay."""
        other = (b"\xff\xf3\x48\xc4" + bytes(frame_size(0xFFF348C4) - 4)) * 5
        assert frames() + other == copy_of(FORMAT, frames() + other)

    def test_a_last_frame_that_breaks_off(self) -> None:
        """A frame that breaks off is dropped."""
        data = (HEAD + bytes(204)) * 5
        assert data == copy_of(FORMAT, data + HEAD + b"kestrel")

    @pytest.mark.parametrize("tag", [id3.first()[227:], id3.ape() + id3.first()])
    def test_a_tag_within_the_last_frame(self, tag: bytes) -> None:
        """Where sound breaks off and a tag stands in the rest of its last frame, both go."""
        data = (HEAD + bytes(204)) * 5
        assert data == copy_of(FORMAT, data + HEAD + bytes(40) + tag)


class TestSizes:
    @pytest.mark.parametrize(
        ("header", "size"),
        [
            (0xFFFB9064, 417), (0xFFFB9264, 418), (0xFFF36064, 156), (0xFFE36064, 313), (0xFFFD9064, 522),
            (0xFFFF9064, 312), (0xFFFB0064, 0), (0xFFFBF064, 0), (0xFFEB9064, 0), (0xFFF99064, 0), (0xFFFB9C64, 0),
            (0, 0),
        ],
    )  # fmt: skip
    def test_sizes_of_frames(self, header: int, size: int) -> None:
        """The size of a frame is that of the standard, for each version and layer; what is no head has none."""
        assert size == frame_size(header)


class TestDoubts:
    @pytest.mark.parametrize("name", TAGS)
    def test_each_planted_thing_is_doubted(self, name: str) -> None:
        """The second reader finds each tag, before and behind the sound."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(TAGS[name] + frames()))
        assert list(FORMAT.doubts(frames() + TAGS[name]))
        assert list(FORMAT.doubts(frames() + b"k"))


class TestDamaged:
    def test_no_sound(self) -> None:
        """A file without sound, and one whose tag goes beyond its end, are refused."""
        for data in (b"", id3.tag(4), b"ID3\4\0\0\x7f\x7f\x7f\x7fkestrel", HEAD, bytes(5_000), b"\xff\xfb" * 3_000):
            check_refused(FORMAT, data)

    @pytest.mark.parametrize(
        "hostile", [b"LYRICSBEGIN", b"APETAGEX", b"TAG", b"ID3", b"\xff\xfb\x50", b"ID3\4\0\0\0\0\0\0"]
    )
    def test_hostile_repeats(self, hostile: bytes) -> None:
        """Beginnings of tags without end are dropped or refused in time."""
        check_refused(FORMAT, hostile * 60_000)

    def test_files_in_files(self) -> None:
        """Tags that hold files with tags that hold files are looked into no deeper than a few."""
        data = frames()
        for _ in range(40):
            data = id3.wrapped(id3.frame("GEOB", b"\0a/b\0kestrel\0\0" + data, 4), 4) + frames()
        list(FORMAT.traces(data))
        assert not sings(copy_of(FORMAT, data))

    @given(st.data())
    @settings(max_examples=120, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A file with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, sorted(FILES), data)
