"""`forethought incidents` with a vault: what is added, shown, noted, handed over and checked, and what is refused."""

import errno
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from at_the_desk import DOOR, PASSPHRASE
from authority import LocalAuthority, saying, serving
from click.testing import CliRunner, Result
from django.db import OperationalError
from django.test import Client

from forethought.cli import main
from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.models import Event, Incident
from forethought.vault import Vault

Run = Callable[..., Result]
WORDS = b"you will regret this\n"


@pytest.fixture
def run(client: Client, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the vault of the desk's tests, which is open, in place of one that is asked for."""

    @contextmanager
    def opened(folder: Path | None) -> Iterator[Vault]:
        yield DOOR.vault

    monkeypatch.setattr("forethought.cli.vault.opened", opened)

    def run(*arguments: str, given: bytes | None = None) -> Result:
        return CliRunner().invoke(main, ["incidents", *arguments], input=given)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A message in a file."""
    path = tmp_path / "message.txt"
    path.write_bytes(WORDS)
    os.utime(path, (1_760_000_000, 1_760_000_000))
    return path


@pytest.fixture
def begun(run: Run, file: Path) -> int:
    """The number of an incident with two items: one shows no client, of the other nobody has said."""
    added = run("add", str(file), "--new", "After the workshop", "--client", "no", "--format", "json")
    number: int = data(added)["incident"]
    run("add", "-", "--to", str(number), given=b"The bus was late.")
    return number


def data(result: Result) -> Any:
    """Return what the program answered, as data."""
    assert 0 == result.exit_code, result.output
    return json.loads(result.stdout)


class TestAdd:
    def test_a_file(self, run: Run, file: Path) -> None:
        """Its bytes are kept as they are, with its own time as from the file and what was said as said."""
        told = ("--platform", "Instagram", "--account-number", "77", "--posted", "2026-11-03", "--format", "json")
        kept = data(run("add", str(file), "--new", "After the workshop", *told))["kept"]
        assert [(1, "message.txt", "message", 21)] == [
            (each["number"], each["name"], each["kind"], each["length"]) for each in kept
        ]
        item = keeping.records(Incident.objects.get(), "item").get()
        assert WORDS == b"".join(keeping.original(DOOR.vault, item)) == file.read_bytes()
        fields = {name: (each["from"], each["value"]) for name, each in item.fields.items()}
        assert ("file", "2025-10-09T08:53:20+00:00") == fields["file_time"]
        assert [("said", "Instagram"), ("said", "77")] == [fields["platform"], fields["account_id"]]
        assert ("said", "2026-11-03") == fields["posted"]

    def test_what_was_kept_is_told(self, run: Run, file: Path) -> None:
        """The answer names each item with its number and SHA-256, and says that a client may be in it."""
        shown = run("add", str(file), "--new", "After the workshop").stdout
        assert "Item 1: message.txt" in shown
        assert keeping.records(Incident.objects.get(), "item").get().value("sha256") in shown
        assert "Nobody has said yet whether this could identify a client" in " ".join(shown.split())

    def test_pasted_text(self, run: Run, begun: int) -> None:
        """Text from standard input is kept byte for byte, as a message without a name."""
        item = Event.objects.filter(what="item").last()
        assert item is not None
        assert (b"The bus was late.", "message", "") == (
            b"".join(keeping.original(DOOR.vault, item)), item.value("kind"), item.value("name"),
        )  # fmt: skip

    def test_one_that_fails_costs_the_others_nothing(self, run: Run, file: Path, tmp_path: Path) -> None:
        """An empty file, a folder, one that is missing and a copy are each said; the rest is kept, with status 2."""
        (tmp_path / "empty.txt").touch()
        (tmp_path / "copy.txt").write_bytes(WORDS)
        (tmp_path / "last.txt").write_bytes(b"the last")
        names = ("empty.txt", "gone.txt", "message.txt", "copy.txt", "last.txt")
        result = run("add", str(tmp_path), *(str(tmp_path / name) for name in names), "--new", "T", "--format", "json")
        assert 2 == result.exit_code
        assert ["message.txt", "last.txt"] == [each["name"] for each in json.loads(result.stdout)["kept"]]
        words = (
            "is a folder",
            "empty.txt is empty",
            "gone.txt was not found",
            "copy.txt: this is kept already, as item 1",
        )
        assert [] == [each for each in words if each not in result.stderr]

    def test_a_new_incident_needs_no_file(self, run: Run) -> None:
        """An incident can be begun with nothing but its title, and is to be looked at again."""
        assert [] == data(run("add", "--new", "After the workshop", "--format", "json"))["kept"]
        assert ("After the workshop", True) == (Incident.objects.get().title, bool(Incident.objects.get().look_again))

    def test_nothing_is_begun_for_a_file_that_is_missing(self, run: Run) -> None:
        """Where no file can be kept no incident is begun."""
        assert 2 == run("add", "gone.txt", "--new", "T").exit_code
        assert not Incident.objects.exists()

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
            (OperationalError("database or disk is full"), "database or disk is full"),
        ],
    )
    def test_a_full_disk(
        self, run: Run, begun: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
    ) -> None:
        """Where there is no room that is said, and what was kept before still holds."""

        def full(*_: Any) -> None:
            raise error

        (tmp_path / "more.txt").write_bytes(b"more")
        monkeypatch.setattr(keeping, "add_item", full)
        result = run("add", str(tmp_path / "more.txt"), "--to", str(begun))
        assert (2, True) == (result.exit_code, f"could not be kept ({words})" in result.stderr)
        assert [] == keeping.verify(DOOR.vault, Incident.objects.get())

    def test_a_fault_of_the_program_is_no_full_disk(
        self, run: Run, begun: int, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An error that has nothing to do with room is not taken for one."""
        monkeypatch.setattr(keeping, "add_item", lambda *_: 1 // 0)
        assert "a fault in Forethought itself" in run("add", str(file), "--to", str(begun)).stderr

    def test_a_time_to_come(self, run: Run, file: Path) -> None:
        """A file whose own time lies in the future is kept, with a remark that a clock is wrong."""
        later = time.time() + 400 * 86_400
        os.utime(file, (later, later))
        kept = data(run("add", str(file), "--new", "T", "--format", "json"))["kept"]
        assert any("clock is wrong" in each for each in kept[0]["remarks"])


class TestShow:
    def test_list(self, run: Run, begun: int) -> None:
        """Each incident is listed with its number and how many items it has."""
        assert [(begun, "After the workshop", 2)] == [
            (each["number"], each["title"], each["items"]) for each in data(run("list", "--format", "json"))
        ]
        assert "After the workshop" in run("list").stdout

    def test_where_each_value_is_from(self, run: Run, begun: int) -> None:
        """Each value is shown with where it is from."""
        shown = run("show", str(begun)).stdout
        assert "Name of the file [file]: message.txt" in shown
        assert "Could identify a client [said]: no" in shown

    def test_quiet(self, run: Run, begun: int) -> None:
        """In a quiet time nothing of what was said is shown, unless it is asked for."""
        from datetime import date, timedelta

        Incident.objects.update(quiet_until=date.today() + timedelta(days=2))
        told = data(run("show", str(begun), "--format", "json"))
        assert (True, [], 2) == (told["hidden"], told["records"], told["items"])
        assert "message.txt" not in run("show", str(begun)).stdout
        assert "message.txt" in run("show", str(begun), "--hidden").stdout

    @pytest.mark.parametrize("number", ["0", "7", str(10**30)])
    def test_no_such_incident(self, run: Run, begun: int, number: str) -> None:
        """A number that no incident has is said."""
        result = run("show", number)
        assert (2, True) == (result.exit_code, f"there is no incident {number}" in result.stderr)


class TestNote:
    def test_an_action(self, run: Run, begun: int) -> None:
        """What was done is noted in the chain with its reference, as said."""
        given = ("Told the admin", "--what", "action", "--say", "reference", "R-17", "--format", "json")
        fields = data(run("note", str(begun), *given))["fields"]
        assert said(step="Told the admin", reference="R-17") == fields
        assert [] == keeping.verify(DOOR.vault, Incident.objects.get())

    def test_nothing_to_note(self, run: Run, begun: int) -> None:
        """A note without a word is refused."""
        result = run("note", str(begun), " ")
        assert (2, True) == (result.exit_code, "no words to note" in result.stderr)


class TestPack:
    def test_it_checks_without_the_vault(self, run: Run, begun: int, tmp_path: Path) -> None:
        """A pack is written with what may go, tells what is held back and why, is noted, and holds when checked."""
        out = tmp_path / "pack.zip"
        told = data(run("pack", str(begun), "--for", "police", "--out", str(out), "--format", "json"))
        assert ([1], [2]) == ([e["number"] for e in told["items"]], [e["number"] for e in told["held"]])
        noted = keeping.records(Incident.objects.get(), "pack").get()
        assert (told["sha256"], told["pack_number"]) == (noted.value("sha256"), noted.value("pack_number"))
        checked = data(run("verify", str(out), "--pack-number", told["pack_number"], "--format", "json"))
        assert [] == checked[0]["faults"]

    def test_a_changed_byte(self, run: Run, begun: int, tmp_path: Path) -> None:
        """A pack of which a byte was changed is found out, with status 1."""
        out = tmp_path / "pack.zip"
        run("pack", str(begun), "--for", "police", "--out", str(out))
        raw = bytearray(out.read_bytes())
        raw[raw.index(WORDS)] ^= 1
        out.write_bytes(raw)
        result = run("verify", str(out))
        assert (1, True) == (result.exit_code, "originals/0001-message.txt: it was changed" in result.stdout)

    def test_an_item_that_is_confirmed(self, run: Run, begun: int, tmp_path: Path) -> None:
        """An item that was held back goes where it is named for this recipient; only those that are wanted go."""
        given = ("--for", "police", "--out", str(tmp_path / "p.zip"), "--with-client", "2", "--format", "json")
        assert [1, 2] == [each["number"] for each in data(run("pack", str(begun), *given))["items"]]
        given = ("--for", "police", "--out", str(tmp_path / "q.zip"), "--item", "1", "--format", "json")
        assert [1] == [each["number"] for each in data(run("pack", str(begun), *given))["items"]]

    def test_nothing_would_go(self, run: Run, begun: int, tmp_path: Path) -> None:
        """Where every item is held back each is said with why, and no file is left behind."""
        out = tmp_path / "p.zip"
        result = run("pack", str(begun), "--for", "group-admin", "--item", "2", "--out", str(out))
        assert (2, False) == (result.exit_code, out.exists())
        assert "item 2 is held back: nobody has said yet" in result.stderr

    def test_a_file_that_is_there(self, run: Run, begun: int, tmp_path: Path) -> None:
        """Nothing is overwritten, and no pack is noted."""
        out = tmp_path / "p.zip"
        out.write_bytes(b"mine")
        result = run("pack", str(begun), "--for", "police", "--out", str(out))
        assert (2, b"mine") == (result.exit_code, out.read_bytes())
        assert not keeping.records(Incident.objects.get(), "pack").exists()

    def test_a_damaged_item(self, run: Run, begun: int, tmp_path: Path) -> None:
        """Where an item is not as it was kept no part of a pack is left, and none is noted."""
        sealed = DOOR.vault.sealed_file(keeping.ITEM, Event.objects.filter(what="item")[0].record)
        raw = bytearray(sealed.read_bytes())
        raw[-1] ^= 1
        sealed.write_bytes(raw)
        out = tmp_path / "p.zip"
        assert 2 == run("pack", str(begun), "--for", "police", "--out", str(out)).exit_code
        assert not out.exists()
        assert not keeping.records(Incident.objects.get(), "pack").exists()

    def test_no_such_item(self, run: Run, begun: int, tmp_path: Path) -> None:
        """A number that no item has is said."""
        result = run("pack", str(begun), "--for", "police", "--item", "9", "--out", str(tmp_path / "p.zip"))
        assert (2, True) == (result.exit_code, "there is no item 9" in result.stderr)

    def test_sealed(self, run: Run, begun: int, tmp_path: Path) -> None:
        """With --age the file opens with the passphrase alone, to the pack that was told of."""
        pyrage = pytest.importorskip("pyrage")
        out = tmp_path / "p.age"
        given = ("--for", "police", "--out", str(out), "--age", "--format", "json")
        result = run("pack", str(begun), *given, given=f"{PASSPHRASE}\n{PASSPHRASE}\n".encode())
        assert 0 == result.exit_code, result.output
        (tmp_path / "p.zip").write_bytes(pyrage.passphrase.decrypt(out.read_bytes(), PASSPHRASE))
        number = json.loads(result.stdout)["pack_number"]
        assert 0 == run("verify", str(tmp_path / "p.zip"), "--pack-number", number).exit_code


class TestVerify:
    @pytest.mark.parametrize("named", [True, False])
    def test_whole(self, run: Run, begun: int, named: bool) -> None:
        """An incident that nobody touched has no fault, by its number or among all of them."""
        checked = data(run("verify", *([str(begun)] * named), "--format", "json"))
        assert [(begun, [])] == [(each["number"], each["faults"]) for each in checked]

    def test_a_change(self, run: Run, begun: int) -> None:
        """A field that was changed behind the program's back is named, with status 1."""
        Event.objects.filter(number=2).update(at="2026-01-01T00:00:00.000+00:00")
        result = run("verify")
        assert (1, True) == (result.exit_code, "event 2: it was changed after it was written" in result.stdout)

    def test_an_older_copy(self, run: Run, begun: int, tmp_path: Path) -> None:
        """A head that was handed out holds while the chain grows, and shows when the newest events are gone."""
        file = tmp_path / "head.txt"
        assert 0 == run("head", str(begun), "--out", str(file)).exit_code
        assert 0 == run("verify", "--head", str(file)).exit_code
        Event.objects.filter(number__gt=2).delete()
        Incident.objects.update(length=2, head=Event.objects.get(number=2).hash)
        result = run("verify", "--head", str(file))
        assert (1, True) == (
            result.exit_code,
            "the head of 3 events: there are 2 events" in " ".join(result.stdout.split()),
        )

    def test_the_head_of_an_incident_that_is_gone(self, run: Run, begun: int, tmp_path: Path) -> None:
        """A head that no incident has is a fault, also where there is no incident at all."""
        (tmp_path / "head.txt").write_text(run("head", str(begun)).stdout, encoding="utf-8")
        keeping.forget(DOOR.vault, Incident.objects.get())
        result = run("verify", "--head", str(tmp_path / "head.txt"))
        assert (1, True) == (result.exit_code, "no incident here has it" in " ".join(result.stdout.split()))


class TestStamp:
    def test_shown_asked_and_kept(self, run: Run, begun: int, tmp_path: Path) -> None:
        """All that leaves is shown; with --yes one request goes out, and the stamp is kept in the chain."""
        pytest.importorskip("rfc3161_client")
        authority = LocalAuthority(tmp_path / "tsa")
        (tmp_path / "root.pem").write_text(authority.root, encoding="ascii")
        with serving(saying(authority.reply)) as place:
            given = ("--address", place.address, "--roots", str(tmp_path / "root.pem"))
            refused = run("stamp", str(begun), *given)
            assert (2, [], True) == (refused.exit_code, place.requests, "nothing was sent" in refused.stderr)
            result = run("stamp", str(begun), *given, "--yes", "--format", "json")
        assert (0, 1) == (result.exit_code, len(place.requests)), result.output
        assert "This is all that would be sent" in result.stderr
        assert place.requests[0][2].hex() in result.stderr
        assert json.loads(result.stdout)["head"] == keeping.records(Incident.objects.get(), "stamp").get().value("head")
        assert [] == keeping.verify(DOOR.vault, Incident.objects.get())


TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from forethought.cli import main
main()
"""


def typed(*arguments: str, answers: tuple[str, ...]) -> tuple[int, str, str]:
    """Run the program on a terminal, typing each answer once it is asked for; return its status and what it showed."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", TERMINAL, "incidents", *arguments],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    for answer in answers:
        seen = len(shown)
        while not shown[seen:].rstrip(b" ").endswith(b":") and process.poll() is None:
            if select.select([ours], [], [], 1)[0]:
                shown += os.read(ours, 65_536)
        os.write(ours, answer.encode() + b"\n")
    stdout, _ = process.communicate(timeout=120)
    os.close(ours)
    return process.returncode, stdout, shown.decode()


class TestAtATerminal:
    def test_the_questions(self) -> None:
        """What is missing is asked, danger first; a number that is none of them is asked for again."""
        answers = ("no", "", "1", "99", "2", "", "3", "7", "3", "", "")
        status, stdout, shown = typed("triage", "--format", "json", answers=answers)
        told = json.loads(stdout)
        assert (0, "threat", "Scotland", "no") == (status, told["nature"], told["nation"], told["block"])
        assert shown.index("Is anybody in danger now?") < shown.index("What happened?")
        assert "'99' is none of the numbers" in shown

    def test_danger_is_answered_at_once(self) -> None:
        """Where somebody is in danger the next words are to call 999, before another question."""
        _, _, shown = typed("triage", answers=("yes", "", "", "2", "", "3", "7", "3", "", ""))
        after = shown.partition("A number: ")[2]
        assert after.index("call 999 first") < after.index("Is any of this so?")

    def test_a_vault_of_ones_own(self, tmp_path: Path, file: Path) -> None:
        """With a passphrase that is asked for, a file is kept and found again, and the passphrase shown nowhere."""
        vault = Vault(tmp_path / "vault")
        vault.create(PASSPHRASE)
        vault.lock()
        at = ("--folder", str(vault.folder), "--format", "json")
        status, stdout, shown = typed("add", str(file), "--new", "T", *at, answers=(PASSPHRASE,))
        assert (0, 1) == (status, json.loads(stdout)["incident"])
        assert PASSPHRASE not in shown
        assert 1 == json.loads(typed("list", *at, answers=(PASSPHRASE,))[1])[0]["items"]
