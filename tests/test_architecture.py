"""The arrows of the house: which part may import which, held by walking the syntax tree of every module."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
HOUSE = SRC / "forethought"

# Each part and the parts that it may import; `errors` is open to all. A new part joins by a line here.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "tables": set(),
    "guidance": {"tables"},
    "reading": {"tables"},
    "documents": set(),
    "rules": {"reading", "guidance", "tables"},
    "review": {"rules", "reading", "guidance", "documents"},
    "pages": {"review", "rules", "reading", "guidance", "documents"},
    "vault": set(),
    "room": set(),
    "platforms": {"tables"},
    "web": {"documents", "guidance"},
    "media": {"room", "vault", "documents"},
    "footprint": {
        "clients",
        "web",
        "media",
        "room",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
        "tables",
    },
    "supervision": {"room", "web", "vault", "pages", "review", "rules", "reading", "guidance", "documents"},
    "clients": {"room", "web", "vault", "reading", "tables", "documents"},
    "contacts": {"clients", "room", "web", "vault", "pages", "guidance", "documents", "platforms", "tables"},
    "policy": {
        "clients",
        "room",
        "web",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
        "platforms",
        "tables",
    },
    "incidents": {
        "clients",
        "footprint",
        "media",
        "room",
        "web",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
        "platforms",
        "tables",
    },
    "accounts": {
        "clients",
        "footprint",
        "incidents",
        "media",
        "policy",
        "room",
        "web",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
        "platforms",
        "tables",
    },
    "desk": {
        "web",
        "accounts",
        "clients",
        "incidents",
        "contacts",
        "policy",
        "media",
        "footprint",
        "supervision",
        "room",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
    },
    "cli": {
        "accounts",
        "clients",
        "incidents",
        "contacts",
        "policy",
        "platforms",
        "desk",
        "footprint",
        "media",
        "vault",
        "pages",
        "review",
        "rules",
        "reading",
        "guidance",
        "documents",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
# The modules of the core that may import more, each when it is first used.
LEARNED = {
    "forethought.reading.learned": {"numpy", "onnxruntime"},
    "forethought.documents.pdf": {"typst"},
    "forethought.documents.word": {"docx"},
}
# Where Django is at home: the desk, the database backend, and in a room only the modules of these names.
DJANGO = re.compile(
    r"forethought\.(desk|web|vault\.backend|(accounts|supervision|clients|contacts|incidents|policy|footprint|media)\.(models|forms|views|urls|room|migrations)"
    r"|footprint\.(beside|keeping|weaving|figures)|media\.keeping|(accounts|clients|incidents|policy)\.keeping)(\.|$)"
)
# The only modules that touch a network module: one listens on this device's own address, one opens the browser.
# Two ask outside, once and where the person said so, having seen what leaves: for a timestamp, for leaked passwords.
OUTWARD = {
    "forethought.desk.server": {"socket"},
    "forethought.cli.desk": {"webbrowser"},
    "forethought.incidents.stamping": {"http", "ssl", "urllib"},
    "forethought.accounts.passwords.breach": {"http", "urllib"},
}
CORE = ("guidance", "reading", "rules", "review", "documents")
NETWORK = {
    "_socket", "_ssl", "aiohttp", "asyncio", "django", "ftplib", "http", "httpx", "imaplib", "poplib", "requests",
    "selectors", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser",
    "wsgiref", "xmlrpc",
}  # fmt: skip


def module_name(path: Path, root: Path = SRC) -> str:
    """Return the dotted name under which `path` is imported; a package's own file gives the package's name."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Yield every dotted name that a module of `package` imports, wherever the import stands in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imported_by(path: Path, root: Path = SRC) -> set[str]:
    """Return the dotted names that the file at `path` imports."""
    name = module_name(path, root)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    return set(imports(ast.parse(path.read_text(encoding="utf-8")), package))


def part(name: str) -> str:
    """Return the part of the house that a dotted name of ours belongs to, such as `rules`."""
    return [*name.split("."), "__init__"][1]


def stray_arrows(root: Path = SRC) -> list[str]:
    """Return each import between two parts that `ARROWS` does not allow."""
    return [
        f"{module_name(path, root)} imports {name}"
        for path in modules(root)
        for name in sorted(imported_by(path, root))
        if name.startswith("forethought.") and not allowed(part(module_name(path, root)), part(name))
    ]


def allowed(here: str, there: str) -> bool:
    """Say whether `here` may import `there`; a name such as `forethought.__version__` belongs to no part."""
    return there in {here, "errors", "__version__"} | ARROWS.get(here, set())


def modules(root: Path = SRC) -> list[Path]:
    """Return every Python file of the package."""
    return sorted((root / "forethought").rglob("*.py"))


def core_modules() -> list[Path]:
    """Return every Python file of the core."""
    return [path for path in modules() if part(module_name(path)) in CORE]


def reaches_network(name: str) -> bool:
    """Say whether a dotted name is, or lies within, a module that can open a connection."""
    return any(f"{name}.".startswith(f"{module}.") for module in NETWORK)


def nearest_module(name: str, known: set[str]) -> str:
    """Return the module that an imported name stands in: the name itself where it is one of ours, or its parent."""
    return name if name in known else name.rpartition(".")[0]


class TestArrows:
    def test_every_part_is_in_the_table(self) -> None:
        """A new folder of the package must be given its arrows before it lands."""
        assert set() == {part(module_name(path)) for path in modules()} - ARROWS.keys()

    def test_the_table_has_no_circle(self) -> None:
        """The arrows allowed all point one way."""
        assert set(ARROWS) == set(TopologicalSorter(ARROWS).static_order())

    def test_every_import_follows_an_arrow(self) -> None:
        """No part imports another against the arrows."""
        assert [] == stray_arrows()

    def test_modules_import_in_no_circle(self) -> None:
        """No two modules need each other, not even within one part."""
        known = {module_name(path) for path in modules()}
        needs = {
            module_name(path): {nearest_module(name, known) for name in imported_by(path)} & known for path in modules()
        }
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as circle:
            pytest.fail(" -> ".join(circle.args[1]))

    @pytest.mark.parametrize(
        ("part_name", "line", "stray"),
        [
            ("reading", "from forethought.rules import load", "forethought.rules.load"),
            ("guidance", "import forethought.reading.draft", "forethought.reading.draft"),
            ("rules", "from forethought import review", "forethought.review"),
            ("review", "def late():\n    from forethought.cli import main", "forethought.cli.main"),
            ("documents", "from ..guidance.load import load", "forethought.guidance.load.load"),
        ],
        ids=["upwards", "sideways", "from-the-root", "inside-a-function", "relative"],
    )
    def test_an_import_against_the_arrows_is_seen(self, tmp_path: Path, part_name: str, line: str, stray: str) -> None:
        """An import against the arrows is reported however it is written."""
        folder = tmp_path / "forethought" / part_name
        folder.mkdir(parents=True)
        (folder / "stray.py").write_text(line, encoding="utf-8")
        assert [f"forethought.{part_name}.stray imports {stray}"] == stray_arrows(tmp_path)


class TestCore:
    @pytest.mark.parametrize("path", core_modules(), ids=module_name)
    def test_core_needs_the_standard_library_alone(self, path: Path) -> None:
        """The core imports the standard library and itself, so it runs wherever Python does; one module may do more."""
        roots = {name.partition(".")[0] for name in imported_by(path)}
        assert LEARNED.get(module_name(path), set()) == roots - sys.stdlib_module_names - {"forethought"}

    def test_the_heavy_libraries_wait_until_they_are_needed(self) -> None:
        """Importing the whole of review loads neither numpy nor onnxruntime, so that help and look-ups stay quick."""
        loaded = run("import sys, forethought.review; print(*sys.modules)").stdout.split()
        assert set() == {"numpy", "onnxruntime"} & set(loaded)

    @pytest.mark.parametrize("name", ["socket", "http.client", "urllib.request.urlopen", "django.db"])
    def test_a_network_module_is_known_as_one(self, name: str) -> None:
        """A module that can open a connection is recognised by its own name or a name inside it."""
        assert reaches_network(name)

    @pytest.mark.parametrize("name", ["urllib.parse.urlsplit", "socketless", "html", "sockets.thing"])
    def test_another_module_is_not_taken_for_one(self, name: str) -> None:
        """A module that opens no connection is left alone, though its name be like one that does."""
        assert not reaches_network(name)


class TestNothingLeavesTheDevice:
    @pytest.mark.parametrize("path", modules(), ids=module_name)
    def test_no_module_can_open_a_connection(self, path: Path) -> None:
        """No file imports a module that can reach a network, but for the desk's own, each for the one that it needs."""
        name = module_name(path)
        allowed_here = OUTWARD.get(name, set()) | ({"django"} if DJANGO.match(name) else set())
        reached = {found.partition(".")[0] for found in imported_by(path) if reaches_network(found)}
        assert set() == reached - allowed_here

    @pytest.mark.parametrize("name", CORE)
    def test_loading_the_core_loads_no_network_module(self, name: str) -> None:
        """Importing a part of the core brings in no network module by a back door either."""
        loaded = run(f"import sys, forethought.{name}; print(*sys.modules)")
        assert [] == [module for module in loaded.stdout.split() if reaches_network(module)]

    def test_a_check_leaves_nothing_behind(self, tmp_path: Path) -> None:
        """A whole check by both readers writes nothing into a person's home, not even an id for counting usage."""
        places = {
            name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR")
        }
        usual = {name: value for name, value in os.environ.items() if name != "CI"}
        program = "from forethought.cli import main\nmain(['check', 'Mondays are for paperwork.'])"
        subprocess.run([sys.executable, "-c", program], env=usual | places, capture_output=True, check=True)
        assert [] == list(tmp_path.rglob("*"))

    def test_a_check_touches_no_socket(self) -> None:
        """A whole check from the command line makes, connects and looks up nothing."""
        checked = run(f"{WATCH}\nfrom forethought.cli import main\nmain(['check', 'Mondays are for paperwork.'])")
        assert ("", True) == (checked.stderr, bool(checked.stdout))

    def test_the_watch_sees_a_socket(self) -> None:
        """The watch used above does stop a program that opens a socket."""
        assert "socket.__new__" in run(f"{WATCH}\nimport socket; socket.socket()").stderr


WATCH = """
import sys
def watch(event, details):
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.addaudithook(watch)
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python in a process of their own and return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False
    )
