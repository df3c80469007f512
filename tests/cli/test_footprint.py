"""`forethought footprint`: exports looked at, read into a vault, and audited, with or without one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import validate

from forethought.vault import Vault

Run = Callable[..., Result]
PASSPHRASE = "teapot lantern gravel moth"
POSTS = (
    "My Tuesday client, a beekeeper, cried about her mother again.",
    "Walked along the canal. Herons.",
    "My client lost two hives in the frost, the beekeeper, and cried in our session.",
    "\u001b[31mI grew up\u202e in Ludlow with my two sisters.",
)
DETAIL = {
    "type": "object",
    "required": ["post", "words", "kind"],
    "properties": {name: {"type": "string", "minLength": 1} for name in ("post", "words", "kind")},
}
ESTIMATE = {
    "type": "object",
    "required": ["low", "high", "basis"],
    "properties": {
        "low": {"type": "integer", "minimum": 0},
        "high": {"type": "integer", "minimum": 0},
        "basis": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    },
}
AUDIT = {
    "type": "object",
    "required": ["posts", "threads"],
    "properties": {
        "posts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "verdict", "findings"],
                "properties": {
                    "id": {"type": "string"},
                    "verdict": {"enum": ["stop", "pause", "consider", "clear"]},
                    "findings": {
                        "type": "array",
                        "items": {"type": "object", "required": ["rule", "severity", "spans"]},
                    },
                },
            },
        },
        "threads": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["posts", "details", "about", "identifying", "estimate"],
                "properties": {
                    "posts": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                    "details": {"type": "array", "items": DETAIL},
                    "about": {"type": "string", "minLength": 1},
                    "identifying": {"type": "boolean"},
                    "estimate": ESTIMATE,
                },
            },
        },
    },
}


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    """A timeline of an invented counsellor, two of whose posts tell of one person."""
    profile = {"name": "Wren Ash", "bio": "Counsellor in Ludlow", "location": "Ludlow", "role": "counsellor"}
    posts = [{"id": f"p{n}", "created": f"2024-01-{n + 1:02}T08:00:00Z", "text": text} for n, text in enumerate(POSTS)]
    path = tmp_path / "timeline.json"
    path.write_text(json.dumps({"profile": profile, "posts": posts}), encoding="utf-8")
    return path


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A file that is no export."""
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    return path


def one_line(result: Result) -> str:
    """Return the one line of a mistake, with its status."""
    assert 2 == result.exit_code
    (line,) = result.stderr.splitlines()
    assert line.startswith("forethought: ")
    return line


class TestLooking:
    def test_what_an_export_holds_is_said(self, run: Run, timeline: Path) -> None:
        """A look says what a file was taken for and how many of each kind it holds, and keeps nothing."""
        result = run("footprint", "import", str(timeline), "--look")
        assert 0 == result.exit_code
        for words in ("A plain timeline", "4 of kind post", "1 of kind profile"):
            assert words in result.stdout

    def test_the_same_as_data(self, run: Run, timeline: Path) -> None:
        """As JSON it has the platform, the counts, and the state of each table."""
        (found,) = json.loads(run("footprint", "import", str(timeline), "--look", "--format", "json").stdout)
        assert ("plain", {"post": 4, "profile": 1}) == (found["platform"], found["items"])
        assert {"present"} == {table["state"] for table in found["tables"]}

    def test_a_folder_is_an_export_too(self, run: Run, timeline: Path) -> None:
        """A folder of files is read as the zip would be."""
        assert "4 of kind post" in run("footprint", "import", str(timeline.parent), "--look").stdout


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("import",), "name the files to read"),
            (("import", "--look"), "name the files to read"),
            (("audit",), "name the files to review, or use --vault"),
            (("import", "nowhere.zip"), "'nowhere.zip' does not exist"),
            (("audit", "nowhere.zip"), "'nowhere.zip' does not exist"),
            (("import", "{strange}", "--look"), "holiday.jpg is not an export that Forethought knows"),
            (("audit", "{strange}"), "holiday.jpg is not an export that Forethought knows"),
            (("audit", "{strange}", "--format", "json"), "holiday.jpg is not an export that Forethought knows"),
            (("audit", "{strange}", "--vault"), "and not both"),
            (("audit", "{strange}", "--format", "yaml"), "yaml"),
            (("audit", "{strange}", "--reader", "owl"), "owl"),
            (("audit", "{strange}", "--role", "wizard"), "wizard"),
            (("import", "{strange}", "--account", "secret"), "secret"),
            (("audit", "--vault", "--folder", "{empty}"), "there is no vault in"),
            (("import", "{strange}", "--folder", "{empty}"), "there is no vault in"),
            (("impot",), "import"),
        ],
    )  # fmt: skip
    def test_a_mistake_is_one_line(
        self, run: Run, strange: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
    ) -> None:
        """Each mistake ends in one line that says what to do, with status 2, and writes nothing else."""
        given = [each.format(strange=strange, empty=tmp_path / "empty") for each in arguments]
        result = run("footprint", *given)
        assert words in one_line(result)
        assert "" == result.stdout

    def test_a_cut_zip_is_one_line(self, run: Run, tmp_path: Path) -> None:
        """A download that broke off is named, with what to do."""
        (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
        assert "Download it from the platform once more" in one_line(
            run("footprint", "audit", str(tmp_path / "cut.zip"))
        )

    def test_no_file_is_begun_for_what_is_no_export(self, run: Run, strange: Path, tmp_path: Path) -> None:
        """Where there is nothing to answer, no file of half an answer is left."""
        out = tmp_path / "answer.json"
        one_line(run("footprint", "audit", str(strange), "--format", "json", "--out", str(out)))
        assert not out.exists()

    def test_no_file_is_written_over(self, run: Run, timeline: Path, tmp_path: Path) -> None:
        """A file that is there already stays as it is."""
        out = tmp_path / "answer.json"
        out.write_text("mine", encoding="utf-8")
        result = run("footprint", "audit", str(timeline), "--reader", "lexical", "--format", "json", "--out", str(out))
        assert "is there already" in one_line(result)
        assert "mine" == out.read_text(encoding="utf-8")

    def test_help_is_there(self, run: Run) -> None:
        """Without a command its help is shown."""
        assert "Read what you have posted over the years" in run("footprint").stdout


class TestAuditing:
    def test_the_answer_is_as_the_contract_says(self, run: Run, timeline: Path) -> None:
        """As JSON each post has a verdict and findings, and each thread what it tells and how many could be meant."""
        result = run("footprint", "audit", str(timeline), "--format", "json")
        assert 0 == result.exit_code
        found = json.loads(result.stdout)
        validate(found, AUDIT)
        assert ["p0", "p1", "p2", "p3"] == [post["id"] for post in found["posts"]]
        assert ["stop", "clear", "stop", "clear"] == [post["verdict"] for post in found["posts"]]
        (thread,) = found["threads"]
        assert {"p0", "p2"} == set(thread["posts"])
        assert thread["estimate"]["low"] <= thread["estimate"]["high"]
        texts = {f"p{n}": text for n, text in enumerate(POSTS)}
        assert all(detail["words"] in texts[detail["post"]] for detail in thread["details"])
        assert "Wren Ash" == found["profile"]["name"]

    def test_a_person_can_read_it(self, run: Run, timeline: Path) -> None:
        """As text it counts the verdicts, shows the gravest posts and what combines; nothing acts on the terminal."""
        result = run("footprint", "audit", str(timeline))
        assert 0 == result.exit_code
        words = " ".join(result.stdout.split())
        for each in ("What was found", "Posts that tell of one person together", "p0", "A stranger learns"):
            assert each in words
        assert "\u001b" not in result.stdout
        assert "\u202e" not in result.stdout

    def test_the_answer_goes_to_a_file(self, run: Run, timeline: Path, tmp_path: Path) -> None:
        """With --out the answer is in a new file and nothing on the terminal."""
        out = tmp_path / "answer.json"
        options = ("--reader", "lexical", "--format", "json", "--out", str(out))
        result = run("footprint", "audit", str(timeline), *options)
        assert (0, "") == (result.exit_code, result.stdout)
        validate(json.loads(out.read_text(encoding="utf-8")), AUDIT)

    def test_an_empty_timeline(self, run: Run, tmp_path: Path) -> None:
        """A timeline without a post has none in its answer, and no thread."""
        path = tmp_path / "timeline.json"
        path.write_text('{"posts": []}', encoding="utf-8")
        found = json.loads(run("footprint", "audit", str(path), "--format", "json").stdout)
        assert ([], []) == (found["posts"], found["threads"])


class Typed:
    """The program in a process of its own on a terminal, at which a passphrase is typed."""

    def __init__(self, *arguments: str, passphrase: str = PASSPHRASE) -> None:
        """Run it to its end."""
        pty = pytest.importorskip("pty")
        ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL, "footprint", *arguments],
            stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.echoed = self._shown(ours)  # what is typed before the program asks is thrown away
        os.write(ours, passphrase.encode() + b"\n")
        self.stdout, self.stderr = self.process.communicate(timeout=120)
        self.status = self.process.returncode
        self.echoed += self._shown(ours)
        os.close(ours)

    @staticmethod
    def _shown(terminal: int) -> str:
        try:
            return os.read(terminal, 65_536).decode()
        except OSError:  # the program has ended, and all that it showed was read
            return ""

    @property
    def data(self) -> Any:
        """The answer as data."""
        assert 0 == self.status, self.stderr
        return json.loads(self.stdout)


# Makes the terminal that it was given on standard input its own, as a shell does.
TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from forethought.cli import main
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """The folder of a vault that was just made, and is locked."""
    vault = Vault(tmp_path / "vault")
    vault.create(PASSPHRASE)
    vault.lock()
    return str(vault.folder)


class TestVault:
    def test_an_export_is_read_and_audited(self, folder: str, timeline: Path) -> None:
        """Read twice and audited twice in the vault, each post is there once; the passphrase is shown nowhere."""
        for _ in range(2):
            told = Typed("import", str(timeline), "--folder", folder, "--format", "json")
            assert [("plain", 5)] == [(each["platform"], each["read"]) for each in told.data]
        first = Typed("audit", "--vault", "--folder", folder, "--format", "json")
        validate(first.data, AUDIT)
        assert ["stop", "stop"] == [post["verdict"] for post in first.data["posts"]]
        assert 2 == len(first.data["threads"][0]["posts"])
        assert first.data == Typed("audit", "--vault", "--folder", folder, "--format", "json").data
        assert all(PASSPHRASE not in each for each in (first.stdout, first.stderr, first.echoed))
        left = b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())
        assert b"beekeeper" not in left
        assert b"SQLite format" not in left

    def test_a_person_can_read_it(self, folder: str, timeline: Path) -> None:
        """As text both say in words what came of it."""
        read = Typed("import", str(timeline), "--folder", folder)
        assert (0, True) == (read.status, "5 items from timeline.json are in your vault." in read.stdout)
        audited = Typed("audit", "--vault", "--folder", folder, "--reader", "lexical")
        assert "What is out there, and what to do about it" in audited.stdout
        assert "beekeeper" in audited.stdout

    def test_an_empty_vault(self, folder: str) -> None:
        """Where nothing was read there is nothing to say, and nothing fails."""
        told = Typed("audit", "--vault", "--folder", folder, "--format", "json")
        assert {"posts": [], "threads": []} == told.data

    @pytest.mark.parametrize(
        ("passphrase", "name", "words"),
        [("wrong words here", "timeline", "does not open the vault"), (PASSPHRASE, "strange", "is not an export")],
    )
    def test_a_mistake_is_one_line(
        self, folder: str, timeline: Path, strange: Path, passphrase: str, name: str, words: str
    ) -> None:
        """A wrong passphrase and a file that is no export end in one line with status 2; the vault is free again."""
        path = {"timeline": timeline, "strange": strange}[name]
        told = Typed("import", str(path), "--folder", folder, passphrase=passphrase)
        assert (2, "") == (told.status, told.stdout)
        assert words in told.stderr
        assert "Traceback" not in told.stderr
        assert 1 == told.stderr.count("forethought: ")
        vault = Vault(Path(folder))
        vault.unlock(PASSPHRASE)
        vault.lock()

    def test_a_vault_in_use_is_left_alone(self, folder: str, timeline: Path) -> None:
        """While something else has the vault open, it is said so, and nothing is done."""
        vault = Vault(Path(folder))
        vault.unlock(PASSPHRASE)
        told = Typed("import", str(timeline), "--folder", folder)
        vault.lock()
        assert 2 == told.status
        assert "the vault is in use" in told.stderr
