"""One rule explained: what it notices, why, what instead, who says so, and examples raised and not raised."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Paragraph, Terms
from forethought.errors import UnknownNameError
from forethought.guidance import Difference, Guidance
from forethought.pages.records import citations
from forethought.pages.wording import body_name, joined, listed
from forethought.rules import Rule, load_examples, rules
from forethought.rules.load import HERE
from forethought.rules.model import Shift

_SETTINGS = ("role", "account", "audience", "platform", "images", "alt_text")


def rule_named(id: str) -> Rule:
    """Return the rule with this id, or raise UnknownNameError."""
    found = {rule.id: rule for rule in rules()}
    if id not in found:
        raise UnknownNameError("rule", id, found)
    return found[id]


def rule_page(rule: Rule, guidance: Guidance) -> Document:
    """Return the page that explains a rule under the active packs."""
    raised, silent = _examples(rule)
    blocks = [
        Paragraph(f"Rule {rule.id}, in force since {rule.since:%d %B %Y}."),
        Terms((("What", rule.what), ("Why", rule.why), ("Instead", rule.instead), ("Severity", _severity(rule)))),
        Heading(2, "Duties that it serves"),
        Listing(tuple(f"{duty.name}: {duty.meaning}" for duty in map(guidance.duty, rule.duties))),
        Heading(2, "Who says so"),
        Listing(tuple(_sayings(rule, guidance))),
        *differing(guidance.differences_on(rule.duties)),
        Heading(2, "Examples that are raised"),
        Listing(tuple(map(_example, raised))),
        Heading(2, "Examples that are not"),
        Listing(tuple(map(_example, silent))),
    ]
    return Document(rule.title, tuple(blocks))


def rule_data(rule: Rule, guidance: Guidance) -> dict[str, Any]:
    """Return the same as data."""
    raised, silent = _examples(rule)
    told = {key: getattr(rule, key) for key in ("id", "title", "severity", "what", "why", "instead")}
    return {
        **told,
        "since": rule.since.isoformat(),
        "until": rule.until and rule.until.isoformat(),
        "shifts": [{"severity": shift.severity, "when": _when(shift), "why": shift.why} for shift in rule.shifts],
        "duties": list(rule.duties),
        "provisions": citations(guidance.behind(rule.duties)),
        "differs": [point.topic for point in guidance.differences_on(rule.duties)],
        "raised": raised,
        "not_raised": silent,
    }


def _severity(rule: Rule) -> str:
    shifts = (f" {shift.severity.capitalize()} {_when(shift)}: {shift.why}" for shift in rule.shifts)
    return f"{rule.severity.capitalize()}.{''.join(shifts)}"


def _when(shift: Shift) -> str:
    """Return in words when a shift applies."""
    parts = [f"beside {joined(shift.beside)}"] if shift.beside else []
    for key in ("role", "account", "audience"):
        parts += [f"where the {key} is {joined(values)}"] if (values := getattr(shift, key)) else []
    return " and ".join([*parts, *(["for some wordings"] if shift.phrases else [])])


def _sayings(rule: Rule, guidance: Guidance) -> Iterator[str]:
    """Yield, for each active pack, how it holds the rule's duties and in which sections."""
    provisions = [p for p in guidance.behind(rule.duties) if p.standing != "silent"]
    for pack in guidance.packs:
        own = [p for p in provisions if p.pack == pack.id]
        standing = own[0].standing if own else "silent"
        sections = "; ".join(dict.fromkeys(p.section for p in own))
        status = "" if pack.status == "current" else f" ({pack.status})"
        yield f"{body_name(pack)}, {pack.title}{status}: {listed(standing)}" + (f" in {sections}." if own else ".")


def differing(differences: Sequence[Difference]) -> Iterator[Block]:
    """Yield the points on which documents differ, and what each says."""
    if differences:
        yield Heading(2, "Where the documents differ")
    for point in differences:
        yield Heading(3, point.topic)
        yield Listing(tuple(f"{position.of}: {position.says}" for position in point.positions))


def _examples(rule: Rule) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the rule's examples, raised and left alone; those known to go wrong show nothing and are left out."""
    examples = [each for each in load_examples(HERE / f"{rule.id}.toml") if "known" not in each]
    return [each for each in examples if "marks" in each], [each for each in examples if "marks" not in each]


def _example(example: Mapping[str, Any]) -> str:
    """Return an example's words, then where it goes out and what it answers."""
    settings = ", ".join(f"{key.replace('_', ' ')} {example[key]}" for key in _SETTINGS if key in example)
    reply = f" In reply to: {example['reply_to']}" if "reply_to" in example else ""
    return f"{example['text']}" + (f" ({settings})" if settings else "") + reply
