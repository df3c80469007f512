"""What in a line of words tells of what a picture shows: its patterns, and how much each one weighs."""

import re
from dataclasses import dataclass

DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|today|tomorrow|tonight"
    r"|\d{1,2}(?:st|nd|rd|th)?\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2})"
)
TIME = r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9])\s?[ap]\.?m\b|noon\b)"
ROAD = (
    r"(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|crescent|terrace|gardens|grove|place|square|way|court|mews"
    r"|hill|row|walk|park)"
)
CAPITAL = r"(?=(?-i:[A-Z]))"
HOUSE = rf"\b\d{{1,4}}[a-z]?,?(?:\s{CAPITAL}[a-z'’-]{{2,20}}){{1,3}}\s{CAPITAL}{ROAD}\b"
APPOINTMENT = rf"^(?!today,?\s?{TIME}$).{{0,300}}?(?:\b{DAY}\b.{{0,24}}?\b{TIME}|\b{TIME}.{{0,16}}?\b{DAY}\b)"
WORK = (
    r"(?:psycho)?therapist|counsell?or|(?:clinical|counselling|educational|forensic)?\s?psychologist|psychiatrist"
    r"|(?:staff|student|mental health)?\s?nurse|social worker|support worker|volunteer|visitor|student|trainee|doctor"
    r"|receptionist|supervisor|consultant"
)
SERVICE = r"nhs|trust|hospital|clinic|surgery|practice|counselling|psychotherapy|therapy|service|centre|hospice"

APPS = r"whatsapp|messenger|instagram|facebook|inbox|outlook|online"
PAPERS = r"private and confidential|in confidence|patient|hospital\s?(?:no|number)"
MEETINGS = r"agenda|actions?\s?:|to\s?do\b|goals?\s?:|formulation|timeline|minutes"


@dataclass(frozen=True, slots=True)
class Clue:
    """A pattern in a line, what kind of thing it tells of, why, and how sure it makes that, from 0 to 1.

    `above` is the share of the picture's height in which the line has to stand; `alone` asks for the whole line.
    """

    kind: str
    why: str
    pattern: re.Pattern[str]
    sure: float
    above: float = 1.0
    alone: bool = False


def _clue(kind: str, why: str, pattern: str, sure: float, above: float = 1.0, alone: bool = False) -> Clue:
    return Clue(kind, why, re.compile(pattern, re.IGNORECASE), sure, above, alone)


# Each of these tells by itself.
SINGLE = (
    _clue("e-mail address", "an e-mail address", r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", 0.95),
    _clue(
        "telephone number", "a telephone number",
        r"(?<![\d.])(?:\+44[\s-]?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?![\s-]?\d)|\+\d(?:[\s-]?\d){8,13}(?!\d)",
        0.9,
    ),
    _clue("address", "a postcode", r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b", 0.85),
    _clue("address", "a house and its road", HOUSE, 0.75),
    _clue("appointment", "a day and a time", APPOINTMENT, 0.75),
    _clue("number plate", "letters and figures as on a car", r"[a-hj-pr-y]{2}\d{2}\s?[a-hj-pr-z]{3}", 0.8, alone=True),
)  # fmt: skip

# Each of these is a hint; several together tell.
TOGETHER = (
    _clue("screen", "the time at its top", r"(?:[01]?\d|2[0-3]):[0-5]\d", 0.4, 0.08, True),
    _clue("screen", "a battery's charge", r"\d{1,3}\s?%", 0.35, 0.08, True),
    _clue("screen", "a telephone network", r"[345]g|lte|wi-?fi|vodafone|o2-?uk|\w{0,3}ee", 0.3, 0.08, True),
    _clue("screen", "when a message was sent", rf"(?:today|yesterday|{DAY}),?\s?(?:at\s)?{TIME}", 0.45, alone=True),
    _clue(
        "screen", "what became of a message",
        r"(?:delivered|read|seen|sent|edited|typing|unread)[\s.…]{0,3}(?:\d.{0,12})?", 0.4, alone=True,
    ),
    _clue(
        "screen", "a place to type",
        r"(?:type a message|text message|imessage|message|write a (?:reply|comment)|search|add a comment).{0,3}",
        0.4, alone=True,
    ),
    _clue("screen", "an app's word", rf"{APPS}|last seen.{{0,20}}", 0.3, alone=True),
    _clue("screen", "a button's word", r"reply|forward|reply all|send|back|chats|calls|settings", 0.2, alone=True),
    _clue("letter", "a greeting", r"\s?dear\s?[\w.]{1,20}.{0,40}", 0.6, alone=True),
    _clue("letter", "a close", r"\b(?:yours\s?(?:sincerely|faithfully|truly)|kind\s?regards|best\s?wishes)\b", 0.5),
    _clue("letter", "a date of birth", r"(?<![a-z])(?:date\s?of\s?birth|d\.?o\.?b\b\.?)", 0.55),
    _clue("letter", "an NHS number", r"\bnhs\s?(?:no|number|num)\b", 0.6),
    _clue("letter", "a reference", r"(?:our|your)?\s?ref(?:erence)?\s?[:.].{0,40}|re\s?:.{0,80}", 0.3, alone=True),
    _clue("letter", "words of papers", rf"\b(?:{PAPERS})\b", 0.4),
    _clue("letter", "a service's name", rf"\b(?:{SERVICE})\b", 0.3, 0.2),
    _clue("name badge", "a badge's words", r"(?:hello|hi)?,?\s?my\s?name\s?is.{0,40}", 0.85, alone=True),
    _clue("name badge", "a badge's words", r"\bid\s?(?:no|number|card)?\b.{0,3}\d{3,}", 0.5),
    _clue("name badge", "a person's work", rf"(?:{WORK})", 0.4, alone=True),
    _clue("name badge", "a service's name", rf"\b(?:{SERVICE})\b", 0.25),
    _clue("whiteboard", "words of meetings", rf"\b(?:{MEETINGS})", 0.4),
    _clue("whiteboard", "a list", r"(?:\d{1,2}\s?[.)]|[-•*>→])\s?[a-z].{0,60}", 0.2, alone=True),
)  # fmt: skip
