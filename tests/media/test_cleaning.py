"""A file in, a clean copy out: what is offered, what is refused, and that nothing is ever lost."""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from canaries import sings
from makers import jpeg, png
from makers.every import EVERY

from forethought.media import cleaning
from forethought.media.buffer import Buffer, Change
from forethought.media.cleaning import NoRoomError, NotReadError, clean, look
from forethought.media.format import Format, Wishes


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A phone's photo, with a name that tells something."""
    path = tmp_path / "kestrel with Mrs Fell.jpg"
    path.write_bytes(jpeg.phone())
    return path


def swapped(monkeypatch: pytest.MonkeyPatch, **parts: object) -> None:
    """Have the format of JPEG do other things from now on."""
    other: Format = replace(jpeg_format(), **parts)
    monkeypatch.setattr(cleaning, "recognise", lambda data: other)


def jpeg_format() -> Format:
    """Return the format of JPEG."""
    from forethought.media.formats.jpeg import FORMAT

    return FORMAT


class TestLook:
    def test_the_worst_comes_first(self, photo: Path) -> None:
        """What a file gives away is told worst first, each thing once."""
        seen = look(photo)
        ranks = [trace.rank for trace in seen.traces]
        assert ("JPEG", "picture", "") == (seen.format, seen.kind, seen.why)
        assert sorted(ranks) == ranks
        assert "place" == seen.traces[0].kind
        assert len(set(seen.traces)) == len(seen.traces)

    def test_a_name_that_says_otherwise(self, tmp_path: Path) -> None:
        """A file is known by what it holds, and a name that says otherwise is told."""
        (tmp_path / "a.png").write_bytes(jpeg.plain())
        assert look(tmp_path / "a.png").misnamed
        assert "JPEG" == look(tmp_path / "a.png").format

    @pytest.mark.parametrize("data", [b"", b"MZ\x90", b"\xff\xd8\xff", b"PK\3\4", b"{\\rtf1}", bytes(5_000)])
    def test_what_is_not_known_is_not_called_clean(self, tmp_path: Path, data: bytes) -> None:
        """A file of another kind, or a damaged one, says why nothing is known of it."""
        (tmp_path / "a.bin").write_bytes(data)
        seen = look(tmp_path / "a.bin")
        assert ("", ()) == (seen.format, seen.traces)
        assert seen.why

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A file that cannot be opened is named, with what to check."""
        with pytest.raises(NotReadError, match=r"none\.jpg cannot be read"):
            look(tmp_path / "none.jpg")


class TestClean:
    def test_a_clean_copy(self, photo: Path, tmp_path: Path) -> None:
        """The copy holds nothing more, has a name that tells nothing, and the file itself stays."""
        before = sha256(photo.read_bytes()).digest()
        cleaned = clean(photo, tmp_path / "out")
        assert cleaned.is_clean
        assert tmp_path / "out/picture.jpg" == cleaned.copy
        assert not sings(cleaned.copy.read_bytes())
        assert before == sha256(photo.read_bytes()).digest()
        assert (photo.stat().st_size, cleaned.copy.stat().st_size) == cleaned.sizes

    def test_nothing_is_overwritten(self, photo: Path, tmp_path: Path) -> None:
        """A copy takes the next name that is free."""
        (tmp_path / "picture.jpg").write_text("mine")
        assert tmp_path / "picture-2.jpg" == clean(photo, tmp_path).copy
        assert "mine" == (tmp_path / "picture.jpg").read_text()

    def test_the_suffix(self, tmp_path: Path) -> None:
        """A copy ends as the file did where that is right, and as its format does where it is not."""
        for name, wanted in {"a.JPEG": "picture.jpeg", "b.png": "picture.jpg"}.items():
            (tmp_path / name).write_bytes(jpeg.plain())
            copy = clean(tmp_path / name, tmp_path / "out").copy
            assert copy
            assert wanted == copy.name

    def test_a_kind_that_is_not_known(self, tmp_path: Path) -> None:
        """There is no copy of a file of another kind, and nothing is left in the folder."""
        (tmp_path / "a.xyz").write_bytes(b"whatever this is")
        cleaned = clean(tmp_path / "a.xyz", tmp_path / "out")
        assert (False, None) == (cleaned.is_clean, cleaned.copy)
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("wishes", [Wishes(), Wishes(repaint=True)])
    def test_a_huge_picture(self, tmp_path: Path, wishes: Wishes) -> None:
        """A picture with more pixels than may be opened is refused with their number, and nothing is written."""
        header = png.written(b"IHDR", struct.pack(">LLBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
        body = header + png.written(b"IDAT", zlib.compress(bytes(60_001 * 50))) + png.written(b"IEND", b"")
        (tmp_path / "a.png").write_bytes(png.plain()[:8] + body)
        cleaned = clean(tmp_path / "a.png", tmp_path / "out", wishes)
        assert "20,000 by 20,000 pixels" in cleaned.why
        assert not list(tmp_path.glob("out/*"))

    def test_painted_anew(self, photo: Path, tmp_path: Path) -> None:
        """A wish reaches the format."""
        exact, painted = clean(photo, tmp_path / "1"), clean(photo, tmp_path / "2", Wishes(repaint=True))
        assert exact.copy
        assert painted.copy
        assert exact.copy.read_bytes() != painted.copy.read_bytes()


class TestNotClean:
    """A copy that is not clean is never offered, whichever look finds it out, and leaves nothing behind."""

    def refused(self, photo: Path, tmp_path: Path) -> str:
        """Return what was still found in a copy that was not offered."""
        cleaned = clean(photo, tmp_path / "out")
        assert not cleaned.is_clean
        assert "still found" in cleaned.why
        assert [] == list((tmp_path / "out").iterdir())
        return " ".join(cleaned.left)

    def test_its_own_reader(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A format that leaves everything as it is does not pass its own reader."""
        swapped(monkeypatch, clean=lambda data, wishes: ())
        assert "EXIF Artist" in self.refused(photo, tmp_path)

    def test_the_other_reader(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What only the second reader finds is enough."""
        swapped(monkeypatch, doubts=lambda data: iter(["a note"]))
        assert "a note" == self.refused(photo, tmp_path)

    def test_its_bytes(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A value that lies where neither reader looks is found in the bytes."""

        def tucked(data: Buffer, wishes: Wishes) -> Iterator[Change]:
            clean_copy = jpeg_format().clean(data, wishes)
            yield from list(clean_copy)[:-1]
            yield Change(len(data) - 24, len(data), b"kestrel-artist")

        swapped(monkeypatch, clean=tucked, doubts=lambda data: iter(()), traces=jpeg_format().traces)
        assert "EXIF Artist: its value still lies in its bytes" in self.refused(photo, tmp_path)

    def test_another_format(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A copy that is no longer of its format is not offered."""
        swap = [jpeg_format(), jpeg_format(), __import__("forethought.media.formats.png", fromlist=["x"]).FORMAT]
        monkeypatch.setattr(cleaning, "recognise", lambda data: swap.pop(0))
        assert "no longer of the same format" in self.refused(photo, tmp_path)


class TestNoRoom:
    def test_a_folder_that_is_a_file(self, photo: Path, tmp_path: Path) -> None:
        """A folder that cannot be made is named, with what to do."""
        (tmp_path / "out").write_text("mine")
        with pytest.raises(NoRoomError, match="name another folder"):
            clean(photo, tmp_path / "out")
        assert "mine" == (tmp_path / "out").read_text()

    def test_a_full_disk(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk is full that is said, and no half of a copy is left."""

        def full(data: Buffer, changes: object) -> Iterator[bytes]:
            yield b"half"
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(cleaning, "changed", full)
        with pytest.raises(NoRoomError, match="No space left"):
            clean(photo, tmp_path / "out")
        assert [] == list((tmp_path / "out").iterdir())

    def test_only_the_owner_may_read_a_half(self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is written aside is for nobody else to read."""
        modes = []
        monkeypatch.setattr(cleaning.os, "fsync", lambda handle: modes.append(cleaning.os.fstat(handle).st_mode))
        clean(photo, tmp_path / "out")
        assert [0o600] == [stat.S_IMODE(mode) for mode in modes]


class TestFilesOfEveryMaker:
    @pytest.mark.parametrize("name", EVERY)
    def test_a_clean_copy(self, name: str, tmp_path: Path) -> None:
        """Every file in which every hidden field is filled comes out clean."""
        (tmp_path / "a").write_bytes(EVERY[name]())
        cleaned = clean(tmp_path / "a", tmp_path / "out")
        assert ((), "") == (cleaned.left, cleaned.why)
        assert cleaned.copy
        assert not sings(cleaned.copy.read_bytes())
