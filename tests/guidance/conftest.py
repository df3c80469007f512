"""A small, invented set of guidance that tests can write to a folder and spoil."""

from pathlib import Path

import pytest

from forethought.guidance import Guidance, load

DUTIES = """\
[[duty]]
id = "kindness"
code = "K1"
name = "Kindness"
meaning = "Be kind."

[[duty]]
id = "patience"
code = "K2"
name = "Patience"
meaning = "Wait."
"""

DIFFERENCES = """\
[[difference]]
id = "X1"
topic = "Waiting"
duties = ["patience"]
strictest = ["north-1"]
[difference.positions]
north-1 = "Wait a day."
"""

PACK = """\
id = "north-1"
body = "north"
publisher = "Northern Guild"
title = "Posting with care"
edition = "First"
published = "2024-05"
read = 2026-11-20
review = 2027-11-20
status = "current"
weight = "advises"
note = "Invented."
url = "https://north.example"
addressees = ["practitioner"]

[[provision]]
id = "N-01"
section = "Manners"
kind = "duty"
strength = "must"
triggers = ["post"]
duties = ["kindness"]
serves = ["text"]
says = "Be kind."

[[provision]]
id = "N-02"
section = "Manners"
kind = "background"
strength = "fact"
triggers = ["context"]
background = true
serves = []
says = "People talk online."
"""


class Folder:
    """A guidance folder on disk, whole until a test spoils it."""

    def __init__(self, path: Path) -> None:
        """Write the three kinds of file under `path`."""
        self.path = path
        (path / "packs").mkdir()
        self.files = {"duties.toml": DUTIES, "differences.toml": DIFFERENCES, "packs/north-1.toml": PACK}
        for name, text in self.files.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> Path:
        """Write one file, and return where it lies."""
        place = self.path / name
        place.write_text(text, encoding="utf-8")
        return place

    def spoil(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` in a file, which has to be there."""
        assert old in self.files[name]
        self.write(name, self.files[name].replace(old, new, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small guidance folder that loads."""
    return Folder(tmp_path)


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pack of a service's own, which cites a shared duty."""
    place = tmp_path_factory.mktemp("own")
    text = PACK.replace('"kindness"', '"respectful-tone"').replace("north", "harbour").replace('"N-', '"H-')
    (place / "harbour.toml").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def shipped() -> Guidance:
    """Everything that is shipped."""
    return load()
