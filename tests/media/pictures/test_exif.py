"""EXIF: tags are read as they stand, and a hostile block costs neither time nor memory."""

import struct

import pytest
from makers.pictures import camera_notes, with_thumbnail

from forethought.media.buffer import DamagedError
from forethought.media.pictures import exif


def block(*entries: tuple[int, int, int, int], order: str = "<") -> bytes:
    """Return a block with one directory of these entries: tag, type, count and value."""
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}L", 8)
    return (
        head
        + struct.pack(f"{order}H", len(entries))
        + b"".join(struct.pack(f"{order}HHLL", *entry) for entry in entries)
        + bytes(4)
    )


class TestOrientation:
    @pytest.mark.parametrize("turned", range(1, 9))
    def test_it_is_read(self, turned: int) -> None:
        """How a picture is to be turned is read as it stands."""
        assert turned == exif.orientation(camera_notes(turned).tobytes().removeprefix(b"Exif\0\0"))

    @pytest.mark.parametrize("turned", [0, 9, 4_000])
    def test_one_that_cannot_be(self, turned: int) -> None:
        """A number that is none of the eight counts as upright."""
        assert 1 == exif.orientation(block((0x0112, 3, 1, turned)))


class TestTraces:
    def test_a_thumbnail(self) -> None:
        """A small picture in a second directory is told."""
        assert "picture" in {trace.kind for trace in exif.traces(with_thumbnail(camera_notes()))}

    def test_no_place_at_nought(self) -> None:
        """Coordinates of nought and nought, as phones without a fix write them, are no place."""
        notes = camera_notes()
        notes.get_ifd(0x8825).update({2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)})
        found = exif.traces(notes.tobytes().removeprefix(b"Exif\0\0"))
        assert "EXIF GPS" not in {trace.where for trace in found}

    @pytest.mark.parametrize("data", [b"", b"II*\0", b"kestrel notes", b"MM\0*\0\0\0\x08"])
    def test_what_cannot_be_read(self, data: bytes) -> None:
        """A block that is none is told as notes that cannot be read, or holds nothing."""
        assert all("cannot be read" in trace.value for trace in exif.traces(data))


class TestWritten:
    def test_what_any_picture_may_hold(self) -> None:
        """Bytes that stand in coded pictures, or in the tables before them, are nothing that was written."""
        table = b"456789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz"
        assert (b"kestrel",) == exif.written(b"\0".join((b"((((((((", b"QEQEQEQE", table, b"short", b"kestrel")))


class TestHostile:
    def test_a_directory_that_leads_to_itself(self) -> None:
        """Directories that lead in a circle are each read once."""
        assert 1 == len(list(exif.tags(block((0x8769, 4, 1, 8)))))

    def test_values_that_overlap(self) -> None:
        """Many tags that all hold the same large stretch are refused before they are all held."""
        data = block(*[(0xC000 + number, 7, 3_000_000, 8) for number in range(100)]) + bytes(3_000_000)
        with pytest.raises(DamagedError, match="more than such notes do"):
            list(exif.tags(data))

    def test_a_value_beyond_the_end(self) -> None:
        """A value that is said to lie beyond the end is as long as there is."""
        (tag,) = exif.tags(block((0xC000, 2, 4_000_000_000, 20)))
        assert len(tag.raw) < 40
