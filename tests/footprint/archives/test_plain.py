"""Plain timelines: JSON, JSON Lines and tables are read, and a bad record costs itself only."""

from pathlib import Path

import pytest
from exports import Imported, table_of, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError

POSTS = [{"id": "1", "created": "2025-02-04T08:30:00+00:00", "text": "Tea first."}, {"id": "2", "text": "Rain, again."}]


def test_a_timeline_is_read(tmp_path: Path) -> None:
    """The profile and each post are there, with their moments, and pointers to where they stand."""
    profile = {"name": "Wren", "bio": "Counsellor"}
    made = zipped(tmp_path / "t.zip", {"timeline.json": {"profile": profile, "posts": POSTS}})
    got = Imported(made)
    assert ["Tea first.", "Rain, again."] == got.texts("post")
    assert ["/posts/0", "/posts/1"] == [item.pointer.locator for item in got.of("post")]
    assert "utc" == got.of("post")[0].created.zone
    assert {"name": "Wren", "bio": "Counsellor"} == dict(got.of("profile")[0].details)
    assert "present" == got.tables["posts"].state


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read(tmp_path: Path, delimiter: str) -> None:
    """Whatever stands between its columns."""
    rows = [["ID", "Date", "Text"], ["1", "2025-02-04 08:30:00", "Tea, first."], ["2", "", "Rain"]]
    got = Imported(unpacked(tmp_path / "f", {"posts.csv": table_of(rows, delimiter)}))
    assert ["Tea, first.", "Rain"] == got.texts("post")
    assert "unknown" == got.of("post")[0].created.zone


def test_a_bad_line_costs_itself_only(tmp_path: Path) -> None:
    """The lines around it are read, and it leaves one problem that says where it stands."""
    lines = '{"id": "1", "text": "Tea"}\n{"id": \n[1]\n{"id": "2", "text": "Rain"}\n'
    got = Imported(unpacked(tmp_path / "f", {"posts.jsonl": lines}))
    assert ["Tea", "Rain"] == got.texts("post")
    assert ["line 2", "line 3"] == [problem.pointer.locator for problem in got.problems]


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says that it is not whole."""
    got = Imported(unpacked(tmp_path / "f", {"t.json": '{"posts": [{"text": "Tea"}, {"text": "Ra'}))
    assert ["Tea"] == got.texts("post")
    assert "partial" == got.tables["posts"].state


def test_another_file_is_refused(tmp_path: Path) -> None:
    """What is no export is said to be none."""
    with pytest.raises(UnknownArchiveError, match=r"notes\.txt"):
        Imported(unpacked(tmp_path / "f", {"notes.txt": "hello"}))


@pytest.mark.parametrize("name", ["posts.csv", "mine.csv", "export.csv"])
def test_a_plain_table_is_no_platforms(tmp_path: Path, name: str) -> None:
    """A table with an id, a date and a text is taken for what it is, whatever it is called."""
    got = Imported(unpacked(tmp_path / "f", {name: "id,date,text\n1,2024-01-05,Tea\n"}))
    assert ["plain"] == [found.platform for found in got.recognised]
    assert ["2024-01-05"] == [item.created.raw for item in got.of("post")]
