"""Colour profiles: the numbers stay, and the names, dates and makers go."""

import io

import pytest
from makers.pictures import CANARY, profile
from PIL import Image, ImageCms

from forethought.media.buffer import DamagedError
from forethought.media.pictures import icc


def srgb() -> bytes:
    """Return a profile of sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def seen(made: bytes) -> bytes:
    """Return some colours as a screen of plain colours would show them."""
    image = Image.linear_gradient("L").resize((16, 16)).convert("RGB")
    own = ImageCms.ImageCmsProfile(io.BytesIO(made))
    shown = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
    assert shown
    return shown.tobytes()


class TestPlain:
    def test_the_name_of_a_screen_goes(self) -> None:
        """The name, the maker and the date of a profile are gone, and its colours are the same."""
        made = profile(f"{CANARY} screen")
        kept = icc.plain(made)
        assert CANARY.encode("utf-16-be") in made
        assert CANARY.encode("utf-16-be") not in kept
        assert b"KESTdev1" not in kept
        assert bytes(12) == kept[24:36]
        assert seen(made) == seen(kept)

    def test_plain_colours_need_none(self) -> None:
        """A profile of sRGB is dropped, since that is what is taken where there is none."""
        assert b"" == icc.plain(srgb())

    def test_once_is_enough(self) -> None:
        """A profile without names stays as it is, and gives nothing away."""
        kept = icc.plain(profile("a screen"))
        assert kept == icc.plain(kept)
        assert [] == list(icc.traces(kept))

    @pytest.mark.parametrize("made", [b"", b"kestrel", bytes(200), srgb()[:100]], ids=["none", "words", "zeros", "cut"])
    def test_no_profile(self, made: bytes) -> None:
        """What is no profile is refused."""
        with pytest.raises(DamagedError):
            icc.plain(made)


class TestTraces:
    def test_the_name_is_told(self) -> None:
        """The name of the screen is what a profile gives away."""
        (trace,) = icc.traces(profile(f"{CANARY} screen"))
        assert "device" == trace.kind
        assert CANARY in trace.value

    def test_a_damaged_one(self) -> None:
        """A profile that cannot be read is told too."""
        assert 1 == len(list(icc.traces(b"kestrel")))
