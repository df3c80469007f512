"""The bodies' guidance as pages and as data: packs, duties and provisions, two bodies side by side, and coverage."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table, Terms
from forethought.errors import ForethoughtError, UnknownNameError, nearest
from forethought.guidance import FUNCTIONS, Guidance, Pack, Provision
from forethought.guidance.coverage import Covered, Served, coverage, together
from forethought.guidance.lookup import Comparison, Side, compare, rules_by_duty
from forethought.pages.explain import differing, rule_data, rule_named, rule_page
from forethought.pages.names import as_listed
from forethought.pages.wording import body_name, joined, listed
from forethought.rules import rules

# Rules that look at an image rather than at words.
_OF_IMAGES = frozenset({"reach/missing-alt-text"})


class UnknownIdError(ForethoughtError):
    """An id that is like none in the guidance."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"'{given}' is no pack, body, duty, provision or rule. `forethought guidance list` shows what there is."
        )


class Page(NamedTuple):
    """The same answer for reading and as data."""

    document: Document
    data: Any


def contents(guidance: Guidance) -> Page:
    """Return every pack, duty and rule."""
    heads = ("Pack", "Body", "Title", "Standing", "Provisions")
    rows = tuple((p.id, p.body, p.title, f"{p.status}, {p.weight}", str(len(p.provisions))) for p in guidance.packs)
    duties = tuple(f"{duty.id}: {duty.name}" for duty in guidance.duties)
    blocks = (
        Paragraph("Show any of these by its id, such as: forethought guidance show bacp"),
        Table("Packs", heads, rows),
        Heading(2, "Duties"),
        Listing(duties),
        Heading(2, "Rules"),
        Listing(tuple(f"{rule.id}: {rule.title}" for rule in rules())),
    )
    packs = [asdict(pack) | {"provisions": len(pack.provisions)} for pack in guidance.packs]
    titles = [{"id": rule.id, "title": rule.title, "severity": rule.severity} for rule in rules()]
    data = {"packs": packs, "duties": [asdict(duty) for duty in guidance.duties], "rules": titles}
    return Page(Document("Guidance", blocks), data)


def show(guidance: Guidance, id: str) -> Page:
    """Return the page of a pack, body, duty, provision or rule; capitals do not matter. Raises UnknownNameError."""
    for kind, known, page in _kinds(guidance):
        for name in known:
            if name.casefold() == id.casefold():
                found = page(guidance, name)
                return Page(found.document, {"page": kind, **found.data})
    raise _unknown(guidance, id)


def side_by_side(guidance: Guidance, first: str, second: str) -> Page:
    """Return two packs or bodies, duty by duty; capitals do not matter. Raises UnknownNameError."""
    known = [name for pack in guidance.packs for name in (pack.body, pack.id)]
    found = compare(guidance, as_listed(first, known), as_listed(second, known))
    apart = [row for row in found.rows if not row.alike]
    rows = tuple((row.duty.name, _held(row.first), _held(row.second)) for row in apart)
    one, two = (_body_names(guidance).get(name, name) for name in (found.first, found.second))
    short = _short_names(guidance)
    heads = ("Duty", *(short.get(name, name) for name in (found.first, found.second)))
    alike = len(found.rows) - len(apart)
    blocks = [
        Paragraph(f"Of {len(found.rows)} duties that either mentions, they hold {alike} equally strongly."),
        *([Table("Duties that they hold differently", heads, rows)] if rows else []),
        *differing(found.differences),
    ]
    return Page(Document(f"{one} and {two}", tuple(blocks)), _comparison_data(found))


def covered(guidance: Guidance, *rooms: Served) -> Page:
    """Return how far the rules that exist today, and what the rooms serve, put each provision into practice."""
    found = coverage(guidance, together(served(), *rooms))
    totals, by_body = found.totals(), found.by_body()
    names = _short_names(guidance)
    heads = ("Status", *(names[body] for body in by_body), "All")
    rows = tuple(
        (status.capitalize(), *(str(counts[status]) for counts in by_body.values()), str(total))
        for status, total in totals.items()
    )
    blocks = (
        Paragraph("Every provision, counted once: how far what exists today puts it into practice."),
        Table("Provisions by status and body", heads, rows),
        *(block for pack in guidance.packs for block in _covered_in(pack, found.rows)),
    )
    each = [
        {"id": row.provision.id, "body": row.provision.body, "status": row.status, "missing": list(row.missing)}
        | {"served": {function: list(names) for function, names in row.served}}
        for row in found.rows
    ]
    data = {"totals": totals, "by_body": by_body, "provisions": each}
    return Page(Document("Coverage", blocks), data)


def _covered_in(pack: Pack, rows: Sequence[Covered]) -> Iterator[Block]:
    """Yield every provision of a pack with how it is served today and what does not exist yet."""
    yield Heading(2, f"{body_name(pack)}, {pack.title}")
    yield Listing(tuple(_covered_line(row) for row in rows if row.provision.pack == pack.id))


def _covered_line(row: Covered) -> str:
    by = joined(name for _, names in row.served for name in names)
    lacking = joined(FUNCTIONS[function] for function in row.missing)
    parts = (
        f"{row.provision.id}, {row.provision.section}: {row.status}. {row.provision.says}",
        f"Served by {by}." if by else "",
        f"Waits for: {lacking}." if lacking else "",
    )
    return " ".join(filter(None, parts))


def served() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each duty, the rules that check words and those that check images."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for function, which in (("text", False), ("image", True)):
        duties = {rule.id: rule.duties for rule in rules() if (rule.id in _OF_IMAGES) is which}
        for duty, names in rules_by_duty(duties).items():
            found.setdefault(duty, {})[function] = names
    return found


def _kinds(guidance: Guidance) -> Iterator[tuple[str, Iterable[str], Callable[[Guidance, str], Page]]]:
    """Yield each kind of thing that has a page, with its ids and what makes the page."""
    yield "body", _body_names(guidance), _body
    yield "pack", (pack.id for pack in guidance.packs), _pack_page
    yield "duty", (duty.id for duty in guidance.duties), _duty
    yield "provision", (each.id for each in guidance.provisions()), _provision
    yield "rule", (rule.id for rule in rules()), _rule


def _body_names(guidance: Guidance) -> dict[str, str]:
    return {pack.body: body_name(pack) for pack in guidance.packs}


def _short_names(guidance: Guidance) -> dict[str, str]:
    """Return each body's initials where it is known by them, else its id: names that fit the head of a column."""
    return {body: name if name.isupper() else body for body, name in _body_names(guidance).items()}


def _unknown(guidance: Guidance, id: str) -> ForethoughtError:
    """Return the error for an id that is not known: the nearest where any is like it, or where to look."""
    duties = (duty.id for duty in guidance.duties)
    named = {name for pack in guidance.packs for name in (pack.id, pack.body)}
    known = {*named, *duties, *(rule.id for rule in rules())}
    return UnknownNameError("id", id, known) if len(nearest(id, known)) < len(known) else UnknownIdError(id)


def _body(guidance: Guidance, body: str) -> Page:
    packs = guidance.active([body]).packs
    blocks = [block for pack in packs for block in (Heading(2, pack.title), *_about(pack), *_sections(pack.provisions))]
    return Page(Document(packs[0].publisher, tuple(blocks)), {"id": body, "packs": [asdict(each) for each in packs]})


def _pack_page(guidance: Guidance, id: str) -> Page:
    pack = guidance.pack(id)
    blocks = (*_about(pack), *_sections(pack.provisions))
    return Page(Document(f"{body_name(pack)}, {pack.title}", blocks), asdict(pack))


def _duty(guidance: Guidance, id: str) -> Page:
    duty = guidance.duty(id)
    provisions, standing = guidance.provisions(duty=duty.id), guidance.strength_by_body(duty.id)
    names = _body_names(guidance)
    serving = [rule.id for rule in rules() if duty.id in rule.duties]
    blocks = [
        Paragraph(duty.meaning),
        Terms(
            (
                ("Who says so", "; ".join(f"{names[body]} {listed(held)}" for body, held in standing.items()) + "."),
                ("Rules that serve it", joined(serving) or "none yet"),
            )
        ),
        *_sections(provisions, with_body=True),
        *differing(guidance.differences_on([duty.id])),
    ]
    data = {**asdict(duty), "standing": standing, "rules": serving, "provisions": [asdict(each) for each in provisions]}
    return Page(Document(duty.name, tuple(blocks)), data)


def _provision(guidance: Guidance, id: str) -> Page:
    provision = next(each for each in guidance.provisions() if each.id == id)
    terms = (
        ("Document", provision.document),
        ("Section", provision.section),
        ("Standing", f"{provision.body} {listed(provision.standing)} ({provision.strength})"),
        ("For", joined(provision.addressees)),
        ("When", joined(provision.triggers)),
        ("Duties", joined(guidance.duty(duty).name for duty in provision.duties) or "none: background"),
    )
    document = Document(f"{provision.id}, {provision.body}", (Paragraph(provision.says), Terms(terms)))
    return Page(document, {**asdict(provision), "standing": provision.standing})


def _rule(guidance: Guidance, id: str) -> Page:
    rule = rule_named(id)
    return Page(rule_page(rule, guidance), rule_data(rule, guidance))


def _about(pack: Pack) -> Iterator[Block]:
    replaced = f", replaced by {pack.superseded_by}" if pack.superseded_by else ""
    terms = (
        ("Publisher", pack.publisher),
        ("Edition", pack.edition),
        ("Status", f"{pack.status}{replaced}; by its own account it {pack.weight}"),
        ("Read", f"{pack.read:%d %B %Y}, to be read again by {pack.review:%d %B %Y}"),
        ("Address", pack.url),
    )
    yield Terms(terms)
    yield Note(pack.note)


def _sections(provisions: Sequence[Provision], with_body: bool = False) -> Iterator[Block]:
    """Yield the provisions under their sections, in order."""
    under: dict[str, list[str]] = {}
    for each in provisions:
        heading = f"{each.document}: {each.section}" if with_body else each.section
        under.setdefault(heading, []).append(f"{each.id} ({each.standing}): {each.says}")
    for heading, items in under.items():
        yield Heading(3, heading)
        yield Listing(tuple(items))


def _held(side: Side) -> str:
    return f"{listed(side.standing)} ({len(side.provisions)})" if side.provisions else "no mention"


def _comparison_data(found: Comparison) -> dict[str, Any]:
    return {
        "first": found.first,
        "second": found.second,
        "rows": [
            {"duty": row.duty.id, "alike": row.alike, "first": _side_data(row.first), "second": _side_data(row.second)}
            for row in found.rows
        ],
        "differences": [asdict(point) for point in found.differences],
    }


def _side_data(side: Side) -> dict[str, Any]:
    return {"standing": side.standing, "provisions": [each.id for each in side.provisions]}
