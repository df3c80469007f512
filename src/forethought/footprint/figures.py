"""What the audit counted: by verdict, by month and by rule, for plots and the tables beside them."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from forethought.footprint.models import Entry
from forethought.pages.wording import rule_title
from forethought.rules import VERDICTS

Months = dict[tuple[int, int], dict[str, int]]


class Counted(NamedTuple):
    """A rule, how many posts it was found in, and the gravest severity that it was found with."""

    rule: str
    title: str
    posts: int
    worst: str


def by_verdict(entries: QuerySet[Entry]) -> list[tuple[str, int]]:
    """Return how many posts got each verdict, the gravest first."""
    counts = dict(entries.order_by().values_list("verdict").annotate(Count("pk")))
    return [(verdict, counts.get(verdict, 0)) for verdict in reversed(VERDICTS)]


def by_month(entries: QuerySet[Entry]) -> Months:
    """Return how many posts of each month got each verdict; posts without a time are left out."""
    dated = entries.exclude(created=None).order_by()
    rows = dated.values_list(ExtractYear("created"), ExtractMonth("created"), "verdict").annotate(Count("pk"))
    months: Months = {}
    for year, month, verdict, count in rows:
        months.setdefault((year, month), {})[verdict] = count
    return months


def by_rule(entries: QuerySet[Entry]) -> list[Counted]:
    """Return each rule that was found, the one found gravest and most often first."""
    counts: Counter[str] = Counter()
    worst: dict[str, str] = {}
    for found in entries.exclude(verdict="clear").values_list("findings", flat=True).iterator():
        counts.update({each["rule"] for each in found})
        for each in found:
            worst[each["rule"]] = max(worst.get(each["rule"], "clear"), each["severity"], key=VERDICTS.index)
    rows = [Counted(rule, rule_title(rule), count, worst[rule]) for rule, count in counts.items()]
    return sorted(rows, key=lambda row: (-VERDICTS.index(row.worst), -row.posts, row.title))
