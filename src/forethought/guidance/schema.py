"""Tables of a TOML file checked against a schema; a fault names the file, the line and how to mend it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forethought.errors import ForethoughtError, either, nearest
from forethought.tables import table

# How each kind of value is named to a person, and what one looks like.
SHOWN: Mapping[type, tuple[str, str]] = {
    str: ("words in quotation marks", '"..."'),
    bool: ("true or false", "true"),
    date: ("a day", "2026-11-20"),
    list: ("a list of words in quotation marks", '["..."]'),
    dict: ("a table of words in quotation marks", '{ bacp = "..." }'),
}


class PackError(ForethoughtError):
    """A guidance file that cannot be used; `path` and `line` (from 1) say where, the message how to mend it."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {problem}")


@dataclass(frozen=True, slots=True)
class Schema:
    """The keys that a table has to have and those that it may have, each with its type."""

    required: Mapping[str, type]
    optional: Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file: the head (an empty `table`) or the nth `[[table]]`, counted from 0."""

    path: Path
    table: str
    index: int
    values: Mapping[str, Any]

    def fault(self, problem: str, key: str = "") -> PackError:
        """Return the error for this table, at the line of `key` where it has one."""
        text = self.path.read_text(encoding="utf-8")
        return PackError(self.path, line_of(text, self.table, self.index, key), problem)

    def check(self, schema: Schema) -> None:
        """Raise PackError where a key is missing or unknown, or its value is empty or of another type."""
        for key, value in self.values.items():
            kind = schema.required.get(key) or schema.optional.get(key)
            if kind is None:
                near = either(nearest(key, [*schema.required, *schema.optional]))
                raise self.fault(f"'{key}' is not a key used here. Use {near}, or take it out.", key)
            if not _fits(value, kind):
                name, example = SHOWN[kind]
                raise self.fault(f"'{key}' takes {name}. Write it as {key} = {example}.", key)
        for key, kind in schema.required.items():
            if key not in self.values:
                raise self.fault(f"'{key}' is missing. Add it, such as {key} = {SHOWN[kind][1]}.")

    def one_of(self, key: str, known: Collection[str]) -> None:
        """Raise PackError unless the word or words under `key` are all in `known`."""
        given = self.values[key]
        for word in [given] if isinstance(given, str) else given:
            if word not in known:
                advice = f"Use {either(nearest(word, known))}." if known else "Take it out."
                raise self.fault(f"{key} '{word}' is not known. {advice}", key)


def read(path: Path) -> dict[str, Any]:
    """Return the data of a TOML file, or raise PackError where it cannot be read."""
    try:
        return table(path)
    except OSError as error:
        raise PackError(path, None, f"the file could not be opened ({error.strerror}). Check its name.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PackError(path, line, "a character is not UTF-8. Save the file as UTF-8.") from error
    except ValueError as error:  # tomllib's own error, without the cost of importing it
        raise _broken(path, str(error)) from error


def tables(path: Path, data: Mapping[str, Any], table: str) -> tuple[Entry, ...]:
    """Return every `[[table]]` of the file, or raise PackError where there is none."""
    found = data.get(table)
    if not isinstance(found, list) or not found or not all(isinstance(values, dict) for values in found):
        problem = f"no [[{table}]] was found. Write each one under its own [[{table}]] line."
        raise Entry(path, "", 0, data).fault(problem, table)
    return tuple(Entry(path, table, index, values) for index, values in enumerate(found))


def line_of(text: str, table: str, index: int, key: str) -> int:
    """Return the line, from 1, of a key in the nth `[[table]]`, or else of the table's first line."""
    lines = text.splitlines()
    heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line)]
    start = heads[index] if index < len(heads) else 0
    wanted = re.compile(rf"\s*(\[.*\.|\[\[\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]]")
    for number in range(start + bool(heads), len(lines)):
        if key and wanted.match(lines[number]):
            return number + 1
        if lines[number].lstrip().startswith("[["):
            break
    return start + 1


def _fits(value: object, kind: type) -> bool:
    # The exact type: a moment is a `date` too, and a day is what is wanted.
    if type(value) is not kind or value == "":
        return False
    if isinstance(value, dict):
        return all(type(word) is str for word in value.values())
    return not isinstance(value, list) or all(type(word) is str for word in value)


def _broken(path: Path, reason: str) -> PackError:
    place = re.search(r"line (\d+)", reason)
    line = int(place[1]) if place else len(path.read_text(encoding="utf-8").splitlines())
    return PackError(path, line, "this is not TOML. Check the quotation marks, brackets and equals signs.")


def tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an entry with its lists as tuples, as frozen data keeps them."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
