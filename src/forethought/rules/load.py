"""Rule files into rules: each checked as it is read, so that a mistake names its file and how to mend it.

Examples stand last in a rule file, so that checking a draft need not read them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from forethought.errors import ForethoughtError, either, nearest
from forethought.reading import Frame
from forethought.rules.model import VERDICTS, Looks, Rule, Shift, Step
from forethought.tables import EXAMPLES, table

T = TypeVar("T")
HERE = Path(__file__).parent
_KEYS = {
    "id",
    "title",
    "since",
    "until",
    "severity",
    "duties",
    "what",
    "why",
    "instead",
    "steps",
    "shift",
    "looks",
    "lists",
}
_NEEDED = ("id", "title", "since", "severity", "duties", "what", "why", "instead")


class RuleError(ForethoughtError):
    """A rule file that cannot be used."""

    def __init__(self, path: Path, what: str, key: str = "", line: int = 0) -> None:
        """Take the file, what is wrong and how to mend it, and the key whose line to name, or the line itself."""
        super().__init__(f"{'/'.join(path.parts[-3:])}, line {line or _line_of(path, key)}: {what}")


def _line_of(path: Path, key: str) -> int:
    """Return the line, from 1, where `key` or its table begins; 1 where there is no such line."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    wanted = re.compile(rf"\s*(\[+\s*)?{re.escape(key)}\s*[=\]]")
    return next((number for number, line in enumerate(lines, 1) if key and wanted.match(line)), 1)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule that ships with Forethought, by id."""
    return tuple(sorted((load_rule(path) for path in sorted(HERE.glob("*/*.toml"))), key=lambda rule: rule.id))


def load_rule(path: Path) -> Rule:
    """Read one rule file, without its examples. Raises `RuleError`."""
    try:
        values = table(path, before=EXAMPLES)
    except ValueError as error:
        at = re.search(r"line (\d+)", str(error))
        problem = "this is not TOML. Check the quotation marks, brackets and equals signs."
        raise RuleError(path, problem, line=int(at[1]) if at else 1) from error
    _check(path, values)
    return _rule(path, values)


def load_examples(path: Path) -> tuple[Mapping[str, Any], ...]:
    """Return the examples of one rule file as its tables stand."""
    import tomllib

    return tuple(tomllib.loads(path.read_text(encoding="utf-8")).get("example", ()))


def _check(path: Path, values: Mapping[str, Any]) -> None:
    own_id = f"{path.parent.name}/{path.stem}"
    for key in _NEEDED:
        if key not in values:
            raise RuleError(path, f"there is no `{key}`. Add it.")
    for key in values.keys() - _KEYS:
        raise RuleError(path, f"`{key}` is not a key of a rule. Use {either(nearest(key, _KEYS))}.", key)
    if values["id"] != own_id:
        raise RuleError(path, f"the id is `{values['id']}`; make it `{own_id}`, as the file is named.", "id")
    for key in ("since", "until"):
        if type(values.get(key, date.min)) is not date:
            raise RuleError(path, f"`{key}` is not a day. Write it as {key} = 2026-11-20.", key)
    _check_names(path, "steps", values.get("steps", ()), get_args(Step))
    _check_names(path, "frames", values.get("looks", {}).get("frames", ()), get_args(Frame))
    severities = [values["severity"], *(shift.get("severity", "stop") for shift in values.get("shift", ()))]
    _check_names(path, "severity", severities, VERDICTS[1:])
    looks = values.get("looks", {})
    if not (looks.get("phrases") or "concern" in looks or "detector" in looks):
        problem = "[looks] says nothing to look for. Add phrases, a concern or a detector, above the first [[example]]."
        raise RuleError(path, problem, "looks")


def _check_names(path: Path, key: str, given: Iterable[str], known: Iterable[str]) -> None:
    for name in given:
        if name not in known:
            raise RuleError(path, f"{key} `{name}` is not known. Use {either(nearest(name, known))}.", key)


def _rule(path: Path, values: Mapping[str, Any]) -> Rule:
    return Rule(
        **{key: values[key] for key in ("id", "title", "since", "severity", "what", "why", "instead")},
        until=values.get("until"),
        duties=tuple(values["duties"]),
        steps=tuple(values.get("steps", ())),
        shifts=tuple(_made(Shift, shift, path, "shift") for shift in values.get("shift", ())),
        looks=_made(Looks, values.get("looks", {}), path, "looks"),
        lists=_tuples(values.get("lists", {})),
    )


def _made(kind: type[T], values: Mapping[str, Any], path: Path, name: str) -> T:
    """Make a `kind` of the table [`name`], or raise RuleError for a key that it does not have or lacks."""
    known = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    for key in values.keys() - set(known):
        raise RuleError(path, f"`{key}` is not a key of [{name}]. Use {either(nearest(key, known))}.", key)
    try:
        return kind(**_tuples(values))
    except TypeError as error:
        raise RuleError(path, f"[{name}] lacks a key: {error}.", name) from error


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
