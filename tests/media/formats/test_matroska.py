"""Matroska and WebM: everything hidden is told and made Void in its place, and every frame stays."""

import struct

import pytest
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import flac
from makers.matroska import (
    FILES,
    OPEN,
    attachments,
    block,
    chapters,
    cluster,
    editor,
    element,
    header,
    info,
    live,
    number,
    packed,
    plain,
    sound,
    summed,
    tags,
    track,
    word,
)  # fmt: skip
from makers.sounds import FFMPEG, NEEDS, decoded
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.formats.matroska import FORMAT
from forethought.media.matroska.ebml import voided

MAKERS = pytest.mark.parametrize("name", FILES)
REAL = [name for name in ("live", "obs", "flac", "web", "live web") if name in FILES]
SEGMENT, TRACKS = 0x18538067, 0x1654AE6B
NOTE = b"\x4e\1\5\x1c" + b"\1" * 16 + b"kestrel-half"
HEVC = b"\1" + bytes(20) + b"\xff\1\xa7" + struct.pack(">HH", 1, len(NOTE)) + NOTE  # where a decoder begins


def film(*more: bytes, entry: bytes = b"", apps: bool = True) -> bytes:
    """Return sound with other elements before it."""
    parts = info(blank=apps), element(TRACKS, entry or sound(known=True)), *more, cluster()
    return header() + element(SEGMENT, *parts)


def shown(*more: bytes) -> bytes:
    """Return what is told of a track of picture."""
    return track(1, 1, b"V_UNCOMPRESSED", element(0xE0, number(0xB0, 8), number(0xBA, 8), *more), known=True)


def begun(codec: bytes, held: bytes) -> bytes:
    """Return a list of one track, whose decoder begins with these words."""
    return element(TRACKS, track(3, 2, codec, element(0x63A2, held), known=True))


class TestTraces:
    def test_an_editor(self) -> None:
        """Notes, tags, chapters, attached files and what these hold are told, each as what it is."""
        found = {trace.where: (trace.kind, trace.value) for trace in FORMAT.traces(editor())}
        assert ("words", "kestrel-title") == found["Matroska Title"]
        assert ("time", "2026-05-03 14:10:00 UTC") == found["Matroska DateUTC"]
        assert ("place", "+51.45-002.58/ kestrel") == found["Matroska tag LOCATION"]
        assert ("person", "kestrel-artist") == found["Matroska tag ARTIST"]
        assert ("words", "kestrel-inner") == found["Matroska tag COMMENT"]
        assert ("words", "kestrel-chapter") == found["Matroska chapter"]
        assert ("file", "kestrel-name.jpg kestrel-said") == found["Matroska attachment"]
        assert "kestrel-cover-artist" == found["Matroska attachment kestrel-name.jpg: EXIF Artist"][1]
        assert ("software", "kestrel-app") == found["Matroska MuxingApp"]

    def test_subtitles(self) -> None:
        """A track of subtitles is told with its name and first words."""
        found = told(FORMAT, editor())["Matroska track 2"]
        assert "S_TEXT/UTF8 kestrel-subtitles: kestrel-subtitle / kestrel-later" == found

    def test_decoders_words(self) -> None:
        """Comments by which decoders begin are told."""
        found = told(FORMAT, packed())
        assert "kestrel-ARTIST" == found["Matroska Vorbis ARTIST"]
        assert "kestrel-ARTIST" == found["Vorbis ARTIST"]
        assert "kestrel-said" == found["FLAC picture description"]

    def test_unknown_elements(self) -> None:
        """Elements that are not known, blocks of no track and filling that is not empty are told."""
        found = told(FORMAT, editor())
        assert "kestrel-unknown" == found["Matroska element 4DAA"]
        assert "kestrel-no-track" in found["Matroska element A3"]
        assert "kestrel-void" == found["Matroska Void"]
        assert "kestrel-extension" == found["Matroska element 4281"]

    def test_plain_sound_gives_nothing_away(self) -> None:
        """Sound and its shape give nothing away, and are their own copy."""
        assert {} == told(FORMAT, plain())
        assert plain() == copy_of(FORMAT, plain())

    def test_a_date_of_no_time(self) -> None:
        """A date beyond all calendars, and one that is none, are told all the same."""
        for held in (b"\x7f" + b"\xff" * 7, b"\x80" + bytes(7), b"kes"):
            assert film(element(0x4461, held)) != (data := film(element(0x1549A966, element(0x4461, held))))
            assert ["Matroska DateUTC"] == list(told(FORMAT, data))


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, neither reader finds anything, and nothing has moved."""
        data = FILES[name]()
        copy = check_cleaned(FORMAT, data)
        assert len(data) - len(copy) in (0, len(b"kestrel-rest"))

    @pytest.mark.parametrize("name", REAL)
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_looks_the_same(self, name: str) -> None:
        """Every frame and sample is the same as decoded."""
        data = FILES[name]()
        assert decoded(data, "mkv") == decoded(copy_of(FORMAT, data), "mkv") != []

    @pytest.mark.parametrize("size", [2, 3, 9, 127, 128, 129, 130, 16_384, 16_386, 2_097_154])
    def test_void_of_every_size(self, size: int) -> None:
        """A stretch of any size becomes one Void."""
        new = b"".join(change.new for change in voided(0, size))
        assert size == len(new)
        wide = 9 - new[1].bit_length()
        assert int.from_bytes(new[1 : 1 + wide]) - (1 << 7 * wide) == size - 1 - wide

    def test_sound_stays(self) -> None:
        """Every block of sound stays where it is."""
        data, copy = editor(), copy_of(FORMAT, editor())
        held = struct.pack("<80h", *range(80))
        assert [at for at in range(len(copy)) if data.startswith(held, at)] == [
            at for at in range(len(copy)) if copy.startswith(held, at)
        ]

    def test_where_to_seek(self) -> None:
        """Places to seek to in tracks that stay, stay; the others go."""
        copy = copy_of(FORMAT, editor())
        assert 2 == copy.count(element(0xB7, number(0xF7, 1), number(0xF1, 9)))
        assert 0 == copy.count(number(0xF7, 2))
        assert b"\x53\xab\x01\0\0\0\0\0\0\x04\x12\x54\xc3\x67" not in copy
        assert b"\x53\xab\x01\0\0\0\0\0\0\x04\x15\x49\xa9\x66" in copy

    def test_sums_go(self) -> None:
        """The sums of elements, which may no longer be right, go."""
        data = film(summed(0x1C53BB6B, element(0xBB, number(0xB3, 0))))
        assert b"\xbf\x01" in data
        assert b"\xbf\x01" not in copy_of(FORMAT, data)

    def test_a_picture_larger_than_shown(self) -> None:
        """A picture that is cropped only as it is shown is told, and refused."""
        data = film(entry=shown(number(0x54AA, 2)))
        assert ["edit"] == [trace.kind for trace in FORMAT.traces(data)]
        check_refused(FORMAT, data)
        assert {} == told(FORMAT, film(entry=shown(number(0x54AA, 0))))

    def test_colours_and_clear_parts_stay(self) -> None:
        """Colours, turns of the view and clear parts of the picture stay."""
        more = element(0x55B0, number(0x55B1, 9), element(0x55D0, element(0x55D1, struct.pack(">f", 0.7))))
        turned = element(0x7670, number(0x7671, 1), element(0x7672, bytes(20)))
        clear = element(0xA0, block(1, 0, bytes(192), 0xA1), element(0x75A1, element(0xA6, number(0xEE, 1),
                        element(0xA5, b"clear parts"))))  # fmt: skip
        data = film(element(0x1F43B675, number(0xE7, 0), clear), entry=shown(more, turned))
        assert {} == told(FORMAT, data)
        assert [] == list(FORMAT.doubts(copy_of(FORMAT, data)))
        assert data == copy_of(FORMAT, data)

    @pytest.mark.parametrize("kind", [2, 3])
    def test_long_numbers(self, kind: int) -> None:
        """A number of more bytes than numbers have is told and goes."""
        data = film(element(0x1F43B675, element(0xE7, b"kestrel-number"), element(0xAB, bytes(kind))))
        assert not sings(copy_of(FORMAT, data))
        assert "Matroska element E7" in told(FORMAT, data)

    @pytest.mark.parametrize(
        ("codec", "begin", "head"),
        [(b"V_MPEG4/ISO/AVC", b"\1\x42\0\x0a\xff\xe0\0", b"\6\5\x17"), (b"V_MPEGH/ISO/HEVC", HEVC, b"\x4e\1\5\x17")],
    )
    def test_what_encoders_note_in_pictures(self, codec: bytes, begin: bytes, head: bytes) -> None:
        """Notes of encoders inside coded pictures, and where their decoders begin, are told and taken out in place."""
        unit = head + b"\1" * 16 + b"kestrel"
        data = self._film(codec, begin, struct.pack(">L", len(unit)) + unit)
        assert "kestrel" in told(FORMAT, data)["coded picture"]
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert len(data) == len(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    @pytest.mark.parametrize("held", [b"\0\0\0\x09kes", b"\0", b""])
    def test_pictures_that_are_not_made_of_units(self, held: bytes) -> None:
        """Pictures that are not made of whole units, or whose decoder has no start, stay as they are."""
        for begin in (b"\1\x42\0\x0a\xff\xe0\0", b""):
            data = self._film(b"V_MPEG4/ISO/AVC", begin, held)
            assert data == copy_of(FORMAT, data)

    def _film(self, codec: bytes, begin: bytes, held: bytes) -> bytes:
        tracks = element(TRACKS, track(1, 1, codec, element(0x63A2, begin), known=True))
        return header() + element(SEGMENT, info(blank=True), tracks, cluster(block(1, 0, held)))

    def test_encrypted(self) -> None:
        """An encrypted film is refused, one whose blocks are made smaller is not."""
        small = element(0x6D80, element(0x6240, number(0x5031, 0), element(0x5034, number(0x4254, 3))))
        secret = element(0x6D80, element(0x6240, element(0x5035, b"kestrel")))
        assert {} == told(FORMAT, film(entry=sound(small, known=True)))
        check_refused(FORMAT, film(entry=sound(secret)))

    def test_digital_video(self) -> None:
        """A film whose frames hold the time of recording is told so, and refused."""
        held = track(1, 1, b"V_MS/VFW/FOURCC", element(0x63A2, bytes(16) + b"dvsd" + bytes(20)), known=True)
        assert "time of recording" in told(FORMAT, film(entry=held))["Matroska DV"]
        check_refused(FORMAT, film(entry=held))


class TestDoubts:
    @pytest.mark.parametrize(
        "hidden",
        [
            tags(), attachments(), chapters(), info(), word(0xEC, "void"), word(0x4DAA, "unknown"), summed(0x1C53BB6B),
            element(TRACKS, sound()), element(TRACKS, track(2, 17, b"S_TEXT/UTF8")),
            element(0x1F43B675, word(0xE7, "number")), element(0x1F43B675, word(0xAF, "encrypted")),
            begun(b"A_FLAC", b"fLaC" + flac.info() + b"\4\0\0\7kestrel"),
            begun(b"A_VORBIS", b"\2\1\1\3\x03vorbis\7\0\0\0kestrel"),
        ],
    )  # fmt: skip
    def test_each_planted_thing_is_doubted(self, hidden: bytes) -> None:
        """The second reader finds each thing that may be hidden, in films of known and unknown size."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(film(hidden)))
        parts = info(blank=True), element(TRACKS, sound(known=True)), cluster(size=OPEN), hidden
        assert list(FORMAT.doubts(header() + element(SEGMENT, *parts, size=OPEN)))

    def test_a_rest_is_doubted(self) -> None:
        """The second reader finds what stands behind a film, and what is none."""
        for data in (plain() + b"kestrel", plain() + plain(), plain()[:-1], b"kestrel", plain() + b"\0" * 9):
            assert list(FORMAT.doubts(data))


class TestDamaged:
    @pytest.mark.parametrize("make", [editor, live])
    def test_cut_off(self, make: object) -> None:
        """A film that is cut off inside its elements is refused."""
        data = plain() if make is editor else live()
        inside = range(0, len(data) - 4, 7) if make is editor else [0, 3, 20, 60, 150, 400, len(data) - 3]
        for end in inside:
            check_refused(FORMAT, data[:end])

    def test_a_second_film(self) -> None:
        """Another film behind the first, which no player shows, is told and dropped."""
        assert "after the end" in told(FORMAT, plain() + editor())
        assert plain() == copy_of(FORMAT, plain() + editor())
        parts = info(blank=True), element(TRACKS, sound(known=True)), cluster(size=OPEN)
        open_film = header() + element(SEGMENT, *parts, size=OPEN)
        assert open_film == copy_of(FORMAT, open_film + editor())

    def test_neither_picture_nor_sound(self) -> None:
        """A film of subtitles alone, or without tracks, or without a number for one, is refused."""
        check_refused(FORMAT, film(entry=track(2, 17, b"S_TEXT/UTF8")))
        check_refused(FORMAT, film(entry=element(0xAE, number(0x83, 1))))
        check_refused(FORMAT, header() + element(SEGMENT, info()))
        check_refused(FORMAT, header())

    @pytest.mark.parametrize("held", [b"\xff", b"\xec\x01\xff", b"\0", b"\x42\x86", b"\xec\x7f\xff", b"\xae\xff"])
    def test_hostile_sizes(self, held: bytes) -> None:
        """Sizes and numbers that no element has are refused."""
        check_refused(FORMAT, header() + element(SEGMENT, info(), element(TRACKS, sound()), held))

    @pytest.mark.parametrize(
        "private", [b"", b"\2\xff\xff", b"\2\xff\xff\xff", b"\1\1\1kes", b"fLaC\4\xff\xff\xff", b"fLaC"]
    )
    @pytest.mark.parametrize("codec", [b"A_VORBIS", b"A_FLAC", b"V_THEORA"])
    def test_hostile_beginnings(self, private: bytes, codec: bytes) -> None:
        """Words by which a decoder begins that are not built as such are refused."""
        check_refused(FORMAT, film(entry=track(1, 2, codec, element(0x63A2, private))))

    def test_tags_in_tags(self) -> None:
        """Tags in tags in tags are read no deeper than a few, and go as a whole."""
        held = word(0x4487, "deep")
        for _ in range(300):
            held = element(0x67C8, element(0x45A3, b"A"), held)
        data = film(element(0x1254C367, element(0x7373, held)))
        assert not sings(copy_of(FORMAT, data))
        assert list(told(FORMAT, data))

    def test_damaged_tags(self) -> None:
        """Tags that cannot be read are told as bytes, and go."""
        for name in (0x1254C367, 0x1941A469, 0x1043A770):
            data = film(element(name, b"\x73\x73\xff kestrel"))
            assert "kestrel" in told(FORMAT, data)[f"Matroska element {name:X}"]
            assert not sings(copy_of(FORMAT, data))

    @given(st.data())
    @settings(max_examples=100, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A film with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, ["editor", "live", "packed"], data)
