"""What kinds of thing a picture may show, by the words that were read in it: screens, letters, badges, addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from forethought.media.seeing.clues import SINGLE, TOGETHER, Clue
from forethought.media.seeing.regions import Box, around
from forethought.media.seeing.words import Line

# What may be seen, and what it is called in a sentence.
KINDS = {
    "screen": "a screen, such as a chat or a mail", "letter": "a letter or another paper about somebody",
    "name badge": "a name badge", "whiteboard": "a whiteboard or a list of notes", "address": "an address",
    "telephone number": "a telephone number", "e-mail address": "an e-mail address", "number plate": "a number plate",
    "appointment": "an appointment",
}  # fmt: skip
LEAST = 0.5  # how sure a kind has to be to be told
PROBABLE = 0.75
MOST_ON_A_BADGE = 15  # lines
NEAR = 2.5  # heights of a line within which the lines of one address stand


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that a picture may show: its kind, the words that tell of it, why, where, and how sure that is."""

    kind: str
    words: str
    why: str
    box: Box
    sure: float

    def __str__(self) -> str:
        there = "may be" if sure_words(self.sure) == "may be" else "is probably"
        return f"There {there} {KINDS[self.kind]} in it: {self.why} (“{self.words}”)."


Hit = tuple[Clue, Line]


def signs_in(lines: Sequence[Line], size: tuple[int, int]) -> tuple[Sign, ...]:
    """Return what lines tell of, in a picture of this size, the surest first."""
    found = [*_single(lines), *_together(lines, size[1])]
    return tuple(sorted(found, key=lambda sign: (-sign.sure, sign.box.top)))


def sure_words(sure: float) -> str:
    """Return how sure something is, in words: `probably` or `may be`."""
    return "probably" if sure >= PROBABLE else "may be"


def _single(lines: Sequence[Line]) -> Iterator[Sign]:
    for kind, hits in groupby(_hits(lines, SINGLE), key=lambda hit: hit[0].kind):
        yield from (_sign(kind, together) for together in _joined(kind, list(hits)))


def _hits(lines: Sequence[Line], clues: Sequence[Clue]) -> list[Hit]:
    """Return which clue is in which line, kind by kind, and for each kind in the order of the lines."""
    kinds = list(dict.fromkeys(clue.kind for clue in clues))
    return [
        (clue, line)
        for kind in kinds
        for line in lines
        for clue in [clue for clue in clues if clue.kind == kind and _matches(clue, line.text)]
    ]


def _matches(clue: Clue, text: str) -> bool:
    return bool(clue.pattern.fullmatch(text) if clue.alone else clue.pattern.search(text))


def _joined(kind: str, hits: list[Hit]) -> Iterator[list[Hit]]:
    """Yield the hits that are told as one: the lines of an address, and else each by itself."""
    so_far = hits[:1]
    for hit in hits[1:]:
        last, line = so_far[-1][1], hit[1]
        if line is not last and not (kind == "address" and _are_near(last, line)):
            yield so_far
            so_far = []
        so_far.append(hit)
    yield so_far


def _are_near(above: Line, below: Line) -> bool:
    gap = below.box.top - above.box.bottom
    return gap < NEAR * above.box.height and below.box.left < above.box.right and above.box.left < below.box.right


def _together(lines: Sequence[Line], height: int) -> Iterator[Sign]:
    """Yield the kinds of which there are hints enough."""
    hits = [(clue, line) for clue, line in _hits(lines, TOGETHER) if line.box.top <= clue.above * height]
    for kind, found in groupby(hits, key=lambda hit: hit[0].kind):
        sign = _sign(kind, list(found))
        if sign.sure >= LEAST and not (kind == "name badge" and len(lines) > MOST_ON_A_BADGE):
            yield sign


def _sign(kind: str, hits: Sequence[Hit]) -> Sign:
    """Return what some hits tell together; a clue that is met twice counts once."""
    lines = list(dict.fromkeys(line for _, line in hits))
    surest: dict[str, float] = {}
    for clue, line in hits:
        surest[clue.why] = max(surest.get(clue.why, 0.0), clue.sure * line.sure)
    doubt = 1.0
    for sure in surest.values():
        doubt *= 1 - sure
    words, box = " / ".join(line.text for line in lines), around(line.box for line in lines)
    return Sign(kind, words, ", ".join(surest), box, 1 - doubt)
