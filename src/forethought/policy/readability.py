"""How old a reader has to be: two formulas that count letters, words and sentences and need no word list.

Both give a school year of the United States, in whose first year children are six: a year plus five is an age.
- Automated Readability Index: R. J. Senter and E. A. Smith, AMRL-TR-66-220, 1967.
- Coleman-Liau: M. Coleman and T. L. Liau, Journal of Applied Psychology 60(2), 1975, pages 283 to 284.
They are rough, most of all on short texts, and say nothing of whether words are hard to know, kind or true. What is
told is the school year in England, in whose fifth children turn ten.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forethought.documents import Block, Document, Listing, Note, Paragraph, Quote, Terms

SCHOOL = 5  # years of age at which school begins, less one
ENGLAND = 4  # years of age, less one, in whose autumn the first school year begins in England
YOUNGEST, OLDEST = 9, 18  # ages beyond which the formulas tell nothing that helps
LONGEST = 25  # words: from here on GOV.UK's content design guidance has a sentence split
ENOUGH = 100  # words: Coleman and Liau measured passages of about that length
_WORD = re.compile(r"\w+(?:[’'&.-]\w+)*")
_STOP = re.compile(r"(?<=[.?!])\s+")
_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Readability:
    """How a text measures: ages in years by each formula, and the sentences with more than 25 words.

    Ages are 0 for a text without words.
    """

    words: int
    sentences: int
    index_age: int
    coleman_liau_age: int
    long_sentences: tuple[str, ...]

    @property
    def says(self) -> str:
        """The measure in words."""
        if not self.words:
            return "There are no words to measure."
        low, high = sorted((self.index_age, self.coleman_liau_age))
        years = f"year {low - ENGLAND} (age {low})"
        if low < high:
            years = f"years {low - ENGLAND} to {high - ENGLAND} (ages {low} to {high})"
        rough = "" if self.words >= ENOUGH else " With so few words this is very rough."
        return (
            f"{self.words} words. By two formulas that count letters, words and sentences alone, about school {years}; "
            f"they cannot tell whether words are hard.{rough}"
        )


def readability(sentences: Iterable[str]) -> Readability:
    """Return how sentences measure; each string counts as one, and one without words is left out."""
    told = [sentence for sentence in sentences if _WORD.search(sentence)]
    words = [word for sentence in told for word in _WORD.findall(sentence)]
    characters = sum(len(_CHARACTER.findall(word)) for word in words)
    long = tuple(sentence for sentence in told if len(_WORD.findall(sentence)) > LONGEST)
    if not words:
        return Readability(0, 0, 0, 0, ())
    index = _index(characters, len(words), len(told))
    coleman_liau = _coleman_liau(characters, len(words), len(told))
    return Readability(len(words), len(told), _age(index), _age(coleman_liau), long)


def of_document(document: Document) -> Readability:
    """Return how a document of ours measures, cut at its full stops.

    Its title, headings and tables are left out: they are no sentences.
    """
    told = (words for block in document.blocks for words in _spoken(block))
    return readability(sentence for words in told for sentence in _STOP.split(words))


def _spoken(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Note):
        yield block.words
    elif isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Terms):
        yield from (words for _, words in block.rows)
    elif isinstance(block, Quote):
        yield block.text


def _index(characters: int, words: int, sentences: int) -> float:
    """Return the school year by the Automated Readability Index."""
    return 4.71 * characters / words + 0.5 * words / sentences - 21.43


def _coleman_liau(characters: int, words: int, sentences: int) -> float:
    """Return the school year by Coleman and Liau's formula."""
    return 5.88 * characters / words - 29.6 * sentences / words - 15.8


def _age(year: float) -> int:
    return min(OLDEST, max(YOUNGEST, round(year) + SCHOOL))
