"""Covering: nothing of a covered region is left, however it was covered, turned or compressed."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from canaries import sings
from makers import gif, jpeg, png, webp
from makers.pictures import camera_notes, saved
from PIL import Image, ImageChops

from forethought.errors import UnknownNameError
from forethought.media.recognise import recognise
from forethought.media.seeing.covering import CannotCoverError, covered
from forethought.media.seeing.regions import Box, Region, Share

SIZE = (320, 240)
PART = Box(96, 64, 224, 128)  # whole blocks of a compressed picture
FORMS = pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])


def secret(ink: int, mode: str = "RGB") -> Image.Image:
    """Return a picture that differs only inside `PART`, by what is written there."""
    image = Image.linear_gradient("L").resize(SIZE).convert(mode)
    part = Image.effect_noise((PART.width, PART.height), 40 + ink).convert(mode)
    image.paste(part, PART.edges)
    return image


def read(data: bytes, frame: int = 0) -> Image.Image:
    """Return a picture's pixels."""
    image = Image.open(io.BytesIO(data))
    image.seek(frame)
    return image.convert("RGB")


def moving(form: str, inks: Sequence[int], **options: Any) -> bytes:
    """Return a moving picture, each frame with another secret and something else that differs."""
    frames = [secret(ink) for ink in inks]
    for number, frame in enumerate(frames):
        frame.paste("white", (10 + 20 * number, 200, 30 + 20 * number, 220))
    first, *rest = frames
    return saved(first, form, save_all=True, append_images=rest, duration=80, loop=0, **options)


class TestBlack:
    @FORMS
    def test_nothing_of_the_region_is_left(self, form: str) -> None:
        """Copies of two pictures that differ only in the region are the same, byte for byte."""
        one, other = (saved(secret(ink), form, **({"lossless": True} if form == "WEBP" else {})) for ink in (3, 90))
        if form == "GIF":
            one, other = (saved(secret(ink, "L"), form) for ink in (3, 90))
        assert one != other
        assert covered(one, [PART]) == covered(other, [PART])

    @FORMS
    def test_the_region_is_black(self, form: str) -> None:
        """Every pixel in the region is black, as far as the format keeps colours."""
        copy = read(covered(saved(secret(3), form), [PART])).crop(PART.edges)
        assert max(most for _, most in copy.getextrema()) <= 6

    def test_the_rest_stays(self) -> None:
        """Outside of the region no pixel of a PNG changes."""
        data = saved(secret(3), "PNG")
        differing = ImageChops.difference(read(data), read(covered(data, [PART]))).getbbox()
        assert differing is not None
        assert PART.left <= differing[0]
        assert PART.bottom >= differing[3]

    @pytest.mark.parametrize("turned", range(1, 9))
    def test_every_orientation(self, turned: int) -> None:
        """A region is where a person sees it, however the picture is to be turned."""
        image = Image.new("RGB", (64, 40), "white")
        data = saved(image, "PNG", exif=camera_notes(turned))
        copy = read(covered(data, [Box(0, 0, 20, 10)]))
        assert ((40, 64) if turned > 4 else (64, 40)) == copy.size
        assert (0, 0, 20, 10) == ImageChops.invert(copy).getbbox()

    @pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
    def test_every_frame(self, form: str) -> None:
        """In a moving picture the region is black in each of its frames, and these keep their time."""
        copy = covered(moving(form, (3, 40, 90)), [PART])
        with Image.open(io.BytesIO(copy)) as image:
            assert 3 == image.n_frames
            assert 80 == image.info.get("duration", 80)
        for frame in range(3):
            assert max(most for _, most in read(copy, frame).crop(PART.edges).getextrema()) <= 6

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_pixel(self, mode: str) -> None:
        """Pictures of every depth and with every kind of transparency are covered, and not to be seen through."""
        image = secret(3, "L").convert("I;16") if mode == "I;16" else secret(3, "L").convert("RGB").convert(mode)
        with Image.open(io.BytesIO(covered(saved(image, "PNG"), [PART]))) as copy:
            shown = copy.convert("RGBA").crop(PART.edges)
            assert ((0, 0), (0, 0), (0, 0), (255, 255)) == shown.getextrema()

    def test_what_compression_spread(self) -> None:
        """In a JPEG the pixels right around a region, into which it was spread, are covered with it."""
        edge = Box(100, 70, 220, 120)
        copy = read(covered(saved(secret(3), "JPEG", quality=40), [edge]))
        assert max(most for _, most in copy.crop(edge.grown(14, SIZE).edges).getextrema()) <= 6


class TestBlur:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_only_averages_are_left(self, form: str) -> None:
        """Copies of two pictures whose regions differ but have the same average colours are the same."""
        one, other = Image.new("RGB", SIZE, "white"), Image.new("RGB", SIZE, "white")
        for image, corner in ((one, 0), (other, 2)):  # the same dots, two pixels apart
            for x in range(PART.left, PART.right, 4):
                for y in range(PART.top, PART.bottom, 4):
                    image.putpixel((x + corner, y + corner), (0, 0, 0))
        assert list(one.get_flattened_data()) != list(other.get_flattened_data())
        pictures = (saved(image, "PNG") for image in (one, other))
        assert 1 == len({covered(data, [PART], "blur") for data in pictures})

    def test_few_colours_are_left(self) -> None:
        """What stands in a blurred region comes from four by two blocks, in coarse steps."""
        copies = {covered(saved(secret(ink), "PNG"), [PART], "blur") for ink in (3, 30, 60)}
        assert 1 == len(copies)

    def test_it_still_shows_light_and_dark(self) -> None:
        """A blurred region is dark where it was dark, so that the picture keeps its look."""
        image = Image.new("RGB", SIZE, "white")
        image.paste("black", (96, 64, 160, 128))
        copy = read(covered(saved(image, "PNG"), [PART], "blur"))
        assert copy.getpixel((100, 96))[0] < 60
        assert copy.getpixel((220, 96))[0] > 200


class TestWholeFile:
    @pytest.mark.parametrize("maker", [jpeg, png, gif, webp])
    def test_nothing_hidden_is_left(self, maker: Any) -> None:
        """The copy of a file full of notes, thumbnails and other pictures gives nothing away."""
        for make in maker.FILES.values():
            copy = covered(make(), [Share(0, 0, 0.5, 0.5)])
            form = recognise(copy)
            assert not sings(copy)
            assert [] == [*form.traces(copy), *form.doubts(copy)]


class TestRefused:
    @pytest.mark.parametrize(
        ("region", "why"),
        [
            (Box(-1, 0, 10, 10), "region 1 reaches beyond the picture, which is 320 by 240 pixels"),
            (Box(0, 0, 321, 10), "beyond the picture"),
            (Share(0.5, 0.5, 1.1, 0.9), "beyond the picture"),
            (Box(10, 10, 10, 20), "no width or no height"),
            (Box(10, 30, 20, 20), "no width or no height"),
            (Share(float("nan"), 0, 1, 1), "not given in numbers"),
            (Share(0, 0, float("inf"), 1), "not given in numbers"),
        ],
    )
    def test_regions_that_are_none(self, region: Region, why: str) -> None:
        """A region outside of the picture, without a size or without numbers is refused, with the reason."""
        with pytest.raises(CannotCoverError, match=why):
            covered(saved(secret(3), "PNG"), [region])

    def test_no_region_and_too_many(self) -> None:
        """Covering nothing is refused rather than taken for done."""
        with pytest.raises(CannotCoverError, match="no region of it was named"):
            covered(saved(secret(3), "PNG"), [])
        with pytest.raises(CannotCoverError, match="too many"):
            covered(saved(secret(3), "PNG"), [PART] * 1_001)

    def test_no_picture_and_other_kinds(self) -> None:
        """What is no picture, and a kind that cannot be painted anew, is refused."""
        with pytest.raises(CannotCoverError, match="does not open"):
            covered(b"kestrel", [PART])
        with pytest.raises(CannotCoverError, match="kind TIFF"):
            covered(saved(secret(3), "TIFF"), [PART])

    def test_an_unknown_way(self) -> None:
        """A way of covering that is none is met with those that are."""
        with pytest.raises(UnknownNameError, match="black"):
            covered(saved(secret(3), "PNG"), [PART], "pixels")  # type: ignore[arg-type]
