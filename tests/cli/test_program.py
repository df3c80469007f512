"""The program as a whole: how it starts, how it ends, and what it does when it is stopped."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import Result

from forethought import __version__
from forethought.cli.program import COMMANDS, main
from forethought.reading import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES

FORETHOUGHT = (sys.executable, "-m", "forethought")
# Output is held back in a pipe, as it is for most people, whatever this machine's own setting.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
Run = Callable[..., Result]


ASKED = ("--help", "--version", "guidance", "guidance list", "check hello", "check --format json hello")
posix = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")


def in_shell(line: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program with the redirections of a shell."""
    command = f"{before}{sys.executable} -m forethought {line}"
    quiet = {**BUFFERED, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=quiet, check=False)


def start(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own, with pipes at every end."""
    pipe = subprocess.PIPE
    return subprocess.Popen([*FORETHOUGHT, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=BUFFERED)


class TestHelp:
    @pytest.mark.parametrize(
        "arguments",
        [
            [], ["check"], ["completion"], ["guidance"], ["guidance", "list"], ["guidance", "show"],
            ["guidance", "compare"], ["guidance", "coverage"],
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_every_command_has_an_example(self, run: Run, arguments: list[str]) -> None:
        """Help for each command ends with an example of its use."""
        result = run(*arguments, "--help")
        assert (0, True) == (result.exit_code, "Example: forethought" in result.output)

    @pytest.mark.parametrize("arguments", [[], ["guidance"]], ids=["program", "guidance"])
    def test_nothing_asked_is_help(self, run: Run, arguments: list[str]) -> None:
        """With nothing asked for, help is shown as if it had been."""
        result = run(*arguments)
        assert (0, "", run(*arguments, "--help").stdout) == (result.exit_code, result.stderr, result.stdout)

    def test_every_command_is_listed(self, run: Run) -> None:
        """The program's own help names each command."""
        assert [] == [name for name in COMMANDS if f"  {name} " not in run("--help").output]

    def test_long_lists_of_names_stand_below(self, run: Run) -> None:
        """Each role, account, audience and platform that an option takes is in its command's help."""
        said = " ".join(run("check", "--help").output.split())
        assert [] == [names for names in (ROLES, ACCOUNTS, AUDIENCES, PLATFORMS) if ", ".join(names) not in said]

    def test_version(self, run: Run) -> None:
        """The version is that of the package."""
        assert f"forethought {__version__}\n" == run("--version").output

    def test_module(self) -> None:
        """`python -m forethought` is the same program."""
        shown = subprocess.run([*FORETHOUGHT, "--version"], capture_output=True, text=True, check=True)
        assert f"forethought {__version__}\n" == shown.stdout

    @pytest.mark.parametrize("late", ["rich", "forethought.guidance", "forethought.reading", "tomllib"])
    def test_help_loads_only_what_it_needs(self, late: str) -> None:
        """Help neither reads the guidance nor loads what draws a report."""
        program = (
            "import sys\nfrom forethought.cli import main\n"
            "try:\n    main(['--help'])\nexcept SystemExit:\n"
            f"    sys.exit({late!r} in sys.modules)"
        )
        assert 0 == subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=False).returncode


class TestMistakes:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["chek"], "command 'chek' is not known. Use check."),
            (["guidance", "lst"], "command 'lst' is not known. Use list."),
            (["check", "--rôle", "x"], "No such option '--rôle'."),
            (["check", "--role"], "Option '--role' requires an argument."),
            (["check", "--role", "traine", "hello"], "role 'traine' is not known. Use trainee."),
            (["check", "--platform", "instagrm", "hello"], "platform 'instagrm' is not known. Use instagram"),
            (["check", "--body", "bcp", "hello"], "body 'bcp' is not known. Use "),
            (["check", "--format", "jsn", "hello"], "format 'jsn' is not known. Use json"),
            (["guidance", "show"], "Missing argument 'ID'."),
            (["completion", "fsh"], "shell 'fsh' is not known. Use fish"),
            (
                ["check", "--platform", "myspace", "hello"],
                "platform 'myspace' is not known. `",
            ),
            (["check", "--body", "hcpc", "hello"], "body 'hcpc' is not known. Use babcp, "),
            (["check", "--format", "xml", "hello"], "format 'xml' is not known. Use html, json, jsonl, sarif or text."),
            (["check", "--explain", "zzz"], "rule 'zzz' is not known. `forethought guidance list` lists "),
        ],
        ids=[
            "command",
            "inner command",
            "option",
            "no value",
            "role",
            "platform",
            "body",
            "format",
            "id",
            "shell",
            "no platform like it",
            "no body like it",
            "no format like it",
            "no rule like it",
        ],
    )
    def test_a_mistake_is_one_line(self, run: Run, arguments: list[str], says: str) -> None:
        """A mistake in the command ends with status 2 and one line that names the nearest."""
        result = run(*arguments)
        assert (2, "", 1) == (result.exit_code, result.stdout, len(result.stderr.splitlines()))
        assert result.stderr.startswith(f"forethought: {says}")

    def test_an_escape_code_in_a_mistake_is_shown(self, run: Run) -> None:
        """A message repeats what was typed without letting it act on the terminal."""
        assert "forethought: command '\u241b[31m' is not known." in run("\x1b[31m").stderr


class TestEnding:
    def test_a_closed_pipe_ends_quietly(self) -> None:
        """Where the reader goes away, as `head` does, nothing is said and no traceback is shown."""
        running = start(["check", "--posts", "-"])
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(b'{"text": "Mondays"}\n')
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.write(b'{"text": "Tuesdays"}\n' * 10)
        running.stdin.close()
        assert (b"", 141) == (running.stderr.read(), running.wait())
        running.stderr.close()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--help"],
            ["guidance", "list"],
            ["guidance", "list", "--format", "json"],
            ["check", "--format", "html", "a"],
        ],
        ids=" ".join,
    )
    def test_nobody_reads_at_all(self, arguments: list[str]) -> None:
        """Whatever is asked for, a pipe that is closed from the start is met in quiet."""
        with start(arguments) as running:
            assert running.stdout
            assert running.stderr
            running.stdout.close()
            assert (b"", 141) == (running.stderr.read(), running.wait())

    @pytest.mark.skipif(os.name == "nt", reason="Windows stops a program in another way")
    def test_a_stop_is_one_line(self) -> None:
        """Ctrl-C ends with one line and status 130."""
        with start(["check", "--posts", "-"]) as running:
            assert running.stdin
            assert running.stdout
            running.stdin.write(b'{"text": "Mondays"}\n')
            running.stdin.flush()
            running.stdout.readline()
            running.send_signal(signal.SIGINT)
            assert (b"", b"forethought: stopped before the end.\n") == running.communicate()
        assert 130 == running.returncode

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
    @pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
    def test_any_terminal_can_show_it(self, encoding: str, form: str) -> None:
        """A character that the terminal does not have is spelled out, and nothing fails."""
        shown = subprocess.run(
            [*FORETHOUGHT, "check", "--format", form, "Tea \u2615 at \u00a35 \u2014 \u201cso\u201d"],
            capture_output=True,
            env={**BUFFERED, "PYTHONIOENCODING": encoding},
            check=False,
        )
        assert (0, b"") == (shown.returncode, shown.stderr)
        assert shown.stdout.decode(encoding)

    @posix
    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("check - <&-", "standard input is closed."),
            ("check --posts - <&-", "standard input is closed."),
            ("check <&-", "there is no draft to check."),
            *((f"{asked} >&-", "the answer could not be written (standard output is closed).") for asked in ASKED),
            *((f"{asked} >/dev/full", "the answer could not be written (No space left") for asked in ASKED),
            ("check /proc/self/mem", "/proc/self/mem could not be read ("),
        ],
        ids=lambda value: value.replace("/", "|"),
    )
    def test_a_stream_that_fails_is_one_line(self, line: str, says: str) -> None:
        """A closed or full stream, or a file that fails while it is read, ends with status 2 and says why."""
        ended = in_shell(line)
        assert (2, "") == (ended.returncode, ended.stdout)
        assert ended.stderr.startswith(f"forethought: {says}")
        assert "Traceback" not in ended.stderr

    @posix
    @pytest.mark.parametrize("line", ["nope 2>&-", "nope 2>/dev/full", "check hello <&- >&- 2>&-"])
    def test_nowhere_to_complain(self, line: str) -> None:
        """Where even a complaint cannot be written, the status still tells."""
        ended = in_shell(line)
        assert (2, "", "") == (ended.returncode, ended.stdout, ended.stderr)

    @posix
    @pytest.mark.parametrize("form", ["text", "json", "html", "sarif"])
    def test_a_full_disk_leaves_no_half_file(self, tmp_path: Path, form: str) -> None:
        """A new file that cannot be written to the end is taken away, and the person is told."""
        page = tmp_path / "report"
        ended = in_shell(f"check hello --format {form} --out {page}", before="trap '' XFSZ; ulimit -f 0; ")
        assert (2, "", False) == (ended.returncode, ended.stdout, page.exists())
        assert ended.stderr.startswith(f"forethought: {page} could not be written (")

    @pytest.mark.parametrize("shown", ["0", "1"], ids=["line", "traceback"])
    def test_the_unforeseen_is_owned(self, run: Run, monkeypatch: pytest.MonkeyPatch, shown: str) -> None:
        """A fault of the program's own ends with one line and status 2, and with a traceback for who asks for it."""

        def broken(*_: object) -> NoReturn:
            raise ZeroDivisionError

        monkeypatch.setenv("FORETHOUGHT_TRACEBACK", shown)
        monkeypatch.setattr("forethought.review.review", broken)
        result = run("check", "hello")
        *before, last = result.stderr.splitlines()
        assert (2, "", shown == "1") == (
            result.exit_code,
            result.stdout,
            "Traceback (most recent call last):" in before,
        )
        assert last.startswith("forethought: this is a fault in Forethought itself (ZeroDivisionError)")

    def test_the_program_is_a_click_group(self) -> None:
        """The reference can walk the commands."""
        context = main.make_context("forethought", ["--version"], resilient_parsing=True)
        assert sorted(COMMANDS) == main.list_commands(context)
