"""A draft as the check page has it: read, reviewed, and without the findings that the person has set aside."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cache
from itertools import zip_longest
from typing import Any

from forethought.guidance import Guidance, load
from forethought.reading import Context, Draft, Image
from forethought.review import Explained, Naming, Report, review, verdict
from forethought.review.clients import RULE as CLIENT_NAMED
from forethought.review.clients import nobody

LOOKED_AT_AGAIN = time(9)  # the hour from which a draft held until tomorrow may be looked at


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and the findings that would stand in it had they not been set aside."""

    report: Report
    aside: tuple[Explained, ...]


@cache
def every_document() -> Guidance:
    """Return the guidance as it ships."""
    return load()


def guidance_for(bodies: Collection[str]) -> Guidance:
    """Return the guidance of these bodies, or all of it where none is named; a body that is gone counts no more."""
    every = every_document()
    known = {pack.body for pack in every.packs}
    return every.active([body for body in bodies if body in known])


def draft(text: str, context: dict[str, Any], descriptions: Sequence[str], seen: Sequence[str] = ()) -> Draft:
    """Return a draft with a picture for each description, empty where a picture has none.

    `seen` holds for each picture the words to be seen in it, as far as they are known.
    """
    pairs = zip_longest(descriptions, seen[: len(descriptions)], fillvalue="")
    return Draft(text, Context(**context), tuple(Image("", told.strip(), words) for told, words in pairs))


def check(
    draft: Draft,
    guidance: Guidance,
    aside: Collection[tuple[str, str]],
    naming: Naming = nobody,
    veil: Callable[[str], str] = str,
) -> Checked:
    """Review `draft`, and part from its report the findings whose rule and words are in `aside`.

    `naming` knows the person's clients, and `veil` turns a text into something that cannot be read.
    """
    report = review(draft, guidance, naming=naming)
    kept = tuple(each for each in report.findings if (each.finding.rule.id, words(each, draft, veil)) not in aside)
    if len(kept) == len(report.findings):
        return Checked(report, ())
    gone = tuple(each for each in report.findings if each not in kept)
    spans = {span for each in kept for span in each.finding.spans}
    view = tuple(seen for seen in report.client_view if any(_meet(seen.span, span) for span in spans))
    left = verdict([each.finding for each in kept]) if kept or report.in_english else "consider"
    steps = report.next_steps if kept else ()
    return Checked(replace(report, findings=kept, verdict=left, client_view=view, next_steps=steps), gone)


def words(explained: Explained, draft: Draft, veil: Callable[[str], str] = str) -> str:
    """Return the words that carry a finding, by which it is known again; spaces and capitals aside.

    A client's name would be readable, and be passed over wherever it stands: such a finding is known by the whole
    draft, under the veil.
    """
    if explained.finding.rule.id == CLIENT_NAMED:
        told = (part for image in draft.images for part in (image.alt_text, image.words))
        return f"a whole draft, {veil(' '.join([draft.text, *told]))}"
    parts = [draft.text[span.start : span.end] for span in explained.finding.spans]
    if explained.finding.image:
        picture = draft.images[explained.finding.image - 1]
        parts.append(picture.words if explained.finding.seen else picture.alt_text)
    return " | ".join(" ".join(part.casefold().split()) for part in parts)


def tomorrow(now: datetime) -> datetime:
    """Return when a draft that is held until tomorrow may be looked at again, in the zone of `now`."""
    return datetime.combine(now.date() + timedelta(days=1), LOOKED_AT_AGAIN, now.tzinfo)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
