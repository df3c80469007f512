"""A document as plain data, so that each writer (terminal, HTML, print) sets the same words in its own way.

Words are plain text throughout: a writer escapes them for its own format, and no markup hides inside a string.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 2, because a document's title is its only first-level heading."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands apart from the text around it."""

    words: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items, numbered from 1 where their order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Named answers, such as `Why` and `Instead`, each with its words."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and column headings; the first cell of each row names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Mark(NamedTuple):
    """A stretch of quoted text that stands out: `text[start:end]`, with a label such as a finding's number."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, line breaks kept, with the marks on them; marks may overlap."""

    text: str
    marks: tuple[Mark, ...] = ()


Block = Heading | Paragraph | Note | Listing | Terms | Table | Quote


@dataclass(frozen=True, slots=True)
class Document:
    """A title and the blocks under it, in British English."""

    title: str
    blocks: tuple[Block, ...]


class Segment(NamedTuple):
    """A run of a quote under the same labels throughout; `opens` and `closes` are those that begin and end with it."""

    text: str
    labels: tuple[str, ...]
    opens: tuple[str, ...]
    closes: tuple[str, ...]


def segments(text: str, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """Cut `text` wherever a mark begins or ends; joined again, the segments are the whole text.

    >>> [(each.text, each.labels) for each in segments("abc", [Mark(0, 2, "1"), Mark(1, 3, "2")])]
    [('a', ('1',)), ('b', ('1', '2')), ('c', ('2',))]
    """
    cuts = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    parts = [(text[a:b], labels) for (a, b), labels in zip(pairwise(cuts), _labels(cuts, marks), strict=False)]
    around = [(), *(labels for _, labels in parts), ()]
    return tuple(
        Segment(words, labels, _without(labels, before), _without(labels, after))
        for (words, labels), before, after in zip(parts, around, around[2:], strict=False)
    )


def _labels(cuts: Sequence[int], marks: Sequence[Mark]) -> Iterator[tuple[str, ...]]:
    """Yield the labels in force from each cut on, in one pass: how many marks of each label begin and end there."""
    edges: dict[int, Counter[str]] = defaultdict(Counter)
    for mark in marks:
        edges[mark.start][mark.label] += 1
        edges[mark.end][mark.label] -= 1
    open_marks = dict.fromkeys((mark.label for mark in marks), 0)
    for cut in cuts:
        for label, change in edges[cut].items():
            open_marks[label] += change
        yield tuple(label for label, count in open_marks.items() if count)


def _without(labels: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label for label in labels if label not in others)
