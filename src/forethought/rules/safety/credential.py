"""Finds passwords, passcodes, door codes and access keys by the word before them and by their shape."""

import re
from collections.abc import Iterator

from forethought.reading import Reading, Sentence, Span
from forethought.rules.engine import Hit

_GAP = r"[\"'‘“’”]?\s*(?:(?:is|'s|’s|still|now|to|it's|=|:|-|–|/)\s*){0,3}[\"'‘“]?"
_MIXED = r"(?=[^\s\"'”’,;)]*\d)(?=[^\s\"'”’,;)]*[A-Za-z])[^\s\"'”’,;)]{4,}"
_DIGITS = r"\d(?:[\s-]?\d){3,11}(?![\d%])"
_FOR = r"(?: (?:for|to|of) (?:[\w'’-]{1,30} ){1,6}?(?=is\b))?"  # "the passcode for our Tuesday meeting is"
_SECRET = re.compile(
    rf"\b(?:pass\s?-?(?:word|code|phrase|key)s?|p/?word|pwd?|login|log-in|wi-?fi)\b{_FOR}{_GAP}({_MIXED}|{_DIGITS})"
    rf"|\bpass\s?-?(?:phrase|word)s?\s*(?:is|:|=|’s|'s)\s*[\"'‘“]([^\"'’”]{{4,60}})[\"'’”]",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"\b(?:pin|host\s?key|key\s?safe(?: code)?|"
    rf"(?:door|entry|gate|access|room|building|security|safe|recovery|back-?up|verification|log-?in|2-step|"
    rf"two-factor) codes?|"
    rf"code['’]s(?: still)?)\b{_GAP}({_MIXED}|{_DIGITS})",
    re.IGNORECASE,
)
_ALARM = re.compile(
    r"\balarm(?: code)?(?: is|:|'s|’s)?\s[1-9]\d{3,5}(?!\s?(?:am|pm|hrs|hours)|[\d%]|[.:]\d)", re.IGNORECASE
)
_PAIR = re.compile(
    r"\b(?:log-?in|user(?:name)?|account|mine)\b[^.!?\n]{0,30}?\b[\w.@-]{3,60}\s/\s(?=\S*\d)[^\s,;)]{5,}",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"\b(?:(?:sk|tk|pk|rk)_(?:live|test)_\w{8,}|AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|xox[abp]-[\w-]{10,}"
    r"|(?:api_?key|key|secret|token)\s*=\s*[\"'][^\"'\s]{8,}[\"'])|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_NEAR = 25  # characters within which advice about passwords excuses what looks like one
_ADVICE = re.compile(
    r"\b(?:never|avoid|(?:don['’]t|do not) use|such as|for example|e\.g\.|common(?:est)?|worst|weak|instead of|"
    r"stronger|rather than|discount|% off|off your|checkout|voucher|promo|early bird|"
    r"booking code|postcode|ISBN|CPD code)(?!\w)",
    re.IGNORECASE,
)


def detect(reading: Reading) -> list[Hit]:
    """Return one hit for each secret that `reading` gives away; advice about passwords gives none."""
    return [Hit((span,)) for sentence in reading.sentences for span in _secrets(reading.draft.text, sentence)]


def _secrets(text: str, sentence: Sentence) -> Iterator[Span]:
    words = text[slice(*sentence.span)]
    for pattern in (_SECRET, _NUMBERED, _ALARM, _PAIR, _SHAPE):
        for match in pattern.finditer(words):
            if pattern is _SHAPE or not _ADVICE.search(words, max(0, match.start() - _NEAR), match.end() + _NEAR):
                yield Span(sentence.span.start + match.start(), sentence.span.start + match.end())
