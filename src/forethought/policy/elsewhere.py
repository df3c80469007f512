"""A policy that was written elsewhere, as text: Word, PDF, a web page, Markdown or plain text, told by content."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from zipfile import BadZipFile, ZipFile

from forethought.errors import ForethoughtError, MissingExtraError

LARGEST = 5_000_000  # bytes of a Word file once unpacked; a policy takes a hundredth of it
LONGEST = 200_000  # characters; the longest policies have a tenth of it
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th title tr ul".split()
)
UNSEEN = frozenset(("script", "style", "template", "noscript"))
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<!--|<head|<body)", re.IGNORECASE)
_FOLD = re.compile(r"(?<=[^\s.!?:])[ \t]*\r?\n[ \t]*(?=[a-z(])")  # where a sentence goes on in the next line
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # a sign as Markdown escapes it
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GAPS = (f"{_WORD}br", f"{_WORD}cr", f"{_WORD}tab")  # what parts words without a letter of its own
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What no person sees, and tags without an end, on which the parser would take very long.
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|</?[a-zA-Z][^<>]*(?=<|\Z)", re.DOTALL)


class UnreadablePolicyError(ForethoughtError):
    """A file that cannot be read as text."""

    def __init__(self, why: str) -> None:
        """Take what is the matter with it, as the end of a sentence."""
        super().__init__(
            f"the file could not be read: {why}. Save it as Word (.docx), PDF or plain text and choose it again, "
            "or paste its words."
        )


class LongPolicyError(ForethoughtError):
    """A text that is longer than any policy."""

    def __init__(self) -> None:
        super().__init__(
            f"the text has more than {LONGEST:,} characters, which is more than a policy. Paste the policy alone."
        )


class WordlessPolicyError(ForethoughtError):
    """A file in which no words were found, such as a scan."""

    def __init__(self) -> None:
        super().__init__(
            "no words were found in the file. It may be empty, or a picture of a page: paste the words instead."
        )


def text_of(content: bytes) -> str:
    """Return the words of a file, a line for each of its paragraphs.

    Raises UnreadablePolicyError for a file of another kind or a damaged one, LongPolicyError for one beyond any policy,
    WordlessPolicyError where it has no words, and MissingExtraError where what reads it is not installed.
    """
    text = _FOLD.sub(" ", within(_text_of(content)))
    if not re.search(r"\w", text):
        raise WordlessPolicyError
    return text


def within(text: str) -> str:
    """Return the text, or raise LongPolicyError where it is longer than any policy."""
    if len(text) > LONGEST:
        raise LongPolicyError
    return text


def _text_of(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith(b"PK"):
        return _word(content)
    plain = within(_decoded(content))
    return _html(plain) if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")) else _ESCAPED.sub(r"\1", plain)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise UnreadablePolicyError("it is not a kind of file that holds plain words")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _pdf(content: bytes) -> str:
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError("PDF files", "pdf", "The words can be pasted instead.") from error
    text = ""
    try:
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            text = within(f"{text}\n{page.extract_text()}")
        return text.removeprefix("\n")
    except LongPolicyError:
        raise
    except Exception as error:  # a damaged file can make the reader fail in any way
        raise UnreadablePolicyError("it is damaged, or locked with a password") from error


def _word(content: bytes) -> str:
    try:
        import docx
    except ImportError as error:
        raise MissingExtraError("Word files", "word", "The words can be pasted instead.") from error
    _check_size(content)
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except Exception as error:  # a damaged file can make the reader fail in any way
        raise UnreadablePolicyError("it is damaged, or not a Word file") from error
    return "\n".join("".join(_pieces(part)) for part in body.iter(f"{_WORD}p") if not _other(part))


def _pieces(paragraph: Any) -> Iterator[str]:
    """Yield the words of a paragraph, without those of paragraphs inside it, such as a text box's."""
    for each in paragraph.iter(f"{_WORD}t", *_GAPS):
        if next(each.iterancestors(f"{_WORD}p")) is paragraph and not _other(each):
            yield " " if each.tag in _GAPS else each.text or ""


def _other(part: Any) -> bool:
    """Whether a part is there for older programs alone, which says again what stands beside it."""
    return next(part.iterancestors(_FALLBACK), None) is not None


def _check_size(content: bytes) -> None:
    """Raise UnreadablePolicyError for a file that is no package, or that unpacks to more than a policy could be."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            size = sum(part.file_size for part in package.infolist())
    except BadZipFile as error:
        raise UnreadablePolicyError("it is damaged") from error
    if size > LARGEST:
        raise UnreadablePolicyError("it is too large to be a policy")


def _html(page: str) -> str:
    words = _Words()
    words.feed(_HIDDEN.sub("", page))
    words.close()
    return "".join(words.found)


class _Words(HTMLParser):
    """The words of a page that a person sees, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins."""
        self._unseen += tag in UNSEEN
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        """Keep words that are seen."""
        if not self._unseen:
            self.found.append(re.sub(r"\s+", " ", data))

    def _end_line(self, tag: str) -> None:
        if tag in BLOCKS:
            self.found.append("\n")
