"""What can be given as a draft, and the one plain line for everything that cannot."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from forethought.cli.inputs import MOST_BYTES, MOST_CHARACTERS, InputError, MissingFileError, decoded, draft_from

Run = Callable[..., Result]
WORDS = "Café “quoted” – £5 … naïve"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestDraftFrom:
    def test_words(self, here: Path) -> None:
        """Words that name no file are the draft."""
        assert "Mondays are for paperwork." == draft_from(["Mondays are for paperwork."]).text

    @pytest.mark.parametrize("name", ["draft.txt", "draft", "notes.of.mine"])
    def test_file(self, here: Path, name: str) -> None:
        """A name of a file that is there is read, whatever its suffix."""
        (here / name).write_text("Inside.", encoding="utf-8")
        assert "Inside." == draft_from([name]).text

    @pytest.mark.parametrize(
        "name",
        [
            "draft.txt", "Draft.MD", "my post.txt", "draft.docx", "draft.rtf", "a.odt", "posts.jsonl", "one.two.html",
            "drafts/one", "drafts/my one", "drafts\\one", "./one", "../one", "/none/such", "~/one", "C:\\one", "c:/one",
        ],
    )  # fmt: skip
    def test_missing_file(self, here: Path, name: str) -> None:
        """What is named like a file, or stands in a folder that is there, is not taken for a draft."""
        (here / "drafts").mkdir()
        with pytest.raises(MissingFileError, match=f"^{re.escape(name)} was not found"):
            draft_from([name])

    @pytest.mark.parametrize(
        "words",
        [
            "https://example.org/talk", "https://example.org/talk.pdf", "Either/or is a false choice.", "He/him",
            "and/or", "N/A", "/s I love Mondays", "Mondays.\nRead notes.txt", "Paperwork, " * 20 + "notes.txt",
            "Really... txt", ".txt", "hello", "a" * 5_000, "\0", "\0/a",
        ],
        ids=[
            "address", "address of a file", "slash", "pronouns", "and or", "not applicable", "tone", "two lines",
            "long", "dots", "suffix alone", "word", "too long for a name", "null", "null folder",
        ],
    )  # fmt: skip
    def test_words_that_only_look_like_a_name(self, here: Path, words: str) -> None:
        """A web address, words with a stroke, and words of more than one line are a draft."""
        assert words == draft_from([words]).text

    def test_windows_line_ends_are_kept(self, here: Path) -> None:
        """Offsets count the text as it was given, so no line end is changed."""
        (here / "draft.txt").write_bytes(b"one\r\ntwo")
        assert "one\r\ntwo" == draft_from(["draft.txt"]).text


class TestPipe:
    @pytest.mark.parametrize("arguments", [[], ["-"]], ids=["left out", "dash"])
    def test_standard_input(self, run: Run, arguments: list[str]) -> None:
        """With a dash, or with nothing but a pipe, the draft is read from it."""
        result = run("check", *arguments, given="Mondays are for paperwork.")
        assert (0, True) == (result.exit_code, "Mondays are for paperwork." in result.stdout)

    @pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
    def test_a_terminal(self) -> None:
        """With nothing at all, the program shows three ways to give a draft instead of waiting."""
        ours, theirs = os.openpty()
        words = [sys.executable, "-m", "forethought", "check"]
        shown = subprocess.run(words, stdin=theirs, capture_output=True, text=True, check=False)
        os.close(ours)
        os.close(theirs)
        assert (2, 3) == (shown.returncode, shown.stderr.count("\n  forethought check"))


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
    )
    def test_unicode(self, encoding: str) -> None:
        """Every form of Unicode is read, with or without a mark, and nothing is said about it."""
        given = decoded(WORDS.encode(encoding), "draft.txt")
        assert (WORDS, "") == (given.text, given.remark)

    @pytest.mark.parametrize("words", [WORDS, "£5", "It’s", "100 € – done", "café"])
    def test_windows(self, words: str) -> None:
        """Text in Windows-1252 is read where that is sure, and the person is told."""
        given = decoded(words.encode("cp1252"), "draft.txt")
        assert (words, "draft.txt is not UTF-8; it was read as Windows-1252.") == (given.text, given.remark)

    def test_the_remark_is_one_line(self, run: Run) -> None:
        """How a draft was read is said in one line on standard error, and the check goes on."""
        result = run("check", given="It’s Monday.".encode("cp1252"))
        assert "forethought: standard input is not UTF-8; it was read as Windows-1252.\n" == result.stderr
        assert (0, True) == (result.exit_code, "It’s Monday." in result.stdout)

    @given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")).filter(str.strip))
    def test_any_text_comes_back(self, text: str) -> None:
        """UTF-8 is never mistaken for anything else."""
        assert text == decoded(text.encode("utf-8"), "draft").text

    @given(st.binary(max_size=60))
    def test_any_bytes_have_an_answer(self, raw: bytes) -> None:
        """Any bytes are either read or refused in plain words."""
        with suppress(InputError):
            assert decoded(raw, "draft").text.strip()


REFUSED = {
    "empty": (b"", "draft is empty"),
    "blank": (b" \n\t ", "draft is empty"),
    "only a mark": (b"\xef\xbb\xbf", "draft is empty"),
    "pdf": (b"%PDF-1.7\n", "draft looks like a PDF document, not text."),
    "word": (b"PK\x03\x04\x14\x00", "draft looks like a Word document or ZIP archive, not text."),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "draft looks like a JPEG picture, not text."),
    "png": (b"\x89PNG\r\n\x1a\n", "draft looks like a PNG picture, not text."),
    "nulls": (b"one\0two\0\0\0", "draft looks like a program or data file, not text."),
    "controls": (b"\x01\x02\x03\x04words", "draft looks like a program or data file, not text."),
    "cyrillic": ("Привет".encode("cp1251"), "draft is text, but not in UTF-8."),
    "cut short": (WORDS.encode()[:4], "draft is text, but not in UTF-8."),
    "long": (b"a" * (MOST_CHARACTERS + 1), "draft has 200,001 characters"),
    "huge": (b"a" * (MOST_BYTES + 1), "draft has more than 800,004 bytes"),
}


class TestRefusals:
    @pytest.mark.parametrize(("raw", "says"), REFUSED.values(), ids=REFUSED)
    def test_what_cannot_be_read(self, raw: bytes, says: str) -> None:
        """What is no draft is named for what it looks like, with what to do."""
        with pytest.raises(InputError) as error:
            decoded(raw, "draft")
        assert (True, True) == (str(error.value).startswith(says), str(error.value).endswith("."))

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            ([""], "the draft is empty"),
            (["  \n"], "the draft is empty"),
            (["a " * MOST_CHARACTERS], "the draft has 400,000 characters"),
            (["missing.txt"], "missing.txt was not found."),
            (["./"], "./ is a folder."),
            (["one", "two", "three"], "the draft came as 3 separate arguments."),
            (["--image", "missing.png", "hello"], "missing.png was not found."),
            (["--alt-text", "A cat.", "hello"], "there are 1 --alt-text for no --image."),
            (["--posts", "missing.jsonl"], "missing.jsonl was not found."),
            (["--posts", "x.jsonl", "hello"], "--posts names the file to check"),
            (["--posts", "x.jsonl", "--format", "html"], "--posts answers with one JSON record a line."),
            (["--format", "jsonl", "hello"], "--format jsonl is for --posts."),
            (["--explain", "respect/abusive", "--format", "sarif"], "--explain answers in text, json or html."),
            (["--explain", "respect/abusive", "hello"], "--explain tells about a rule and checks nothing."),
            (["--posts", "x.jsonl", "--image", "a.png"], "--posts takes images and replies from its records."),
            (["--posts", "x.jsonl", "--reply-to", "Why?"], "--posts takes images and replies from its records."),
            (["--posts", "x.jsonl", "--all"], "--posts takes images and replies from its records."),
            (["--posts", "x.jsonl", "--explain", "respect/abusive"], "--posts takes images and replies from its"),
            (["--pack", "missing", "hello"], "missing: no pack was found."),
            (["--out", "no/such/folder.html", "hello"], "no/such/folder.html could not be written"),
        ],
        ids=lambda value: value[:24] if isinstance(value, str) else " ".join(value)[:24],
    )
    def test_each_is_one_line(self, run: Run, here: Path, arguments: list[str], says: str) -> None:
        """Every refusal is one line on standard error, status 2, and nothing on standard output."""
        result = run("check", *arguments)
        assert (2, "", 1) == (result.exit_code, result.stdout, len(result.stderr.splitlines()))
        assert result.stderr.startswith(f"forethought: {says}")

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read anything")
    def test_unreadable(self, run: Run, here: Path) -> None:
        """A file that may not be opened is said to be so."""
        (here / "draft.txt").write_text("words", encoding="utf-8")
        (here / "draft.txt").chmod(0)
        assert "forethought: draft.txt could not be read" in run("check", "draft.txt").stderr
