"""Films in MP4 and QuickTime: everything hidden is told and blanked, and every picture and sound stays."""

import io
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.boxes import Part, audible, box, canary, film, frame, full, sound, video, visual
from makers.film import FILES, fragments, gopro, iphone, lecture, plain, recording, samsung, timed
from media_checks import check_any, check_cleaned, check_refused, told
from PIL import Image

from forethought.media import cleaning
from forethought.media.buffer import CannotCleanError, changed
from forethought.media.format import Wishes
from forethought.media.formats.film import FORMAT
from forethought.media.isobmff import coded
from forethought.media.isobmff.boxes import boxes
from forethought.media.isobmff.film_doubts import doubts, walked
from forethought.media.isobmff.layout import film as layout_of
from forethought.media.isobmff.layout import top
from forethought.media.isobmff.movie import moment

MAKERS = pytest.mark.parametrize("name", FILES)
FFMPEG, FFPROBE = shutil.which("ffmpeg"), shutil.which("ffprobe")
NEEDS_FFMPEG = pytest.mark.skipif(not (FFMPEG and FFPROBE), reason="ffmpeg is not installed")
JPEG = re.compile(rb"\xff\xd8\xff.*?\xff\xd9", re.DOTALL)
CODED = {
    "h264.mp4": "-c:v libx264 -c:a aac", "h264.mov": "-c:v libx264 -c:a aac -timecode 01:02:03:04",
    "fragments.mp4": "-c:v libx264 -g 3 -c:a aac -movflags frag_keyframe+empty_moov",
    "dash.mp4": "-c:v libx264 -g 3 -c:a aac -movflags frag_keyframe+empty_moov+default_base_moof",
    "h265.mov": "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a alac",
    "av1.mp4": "-c:v libaom-av1 -cpu-used 8 -c:a libopus", "mpeg4.mov": "-c:v mpeg4 -c:a adpcm_ima_qt",
    "motion.mov": "-c:v mjpeg -c:a pcm_s16le", "plain.mov": "-c:v rawvideo -pix_fmt uyvy422 -c:a pcm_s24le",
    "sound.m4a": "-vn -c:a aac",
    "h263.3gp": "-c:v h263 -s 176x144 -c:a aac", "first.mp4": "-c:v libx264 -c:a aac -movflags faststart",
}  # fmt: skip


def frames(data: bytes) -> list[bytes]:
    """Return the pixels of every picture that stands as a JPEG among a film's samples."""
    return [Image.open(io.BytesIO(found[0])).convert("RGB").tobytes() for found in JPEG.finditer(data)]


def ran(*command: str) -> str:
    """Return what a command says."""
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout


def made(name: str, folder: Path) -> Path:
    """Return a film that ffmpeg has made, with canaries in its tags."""
    source = "-f lavfi -i testsrc=size=64x48:rate=10:duration=1 -f lavfi -i sine=duration=1 -pix_fmt yuv420p"
    tags = {"title": canary("title").decode(), "artist": canary("artist").decode(), "location": "+51.4500-002.5800/",
            "creation_time": "2026-05-03T14:10:00Z"}  # fmt: skip
    told = [part for key, value in tags.items() for part in ("-metadata", f"{key}={value}")]
    path = folder / name
    try:
        ran("ffmpeg", "-v", "error", "-y", *source.split(), *CODED[name].split(), *told, str(path))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"ffmpeg does not know this codec here: {error.stderr[-80:]}")
    return path


def decoded(path: Path) -> str:
    """Return the checksums of every picture and sound in a film as ffmpeg decodes them."""
    return ran("ffmpeg", "-v", "error", "-i", str(path), "-map", "0:v?", "-map", "0:a?", "-f", "framemd5", "-")


def at(data: bytes, *path: bytes) -> int:
    """Return where what a box holds starts, the first at this path of types."""
    start, end = 0, len(data)
    for kind in path:
        found = next(each for each in boxes(data, start, end) if each.kind == kind)
        start, end = found.body, found.end
    return start


def planted(data: bytes, place: int, new: bytes) -> bytes:
    """Return a film with other bytes at a place."""
    return data[:place] + new + data[place + len(new) :]


class TestTraces:
    def test_an_iphones_film(self) -> None:
        """Place, person, device, time and software of a phone's film are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(iphone())}
        assert {
            ("place", "location.ISO6709"), ("device", "make"), ("device", "model"), ("software", "software"),
            ("person", "author"), ("time", "creationdate"), ("place", "©xyz"), ("place", "mebx track"),
            ("time", "mvhd made"), ("software", "handler"), ("edit", "mdat"), ("other", "coded picture"),
        } <= found  # fmt: skip

    def test_the_place_is_told_in_words(self) -> None:
        """Coordinates are told in degrees with the nearest town, however they are written."""
        words = "51.45000 N, 2.58000 W, in or beside Bristol (GB)"
        assert words == told(FORMAT, iphone())["location.ISO6709"]
        assert words == told(FORMAT, FILES["android"]())["loci"]
        assert words == told(FORMAT, FILES["android"]())["©xyz"]

    def test_chapters_subtitles_and_sound_that_is_off(self) -> None:
        """Text along the film is told line by line, and so are pictures and sound that nobody sees or hears."""
        found = [(trace.kind, trace.where, trace.value) for trace in FORMAT.traces(lecture())]
        assert ("words", "text track", "kestrel-chapter-1") in found
        assert ("words", "text track", "kestrel-chapter-2") in found
        assert ("words", "tx3g track", "kestrel-chapter-1") in found
        assert ("picture", "jpeg track", "a picture that is not shown") in found
        assert ("edit", "sowt track", "sound that is switched off") in found

    def test_a_players_tags(self) -> None:
        """Tags are told by name, their pictures with what these hold, and chapters by their titles."""
        found = told(FORMAT, lecture())
        assert "kestrel-ART" == found["©ART"]
        assert "kestrel-own" == found["com.apple.iTunes kestrel-key"]
        assert "kestrel-chpl" == found["chapter"]
        assert "kestrel-frame-0" == found["covr: comment"]
        assert "120" == found["tmpo"]
        assert "kestrel-creator" == found["XMP creator"]

    def test_where_a_camera_moved(self) -> None:
        """Notes along the film that tell where it moved are told as a place, and its clock as a time."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(gopro())}
        assert {
            ("place", "gpmd track sample"),
            ("time", "tmcd track"),
            ("device", "MUID"),
            ("software", "FIRM"),
        } <= found

    def test_notes_along_a_film_in_fragments(self) -> None:
        """Notes along a film in fragments are told too, and so are events and clocks between these."""
        found = told(FORMAT, fragments())
        assert "kestrel-camm" in found["camm track sample"]
        assert "kestrel-event" in found["emsg"]
        assert "kestrel-prft" in found["prft"]

    def test_an_unknown_box_is_told(self) -> None:
        """What is not known is told rather than passed over, wherever it stands."""
        data = film(
            [video(more=box(b"odd1", canary("in-track")))], box(b"odd2", canary("in-index")), behind=box(b"odd3")
        )
        assert {
            "odd1": "16 bytes: kestrel-in-track",
            "odd2": "16 bytes: kestrel-in-index",
            "odd3": "0 bytes",
        }.items() <= (told(FORMAT, data).items())

    @pytest.mark.parametrize(
        ("seconds", "words"),
        [
            (3_860_662_200, "2026-05-03 14:10:00 UTC"), (1_777_817_400, "2026-05-03 14:10:00 UTC"),
            (1 << 63, "9223372036854775808 seconds"),
        ],
    )  # fmt: skip
    def test_times(self, seconds: int, words: str) -> None:
        """Times are counted from 1904, by mistake sometimes from 1970, and may be none at all."""
        assert words == moment(seconds)


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, both readers find nothing in it, and it is as long as it was."""
        data = FILES[name]()
        copy = check_cleaned(FORMAT, data)
        assert len(data) - 20 < len(copy) <= len(data)

    @MAKERS
    def test_every_canary_is_told(self, name: str) -> None:
        """Each hidden value is told, but for sound and pictures, which are told as such."""
        data = FILES[name]()
        said = " ".join(f"{trace.where} {trace.value}" for trace in FORMAT.traces(data))
        hidden = {each.decode() for each in re.findall(rb"kestrel-(?!off)\w+", data)}
        assert set() == {each for each in hidden if each not in said}

    @MAKERS
    def test_the_pictures_stay(self, name: str) -> None:
        """Every picture that is shown is the same in the copy."""
        count = {"recording": 0, "fragments": 2}.get(name, 4)
        assert [frames(frame(number))[0] for number in range(count)] == frames(copy_of(FORMAT, FILES[name]()))

    def test_the_sound_stays(self) -> None:
        """Every sample of sound is the same in the copy."""
        data, copy = recording(), copy_of(FORMAT, recording())
        assert all(each in data and each in copy for each in sound(1).samples)

    def test_only_a_film_with_a_name(self) -> None:
        """A film with nothing to tell but what made it loses that, and nothing else."""
        copy = copy_of(FORMAT, plain())
        assert frames(plain()) == frames(copy)
        assert b"sowt" in copy

    @NEEDS_FFMPEG
    @MAKERS
    def test_ffmpeg_decodes_the_same(self, name: str, tmp_path: Path) -> None:
        """The copies of films made by hand decode to the same pictures and sound as the films do."""
        if name == "lecture":
            pytest.skip("tracks that are not shown are gone from its copy")
        (tmp_path / "a.mov").write_bytes(FILES[name]())
        (tmp_path / "b.mov").write_bytes(copy_of(FORMAT, FILES[name]()))
        assert decoded(tmp_path / "a.mov").count("\n") > 8
        assert decoded(tmp_path / "a.mov") == decoded(tmp_path / "b.mov")

    @NEEDS_FFMPEG
    @pytest.mark.parametrize("name", CODED)
    def test_every_codec_decodes_the_same(self, name: str, tmp_path: Path) -> None:
        """The copy of a film decodes to the same pictures and sound, and holds no tag that ffprobe finds."""
        path = made(name, tmp_path)
        data = path.read_bytes()
        assert sings(data)
        copy = tmp_path / f"copy-{name}"
        copy.write_bytes(copy_of(FORMAT, data))
        assert not sings(copy.read_bytes())
        assert [] == [*FORMAT.traces(copy.read_bytes()), *FORMAT.doubts(copy.read_bytes())]
        assert decoded(path) == decoded(copy)
        shown = json.loads(
            ran("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", str(copy))
        )
        tags = [shown["format"], *shown["streams"]]
        left = {(key, value) for each in tags for key, value in each.get("tags", {}).items()}
        assert {"language", "major_brand", "minor_version", "compatible_brands", "vendor_id"} >= {
            key for key, _ in left
        }
        assert {"[0][0][0][0]"} >= {value for key, value in left if key == "vendor_id"}
        assert [] == shown["chapters"]
        assert {"video", "audio"} >= {each["codec_type"] for each in shown["streams"]}

    def test_as_a_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A film goes through the whole of cleaning, keeps its suffix, and is looked at twice."""
        monkeypatch.setattr(cleaning, "recognise", lambda data: FORMAT)
        (tmp_path / "a.mp4").write_bytes(iphone())
        cleaned = cleaning.clean(tmp_path / "a.mp4", tmp_path / "out")
        assert tmp_path / "out/film.mp4" == cleaned.copy, cleaned

    def test_a_long_stretch_takes_little_memory(self) -> None:
        """A large part that is blanked is blanked in pieces that are one and the same."""
        changes = list(FORMAT.clean(film([video()], behind=box(b"odd1", canary("long") + bytes(5 << 20))), Wishes()))
        assert max(len(change.new) for change in changes) == 1 << 20
        assert 2 > len({id(change.new) for change in changes if len(change.new) == 1 << 20})


class TestOdd:
    def test_a_film_of_old(self) -> None:
        """A film without a type, whose samples stand first, is known and cleaned."""
        data = film([video(), sound()], box(b"udta", box(b"name", canary("name")), bytes(4)))
        whole = data[len(box(b"ftyp", bytes(16))) :]
        old = box(b"wide", bytes(16)) + whole
        assert frames(old) == frames(copy_of(FORMAT, old))
        assert not sings(copy_of(FORMAT, old))

    def test_a_last_box_without_a_size(self) -> None:
        """A last box whose size is 0 reaches to the end of the film."""
        data = film([video()], index_first=True)
        place = data.index(b"\0\0\0\1mdat")
        small = data.replace(b"\0\0\0\1mdat" + data[place + 8 : place + 16], box(b"wide") + bytes(4) + b"mdat")
        assert frames(data) == frames(copy_of(FORMAT, small))

    def test_every_track_is_switched_off(self) -> None:
        """A film all of whose tracks are switched off keeps them, since players show them all the same."""
        assert 4 == len(frames(copy_of(FORMAT, film([video(flags=0), sound(flags=0)]))))

    @pytest.mark.parametrize("needed", [box(b"QDCA", b"how 1"), box(b"ms\0\2", b"how 2")])
    def test_what_decoders_of_sound_begin_with(self, needed: bytes) -> None:
        """What the decoders of old sound begin with stays, and what else stands beside it goes."""
        entry = audible(b"QDM2", box(b"wave", needed, box(b"kest", b"kestrel"), box(bytes(4))))
        copy = copy_of(FORMAT, film([replace(sound(), entry=entry)]))
        assert needed in copy
        assert not sings(copy)

    def test_two_tracks_that_are_described_alike(self) -> None:
        """How sound that goes is coded is not looked for in the copy, since sound that stays may be coded alike."""
        alike = audible(b"sowt", box(b"chan", b"kestrelalike"))
        first, other = (replace(sound(number, flags=flags), entry=alike) for number, flags in ((2, 3), (3, 0)))
        found = [trace for trace in FORMAT.traces(film([video(), first, other])) if "description" in trace.where]
        assert [()] == [trace.needles for trace in found]

    def test_zeros_between_samples(self) -> None:
        """Zeros between samples tell nothing, and are no trace."""
        assert "mdat" not in told(FORMAT, film([video()], lost=bytes(100)))

    @pytest.mark.parametrize(("bits", "packed"), [(4, b"\x45\x60"), (8, b"\4\5\6"), (16, b"\0\4\0\5\0\6")])
    def test_short_sizes(self, bits: int, packed: bytes) -> None:
        """Sizes of samples that are written in few bits are read as such."""
        tones = [bytes([n]) * (n + 3) for n in range(1, 4)]
        data = film([Part(1, b"soun", audible(b"raw "), tones)], lost=canary("lost"))
        place = data.index(b"stsz") - 4
        new = struct.pack(">L4s3L", 32, b"stz2", 0, bits, 3) + packed.ljust(12, b"\0")
        copy = copy_of(FORMAT, planted(data, place, new))
        assert not sings(copy)
        assert all(each in copy for each in tones)

    @pytest.mark.parametrize("version", [1, 2])
    def test_sound_that_is_packed(self, version: int) -> None:
        """QuickTime's sound of which so many samples stand in so many bytes is kept whole."""
        more = {1: struct.pack(">4L", 64, 34, 34, 2), 2: bytes(20) + struct.pack(">4L", 0, 0, 34, 64)}[version]
        entry = box(b"ima4", struct.pack(">6xHHH4s4HL", 1, version, 0, bytes(4), 1, 16, 0, 0, 8_000 << 16), more)
        tone = bytes(range(1, 69))
        copy = copy_of(FORMAT, film([Part(1, b"soun", entry, [tone], each=128, size=1)], lost=canary("lost")))
        assert tone in copy
        assert not sings(copy)

    def test_brands_that_are_known_stay(self) -> None:
        """A film stays of its type; a maker's own brand becomes a plain one."""
        copy = copy_of(FORMAT, film([video()], brand=b"mp42"))
        assert b"mp42" + bytes(4) + b"mp42isom" == copy[8:24]

    def test_a_profile_loses_its_names(self) -> None:
        """Pictures with a colour profile keep it in numbers."""
        from makers.pictures import profile

        part = Part(1, b"vide", visual(b"jpeg", box(b"colr", b"prof", profile("kestrel screen"))), video().samples)
        data = film([part])
        assert "device" in {trace.kind for trace in FORMAT.traces(data)}
        copy = copy_of(FORMAT, data)
        assert b"k\0e\0s" not in copy
        assert b"rXYZ" in copy
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]


class TestInPictures:
    def test_a_message_of_a_coded_picture(self) -> None:
        """Words in a unit of H.264 are taken out without changing how many bytes count in it."""
        unit = b"\x06\x05\x1a" + b"\1" * 14 + b"\0\0\3" + b"kestrel-se" + b"\x80"
        data = struct.pack(">L", len(unit)) + unit + struct.pack(">L", 3) + b"\x65\1\2"
        notes = list(coded.units(data, 0, len(data), 4, 1))
        copy = b"".join(changed(data, [note.change for note in notes]))
        assert b"\x06\x05\x1a" + b"\xff" * 14 + b"\0\0\3" + b"\xff" * 10 + b"\x80" == copy[4:-7]
        assert [] == list(coded.units(copy, 0, len(copy), 4, 1))

    def test_messages_that_pictures_need(self) -> None:
        """How pictures are to be shown stays: their brightness and where decoding may start."""
        for message in (b"\x06\x01\1\5", b"\x04\x05\xb5\x00\x3c\x00\x01"):
            unit = b"\x4e\1" + message + b"\x80"
            data = struct.pack(">H", len(unit)) + unit
            assert [] == list(coded.units(data, 0, len(data), 2, 2))

    @pytest.mark.parametrize("kind", [4, 136])
    def test_captions_and_clocks(self, kind: int) -> None:
        """Captions and clocks inside coded pictures are taken out."""
        unit = b"\x4e\1" + bytes([kind, 7]) + b"\xb5GA94\3A" + b"\x80"
        data = struct.pack(">L", len(unit)) + unit
        assert [b"\xb5GA94\3A"] == [note.old for note in coded.units(data, 0, len(data), 4, 2)]

    def test_metadata_of_av1(self) -> None:
        """What a camera notes in AV1 becomes padding of the same size, and padding with words in it is emptied."""
        data = b"\x12\0" + b"\x2a\x09\x06kestrel-" + b"\x7a\x07kestrel" + b"\x2a\x02\x01\x05" + b"\x30abc"
        copy = b"".join(changed(data, [note.change for note in coded.obus(data, 0, len(data))]))
        assert b"\x12\0" + b"\x7a\x09" + b"\xff" * 9 + b"\x7a\x07" + b"\xff" * 7 + b"\x2a\x02\x01\x05\x30abc" == copy
        assert [] == list(coded.obus(copy, 0, len(copy)))

    def test_user_data_of_mpeg(self) -> None:
        """Words in MPEG-4 are taken out, but for the name of an encoder, by which decoders go."""
        data = b"\0\0\1\xb2Lavc59.37.100\0\0\1\xb2kestrel here\0\0\1\xb6abc"
        assert [b"kestrel here"] == [note.old for note in coded.user_data(data, 0, len(data))]

    @pytest.mark.parametrize("unit", [b"\0\0\0\x09\x06\x05", b"\x02\x06\x05\x30", b"\x7a\xff\xff"])
    def test_what_breaks_off(self, unit: bytes) -> None:
        """A unit that goes on beyond its samples is refused."""
        readers = [lambda: coded.units(unit, 0, len(unit), 4, 1), lambda: coded.obus(b"\x7a\xff\xff", 0, 3)]
        for read in readers:
            with pytest.raises(CannotCleanError):
                list(read())


class TestInPicturesOfAFilm:
    """Films whose coded pictures hold notes, by hand, so that no encoder is needed."""

    @pytest.mark.parametrize(
        ("kind", "config", "sample"),
        [
            (
                b"avc1",
                box(b"avcC", b"\1\x42\0\x0a\xff\xe0\0"),
                struct.pack(">L", 26) + b"\6\5\x17" + b"\1" * 16 + b"kestrel",
            ),
            (b"av01", box(b"av1C", b"\x81\0\0\0"), b"\x12\0\x2a\x09\x05kestrel!"),
            (b"mp4v", box(b"esds", bytes(20)), b"\0\0\1\xb2kestrel\0\0\1\xb6"),
        ],
    )
    def test_notes_in_samples(self, kind: bytes, config: bytes, sample: bytes) -> None:
        """What is noted inside samples is told and taken out, in each way of coding."""
        data = film([Part(1, b"vide", visual(kind, config), [sample, sample])])
        assert "kestrel" in told(FORMAT, data)["coded picture"]
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    @pytest.mark.parametrize(
        "config",
        [
            box(b"av1C", b"\x81\0\0\0", b"\x2a\x09\x05kestrel!"),
            box(b"esds", b"\5\x20\0\0\1\xb2kestrel-esds\6\1\2"),
        ],
    )
    def test_notes_where_a_decoder_begins(self, config: bytes) -> None:
        """What is noted where a decoder begins is told and taken out."""
        kind = b"av01" if b"av1C" in config else b"mp4v"
        data = film([Part(1, b"vide", visual(kind, config), [b"\x12\0"])])
        assert "kestrel" in told(FORMAT, data)["coded picture"]
        assert not sings(copy_of(FORMAT, data))

    def test_jpegs_described_as_mpeg(self) -> None:
        """JPEGs that are described by the number of their form lose their comments, and no coded byte is touched."""
        config = full(b"esds", 0, 0, b"\3\x80\x80\x80\x1b\0\1\0\4\x80\x80\x80\x0d\x6c\x11", bytes(11))
        coded_like_mpeg = frame(0)[:-2] + b"\0\0\1\xb2words\xff\xd9"
        data = film([Part(1, b"vide", visual(b"mp4v", config), [coded_like_mpeg])])
        copy = copy_of(FORMAT, data)
        assert "kestrel" in told(FORMAT, data)["coded picture"]
        assert not sings(copy)
        assert b"\0\0\1\xb2words" in copy

    def test_an_encoders_name_stays(self) -> None:
        """The short name by which decoders go about an old encoder's faults stays in MPEG-4."""
        config = box(b"esds", b"\5\x20\0\0\1\xb2Lavc59.37.100\6\1\2")
        data = film([Part(1, b"vide", visual(b"mp4v", config), [b"\0\0\1\xb6"])])
        assert b"Lavc59.37.100\6\1\2" in copy_of(FORMAT, data)


class TestDoubts:
    @MAKERS
    def test_an_uncleaned_film_is_doubted(self, name: str) -> None:
        """The second reader finds something in every film that was not cleaned."""
        assert len(list(FORMAT.doubts(FILES[name]()))) > 3

    def test_what_is_planted_in_a_copy(self) -> None:
        """The strict walk finds each thing that is put back into a copy."""
        copy = copy_of(FORMAT, samsung())
        track = (b"moov", b"trak", b"mdia")
        for place, new, said in (
            (at(copy, b"moov", b"mvhd") + 4, b"\1", "a time"), (at(copy, *track, b"mdhd") + 11, b"\1", "a time"),
            (at(copy, *track, b"hdlr") + 24, b"words", "a name"), (at(copy, *track, b"hdlr") + 8, b"meta", "neither"),
            (at(copy, *track, b"minf", b"stbl", b"stsd") + 60, b"some words here", "words"),
            (at(copy, b"moov", b"free") + 2, b"k", "padding"), (at(copy, b"moov", b"free") - 4, b"udta", "a box"),
        ):  # fmt: skip
            assert said in " ".join(walked(planted(copy, place, new))), new

    def test_bytes_that_no_track_uses(self) -> None:
        """The strict walk finds what lies between samples, whatever found() says."""
        copy = copy_of(FORMAT, iphone())
        lost = planted(copy, at(copy, b"mdat"), b"kestrel-lost")
        assert ["bytes at"] == [doubt[:8] for doubt in doubts(lost)]

    @pytest.mark.parametrize("kind", [b"stco", b"stsz", b"stsc", b"stsd"])
    def test_tables_that_are_missing_or_too_large(self, kind: bytes) -> None:
        """A copy without a table, or whose table counts without end, is doubted at once."""
        data = plain()
        assert "cannot be read" in " ".join(doubts(data.replace(kind, b"odd1"))) or kind == b"stsd"
        place = data.index(b"stsc") + 16
        assert list(doubts(planted(data, place, b"\x7f\xff\xff\xff")))

    @pytest.mark.parametrize("data", [b"", b"\0", bytes(20), b"\0\0\0\x08free" * 300_000, plain()[:-30]])
    def test_never_fails(self, data: bytes) -> None:
        """Whatever it is given, the second reader answers."""
        assert isinstance(list(doubts(data)), list)


class TestRefused:
    @pytest.mark.parametrize(
        ("parts", "how", "why"),
        [
            ([], {"more": box(b"cmov", b"zlib")}, "packed"),
            ([Part(1, b"vide", visual(b"encv"), [b"a"])], {}, "locked"),
            ([Part(1, b"vide", visual(b"dvcp"), [b"a"])], {}, "time of recording"),
            ([Part(1, b"vide", visual(b"avc1"), [b"a"])], {}, "not built"),
            ([timed(1, b"meta", b"gpmd", [b"a"])], {}, "neither picture nor sound"),
            ([video(1), video(1)], {}, "same number"),
            ([video(size=60_000)], {}, "breaks off"),
            ([Part(1, b"soun", audible(b"agsm"), [b"abc"], each=3, size=1)], {}, "packed in an old way"),
            ([Part(1, b"soun", audible(), [b"abc"], each=3, size=0x7FFF_FFFF)], {}, "breaks off"),
        ],
    )
    def test_what_cannot_be_cleaned(self, parts: Sequence[Part], how: dict[str, bytes], why: str) -> None:
        """Films that are locked, packed, or hold what cannot be taken out are refused with the reason."""
        data = film(parts or [video()], **how)  # type: ignore[arg-type]
        with pytest.raises(CannotCleanError, match=why):
            copy_of(FORMAT, data)

    def test_a_part_that_was_cut_away(self) -> None:
        """A part that only the list of edits leaves out is told, and the film refused."""
        edits = box(b"edts", full(b"elst", 0, 0, struct.pack(">LLlL", 1, 500, 3_000, 0x10000)))
        data = film([video(count=4, lasts=1_000, more=edits)])
        assert "3.5 seconds" in told(FORMAT, data)["elst"]
        with pytest.raises(CannotCleanError, match="cut away"):
            copy_of(FORMAT, data)

    def test_edits_that_show_nearly_all(self) -> None:
        """An edit that leaves out no more than a decoder needs to begin is none."""
        edits = box(b"edts", full(b"elst", 0, 0, struct.pack(">LLlL", 1, 350, 50, 0x10000)))
        assert 4 == len(frames(copy_of(FORMAT, film([video(more=edits)]))))

    def test_samples_in_another_file(self) -> None:
        """A film whose pictures lie in another file is refused."""
        data = film([video()])
        with pytest.raises(CannotCleanError, match="another file"):
            copy_of(FORMAT, data.replace(b"alis\0\0\0\1", b"alis\0\0\0\0"))

    def test_hidden_and_shown_in_the_same_bytes(self) -> None:
        """Notes that lie in the bytes of a picture cannot be blanked without it."""
        data = bytearray(film([video(), timed(2, b"meta", b"gpmd", [b"kestrel"] * 4)]))
        first, second = (found.end() + 8 for found in re.finditer(rb"stco", data))
        data[second : second + 4] = data[first : first + 4]
        with pytest.raises(CannotCleanError, match="same bytes"):
            copy_of(FORMAT, bytes(data))

    def test_no_index_or_two(self) -> None:
        """A film without an index, or with two, is refused."""
        data = plain()
        place = data.index(b"moov") - 4
        for wrong in (data[:place], data + data[place:], b"", box(b"ftyp", b"isom" + bytes(4))):
            check_refused(FORMAT, wrong)


class TestDamaged:
    @MAKERS
    def test_cut_off_at_every_border(self, name: str) -> None:
        """A film that is cut off within or between its boxes is refused, or still whole."""
        data = FILES[name]()
        found, _ = top(data)
        samples = max(end for _, end in layout_of(data, found).kept)
        needed = max(samples, max(box.end for box in found if box.kind in (b"moov", b"moof")))
        for each in found:
            for end in (each.start, each.start + 4, each.start + 9, each.end - 1):
                if end < needed and name != "fragments":
                    check_refused(FORMAT, data[:end])

    def test_cut_off_within_its_index(self) -> None:
        """An index that is cut off at any box in it is refused."""
        data = iphone()
        index = next(each for each in top(data)[0] if each.kind == b"moov")
        for each in boxes(data, index.body, index.end):
            check_refused(FORMAT, data[: each.start + 5])

    @pytest.mark.parametrize("size", [2, 7, 9, 0x7FFF_FFFF, 0xFFFF_FFFF])
    @pytest.mark.parametrize("kind", [b"moov", b"trak", b"mdia", b"stbl", b"stsd", b"stco", b"hdlr", b"tkhd", b"jpeg"])
    def test_a_size_that_cannot_be(self, kind: bytes, size: int) -> None:
        """A box that says it is smaller than its own head, or larger than what it lies in, is refused."""
        data = plain()
        check_refused(FORMAT, planted(data, data.index(kind) - 4, struct.pack(">L", size)))

    @pytest.mark.parametrize("kind", [b"stsz", b"stco", b"stts", b"stsc", b"stsd"])
    def test_a_count_that_cannot_be(self, kind: bytes) -> None:
        """A table that counts more rows than it holds is refused before it is read."""
        data = plain()
        place = data.index(kind) + 8 + (4 if kind == b"stsz" else 0)
        check_refused(FORMAT, planted(data, place, b"\xff\xff\xff\xff"))

    def test_very_many_boxes(self) -> None:
        """A film of nothing but small boxes is refused rather than read for ever."""
        check_refused(FORMAT, plain() + box(b"free") * 200_000)

    def test_boxes_in_boxes(self) -> None:
        """Boxes of notes that lie in each other ever deeper are followed no further than makes sense."""
        nest = canary("deep")
        for _ in range(3_000):
            nest = box(b"smta", nest)
        data = film([video()], box(b"udta", nest))
        assert "smta" in told(FORMAT, data)
        assert not sings(copy_of(FORMAT, data))

    def test_notes_that_are_damaged(self) -> None:
        """Notes that are not built as such notes are told by what can be read in them, and are gone from the copy."""
        for notes in (b"\0\0\xff\xffilstkestrel-odd", struct.pack(">L4s", 12, b"loci") + b"\0\0\0\0", b"\xff" * 40):
            data = film([video()], box(b"udta", notes + canary("damaged")))
            assert told(FORMAT, data)
            assert not sings(copy_of(FORMAT, data))

    @given(st.data())
    @settings(max_examples=120, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A film with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, sorted(FILES), data)
