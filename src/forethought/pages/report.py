"""A report as a document: verdict first, then the draft with its words marked, the findings, and what to do next."""

from collections.abc import Iterator, Sequence
from datetime import date

from forethought.documents import Block, Document, Heading, Listing, Mark, Note, Paragraph, Quote, Terms
from forethought.guidance import Guidance, Pack, Provision
from forethought.pages.records import message
from forethought.pages.wording import body_name, confidence, joined, listed, place_in
from forethought.review import Explained, Noticed, Report, in_force
from forethought.rules import VERDICTS

FIRST = 5  # what a person can take in at one sitting

_VERDICTS = {
    "stop": "Stop: do not post this. As it stands, it looks like a breach of the guidance.",
    "pause": "Pause: leave it for now, and change it or talk it over before you decide.",
    "consider": "Consider: read what is raised here, then decide.",
    "clear": "Clear: nothing was found to raise, which is not a promise that the post is safe.",
}
_UNREAD = "Not checked: most of this is not in English, and Forethought reads English alone."


def page(report: Report, guidance: Guidance, most: int | None = None) -> Document:
    """Return the document; `most` limits the findings shown to the most important, and the rest are counted."""
    ordered = sorted(report.findings, key=importance)
    shown = ordered[:most]
    blocks = [
        *map(Note, limits(report)),
        Quote(report.draft.text, tuple(_marks(shown))),
        *_checked(report, guidance),
        *overdue(guidance),
        *(block for number, each in enumerate(shown, 1) for block in _finding(number, each, guidance)),
        *_held_back(len(ordered) - len(shown)),
        *_client_view(report, shown),
        *_next_steps(report),
        *_references(shown, guidance),
    ]
    return Document(verdict_words(report), tuple(blocks))


def verdict_words(report: Report) -> str:
    """Return the verdict as a sentence."""
    return _UNREAD if report.unchecked else _VERDICTS[report.verdict]


def importance(explained: Explained) -> tuple[int, float]:
    """Return where a finding stands among others: the gravest first, and of those the surest."""
    finding = explained.finding
    return -VERDICTS.index(finding.severity), -finding.confidence


def limits(report: Report) -> list[str]:
    """Return what the report cannot say: what was not read, and who read the rest."""
    said = []
    if not report.in_english:
        said.append("What is not in English was not read. Ask somebody who reads the language and knows your work.")
    if report.reader == "lexical":
        said.append("This was read by words and phrases alone, so a breach that is only hinted at may be missed.")
    return said


def _checked(report: Report, guidance: Guidance) -> Iterator[Block]:
    if report.in_english and not report.findings:
        titles = joined(f"{body_name(pack)}, {pack.title}" for pack in guidance.packs)
        yield Paragraph(f"Checked against {len(in_force(guidance))} rules, which rest on: {titles}.")


def overdue(guidance: Guidance) -> Iterator[Block]:
    """Yield a warning for each document whose review date has passed, since it may have changed."""
    for pack in guidance.due(date.today()):
        yield Note(
            f"{body_name(pack)}, {pack.title}, was last read on {pack.read:%d %B %Y} and was to be read again by "
            f"{pack.review:%d %B %Y}. Check whether it has changed: {pack.url}"
        )


def _marks(findings: Sequence[Explained]) -> Iterator[Mark]:
    for number, each in enumerate(findings, 1):
        yield from (Mark(span.start, span.end, str(number)) for span in each.finding.spans)


def _finding(number: int, explained: Explained, guidance: Guidance) -> Iterator[Block]:
    finding = explained.finding
    sure = confidence(finding.confidence)
    if finding.image:
        sure += f", {place_in(finding)}"
    yield Heading(2, f"{number}. {finding.severity.capitalize()}: {finding.rule.title} ({sure})")
    yield Terms(
        (
            ("Why", message(explained)),
            ("Who says so", who(explained, guidance)),
            ("Instead", finding.rule.instead),
        )
    )


def who(explained: Explained, guidance: Guidance) -> str:
    """Return how each body holds the point, with its strongest section, and the topics on which they differ."""
    grounds = explained.grounds
    stances = [
        f"{body_name(_pack_of(stance.body, guidance))} {listed(stance.standing)}"
        + (f" ({strongest.section})" if (strongest := _strongest(stance.body, grounds.provisions)) else "")
        for stance in grounds.stances
    ]
    topics = joined(point.topic[:1].lower() + point.topic[1:] for point in grounds.differences)
    return "; ".join(stances) + "." + (f" The documents differ on: {topics}." if topics else "")


def _strongest(body: str, provisions: Sequence[Provision]) -> Provision | None:
    # Provisions stand in order of strength.
    return next((p for p in provisions if p.body == body and p.standing != "silent"), None)


def _pack_of(body: str, guidance: Guidance) -> Pack:
    return next(pack for pack in guidance.packs if pack.body == body)


def _held_back(more: int) -> Iterator[Block]:
    if more:
        yield Note(f"{more} more {'finding' if more == 1 else 'findings'} of less weight. Add --all to see them.")


def _client_view(report: Report, shown: Sequence[Explained]) -> Iterator[Block]:
    if shown and (said := thoughts(report)):
        yield Heading(2, "What a client might think")
        yield Listing(tuple(said))


def thoughts(report: Report) -> list[str]:
    """Return what a client might think, each thought behind the sentences that would raise it."""
    by_thought: dict[str, list[Noticed]] = {}
    for noticed in report.client_view:
        by_thought.setdefault(noticed.thought, []).append(noticed)
    return [f"{_excerpts(report, noticed)}: {thought}" for thought, noticed in by_thought.items()]


def _excerpts(report: Report, noticed: Sequence[Noticed]) -> str:
    return joined(f"“{_short(report.draft.text[each.span.start : each.span.end])}”" for each in noticed[:3])


def _short(sentence: str, most: int = 60) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def _next_steps(report: Report) -> Iterator[Block]:
    if report.next_steps:
        yield Heading(2, "What to do next")
        yield Listing(tuple(step.says for step in report.next_steps), numbered=True)


def _references(shown: Sequence[Explained], guidance: Guidance) -> Iterator[Block]:
    """Yield each document that says so, with its strongest sections and, for an old one, what stands in its place."""
    sections: dict[str, dict[str, None]] = {}
    for provision in (p for each in shown for p in each.grounds.provisions if p.standing != "silent"):
        sections.setdefault(provision.pack, {})[provision.section] = None
    if sections:
        yield Heading(2, "References")
        yield Listing(
            tuple(_reference(pack, tuple(sections[pack.id])) for pack in guidance.packs if pack.id in sections)
        )


def _reference(pack: Pack, sections: Sequence[str], most: int = 3) -> str:
    further = f" and {len(sections) - most} more" if len(sections) > most else ""
    replaced = f", replaced by {pack.superseded_by}" if pack.superseded_by else ""
    standing = "" if pack.status == "current" else f" This document is {pack.status}{replaced}."
    return f"{body_name(pack)}, {pack.title}: {'; '.join(sections[:most])}{further}.{standing}"
