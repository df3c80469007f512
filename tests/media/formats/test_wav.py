"""WAV sound: everything hidden is told and emptied in its place, and every sample stays."""

import struct
from typing import cast

import pytest
from canaries import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.sounds import FFMPEG, NEEDS, decoded, samples
from makers.wav import FILES, bext, chunk, form, listed, plain, sound, word
from media_checks import check_any, check_cleaned, check_refused, told

from forethought.media.buffer import Buffer
from forethought.media.formats.wav import FORMAT
from forethought.media.held import Opened

MAKERS = pytest.mark.parametrize("name", FILES)


class TestTraces:
    def test_a_recorder(self) -> None:
        """What a recorder notes is told field by field, with its labels and XML."""
        found = told(FORMAT, FILES["recorder"]())
        assert "kestrel-originator" == found["WAV bext Originator"]
        assert "2026-05-03" == found["WAV bext OriginationDate"]
        assert "kestrel-label" == found["WAV adtl labl"]
        assert "kestrel-ixml" in found["WAV iXML"]

    def test_kinds(self) -> None:
        """Places, people, times and devices are told as what they are."""
        kinds = {trace.where: trace.kind for name in FILES for trace in FORMAT.traces(FILES[name]())}
        assert "place" == kinds["WAV INFO ILOC"]
        assert "person" == kinds["WAV INFO IART"]
        assert "time" == kinds["WAV INFO ICRD"]
        assert "device" == kinds["WAV guan"]
        assert "picture" == kinds["ID3 APIC"]
        assert "person" == kinds["ID3 APIC: EXIF Artist"]

    def test_a_plain_file_gives_nothing_away(self) -> None:
        """Samples, their form and empty filling are no traces."""
        assert {} == told(FORMAT, plain())
        assert {} == told(FORMAT, sound(chunk(b"JUNK", bytes(9)), chunk(b"fact", bytes(4))))

    def test_more_than_the_form_needs(self) -> None:
        """Bytes behind the words that describe the samples, and the byte that evens a chunk out, are told."""
        found = told(FORMAT, FILES["editor"]())
        assert found["behind fmt "].endswith("kestrel-behind")
        odd = sound(head=form(), before=(b"fact\3\0\0\0abck",))
        assert "behind fact" in told(FORMAT, odd)


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, neither reader finds anything, and nothing has moved."""
        data = FILES[name]()
        copy = check_cleaned(FORMAT, data)
        assert len(data) - len(copy) in (0, len(b"kestrel-after"))
        assert samples() in copy

    @MAKERS
    @pytest.mark.skipif(not FFMPEG, reason=NEEDS)
    def test_it_sounds_the_same(self, name: str) -> None:
        """Every sample is the same as decoded."""
        data = FILES[name]()
        assert decoded(data, "wav") == decoded(copy_of(FORMAT, data), "wav") != []

    def test_a_plain_file_stays(self) -> None:
        """A file that gives nothing away is its own copy."""
        assert plain() == copy_of(FORMAT, plain())

    def test_floating_forms_stay(self) -> None:
        """A form of 40 bytes, as surround and 24-bit sound have, stays as it is."""
        shape = (
            struct.pack("<HHLLHHHHL", 0xFFFE, 2, 48_000, 288_000, 6, 24, 22, 24, 3) + b"\1\0\0\0\0\0\x10\0" + bytes(8)
        )
        data = sound(head=chunk(b"fmt ", shape))
        assert {} == told(FORMAT, data)
        assert data == copy_of(FORMAT, data)

    def test_a_few_bytes_left_over(self) -> None:
        """Fewer bytes than a chunk's head at the end are emptied."""
        data = plain() + b"kestrel"
        data = data[:4] + struct.pack("<L", len(data) - 8) + data[8:]
        assert "behind its chunks" in told(FORMAT, data)
        check_cleaned(FORMAT, data)


class TestDoubts:
    @pytest.mark.parametrize(
        "hidden",
        [
            bext(),
            listed(b"INFO", word("INAM")),
            chunk(b"JUNK", b"k"),
            chunk(b"LGWV", b"k"),
            chunk(b"fact", bytes(9_000)),
        ],
    )
    def test_each_planted_thing_is_doubted(self, hidden: bytes) -> None:
        """The second reader finds each thing that may be hidden beside the sound."""
        assert [] == list(FORMAT.doubts(plain()))
        assert list(FORMAT.doubts(sound(hidden)))
        assert list(FORMAT.doubts(sound(before=(hidden,))))

    def test_a_rest_is_doubted(self) -> None:
        """The second reader finds what stands after the end."""
        assert list(FORMAT.doubts(plain() + b"k"))

    def test_read_as_a_file(self) -> None:
        """Bytes read as an open file are the same from anywhere in them."""
        file = Opened(cast(Buffer, b"0123456789"), 2)
        assert b"23" == file.read(2)
        assert 7 == file.seek(-1, 2)
        assert b"9" == file.read(5)
        assert file.readable()
        assert file.seekable()


class TestDamaged:
    def test_cut_off(self) -> None:
        """A file that is cut off anywhere outside its sound is refused."""
        data = FILES["recorder"]()
        for end in (*range(0, 60), 300, 700, len(data) - 9):
            check_refused(FORMAT, data[:end])

    @pytest.mark.parametrize("size", [None, 0x7FFFF000, 0xFFFFFFF0])
    def test_cut_off_in_its_sound(self, size: int | None) -> None:
        """Sound that breaks off, or says that it is longer than it is, stays as far as it is there."""
        whole = sound(before=(bext(),))
        at = whole.index(b"data") + 4
        data = whole[:-100] if size is None else whole[:at] + struct.pack("<L", size) + whole[at + 4 :]
        copy = check_cleaned(FORMAT, data)
        assert data[at:] == copy[at:]

    def test_a_wrong_size_of_the_whole(self) -> None:
        """A file that says it is shorter than its chunks are is read chunk by chunk."""
        data = sound(listed(b"INFO", word("INAM")))
        copy = check_cleaned(FORMAT, data[:4] + struct.pack("<L", len(data) - 30) + data[8:])
        assert samples() in copy

    @pytest.mark.parametrize("whole", [b"\0" * 4, b"\xff" * 4])
    def test_notes_behind_sound_that_knows_its_size(self, whole: bytes) -> None:
        """Where only the size of the whole was never written, what stands behind the sound is no sound."""
        held = form() + chunk(b"data", samples()) + listed(b"INFO", word("INAM"))
        assert samples() in check_cleaned(FORMAT, b"RIFF" + whole + b"WAVE" + held)

    def test_sound_that_runs_into_notes(self) -> None:
        """Sound whose size reaches beyond the end, over notes that stand there, is refused and not called clean."""
        held = form() + b"data" + struct.pack("<L", 1 << 20) + samples() + listed(b"INFO", word("INAM"))
        check_refused(FORMAT, b"RIFF" + struct.pack("<L", 4 + len(held)) + b"WAVE" + held)

    def test_a_chunk_that_is_not_evened_out(self) -> None:
        """A chunk that follows an odd one at once, as some editors write it, is found and emptied."""
        odd = b"data" + struct.pack("<L", 5) + b"\1\2\3\4\5"
        body = b"WAVE" + form() + odd + listed(b"INFO", word("ISFT"))
        copy = check_cleaned(FORMAT, b"RIFF" + struct.pack("<L", len(body)) + body)
        assert odd + b"JUNK" in copy

    @pytest.mark.parametrize("size", [0x7FFFFFFF, 0xFFFFFFF0])
    def test_sizes_beyond_the_end(self, size: int) -> None:
        """A chunk that says it is larger than the file is refused."""
        check_refused(FORMAT, sound(b"LIST" + struct.pack("<L", size)))
        check_refused(
            FORMAT, b"RF64\xff\xff\xff\xffWAVE" + chunk(b"ds64", struct.pack("<QQ", size << 31, 1) + bytes(12))
        )

    def test_no_sound(self) -> None:
        """A file without samples, with two sounds, or without its sizes is refused."""
        check_refused(FORMAT, b"RIFF" + struct.pack("<L", 4 + len(form())) + b"WAVE" + form())
        check_refused(FORMAT, sound(chunk(b"data", b"kestrel")))
        check_refused(FORMAT, b"RF64\xff\xff\xff\xffWAVE" + form())
        check_refused(FORMAT, b"RIFF\xff\xff\xff\xffWAVE" + form())

    def test_many_chunks(self) -> None:
        """Hundreds of thousands of empty chunks are emptied in time."""
        data = sound(chunk(b"kest", b"") * 50_000)
        assert [] == list(FORMAT.traces(copy_of(FORMAT, data)))

    @given(st.data())
    @settings(max_examples=120, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A file with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, sorted(FILES), data)
