"""What a file gave away and what came of cleaning it, in words and as data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table
from forethought.media.cleaning import Cleaned, Seen
from forethought.media.trace import KINDS, Trace

TOLD = {
    "place": "Where it was made", "person": "Who made it or is in it", "contact": "How to reach somebody",
    "words": "Words that are not seen", "edit": "What it was before", "picture": "Another picture inside",
    "file": "Another file inside", "time": "When it was made", "device": "What it was made with",
    "software": "Which program made it", "other": "Not needed",
}  # fmt: skip
COUNTED = frozenset({"words", "edit", "picture", "file", "other"})  # kinds of which a summary gives only the number
NAMED = 2  # values of a kind that a summary names
NOT_REMOVED = (
    "No program takes out what is to be seen or heard: faces, uniforms, badges, street signs, number plates, names on "
    "paper or screens, reflections, voices. Look for these yourself, and ask whether a client could be among them."
)
DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)(?:[T ]([012]\d):([0-5]\d))?")
NUMBERS = re.compile(r"(?:\d{1,3} ){7,}\d{1,3}$")
SPOT = re.compile(r"[\d.]+ [NS], [\d.]+ [EW](?:, (.+))?$")


def document(found: Sequence[Seen | Cleaned]) -> Document:
    """Return the page that tells of some files: what each gave away, worst first, and where its copy lies."""
    return Document("What these files give away", (*blocks(found), Paragraph(NOT_REMOVED)))


def blocks(found: Sequence[Seen | Cleaned]) -> Iterator[Block]:
    """Yield what is said of each file, under its name."""
    for each in found:
        seen = each.seen if isinstance(each, Cleaned) else each
        yield Heading(2, " ".join(seen.name.split("\n")))  # a name is one line, whatever it says
        yield from given_away(seen)
        yield from to_be_seen(seen)
        if isinstance(each, Cleaned):
            yield from _outcome(each)


def given_away(seen: Seen) -> Iterator[Block]:
    """Yield what is said of what a file gives away: in one sentence, then one thing after another."""
    if not seen.format:
        yield Note(f"It cannot be cleaned, so do not post it: {seen.why}.")
        return
    if seen.misnamed:
        yield Paragraph(f"Its name says otherwise, but it is a file of the kind {seen.format}.")
    if not seen.traces:
        yield Paragraph("Nothing hidden was found in it.")
        return
    yield Paragraph(summary(seen.traces))
    yield Table("What it gives away, worst first", ("What it tells", "What it says", "Where"), tuple(_rows(seen)))


def to_be_seen(seen: Seen) -> Iterator[Block]:
    """Yield what is to be seen in a picture, where that was asked for."""
    if seen.sight:
        yield Heading(3, "What is to be seen in it")
        yield Listing(seen.sight.sentences)
    elif seen.why_unseen:
        yield Paragraph(f"It was not looked into for words and faces: {seen.why_unseen}.")


def summary(traces: Sequence[Trace]) -> str:
    """Return in a sentence what some traces give away, worst first."""
    parts = [_part(kind, [each for each in traces if each.kind == kind]) for kind in KINDS]
    told = [part for part in parts if part]
    return f"The file gives away {'; '.join(told)}." if told else ""


def _part(kind: str, traces: Sequence[Trace]) -> str:
    if not traces:
        return ""
    values = list(dict.fromkeys(map(_short, sorted(traces, key=lambda each: not SPOT.search(each.value)))))
    values = [each for each in values if not any(other.startswith(each) and other != each for other in values)]
    said = TOLD[kind][0].lower() + TOLD[kind][1:]
    if kind in COUNTED:
        said = "things that are not needed" if kind == "other" else said
        return f"{said} ({len(traces)})"
    more = f" and {len(values) - NAMED} more" if len(values) > NAMED else ""
    return f"{said} ({', '.join(values[:NAMED])}{more})"


def _short(trace: Trace) -> str:
    """Return a trace's value for a summary: of a spot only what lies near it."""
    if found := SPOT.search(trace.value):
        return f"to within a few metres{', ' + found[1] if found[1] else ''}"
    return said(trace)


def said(trace: Trace) -> str:
    """Return a trace's value as a person reads it: dates in words, and a maker's bare numbers by their count."""
    if trace.kind == "time" and (found := DATE.match(trace.value)):
        return _date(found) or trace.value
    if NUMBERS.match(trace.value):
        return f"notes of its maker, which people cannot read ({len(trace.value.split())} bytes or more)"
    return trace.value


def _date(found: re.Match[str]) -> str:
    try:
        day = datetime(*(int(part) for part in found.groups()[:3]))  # type: ignore[arg-type]
    except ValueError:
        return ""
    return f"{day.day} {day:%B} {day.year}" + (f" at {found[4]}:{found[5]}" if found[4] else "")


def _rows(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each thing, with all places in which it stands."""
    places: dict[tuple[str, str], list[str]] = {}
    for trace in seen.traces:
        places.setdefault((TOLD[trace.kind], said(trace)), []).append(trace.where)
    yield from ((told, value, "; ".join(dict.fromkeys(where))) for (told, value), where in places.items())


def _outcome(cleaned: Cleaned) -> Iterable[Block]:
    """Yield what is said of the copy, or why there is none."""
    if cleaned.copy:
        yield Paragraph(f"A clean copy is at {cleaned.copy}. A second look found nothing hidden in it any more.")
    elif cleaned.seen.format:
        yield Note(f"There is no clean copy, so do not post it: {cleaned.why}.")
        yield from [Listing(cleaned.left)] if cleaned.left else []


def record(found: Seen | Cleaned) -> dict[str, Any]:
    """Return the same as data, as the command line gives it."""
    if isinstance(found, Seen):
        return {
            "file": found.name, "format": found.format or None, "misnamed": found.misnamed, "why": found.why or None,
            "gave_away": [_trace(trace) for trace in found.traces], **_sight(found),
        }  # fmt: skip
    return {
        **record(found.seen),
        "clean": found.is_clean,
        "copy": str(found.copy) if found.copy else None,
        "removed": [_trace(trace) for trace in found.seen.traces] if found.is_clean else [],
        "left": list(found.left),
        "why": found.why or None,
    }


def _sight(seen: Seen) -> dict[str, Any]:
    if not (sight := seen.sight):
        return {}
    lines = [{"text": each.text, "box": each.box.edges, "sure": round(each.sure, 2)} for each in sight.words.lines]
    faces = [{"box": each.box.edges, "sure": round(each.sure, 2)} for each in sight.faces]
    signs = [{"kind": each.kind, "words": each.words, "sure": round(each.sure, 2)} for each in sight.signs]
    return {"to_be_seen": {"words": lines, "faces": faces, "signs": signs, "said": list(sight.sentences)}}


def _trace(trace: Trace) -> dict[str, str]:
    return {"kind": trace.kind, "where": trace.where, "value": trace.value}
