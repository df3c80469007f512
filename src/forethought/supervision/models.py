"""What this room keeps: notes to take to supervision."""

from datetime import datetime

from django.db import models

from forethought.pages.records import message
from forethought.review import Report
from forethought.supervision.summary import Noticed, redacted, telling


class Note(models.Model):
    """A draft or a dilemma to take to supervision. Of a draft only what may be shown is kept: marked words are out."""

    title = models.CharField(max_length=200)
    shown = models.TextField(blank=True)
    question = models.TextField(blank=True)
    noticed = models.JSONField(default=list)
    made = models.DateTimeField()
    taken = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is still to be taken first, then the newest."""

        ordering = (models.F("taken").asc(nulls_first=True), "-made", "-pk")

    @classmethod
    def from_report(cls, report: Report, now: datetime) -> "Note":
        """Keep a note on a checked draft and return it."""
        found = [each.finding for each in report.findings]
        noticed: list[Noticed] = [
            {
                "title": each.finding.rule.title,
                "severity": each.finding.severity,
                "message": message(each),
                "instead": each.finding.rule.instead,
            }
            for each in report.findings
        ]
        titles = [finding.rule.title for finding in found]
        marked = [span for finding in found for span in finding.spans]
        shown = redacted(report.draft.text, [*marked, *telling(report.draft)])
        title = titles[0] if len(titles) == 1 else f"{titles[0]}, and {len(titles) - 1} more" if titles else "A draft"
        return cls.objects.create(title=title, shown=shown, noticed=noticed, made=now)
