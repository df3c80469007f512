"""Stills in HEIC and AVIF: everything hidden is told and blanked, and the picture that is shown stays."""

import io
import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.boxes import box, canary, full
from makers.heif import FILES, Piece, avif, camera, decoder_start, exif_item, iphone, row, slice_unit, still
from makers.pictures import camera_notes, picture, profile
from media_checks import check_any, check_cleaned, check_refused, told
from PIL import Image

from forethought.media import cleaning
from forethought.media.buffer import CannotCleanError, DamagedError
from forethought.media.format import Wishes
from forethought.media.formats.heif import FORMAT
from forethought.media.isobmff.boxes import boxes
from forethought.media.isobmff.items import still as read_still
from forethought.media.isobmff.layout import top
from forethought.media.isobmff.profiles import nameless

MAKERS = pytest.mark.parametrize("name", FILES)
OPENED = pytest.mark.parametrize("name", ["avif", "row"])
SIZE = full(b"ispe", 0, 0, struct.pack(">LL", 48, 32))
JPEG = re.compile(rb"\xff\xd8\xff.*?\xff\xd9", re.DOTALL)


def one(kind: bytes = b"hvc1", *more: bytes, places: int = 1, properties: tuple[bytes, ...] = ()) -> bytes:
    """Return a still of one item; `more` stands in its box."""
    piece = Piece(kind, slice_unit(1), [1, 2, *range(3, 3 + len(properties))])
    return still([piece], [SIZE, decoder_start(), *properties], [], b"".join(more))


def changed_at(data: bytes, place: int, new: bytes) -> bytes:
    """Return a still with other bytes at a place."""
    return data[:place] + new + data[place + len(new) :]


class TestTraces:
    def test_an_iphones_photo(self) -> None:
        """Place, people, device, words, further pictures and a film are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(iphone())}
        assert {
            ("place", "EXIF GPS"), ("person", "EXIF Artist"), ("device", "EXIF Make"),
            ("time", "EXIF DateTimeOriginal"), ("place", "XMP GPS"), ("words", "udes"),
            ("time", "crtt"), ("picture", "hvc1 item"), ("file", "mpvd"),
            ("device", "ICC profile"), ("edit", "mdat"), ("other", "coded picture"), ("other", "after the end"),
            ("other", "uri item"), ("other", "kest item"), ("other", "grpl"),
        } <= found  # fmt: skip

    def test_what_each_further_picture_is(self) -> None:
        """A thumbnail, a picture beside the one that is shown, and another picture are told apart."""
        values = [trace.value for trace in FORMAT.traces(iphone()) if trace.kind == "picture"]
        assert ["a small picture", "a picture beside", "another picture"] == [
            next(words for words in ("a small picture", "a picture beside", "another picture") if words in value)
            for value in values
        ]
        assert "hdrgainmap" in values[1]

    def test_the_place_is_told_in_words(self) -> None:
        """Coordinates are told in degrees, with the nearest town."""
        for make in (iphone, camera, avif):
            assert "51.45000 N, 2.58333 W, in or beside Bristol (GB)" == told(FORMAT, make())["EXIF GPS"]

    def test_an_unknown_property_is_told(self) -> None:
        """What is not known is told rather than passed over, wherever it stands."""
        found = told(
            FORMAT, one(b"hvc1", box(b"odd1", canary("in-meta")), properties=(box(b"odd2", canary("property")),))
        )
        assert "kestrel-in-meta" in found["odd1"]
        assert "kestrel-property" in found["odd2"]


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, both readers find nothing in it, and nothing in it moved."""
        data = FILES[name]()
        copy = check_cleaned(FORMAT, data)
        assert len(data) - 20 < len(copy) <= len(data)

    @MAKERS
    def test_every_canary_is_told(self, name: str) -> None:
        """Each hidden value is told, but for those inside pictures and a film, which are told as such."""
        data = FILES[name]()
        data = data.split(b"mpvd")[0]
        said = " ".join(trace.value for trace in FORMAT.traces(FILES[name]()))
        hidden = {each.decode() for each in re.findall(rb"kestrel-(?:lens-serial|\w+)", data)}
        assert {each for each in hidden if each not in said} <= {
            "kestrel-thumb", "kestrel-burstkestrel", "kestrel-makernote", "kestrel-plistkestrel", "kestrel-ownkestrel",
        }  # fmt: skip

    @OPENED
    def test_the_pixels_stay(self, name: str) -> None:
        """Every pixel of every frame is the same in the copy, in the same colours."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data)
        assert upright(data) == upright(copy)
        with Image.open(io.BytesIO(copy)) as image:
            assert (2 if name == "row" else 1) == image.n_frames

    def test_the_coded_bytes_stay(self) -> None:
        """What is coded of the tiles and the alpha of a photo stays; that of its thumbnail does not."""
        copy = copy_of(FORMAT, iphone())
        assert all(slice_unit(number) in copy for number in (1, 2, 5))
        assert not any(slice_unit(number) in copy for number in (3, 4, 6))

    def test_the_turn_stays(self) -> None:
        """How a photo is to be turned is kept, since readers go by it."""
        assert box(b"irot", b"\1") in copy_of(FORMAT, iphone())

    def test_a_turned_avif(self) -> None:
        """The notes that Pillow makes up from how a picture is to be turned are no doubt, and the turn stays."""
        held = io.BytesIO()
        picture().save(held, "AVIF", exif=camera_notes(6))
        copy = copy_of(FORMAT, held.getvalue())
        assert b"irot" in copy
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_an_empty_profile(self) -> None:
        """A profile without a byte, as some cameras write it, names nobody and stays."""
        empty = box(b"colr", b"prof")
        assert empty in copy_of(FORMAT, one(properties=(empty,)))

    def test_a_jpeg_in_a_heif(self) -> None:
        """A JPEG in a HEIF loses its comment and keeps its pixels."""
        before, after = (JPEG.search(data) for data in (camera(), copy_of(FORMAT, camera())))
        assert before
        assert after
        assert b"kestrel" not in after[0]
        assert upright(before[0]) == upright(after[0])

    def test_no_reader_knows_the_items_that_went(self) -> None:
        """Every item that went has a type that no reader knows, no name, and nothing in it."""
        copy = copy_of(FORMAT, iphone())
        meta = next(each for each in top(copy)[0] if each.kind == b"meta")
        held = read_still(copy, replace(meta, body=meta.body + 4))
        assert {1, 2, 3, 6} == held.shown
        for item in held.items:
            if item.number not in held.shown:
                assert b"free" == item.kind
                assert not any(any(copy[start:end]) for start, end in item.extents)

    def test_painted_anew(self) -> None:
        """A still in AVIF can be painted anew, and holds nothing then; one in HEIC or one that moves cannot."""
        copy = copy_of(FORMAT, avif(), Wishes(repaint=True))
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]
        with Image.open(io.BytesIO(copy)) as image:
            assert (48, 32) == image.size
        for make in (iphone, row):
            with pytest.raises(CannotCleanError, match="painted anew"):
                copy_of(FORMAT, make(), Wishes(repaint=True))

    def test_as_a_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A photo goes through the whole of cleaning, keeps its suffix, and is looked at twice."""
        monkeypatch.setattr(cleaning, "recognise", lambda data: FORMAT)
        for name, make in (("a.heic", iphone), ("b.avif", avif)):
            (tmp_path / name).write_bytes(make())
            cleaned = cleaning.clean(tmp_path / name, tmp_path / "out")
            assert tmp_path / f"out/picture.{name[2:]}" == cleaned.copy, cleaned


class TestProfiles:
    def test_names_go_and_colours_stay(self) -> None:
        """A profile of the same size names nobody, still opens, and has the same colours."""
        from PIL import ImageCms

        made = nameless(profile("kestrel screen"))
        assert len(profile("kestrel screen")) == len(made)
        assert "kept" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(made)))
        assert made == nameless(made)
        assert not sings(made)
        shown = [
            ImageCms.profileToProfile(
                picture(), ImageCms.ImageCmsProfile(io.BytesIO(each)), ImageCms.createProfile("sRGB")
            ).tobytes()
            for each in (profile("kestrel screen"), made)
        ]
        assert shown[0] == shown[1]

    @pytest.mark.parametrize("data", [b"", bytes(200), bytes(36) + b"acsp" + bytes(88) + b"\xff" * 4])
    def test_what_is_no_profile(self, data: bytes) -> None:
        """What is no profile is refused."""
        with pytest.raises(DamagedError):
            nameless(data)

    def test_parts_that_lie_in_each_other(self) -> None:
        """Where words lie over numbers the numbers stay as they are, and none of the words do."""
        made = bytearray(profile("kestrel screen"))
        (count,) = struct.unpack_from(">L", made, 128)
        rows = {bytes(made[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
        (place,) = struct.unpack_from(">L", made, rows[b"rXYZ"] + 4)
        struct.pack_into(">LL", made, rows[b"desc"] + 4, place - 1, 60)
        copy = nameless(bytes(made))
        assert made[place : place + 20] == copy[place : place + 20]
        assert not sings(copy)


class TestDoubts:
    @MAKERS
    def test_an_uncleaned_still_is_doubted(self, name: str) -> None:
        """The second readers find several things in every still that was not cleaned."""
        assert len(list(FORMAT.doubts(FILES[name]()))) > 3

    @pytest.mark.parametrize(
        ("kind", "new", "said"),
        [(b"free", b"Exif", "type Exif"), (b"free", b"mime", "type mime"), (b"hvc1", b"hvc1k", "a name")],
    )
    def test_an_item_that_is_put_back(self, kind: bytes, new: bytes, said: str) -> None:
        """An item whose type or name is put back is found."""
        copy = copy_of(FORMAT, iphone())
        found = re.search(rb"infe\x02\0\0\0\0.\0\0" + kind, copy, re.DOTALL)
        assert found
        assert said in " ".join(FORMAT.doubts(changed_at(copy, found.end() - 4, new)))

    def test_notes_that_are_put_back(self) -> None:
        """Camera notes that still lie in the bytes are found."""
        copy = copy_of(FORMAT, iphone())
        place = iphone().index(exif_item())
        assert "Exif" in " ".join(FORMAT.doubts(changed_at(copy, place, exif_item())))

    def test_a_list_that_keeps_a_reader_busy(self) -> None:
        """A list of items with a box of no size is doubted at once, and given to no other reader."""
        data = iphone()
        place = data.index(b"iref") - 4
        assert list(FORMAT.doubts(changed_at(data, place, struct.pack(">L", 1) + b"iref" + bytes(8))))

    def test_a_picture_that_does_not_open(self) -> None:
        """A still whose coded picture is gone is doubted."""
        copy = copy_of(FORMAT, avif())
        mdat = next(each for each in top(copy)[0] if each.kind == b"mdat")
        assert list(FORMAT.doubts(changed_at(copy, mdat.body, bytes(mdat.end - mdat.body)).replace(b"av1C", b"free")))

    @pytest.mark.parametrize("data", [b"", bytes(40), iphone()[:500], avif()[:300]])
    def test_never_fails(self, data: bytes) -> None:
        """Whatever they are given, the second readers answer."""
        assert isinstance(list(FORMAT.doubts(data)), list)


class TestRefused:
    @pytest.mark.parametrize("kind", [b"iovl", b"kest", b"Exif", b"tili"])
    def test_a_picture_of_another_kind(self, kind: bytes) -> None:
        """A still that is put together in a way that is not known is refused."""
        with pytest.raises(CannotCleanError, match="put together"):
            copy_of(FORMAT, one(kind))

    def test_a_crop(self) -> None:
        """A crop that only hides a part is told, and the still refused; one that evens out its size stays."""
        assert "256 rows" in told(FORMAT, iphone((512, 256)))["clap"]
        with pytest.raises(CannotCleanError, match="cut away"):
            copy_of(FORMAT, iphone((512, 256)))
        assert not sings(copy_of(FORMAT, iphone((511, 500))))

    @pytest.mark.parametrize(("size", "stays"), [((64, 100), True), ((65, 100), False)])
    def test_a_crop_of_a_small_picture(self, size: tuple[int, int], stays: bool) -> None:
        """A crop of a picture that is as small as encoders make them only evens it out, so it stays."""
        small = full(b"ispe", 0, 0, struct.pack(">LL", *size))
        data = one(properties=(small, box(b"clap", struct.pack(">8L", 29, 1, 100, 1, 0, 1, 0, 1))))
        assert stays == ("clap" not in told(FORMAT, data))

    def test_a_locked_picture(self) -> None:
        """A picture that is locked is refused."""
        data = one()
        place = data.index(b"infe") + 4 + 6
        with pytest.raises(CannotCleanError, match="locked"):
            copy_of(FORMAT, changed_at(data, place, b"\0\1"))

    def test_parts_in_odd_places(self) -> None:
        """A picture whose bytes lie in another file, or are counted from another item, is refused."""
        data = one()
        place = data.index(b"iloc") + 4 + 8 + 2
        for new in (b"\0\0\0\1", b"\0\2\0\0"):
            with pytest.raises(CannotCleanError, match="odd place"):
                copy_of(FORMAT, changed_at(data, place, new))

    def test_hidden_and_shown_in_the_same_bytes(self) -> None:
        """Notes that lie in the bytes of the picture cannot be blanked without it."""
        data = still([Piece(b"jpeg", b"abc", [1]), Piece(b"Exif", b"def")], [SIZE], [])
        rows = data.index(b"iloc") + 4 + 8
        first = data[rows + 8 : rows + 16]
        with pytest.raises(CannotCleanError, match="same bytes"):
            copy_of(FORMAT, changed_at(data, rows + 16 + 8, first))


class TestDamaged:
    @MAKERS
    def test_cut_off_at_every_border(self, name: str) -> None:
        """A still that is cut off before the end of its pictures is refused."""
        data = FILES[name]()
        found, _ = top(data)
        last = max(n for n, each in enumerate(found) if each.kind in (b"mdat", b"moov", b"meta"))
        for each in found[: last + 1]:
            for end in (each.start, each.start + 4, each.start + 9, max(each.start, each.end - 30)):
                check_refused(FORMAT, data[:end])

    def test_cut_off_within_its_list(self) -> None:
        """A list of items that is cut off at any box in it is refused."""
        data = iphone()
        meta = next(each for each in top(data)[0] if each.kind == b"meta")
        for each in boxes(data, meta.body + 4, meta.end):
            check_refused(FORMAT, data[: each.start + 6])

    @pytest.mark.parametrize("size", [2, 7, 9, 0x7FFF_FFFF])
    @pytest.mark.parametrize("kind", [b"meta", b"iloc", b"iinf", b"infe", b"iprp", b"ipco", b"ipma", b"iref", b"pitm"])
    def test_a_size_that_cannot_be(self, kind: bytes, size: int) -> None:
        """A box that says it is smaller than its own head, or larger than what it lies in, is refused."""
        data = iphone()
        check_refused(FORMAT, changed_at(data, data.index(kind) - 4, struct.pack(">L", size)))

    @pytest.mark.parametrize(("kind", "behind"), [(b"iloc", 10), (b"iinf", 8), (b"ipma", 8), (b"dimg", 6)])
    def test_a_count_that_cannot_be(self, kind: bytes, behind: int) -> None:
        """A list that counts more than it holds is refused before it is read."""
        data = iphone()
        check_refused(FORMAT, changed_at(data, data.index(kind) + behind, b"\xff\xff"))

    def test_pictures_made_of_themselves(self) -> None:
        """Items that lead to each other in a circle are followed once."""
        pieces = [Piece(b"grid", b"abc", [1], inside=True), Piece(b"jpeg", b"\xff\xd8\xff\xd9", [1])]
        data = still(pieces, [SIZE], [(b"dimg", 1, [2]), (b"dimg", 2, [1])])
        assert b"\xff\xd8\xff\xd9" in copy_of(FORMAT, data)

    @given(st.data())
    @settings(max_examples=120, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A still with bytes changed or cut off is cleaned or refused, and never anything else."""
        check_any(FORMAT, FILES, ["iphone", "camera"], data)
