"""`forethought clean`: what it says, what it writes, and how it ends."""

import json
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from forethought.cli.program import main

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))

from canaries import sings
from makers import jpeg, word


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A phone's photo."""
    (tmp_path / "holiday.jpg").write_bytes(jpeg.phone())
    return tmp_path / "holiday.jpg"


def run(*arguments: object) -> tuple[int, str, str]:
    """Return the status, the answer and the complaint of a run."""
    done = CliRunner().invoke(main, ["clean", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


class TestClean:
    def test_a_photo(self, photo: Path, tmp_path: Path) -> None:
        """A photo is told of in words, worst first, and its clean copy is named."""
        status, answer, _ = run(photo, "--out", tmp_path / "out")
        assert 0 == status
        assert "Bristol" in answer
        assert answer.index("Where it was made") < answer.index("Which program made it")
        assert (tmp_path / "out/picture.jpg").exists()
        assert not sings((tmp_path / "out/picture.jpg").read_bytes())

    def test_as_data(self, photo: Path, tmp_path: Path) -> None:
        """The same as data: what it gave away, what was removed, what is left, and whether it is clean."""
        _, answer, _ = run(photo, "--out", tmp_path / "out", "--format", "json")
        (record,) = json.loads(answer)
        assert ("holiday.jpg", "JPEG", True, []) == tuple(record[key] for key in ("file", "format", "clean", "left"))
        assert {"kind": "person", "where": "EXIF Artist", "value": "kestrel-artist"} in record["removed"]
        assert str(tmp_path / "out/picture.jpg") == record["copy"]

    def test_only_a_look(self, photo: Path, tmp_path: Path) -> None:
        """A look writes nothing."""
        status, answer, _ = run(photo, "--look")
        assert 0 == status
        assert "kestrel-artist" in answer
        assert [photo] == list(tmp_path.iterdir())

    def test_one_that_cannot_be_cleaned(self, photo: Path, tmp_path: Path) -> None:
        """One file that cannot be cleaned gives status 1, is never called clean, and the others are cleaned."""
        (tmp_path / "notes.xyz").write_bytes(b"kestrel")
        status, answer, _ = run(tmp_path / "notes.xyz", photo, "--out", tmp_path / "out", "--format", "json")
        unknown, cleaned = json.loads(answer)
        assert 1 == status
        assert (False, None, None) == (unknown["clean"], unknown["copy"], unknown["format"])
        assert cleaned["clean"]

    def test_a_folder(self, photo: Path, tmp_path: Path) -> None:
        """Every file of a folder is cleaned and named by its place there; hidden ones and earlier copies are not."""
        (tmp_path / "may").mkdir()
        for name in ("may/one.jpg", ".hidden.jpg"):
            (tmp_path / name).write_bytes(photo.read_bytes())
        for _ in range(2):
            status, answer, _ = run(tmp_path, "--out", tmp_path / "out", "--format", "json")
            assert 0 == status
            assert ["holiday.jpg", "may/one.jpg"] == [record["file"] for record in json.loads(answer)]
        assert 4 == len(list((tmp_path / "out").iterdir()))

    def test_the_folder_itself(self, photo: Path, tmp_path: Path) -> None:
        """Copies can go into the folder that is cleaned, or into one above it."""
        (tmp_path / "may").mkdir()
        photo.rename(tmp_path / "may/holiday.jpg")
        for out in (tmp_path / "may", tmp_path):
            assert 0 == run(tmp_path / "may", "--out", out)[0]
        assert (tmp_path / "may/picture.jpg").exists()
        assert (tmp_path / "picture.jpg").exists()

    def test_one_that_cannot_be_read(self, photo: Path, tmp_path: Path) -> None:
        """A file that cannot be read is named, and the others are cleaned and told of all the same."""
        status, answer, complaint = run("/dev/null", photo, "--out", tmp_path / "out", "--format", "json")
        assert 2 == status
        assert "/dev/null" in complaint
        assert [True] == [record["clean"] for record in json.loads(answer)]

    def test_a_look_at_one_that_cannot_be_cleaned(self, tmp_path: Path) -> None:
        """A look at a file that cannot be cleaned gives status 1, and says that there is nothing in an empty one."""
        (tmp_path / "a.jpg").touch()
        status, answer, _ = run(tmp_path / "a.jpg", "--look")
        assert (1, True) == (status, "there is nothing in it" in answer)

    def test_tracked_changes(self, tmp_path: Path) -> None:
        """Tracked changes are accepted, or refused where that is asked for."""
        (tmp_path / "a.docx").write_bytes(word.word())
        run(tmp_path / "a.docx", "--out", tmp_path)
        run(tmp_path / "a.docx", "--out", tmp_path, "--refuse-changes")
        accepted, refused = (
            " ".join(each.text for each in docx.Document(str(tmp_path / name)).paragraphs)
            for name in ("document.docx", "document-2.docx")
        )
        assert ("the rain came" in accepted, "kestrel-deleted" in accepted) == (True, False)
        assert ("the rain came" in refused, "kestrel-deleted" in refused) == (False, True)

    def test_what_no_program_takes_out(self, photo: Path, tmp_path: Path) -> None:
        """The answer says what is still to be looked for by eye."""
        assert "faces" in run(photo, "--out", tmp_path / "out")[1]


class TestRefusals:
    def test_no_file(self) -> None:
        """Without a file it says to name one."""
        assert (2, True) == ((ended := run("--out", "x"))[0], "name the files" in ended[2])

    def test_blur_without_what(self, photo: Path, tmp_path: Path) -> None:
        """To blur without saying what is refused."""
        status, _, complaint = run(photo, "--out", tmp_path, "--blur")
        assert (2, True) == (status, "--cover" in complaint)

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        """A folder without files says so."""
        status, _, complaint = run(tmp_path, "--look")
        assert (2, True) == (status, "no file in that folder" in complaint)

    def test_no_folder(self, photo: Path) -> None:
        """Without a folder it says to name one, or to look only."""
        status, _, complaint = run(photo)
        assert 2 == status
        assert "--out" in complaint
        assert "--look" in complaint

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A file that is not there is named."""
        status, _, complaint = run(tmp_path / "none.jpg", "--look")
        assert 2 == status
        assert "none.jpg" in complaint
