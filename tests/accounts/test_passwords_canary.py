"""A canary password is looked for in everything that is written, also when the program fails in the middle."""

import io
import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest
from password_exports import SHAPES, Entry

from forethought.accounts.passwords import assess as assessing
from forethought.accounts.passwords import reading
from forethought.accounts.passwords.assess import assess
from forethought.accounts.passwords.breach import Consent, check, ranges, shown
from forethought.accounts.passwords.errors import NotRemovedError, StoppedError
from forethought.accounts.passwords.kept import fingerprints
from forethought.accounts.passwords.login import Login
from forethought.accounts.passwords.phrase import FEWEST, MOST, WordCountError, passphrase, words
from forethought.accounts.passwords.reading import read
from forethought.accounts.passwords.removal import remove_file
from forethought.accounts.passwords.telling import document, record
from forethought.documents.html import html
from forethought.documents.markdown import markdown
from forethought.errors import ForethoughtError
from forethought.guidance import load

CANARY = "c4nary-Kwyjibo-917"
TODAY, KEY = date(2026, 11, 29), b"the vault's own key, 32 bytes ok"
ENTRIES = (
    Entry("One", password=CANARY),
    Entry("Two", url="http://two.example", password=CANARY, notes=f"was {CANARY}"),
    Entry(f"Title {CANARY}", url=f"https://jo:{CANARY}@three.example/{CANARY}", user=CANARY, password=CANARY),
    Entry("Four", password=f"{CANARY}8"),
)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Return what is printed and logged; the temporary folder and the home are `tmp_path`."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    text, handler = io.StringIO(), logging.StreamHandler(io.StringIO())
    handler.setStream(text)
    logging.getLogger().addHandler(handler)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    with redirect_stdout(text), redirect_stderr(text):
        yield text
    logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(before)


def crash_report(error: BaseException) -> str:
    """Return the fullest report of a crash: every frame of the program with its variables, and all errors behind it."""
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in found.stack if "tests" not in frame.filename]
    return "".join([*traceback.StackSummary.from_list(ours).format(), *found.format_exception_only()]) + repr(
        [error.args, error.__context__, error.__cause__, [(frame.name, frame.locals) for frame in ours]]
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_whole_run_writes_no_password(shape: str, tmp_path: Path, written: io.StringIO) -> None:
    """Over every shape, nothing printed, logged, told, kept or written to disk holds the canary or a part of it."""
    folder = tmp_path / "given"
    folder.mkdir()
    path = folder / "export.bin"
    path.write_bytes(SHAPES[shape][0](ENTRIES))
    export = read(path)
    report = assess(export.logins, {"example.org"}, TODAY, KEY)
    looks = check(export.logins, Consent(shown(len(ranges(export.logins)))), opener=_offline)
    told = document(report, TODAY, load(), export, report.since(report.kept), looks)
    everything = [
        markdown(told),
        html(told),
        json.dumps(record(report, TODAY, export, looks)),
        repr((export, report, looks, dict(report.kept), dict(report.titles), fingerprints(export.logins, KEY))),
        written.getvalue(),
    ]
    assert len(report.rows) >= 2
    assert not [text for text in everything if "kwyjibo" in text.casefold()]
    remove_file(path)
    assert [folder] == list(tmp_path.rglob("*"))


def _offline(*_: object, **__: object) -> io.BytesIO:
    raise OSError(CANARY)


class TestCrashes:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_in_the_middle_of_reading(self, shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mistake that quotes the file, deep inside a reader, is reported without it."""

        def fails(content: bytearray, name: str) -> None:
            held = bytes(content)
            raise ValueError(f"cannot digest {CANARY} of {held!r}")

        monkeypatch.setattr(reading, "_by_content", fails)
        path = tmp_path / "export.bin"
        path.write_bytes(SHAPES[shape][0](ENTRIES))
        with pytest.raises(StoppedError, match="unforeseen happened \\(ValueError\\)") as told:
            read(path)
        assert "Kwyjibo" not in crash_report(told.value)

    def test_in_the_middle_of_weighing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mistake while passwords are weighed shows neither them nor the vault's key, whatever the report prints."""

        def fails(passwords: list[str]) -> None:
            raise KeyError(*passwords)

        monkeypatch.setattr(assessing, "alike", lambda passwords: fails(list(passwords)))
        with pytest.raises(StoppedError) as told:
            assess([Login("A", "a.example", "jo", CANARY)], set(), TODAY, KEY)
        assert not any(word in crash_report(told.value) for word in ("Kwyjibo", "own key"))

    def test_in_the_middle_of_a_look_up(self) -> None:
        """A mistake of whatever sends the requests is reported without what it says."""

        def breaks(*_: object, **__: object) -> io.BytesIO:
            raise OSError(CANARY)

        [look] = check([Login("A", "", "", CANARY)], Consent(shown(1)), opener=breaks)
        assert "Kwyjibo" not in repr(look)

    def test_the_program_ends_with_it(self, tmp_path: Path) -> None:
        """A program that is ended by such a mistake prints no password as it goes."""
        path = tmp_path / "export.csv"
        path.write_bytes(SHAPES["chrome csv"][0](ENTRIES))
        program = (
            "import sys\nfrom pathlib import Path\nfrom datetime import date\n"
            "from forethought.accounts.passwords import assess, weighing\n"
            "from forethought.accounts.passwords.reading import read\n"
            "def fails(password, names=()): raise RuntimeError(password)\n"
            "weighing.guesses = fails\n"
            "assess.assess(read(Path(sys.argv[1])).logins, set(), date(2026, 1, 1), bytes(32))\n"
        )
        run = subprocess.run(
            [sys.executable, "-c", program, path], capture_output=True, text=True, check=False, env=dict(os.environ)
        )
        assert (1, True) == (run.returncode, "StoppedError" in run.stderr)
        assert "Kwyjibo" not in run.stderr + run.stdout

    @pytest.mark.parametrize("shape", SHAPES)
    def test_refusals(self, shape: str, tmp_path: Path) -> None:
        """A damaged export is refused without a word of it, in the message or behind it."""
        whole = SHAPES[shape][0](ENTRIES)
        for damaged in (whole[:-30], whole + b"\0", whole.replace(b"917", b"\xff\xfe"), whole.replace(b",", b'"')):
            path = tmp_path / "export.bin"
            path.write_bytes(damaged)
            try:
                read(path)
            except ForethoughtError as error:
                assert "Kwyjibo" not in crash_report(error)  # noqa: PT017 - some of the damage is harmless


class TestRemoval:
    def test_it_is_written_over_and_gone(self, tmp_path: Path) -> None:
        """A file's bytes are written over where they lie before it is deleted, and what that cannot do is said."""
        path = tmp_path / "export.csv"
        path.write_bytes(CANARY.encode() * 100_000)
        with path.open("rb") as held:
            told = remove_file(path)
            left = held.read()
        assert (False, 100_000 * len(CANARY), -1) == (path.exists(), len(left), left.find(CANARY.encode()))
        said = " ".join(told.cannot)
        assert all(word in said for word in ("solid-state", "cloud", "backups", "bin", "no promise"))

    def test_a_link_is_left_with_what_it_leads_to(self, tmp_path: Path) -> None:
        """A link is refused, and so is a file that has another name: what else would be emptied is not touched."""
        path, link, twin = (tmp_path / name for name in ("a.csv", "link.csv", "twin.csv"))
        path.write_text("kept")
        link.symlink_to(path)
        with pytest.raises(NotRemovedError, match="a link"):
            remove_file(link)
        twin.hardlink_to(path)
        with pytest.raises(NotRemovedError, match="another name"):
            remove_file(path)
        assert "kept" == path.read_text()

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        """A folder, or a name that is not there, is refused in words."""
        for path in (tmp_path, tmp_path / "none"):
            with pytest.raises(NotRemovedError, match="was not deleted"):
                remove_file(path)


class TestPassphrases:
    def test_the_list(self) -> None:
        """The list has at least 2,048 words of four to eight small letters, none twice and no two a letter apart."""
        assert len(words()) >= 2_048
        assert all(4 <= len(word) <= 8 and word.isascii() and word.islower() and word.isalpha() for word in words())
        cut = [{word, *(f"{word[:at]}*{word[at + 1 :]}" for at in range(len(word)))} for word in words()]
        assert sum(map(len, cut)) == len(set().union(*cut))
        shorter = {word[:at] + word[at + 1 :] for word in words() for at in range(len(word))}
        assert not shorter & set(words())

    def test_five_words_by_chance(self) -> None:
        """A passphrase is of words of the list, another each time, with the entropy that follows from the list."""
        found = {passphrase().text for _ in range(50)}
        assert 50 == len(found)
        assert all(set(text.split("-")) <= set(words()) and text.count("-") == 4 for text in found)
        assert 2 ** passphrase(6).bits == pytest.approx(len(words()) ** 6)
        assert "55 bits" in passphrase().told

    def test_it_is_drawn_by_the_system(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Words come from the system's own source of chance."""
        monkeypatch.setattr("secrets.choice", lambda drawn: drawn[-1])
        assert " ".join([words()[-1]] * 4) == passphrase(4, " ").text

    @pytest.mark.parametrize("count", [FEWEST - 1, MOST + 1, 0, -1])
    def test_too_few_or_too_many(self, count: int) -> None:
        """Fewer words than hold, or more than anybody remembers, are refused."""
        with pytest.raises(WordCountError, match="4 to 12"):
            passphrase(count)

    def test_it_does_not_show_by_accident(self) -> None:
        """Printing the object shows no words."""
        assert "Passphrase(hidden)" == repr(passphrase())
