"""Pictures to be looked into: upright, on white, no larger than needed, and refused in words where they are none."""

from pathlib import Path

import pytest
from makers.pictures import camera_notes, saved
from PIL import Image

from forethought.media.seeing.regions import Box, Share, around
from forethought.media.seeing.upright import ENOUGH_PIXELS, CannotSeeError, Upright, upright


def corner(form: str = "PNG", size: tuple[int, int] = (60, 40), turned: int = 1) -> bytes:
    """Return a white picture with a black corner at its left and top, before it is turned."""
    image = Image.new("RGB", size, "white")
    image.paste("black", (0, 0, size[0] // 2, size[1] // 2))
    return saved(image, form, exif=camera_notes(turned))


class TestUpright:
    @pytest.mark.parametrize(
        ("turned", "at"),
        [
            (1, (5, 5)),
            (2, (-5, 5)),
            (3, (-5, -5)),
            (4, (5, -5)),
            (5, (5, 5)),
            (6, (-5, 5)),
            (7, (-5, -5)),
            (8, (5, -5)),
        ],
    )
    @pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
    def test_every_orientation(self, form: str, turned: int, at: tuple[int, int]) -> None:
        """A picture stands as a person sees it, and its size is that of the turned one."""
        seen = upright(corner(form, turned=turned))
        assert ((40, 60) if turned > 4 else (60, 40)) == seen.size == seen.image.size
        x, y = (side + place if place < 0 else place for place, side in zip(at, seen.size, strict=True))
        assert (0, 0, 0) == seen.image.getpixel((x, y))

    @pytest.mark.parametrize("form", ["PNG", "JPEG"])
    def test_large_pictures_are_made_smaller(self, form: str) -> None:
        """A large picture is looked at in fewer pixels, and what is found is told in its own."""
        seen = upright(corner(form, (4_000, 3_000), turned=6))
        assert (3_000, 4_000) == seen.size
        assert 0.9 * ENOUGH_PIXELS < seen.image.width * seen.image.height <= 1.01 * ENOUGH_PIXELS
        assert Box(1500, 0, 3000, 2000) == seen.full(seen.image.width / 2, 0, seen.image.width, seen.image.height / 2)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "F"])
    def test_every_kind_of_pixel(self, mode: str) -> None:
        """Pictures of every depth and kind are looked at in plain colours, dark where they are dark."""
        image = Image.linear_gradient("L")
        deep = image.convert("I;16").point(lambda level: level * 256) if mode == "I;16" else None
        made = deep or (image.convert("RGB") if mode in ("CMYK", "RGBA", "P") else image).convert(mode)
        form = "TIFF" if mode in ("CMYK", "F") else "PNG"
        seen = upright(saved(made, form)).image
        assert "RGB" == seen.mode
        assert seen.getpixel((128, 2))[0] < 60
        assert seen.getpixel((128, 253))[0] > 195

    def test_what_can_be_seen_through_is_white(self) -> None:
        """Where a picture can be seen through it is white, whatever colour is hidden there."""
        assert (255, 255, 255) == upright(saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG")).image.getpixel((4, 4))

    def test_several_frames(self) -> None:
        """The first frame is taken, and how many there are is told."""
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("black", "white", "red")]
        seen = upright(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
        assert (3, (0, 0, 0)) == (seen.frames, seen.image.getpixel((9, 9)))

    def test_from_a_file(self, tmp_path: Path) -> None:
        """A file is opened by its path, and a missing, empty or foreign one is refused in words."""
        path = tmp_path / "picture.png"
        path.write_bytes(corner())
        assert (60, 40) == upright(path).size
        for name, data in (("empty.png", b""), ("words.png", b"kestrel")):
            (tmp_path / name).write_bytes(data)
            with pytest.raises(CannotSeeError, match=r"cannot be looked into: .+\.$"):
                upright(tmp_path / name)
        with pytest.raises(CannotSeeError, match="No such file"):
            upright(tmp_path / "missing.png")

    def test_long_strips(self) -> None:
        """A strip that is far longer than wide is refused rather than looked at for minutes."""
        with pytest.raises(CannotSeeError, match="too narrow"):
            upright(saved(Image.new("L", (20_000, 10)), "PNG"))


class TestRegions:
    def test_shares_in_pixels(self) -> None:
        """A share takes in every pixel that it touches."""
        assert Box(33, 10, 67, 21) == Share(1 / 3, 0.1, 2 / 3, 0.205).in_pixels((100, 100))

    def test_growing_stops_at_the_edge(self) -> None:
        """A box that grows stays in its picture."""
        assert Box(0, 12, 36, 40) == Box(4, 28, 20, 38).grown(16, (100, 40))

    def test_around(self) -> None:
        """The box around boxes holds them all."""
        assert Box(1, 0, 9, 8) == around([Box(1, 2, 3, 4), Box(5, 0, 9, 8)])

    def test_found_beyond_the_edge(self) -> None:
        """What is found partly beyond the edge lies in the picture, and is never empty."""
        picture = Upright(Image.new("RGB", (10, 10)), (100, 100))
        assert Box(0, 0, 20, 100) == picture.full(-3, -2, 2, 40)
        assert Box(99, 99, 100, 100) == picture.full(10, 10, 12, 12)
