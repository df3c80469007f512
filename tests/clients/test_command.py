"""`forethought clients` at a terminal: names asked for and never given as arguments, and nothing readable kept."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from forethought.cli import main
from forethought.vault import Vault

PASSPHRASE = "teapot lantern gravel moth"
ANSWERS = ("Siobhan Featherstonehaugh", "Zippy", "@zebra_sketches", "quillwort@home.example", "07700 900123")
# Makes the terminal that it was given on standard input its own, as a shell does.
TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from forethought.cli import main
main()
"""


class Typed:
    """The program in a process of its own on a terminal; each answer is typed once it is asked for."""

    def __init__(self, *arguments: str, answers: tuple[str, ...] = (), passphrase: str = PASSPHRASE) -> None:
        """Run it to its end."""
        pty = pytest.importorskip("pty")
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", TERMINAL, "clients", *arguments],
            stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""
        for answer in (passphrase, *answers):
            self._until_asked()
            os.write(self.ours, answer.encode() + b"\n")
        self.stdout, _ = self.process.communicate(timeout=120)
        self.status = self.process.returncode
        while self._read(0.2):
            pass
        os.close(self.ours)

    def _until_asked(self) -> None:
        """Wait for a question; one that never comes ends the wait with the program."""
        seen = len(self.shown)
        while not self.shown[seen:].rstrip(" ").endswith(":") and self.process.poll() is None:
            self._read(1)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self.ours, 65_536).decode()
        except OSError:  # the program has ended, and all that it showed was read
            return False
        self.shown += part
        return bool(part)

    @property
    def data(self) -> Any:
        """The answer as data."""
        assert 0 == self.status, self.shown
        return json.loads(self.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """The folder of a vault that was just made, and is locked."""
    vault = Vault(tmp_path / "vault")
    vault.create(PASSPHRASE)
    vault.lock()
    return str(vault.folder)


class TestAtATerminal:
    def test_from_adding_to_removing(self, folder: str) -> None:
        """Somebody is added, listed, met, removed and met no more; answers tell the reference alone."""
        at = ("--folder", folder, "--format", "json")
        added = Typed("add", "--reference", "K7", *at, answers=ANSWERS)
        assert ["K7"] == [each["reference"] for each in added.data["clients"]]
        assert not any(answer in added.stdout for answer in ANSWERS)
        assert PASSPHRASE not in added.shown + added.stdout
        assert added.data["clients"] == Typed("list", *at).data["clients"]
        asked = ("zip featherstonehaugh", "", "", "+44 7700 900123")
        assert [{"reference": "K7", "by": "phone", "weak": False}] == Typed("try", *at, answers=asked).data
        assert {"removed": "K7"} == Typed("remove", "K7", *at).data
        gone = Typed("try", "--folder", folder, answers=asked)
        assert "Nobody that you added was met" in gone.stdout

    def test_a_list(self, folder: str, tmp_path: Path) -> None:
        """A list is added, with rows at fault by number; the words of the answer repeat nothing of it."""
        file = tmp_path / "clients.csv"
        file.write_text("Name,Mobile,Ref\nSiobhan Featherstonehaugh,12,K1\n,,9\n", encoding="utf-8")
        told = Typed("add", "--csv", str(file), "--folder", folder)
        assert (0, True) == (told.status, "K1: " in told.stdout)
        assert "Row 2: a telephone number was left out" in told.stdout
        assert "Row 3: it has nothing to know the person by. The row is left out." in told.stdout
        assert "Siobhan" not in told.stdout + told.shown

    @pytest.mark.parametrize(
        ("arguments", "answers", "words"),
        [
            (("remove", "C-99"), (), "no client has that reference"),
            (("add",), ("",) * 5, "nothing to know this person by"),
            (("add", "--reference", "Zippy"), ANSWERS, "holds part of the name"),
        ],
        ids=["remove-nobody", "add-nobody", "telling-reference"],
    )
    def test_mistakes(self, folder: str, arguments: tuple[str, ...], answers: tuple[str, ...], words: str) -> None:
        """A mistake ends in one line with status 2, and the vault is free again."""
        told = Typed(*arguments, "--folder", folder, answers=answers)
        assert (2, True) == (told.status, words in " ".join(told.shown.split()))
        vault = Vault(Path(folder))
        vault.unlock(PASSPHRASE)
        vault.lock()


class TestWithoutAVault:
    def test_looking_at_a_list_needs_none(self, tmp_path: Path) -> None:
        """What a list holds is said without a vault, and nothing is kept."""
        file = tmp_path / "clients.csv"
        file.write_text("Name\nJo Bloggs\n", encoding="utf-8")
        told = CliRunner().invoke(main, ["clients", "add", "--csv", str(file), "--look", "--format", "json"])
        assert {"people": 1, "faults": []} == json.loads(told.stdout)
        assert (
            "1 person can be added" in CliRunner().invoke(main, ["clients", "add", "--csv", str(file), "--look"]).stdout
        )

    @pytest.mark.parametrize(
        ("content", "words"),
        [(None, "was not found"), ("Fee\n60\n", "has a heading that Forethought knows")],
        ids=["missing", "no-headings"],
    )
    def test_a_list_that_cannot_be_read(self, tmp_path: Path, content: str | None, words: str) -> None:
        """A list that is missing or holds no names ends in one line with status 2."""
        file = tmp_path / "clients.csv"
        if content is not None:
            file.write_text(content, encoding="utf-8")
        told = CliRunner().invoke(main, ["clients", "add", "--csv", str(file), "--look"])
        assert (2, True) == (told.exit_code, words in told.stderr)

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--look",), "Name the list with --csv"),
            (("--csv", "FILE", "--reference", "K1"), "a list has references of its own"),
            (("--csv", "FILE", "--same"), "a list has references of its own"),
            (("--same",), "Give it with --reference"),
        ],
        ids=["look-alone", "list-and-reference", "list-and-same", "same-alone"],
    )
    def test_options_that_do_not_go_together(self, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
        """Options that do not go together are refused with status 2 before anything is asked."""
        file = tmp_path / "clients.csv"
        file.write_text("Name\nJo Bloggs\n", encoding="utf-8")
        told = CliRunner().invoke(main, ["clients", "add", *(str(file) if a == "FILE" else a for a in arguments)])
        assert (2, True) == (told.exit_code, words in " ".join(told.stderr.split()))

    def test_no_command_takes_a_name(self) -> None:
        """No command takes an argument but the reference to remove, so that names stay out of a shell's history."""
        from forethought.cli.clients import clients

        taken = [(name, each.name) for name, command in clients.commands.items() for each in command.params]
        assert {"reference", "file", "look", "same", "folder", "form"} == {option for _, option in taken}
