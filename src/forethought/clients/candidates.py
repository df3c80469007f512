"""What in a text could be somebody: runs of words that look like names, handles, addresses and numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from forethought.clients.letters import common_words, first_names, letters
from forethought.clients.names import MOST_LETTERS, PARTICLES, TITLES
from forethought.reading import Span
from forethought.reading.tokens import JOINERS

CandidateKind = Literal["name", "exact", "first", "handle", "email", "phone"]  # exact: a name without slips
LONGEST = 5  # words of a run that are tried as one name; a longer run is tried in pairs alone
MOST_SPAN = 4 * MOST_LETTERS  # characters of what is tried, marks and signs included
PLATFORMS = "instagram facebook fb twitter x tiktok linkedin threads snapchat youtube bsky pinterest tumblr reddit"
_PLATFORM = rf"(?:[a-z]{{1,6}}\.)?(?:{'|'.join(PLATFORMS.split())})\.(?:com|net|app)/"
_LETTER = rf"[^\W\d_][{JOINERS}]*"
_FOUND = re.compile(
    rf"""
    (?P<email>[\w.+-]{{1,64}}@\w[\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{1,4}})
  | (?P<handle>(?<!\w)@\w[\w.]*\w)
  | (?P<tag>\#\w+)
  | (?P<link>(?:https?://|www\.|(?<![\w.]){_PLATFORM})\S+)
  | (?P<phone>(?<![\w.])\(?(?:\+|00)?\d(?:[\s().\-\u2010-\u2015]{{0,3}}\d){{9,14}}(?!\w))
  | (?P<word>(?<![^\W_]){_LETTER}(?:{_LETTER}|['’ʼ\-\u2010\u2011](?=[^\W\d_]))*)
    """,
    re.VERBOSE,
)
_PROFILE = re.compile(rf"(?:https?://)?{_PLATFORM}", re.IGNORECASE)
_AFTER_LINK = "/.,;:!?()[]{}<>*\"'“”‘’…"  # what a sentence may put behind a link
_NUMBERED = re.compile(r"-(?=[a-z]*\d)\w+$|\.bsky\.social$", re.IGNORECASE)  # what a platform puts after a name
_GAP = re.compile(r"[ \t\u00a0]{1,2}")
_INITIAL_GAP = re.compile(r"\.[ \t\u00a0]{0,2}|[ \t\u00a0]{1,2}")
_START = re.compile(r"(?:^|[.!?:;…\n\r*•]|[-–—]\s)[\s\"'“”‘’(\[]*$")
_OWNER = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_HUMP = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[^\W\d_a-z]+")
_SEEN = 6  # characters before a word that tell whether a sentence begins with it


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be somebody: where it stands, what sort it is, its words, and whether all are ordinary."""

    span: Span
    kind: CandidateKind
    words: str
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: where it stands, its letters, its capital, a sentence that begins with it, and a full stop after it."""

    span: Span
    letters: str
    capital: bool
    first: bool
    dotted: bool

    @property
    def is_known(self) -> bool:
        """Whether it is a given name that needs no capital, or has one inside its sentence."""
        also_word = first_names().get(self.letters)
        return also_word is False or (also_word is True and self.capital and not self.first)

    @property
    def is_common(self) -> bool:
        """Whether it is an ordinary word, and not used as a given name here."""
        return self.letters in common_words() and not self.is_known

    @property
    def looks_like_a_name(self) -> bool:
        """Whether it could be a name or a part of one by itself."""
        return self.is_known or (self.capital and not self.is_common and len(self.letters) > 1)


def candidates(text: str) -> tuple[Candidate, ...]:
    """Return what in `text` could be somebody; names, a longer reading before its parts, then all the rest."""
    words: list[_Word] = []
    others: list[Candidate] = []
    for match in _FOUND.finditer(text):
        if match.lastgroup != "word":
            others += _other(match)
        elif match.end() - match.start() <= MOST_SPAN and len((word := _word(text, match)).letters) <= MOST_LETTERS:
            words.append(word)
    named = (each for run in _runs(text, words) for each in _of_run(text, run))
    return (*named, *_small(text, words), *others)


def _runs(text: str, words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Yield the longest stretches of words that stand side by side and look like names."""
    run: list[_Word] = []
    for word in words:
        if run and not _goes_on(text, run[-1], word):
            yield run
            run = []
        if run or _is_name(word):
            run.append(word)
    if run:
        yield run


def _small(text: str, words: Sequence[_Word]) -> Iterator[Candidate]:
    """Yield neighbours in small letters that could be a full name, of which one at most is an ordinary word too."""
    for given, surname in pairwise(words):
        also_word = first_names().get(given.letters)
        likely = also_word is False or (also_word is True and surname.letters not in common_words())
        small = not given.capital and not surname.capital and len(surname.letters) > 2
        if likely and small and _GAP.fullmatch(text, given.span.end, surname.span.start):
            yield _name(text, "exact", (given, surname))


def _name(text: str, kind: CandidateKind, words: Sequence[_Word]) -> Candidate:
    """Return words that stand side by side as a name, which is ordinary where each of them is an ordinary word."""
    span = Span(words[0].span.start, words[-1].span.end)
    ordinary = all(word.letters in common_words() for word in words)
    return Candidate(span, kind, text[span.start : span.end], ordinary)


def _word(text: str, match: re.Match[str]) -> _Word:
    start, end = match.span()
    end = start + len(_OWNER.sub("", text[start:end]))
    first = bool(_START.search(text[max(0, start - _SEEN) : start])) if start else True
    return _Word(Span(start, end), letters(text[start:end]), text[start].isupper(), first, text[end : end + 1] == ".")


def _is_name(word: _Word) -> bool:
    """Say whether a word can begin or go on a name: by its capital, or because it is known as one."""
    return word.capital or word.is_known


def _goes_on(text: str, last: _Word, word: _Word) -> bool:
    """Say whether a word belongs to the run that ends before it: side by side, and a capital, known, small or rare."""
    gap = _INITIAL_GAP if len(last.letters) == 1 or last.letters in TITLES else _GAP
    if not gap.fullmatch(text, last.span.end, word.span.start) or (word.letters == "i" and not word.dotted):
        return False
    rare = word.letters not in common_words() and (last.is_known or last.letters in PARTICLES)
    return _is_name(word) or word.letters in PARTICLES or rare


def _of_run(text: str, run: list[_Word]) -> Iterator[Candidate]:
    """Yield the readings of a run: whole, in neighbouring pairs, and by a given name that stands alone in it."""
    words = _trimmed(run)
    parts = _parts(words)
    whole = [parts] if 2 < len(parts) <= LONGEST else []
    for read in (*whole, *pairwise(parts)):
        read_words = [word for part in read for word in part]
        if read_words[-1].span.end - read_words[0].span.start <= MOST_SPAN and _could_be(read_words):
            yield _name(text, "name", read_words)
    named = [word for word in words if _is_name(word)]
    if len(named) == 1 and named[0].looks_like_a_name:
        yield Candidate(named[0].span, "first", text[named[0].span.start : named[0].span.end])


def _trimmed(run: list[_Word]) -> list[_Word]:
    """Return a run without titles and ordinary words before its first name, and without particles at its end."""
    at = 0
    while at < len(run) and (_is_idle(run[at], run[at + 1 : at + 2]) or run[at].letters in TITLES):
        at += 1
    end = len(run)
    while end > at and run[end - 1].letters in PARTICLES and not run[end - 1].capital:
        end -= 1
    return run[at:end]


def _is_idle(word: _Word, after: list[_Word]) -> bool:
    """Say whether a word before a name is no part of it; a single letter is an initial, unless it reads as a word."""
    if len(word.letters) == 1:
        named = bool(after) and after[0].capital and not after[0].is_common
        return not word.capital or (word.letters in {"a", "i"} and not word.dotted and not named)
    return not word.looks_like_a_name and first_names().get(word.letters) is None


def _parts(words: list[_Word]) -> list[list[_Word]]:
    """Return the parts of a name, each the words of one: particles stand with the word that follows them."""
    parts: list[list[_Word]] = []
    small: list[_Word] = []
    for at, word in enumerate(words):
        small.append(word)
        if not (0 < at < len(words) - 1 and word.letters in PARTICLES):
            parts.append(small)
            small = []
    return parts


def _could_be(words: list[_Word]) -> bool:
    """Say whether words could be a full name: one looks like a name or is an initial, and one is longer."""
    named = any(
        word.looks_like_a_name or len(word.letters) == 1 or first_names().get(word.letters) is not None
        for word in words
    )
    return named and any(len(word.letters) > 1 for word in words)


def _other(match: re.Match[str]) -> Iterator[Candidate]:
    """Yield what a handle, hashtag, link, address or number could stand for."""
    span, words = Span(*match.span()), match[0]
    if match.lastgroup == "link":
        yield from _profile(match.start(), words)
    elif match.lastgroup == "tag":
        yield from _tag(span, words)
    elif len(words) <= MOST_SPAN and (match.lastgroup != "handle" or len(letters(words)) <= MOST_LETTERS):
        yield Candidate(span, match.lastgroup, words)  # type: ignore[arg-type]


def _tag(span: Span, words: str) -> Iterator[Candidate]:
    """Yield a hashtag as a name, where its first word is a given name."""
    parts = _HUMP.findall(words) if len(words) <= MOST_LETTERS + 1 else []
    if len(parts) > 1 and first_names().get(letters(parts[0])) is False:
        yield Candidate(span, "name", " ".join(parts))


def _profile(start: int, link: str) -> Iterator[Candidate]:
    """Yield the last part of the path of a link to a profile on a known platform, as a handle."""
    link = link[: 2 * MOST_SPAN]
    if found := _PROFILE.match(link):
        path = re.split(r"[?#]", link[found.end() :], maxsplit=1)[0].rstrip(_AFTER_LINK)
        name = path.rpartition("/")[2].removeprefix("@")
        at, bare = start + found.end() + len(path) - len(name), _NUMBERED.sub("", name)
        if len(bare) <= MOST_LETTERS and len(letters(bare)) > 2:
            yield Candidate(Span(at, at + len(bare)), "handle", bare)
