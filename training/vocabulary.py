"""A smaller vocabulary: the encoder's commonest word pieces, and every piece that the labelled posts use."""

import re
from collections.abc import Iterable

from forethought.reading.pieces import CONTINUED, SPECIAL, Vocabulary

COMMONEST = 14_000  # the stored vocabulary stands roughly in order of frequency
_FOREIGN = re.compile(r"[^\x00-\u024f\u2010-\u20cf]")  # scripts that are never read


def cut_down(stored: str, texts: Iterable[str]) -> tuple[str, list[int]]:
    """Return the lines of a vocabulary with fewer pieces, and the stored numbers that its pieces had, in its order.

    Padding comes first, so that its number is 0. Single letters all stay, so that any word can still be spelt.
    """
    whole = Vocabulary.of(stored)
    used = {number for text in texts for number, _ in whole.numbers(text)}
    kept = [
        piece
        for piece, number in whole.ids.items()
        if piece not in SPECIAL and (number in used or _common(piece, number))
    ]
    pieces = [*SPECIAL, *kept]
    return "\n".join(pieces) + "\n", [whole.ids[piece] for piece in pieces]


def _common(piece: str, number: int) -> bool:
    bare = piece.removeprefix(CONTINUED)
    return not _FOREIGN.search(piece) and not piece.startswith("[unused") and (number < COMMONEST or len(bare) == 1)
