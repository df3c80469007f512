"""Finding exports on this computer: what looks like one in the usual folders, and nothing else."""

import os
from pathlib import Path

import pytest

from forethought.footprint.search import MOST, exports


def put(home: Path, name: str, folder: str = "Downloads", age: int = 0) -> Path:
    """Put a file in a folder of somebody's home, so many seconds old."""
    path = home / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (1_700_000_000 - age,) * 2)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "twitter-2025-03-04-abc.zip", "anything at all.zip", "REPO.CAR", "archive-20240101.tar.gz", "outbox.json",
        "WhatsApp Chat with Kit.txt", "Posts.CSV", "my-timeline-export.jsonl", "substack.xml",
    ],
)  # fmt: skip
def test_what_looks_like_an_export_is_offered(tmp_path: Path, name: str) -> None:
    """Zips, repositories, and other files that are named as exports are."""
    assert [put(tmp_path, name)] == exports(tmp_path)


@pytest.mark.parametrize(
    "name", ["holiday.jpg", "notes.txt", "accounts.csv", ".archive.zip", "archive.pdf", "export", "package.json.part"]
)
def test_what_does_not_is_left_alone(tmp_path: Path, name: str) -> None:
    """Pictures, papers, hidden files and what is still being downloaded are not offered."""
    put(tmp_path, name)
    assert [] == exports(tmp_path)


def test_the_newest_comes_first_from_every_folder(tmp_path: Path) -> None:
    """Files of all the usual folders stand in one list, the newest first; folders within are not looked into."""
    old = put(tmp_path, "old.zip", "Desktop", age=100)
    new = put(tmp_path, "new.zip", "Documents")
    middle = put(tmp_path, "middle.zip", age=50)
    put(tmp_path, "within.zip", "Downloads/more")
    put(tmp_path, "elsewhere.zip", "Pictures")
    (tmp_path / "Downloads" / "folder.zip").mkdir()
    assert [new, middle, old] == exports(tmp_path)


def test_a_home_without_those_folders(tmp_path: Path) -> None:
    """Where there is no such folder, or a file of its name, nothing is offered and nothing fails."""
    (tmp_path / "Desktop").write_text("a file")
    assert [] == exports(tmp_path) == exports(tmp_path / "nobody")


def test_a_full_folder_is_cut_short(tmp_path: Path) -> None:
    """Of very many files the newest are offered."""
    for number in range(MOST + 5):
        put(tmp_path, f"{number}.zip", age=number)
    assert [f"{number}.zip" for number in range(MOST)] == [path.name for path in exports(tmp_path)]
