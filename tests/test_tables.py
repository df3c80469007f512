"""The snapshot of parsed tables: never believed beyond the bytes it was made from, and never needed."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forethought import tables


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small package of one rule file, with no snapshot yet."""
    (tmp_path / "rule.toml").write_text('title = "As written"\nsince = 2026-11-20\n', encoding="utf-8")
    monkeypatch.setattr(tables, "HERE", tmp_path)
    monkeypatch.setattr(tables, "SNAPSHOT", tmp_path / "tables.json")
    tables._snapshot.cache_clear()
    yield tmp_path
    tables._snapshot.cache_clear()


def doctored(package: Path) -> None:
    """Make a snapshot that says something else than the file, with the right checksum."""
    tables.write_snapshot()
    path = package / "tables.json"
    path.write_text(path.read_text(encoding="utf-8").replace("As written", "As kept"), encoding="utf-8")
    tables._snapshot.cache_clear()


class TestTable:
    def test_without_a_snapshot(self, package: Path) -> None:
        """A file is parsed as it stands where nothing was kept."""
        assert {"title": "As written", "since": date(2026, 11, 20)} == tables.table(package / "rule.toml")

    def test_from_the_snapshot(self, package: Path) -> None:
        """A file whose bytes match is taken from the snapshot, dates included."""
        doctored(package)
        assert {"title": "As kept", "since": date(2026, 11, 20)} == tables.table(package / "rule.toml")

    def test_an_edited_file_wins(self, package: Path) -> None:
        """A file that was edited since is parsed as it stands now."""
        doctored(package)
        (package / "rule.toml").write_text('title = "As edited"\n', encoding="utf-8")
        assert {"title": "As edited"} == tables.table(package / "rule.toml")

    def test_a_file_from_elsewhere(self, package: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A file outside the package is never looked up in the snapshot."""
        doctored(package)
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "rule.toml"
        elsewhere.write_bytes((package / "rule.toml").read_bytes())
        assert "As written" == tables.table(elsewhere)["title"]

    @pytest.mark.parametrize(
        "words",
        ["", "no JSON", "[]", "5", '{"rule.toml": 5}', '{"rule.toml": ["x", {}]}', '{"rule.toml": [1, 2]}', '{"rule'],
    )
    def test_a_spoilt_snapshot(self, package: Path, words: str) -> None:
        """A snapshot that is spoilt, of another shape or cut short is as good as none."""
        (package / "tables.json").write_text(words, encoding="utf-8")
        assert "As written" == tables.table(package / "rule.toml")["title"]

    @pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa = 1\n", b"a = 1\r\n", b"a = 1"], ids=["mark", "Windows", "no end"])
    def test_how_editors_save(self, package: Path, raw: bytes) -> None:
        """A byte-order mark, Windows line ends or no last line end make no difference."""
        (package / "rule.toml").write_bytes(raw)
        assert {"a": 1} == tables.table(package / "rule.toml")

    def test_examples_are_left_out(self, package: Path) -> None:
        """What comes after the mark is not read, nor kept."""
        (package / "rule.toml").write_text('a = 1\n\n[[example]]\ntext = "x"\n', encoding="utf-8")
        assert {"a": 1} == tables.table(package / "rule.toml", before=tables.EXAMPLES)
        tables.write_snapshot()
        assert "example" not in (package / "tables.json").read_text(encoding="utf-8")


def test_every_table_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot of the package as it is holds every TOML file, and says of each what the file says."""
    monkeypatch.setattr(tables, "SNAPSHOT", tmp_path / "tables.json")
    tables.write_snapshot()
    kept = json.loads((tmp_path / "tables.json").read_text(encoding="utf-8"))
    sources = sorted(tables.HERE.rglob("*.toml"))
    assert [path.relative_to(tables.HERE).as_posix() for path in sources] == sorted(kept)
    tables._snapshot.cache_clear()
    try:
        assert all(tables._parsed(p.read_bytes(), tables.EXAMPLES) == tables.table(p, tables.EXAMPLES) for p in sources)
    finally:
        tables._snapshot.cache_clear()
