"""Whether who got in touch is a client who was added: whose answer is shown then, and what is said of it."""

from collections.abc import Sequence

from forethought.clients.keeping import recogniser
from forethought.clients.recognise import Match
from forethought.clients.telling import met as named
from forethought.contacts.load import requesters

CLIENT = "current-client"  # whose answer is shown for a client of whom no more is known
OTHERWISE = "If it is not them, or a former or younger client, choose who it is."


def met(known_by: str) -> tuple[Match, ...]:
    """Return whom a name, a handle, an e-mail address or a number could be, the surest first."""
    return recogniser().of_person(name=known_by, phone=known_by) if known_by else ()


def surest(matches: Sequence[Match]) -> str:
    """Return the reference of the client who is met without much doubt; empty where nobody is."""
    return next((each.reference for each in matches if not each.weak), "")


def answered_as(requester: str, client: str, seen: str) -> str:
    """Return whose answer to show where `client`, a reference, is met and `requester` was chosen.

    It is a client's, unless a client's was chosen, or the choice was made after `seen`, the same client, was shown.
    """
    stranger = not requesters()[requester].clinical
    return CLIENT if client and client != seen and stranger else requester


def notices(matches: Sequence[Match], requester: str, changed: bool) -> tuple[str, ...]:
    """Return what to say of whom was met, where `requester` is answered and was `changed` from what was chosen."""
    return tuple(_unsure(each) if each.weak else _sure(each, requester, changed) for each in matches)


def _sure(match: Match, requester: str, changed: bool) -> str:
    if changed:
        return f"{named(match)} What follows is for a client. {OTHERWISE}"
    if requesters()[requester].clinical:
        return named(match)
    return f"{named(match)} You chose somebody else. As long as you are not sure of that, treat them as the client."


def _unsure(match: Match) -> str:
    return (
        f"{named(match)} So it may be somebody else. Before you act, look up in your records whose reference "
        f"{match.reference} is. If it is them, choose which kind of client they are."
    )
