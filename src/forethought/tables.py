"""TOML files as tables, taken from a snapshot where one matches them to the byte.

Parsing the packs, rules and word lists costs a third of a cold start, so building the package keeps what was
parsed as one JSON file. A file that has been edited since, or lies elsewhere, is parsed as it stands.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

HERE = Path(__file__).parent
SNAPSHOT = HERE / "tables.json"
EXAMPLES = "\n[[example]]"  # where reading a rule file stops: they come last and no check needs them
_DATE = "date"


def table(path: Path, before: str = "") -> dict[str, Any]:
    """Return the data of a TOML file, up to the mark `before` where one is given.

    Raises OSError, UnicodeDecodeError and tomllib.TOMLDecodeError.
    """
    raw = path.read_bytes()
    checked, kept = _snapshot().get(_name(path), (None, {}))
    return kept if checked == crc32(raw) else _parsed(raw, before)


def write_snapshot() -> None:
    """Parse every TOML file of the package and keep the result, each with a checksum of its source."""
    sources = {path: path.read_bytes() for path in sorted(HERE.rglob("*.toml"))}
    kept = {_name(path): (crc32(raw), _parsed(raw, EXAMPLES)) for path, raw in sources.items()}
    words = json.dumps(kept, default=_dated, ensure_ascii=False, separators=(",", ":"))
    SNAPSHOT.write_text(words + "\n", encoding="utf-8")


def _parsed(raw: bytes, before: str) -> dict[str, Any]:
    import tomllib

    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    return tomllib.loads(text.partition(before)[0] if before else text)


def _name(path: Path) -> str:
    return path.relative_to(HERE).as_posix() if path.is_relative_to(HERE) else ""


@cache
def _snapshot() -> Mapping[str, tuple[int, dict[str, Any]]]:
    try:
        kept = json.loads(SNAPSHOT.read_bytes(), object_hook=_undated)
        return {name: (int(checksum), dict(values)) for name, (checksum, values) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _dated(value: date) -> dict[str, str]:
    return {_DATE: value.isoformat()}


def _undated(value: dict[str, Any]) -> Any:
    return (
        date.fromisoformat(value[_DATE])
        if len(value) == 1 and _DATE in value and isinstance(value[_DATE], str)
        else value
    )
