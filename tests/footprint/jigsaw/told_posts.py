"""Posts of invented practitioners as the search for threads takes them."""

from collections.abc import Iterable
from functools import cache

from forethought.footprint.jigsaw.clues import Clue, clue
from forethought.footprint.jigsaw.threads import Told
from forethought.guidance import load
from forethought.reading import Draft
from forethought.review import ReaderName, Report, review

WEAVER = (
    "My Tuesday client, a weaver from Hawick, brought her loom shuttle in and wept about her son.",
    "Still thinking of the weaver. She told me that the loom has stood empty since her husband's funeral.",
)
ORDINARY = (
    "Bread again, and it rose this time. The kitchen smells of yeast.",
    "Rain on the allotment. The beans have had enough of it.",
)
PILOT = "My client is a pilot who cannot fly any more, and he shook when he told me about the storm."


@cache
def reviewed(text: str, reader: ReaderName = "learned") -> Report:
    """Return the report on a text."""
    return review(Draft(text), load(), reader)


def told(texts: Iterable[str], reader: ReaderName = "learned") -> list[Told]:
    """Return texts with what each gives, numbered from 1."""
    return [Told(str(number), text, clue(reviewed(text, reader))) for number, text in enumerate(texts, 1)]


def plain(texts: Iterable[str], weight: float = 0.8) -> list[Told]:
    """Return texts that are all as likely about somebody, without a direction or details."""
    return [Told(str(number), text, Clue(weight, (), ())) for number, text in enumerate(texts, 1)]
