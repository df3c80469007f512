"""Completion in the shell, and the script that runs over the examples."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"


def completed(*words: str) -> list[str]:
    """Return what bash would offer after these words, the last of them unfinished."""
    asked = {
        "_FORETHOUGHT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("forethought", *words)),
        "COMP_CWORD": str(len(words)),
    }
    shown = subprocess.run(
        [sys.executable, "-c", "from forethought.cli import main; main(prog_name='forethought')"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.partition(",")[2] for line in shown.stdout.splitlines()]


class TestCompletion:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_each_shell_has_a_script(self, run: Run, shell: str) -> None:
        """The script for a shell asks the program what fits."""
        if shutil.which("bash") is None and shell == "bash":
            pytest.skip("bash is not installed")
        result = run("completion", shell)
        assert (0, True) == (result.exit_code, f"_FORETHOUGHT_COMPLETE={shell}_complete" in result.stdout)

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("ch",), ["check"]),
            (("check", "--role", "tr"), ["trainee"]),
            (("check", "--body", "bab"), ["babcp", "babcp-social-media"]),
            (("check", "--explain", "confidentiality/client-c"), ["confidentiality/client-case"]),
            (("check", "--platform", "inst"), ["instagram"]),
            (("check", "--format", "s"), ["sarif"]),
            (("guidance", "show", "supervis"), ["supervision"]),
            (("guidance", "cov"), ["coverage"]),
        ],
        ids=lambda value: value[-1],
    )
    def test_names_are_completed(self, words: tuple[str, ...], expected: list[str]) -> None:
        """Commands, roles, bodies, rules and the rest are offered by how they begin."""
        assert expected == completed(*words)


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh")
class TestExamples:
    def test_the_script_checks_every_example(self, tmp_path: Path) -> None:
        """The script goes on past drafts that are stopped, and says how many were checked."""
        shown = subprocess.run(
            ["sh", str(EXAMPLES / "check_all.sh")],
            env=with_program(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        count = len(list(EXAMPLES.glob("*.txt")))
        assert (0, f"{count} drafts were checked.") == (shown.returncode, shown.stdout.splitlines()[-1])

    def test_the_script_stops_where_a_check_cannot_be_made(self, tmp_path: Path) -> None:
        """A draft that cannot be read ends the script with status 2."""
        place = tmp_path / "examples"
        shutil.copytree(EXAMPLES, place)
        (place / "broken.txt").write_bytes(b"")
        shown = subprocess.run(
            ["sh", str(place / "check_all.sh")], env=with_program(tmp_path), capture_output=True, check=False
        )
        assert 2 == shown.returncode


def with_program(folder: Path) -> dict[str, str]:
    """Return an environment in which `forethought` is the program under test."""
    script = folder / "bin" / "forethought"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m forethought "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}"}
