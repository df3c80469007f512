"""Rule files into rules: each checked as it is read, so that a mistake names its file and how to mend it.

Examples stand last in a rule file, so that checking a draft need not read them.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from forethought.errors import ForethoughtError
from forethought.rules.model import Looks, Rule, Shift

HERE = Path(__file__).parent
_EXAMPLES = "\n[[example]]"
_KEYS = {"id", "title", "since", "until", "severity", "duties", "what", "why", "instead", "steps", "shift", "looks", "lists"}
_NEEDED = ("id", "title", "since", "severity", "duties", "what", "why", "instead")


class RuleError(ForethoughtError):
    """A rule file that cannot be used."""

    def __init__(self, path: Path, what: str, line: int = 1) -> None:
        super().__init__(f"{'/'.join(path.parts[-3:])}, line {line}: {what}")


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule that ships with Forethought, by id."""
    return tuple(sorted((load_rule(path) for path in sorted(HERE.glob("*/*.toml"))), key=lambda rule: rule.id))


def load_rule(path: Path) -> Rule:
    """Read one rule file, without its examples. Raises `RuleError`."""
    head, _, _ = path.read_text(encoding="utf-8").partition(_EXAMPLES)
    try:
        table = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(path, f"this is not TOML: {error}.") from error
    _check(path, table)
    return _rule(path, table)


def load_examples(path: Path) -> tuple[Mapping[str, Any], ...]:
    """Return the examples of one rule file as its tables stand."""
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")).get("example", ()))


def _check(path: Path, table: Mapping[str, Any]) -> None:
    for key in _NEEDED:
        if key not in table:
            raise RuleError(path, f"there is no `{key}`. Add it.")
    for key in table.keys() - _KEYS:
        raise RuleError(path, f"`{key}` is not a key of a rule. Use {', '.join(sorted(_KEYS))}.")
    if table["id"] != f"{path.parent.name}/{path.stem}":
        raise RuleError(path, f"the id is `{table['id']}`; make it `{path.parent.name}/{path.stem}`, as the file is named.")
    if not isinstance(table["since"], date):
        raise RuleError(path, "`since` is not a date. Write it as `since = 2026-11-20`.")


def _rule(path: Path, table: Mapping[str, Any]) -> Rule:
    try:
        return Rule(
            **{key: table[key] for key in ("id", "title", "since", "severity", "what", "why", "instead")},
            until=table.get("until"),
            duties=tuple(table["duties"]),
            steps=tuple(table.get("steps", ())),
            shifts=tuple(Shift(**_tuples(shift)) for shift in table.get("shift", ())),
            looks=Looks(**_looks(table.get("looks", {}))),
            lists=_tuples(table.get("lists", {})),
        )
    except TypeError as error:
        raise RuleError(path, f"a table has a key that is not known or lacks one: {error}.") from error


def _looks(table: Mapping[str, Any]) -> dict[str, Any]:
    looks = _tuples(table)
    looks["frames"] = frozenset(looks.get("frames", ()))
    return looks


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
