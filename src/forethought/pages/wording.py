"""Small turns of phrase that several pages share."""

from collections.abc import Iterable
from datetime import date

from forethought.guidance import Pack
from forethought.rules import Finding, rules

# A rule's phrases were right about eight times in ten on writers held out; below two in three, doubt is worth a word.
_CONFIDENCE = ((0.85, "quite sure"), (0.65, "likely"))


def confidence(probability: float) -> str:
    """Return a confidence from 0 to 1 in words."""
    return next((words for least, words in _CONFIDENCE if probability >= least), "may be so")


def joined(words: Iterable[str]) -> str:
    """Join words for a sentence: `a, b and c`, or `a; b, or b again; and c` where one holds a comma."""
    *most, last = list(words) or [""]
    if any("," in each for each in [*most, last]):
        return "; ".join([*most, f"and {last}" if most else last])
    return f"{', '.join(most)} and {last}" if most else last


def body_name(pack: Pack) -> str:
    """Return the body's initials where its id spells those of its name, or else its name."""
    initials = "".join(letter for letter in pack.publisher if letter.isupper())
    return pack.body.replace("-", " ").upper() if pack.body.replace("-", "").upper() == initials else pack.publisher


def listed(standing: str) -> str:
    """Return a standing as a verb for a sentence about a body."""
    return "is silent" if standing == "silent" else standing


def place_in(finding: Finding) -> str:
    """Return in which part of a picture a finding was made; nothing for one about the draft's own words."""
    part = "words to be seen in" if finding.seen else "description of"
    return f"in the {part} picture {finding.image}" if finding.image else ""


def choices(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return names of the vocabulary beside what a page calls them."""
    return [(name, name.replace("-", " ").capitalize() if name.islower() else name) for name in names]


def rule_title(id: str) -> str:
    """Return what a page calls a rule; one that is no more goes by its id."""
    return next((rule.title for rule in rules() if rule.id == id), id)


def day_words(day: date) -> str:
    """Return a day as a page writes it, such as 3 November 2026."""
    return f"{day.day} {day:%B %Y}"
