"""Names as people write them, and as the lists have them."""

from collections.abc import Iterable

ALSO_CALLED = {"twitter": "x"}


def as_listed(given: str, known: Iterable[str]) -> str:
    """Return the known name that is meant, capitals and former names aside; else `given` as it is."""
    folded = given.casefold()
    meant = {name.casefold(): name for name in known}
    return meant.get(folded) or meant.get(ALSO_CALLED.get(folded, "")) or given
