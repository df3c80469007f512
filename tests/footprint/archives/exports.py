"""Makes small exports of invented people, in the shapes that platforms use, and reads them back."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from forethought.footprint.archives import Options, read, recognise
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Recognition
from forethought.footprint.item import Item, Problem, Record, Removed, Table

Content = str | bytes | object


def as_bytes(name: str, content: Content) -> bytes:
    """Return a file's content: bytes and text as they are, anything else as JSON."""
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def assigned(variable: str, value: object) -> str:
    """Return JSON as the JavaScript that X wraps it in."""
    return f"window.YTD.{variable} = {json.dumps(value, indent=1)}"


def table_of(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def broken(value: object) -> object:
    """Return a value with its text written as Meta writes it: UTF-8 bytes as if each were a Latin-1 character."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, Mapping):
        return {broken(key): broken(each) for key, each in value.items()}
    return [broken(each) for each in value] if isinstance(value, list) else value


def zipped(path: Path, members: Mapping[str, Content], wrapper: str = "") -> Path:
    """Write a zip of these files, within a folder named `wrapper` where one is given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(wrapper + name, as_bytes(name, content))
    return path


def unpacked(folder: Path, members: Mapping[str, Content]) -> Path:
    """Write the files as a folder, as somebody who unzipped an export has it."""
    for name, content in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(name, content))
    return folder


class Imported:
    """What was read from some inputs, sorted by what it is."""

    def __init__(self, *inputs: Path, options: Options | None = None) -> None:
        """Read the inputs."""
        with Files(inputs) as files:
            self.recognised: list[Recognition] = [found for _, found in recognise(files)]
            self.records: list[Record] = list(read(files, options))
        self.items = [each for each in self.records if isinstance(each, Item)]
        self.problems = [each for each in self.records if isinstance(each, Problem)]
        self.removed = [each for each in self.records if isinstance(each, Removed)]
        self.tables = {each.name: each for each in self.records if isinstance(each, Table)}

    def of(self, *kinds: str) -> list[Item]:
        """Return the items of these kinds."""
        return [item for item in self.items if item.kind in kinds]

    def texts(self, *kinds: str) -> list[str]:
        """Return the words of the items of these kinds."""
        return [item.text for item in self.of(*kinds)]

    def everything(self) -> str:
        """Return all that was read as one text, in which a planted secret must not occur."""
        return repr(self.records) + repr(self.recognised)
