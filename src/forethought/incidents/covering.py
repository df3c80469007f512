"""Redacted copies: words of a text, or parts of a picture, that are covered so that nothing is left under them.

Each copy tells the SHA-256 of what it was made from, so that it can be kept as an item of its own beside the original.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from forethought.errors import ForethoughtError
from forethought.incidents.saying.reading import Content, Reader
from forethought.incidents.saying.sorts import LOOKED_AT, Sort, sort_of
from forethought.media.apart import Apart
from forethought.media.format import Wishes
from forethought.media.seeing.regions import Region

BLOCK = "[covered]"
INSTEAD = "Take a screenshot of the part that is needed and cover that, or quote the words as text."
_SIGNS = {
    **dict.fromkeys("‘’‚‛′‹›`´ʼʹ＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
}  # signs that are typed in several ways


class NotCoverableError(ForethoughtError):
    """A kind of file of which no part can be covered."""

    def __init__(self, sort: Sort) -> None:
        """Take the sort of file that it is."""
        super().__init__(f"parts of a {sort.title} cannot be covered here, only those of a picture. {INSTEAD}")


class NotCoveredError(ForethoughtError):
    """A picture that did not come out with its parts covered."""

    def __init__(self, why: str) -> None:
        """Take the reason as the end of a sentence."""
        super().__init__(f"no covered copy was made: {why}. {INSTEAD}")


class NoWordsError(ForethoughtError):
    """A file of which the words cannot be read as text."""

    def __init__(self) -> None:
        super().__init__(
            "the words of this file cannot be read as text: it is no page, e-mail or text, or too long or damaged. "
            "Type the words that are needed, or take a screenshot and cover that."
        )


@dataclass(frozen=True, slots=True)
class CoveredText:
    """A text with words covered: how many stretches were, the phrases not found, and the original's SHA-256."""

    text: str
    count: int
    left: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class CoveredPicture:
    """A picture with parts covered: where it lies, how many parts were, and the original's SHA-256."""

    path: Path
    count: int
    sha256: str


def covered_text(text: str, phrases: Sequence[str], original: Content | None = None) -> CoveredText:
    """Return a text in which each phrase is covered wherever it stands, inside longer words too.

    It is found in any letter case, with and without accents, in compatible letters (such as full-width ones), with any
    spaces and line breaks between its words, with signs that are not seen in between, and with curly or straight
    quotation marks and any dashes. A block does not tell how long what it covers was. `original` is the file that
    the text was taken from; without it the SHA-256 is that of the text in UTF-8.
    """
    folded, places = _folded(text)
    stretches: list[tuple[int, int]] = []
    left = []
    for phrase in phrases:
        found = list(_found(folded, _folded(phrase)[0].strip()))
        stretches += ((places[start], max(places[end - 1] + 1, places[end])) for start, end in found)
        left += [] if found else [phrase]
    merged = list(_merged(stretches))
    source = text.encode("utf-8", "surrogatepass") if original is None else original
    return CoveredText(_blocked(text, merged), len(merged), tuple(left), _sha256(source))


def covered_picture(path: Path, boxes: Sequence[Region], out: Path) -> CoveredPicture:
    """Write a copy of a picture with some parts painted over in black into the folder `out`, and return it.

    The copy is painted anew from its pixels, so nothing is left under a part, nor of what else the file held. It gets
    a free name that tells nothing. Raises NotCoverableError, NotCoveredError, NotReadError or NoRoomError.
    """
    if not boxes:
        raise NotCoveredError("no part of it was marked")
    with Apart() as apart:
        cleaned = apart.clean(path, out, Wishes(cover=tuple(boxes)))
    if cleaned.copy:
        return CoveredPicture(cleaned.copy, len(boxes), _sha256(path))
    if (sort := _sort(path)).kind != "screenshot":
        raise NotCoverableError(sort)
    raise NotCoveredError(cleaned.why)


def page_as_text(content: Content) -> str:
    """Return all words of a saved page (HTML, MHTML), an e-mail or a text, to be covered. Raises NoWordsError.

    Of an e-mail, from whom it is, its date and its subject stand above them.
    """
    with Reader() as reader:
        words = reader.words(content)
    if words is None or not words.strip():
        raise NoWordsError
    return words


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared, and for each sign of it the place in the text that it stands for, and the end.

    What is left out of it stands with the sign before, so that nothing of it remains beside a block.
    """
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        for plain in _plain(sign):
            if plain != " " or signs[-1:] != [" "]:
                signs.append(plain)
                places.append(at)
    return "".join(signs), [*places, len(text)]


@lru_cache(maxsize=4_096)
def _plain(sign: str) -> str:
    """Return a sign as it is compared: small, without accents; nothing for one that is not seen."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    seen = (each for each in parts if unicodedata.category(each) not in ("Mn", "Me", "Cf"))
    return "".join(" " if each.isspace() else _SIGNS.get(each, each) for each in seen)


def _found(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands, overlapping ones too; none for one that has nothing to be seen."""
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + 1)


def _merged(stretches: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches in order, those that touch or overlap as one."""
    start, end = -1, -1
    for each in sorted(stretches):
        if each[0] > end:
            if end > 0:
                yield start, end
            start = each[0]
        end = max(end, each[1])
    if end > 0:
        yield start, end


def _blocked(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    at, kept = 0, []
    for start, end in stretches:
        kept += [text[at:start], BLOCK]
        at = end
    return "".join([*kept, text[at:]])


def _sort(path: Path) -> Sort:
    with path.open("rb") as file:
        return sort_of(file.read(LOOKED_AT))


def _sha256(content: Content) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
