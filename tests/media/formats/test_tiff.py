"""TIFF pictures: everything hidden is told and taken out, every page stays, and every pixel of it."""

import io
import struct
import zlib

import pytest
from canaries import copy_of, sings, upright
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.pictures import CANARY, camera_notes, picture, profile, saved
from makers.tiff import FILES, Made, behind, layout, packed, photographed, pixels, plain, scanned, several, tiff
from media_checks import check_any, check_cleaned, check_refused, told
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.tiff import FORMAT
from forethought.media.pictures import packed as packings
from forethought.media.pictures.directories import RawPhotoError
from forethought.media.pictures.strips import UnknownPackingError

MAKERS = pytest.mark.parametrize("name", FILES)
ONE_DIRECTORY = {"deflated", "packed bits", "not packed"}  # only the bytes behind their strips are hidden
PACKED = [
    ("1", None), ("1", "group3"), ("1", "group4"), ("1", "tiff_ccitt"), ("1", "packbits"), ("L", None),
    ("L", "tiff_lzw"), ("L", "jpeg"), ("P", "tiff_lzw"), ("RGB", "tiff_adobe_deflate"), ("RGB", "tiff_deflate"),
    ("RGB", "jpeg"), ("RGB", "packbits"), ("RGBA", "tiff_lzw"), ("CMYK", "tiff_lzw"), ("YCbCr", "jpeg"), ("LA", None),
    ("I;16", "tiff_lzw"), ("I;16", None), ("I", None), ("F", None),
]  # fmt: skip


def shown(data: bytes) -> list[bytes]:
    """Return the pixels of each page that is no small picture of another and no mask."""
    with Image.open(io.BytesIO(data)) as image:
        kinds = []
        for number in range(image.n_frames):
            image.seek(number)
            kinds.append(image.tag_v2.get(254, 0) & 5)
    return [page for page, kind in zip(upright(data), kinds, strict=True) if not kind]


def made(**more: tuple[int, object]) -> bytes:
    """Return a plain picture with more fields."""
    return tiff([Made(layout(**more), [pixels()])])  # type: ignore[arg-type]


class TestTraces:
    def test_a_scan(self) -> None:
        """Words, people, places, times, devices and small pictures are told, each as what it is."""
        found = {(trace.kind, trace.where) for trace in FORMAT.traces(scanned())}
        assert {
            ("place", "TIFF GPS"), ("person", "TIFF Artist"), ("software", "TIFF Software"), ("time", "TIFF DateTime"),
            ("device", "TIFF HostComputer"), ("words", "TIFF ImageDescription"), ("words", "TIFF DocumentName"),
            ("person", "TIFF XPAuthor"), ("person", "TIFF Copyright"), ("device", "TIFF MakerNote"),
            ("person", "TIFF CameraOwnerName"), ("place", "XMP GPS"), ("words", "IPTC caption"),
            ("device", "ICC profile"), ("edit", "Photoshop layers"), ("picture", "smaller picture"),
            ("edit", "between the parts"), ("edit", "after the end"),
        } <= found  # fmt: skip

    def test_both_orders_tell_the_same(self) -> None:
        """Whichever byte comes first, the same is told, and the place in words."""
        assert told(FORMAT, scanned()) == told(FORMAT, scanned(">"))
        assert "in or beside Bristol" in told(FORMAT, scanned())["TIFF GPS"]

    def test_words_of_every_page(self) -> None:
        """What stands in a later page is told as well as what stands in the first."""
        found = {trace.value for trace in FORMAT.traces(several())}
        assert {"kestrel-page0", "kestrel-page1", "kestrel-page2", "kestrel-small"} <= found

    def test_a_private_field(self) -> None:
        """A field that no list knows is told with what can be read in it."""
        assert "15 bytes: kestrel-private" == told(FORMAT, scanned())["TIFF tag 0xC000"]

    def test_a_place_on_a_map(self) -> None:
        """A map says in words where it lies, if its numbers are degrees."""
        found = told(FORMAT, FILES["mapped"]())
        assert "in or beside Bristol" in found["GeoTIFF corner"]
        assert "kestrel-datum|" == found["GeoTIFF words"]

    def test_a_place_in_metres(self) -> None:
        """A map whose numbers are no degrees names these as they are."""
        data = made(x33922=(12, [0.0, 0.0, 0.0, 358_000.0, 173_000.0, 0.0]))
        assert "358000, 173000 on its map" == told(FORMAT, data)["GeoTIFF corner"]

    def test_numbers_that_are_no_degrees(self) -> None:
        """A map that says its numbers are degrees names them as they are where they cannot be."""
        keys = (3, [1, 1, 0, 1, 1024, 0, 1, 2])
        data = made(x33922=(12, [0.0, 0.0, 0.0, 358_000.0, 173_000.0, 0.0]), x34735=keys)
        assert "358000, 173000 on its map" == told(FORMAT, data)["GeoTIFF corner"]

    def test_notes_inside_strips(self) -> None:
        """Notes of a JPEG that is a strip, and of its tables, are told."""
        found = told(FORMAT, photographed())
        assert {"tables: comment", "strip: comment", "strip: EXIF Artist", "strip: after the end"} <= found.keys()

    @pytest.mark.parametrize("name", ["deflated", "packed bits", "not packed", "coded", "faxed"])
    def test_what_stands_behind_a_strip(self, name: str) -> None:
        """Bytes behind the end of packed pixels are told with their words."""
        assert "kestrel-behind" in told(FORMAT, FILES[name]())["behind a strip"]

    def test_a_plain_picture_gives_nothing_away(self) -> None:
        """Pictures with nothing hidden have no traces, whoever wrote them."""
        assert {} == told(FORMAT, plain())
        assert {} == told(FORMAT, saved(picture(), "TIFF"))
        assert {} == told(FORMAT, saved(picture(), "TIFF", compression="tiff_lzw"))


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        if name in ONE_DIRECTORY:
            assert not sings(copy_of(FORMAT, data))
            assert [] == [*FORMAT.traces(copy_of(FORMAT, data)), *FORMAT.doubts(copy_of(FORMAT, data))]
        else:
            check_cleaned(FORMAT, data)

    @MAKERS
    def test_the_pages_stay(self, name: str) -> None:
        """Every pixel of every page that is shown is the same in the copy, and small pictures are gone."""
        data = FILES[name]()
        assert shown(data) == upright(copy_of(FORMAT, data))

    @pytest.mark.parametrize(("mode", "packing"), PACKED)
    def test_every_kind_of_pixel(self, mode: str, packing: str | None) -> None:
        """Pictures of every depth, in every packing, stay the same."""
        image = picture("L").convert(mode) if mode in ("I;16", "I", "F") else picture(mode)
        data = saved(image, "TIFF", compression=packing, exif=camera_notes(1))
        copy = check_cleaned(FORMAT, data)
        with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(copy)) as after:
            assert (before.mode, before.tobytes()) == (after.mode, after.tobytes())

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_every_orientation(self, turned: int) -> None:
        """However a page is to be turned, the copy looks the same, and needs no turning where painted anew."""
        data = made(x274=(3, [turned]), x315=(2, "kestrel"))
        copy, fresh = copy_of(FORMAT, data), copy_of(FORMAT, data, Wishes(repaint=True))
        assert upright(data) == upright(copy) == upright(fresh)
        with Image.open(io.BytesIO(copy)) as kept, Image.open(io.BytesIO(fresh)) as painted:
            assert turned == kept.tag_v2.get(274, 1)
            assert 274 not in painted.tag_v2
        assert [] == [*FORMAT.traces(fresh), *FORMAT.doubts(fresh)]

    @pytest.mark.parametrize("name", ["several", "scanned", "photographed", "tiled", "faxed"])
    def test_painted_anew(self, name: str) -> None:
        """Painted anew, every page is there, and nothing else."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data, Wishes(repaint=True))
        assert len(shown(data)) == len(upright(copy))
        assert not sings(copy)
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_colours_stay_without_the_name_of_the_screen(self) -> None:
        """A profile with colours of its own stays, and names no screen; one of usual colours goes."""
        data = saved(picture(), "TIFF", icc_profile=profile(f"{CANARY} screen"))
        with Image.open(io.BytesIO(check_cleaned(FORMAT, data))) as image:
            assert b"kept".decode().encode("utf-16-be") in image.info["icc_profile"]

    def test_resolution_stays(self) -> None:
        """How many dots an inch has stays, as a page is printed by it."""
        with Image.open(io.BytesIO(copy_of(FORMAT, scanned()))) as image:
            assert (300, 300) == image.info["dpi"]

    def test_strips_that_two_pages_share(self) -> None:
        """Two pages that show the same strip share it in the copy too."""
        data = bytearray(tiff([Made(layout(), [pixels()]), Made(layout(), [pixels()])]))
        (first,) = struct.unpack_from("<L", data, 4)
        (second,) = struct.unpack_from("<L", data, first + 2 + 12 * 9)
        data[second : second + 2 + 12 * 9] = data[first : first + 2 + 12 * 9]
        copy = copy_of(FORMAT, bytes(data))
        assert upright(bytes(data)) == upright(copy)
        assert len(copy) < 2 * len(pixels())

    def test_a_copy_holds_its_pages_and_nothing_else(self) -> None:
        """What is left of a scan is its directory, the profile and the strip."""
        copy = copy_of(FORMAT, scanned())
        assert copy.endswith(pixels())
        assert len(copy) < len(pixels()) + 800


class TestPackings:
    def test_a_stream_that_holds_more_than_its_pixels(self) -> None:
        """Pixels below the border of a strip are told and packed away."""
        assert "pixels that are not shown" == told(FORMAT, packed(8))["strip"]
        kept = packings.deflated(zlib.compress(b"a" * 10 + b"kestrel"), 10)
        assert b"a" * 10 == zlib.decompress(kept)

    @pytest.mark.parametrize("size", [(3, 2), (200, 200), (500, 300)])
    @pytest.mark.parametrize("rough", [0, 90])
    def test_the_end_of_coded_pixels(self, size: tuple[int, int], rough: int) -> None:
        """The end of LZW is found exactly, over every width of code and every new beginning."""
        image = Image.effect_noise(size, rough)
        raw = saved(image, "TIFF", compression="tiff_lzw", tiffinfo={278: size[1]})
        with Image.open(io.BytesIO(raw)) as opened:
            (start,), (length,) = opened.tag_v2[273], opened.tag_v2[279]
        strip = raw[start : start + length]
        assert strip == packings.coded(strip + b"kestrel" * 9, 0)

    def test_codes_without_an_end(self) -> None:
        """LZW without the code that ends it is left as it is."""
        assert bytes(9) != packings.coded(b"\x80" + bytes(100_000), 0)
        packings.coded(b"\x80\x40\x20\x10\x08\x04\x02\x01\x00" * 20_000, 0)

    def test_fax_with_its_bits_reversed(self) -> None:
        """The end of a fax is found where the lowest bit of each byte comes first."""
        fax = bytes([0b00100110, 0b10100000, 0b00000001, 0b00000000, 0b00010000])
        turned = fax.translate(packings.REVERSED)
        assert turned == packings.needed(packings.FAX4, turned + b"kestrel", 0, True)

    def test_runs_that_break_off(self) -> None:
        """Runs that hold fewer bytes than there are pixels are refused."""
        with pytest.raises(DamagedError):
            packings.packed_bits(b"\x05abc", 6)
        assert b"\x80\xfea" == packings.packed_bits(b"\x80\xfeakestrel", 3)


class TestDoubts:
    @pytest.mark.parametrize("name", [name for name in FILES if name not in ONE_DIRECTORY])
    def test_an_uncleaned_picture_is_doubted(self, name: str) -> None:
        """The second reader finds something in every picture that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))

    def test_what_lies_where_nothing_leads_to(self) -> None:
        """The second reader finds bytes between the parts, after the end, and parts over one another."""
        assert [] == list(FORMAT.doubts(plain()))
        assert ["1 bytes without a use"] == list(FORMAT.doubts(plain() + b"k"))
        assert ["7 bytes without a use"] == list(FORMAT.doubts(tiff([Made(layout(), [pixels()])], gap=b"kestrel")))

    def test_notes_inside_strips(self) -> None:
        """The second reader finds notes in strips and tables, and what stands behind a JPEG."""
        found = list(FORMAT.doubts(photographed()))
        assert {"JPEG marker FE of 16 bytes", "something behind the end of a JPEG"} <= set(found)
        assert any("JPEG marker E1" in each for each in found)

    def test_two_libraries_agree(self) -> None:
        """Both libraries of the second reader find a field of words."""
        assert ["TIFF tag 315", "Image Artist"] == list(FORMAT.doubts(FILES["tiled"]()))


class TestRefused:
    @pytest.mark.parametrize("sign", [b"IIRO", b"IIRS", b"MMOR", b"IIU\0"])
    def test_signs_of_raw_photos(self, sign: bytes) -> None:
        """Raw photos are known by their first bytes, and the person is told what to do."""
        with pytest.raises(RawPhotoError, match="save it as JPEG first"):
            list(FORMAT.traces(sign + plain()[4:]))

    @pytest.mark.parametrize(
        "fields",
        [{"x50706": (1, b"\1\4\0\0")}, {"x262": (3, [32803])}, {"x33422": (1, b"\0\1\1\2")}, {"x259": (3, [34713])}],
    )
    def test_fields_of_raw_photos(self, fields: dict[str, tuple[int, object]]) -> None:
        """Raw photos that begin like any TIFF are known by their fields."""
        with pytest.raises(RawPhotoError):
            list(FORMAT.clean(made(**fields), Wishes()))

    def test_a_large_picture_below_a_small_one(self) -> None:
        """A photo whose full picture hangs on a small one is a raw photo."""
        small = {**layout(), 256: (3, [24]), 257: (3, [16])}
        data = tiff([Made(small, [pixels()[: 24 * 16 * 3]], {330: Made(layout(), [pixels()])})])
        with pytest.raises(RawPhotoError):
            list(FORMAT.clean(data, Wishes()))

    def test_canon_and_large_files(self) -> None:
        """Canon's sign and that of BigTIFF are refused with their reasons."""
        with pytest.raises(RawPhotoError):
            list(FORMAT.traces(plain()[:8] + b"CR" + plain()[10:]))
        for sign in (b"II+\0", b"MM\0+"):
            with pytest.raises(TooLargeError, match="BigTIFF"):
                list(FORMAT.traces(sign + bytes(20)))

    @pytest.mark.parametrize("packing", [6, 34712, 34925, 50000, 50001, 12345])
    def test_unknown_packings(self, packing: int) -> None:
        """Pixels in a packing that cannot be looked through are refused."""
        with pytest.raises(UnknownPackingError):
            list(FORMAT.clean(made(x259=(3, [packing])), Wishes()))

    def test_only_a_small_picture(self) -> None:
        """A file whose every page says that it is a small picture of another is refused."""
        check_refused(FORMAT, made(x254=(4, [1])))

    def test_strips_over_other_parts(self) -> None:
        """A strip that lies over notes or over half of another strip is refused: it would carry them along."""
        words = (2, "kestrel" * 4)
        data = made(x315=words)
        at = data.index(b"kestrel")
        check_refused(FORMAT, data.replace(struct.pack("<L", at), struct.pack("<L", 100)))
        half = bytearray(tiff([Made({**layout(), 278: (3, [16])}, [pixels()[:2304], pixels()[2304:]])]))
        places = struct.pack("<LL", 8, 8 + 2304)
        half[half.index(places) :][:8] = b""
        half[half.index(places) + 4 : half.index(places) + 8] = struct.pack("<L", 100)
        check_refused(FORMAT, bytes(half))

    @pytest.mark.parametrize(
        "fields",
        [
            {"x257": (3, [33])}, {"x256": (4, [1 << 31])}, {"x258": (3, [0, 0, 0])}, {"x277": (3, [0])},
            {"x320": (3, [0] * 800)}, {"x322": (3, [0])}, {"x256": (2, "kestrel")}, {"x338": (3, [0] * 9)},
        ],
    )  # fmt: skip
    def test_sizes_that_do_not_fit(self, fields: dict[str, tuple[int, object]]) -> None:
        """Sizes and lists that do not fit the pixels are refused, and fast."""
        check_refused(FORMAT, made(**fields))

    def test_pages_in_a_circle(self) -> None:
        """Pages that lead back to the first, and a link to nowhere, are refused."""
        (at,) = struct.unpack_from("<L", plain(), 4)
        for link in (at, 1 << 30, 1):
            check_refused(FORMAT, plain()[:-4] + struct.pack("<L", link))

    @pytest.mark.parametrize("end", [0, 3, 7, 8, 100, 4_600, 4_700, 4_735])
    def test_cut_off(self, end: int) -> None:
        """A picture that is cut off anywhere is refused."""
        check_refused(FORMAT, plain()[:end])

    def test_a_field_that_stands_twice(self) -> None:
        """A field that stands twice is refused, as programs disagree on which of them counts."""
        data = bytearray(made(x315=(3, [2])))
        struct.pack_into("<H", data, data.rindex(struct.pack("<HHL", 315, 3, 1)), 262)
        with pytest.raises(DamagedError, match="stands in it twice"):
            list(FORMAT.clean(bytes(data), Wishes()))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A picture with bytes changed or cut off is cleaned or refused, and never anything else."""
        try:
            check_any(FORMAT, FILES, sorted(FILES), data)
        except CannotCleanError:
            return  # a picture that no library opens


def test_hidden_behind_every_packing_of_a_library() -> None:
    """What is written behind a library's own strips is gone, whatever the packing."""
    for form, mode in (("tiff_lzw", "RGB"), ("packbits", "L"), ("group4", "1"), ("tiff_deflate", "P")):
        assert not sings(copy_of(FORMAT, behind(form, mode)))
