"""Finds the author's or family's own numbers, dates of birth, home address, and children named with their school."""

import re
from collections.abc import Iterator

from forethought.reading import Reading, Sentence, Span
from forethought.rules.engine import Hit

_FLAGS = re.IGNORECASE
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:['’]\d\d|19[4-9]\d|20\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\.?,? {_YEAR}\b|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b)"
)
_PHONE = re.compile(
    r"(?<![\d+])(?:\+44\s?(?:\(0\))?|0)7\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)|(?<![\d+])0[12]\d{2,4}[\s-]\d{3}[\s-]?\d{3,4}(?!\d)"
)
_IDENTITY = re.compile(
    r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b|\bpassport (?:number|no\.?)\W{0,3}(?:is )?\d{9}\b"
    r"|\b(?:my|our|his|her) NHS (?:number|no\.?)\W{0,3}(?:is )?\d{3}\s?\d{3}\s?\d{4}\b"
    r"|\bmy (?:account|sort code)[^.!?\n]{0,20}\d[\d -]{5,9}",
    _FLAGS,
)
_BIRTH = re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born)\b[^.!?\n]{{0,40}}?{_DATE}|\btoday\W{{1,4}}{_DATE}", _FLAGS)
_ROAD = (
    "Road|Rd|Street|St|Lane|Row|Close|Avenue|Ave|Drive|Grove|Way|Terrace|Place|Crescent|Gardens|View|Rise|Brae|Court"
    "|Hill|Mews|Walk|Green|Wynd"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,3}}[a-dA-D]?,? (?:Heol(?: [A-Z][\w'’]+){{1,2}}|(?:[A-Z][\w'’]+ ){{1,3}}(?:{_ROAD}))\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_SCHOOL = (
    r"(?:Ysgol(?: [A-Zy][\w'’]*+){1,3}|(?:St\.? )?[A-Z][\w'’-]++(?: [A-Z][\w'’-]++){0,2} "
    r"(?:Primary|Infants?|Juniors?|Academy|High|Secondary|Nursery|Prep|Grammar|School)\b|St\.? [A-Z][\w'’-]++\b)"
)
_CHILD = (
    r"\b(?:[Oo]ur (?:two, |boy |girl |son |daughter |wee |little )?"
    r"|[Mm]y (?:son|daughter|boy|girl|eldest|youngest|wee one|little one),? )"
    r"(?!Year|Class|School|Team|St\b)[A-Z][\w'’-]++"
)
_PUPIL = re.compile(
    rf"{_CHILD}[^.!?\n]{{0,120}}?{_SCHOOL}|{_SCHOOL}[^.!?\n]{{0,60}}?\bfor {_CHILD}"
    rf"|{_CHILD}[^.!?\n]{{0,80}}\bin (?:Year|Class|Reception|Primary|P)\s?\d"
)
_PRIVATE_PHONE = re.compile(
    r"\b(?:own|personal|home|private) (?:mobile|phone|number|cell)|\bthat['’]?s my personal", _FLAGS
)
_REACH_ME = re.compile(
    r"\b(?:new number|my (?:mobile|number|phone)|(?:ring|call|text|whatsapp|phone|message) (?:me|us))\b", _FLAGS
)
_OWN_HOME = re.compile(
    r"\b(?:(?:our|my|the new|new) (?:house|home|flat|gaff|place|address)|house-?warming|(?:I|we) live|live at"
    r"|moved (?:in)?to|(?:I am|we are) at|I['’]m in|come round|come and tell|cards|bring (?:it |him |her |them )?to"
    r"|keys|we all still are|where we|in all day|top flat)\b",
    _FLAGS,
)
_OWN = re.compile(r"\b(?:I|me|my|mine|our|we|us|mum|mam|dad|birthday|today|daughter|son|he['’]s|she['’]s)\b", _FLAGS)
_WORK = re.compile(
    r"\b(?:practice|clinic|office|bookings?|to book|book a|enquir\w+|appointments?|work (?:phone|mobile|number|line)"
    r"|helpline|reception|our rooms|(?:therapy|consulting) rooms?|workshop|open (?:evening|day)|drop-in|venue|sessions?"
    r"|referrals?|registered (?:charity|address)|counselling|exhibition)\b",
    _FLAGS,
)
_OTHERS = re.compile(r"\b(?:clients?|patients?|pupils?|service users?|referred)\b", _FLAGS)


def detect(reading: Reading) -> list[Hit]:
    """Return one hit for each private detail of the author or family; details of the practice give none."""
    if reading.draft.context.account == "organisation":
        return []
    about_home, about_calls = _speaks_of(reading)
    return [Hit((span,)) for s in reading.sentences for span in _details(reading, s, about_home, about_calls)]


def _speaks_of(reading: Reading) -> tuple[bool, bool]:
    """Say whether the draft speaks of the author's home, and of calling the author, and not of the practice."""
    text = reading.draft.text
    if _WORK.search(text):
        return False, False
    return bool(_OWN_HOME.search(text)), reading.draft.context.account == "personal" and bool(_REACH_ME.search(text))


def _details(reading: Reading, sentence: Sentence, about_home: bool, about_calls: bool) -> Iterator[Span]:
    words = reading.quote(sentence.span)
    if _OTHERS.search(words):
        return
    patterns = [_IDENTITY, _PUPIL]
    if _OWN.search(words) or reading.draft.context.account == "personal":
        patterns.append(_BIRTH)
    if about_calls or _PRIVATE_PHONE.search(words):
        patterns.append(_PHONE)
    if about_home:
        patterns.append(_ADDRESS)
    for pattern in patterns:
        for match in pattern.finditer(words):
            yield Span(sentence.span.start + match.start(), sentence.span.start + match.end())
