"""A plan as a document, and as data for `--format json`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Terms
from forethought.guidance import Guidance, Provision
from forethought.incidents.triage.model import Block as Blocking
from forethought.incidents.triage.model import Offence, Plan, Seen, Step, Support, Way
from forethought.incidents.triage.reporting import warnings
from forethought.pages.wording import body_name, day_words, joined

DANGER = "If anybody is in danger now, call 999 first. The rest can wait."
DECIDES = "Nothing here says that an offence was done. It may be one; the police and the courts decide."
AWAY = "This is not legal advice, and no promise that anybody will act. You decide, and your supervisor can help."
OWN = "Forethought's own suggestion."
SEEN_WORDS: Mapping[Seen, str] = {
    "excerpt": "read in part on",
    "older": "an old page, read on",
    "memory": "noted from memory on",
}
BLOCK_WORDS: Mapping[Blocking, str] = {
    "no": "Do not block this person for now. What is said elsewhere about blocking a bully was not written for this.",
    "after-capture": "You may block, once you have kept it.",
    "advised": "Once you have kept it, blocking is strongly advised.",
    "not-needed": "Blocking is not what helps here.",
}


def document(plan: Plan, guidance: Guidance, today: date) -> Document:
    """Return the plan as a document, with warnings for rows that are unchecked or past their review on `today`."""
    blocks = [
        Note(DANGER),
        Paragraph(plan.nature.meaning),
        *_steps("Now", plan.now, plan),
        *_steps("Do not", plan.avoid, plan),
        *_steps("Next", plan.next, plan),
        Heading(2, "Blocking"),
        Paragraph(BLOCK_WORDS[plan.block]),
        Heading(2, "What to keep"),
        Listing(plan.nature.capture),
        *_ways(plan, today),
        *_offences(plan, today),
        *_support(plan, today),
        Heading(2, "To think through"),
        Listing(plan.nature.asks),
        *grounds(plan, guidance),
        Note(AWAY),
    ]
    return Document(plan.nature.title, tuple(blocks))


def says(step: Step, plan: Plan) -> str:
    """Return which active bodies say a step, and whether each binds or advises; or that it is our own suggestion."""
    said = [(stand.body, each) for stand in plan.stands for each in stand.provisions if each.id in step.cites]
    rows = {body: _weight([each for of, each in said if of == body]) for body, _ in said}
    return joined(f"{body.replace('-', ' ').upper()} {weight}" for body, weight in rows.items()) + "." if rows else OWN


def _weight(provisions: list[Provision]) -> str:
    if any(each.binds for each in provisions):
        return "binds"
    return "advises" if any(each.standing == "advises" for each in provisions) else "states the facts behind it"


def _steps(title: str, steps: tuple[Step, ...], plan: Plan) -> Iterator[Block]:
    if steps:
        yield Heading(2, title)
        words = (" ".join(part for part in (each.words, each.why, f"({says(each, plan)})") if part) for each in steps)
        yield Listing(tuple(words), numbered=title != "Do not")


def _ways(plan: Plan, today: date) -> Iterator[Block]:
    if plan.routes:
        yield Heading(2, "Where to turn, in this order")
    for way in plan.routes:
        yield Heading(3, way.route.name)
        yield Paragraph(way.why)
        yield from map(Note, warnings(way.route, today))
        yield Terms(_way(way))


def _way(way: Way) -> tuple[tuple[str, str], ...]:
    """Return a route in rows: what it cannot do stands before what it can."""
    route = way.route
    rows = (
        ("What it cannot do", " ".join(route.cannot_do)),
        ("What it can do", route.can_do),
        ("It asks for", _sentence(route.asks_for)),
        ("Have ready", _sentence(route.have_ready)),
        ("Telephone", route.phone),
        ("Where", route.address),
        ("Source", f"{route.source_title}, {SEEN_WORDS[route.seen_as]} {day_words(route.read_on)}"),
    )
    return tuple((name, words) for name, words in rows if words)


def _offences(plan: Plan, today: date) -> Iterator[Block]:
    if plan.offences:
        yield Heading(2, "Worth naming when you ask the police")
        yield Paragraph(DECIDES)
        yield Terms(tuple((each.provision, _offence(each, today)) for each in plan.offences))


def _offence(offence: Offence, today: date) -> str:
    nations = f"Holds in {joined(offence.nations)}, as far as was read."
    return " ".join((f"{offence.subject}.", offence.note, nations, *warnings(offence, today)))


def _support(plan: Plan, today: date) -> Iterator[Block]:
    yield Heading(2, "Look after yourself")
    for each in plan.support:
        yield Heading(3, each.title)
        yield Paragraph(each.words)
        if _outside(each):
            yield from map(Note, warnings(each, today))
            yield Listing((*each.lines, *([each.address] if each.address else [])))


def _outside(support: Support) -> bool:
    """Return whether a support is somebody to reach whose number or page may have changed."""
    return bool(support.lines or support.address)


def grounds(plan: Plan, guidance: Guidance) -> Iterator[Block]:
    """Yield who says so, document by document, what each calls it, and where they differ."""
    yield Heading(2, "Who says so")
    names = {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
    for stand in plan.stands:
        kind = plan.nature.kinds.get(stand.pack)
        if stand.provisions or kind:
            yield Heading(3, names[stand.pack])
        if kind:
            yield Paragraph(f"It calls this: {kind[:1].lower()}{kind[1:]}")
        if stand.provisions:
            yield Listing(
                tuple(f"{each.says} ({each.section}; {each.id}; {_strength(each)})" for each in stand.provisions)
            )
    if all(not stand.provisions for stand in plan.stands):
        yield Paragraph(
            "None of the documents of your bodies speaks of this. The steps are Forethought's own suggestion."
        )
    yield from _differ(plan, names | {pack.body: body_name(pack) for pack in guidance.packs})


def _strength(provision: Provision) -> str:
    return "fact" if provision.standing == "silent" else provision.standing


def _differ(plan: Plan, names: Mapping[str, str]) -> Iterator[Block]:
    if plan.differences:
        yield Heading(2, "Where the documents differ")
    for point in plan.differences:
        yield Heading(3, point.topic)
        yield Terms(tuple((names[each.of], each.says) for each in point.positions))


def record(plan: Plan, today: date) -> dict[str, Any]:
    """Return the plan as data."""
    return {
        "nature": plan.nature.id,
        "title": plan.nature.title,
        "nation": plan.answers.nation,
        "danger": DANGER,
        "now": [_step(each, plan) for each in plan.now],
        "next": [_step(each, plan) for each in plan.next],
        "avoid": [_step(each, plan) for each in plan.avoid],
        "block": plan.block,
        "capture": list(plan.nature.capture),
        "questions": list(plan.nature.asks),
        "routes": [_route(each, today) for each in plan.routes],
        "offences": [_law(each, today) for each in plan.offences],
        "support": [_help(each, today) for each in plan.support],
        "bodies": [
            {
                "body": stand.body,
                "pack": stand.pack,
                "standing": stand.standing,
                "calls_it": plan.nature.kinds.get(stand.pack, ""),
                "provisions": [{"id": p.id, "section": p.section, "says": p.says} for p in stand.provisions],
            }
            for stand in plan.stands
        ],
        "differences": [
            {"id": each.id, "topic": each.topic, "positions": {p.of: p.says for p in each.positions}}
            for each in plan.differences
        ],
    }


def _step(step: Step, plan: Plan) -> dict[str, Any]:
    return {
        "id": step.id,
        "words": step.words,
        "why": step.why,
        "cites": list(step.cites),
        "says": says(step, plan),
    }


def _route(way: Way, today: date) -> dict[str, Any]:
    route = way.route
    return {
        "id": route.id,
        "name": route.name,
        "why": way.why,
        "warnings": list(warnings(route, today)),
        "cannot_do": list(route.cannot_do),
        "can_do": route.can_do,
        "asks_for": list(route.asks_for),
        "have_ready": list(route.have_ready),
        "phone": route.phone,
        "address": route.address,
        "source": {
            "title": route.source_title,
            "url": route.source_url,
            "read_on": route.read_on.isoformat(),
            "seen_as": route.seen_as,
        },
        "review_on": route.review_on.isoformat(),
        "draft": way.draft,
    }


def _law(offence: Offence, today: date) -> dict[str, Any]:
    return {
        "id": offence.id,
        "subject": offence.subject,
        "provision": offence.provision,
        "note": f"{offence.note} {DECIDES}",
        "nations": list(offence.nations),
        "warnings": list(warnings(offence, today)),
    }


def _help(support: Support, today: date) -> dict[str, Any]:
    return {
        "id": support.id,
        "title": support.title,
        "words": support.words,
        "lines": list(support.lines),
        "address": support.address,
        "warnings": list(warnings(support, today)) if _outside(support) else [],
    }


def _sentence(parts: tuple[str, ...]) -> str:
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."
