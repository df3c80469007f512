"""A report in SARIF 2.1.0, the form in which checkers of all kinds hand their findings to editors and dashboards.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, sections 3.20, 3.27 to 3.30 and 3.49.
"""

import os
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from forethought import __version__
from forethought.pages.records import UNREAD, citations, image, message
from forethought.pages.wording import place_in
from forethought.reading import Span
from forethought.review import Explained, Report
from forethought.rules import Finding, Rule

LEVELS = {"stop": "error", "pause": "warning", "consider": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report, rules: tuple[Rule, ...], name: str) -> dict[str, Any]:
    """Return one run over the draft called `name`; `rules` are those that were in force."""
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {
        "name": "Forethought",
        "version": __version__,
        "language": "en-GB",
        "rules": [_descriptor(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "en-GB",
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(name)}, "contents": {"text": report.draft.text}}],
        "results": [_result(each, numbers, report.draft.text, name) for each in report.findings],
        "properties": {"verdict": report.verdict, "reader": report.reader},
        "invocations": [_invocation(report)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _invocation(report: Report) -> dict[str, Any]:
    """Return how the run went: a draft that could not be read was not checked, and says so."""
    told = {"level": "error", "message": {"text": f"Most of the draft is {UNREAD}, and was not read."}}
    notes = {} if report.in_english else {"toolExecutionNotifications": [told]}
    return {"executionSuccessful": not report.unchecked} | notes


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": rule.instead},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"duties": list(rule.duties), "since": rule.since.isoformat()},
    }


def _result(explained: Explained, numbers: dict[str, int], text: str, name: str) -> dict[str, Any]:
    finding = explained.finding
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": numbers[finding.rule.id],
        "level": LEVELS[finding.severity],
        "message": {"text": f"{_where(finding)}{message(explained)} Instead: {finding.rule.instead}"},
        "locations": [_location(name, _region(text, span)) for span in finding.spans] or [_location(name)],
        "rank": round(100 * finding.confidence, 1),
        "properties": {
            "severity": finding.severity,
            **image(finding),
            "provisions": citations(explained.grounds.provisions),
        },
    }


def _where(finding: Finding) -> str:
    return f"{place[0].upper()}{place[1:]}: " if (place := place_in(finding)) else ""


def _location(name: str, region: dict[str, int] | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(name), "index": 0}}
    return {"physicalLocation": place | ({"region": region} if region else {})}


def _region(text: str, span: Span) -> dict[str, int]:
    (first, begin), (last, end) = _place(text, span.start), _place(text, span.end)
    offsets = {"charOffset": span.start, "charLength": span.end - span.start}
    return {"startLine": first, "startColumn": begin, "endLine": last, "endColumn": end, **offsets}


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, both from 1, at an offset."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _uri(name: str) -> str:
    return quote(os.fsencode(PurePath(name).as_posix()))
