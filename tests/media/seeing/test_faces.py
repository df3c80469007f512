"""Faces: those that look at the camera are found where they are, and nothing is said of those that are not."""

import io
from dataclasses import replace

import pytest
from makers.pictures import saved
from makers.scenes import chat, plain, portraits
from PIL import Image

from forethought.media.seeing.faces import Face, faces_in, told
from forethought.media.seeing.regions import Box
from forethought.media.seeing.upright import CannotSeeError


def found(image: Image.Image) -> list[Box]:
    """Return where faces are found in a picture, from the left."""
    return sorted((face.box for face in faces_in(saved(image, "PNG"))), key=lambda box: box.left)


def is_at(box: Box, left: int, top: int, scale: float = 1.0) -> bool:
    """Tell whether a box holds the eyes and the mouth of the head at a corner, and little more."""
    inner = (box.left <= left + 30 * scale, box.right >= left + 70 * scale, box.bottom >= top + 92 * scale)
    return all(inner) and top - 40 * scale < box.top <= top + 50 * scale and box.width < 150 * scale


class TestFound:
    def test_where_it_is(self) -> None:
        """A face is found, and its box holds it."""
        (box,) = found(portraits((200, 120)))
        assert is_at(box, 200, 120)

    def test_each_of_several(self) -> None:
        """Faces beside each other are found one by one, and each once."""
        boxes = found(portraits((80, 100), (330, 120), (580, 90)))
        assert 3 == len(boxes)
        assert all(is_at(box, *at) for box, at in zip(boxes, [(80, 100), (330, 120), (580, 90)], strict=True))

    @pytest.mark.parametrize("scale", [0.5, 2, 5])
    def test_near_and_in_large_pictures(self, scale: float) -> None:
        """However large the picture is, the box is in its own pixels."""
        image = portraits((200, 120)).resize((round(800 * scale), round(600 * scale)), Image.Resampling.BICUBIC)
        (box,) = found(image)
        assert is_at(box, round(200 * scale), round(120 * scale), scale)

    @pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
    def test_turned_pictures(self, orientation: int, turn: int) -> None:
        """A face in a picture that is to be turned is found where a person sees it."""
        notes = Image.Exif()
        notes[0x0112] = orientation
        data = saved(portraits((200, 120)).rotate(turn, expand=True), "JPEG", exif=notes)
        (face,) = faces_in(data)
        assert is_at(face.box, 200, 120)

    def test_surest_first(self) -> None:
        """The surest face comes first, and each says how sure it is."""
        sure = [face.sure for face in faces_in(saved(portraits((80, 100), (480, 120)), "PNG"))]
        assert sorted(sure, reverse=True) == sure
        assert all(0.3 < each <= 1 for each in sure)


class TestNotFound:
    @pytest.mark.parametrize("image", [plain(), chat(0.5).image, Image.new("RGB", (1, 1)), Image.new("L", (60, 3_000))])
    def test_pictures_without_any(self, image: Image.Image) -> None:
        """In a landscape, on a screen and in pictures of hardly any pixels no face is found."""
        assert [] == found(image)

    def test_what_is_no_picture(self) -> None:
        """What does not open as a picture is refused in words."""
        with pytest.raises(CannotSeeError, match="cannot be looked into: it does not open as a picture"):
            faces_in(b"kestrel")

    def test_a_picture_that_breaks_off(self) -> None:
        """A picture that breaks off is refused in words."""
        data = io.BytesIO(saved(portraits((200, 120)), "PNG")).read(2_000)
        with pytest.raises(CannotSeeError):
            faces_in(data)


class TestTold:
    def test_how_many(self) -> None:
        """Faces are counted in a sentence that says that there may be others."""
        face = Face(Box(0, 0, 9, 9), 0.9)
        assert "1 face was found; there may be others." == told((face,))
        assert "2 faces were found; there may be others." == told((face, replace(face, sure=0.4)))

    def test_none(self) -> None:
        """Where none was found it is never said that nobody is there."""
        assert "look yourself" in told(())
        assert "no people" not in told(()).lower()
