"""A plan after a hack, odd posts and odd links as documents, and as data for `--format json`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from forethought.accounts.hacked.clock import Clock
from forethought.accounts.hacked.links import Suspect
from forethought.accounts.hacked.load import Source
from forethought.accounts.hacked.plan import HackedPlan, Step
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Terms
from forethought.guidance import Guidance
from forethought.incidents.triage.model import Route
from forethought.incidents.triage.reporting import warnings
from forethought.incidents.triage.telling import AWAY, DANGER, OWN, SEEN_WORDS
from forethought.pages.wording import body_name, day_words, joined

NOTHING = "Nothing odd was found. That does not mean that all is well: only what shows in the words was looked at."
UNOPENED = "No link was opened or looked up."


def document(plan: HackedPlan, guidance: Guidance, today: date, clock: Clock | None = None) -> Document:
    """Return the plan as a document, with warnings for what nobody checked or what is past its review on `today`."""
    names = {pack.body: body_name(pack) for pack in guidance.packs}
    blocks: list[Block] = [Note(DANGER), Paragraph(f"{plan.kind.title}, in {plan.nation}.")]
    if clock:
        blocks.append(Note(clock.words))
    for part in plan.stages:
        blocks += [Heading(2, part.stage.title), *(block for step in part.steps for block in _step(step, plan, today))]
    if plan.differences:
        blocks.append(Heading(2, "Where the documents differ"))
    for point in plan.differences:
        titles = names | {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
        rows = tuple((titles[each.of], each.says) for each in point.positions)
        blocks += [Heading(3, point.topic), Terms(rows)]
    return Document("After a hack", (*blocks, Note(AWAY)))


def says(step: Step, plan: HackedPlan) -> str:
    """Return which provisions of active bodies ask for a step; or that it is our own suggestion."""
    said = [
        f"{each.id} ({'states the facts behind it' if each.standing == 'silent' else each.standing})"
        for stand in plan.stands
        for each in stand.provisions
        if each.id in step.cites
    ]
    return f"{joined(said)}." if said else OWN


def links_document(suspects: Sequence[Suspect]) -> Document:
    """Return what looks like a scam in a text, with why."""
    blocks: list[Block] = [] if suspects else [Paragraph(NOTHING)]
    for each in suspects:
        blocks += [Heading(2, each.url or "The message"), Listing(tuple(map(_sentence, each.reasons)))]
    return Document("Links and messages", (*blocks, Note(UNOPENED)))


def record(plan: HackedPlan, today: date, clock: Clock | None = None) -> dict[str, Any]:
    """Return the plan as data."""
    return {
        "kind": plan.kind.id,
        "nation": plan.nation,
        "facts": sorted(plan.facts),
        "clock": _clock(clock) if clock else None,
        "stages": [
            {
                "id": part.stage.id,
                "title": part.stage.title,
                "needs": list(part.stage.needs),
                "steps": [_record(step, plan, today) for step in part.steps],
            }
            for part in plan.stages
        ],
        "differences": [
            {"id": each.id, "topic": each.topic, "positions": {p.of: p.says for p in each.positions}}
            for each in plan.differences
        ],
    }


def links_record(suspects: Iterable[Suspect]) -> list[dict[str, Any]]:
    """Return what looks like a scam as data."""
    return [{"url": e.url, "start": e.start, "end": e.end, "reasons": list(e.reasons)} for e in suspects]


def _step(step: Step, plan: HackedPlan, today: date) -> Iterator[Block]:
    why = f"{step.why} ({says(step, plan)})"
    if step.items:
        yield from (Paragraph(step.words), Listing(step.items), Paragraph(why))
    else:
        yield Paragraph(f"{step.words} {why}")
    if step.source:
        yield Note(seen(step.source, today))
    if step.route:
        yield from map(Note, warnings(step.route, today))
        yield Terms(_route(step.route))


def seen(source: Source, today: date) -> str:
    """Return where something was read, how and when, and what that leaves open."""
    told = [f"Source: {source.title}, {SEEN_WORDS[source.seen_as]} {day_words(source.read_on)}."]
    if not source.checked_by:
        told.append("Nobody has checked this against its source yet.")
    if today > source.review_on:
        told.append(f"It was to be looked at again by {day_words(source.review_on)}, and may have changed.")
    return " ".join(told)


def _route(route: Route) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Where to turn", route.name),
        ("What it cannot do", " ".join(route.cannot_do)),
        ("What it can do", route.can_do),
        ("Telephone", route.phone),
        ("Where", route.address),
    )
    return tuple((name, words) for name, words in rows if words)


def _record(step: Step, plan: HackedPlan, today: date) -> dict[str, Any]:
    return {
        "id": step.id,
        "words": step.words,
        "why": step.why,
        "items": list(step.items),
        "cites": list(step.cites),
        "says": says(step, plan),
        "source": _source(step.source, today) if step.source else None,
        "route": {"id": step.route.id, "name": step.route.name, "phone": step.route.phone} if step.route else None,
        "notice": step.notice,
    }


def _source(source: Source, today: date) -> dict[str, str]:
    return {
        "title": source.title,
        "url": source.url,
        "read_on": source.read_on.isoformat(),
        "review_on": source.review_on.isoformat(),
        "words": seen(source, today),
    }


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "aware": clock.aware.isoformat(),
        "due": clock.due.isoformat(),
        "left_seconds": int(clock.left.total_seconds()),
        "past": clock.past,
        "words": clock.words,
    }


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
