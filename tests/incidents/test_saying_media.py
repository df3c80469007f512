"""What pictures, recordings and documents say of themselves, and what is left aside."""

import io
import wave
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from forethought.incidents.saying import PLACES, Said, of
from forethought.incidents.saying.model import FURTHER
from forethought.incidents.saying.reading import said


def values(found: Said) -> dict[str, object]:
    """Return the values of what was read, each by its name in the file."""
    return {name.removeprefix("file: "): each["value"] for name, each in found.fields.items()}


def photo(zone: str = "") -> bytes:
    """Return a JPEG as a phone makes it: with its time, place, maker and the number of the phone."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0131] = "Phone Co", "Camera 3"
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0xA431] = "2026:03:04 05:06:07", "SERIAL-9"
    if zone:
        inner[0x9011] = zone
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (51.0, 30.0, 0.0), "W", (0.0, 7.0, 0.0)
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(held, "JPEG", exif=exif)
    return held.getvalue()


def recording() -> bytes:
    """Return a second and a half of silence."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes(2 * 12_000))
    return held.getvalue()


def paper(**options: object) -> bytes:
    """Return a PDF of one page with a title and a time."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"], pdf.docinfo["/CreationDate"] = "Minutes", "D:20260304050607+01'00'"
    held = io.BytesIO()
    pdf.save(held, **options)
    return held.getvalue()


class TestPicture:
    def test_time_program_and_size(self) -> None:
        """A photograph tells when it was taken with its zone, the program and its size."""
        found = said(photo("+01:00"), "IMG_1.jpg")
        assert ("screenshot", "image/jpeg", "jpg") == (found.kind, found.media_type, found.suffix)
        assert values(found) == {
            "Size in pixels": "60 by 40",
            "EXIF Software": "Camera 3",
            "EXIF DateTimeOriginal": "2026-03-04 05:06:07 +01:00",
        }

    def test_places_and_devices_are_left_aside(self) -> None:
        """Neither the place nor the device gets into the ledger, and the person is told that the original has them."""
        found = said(photo(), "IMG_1.jpg")
        assert (PLACES,) == found.remarks
        assert not {word for word in ("51.5", "Lambeth", "Phone Co", "SERIAL-9") if word in str(found.fields)}

    def test_no_zone(self) -> None:
        """A time without its zone says so."""
        assert values(said(photo(), ""))["EXIF DateTimeOriginal"] == "2026-03-04 05:06:07, no time zone given"

    def test_a_screenshot(self) -> None:
        """A screenshot tells the program and the time that it wrote, and needs no remark."""
        noted = PngInfo()
        noted.add_text("Software", "screenshooter")
        noted.add_text("Creation Time", "Tue, 03 Mar 2026 10:00:00 +0000")
        held = io.BytesIO()
        Image.new("RGB", (6, 4)).save(held, "PNG", pnginfo=noted)
        found = said(held.getvalue(), "shot.png")
        assert values(found) == {
            "Size in pixels": "6 by 4",
            "text Software": "screenshooter",
            "text Creation Time": "Tue, 03 Mar 2026 10:00:00 +0000",
        }
        assert () == found.remarks

    def test_cut_short(self) -> None:
        """A picture that breaks off is a picture all the same, with a remark."""
        found = said(photo()[:300], "IMG_1.jpg")
        assert ("screenshot", True) == (found.kind, FURTHER in found.remarks)


class TestRecording:
    def test_its_length(self) -> None:
        """A recording tells how long it is."""
        found = said(recording(), "memo.wav")
        assert ("sound", "audio/wav", {"Length in seconds": "1.5"}) == (found.kind, found.media_type, values(found))

    def test_mapped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A recording that is mapped rather than read whole tells its length too."""
        monkeypatch.setattr("forethought.media.buffer.HELD", 10)
        path = tmp_path / "memo.wav"
        path.write_bytes(recording())
        assert values(said(path, "memo.wav")) == {"Length in seconds": "1.5"}


class TestPaper:
    def test_title_and_time(self) -> None:
        """A PDF tells its title, its time with the zone, and its pages."""
        found = said(paper(), "minutes.pdf")
        assert ("document", "application/pdf") == (found.kind, found.media_type)
        assert {"Title": "Minutes", "CreationDate": "2026-03-04 05:06:07 +01:00", "Pages": 1}.items() <= values(
            found
        ).items()

    def test_mapped(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A PDF that is mapped rather than read whole tells its title too."""
        monkeypatch.setattr("forethought.media.buffer.HELD", 10)
        path = tmp_path / "minutes.pdf"
        path.write_bytes(paper())
        assert values(said(path, "minutes.pdf"))["Title"] == "Minutes"

    def test_locked(self) -> None:
        """A PDF with a password says that it is locked."""
        found = said(paper(encryption=pikepdf.Encryption(user="a", owner="b")), "minutes.pdf")
        assert any("password" in each for each in found.remarks)


class TestInAProcessOfItsOwn:
    @pytest.mark.parametrize("as_path", [True, False])
    def test_bytes_and_paths(self, tmp_path: Path, as_path: bool) -> None:
        """A file and its bytes are read the same way, in another process."""
        path = tmp_path / "IMG_1.jpg"
        path.write_bytes(photo("+01:00"))
        found = of("IMG_1.jpg", path if as_path else photo("+01:00"))
        assert values(found)["EXIF DateTimeOriginal"] == "2026-03-04 05:06:07 +01:00"

    def test_a_file_that_is_gone(self, tmp_path: Path) -> None:
        """A file that cannot be opened gives a remark and no error."""
        assert (FURTHER,) == of("gone.txt", tmp_path / "gone.txt").remarks[-1:]
