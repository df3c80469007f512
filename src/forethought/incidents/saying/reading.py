"""Reading what a file says of itself, in a process of its own, since every file is hostile until it was read."""

from collections.abc import Callable
from pathlib import Path

from forethought.incidents.saying import archives, mail, markup, media, text
from forethought.incidents.saying.model import FURTHER, Said, Told, fields_of, line, posted, unread
from forethought.incidents.saying.sorts import (
    HTML,
    LOOKED_AT,
    MAIL,
    MAILBOX,
    MHTML,
    PDF,
    TEXT,
    WACZ,
    ZIP,
    Sort,
    misnamed,
    sort_of,
    suffix_in,
)
from forethought.media.apart import PER_SECOND, Apart
from forethought.media.buffer import Buffer, opened

Content = Path | bytes
LONG = 20  # seconds more to read all words of a page than for what it says of itself
EMPTY = "There is nothing in it."
_READERS: dict[Sort, Callable[[Buffer], Told]] = {
    HTML: markup.told, MHTML: mail.told_of_page, MAIL: mail.told, MAILBOX: mail.told, WACZ: archives.told_of_pages,
    ZIP: archives.told, PDF: media.told_of_pdf, TEXT: text.told,
}  # fmt: skip
_BY_KIND: dict[str, Callable[[Buffer], Told]] = {
    "screenshot": media.told_of_picture, "film": media.told_of_recording, "sound": media.told_of_recording,
    "document": media.told_of_document,
}  # fmt: skip
_WORDS: dict[Sort, Callable[[Buffer], str]] = {
    HTML: lambda data: markup.read(text.head(data, text.MOST_READ)[0]).words,
    TEXT: lambda data: text.head(data, text.MOST_READ)[0],
    MHTML: lambda data: mail.page_of(mail.message_of(data)).words,
    **dict.fromkeys((MAIL, MAILBOX), lambda data: mail.whole(mail.message_of(data))),
}


class Reader(Apart):
    """A process that reads files one after another. Use it in a `with` statement, for one file or for many."""

    def of(self, name: str, content: Content) -> Said:
        """Return what a file is and what it says of itself. Nothing that a file holds makes this raise."""
        answer = self._ask(said, content, name, seconds=self._time(content))
        return answer if isinstance(answer, Said) else _without(name, content)

    def words(self, content: Content) -> str | None:
        """Return all words of a page, an e-mail or a text; None where there are none, or they cannot be read."""
        answer = self._ask(words, content, seconds=self._time(content) + LONG)
        return answer[0] if isinstance(answer, tuple) else None

    def _time(self, content: Content) -> float:
        return self.seconds + (len(content) / PER_SECOND if isinstance(content, bytes) else 0)


def of(name: str, content: Content) -> Said:
    """Return what a file is, by its content, and what it says of itself.

    Each thing that it says is a field `file: <name there>` with the origin `file`. Places and the numbers of devices
    are not taken. Nothing that a file holds makes this raise: what cannot be read is remarked upon.
    """
    with Reader() as reader:
        return reader.of(name, content)


def said(content: Content, name: str) -> Said:
    """Return the same, in this process: for `Reader`, which runs it in another. Raises OSError."""
    if isinstance(content, Path):
        with opened(content) as data:
            return _said(name, data)
    return _said(name, content)


def words(content: Content) -> tuple[str] | None:
    """Return the words of a page, an e-mail or a text, in this process. Raises OSError."""
    if isinstance(content, Path):
        with opened(content) as data:
            return _words(data)
    return _words(content)


def _words(data: Buffer) -> tuple[str] | None:
    read = _WORDS.get(sort := sort_of(data))
    most = text.MOST_READ if sort in (HTML, TEXT) else mail.MOST_READ
    return (read(data),) if read and len(data) <= most else None


def _said(name: str, data: Buffer) -> Said:
    sort = sort_of(data)
    read = _READERS.get(sort) or _BY_KIND.get(sort.kind) or _nothing
    try:
        told = read(data)
    except Exception:
        told = Told({}, (FURTHER,))
    remarks = filter(None, (misnamed(name, sort), *told.remarks))
    fields = fields_of(told.values) | (posted(told.values) if sort.kind == "e-mail" else {}) | unread(told.remarks)
    return Said(sort.kind, sort.media_type, _suffix(name, sort), fields, tuple(remarks), told.preview)


def _nothing(data: Buffer) -> Told:
    return Told({}, (FURTHER if len(data) else EMPTY,))


def _suffix(name: str, sort: Sort) -> str:
    """Return the suffix of a file's name where it fits its content, else the usual one."""
    own = suffix_in(name)
    return own if own in sort.suffixes else sort.suffixes[0]


def _without(name: str, content: Content) -> Said:
    """Return what a file's first bytes show, where nothing more can be read."""
    try:
        start = content[:LOOKED_AT] if isinstance(content, bytes) else _start(content)
    except OSError:
        start = b""
    sort = sort_of(start)
    remarks = filter(None, (misnamed(line(name), sort), FURTHER))
    return Said(sort.kind, sort.media_type, _suffix(name, sort), unread((FURTHER,)), tuple(remarks))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LOOKED_AT)
