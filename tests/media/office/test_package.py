"""Zip archives as packages: read without trust, told of, and written anew with nothing but the parts."""

import io
import struct
import zipfile

import pytest
from archives import inside
from hypothesis import given, settings
from hypothesis import strategies as st
from makers.packages import zipped

from forethought.media.buffer import CannotCleanError, DamagedError, TooLargeError
from forethought.media.office.package import family, first, names, read, reread, written

PARTS = {"mimetype": b"a kind", "a/b.xml": b"<a/>" * 50, "c.txt": b"words"}


def made(parts: dict[str, bytes], note: bytes = b"") -> bytes:
    """Return an archive as a program makes it."""
    return zipped(parts, note=note)


def told(data: bytes) -> dict[str, str]:
    """Return what an archive tells beside its parts."""
    return {trace.where: trace.value for trace in read(data).traces}


def patched(data: bytes, sign: bytes, at: int, new: bytes) -> bytes:
    """Return an archive with bytes changed in the first record of this kind."""
    start = data.index(sign) + at
    return data[:start] + new + data[start + len(new) :]


class TestRead:
    def test_the_parts(self) -> None:
        """Every part is read as it is, packed or not."""
        assert PARTS == read(made(PARTS)).parts
        assert PARTS == read(zipped(PARTS, stored="mimetype")).parts
        assert [*PARTS] == names(made(PARTS))
        assert b"words" == first(made(PARTS), "c.txt")
        assert b"" == first(made(PARTS), "d.txt")

    def test_what_is_told_beside_them(self) -> None:
        """Times, systems, comments, extra fields and bytes outside are told."""
        found = told(b"kestrel-before" + made(PARTS, b"kestrel-note") + b"kestrel-after")
        assert "2026-05-03 14:10:00" == found["zip times"]
        assert "written on Unix" == found["zip system"]
        assert "kestrel-note" == found["zip comment of a part"]
        assert "kestrel-note" in found["zip extra fields"]
        assert "kestrel-after" in found.get("zip comment", "") + found.get("after the end", "")
        assert "kestrel-before" in found["before the start"]

    def test_folders(self) -> None:
        """Folders of their own are no parts."""
        assert {"a/b": b"x"} == read(zipped({"a/": b"", "a/b": b"x"})).parts

    def test_written_as_a_stream(self) -> None:
        """An archive whose sizes stand behind its parts is read."""

        class Stream(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def tell(self) -> int:
                raise OSError

        held = Stream()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a", "x" * 100)
        assert {"a": b"x" * 100} == read(held.getvalue()).parts

    @pytest.mark.parametrize(
        ("parts", "found"),
        [
            ({"[Content_Types].xml": b""}, "ooxml"),
            ({"mimetype": b"application/epub+zip"}, "epub"),
            ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "odf"),
            ({"a": b""}, ""),
        ],
    )
    def test_the_family(self, parts: dict[str, bytes], found: str) -> None:
        """What kind of document a package is, is known by its parts."""
        assert found == family(made(parts))


class TestWritten:
    def test_nothing_beside_the_parts(self) -> None:
        """What is written tells nothing beside its parts, for this reader and for `zipfile`."""
        data = written(PARTS, stored="mimetype")
        assert () == read(data).traces
        assert (PARTS, []) == reread(data)
        assert "mimetype" == next(iter(inside(data)))

    def test_the_kind_comes_first_and_is_not_packed(self) -> None:
        """The part that is named is stored at the start, wherever it stood."""
        assert b"mimetypea kind" == written({"z": b"", **PARTS}, stored="mimetype")[30:44]

    @given(st.dictionaries(st.from_regex(r"[a-zé]{1,8}", fullmatch=True), st.binary(max_size=200), max_size=5))
    @settings(max_examples=40, deadline=None)
    def test_read_again(self, parts: dict[str, bytes]) -> None:
        """What is written is read again as it was."""
        assert parts == read(written(parts)).parts

    @pytest.mark.parametrize("data", [b"x" + written(PARTS), written(PARTS) + b"x", made(PARTS), made(PARTS, b"note")])
    def test_anything_beside_is_doubted(self, data: bytes) -> None:
        """An archive that tells more than its parts does not pass the second reader."""
        assert reread(data)[1]


class TestHostile:
    @pytest.mark.parametrize("name", ["../a", "/a", "a//b", "a/./b", "C:/a", "a\\b", "a\nb"])
    def test_names_that_lie_outside(self, name: str) -> None:
        """Names that would lie outside of the package are refused."""
        with pytest.raises(CannotCleanError):
            read(made({"x" * len(name): b"x"}).replace(b"x" * len(name), name.encode()))

    def test_the_same_name_twice(self) -> None:
        """Two parts whose names differ only by the case of letters are refused."""
        with pytest.raises(CannotCleanError, match="same name"):
            read(made({"A.xml": b"", "a.xml": b""}))

    def test_a_locked_part(self) -> None:
        """A part with a password is refused."""
        with pytest.raises(CannotCleanError, match="password"):
            read(patched(made(PARTS), b"PK\1\2", 8, b"\1\0"))

    def test_a_part_that_unpacks_without_end(self) -> None:
        """A part that is packed a thousandfold is refused before it is unpacked."""
        with pytest.raises(TooLargeError):
            read(made({"a": bytes(16 << 20)}))

    def test_a_size_that_is_not_true(self) -> None:
        """A part that unpacks to more or less than it says is refused."""
        for size in (1, 100_000):
            with pytest.raises(DamagedError):
                read(patched(made({"a": b"x" * 500}), b"PK\1\2", 24, struct.pack("<L", size)))

    def test_too_much_together(self) -> None:
        """Parts that say they unpack to more than all may have are refused."""
        with pytest.raises(CannotCleanError):
            read(patched(made({"a": b"x"}), b"PK\1\2", 24, struct.pack("<L", 0xFFFFFFF0)))

    @pytest.mark.parametrize("at", [10, 16, 20, 28, 42])
    def test_fields_that_lie(self, at: int) -> None:
        """Methods, checksums, sizes and places that are not true are refused."""
        with pytest.raises(CannotCleanError):
            read(patched(made(PARTS), b"PK\1\2", at, b"\x77\x77"))

    def test_parts_over_each_other(self) -> None:
        """Two entries of the list that lead to the same bytes are refused."""
        one = written({"a": b"x" * 50})
        start = one.index(b"PK\1\2")
        entry = one[start : one.index(b"PK\5\6")]
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, 2 * len(entry), start, 0)
        with pytest.raises(CannotCleanError):
            read(one[:start] + entry * 2 + end)

    def test_bytes_between_parts(self) -> None:
        """Bytes that lie between parts are told."""
        one = written({"a": b"x"})
        start = one.index(b"PK\1\2")
        hidden = b"kestrel-between-the-parts-of-it"
        end = patched(one[start:], b"PK\5\6", 16, struct.pack("<L", start + len(hidden)))
        assert "kestrel-between" in told(one[:start] + hidden + end)["between parts"]

    def test_cut_off_anywhere(self) -> None:
        """An archive that is cut off anywhere is refused."""
        data = made(PARTS)
        for end in range(len(data) - 1):
            with pytest.raises(CannotCleanError):
                read(data[:end])

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """An archive with bytes changed is read or refused, and never anything else."""
        whole = bytearray(made(PARTS, b"note"))
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        for reader in (read, reread):
            try:
                reader(bytes(whole))
            except CannotCleanError:
                continue
