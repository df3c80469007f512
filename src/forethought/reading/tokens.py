"""Words with offsets: the text is never changed, folding is for matching only.

Offsets stay those of the text as given because every token keeps its own span while its folded form
loses accents, styled letters, zero-width joiners and capitals. Contractions are opened ("she's" is
`she` and `'s`, "don't" is `do` and `not`), so that one phrase serves every way of writing it.
Punctuation carries no token.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from forethought.reading.model import Span, Token, TokenKind

JOINERS = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff"
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u20d0-\u20f0"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_ENDS = "com|org|net|co|uk|info|ly|me|io|xyz|top|shop|site|example|click|link|ru|cn|app"
_TOKEN = re.compile(
    rf"""
    (?P<link>
        (?:https?://|www\.)[^\s<>"”]+
      | \b[a-z0-9][a-z0-9-]{{0,62}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}\.(?:{_ENDS})\b(?:/[^\s<>"”]*)?
    )
  | (?P<email>[\w.+-]{{1,64}}@\w[\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{1,4}})
  | (?P<hashtag>\#\w+)
  | (?P<handle>(?<!\w)@\w[\w.]*\w)
  | (?P<number>[£$€]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th|am|pm|k|m|%)?(?!\w))
  | (?P<word>\w(?:[\w{JOINERS}]|['’ʼ＇](?=\w))*)
  | (?P<emoji>[{_EMOJI}])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "'s"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_RUN_TOGETHER = {
    "im": ("i", "am"), "ive": ("i", "have"), "dont": ("do", "not"), "didnt": ("did", "not"), "cant": ("can", "not"),
    "wont": ("will", "not"), "doesnt": ("does", "not"), "isnt": ("is", "not"), "wasnt": ("was", "not"),
    "couldnt": ("could", "not"),
    "shouldnt": ("should", "not"), "wouldnt": ("would", "not"), "havent": ("have", "not"),
    "hasnt": ("has", "not"), "arent": ("are", "not"), "cannot": ("can", "not"), "youre": ("you", "are"),
    "theyre": ("they", "are"), "youve": ("you", "have"), "whos": ("who", "'s"), "hes": ("he", "'s"),
    "shes": ("she", "'s"), "thats": ("that", "'s"), "gonna": ("going", "to"), "wanna": ("want", "to"),
}  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return `text` for matching: compatibility letters, no accents, no invisible marks, no capitals."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=20_000)
def _open(word: str) -> tuple[str, ...]:
    """Open a folded contraction into the words it stands for."""
    if "'" not in word:
        return _RUN_TOGETHER.get(word, (word,))
    stem, _, ending = word.rpartition("'")
    if ending == "t" and stem.endswith("n"):
        stem = stem[:-1]
        return (_STEMS.get(stem, stem), "not")
    return (stem, _ENDINGS[ending]) if stem and ending in _ENDINGS else (word.replace("'", ""),)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]` in order, with offsets into the whole text."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        span, folded = Span(*match.span()), fold(match[0])
        for part in _open(folded) if kind == "word" else (folded,):
            yield Token(part, span, kind)
