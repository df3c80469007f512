"""What is said of a client who was met in a text: by what they were known, for a report to show."""

from collections.abc import Callable

from forethought.clients.recognise import Match, Recogniser
from forethought.reading import Named

HOW = {
    "full": "the full name, or one that the person may go by",
    "email": "the e-mail address",
    "phone": "the telephone number",
    "handle": "the handle, or a name run together",
    "sound": "a full name that sounds alike, which may be somebody else's",
    "typo": "the full name with a slip of one letter, which may be somebody else's",
    "initial": "a name and an initial, which many people share",
    "first": "a first name alone, which many people share",
}
ORDINARY = "a name made of ordinary words, which may be no name here"
SLIPS = frozenset({"sound", "typo"})


def naming(recogniser: Recogniser) -> Callable[[str], tuple[Named, ...]]:
    """Return what says where a text names a client, as a review asks it."""
    return lambda text: tuple(map(named, recogniser.in_text(text)))


def named(match: Match) -> Named:
    """Return a match as a review takes it. A report may leave the vault, so it does not give the reference.

    >>> named(Match((0, 4), "C-07", "first")).why
    'Somebody you added as a client is met here by a first name alone, which many people share.'
    """
    why = f"Somebody you added as a client is met here by {how(match)}."
    return Named(match.span, why, match.weak, match.kind in SLIPS)


def met(match: Match) -> str:
    """Return the same with the reference, for pages and answers that stay with the vault.

    >>> met(Match((0, 4), "C-07", "phone"))
    'C-07, whom you added as a client, is met here by the telephone number.'
    """
    return f"{match.reference}, whom you added as a client, is met here by {how(match)}."


def how(match: Match) -> str:
    """Return by what somebody was met."""
    return ORDINARY if match.ordinary and match.kind == "full" else HOW[match.kind]
