"""The house rules that no linter knows, held over every file that the project keeps."""

import ast
import re
import socket
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import forethought

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
TEXT = {"", ".css", ".html", ".js", ".json", ".jsonl", ".md", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml"}
FOLDERS = ("home", "opt", "root", "tmp", "Users", "work")
MACHINE_PATH = re.compile(rf"(?<![\w.~/-])/(?:{'|'.join(FOLDERS)})/\w")
LEFT_UNDONE = re.compile(r"\b(?:TO{}|FIX{})\b".format("DO", "ME"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def kept_files() -> list[Path]:
    """Return every file of the project that git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def named(path: Path) -> str:
    """Return a file's path inside the project, to name it in a test's id."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")


def docstring_lines(tree: ast.Module) -> set[int]:
    """Return the numbers of the lines that docstrings fill."""
    owners = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    firsts = (node.body[0] for node in owners if ast.get_docstring(node, clean=False) is not None)
    return {line for first in firsts for line in range(first.lineno, (first.end_lineno or first.lineno) + 1)}


def code_lines(text: str) -> int:
    """Count the lines that are neither blank, comment nor docstring."""
    spoken = docstring_lines(ast.parse(text))
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        1 for number, line in lines if line.strip() and not line.strip().startswith("#") and number not in spoken
    )


def functions(text: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method in a module."""
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function from its `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a function's result and arguments all carry a type; `self` and `cls` need none."""
    spec = function.args
    stars = [star for star in (spec.vararg, spec.kwarg) if star]
    given = [arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *stars) if arg.arg not in {"self", "cls"}]
    return function.returns is not None and all(arg.annotation for arg in given)


def opens_with_purpose(path: Path) -> bool:
    """Say whether a source file's first words say what it is for."""
    if path.suffix == ".py":
        return bool(ast.get_docstring(ast.parse(text_of(path))))
    first = next((line for line in text_of(path).splitlines() if not line.startswith("#!")), "")
    return first.startswith("# ")


FILES = kept_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
SHIPPED = [path for path in PYTHON if path.is_relative_to(ROOT / "src")]
SOURCE = [*PYTHON, *(path for path in FILES if path.suffix in {".toml", ".sh"} or path.name in {"Makefile", "run"})]
WORDS = [path for path in FILES if path.suffix in TEXT]
PAGES = [path for path in FILES if path.suffix == ".md"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


class TestSource:
    def test_it_says_what_it_is_for(self) -> None:
        """Every source file opens with a docstring or comment that states its purpose."""
        assert [] == [named(path) for path in SOURCE if not opens_with_purpose(path)]

    def test_it_is_short_enough_to_hold_in_mind(self) -> None:
        """No module holds more code than a person reads at a sitting."""
        assert [] == [named(path) for path in SHIPPED if code_lines(text_of(path)) > LONGEST_FILE]

    def test_its_functions_are_short(self) -> None:
        """No function runs past forty lines, its docstring included."""
        assert [] == [
            f"{named(path)}: {each.name}"
            for path in SHIPPED
            for each in functions(text_of(path))
            if length(each) > LONGEST_FUNCTION
        ]

    def test_its_functions_are_typed(self) -> None:
        """Every function says the types of what it takes and of what it gives."""
        assert [] == [
            f"{named(path)}: {each.name}" for path in PYTHON for each in functions(text_of(path)) if not annotated(each)
        ]


class TestEveryFile:
    def test_it_names_no_machine(self) -> None:
        """No file names a folder that only one computer has."""
        assert [] == [named(path) for path in WORDS if MACHINE_PATH.search(text_of(path))]

    def test_it_leaves_nothing_undone(self) -> None:
        """Work still to be done is not left as a mark in a file."""
        assert [] == [named(path) for path in WORDS if LEFT_UNDONE.search(text_of(path))]

    def test_its_links_lead_somewhere(self) -> None:
        """Every link from a page to another file of the project finds that file."""
        assert [] == [
            f"{named(path)}: {link}"
            for path in PAGES
            for link in LINK.findall(text_of(path))
            if not (path.parent / link).exists()
        ]


class TestRelease:
    def test_the_changelog_has_this_version(self) -> None:
        """The version that the package states is a heading of the changelog."""
        assert f"\n## [{forethought.__version__}]" in text_of(ROOT / "CHANGELOG.md")

    @pytest.mark.parametrize("path", LOCKS, ids=named)
    def test_every_locked_package_is_hashed(self, path: Path) -> None:
        """Every package in a lock file is pinned to one version and followed by its hashes."""
        lines = [line for line in text_of(path).splitlines() if not line.startswith("#")]
        assert [] == [this for this, after in pairwise([*lines, ""]) if "==" in this and "--hash=sha256:" not in after]

    @pytest.mark.parametrize("path", LOCKS, ids=named)
    def test_a_lock_file_names_no_host(self, path: Path) -> None:
        """A lock file leaves it to each person's own settings where packages come from."""
        assert "://" not in text_of(path)

    def test_what_runs_is_locked(self) -> None:
        """Each library that the package needs is in the lock file that a first install uses."""
        needed = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["dependencies"]
        locked = re.findall(r"^([\w-]+)==", text_of(ROOT / "requirements/base.txt"), flags=re.MULTILINE)
        assert set() == {re.split(r"[<>=~\[]", each)[0] for each in needed} - set(locked)

    def test_every_task_is_explained(self) -> None:
        """Each task of the Makefile has a line of help, and the guide for contributors names it."""
        makefile = text_of(ROOT / "Makefile")
        tasks = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
        assert tasks
        explained = set(re.findall(r"^([a-z]+):.* ## ", makefile, flags=re.MULTILINE))
        guide = set(re.findall(r"`make ([a-z]+)", text_of(ROOT / "CONTRIBUTING.md")))
        assert (set(tasks[1].split()), set(tasks[1].split())) == (explained, guide)


class TestNoOtherHostIsReached:
    def test_another_host_is_refused(self) -> None:
        """A test that connects to an address outside this machine fails."""
        with socket.socket() as plug:
            plug.settimeout(1)
            # pytest-socket warns before it refuses, and here a warning is an error.
            with pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
                plug.connect(("192.0.2.1", 443))

    def test_a_name_is_not_looked_up(self) -> None:
        """A test that asks for another host's address fails before the question leaves."""
        with pytest.raises(RuntimeError, match=r"example\.org"):
            socket.getaddrinfo("example.org", 443)

    def test_this_machine_is_reached(self) -> None:
        """A test may talk to a server of its own on this machine."""
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
            assert server.getsockname() == client.getpeername()


class TestTheRulesThemselves:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ('open("/tm' + 'p/x")', True),
            ("see /ho" + "me/asha/drafts", True),
            ("https://example.org/var/pages", False),
            ("social work/home visits", False),
        ],
        ids=["quoted", "bare", "address", "plain-words"],
    )
    def test_a_machine_path_is_told_from_an_address(self, line: str, expected: bool) -> None:
        """A path on one computer is seen; a web address or a slash between words is not."""
        assert expected == bool(MACHINE_PATH.search(line))

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("def f(a: int, *b: str, **c: bool) -> None: ...", True),
            ("def f(self, a: int) -> None: ...", True),
            ("def f(a) -> None: ...", False),
            ("def f(*b) -> None: ...", False),
            ("def f(a: int): ...", False),
        ],
        ids=["full", "method", "argument", "star", "result"],
    )
    def test_a_missing_type_is_seen(self, line: str, expected: bool) -> None:
        """A function counts as typed only when its result and each argument carry a type."""
        assert expected == annotated(functions(line)[0])

    def test_the_whole_of_a_function_is_measured(self) -> None:
        """A function's length runs from its first line to its last."""
        assert 3 == length(functions("def f() -> None:\n    # why\n    return None\n")[0])

    def test_comments_and_docstrings_are_not_code(self) -> None:
        """Explaining a module does not make it too long."""
        assert 2 == code_lines('"""Why."""\n\n# how\ndef f() -> None:\n    """Do\n    it."""\n    return None\n')
