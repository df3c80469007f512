"""Files of an export are found wherever they lie, and a hostile or broken archive does no harm."""

import gzip
import hashlib
import io
import os
import struct
import tarfile
import zipfile
from collections import deque
from functools import partial
from pathlib import Path

import pytest
from exports import unpacked, zipped
from hostile import CONTENT, LISTED, LOCAL, changed, linked, locked, lying, packed_as, renamed, tar_of, zip_of
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import ForethoughtError
from forethought.footprint.archives import files as limits
from forethought.footprint.archives.files import Files, NotAnArchiveError, TooMuchError, digest, fold, storable

TREE = {"posts.json": CONTENT, "media/a.jpg": b"\xff\xd8"}
LEADS_OUT = "a name that leads out of the archive: not read"
LINK = "a link or a device, which is not followed"
OUTSIDE = (
    "../posts.json", "a/../../posts.json", "/etc/posts.json", "C:/posts.json", "c:posts.json", "a\\posts.json",
    "..\\posts.json", "//server/share/posts.json",
)  # fmt: skip
FILE = tarfile.REGTYPE


def listed(*inputs: Path) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """Return the content of each file, and the name and the reason of each that was left out."""
    with Files(inputs) as files:
        contents = {}
        for member in files:
            with member.open() as stream:
                contents[member.name] = stream.read()
        return contents, [(problem.pointer.member, problem.what) for problem in files.problems]


def tree_as(form: str, folder: Path) -> Path:
    """Return the same two files in one of the forms in which people have them."""
    if form == "folder":
        return unpacked(folder / "export", TREE)
    if form == "zip":
        return zipped(folder / "export.zip", TREE)
    entries = [(name, FILE, content) for name, content in TREE.items()]
    return tar_of(folder / f"export.{form}", *entries, mode="w:" + {"tgz": "gz", "gz": "gz"}.get(form, form[4:]))


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tgz", "TAR.GZ", "gz"])
def test_files_are_found_in_every_form(form: str, tmp_path: Path) -> None:
    """With names from the top of the archive, and whole; a gzip is known by what it begins with."""
    made = tree_as(form.casefold(), tmp_path)
    if form == "TAR.GZ":
        made = made.rename(tmp_path / "EXPORT.TAR.GZ")
    assert ({name: bytes(content) for name, content in TREE.items()}, []) == listed(made)


def test_a_single_file_is_an_export_of_one(tmp_path: Path) -> None:
    """Under its own name."""
    path = unpacked(tmp_path, {"chat.txt": b"hello"}) / "chat.txt"
    assert ({"chat.txt": b"hello"}, []) == listed(path)


def test_several_inputs_are_read_together(tmp_path: Path) -> None:
    """In order, each file with the SHA-256 of the input that it came in."""
    inputs = [zipped(tmp_path / "1.zip", {"a.json": "1"}), zipped(tmp_path / "2.zip", {"a.json": "2"})]
    with Files(inputs) as files:
        assert ["a.json", "a.json"] == [member.name for member in files]
        assert [digest(path) for path in inputs] == [member.source for member in files]
        assert [b"1", b"2"] == [member.start() for member in files]


def test_a_file_in_a_folder_is_known_by_its_own_bytes(tmp_path: Path) -> None:
    """And its pointer leads to a place within."""
    with Files([unpacked(tmp_path / "f", {"x/a.json": b"1"})]) as files:
        (member,) = files
        pointer = member.at("row 3")
    assert (hashlib.sha256(b"1").hexdigest(), "x/a.json", "row 3") == (pointer.source, pointer.member, pointer.locator)


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_lead_out_are_refused(name: str, tmp_path: Path) -> None:
    """In a zip and in a tar file: a problem tells, and the other files are read."""
    for made in (
        zip_of(tmp_path / "a.zip", (name, b"x"), ("posts.json", CONTENT)),
        tar_of(tmp_path / "a.tgz", (name, FILE, b"x"), ("posts.json", FILE, CONTENT)),
    ):
        assert ({"posts.json": CONTENT}, [(name, LEADS_OUT)]) == listed(made)


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    """It is not cut there, and so taken for another name."""
    made = renamed(zip_of(tmp_path / "a.zip", ("posts.json?.exe", b"x"), ("b", b"")), {b"n?.e": b"n\0.e"})
    assert ({"b": b""}, [("posts.json\0.exe", LEADS_OUT)]) == listed(made)


def test_a_backslash_in_a_folder_is_refused(tmp_path: Path) -> None:
    """Where a file system allows it, since elsewhere it leads to another place."""
    if os.sep == "\\":  # there no file can be named so
        return
    assert ({}, [("a\\b.json", LEADS_OUT)]) == listed(unpacked(tmp_path / "f", {"a\\b.json": b"x"}))


@pytest.mark.parametrize("mode", [0o120777, 0o020644, 0o060644, 0o010644, 0o140644])
def test_links_and_devices_in_a_zip_are_refused(mode: int, tmp_path: Path) -> None:
    """A link, the devices, a pipe and a socket."""
    made = zip_of(tmp_path / "a.zip", (linked("posts.json", mode=mode), b"/etc/hostname"), ("b.json", b"1"))
    assert ({"b.json": b"1"}, [("posts.json", LINK)]) == listed(made)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(kind: bytes, tmp_path: Path) -> None:
    """Symbolic and hard links, the devices and a pipe; a folder is simply none of the files."""
    made = tar_of(tmp_path / "a.tgz", ("posts.json", kind, b"b.json"), ("f", tarfile.DIRTYPE, b""), ("b", FILE, b"1"))
    assert ({"b": b"1"}, [("posts.json", LINK)]) == listed(made)


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """Neither to a file nor to a folder elsewhere; a pipe is not waited for."""
    elsewhere = unpacked(tmp_path / "elsewhere", {"secret.json": b"s3cret"})
    folder = unpacked(tmp_path / "f", {"a.json": b"1"})
    (folder / "file.json").symlink_to(elsewhere / "secret.json")
    (folder / "folder").symlink_to(elsewhere)
    os.mkfifo(folder / "pipe")
    assert ({"a.json": b"1"}, [("file.json", LINK), ("folder", LINK)]) == listed(folder)


def test_litter_is_left_out(tmp_path: Path) -> None:
    """What operating systems leave behind is no part of an export, however it is written."""
    names = (
        "__MACOSX/._posts.json",
        "a/._b.json",
        ".DS_Store",
        "a/Thumbs.db",
        "thumbs.db",
        "Desktop.ini",
        "a/.ds_store",
    )
    made = zip_of(tmp_path / "a.zip", *((name, b"x") for name in names), ("a/posts.json", CONTENT), ("a/", b""))
    assert ({"a/posts.json": CONTENT}, []) == listed(made)


def test_duplicate_names_are_both_read(tmp_path: Path) -> None:
    """Each with its own content."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        made = zip_of(tmp_path / "a.zip", ("a.json", b"1"), ("a.json", b"2"))
    tarred = tar_of(tmp_path / "a.tgz", ("a.json", FILE, b"1"), ("a.json", FILE, b"2"))
    with Files([made, tarred]) as files:
        assert [b"1", b"2", b"1", b"2"] == [member.start() for member in files]


def test_names_without_the_flag_are_tried_as_utf_8(tmp_path: Path) -> None:
    """Else they are what an old program wrote."""
    plain = zip_of(tmp_path / "a.zip", ("caf__.json", b"1"))
    assert {"café.json"} == set(listed(renamed(plain, {b"caf__": "café".encode()}))[0])
    old = zip_of(tmp_path / "b.zip", ("caf_.json", b"1"))
    assert {"café.json"} == set(listed(renamed(old, {b"caf_": "café".encode("cp437")}))[0])
    flagged = zip_of(tmp_path / "c.zip", ("café.json", b"1"))
    assert {"café.json"} == set(listed(flagged)[0])


def test_a_name_that_is_no_text_can_be_stored(tmp_path: Path) -> None:
    """What it has of odd bytes is replaced."""
    made = renamed(tar_of(tmp_path / "a.tar", ("caf_.json", FILE, b"1"), mode="w"), {b"caf_": b"caf\xe9"})
    content = bytearray(made.read_bytes())
    content[148:156] = b"%06o\0 " % (sum(content[:148]) + sum(content[156:512]) + 8 * 32)
    made.write_bytes(content)
    assert {"caf�.json": b"1"} == listed(made)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Tea", "Tea"), ("café 🌿", "café 🌿"), ("a\ud83d b", "a� b"), ("\udcff", "�"), ("\ud83c\udf3f", "🌿")],
)
def test_half_a_pair_of_surrogates_is_replaced(text: str, expected: str) -> None:
    """And two halves that belong together are one character."""
    assert expected == storable(text)


@pytest.mark.parametrize(
    ("size", "name"), [(0, "a.zip"), (10, "a.zip"), (0.5, "a.zip"), (-30, "a.zip"), (0.5, "a.tar.gz"), (40, "a.tgz")]
)
def test_a_download_that_was_cut_off_is_said_to_be(size: float, name: str, tmp_path: Path) -> None:
    """With what to do about it."""
    noise = hashlib.shake_128(b"").digest(9999)
    made = (
        zip_of(tmp_path / name, ("a", noise)) if name.endswith("zip") else tar_of(tmp_path / name, ("a", FILE, noise))
    )
    content = made.read_bytes()
    made.write_bytes(content[: int(size * len(content)) if size == 0.5 else int(size)])
    with pytest.raises(NotAnArchiveError, match=rf"{name} cannot be read: .*Download it from the platform once more\."):
        listed(made)


def test_a_locked_zip_is_said_to_be(tmp_path: Path) -> None:
    """With what to do about it."""
    made = locked(zip_of(tmp_path / "a.zip", ("a.json", CONTENT)))
    with pytest.raises(NotAnArchiveError, match=r"it is locked with a password\. Unpack it, and give the folder"):
        listed(made)


@pytest.mark.parametrize("method", [9, 93, 95, 99])
def test_a_packing_that_is_not_known_costs_its_files_only(method: int, tmp_path: Path) -> None:
    """Such as Deflate64, which Windows uses for large files: it is told, with what to do about it."""
    made = packed_as(zip_of(tmp_path / "a.zip", ("a.json", CONTENT)), method)
    assert ({}, [("a.json", "packed in a way that is not known: unpack the zip, and give the folder")]) == listed(made)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_broken_content_is_no_more_than_unreadable(method: int, tmp_path: Path) -> None:
    """Each way of packing that is known is read; broken, it begins with nothing and raises what readers await."""
    made = zip_of(tmp_path / "a.zip", ("a.json", CONTENT * 50), method=method)
    assert {"a.json": CONTENT * 50} == listed(made)[0]
    changed(made, (LOCAL, 46, b"\xff" * 20))
    with Files([made]) as files:
        (member,) = files
        assert b"" == member.start() or method == zipfile.ZIP_STORED
        with pytest.raises(limits.BROKEN_OFF), member.open() as stream:
            stream.read()


@pytest.mark.parametrize("at", [26, 28])
def test_a_zip_whose_two_lists_differ_is_no_more_than_unreadable(at: int, tmp_path: Path) -> None:
    """A member whose own header does not fit begins with nothing."""
    made = changed(zip_of(tmp_path / "a.zip", ("a.json", CONTENT)), (LOCAL, at, b"\xff\xff"))
    with Files([made]) as files:
        assert [b""] == [member.start() for member in files]


def test_a_place_that_no_file_has_is_no_more_than_unreadable(tmp_path: Path) -> None:
    """Even where it is beyond what a number of the file system can say."""
    made = zip_of(tmp_path / "a.zip", ("a.json", CONTENT))
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    content = bytearray(made.read_bytes())
    at, end = content.find(LISTED), content.find(b"PK\x05\x06")
    content[at + 42 : at + 46], content[at + 30 : at + 32] = b"\xff" * 4, struct.pack("<H", len(extra))
    content[end + 12 : end + 16] = struct.pack("<L", end - at + len(extra))
    content[at + 46 + 6 : at + 46 + 6] = extra
    made.write_bytes(content)
    with Files([made]) as files:
        assert [b""] == [member.start() for member in files]


@pytest.mark.parametrize("name", ["missing.zip", "missing", "a/missing.json"])
def test_an_input_that_is_not_there_is_said_to_be_missing(name: str, tmp_path: Path) -> None:
    """In a sentence, as everything that goes wrong with an input."""
    with pytest.raises(NotAnArchiveError, match=r"missing.* cannot be read: it is not there, or may not be opened"):
        listed(tmp_path / name)


def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    """What is inflated is counted, and other members are read."""
    bomb = bytes(limits.RATIO_FROM + limits.WORST_RATIO * 2**16)
    made = zip_of(tmp_path / "a.zip", ("bomb.json", bomb), ("a.json", b"1"))
    with Files([made]) as files:
        first, second = files
        with (
            pytest.raises(TooMuchError, match=r"bomb\.json unpacks to more than an export holds"),
            first.open() as stream,
        ):
            deque(iter(partial(stream.read, 2**20), b""))
        assert b"1" == second.start()
        assert bytes(4096) == first.start()


@pytest.mark.parametrize("size", [10, 2**31])
def test_a_bomb_that_lies_about_its_size_is_stopped(size: int, tmp_path: Path) -> None:
    """No more is given than a bomb may, and it is not taken for whole."""
    made = lying(zip_of(tmp_path / "a.zip", ("bomb.json", bytes(limits.RATIO_FROM * 2))), size)
    given = []
    with Files([made]) as files:
        (member,) = files
        with pytest.raises((TooMuchError, *limits.BROKEN_OFF)), member.open() as stream:
            given.extend(len(content) for content in iter(partial(stream.read, 2**16), b""))
    assert sum(given) <= min(size, limits.RATIO_FROM)


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_MEMBER"])
def test_no_more_is_inflated_than_is_allowed(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For one member, and for all of them together."""
    monkeypatch.setattr(limits, limit, 80_000 if limit == "MOST_MEMBER" else 200_000)
    made = zipped(tmp_path / "a.zip", {f"{n}.txt": hashlib.shake_128(b"").digest(90_000) for n in range(3)})
    with Files([made]) as files:
        got = []
        for member in files:
            try:
                with member.open() as stream:
                    got.append(len(stream.read()))
            except TooMuchError:
                got.append(-1)
    assert ([-1, -1, -1] if limit == "MOST_MEMBER" else [90_000, 90_000, -1]) == got


@pytest.mark.parametrize("form", ["zip", "tgz"])
def test_no_more_members_are_listed_than_are_allowed(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was open is closed."""
    monkeypatch.setattr(limits, "MOST_MEMBERS", 3)
    many = {str(number): b"x" for number in range(4)}
    entries = [(name, FILE, content) for name, content in many.items()]
    made = zipped(tmp_path / "a.zip", many) if form == "zip" else tar_of(tmp_path / "a.tgz", *entries)
    with pytest.raises(TooMuchError):
        listed(made)


def test_a_tar_that_is_a_bomb_is_not_inflated_to_find_its_files(tmp_path: Path) -> None:
    """It is refused by what it says of its members before they are stepped over."""
    big = tarfile.TarInfo("bomb.json")
    big.size = 2**40
    made = tmp_path / "a.tgz"
    made.write_bytes(gzip.compress(big.tobuf() + bytes(2**20)))
    with pytest.raises(TooMuchError, match=r"a\.tgz unpacks to more"):
        listed(made)


@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_a_tar_with_a_huge_name_is_refused(kind: bytes, tmp_path: Path) -> None:
    """It is not read into memory."""
    header = tarfile.TarInfo("name")
    header.type, header.size = kind, limits.MOST_HEADER + 1
    made = tmp_path / "a.tar"
    made.write_bytes(header.tobuf() + b"x" * (2 * limits.MOST_HEADER))
    with pytest.raises(TooMuchError):
        listed(made)


def test_archives_within_archives_stay_closed(tmp_path: Path) -> None:
    """A zip within a zip is one file; so is one that stands at the end of a tar."""
    inner = zipped(tmp_path / "inner.zip", {"posts.json": CONTENT}).read_bytes()
    outer = zip_of(tmp_path / "a.zip", ("inner.zip", inner), method=zipfile.ZIP_STORED)
    assert {"inner.zip"} == set(listed(outer)[0])
    tarred = tar_of(tmp_path / "a.tar", ("inner.zip", FILE, inner), mode="w")
    assert {"inner.zip"} == set(listed(tarred)[0])


def test_nothing_is_written(tmp_path: Path) -> None:
    """The place of the archive and the current folder stay as they were, whatever names say."""
    made = zip_of(tmp_path / "a.zip", ("../out.json", b"x"), ("posts.json", CONTENT))
    before = sorted(tmp_path.rglob("*")), sorted(Path().iterdir())
    listed(made)
    assert before == (sorted(tmp_path.rglob("*")), sorted(Path().iterdir()))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café.JSON", "cafe\u0301.json"), ("who_you\u2019ve.json", "who_you_ve.json"), ("who_you've", "WHO_YOU_VE")],
)
def test_names_are_compared_folded(one: str, other: str) -> None:
    """Composed, without case, every apostrophe an underscore."""
    assert fold(one) == fold(other)


def test_files_are_found_by_name_in_any_folder(tmp_path: Path) -> None:
    """By the last part of the name, or by the end of the whole path; a longer name is another."""
    names = ("x/data/Tweets.js", "tweets.js", "my-tweets.js", "tweets.js.bak")
    with Files([unpacked(tmp_path / "f", dict.fromkeys(names, b""))]) as files:
        assert {"x/data/Tweets.js", "tweets.js"} == {member.name for member in files.named("TWEETS.js")}
        assert {"x/data/Tweets.js"} == {member.name for member in files.matching(r"data/tweets\.js")}
        assert {"x/data/Tweets.js", "tweets.js"} == {member.name for member in files.matching(r"tweets\.js")}


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tgz", ".tar.xz", ".json"])
@given(
    content=st.one_of(
        st.binary(max_size=700),
        st.binary(max_size=99).map(lambda b: b"PK\x03\x04" + b + b"PK\x05\x06" + bytes(18)),
        st.binary(max_size=99).map(gzip.compress),
    )
)
def test_any_bytes_are_an_archive_or_refused(
    suffix: str, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No other error leaves the listing or the start of a file."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    try:
        with Files([path]) as files:
            assert all(isinstance(member.start(), bytes) for member in files)
    except ForethoughtError as error:
        assert path.name in str(error)  # noqa: PT017 - some bytes are an archive


@given(data=st.data())
def test_any_zip_with_changed_bytes_is_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wherever the bytes stand: in a name, a size, a place or the content."""
    path = tmp_path_factory.getbasetemp() / "changed.zip"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.json", CONTENT * 3)
        archive.writestr("café.json", b"1")
    content = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        with Files([path]) as files:
            assert all(isinstance(member.start(), bytes) for member in files)
    except ForethoughtError as error:
        assert path.name in str(error)  # noqa: PT017 - most such zips are read
