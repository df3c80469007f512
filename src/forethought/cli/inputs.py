"""From what the person gave (words, a file, a pipe) to the text of a draft, with one plain error for each way to fail.

Bytes are never guessed at loosely: a wrong guess would change the words, and with them the findings.
"""

import codecs
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from forethought.errors import ForethoughtError

# About 70 pages: far longer than any post, and short enough that a check still ends within seconds.
MOST_CHARACTERS = 200_000
MOST_BYTES = 4 * MOST_CHARACTERS + 4

LONGEST_NAME = 100  # characters, with its folders; a draft that ends like a file's name is seldom so short

_MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a Word document or ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a compressed file",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Plain ASCII, the punctuation that Windows adds to it, and accented letters that stand alone among others; not the
# two with which most accented letters begin in UTF-8, since they point to UTF-8 that was spoilt.
_WINDOWS = (
    rb"(?:[\t\n\x0b\f\r\x20-\x7e\x80\x85\x91-\x97\x99\xa0\xa3\xa9\xae\xb0\xb7\xbd]"
    rb"|[\xc0\xc1\xc4-\xd6\xd8-\xf6\xf8-\xff](?![\xc0-\xff]))+"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DOCUMENT = re.compile(r"[^\n]*[^\n.\s/\\]\.(?:txt|md|docx?|rtf|odt|pdf|jsonl?|html?)", re.IGNORECASE)
_ROOTED = re.compile(r"(?:\.{0,2}/|\.{1,2}\\|~[/\\]|[a-z]:[/\\])\S*", re.IGNORECASE)


class InputError(ForethoughtError):
    """A draft that cannot be read as it was given."""


class NoDraftError(InputError):
    """Nothing was given to check."""

    def __init__(self) -> None:
        super().__init__(
            "there is no draft to check. Give it in one of these ways:\n"
            '  forethought check "Lovely to see so many of you at the anxiety workshop."\n'
            "  forethought check draft.txt\n"
            "  forethought check -       (then type or paste, and end with Ctrl-D, or Ctrl-Z on Windows)"
        )


class ManyWordsError(InputError):
    """The draft came as several arguments."""

    def __init__(self, count: int) -> None:
        super().__init__(f"the draft came as {count} separate arguments. Put the whole of it in quotation marks.")


class MissingFileError(InputError):
    """A file that does not exist."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was not found. Check its name and folder. If these are the words themselves, give them through -."
        )


class FolderError(InputError):
    """A folder where a file is wanted."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is a folder. Name one file in it.")


class UnreadableError(InputError):
    """A file that the system does not let us read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} could not be read ({reason}). Check that you may open it.")


class ClosedError(InputError):
    """Standard input that is closed."""

    def __init__(self) -> None:
        super().__init__("standard input is closed. Give the draft in quotation marks, or name a file.")


class EmptyError(InputError):
    """A draft without a word in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty, so there is nothing to check. Write the draft first.")


class TooLongError(InputError):
    """A draft beyond any post."""

    def __init__(self, name: str, size: str) -> None:
        limit = f"{MOST_CHARACTERS:,} characters"
        super().__init__(f"{name} has {size}, and a draft may have {limit}. Check it in parts, or use --posts.")


class BinaryError(InputError):
    """A file that is not text."""

    def __init__(self, name: str, looks: str) -> None:
        super().__init__(f"{name} looks like {looks}, not text. Copy the words out of it and check those.")


class EncodingError(InputError):
    """Text in a form that is not known for sure."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is text, but not in UTF-8. Save it again as UTF-8 and check that.")


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a draft, what to call it, and a remark for the person on how it was read."""

    text: str
    name: str = "draft"
    remark: str = ""


def draft_from(arguments: Sequence[str]) -> Given:
    """Return the draft that the arguments give: the words themselves, a file's, or those on standard input.

    Raises an InputError that says what to do.
    """
    if len(arguments) > 1:
        raise ManyWordsError(len(arguments))
    if not arguments and (sys.stdin is None or sys.stdin.isatty()):
        raise NoDraftError
    if not arguments or arguments[0] == "-":
        return decoded(_held(standard_input(), "standard input"), "standard input")
    if os.path.exists(arguments[0]) or _looks_like_a_path(arguments[0]):
        return decoded(read_bytes(arguments[0]), arguments[0])
    return _kept(Given(arguments[0]), "the draft")


def read_bytes(name: str) -> bytes:
    """Return what a file holds, up to one byte more than a draft may have."""
    with open_file(name) as file:
        return _held(file, name)


def _held(file: BinaryIO, name: str) -> bytes:
    with reading(name):
        return file.read(MOST_BYTES + 1)


def standard_input() -> BinaryIO:
    """Return standard input as bytes, or raise ClosedError."""
    if sys.stdin is None:
        raise ClosedError
    return sys.stdin.buffer


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn what the system refuses while a file is read into an UnreadableError."""
    try:
        yield
    except OSError as error:
        raise UnreadableError(name, error.strerror or "unknown reason") from error


def open_file(name: str) -> BinaryIO:
    """Open a file for reading, or raise the InputError that says why not."""
    try:
        if os.path.isdir(name):
            raise FolderError(name)
        return Path(name).open("rb")
    except FileNotFoundError as error:
        raise MissingFileError(name) from error
    except OSError as error:
        raise UnreadableError(name, error.strerror or "unknown reason") from error


def _looks_like_a_path(words: str) -> bool:
    """Say whether this is meant as a file's name: by its suffix, by where it starts, or by a folder that is there."""
    if len(words) > LONGEST_NAME or "://" in words:
        return False
    folder = words.replace("\\", "/").rpartition("/")[0]
    return bool(_DOCUMENT.fullmatch(words) or _ROOTED.fullmatch(words) or (folder and os.path.isdir(folder)))


def decoded(raw: bytes, name: str) -> Given:
    """Return the text of these bytes; `name` is what an error calls them. Raises an InputError."""
    if len(raw) > MOST_BYTES:
        raise TooLongError(name, f"more than {MOST_BYTES:,} bytes")
    for magic, looks in _MAGIC.items():
        if raw.startswith(magic):
            raise BinaryError(name, looks)
    return _kept(_text(raw, name), name)


def _kept(given: Given, called: str) -> Given:
    """Return what was given, unless there is too much or too little of it; `called` names it in the error."""
    if not given.text.strip():
        raise EmptyError(called)
    if len(given.text) > MOST_CHARACTERS:
        raise TooLongError(called, f"{len(given.text):,} characters")
    return given


def _text(raw: bytes, name: str) -> Given:
    encoding = _by_mark(raw) or _by_nulls(raw) or "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return _windows(raw, name)
    if "\0" in text or 20 * len(_CONTROLS.findall(text)) > len(text):
        raise BinaryError(name, "a program or data file")
    return Given(text, name)


def _by_mark(raw: bytes) -> str | None:
    """Return the encoding that a byte order mark names."""
    return next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)


def _by_nulls(raw: bytes) -> str | None:
    """Return the kind of UTF-16 that these bytes are for sure: every other one nearly always nought, the rest never."""
    even, odd = raw[::2], raw[1::2]
    for low, high, encoding in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
        if high and len(raw) % 2 == 0 and 0 not in low and high.count(0) * 10 >= len(high) * 8:
            return encoding
    return None


def _windows(raw: bytes, name: str) -> Given:
    if b"\0" in raw or 20 * sum(byte < 9 for byte in raw) > len(raw):
        raise BinaryError(name, "a program or data file")
    if not re.fullmatch(_WINDOWS, raw):
        raise EncodingError(name)
    return Given(raw.decode("cp1252"), name, f"{name} is not UTF-8; it was read as Windows-1252.")
