"""Where an answer would go: a platform whose limits are known, or anywhere else, where nothing is cut."""

from collections.abc import Mapping

from forethought.platforms import Place, limit, platforms

OTHER = "other"


def places() -> Mapping[str, str]:
    """Return the titles of the places where somebody could answer, by id, anywhere else first."""
    return {OTHER: "Somewhere else"} | {each.id: each.title for each in platforms().values()}


def space(where: str, place: Place) -> int:
    """Return how many characters fit there, 0 where no limit is known. Raises UnknownNameError."""
    return 0 if where == OTHER else limit(where, place)
