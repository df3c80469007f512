"""Write the pages of docs/reference that the program itself can tell: commands, rules, guidance and coverage."""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from forethought.cli import main
from forethought.cli.guidance import served_by_rooms
from forethought.contacts.advise import advise
from forethought.contacts.load import requesters, situations
from forethought.contacts.model import COURSE_WORDS
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Quote, Table, Terms
from forethought.guidance import Guidance, Pack, load
from forethought.incidents.triage.load import natures, routes
from forethought.incidents.triage.model import NATIONS, Answers, Nature, Route
from forethought.incidents.triage.reporting import unchecked_on_the_danger_path
from forethought.incidents.triage.triage import triage
from forethought.pages.explain import rule_page
from forethought.pages.guidance import covered
from forethought.rules import Rule, load_examples, rules
from forethought.rules.load import HERE

REFERENCE = Path(__file__).parent / "reference"
GENERATED = "Written by `make docs` from {}; change that and not this page.\n"
ALONE = (
    "What the plan asks for where every document is active, somebody unknown did it in public, and nothing else is so. "
    "Signs of danger, of fixation or of somebody under 18 change it."
)
SPECIAL = re.compile(r"[\\`*_\[\]<>|#]|(?<=:)/(?=/)|(?<=www)\.")


def pages() -> dict[str, str]:
    """Return the text of every generated page by its path under docs/reference."""
    guidance = load()
    return {
        "command-line.md": command_line(),
        "contacts.md": contacts_page(guidance),
        "coverage.md": coverage_page(guidance),
        "guidance.md": guidance_page(guidance),
        "incidents.md": incidents_page(guidance),
        "rules.md": rule_index(),
        **{rule_path(rule): one_rule(rule, guidance) for rule in rules()},
    }


def command_line() -> str:
    """Return the page on every command."""
    root = context_of(main, "forethought")
    parts = (section(*each) for each in commands(main, root))
    return "\n".join(["# Command line\n", GENERATED.format("the program's own help"), *parts])


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield a command and then every command inside it, each with the context that knows its full name."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner and not inner.hidden:
                yield from commands(inner, context_of(inner, name, context))


def context_of(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    """Return a context in which help is laid out alike on every terminal."""
    return click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)


def section(command: click.Command, context: click.Context) -> str:
    """Return the part of the page for one command."""
    return f"## `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"


def rule_path(rule: Rule) -> str:
    """Return where a rule's page lies: `safety/whereabouts` at `rules/safety-whereabouts.md`."""
    return f"rules/{rule.id.replace('/', '-')}.md"


def rule_index() -> str:
    """Return the table of every rule, by topic."""
    parts = [f"# Rules\n\n{GENERATED.format('the rule files')}"]
    for topic, members in groupby(rules(), key=lambda rule: rule.topic):
        rows = (f"| [{each.id}]({rule_path(each)}) | {plain(each.title)} | {each.severity} |\n" for each in members)
        parts.append(
            f"## {topic.capitalize()}\n\n| rule | title | usual severity |\n| --- | --- | --- |\n{''.join(rows)}"
        )
    return "\n".join(parts)


def one_rule(rule: Rule, guidance: Guidance) -> str:
    """Return the page of one rule, as `forethought guidance show` has it, with the faults that it is known to have."""
    told = rule_page(rule, guidance)
    faults = tuple(map(fault, (each for each in load_examples(HERE / f"{rule.id}.toml") if "known" in each)))
    opening = Paragraph("These examples stand above as they should come out, and do not yet come out so.")
    known: tuple[Block, ...] = (Heading(2, "Known faults"), opening, Listing(faults)) if faults else ()
    return markdown(Document(told.title, told.blocks + known), f"its rule file, `{rule.id}.toml`")


def fault(example: dict[str, Any]) -> str:
    """Return an example that is known to fail, and why."""
    return f"{example['known'].capitalize()}: {example['text']} ({example['why']})"


def guidance_page(guidance: Guidance) -> str:
    """Return the page of every pack, and every duty with how strongly each body holds it."""
    packs = tuple(block for pack in guidance.packs for block in about(pack))
    bodies = tuple(dict.fromkeys(pack.body for pack in guidance.packs))
    held = ((duty, guidance.strength_by_body(duty.id)) for duty in guidance.duties)
    rows = tuple((duty.id, f"{duty.name}. {duty.meaning}", *(by[body] for body in bodies)) for duty, by in held)
    heading = Heading(2, f"The {len(rows)} duties, and how strongly each body holds them")
    table = Table("A body is as strict as the strictest of its documents.", ("Duty", "Meaning", *bodies), rows)
    return markdown(Document("Guidance", (*packs, heading, table)), "the guidance packs and `duties.toml`")


def about(pack: Pack) -> tuple[Block, ...]:
    """Return what a pack says of itself."""
    replaced = f", replaced by {pack.superseded_by}" if pack.superseded_by else ""
    terms = (
        ("Pack", f"{pack.id}, with {len(pack.provisions)} provisions"),
        ("Publisher", f"{pack.publisher} ({pack.body})"),
        ("Edition", pack.edition),
        ("Published", pack.published or "the document does not say"),
        ("Read", f"{pack.read:%d %B %Y}, to be read again by {pack.review:%d %B %Y}"),
        ("Status", f"{pack.status}{replaced}"),
        ("Weight", f"by its own account it {pack.weight}"),
        ("Note", pack.note),
    )
    return Heading(2, pack.title), Terms(terms)


def contacts_page(guidance: Guidance) -> str:
    """Return the course of the contact guide for each situation and requester, with every document active."""
    meanings = Terms(tuple((course, words) for course, words in COURSE_WORDS.items()))
    heads = ("Who is behind it", "Course", "Covered", "Each document by itself")
    blocks: list[Block] = [
        Paragraph("What the contact guide advises where every document is active; the strictest decides."),
        meanings,
    ]
    for happened in situations().values():
        rows = tuple(_contact_row(happened.id, who, guidance) for who in requesters())
        blocks += [Heading(2, happened.title), Paragraph(happened.meaning)]
        blocks += [Note(happened.gap)] if happened.gap else []
        blocks.append(Table(happened.id, heads, rows))
    return markdown(Document("Contacts", tuple(blocks)), "the contact guide's data")


def _contact_row(situation: str, requester: str, guidance: Guidance) -> tuple[str, ...]:
    found = advise(situation, requester, guidance)
    alone = "; ".join(f"{stand.pack}: {stand.course}" for stand in found.stands if stand.course)
    return found.requester.title, found.course, "yes" if found.covered else "no", alone


def incidents_page(guidance: Guidance) -> str:
    """Return what the plan says of each nature where nothing else is so, and every route with how it was seen."""
    happened = ("What happened", "Now", "Next", "Not", "Blocking")
    turned = ("Route", "Nations", "It cannot", "Source", "Read on", "Again by", "Confirmed by")
    waiting = "; ".join(route.name for route in unchecked_on_the_danger_path()) or "none is left"
    blocks: list[Block] = [
        Paragraph(ALONE),
        Table("natures", happened, tuple(map(_nature_row(guidance), natures().values()))),
        Heading(2, "Where to turn"),
        Paragraph("A route that nobody has confirmed, or that is past its date, says so above its number."),
        Paragraph(f"A release waits until these are confirmed: {waiting}."),
        Table("routes", turned, tuple(map(_route_row, routes()))),
    ]
    return markdown(Document("Incidents", tuple(blocks)), "the plan's data")


def _nature_row(guidance: Guidance) -> Callable[[Nature], tuple[str, ...]]:
    def row(nature: Nature) -> tuple[str, ...]:
        plan = triage(Answers(nature=nature.id, nation="England"), guidance)
        steps = (", ".join(step.id for step in part) for part in (plan.now, plan.next, plan.avoid))
        return nature.title, *steps, plan.block

    return row


def _route_row(route: Route) -> tuple[str, ...]:
    nations = "all" if {*route.nations} == {*NATIONS} else ", ".join(route.nations)
    source = f"{route.source_title} ({route.seen_as})"
    days = (f"{day:%Y-%m-%d}" for day in (route.read_on, route.review_on))
    return route.name, nations, " ".join(route.cannot_do), source, *days, route.checked_by or "nobody yet"


def coverage_page(guidance: Guidance) -> str:
    """Return how far each provision is put into practice, as `forethought guidance coverage` lists it."""
    return markdown(covered(guidance, *served_by_rooms()).document, "the packs, the rules and the rooms that exist")


def markdown(document: Document, source: str) -> str:
    """Return a document as a page of Markdown that says what it is made from."""
    head = f"# {plain(document.title)}\n\n{GENERATED.format(source)}"
    return "\n".join([head, *(f"{block(each)}\n" for each in document.blocks)])


def block(each: Block) -> str:
    """Return one block of a document as Markdown."""
    match each:
        case Heading(level, words):
            return f"{'#' * level} {plain(words)}"
        case Listing(items, numbered):
            return "\n".join(f"{'1.' if numbered else '-'} {plain(item)}" for item in items)
        case Terms(rows):
            return "\n".join(f"- **{plain(name)}:** {plain(words)}" for name, words in rows)
        case Table(caption, heads, rows):
            lines = (heads, ("---",) * len(heads), *(tuple(map(plain, row)) for row in rows))
            return f"{plain(caption)}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Quote(text):
            return f"> {plain(text)}"
        case Paragraph(words) | Note(words):
            return plain(words)


def plain(words: str) -> str:
    """Return words on one line with nothing that Markdown would read as its own, or make a link of."""
    return SPECIAL.sub(r"\\\g<0>", " / ".join(line.strip() for line in words.splitlines() if line.strip()))


def write() -> None:
    """Write every page, and take away the page of a rule that has been renamed."""
    made = pages()
    (REFERENCE / "rules").mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        (REFERENCE / path).write_text(text, encoding="utf-8")
    for path in (REFERENCE / "rules").glob("*.md"):
        if f"rules/{path.name}" not in made:
            path.unlink()


if __name__ == "__main__":
    write()
