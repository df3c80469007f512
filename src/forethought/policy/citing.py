"""Provisions of the active documents: found by id, the weightiest first, and told in a line."""

from collections.abc import Collection, Iterable

from forethought.guidance import Guidance, Provision
from forethought.guidance.vocabulary import STRENGTHS
from forethought.pages.wording import body_name


def cited(ids: Collection[str], guidance: Guidance) -> tuple[Provision, ...]:
    """Return the provisions with these ids that are active: binding first, plain facts last."""
    found = (each for each in guidance.provisions() if each.id in ids)
    return tuple(sorted(found, key=lambda each: (not each.binds, STRENGTHS.index(each.strength))))


def lines(provisions: Iterable[Provision], guidance: Guidance) -> tuple[str, ...]:
    """Return each provision as a line that says what it asks, who asks it and where."""
    names = {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
    return tuple(f"{each.says} ({names[each.pack]}, {each.section}; {each.id})" for each in provisions)
