"""Where answers go: the terminal, a pipe or a new file, in a form that the other end can hold."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from forethought.documents import Document
from forethought.errors import ForethoughtError


class ExistsError(ForethoughtError):
    """A file that is there already, which is never overwritten."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is there already and was left as it is. Give --out another name.")


class NotWrittenError(ForethoughtError):
    """A file that could not be made."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} could not be written ({reason}). Check the folder, or give --out another name.")


@contextmanager
def writing(out: str | None, replacing: str = "backslashreplace") -> Iterator[TextIO]:
    """Give the place to write to: a new file of this name, or standard output, which never fails on a character.

    A file that cannot be written to the end is taken away again. Raises ExistsError or NotWrittenError.
    """
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors=replacing)
        yield sys.stdout
        return
    try:
        with _new(out, replacing) as file:
            yield file
    except OSError as error:
        Path(out).unlink(missing_ok=True)
        raise NotWrittenError(out, error.strerror or "unknown reason") from error


def _new(name: str, replacing: str) -> TextIO:
    try:
        return Path(name).open("x", encoding="utf-8", errors=replacing, newline="\n")
    except FileExistsError as error:
        raise ExistsError(name) from error
    except OSError as error:
        raise NotWrittenError(name, error.strerror or "unknown reason") from error


def write_new(name: str, content: bytes) -> None:
    """Write a new file. Raises ExistsError and NotWrittenError."""
    try:
        with Path(name).open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise ExistsError(name) from error
    except OSError as error:
        raise NotWrittenError(name, error.strerror or "unknown reason") from error


def as_json(data: Any, indent: int | None = None) -> str:
    """Return data as JSON in ASCII alone, so that no encoding can spoil it and nothing acts on a terminal."""
    return json.dumps(data, indent=indent, default=str)


def present(page: Document, data: Any, form: str, out: str | None = None) -> None:
    """Write a page as text or HTML, or its data as JSON."""
    if form == "json":
        with writing(out) as place:
            print(as_json(data, indent=2), file=place)
    elif form == "html":
        from forethought.documents.html import html

        with writing(out, "xmlcharrefreplace") as place:
            place.write(html(page))
    else:
        from forethought.cli.terminal import show

        with writing(out) as place:
            show(page, place)
