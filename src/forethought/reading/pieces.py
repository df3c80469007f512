"""Text as numbers for the encoder: words cut into the pieces of its vocabulary, each with its place in the text.

The encoder was first trained on uncased English without accents, so words are folded as they are for matching. Letters
of other scripts that pass for Latin ones are read as those within a Latin word, and an emoji by its Unicode name.
Letters set apart ("i d i o t", "s.c.u.m") are read as the word that they spell, and so is a word with a letter masked
or with signs for letters ("cre@ture", "$cum").
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forethought.reading.model import Span
from forethought.reading.tokens import JOINERS, fold

PADDING, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
SPECIAL = (PADDING, UNKNOWN, START, END)
CONTINUED = "##"  # before a piece that goes on with a word
LONGEST_WORD = 60  # letters; what is longer is no word
MOST_SIGNS = 12  # signs in a row that are read: a wall of emoji says no more than a few
MOST_SEEN = 50_000  # words remembered with their pieces
_LETTER = r"[^\W\d_]"
_SET_APART = rf"(?<![^\W_]){_LETTER}(?:(?: {_LETTER}){{3,}}|(?:[.*_-]{_LETTER}){{2,}})(?![^\W_])"
_MASKED = rf"{_LETTER}+\*{_LETTER}+(?![*\w])"  # "id*ot"
_SIGNED = rf"\${_LETTER}{{2,}}|{_LETTER}+(?:[@$!|]{_LETTER}+)+"  # "$cum", "cre@ture"; not a handle or a sum
_WORD = re.compile(rf"{_SET_APART}|{_MASKED}|{_SIGNED}|[^\W_](?:[^\W_]|[{JOINERS}])*|[^\s{JOINERS}]")
_BETWEEN = str.maketrans("", "", " .*_-")
_VOWELS = "iuoae"  # the one that a masked swearword lacks, the likeliest first
_LIKE_LATIN = str.maketrans("аеорсухіјԁɡкмтвнκοανρтѕу", "aeopcyxijdgkmtbhkoavptsy")
_LIKE_LETTERS = str.maketrans("013457@$!|", "oieastasil")
_SIGN = re.compile(r"([@$!|])")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that the encoder knows; `ids` numbers them from 0 in the order of its file."""

    ids: Mapping[str, int]
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, lines: str) -> "Vocabulary":
        """Return the vocabulary written in `lines`, a piece a line."""
        return cls({piece: number for number, piece in enumerate(lines.split("\n")) if piece})

    def numbers(self, text: str) -> Iterator[tuple[int, Span]]:
        """Yield the number of each piece of `text` with the place of the word that it belongs to."""
        run = 0
        for match in _WORD.finditer(text):
            run = 0 if match[0][0].isalnum() else run + 1
            if run <= MOST_SIGNS:
                place = Span(*match.span())
                for number in self._of_word(match[0]):
                    yield number, place

    def _of_word(self, word: str) -> tuple[int, ...]:
        found = self._seen.get(word)
        if found is None:
            parts = self._parts(word)
            found = tuple(number for part in parts for number in self._cut(self._undisguised(part)))
            if len(self._seen) < MOST_SEEN and len(word) <= LONGEST_WORD:
                self._seen[word] = found
        return found

    def _parts(self, word: str) -> list[str]:
        """Return the folded words that a match stands for."""
        if len(word) > 1 and _SIGN.search(word):
            whole = fold(word.translate(_LIKE_LETTERS))
            return (
                [whole] if whole in self.ids else [each for part in _SIGN.split(word) if part for each in _spelt(part)]
            )
        return self._unmasked(word) if "*" in word[1:] else _spelt(word.translate(_BETWEEN) or word)

    def _unmasked(self, word: str) -> list[str]:
        """Return the known word that a star hides a letter of, or the parts that stars keep apart."""
        before, *others = word.split("*")
        if len(others) > 1:
            return _spelt(word.replace("*", ""))
        known = (fold(f"{before}{vowel}{others[0]}") for vowel in _VOWELS)
        return next(([whole] for whole in known if whole in self.ids), [*_spelt(before), "*", *_spelt(others[0])])

    def _undisguised(self, word: str) -> str:
        """Return the known word that digits for letters, or letters drawn out, stand for; `word` where none is."""
        if word in self.ids or not _LATIN.search(word):
            return word
        plain = (word.translate(_LIKE_LETTERS), _DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word))
        return next((each for each in plain if len(each) > 2 and each in self.ids), word)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Cut a folded word into the longest pieces that are known, from its start on; one unknown piece spoils it."""
        if word == UNKNOWN:
            return (self.ids[UNKNOWN],)
        numbers, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1) if len(word) <= LONGEST_WORD else ()
            known = ((end, self.ids.get(CONTINUED * (start > 0) + word[start:end])) for end in ends)
            end, number = next(((end, number) for end, number in known if number is not None), (0, None))
            if number is None:
                return (self.ids[UNKNOWN],)
            numbers.append(number)
            start = end
        return tuple(numbers)


def _spelt(word: str) -> list[str]:
    """Return the folded words that a word or sign stands for: look-alike letters made Latin, an emoji by its name."""
    folded = fold(word)
    if len(word) == 1 and word > "\u2100" and not word.isalnum():
        return _named(word)
    if not folded.isascii() and _LATIN.search(folded):
        return [folded.translate(_LIKE_LATIN)]
    return folded.split()


def _named(sign: str) -> list[str]:
    """Return a sign's name as words: a tone of skin is none, and which flag it is makes no difference."""
    name = unicodedata.name(sign, "")
    if name.startswith("EMOJI MODIFIER"):
        return []
    if name.startswith("REGIONAL INDICATOR"):
        return ["flag"]
    return fold(name.replace("-", " ")).split() or [UNKNOWN]
