"""A report as data: the line that `check --posts` writes for each post, and the fuller form for one draft."""

from functools import lru_cache
from typing import Any

from forethought.guidance import Provision
from forethought.review import Explained, Grounds, Report
from forethought.rules import Finding

UNREAD = "not in English"


def exit_status(verdict: str) -> int:
    """Return 1 for a verdict that asks the person to wait, else 0."""
    return int(verdict in {"pause", "stop"})


def post_record(id: str | int, report: Report) -> dict[str, Any]:
    """Return the report on one post: its id, verdict and findings. Offsets count Unicode code points, end exclusive."""
    findings = [_finding(each) for each in report.findings]
    return {"id": id, "verdict": report.verdict, "findings": findings, **_limits(report)}


def _limits(report: Report) -> dict[str, Any]:
    """Return who read the draft, and what of it went unchecked since it is not in English."""
    return {"reader": report.reader} | ({} if report.in_english else {"unchecked": UNREAD})


def draft_record(id: str, report: Report) -> dict[str, Any]:
    """Return the same for a single draft, with titles, reasons, what a client might think and what to do next."""
    return {
        **post_record(id, report),
        "findings": [{**_finding(each), **_fuller(each)} for each in report.findings],
        "client_view": [{"span": list(each.span), "thought": each.thought} for each in report.client_view],
        "next_steps": [
            {"id": step.id, "says": step.says, "provisions": citations(step.provisions)} for step in report.next_steps
        ],
        "offsets": "code points",
    }


def message(explained: Explained) -> str:
    """Return what was noticed and why it matters, with the reason where the setting changed its severity."""
    rule, shift = explained.finding.rule, explained.finding.shift
    return " ".join(filter(None, (rule.what, rule.why, shift.why if shift else "")))


def image(finding: Finding) -> dict[str, Any]:
    """Return, for a finding about a picture, which one, from 1, and whether its own words raised it; else nothing."""
    return {"image": finding.image, **({"seen": True} if finding.seen else {})} if finding.image else {}


def citations(provisions: tuple[Provision, ...]) -> list[dict[str, Any]]:
    """Return each section that asks something, once, and whether it binds; `provisions` stand strongest first."""
    cited: dict[tuple[str, str, str], bool] = {}
    for each in provisions:
        if each.standing != "silent":
            cited.setdefault((each.body, each.document, each.section), each.binds)
    return [
        {"body": body, "document": document, "section": section, "binds": binds}
        for (body, document, section), binds in cited.items()
    ]


def _finding(explained: Explained) -> dict[str, Any]:
    finding = explained.finding
    return {
        "rule": finding.rule.id,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 3),
        "spans": [list(span) for span in finding.spans],
        **image(finding),
        "message": message(explained),
        "instead": finding.rule.instead,
        "provisions": _cited(explained.grounds),
    }


@lru_cache(maxsize=1_000)
def _cited(grounds: Grounds) -> list[dict[str, Any]]:
    # The same few sets of grounds recur through a million posts.
    return citations(grounds.provisions)


def _fuller(explained: Explained) -> dict[str, Any]:
    differences = explained.grounds.differences
    return {
        "title": explained.finding.rule.title,
        "why": explained.finding.rule.why,
        "differs": [
            {
                "topic": point.topic,
                "strictest": list(point.strictest),
                "positions": {position.of: position.says for position in point.positions},
            }
            for point in differences
        ],
    }
